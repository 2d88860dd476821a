#include "ck_small_matrices.h"
#include <math.h>

#define NAME2(BASE, TYPE, SET) BASE##TYPE##SET
#define NAME1(BASE, TYPE, SET) NAME2(BASE, TYPE, SET)
#define NAME(BASE) NAME1(BASE, SUFFIX, SET)

#define SET _baseline
#include "ck_small_matrices_types-inl.h"
#undef SET

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define SET _avx2
#include "ck_small_matrices_types-inl.h"
#undef SET
#pragma clang attribute pop
static int has_avx2(void) { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"); }
#define CALL(BASE, ...) has_avx2() ? BASE##_avx2(__VA_ARGS__) : BASE##_baseline(__VA_ARGS__)
#else
#define CALL(BASE, ...) BASE##_baseline(__VA_ARGS__)
#endif

#define ENTRIES(T, SUFFIX) \
  void ck_small_lu##SUFFIX( \
      const T *source, T *a, int32_t *pivots, int32_t *info, int64_t n, int64_t count) { \
    CALL(ck_small_lu##SUFFIX, source, a, pivots, info, n, count); \
  } \
  void ck_small_lu_solve##SUFFIX( \
      const T *lu, const int32_t *pivots, T *b, int64_t n, int64_t k, int64_t count, int transposed) { \
    CALL(ck_small_lu_solve##SUFFIX, lu, pivots, b, n, k, count, transposed); \
  } \
  void ck_small_cholesky##SUFFIX(T *a, int32_t *info, int64_t n, int64_t count) { \
    CALL(ck_small_cholesky##SUFFIX, a, info, n, count); \
  }

ENTRIES(float, _f32)
ENTRIES(double, _f64)
