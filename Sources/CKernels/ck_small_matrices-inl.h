// Included once per type and instruction set, with what ck_small_matrices_types-inl.h defines.
// `width` is a constant at every call, so that the loops over columns unroll.
static inline __attribute__((always_inline)) int32_t NAME(lu_one)(
    const T *restrict source, T *restrict a, int32_t *restrict pivots, const int n, const int width) {
  T w[16][16];
  int32_t info = 0;
  // x·0 is NaN exactly for what is not finite.
  T finite = 0;
  for (int i = 0; i < n; i++) {
    for (int j = n; j < width; j++) w[i][j] = 0;
    for (int j = 0; j < n; j++) w[i][j] = source[i * n + j];
  }
  T zeros[16];
  for (int j = 0; j < width; j++) zeros[j] = 0;
  for (int i = 0; i < n; i++)
    for (int j = 0; j < width; j++) zeros[j] += w[i][j] * 0;
  for (int j = 0; j < width; j++) finite += zeros[j];
  for (int k = 0; k < n; k++) {
    int p = k;
    T best = MAGNITUDE(w[k][k]);
    for (int i = k + 1; i < n; i++) {
      T candidate = MAGNITUDE(w[i][k]);
      if (candidate > best) {
        best = candidate;
        p = i;
      }
    }
    pivots[k] = p;
    T row[16];
    for (int j = 0; j < width; j++) row[j] = w[p][j];
    if (p != k) {
      for (int j = 0; j < width; j++) w[p][j] = w[k][j];
      for (int j = 0; j < width; j++) w[k][j] = row[j];
    }
    T pivot = row[k];
    if (pivot == 0) {
      if (!info) info = k + 1;
      continue;
    }
    // Columns up to k hold finished factors: a zero there keeps them through the update of whole rows.
    for (int j = 0; j <= k; j++) row[j] = 0;
    for (int i = k + 1; i < n; i++) {
      T factor = w[i][k] / pivot;
      for (int j = 0; j < width; j++) w[i][j] -= factor * row[j];
      w[i][k] = factor;
    }
  }
  for (int i = 0; i < n; i++)
    for (int j = 0; j < n; j++) a[i * n + j] = w[i][j];
  return finite != 0 ? -1 : info;
}

static int32_t NAME(lu_alone)(const T *from, T *matrix, int32_t *swaps, int n) {
  // The commonest orders with all loops of constant length.
  return n == 4    ? NAME(lu_one)(from, matrix, swaps, 4, 4)
         : n < 4   ? NAME(lu_one)(from, matrix, swaps, n, 4)
         : n == 8  ? NAME(lu_one)(from, matrix, swaps, 8, 8)
         : n < 8   ? NAME(lu_one)(from, matrix, swaps, n, 8)
         : n <= 12 ? NAME(lu_one)(from, matrix, swaps, n, 12)
                   : NAME(lu_one)(from, matrix, swaps, n, 16);
}

static inline __attribute__((always_inline)) void NAME(solve_one)(
    const T *restrict lu, const int32_t *restrict pivots, T *restrict b, const int n, const int64_t k,
    int transposed) {
  if (!transposed) {
    for (int i = 0; i < n; i++) {
      int p = pivots[i];
      if (p != i)
        for (int64_t c = 0; c < k; c++) {
          T swap = b[i * k + c];
          b[i * k + c] = b[p * k + c];
          b[p * k + c] = swap;
        }
    }
    for (int i = 1; i < n; i++)
      for (int j = 0; j < i; j++) {
        T factor = lu[i * n + j];
        for (int64_t c = 0; c < k; c++) b[i * k + c] -= factor * b[j * k + c];
      }
    for (int i = n - 1; i >= 0; i--) {
      for (int j = i + 1; j < n; j++) {
        T factor = lu[i * n + j];
        for (int64_t c = 0; c < k; c++) b[i * k + c] -= factor * b[j * k + c];
      }
      T pivot = lu[i * n + i];
      for (int64_t c = 0; c < k; c++) b[i * k + c] /= pivot;
    }
  } else {
    // Aᵀ = Uᵀ·Lᵀ·P: rows of the factors are read as columns, so each step updates all later rows.
    for (int i = 0; i < n; i++) {
      T pivot = lu[i * n + i];
      for (int64_t c = 0; c < k; c++) b[i * k + c] /= pivot;
      for (int j = i + 1; j < n; j++) {
        T factor = lu[i * n + j];
        for (int64_t c = 0; c < k; c++) b[j * k + c] -= factor * b[i * k + c];
      }
    }
    for (int i = n - 1; i > 0; i--)
      for (int j = 0; j < i; j++) {
        T factor = lu[i * n + j];
        for (int64_t c = 0; c < k; c++) b[j * k + c] -= factor * b[i * k + c];
      }
    for (int i = n - 1; i >= 0; i--) {
      int p = pivots[i];
      if (p != i)
        for (int64_t c = 0; c < k; c++) {
          T swap = b[i * k + c];
          b[i * k + c] = b[p * k + c];
          b[p * k + c] = swap;
        }
    }
  }
}

static void NAME(ck_small_lu_solve)(
    const T *lu, const int32_t *pivots, T *b, int64_t n, int64_t k, int64_t count, int transposed) {
  for (int64_t m = 0; m < count; m++, lu += n * n, pivots += n, b += n * k) {
    if (k == 1) {
      switch (n) {
        case 4: NAME(solve_one)(lu, pivots, b, 4, 1, transposed); break;
        case 8: NAME(solve_one)(lu, pivots, b, 8, 1, transposed); break;
        default: NAME(solve_one)(lu, pivots, b, (int)n, 1, transposed);
      }
    } else if (k == 8 && n == 8) {
      NAME(solve_one)(lu, pivots, b, 8, 8, transposed);
    } else {
      NAME(solve_one)(lu, pivots, b, (int)n, k, transposed);
    }
  }
}

static void NAME(ck_small_cholesky)(T *a, int32_t *info, int64_t n, int64_t count) {
  for (int64_t m = 0; m < count; m++) {
    T *w = a + m * n * n;
    info[m] = 0;
    for (int64_t i = 0; i < n; i++) {
      for (int64_t j = 0; j <= i; j++) {
        T sum = w[i * n + j];
        for (int64_t c = 0; c < j; c++) sum -= w[i * n + c] * w[j * n + c];
        if (j < i) {
          w[i * n + j] = sum / w[j * n + j];
        } else {
          // The comparison refuses NaN too.
          if (!(sum > 0) && !info[m]) info[m] = (int32_t)i + 1;
          w[i * n + i] = ROOT(sum);
        }
      }
      for (int64_t j = i + 1; j < n; j++) w[i * n + j] = 0;
    }
  }
}

#include "ck_small_lanes-inl.h"
