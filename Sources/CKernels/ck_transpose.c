// Copies of matrices: transposes in squares that fit into the first-level cache, and copies that look for NaN.
#include "ck_small_matrices.h"

enum { SQUARE = 64, STEP = 8 };

#define TRANSPOSE(NAME, T)                                                                                       \
  void NAME(const void *source, int64_t stride, void *target, int64_t rows, int64_t columns) {                    \
    const T *restrict x = source;                                                                                 \
    T *restrict y = target;                                                                                       \
    for (int64_t top = 0; top < rows; top += SQUARE)                                                              \
      for (int64_t left = 0; left < columns; left += SQUARE) {                                                    \
        int64_t bottom = top + SQUARE < rows ? top + SQUARE : rows;                                               \
        int64_t right = left + SQUARE < columns ? left + SQUARE : columns;                                        \
        int64_t j = left;                                                                                         \
        for (; j + STEP <= right; j += STEP) {                                                                    \
          int64_t i = top;                                                                                        \
          for (; i + STEP <= bottom; i += STEP) {                                                                 \
            T square[STEP][STEP];                                                                                 \
            for (int r = 0; r < STEP; r++)                                                                        \
              for (int c = 0; c < STEP; c++) square[c][r] = x[(i + r) * stride + j + c];                          \
            for (int c = 0; c < STEP; c++)                                                                        \
              for (int r = 0; r < STEP; r++) y[(j + c) * rows + i + r] = square[c][r];                            \
          }                                                                                                       \
          for (; i < bottom; i++)                                                                                 \
            for (int c = 0; c < STEP; c++) y[(j + c) * rows + i] = x[i * stride + j + c];                         \
        }                                                                                                         \
        for (; j < right; j++)                                                                                    \
          for (int64_t i = top; i < bottom; i++) y[j * rows + i] = x[i * stride + j];                             \
      }                                                                                                           \
  }

TRANSPOSE(ck_transpose_32, uint32_t)
TRANSPOSE(ck_transpose_64, uint64_t)

// All bits of the exponent are set exactly in what is not finite; integers, because their OR may be taken in any order.
#define COPY_CHECKED(NAME, T, EXPONENT)                                   \
  bool NAME(void *target, const void *source, int64_t count) {            \
    const T *restrict x = source;                                         \
    T *restrict y = target;                                               \
    T found = 0;                                                          \
    for (int64_t i = 0; i < count; i++) {                                 \
      T bits = x[i];                                                      \
      y[i] = bits;                                                        \
      found |= (bits & EXPONENT) == EXPONENT;                             \
    }                                                                     \
    return found == 0;                                                    \
  }

COPY_CHECKED(ck_copy_checked_32, uint32_t, UINT32_C(0x7f800000))
COPY_CHECKED(ck_copy_checked_64, uint64_t, UINT64_C(0x7ff0000000000000))
