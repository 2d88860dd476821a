/// How much room there is on a thread's stack, and calls that need more.
#ifndef CK_STACK_H
#define CK_STACK_H

#include <stdint.h>

/// The bytes below the caller on the calling thread's stack; 0 on a stack that the system does not know.
int64_t ck_stack_room(void);

/// Calls `body` on a thread of its own with a stack of so many bytes, and waits for it. An error number, or 0.
int32_t ck_call_on_stack(int64_t bytes, void (*body)(void *), void *argument);

#endif
