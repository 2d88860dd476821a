#include "CBenchmarkProbes.h"

#if defined(__x86_64__)
// Keeps a factor in a vector register, unknown to the optimiser.
#define CB_KEEP(value) "+x"(value)
#else
#define CB_KEEP(value) "+w"(value)
#endif

// A product and a sum may become one instruction: that is what is being measured.
#pragma STDC FP_CONTRACT ON

#define CB_BYTES 16
#define CB(name) baseline_##name
#include "probes-inl.h"
#undef CB
#undef CB_BYTES

#if defined(__x86_64__)
#undef CB_KEEP
#define CB_KEEP(value) "+v"(value)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define CB_BYTES 32
#define CB(name) avx2_##name
#include "probes-inl.h"
#undef CB
#undef CB_BYTES
#pragma clang attribute pop

#pragma clang attribute push(__attribute__((target("avx512f,avx512vl,avx2,fma"))), apply_to = function)
#define CB_BYTES 64
#define CB(name) avx512_##name
#include "probes-inl.h"
#undef CB
#undef CB_BYTES
#pragma clang attribute pop

int32_t cb_vector_bytes(void) {
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl")) return 64;
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? 32 : 16;
}

#define CB_CALL(name, ...)                                   \
  (cb_vector_bytes() == 64   ? avx512_##name(__VA_ARGS__)    \
   : cb_vector_bytes() == 32 ? avx2_##name(__VA_ARGS__)      \
                             : baseline_##name(__VA_ARGS__))
#else
int32_t cb_vector_bytes(void) { return 16; }
#define CB_CALL(name, ...) baseline_##name(__VA_ARGS__)
#endif

void cb_triad(float *a, const float *b, const float *c, float s, int64_t n, int64_t repetitions) {
  CB_CALL(triad, a, b, c, s, n, repetitions);
}

void cb_triad_streaming(float *a, const float *b, const float *c, float s, int64_t n, int64_t repetitions) {
  CB_CALL(triad_streaming, a, b, c, s, n, repetitions);
}

float cb_read(const float *a, int64_t n, int64_t repetitions) { return CB_CALL(read, a, n, repetitions); }

double cb_multiply_add_float(int64_t repetitions) { return CB_CALL(multiply_add_float, repetitions); }

double cb_multiply_add_double(int64_t repetitions) { return CB_CALL(multiply_add_double, repetitions); }

uint64_t cb_dependent_additions(int64_t count) {
  uint64_t sum = 0;
  // Eight in a row, so that the loop's own instructions run beside them.
  for (int64_t i = 0; i < count; i += 8) {
#define CB_ADD __asm__ volatile("" : "+r"(sum)); sum += (uint64_t)i;
    CB_ADD CB_ADD CB_ADD CB_ADD CB_ADD CB_ADD CB_ADD CB_ADD
#undef CB_ADD
  }
  __asm__ volatile("" : "+r"(sum));
  return sum;
}

uint64_t cb_sweep(uint8_t *block, int64_t bytes) {
  uint64_t sum = 0;
  for (int64_t i = 0; i < bytes; i += 64) block[i]++;
  for (int64_t i = 0; i < bytes; i += 64) sum += block[i];
  return sum;
}
