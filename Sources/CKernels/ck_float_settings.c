#include "ck_runtime.h"

#if defined(__x86_64__)

// The low six bits are the flags.
uint64_t ck_float_settings(void) { return __builtin_ia32_stmxcsr() & ~0x3fu; }
void ck_use_float_settings(uint64_t settings) {
  __builtin_ia32_ldmxcsr((__builtin_ia32_stmxcsr() & 0x3fu) | (unsigned)settings);
}

#elif defined(__aarch64__)

uint64_t ck_float_settings(void) {
  uint64_t settings;
  __asm__ volatile("mrs %0, fpcr" : "=r"(settings));
  return settings;
}
void ck_use_float_settings(uint64_t settings) { __asm__ volatile("msr fpcr, %0" ::"r"(settings)); }

#else

uint64_t ck_float_settings(void) { return 0; }
void ck_use_float_settings(uint64_t settings) { (void)settings; }

#endif
