// Where a row is contiguous the vector kernels find its extreme, block by block, and only the first block that has it is
// searched; across rows the comparisons of neighbouring columns are vector code.
#include "ck_positions.h"
#include "ck_table.h"

enum { BLOCK = 2048, RUN = 64, COLUMNS = 256 };

#define POSITIONS(T, NAME, TYPE)                                                                                   \
  /* Some element equals the value, or is NaN like it. */                                                          \
  static int64_t find##NAME(const T *x, T value, int64_t count) {                                                  \
    int64_t i = 0;                                                                                                 \
    for (; i + RUN <= count; i += RUN) {                                                                           \
      int found = 0;                                                                                               \
      for (int k = 0; k < RUN; k++) found |= (x[i + k] == value) | ((x[i + k] != x[i + k]) & (value != value));    \
      if (found) break;                                                                                            \
    }                                                                                                              \
    while (x[i] != value && !(x[i] != x[i] && value != value)) i++;                                                \
    return i;                                                                                                      \
  }                                                                                                                \
  static int64_t row##NAME(const T *x, int64_t count, bool largest) {                                              \
    const ck_table *table = ck_kernels();                                                                          \
    T best = 0;                                                                                                    \
    int64_t start = 0;                                                                                             \
    for (int64_t at = 0; at < count; at += BLOCK) {                                                                \
      T value;                                                                                                     \
      int64_t length = count - at < BLOCK ? count - at : BLOCK;                                                    \
      table->rows[largest ? CK_REDUCE_MAX : CK_REDUCE_MIN][TYPE](&value, x + at, 1, length);                       \
      if (at == 0 || (largest ? value > best : value < best) || value != value) {                                  \
        best = value;                                                                                              \
        start = at;                                                                                                \
        if (value != value) break;                                                                                 \
      }                                                                                                            \
    }                                                                                                              \
    return start + find##NAME(x + start, best, count - start);                                                     \
  }                                                                                                                \
  static inline __attribute__((always_inline)) void columns##NAME(                                                 \
      const T *x, int64_t count, int64_t inner, int64_t width, const bool largest, int64_t *positions) {           \
    T best[COLUMNS];                                                                                               \
    for (int64_t i = 0; i < width; i++) {                                                                          \
      best[i] = x[i];                                                                                              \
      positions[i] = 0;                                                                                            \
    }                                                                                                              \
    for (int64_t k = 1; k < count; k++) {                                                                          \
      const T *row = x + k * inner;                                                                                \
      for (int64_t i = 0; i < width; i++) {                                                                        \
        T value = row[i], old = best[i];                                                                           \
        bool better = ((largest ? value > old : value < old) | (value != value)) & (old == old);                   \
        best[i] = better ? value : old;                                                                            \
        positions[i] = better ? k : positions[i];                                                                  \
      }                                                                                                            \
    }                                                                                                              \
  }                                                                                                                \
  static void all##NAME(                                                                                           \
      const T *x, int64_t outer, int64_t count, int64_t inner, bool largest, int64_t *positions) {                 \
    for (int64_t o = 0; o < outer; o++, x += count * inner, positions += inner) {                                  \
      if (inner == 1) {                                                                                            \
        positions[0] = row##NAME(x, count, largest);                                                               \
        continue;                                                                                                  \
      }                                                                                                            \
      for (int64_t i = 0; i < inner; i += COLUMNS) {                                                               \
        int64_t width = inner - i < COLUMNS ? inner - i : COLUMNS;                                                 \
        if (largest) columns##NAME(x + i, count, inner, width, true, positions + i);                               \
        else columns##NAME(x + i, count, inner, width, false, positions + i);                                      \
      }                                                                                                            \
    }                                                                                                              \
  }

POSITIONS(float, _f32, CK_FLOAT32)
POSITIONS(double, _f64, CK_FLOAT64)
POSITIONS(int64_t, _i64, CK_INT64)
POSITIONS(int32_t, _i32, CK_INT32)

void ck_extreme_positions(
    uint8_t type, const void *x, int64_t outer, int64_t count, int64_t inner, bool largest, int64_t *positions) {
  switch (type) {
    case CK_FLOAT32: all_f32(x, outer, count, inner, largest, positions); break;
    case CK_FLOAT64: all_f64(x, outer, count, inner, largest, positions); break;
    case CK_INT64: all_i64(x, outer, count, inner, largest, positions); break;
    default: all_i32(x, outer, count, inner, largest, positions); break;
  }
}
