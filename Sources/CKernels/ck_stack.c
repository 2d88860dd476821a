#define _GNU_SOURCE
#include "ck_stack.h"

#include <pthread.h>
#include <stdlib.h>

static _Thread_local uintptr_t lowest;

// Where the calling thread's stack ends; 0 where the system does not say.
static uintptr_t find_lowest(void) {
#if defined(__APPLE__)
  return (uintptr_t)pthread_get_stackaddr_np(pthread_self()) - pthread_get_stacksize_np(pthread_self());
#elif defined(__linux__)
  pthread_attr_t attributes;
  void *start = NULL;
  size_t size = 0;
  if (pthread_getattr_np(pthread_self(), &attributes) != 0) return 0;
  pthread_attr_getstack(&attributes, &start, &size);
  pthread_attr_destroy(&attributes);
  return (uintptr_t)start;
#else
  return 0;
#endif
}

int64_t ck_stack_room(void) {
  // The main thread's bounds are read from a file.
  if (lowest == 0) lowest = find_lowest();
  const uintptr_t here = (uintptr_t)__builtin_frame_address(0);
  return here > lowest ? (int64_t)(here - lowest) : 0;
}

typedef struct {
  void (*body)(void *);
  void *argument;
} call;

static void *run(void *argument) {
  const call *work = argument;
  work->body(work->argument);
  return NULL;
}

int32_t ck_call_on_stack(int64_t bytes, void (*body)(void *), void *argument) {
  pthread_attr_t attributes;
  pthread_t thread;
  call work = {body, argument};
  int error = pthread_attr_init(&attributes);
  if (error != 0) return error;
  error = pthread_attr_setstacksize(&attributes, (size_t)bytes);
  if (error == 0) error = pthread_create(&thread, &attributes, run, &work);
  pthread_attr_destroy(&attributes);
  return error != 0 ? error : pthread_join(thread, NULL);
}
