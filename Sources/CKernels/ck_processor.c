#if defined(__linux__) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE
#endif
#include "ck_program.h"

#if defined(__linux__)
#include <sched.h>

int32_t ck_current_processor(void) { return sched_getcpu(); }

void ck_leave_processor(int32_t processor) {
  cpu_set_t allowed, others;
  if (processor < 0 || processor >= CPU_SETSIZE || sched_getaffinity(0, sizeof allowed, &allowed) != 0) return;
  others = allowed;
  CPU_CLR(processor, &others);
  // The system moves a thread at once when its processor is taken away, and leaves it there when it is given back.
  if (CPU_COUNT(&others) > 0 && sched_setaffinity(0, sizeof others, &others) == 0)
    sched_setaffinity(0, sizeof allowed, &allowed);
}
#else
int32_t ck_current_processor(void) { return -1; }
void ck_leave_processor(int32_t processor) { (void)processor; }
#endif
