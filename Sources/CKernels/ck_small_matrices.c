#include "ck_small_matrices.h"
#include <math.h>
#include "ck_table.h"

#define NAME2(BASE, TYPE, SET) BASE##TYPE##SET
#define NAME1(BASE, TYPE, SET) NAME2(BASE, TYPE, SET)
#define NAME(BASE) NAME1(BASE, SUFFIX, SET)

// The elements of two vectors in turns: those of the first halves, and those of the second halves.
#define INTERLEAVE_LOW_2(A, B) __builtin_shufflevector(A, B, 0, 2)
#define INTERLEAVE_HIGH_2(A, B) __builtin_shufflevector(A, B, 1, 3)
#define INTERLEAVE_LOW_4(A, B) __builtin_shufflevector(A, B, 0, 4, 1, 5)
#define INTERLEAVE_HIGH_4(A, B) __builtin_shufflevector(A, B, 2, 6, 3, 7)
#define INTERLEAVE_LOW_8(A, B) __builtin_shufflevector(A, B, 0, 8, 1, 9, 2, 10, 3, 11)
#define INTERLEAVE_HIGH_8(A, B) __builtin_shufflevector(A, B, 4, 12, 5, 13, 6, 14, 7, 15)
#define INTERLEAVE_LOW_16(A, B) __builtin_shufflevector(A, B, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23)
#define INTERLEAVE_HIGH_16(A, B) \
  __builtin_shufflevector(A, B, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31)

#define SET _baseline
#define VECTOR_BYTES 16
#include "ck_small_matrices_types-inl.h"
#undef SET
#undef VECTOR_BYTES

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define SET _avx2
#define VECTOR_BYTES 32
#include "ck_small_matrices_types-inl.h"
#undef SET
#undef VECTOR_BYTES
#pragma clang attribute pop

#pragma clang attribute push(__attribute__((target("avx2,fma,avx512f,avx512dq,avx512bw,avx512vl"))), apply_to = function)
#define SET _avx512
#define VECTOR_BYTES 64
#include "ck_small_matrices_types-inl.h"
#undef SET
#undef VECTOR_BYTES
#pragma clang attribute pop

#define CALL(BASE, ...) \
  switch (ck_kernels()->isa) { \
    case CK_AVX512: BASE##_avx512(__VA_ARGS__); break; \
    case CK_AVX2: BASE##_avx2(__VA_ARGS__); break; \
    default: BASE##_baseline(__VA_ARGS__); \
  }
#else
#define CALL(BASE, ...) BASE##_baseline(__VA_ARGS__);
#endif

#define ENTRIES(T, SUFFIX) \
  void ck_small_lu##SUFFIX( \
      const T *source, T *a, int32_t *pivots, int32_t *info, T *b, int64_t n, int64_t k, int64_t count) { \
    CALL(ck_small_lu##SUFFIX, source, a, pivots, info, b, n, k, count) \
  } \
  void ck_small_lu_solve##SUFFIX( \
      const T *lu, const int32_t *pivots, T *b, int64_t n, int64_t k, int64_t count, int transposed) { \
    CALL(ck_small_lu_solve##SUFFIX, lu, pivots, b, n, k, count, transposed) \
  } \
  void ck_small_cholesky##SUFFIX(T *a, int32_t *info, int64_t n, int64_t count) { \
    CALL(ck_small_cholesky##SUFFIX, a, info, n, count) \
  }

ENTRIES(float, _f32)
ENTRIES(double, _f64)
