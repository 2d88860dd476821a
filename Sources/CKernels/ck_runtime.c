#include "ck_runtime.h"

#include <stdatomic.h>
#include <stddef.h>

__attribute__((noinline)) void ck_section_begins(void) { __asm__ volatile("" ::: "memory"); }

__attribute__((noinline)) void ck_section_ends(void) { __asm__ volatile("" ::: "memory"); }

// Part of the interface of Swift's runtime (`swift_retainCount`, used by CFGetRetainCount and debuggers).
extern size_t swift_retainCount(void *object);

int64_t ck_reference_count(const void *object) { return (int64_t)swift_retainCount((void *)object); }

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
