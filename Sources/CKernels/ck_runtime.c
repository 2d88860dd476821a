#include "ck_runtime.h"

#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>

__attribute__((noinline)) void ck_section_begins(void) { __asm__ volatile("" ::: "memory"); }

__attribute__((noinline)) void ck_section_ends(void) { __asm__ volatile("" ::: "memory"); }

// Part of the interface of Swift's runtime (`swift_retainCount`, used by CFGetRetainCount and debuggers).
extern size_t swift_retainCount(void *object);

int64_t ck_reference_count(const void *object) { return (int64_t)swift_retainCount((void *)object); }

int32_t ck_has_memory(int64_t bytes) {
  // A compiler that sees a block freed unused leaves both calls out, and takes it that there was one.
  void *volatile block = malloc((size_t)bytes);
  if (block == NULL) return 0;
  free(block);
  return 1;
}

enum { CK_CLOCK_BLOCK = 1 << 14 };
static _Atomic int64_t common_clock;
static _Thread_local int64_t clock_time, clock_end;

int64_t ck_advance_work_clock(int64_t units) {
  clock_time += units;
  if (__builtin_expect(clock_time >= clock_end, 0)) {
    const int64_t block = units + CK_CLOCK_BLOCK;
    clock_time = atomic_fetch_add_explicit(&common_clock, block, memory_order_relaxed) + units;
    clock_end = clock_time - units + block;
  }
  return clock_time;
}
