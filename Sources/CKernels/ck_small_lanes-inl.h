// LU and solution of LANES matrices at once, one in each lane of a vector: no step looks across lanes, so that
// pivoting is a matter of masks. Included once per type and instruction set, with T, VECTOR_BYTES and NAME defined.
#define LANES (VECTOR_BYTES / (int)sizeof(T))
#define VECTOR NAME(ck_lanes)
#define MASK NAME(ck_lane_mask)

typedef T VECTOR __attribute__((vector_size(VECTOR_BYTES)));
typedef INTEGER MASK __attribute__((vector_size(VECTOR_BYTES)));

static inline __attribute__((always_inline)) VECTOR NAME(either)(MASK mask, VECTOR yes, VECTOR no) {
  return (VECTOR)(((MASK)yes & mask) | ((MASK)no & ~mask));
}

// Rows become columns by log2 LANES perfect shuffles: each turns the bits of the address (row, column) by one.
static inline __attribute__((always_inline)) void NAME(turn)(VECTOR *x) {
  VECTOR y[LANES];
  for (int round = 1; round < LANES; round *= 2) {
#pragma clang loop unroll(full)
    for (int i = 0; i < LANES / 2; i++) {
      y[2 * i] = INTERLEAVE_LOW(x[i], x[i + LANES / 2]);
      y[2 * i + 1] = INTERLEAVE_HIGH(x[i], x[i + LANES / 2]);
    }
#pragma clang loop unroll(full)
    for (int i = 0; i < LANES; i++) x[i] = y[i];
  }
}

// y[e] gets element e of each of LANES arrays that are `gap` elements apart.
static __attribute__((noinline)) void NAME(gather_lanes)(
    VECTOR *restrict y, const T *restrict x, int64_t gap, const int count) {
  int e = 0;
  for (; e + LANES <= count; e += LANES) {
#pragma clang loop unroll(full)
    for (int l = 0; l < LANES; l++) __builtin_memcpy(&y[e + l], x + l * gap + e, sizeof(VECTOR));
    NAME(turn)(y + e);
  }
  for (; e < count; e++)
    for (int l = 0; l < LANES; l++) ((T *)&y[e])[l] = x[l * gap + e];
}

// The reverse; x is overwritten.
static __attribute__((noinline)) void NAME(spread_lanes)(
    VECTOR *restrict x, T *restrict y, int64_t gap, const int count) {
  int e = 0;
  for (; e + LANES <= count; e += LANES) {
    NAME(turn)(x + e);
#pragma clang loop unroll(full)
    for (int l = 0; l < LANES; l++) __builtin_memcpy(y + l * gap + e, &x[e + l], sizeof(VECTOR));
  }
  for (; e < count; e++)
    for (int l = 0; l < LANES; l++) y[l * gap + e] = ((const T *)&x[e])[l];
}

// Factors w, rows of `ld` vectors, in place. pivots[k] is the row exchanged with row k, in each lane.
static inline __attribute__((always_inline)) void NAME(lu_lanes)(
    VECTOR *restrict w, MASK *restrict pivots, int32_t *restrict info, const int n, const int ld) {
  const MASK magnitude = (MASK){} + (INTEGER)(((UNSIGNED)1 << (8 * sizeof(T) - 1)) - 1);
  // x·0 is NaN exactly for what is not finite.
  VECTOR finite = {};
  for (int i = 0; i < n; i++)
    for (int j = 0; j < n; j++) finite += w[i * ld + j] * 0;
  MASK failed = {};
  for (int k = 0; k < n; k++) {
    VECTOR best = (VECTOR)((MASK)w[k * ld + k] & magnitude);
    MASK p = (MASK){} + k;
    for (int i = k + 1; i < n; i++) {
      VECTOR candidate = (VECTOR)((MASK)w[i * ld + k] & magnitude);
      MASK larger = candidate > best;
      best = NAME(either)(larger, candidate, best);
      p = (larger & ((MASK){} + i)) | (~larger & p);
    }
    pivots[k] = p;
    for (int i = k + 1; i < n; i++) {
      MASK chosen = p == i;
      for (int j = 0; j < n; j++) {
        VECTOR x = w[k * ld + j], y = w[i * ld + j];
        w[k * ld + j] = NAME(either)(chosen, y, x);
        w[i * ld + j] = NAME(either)(chosen, x, y);
      }
    }
    // A column of zeros is left as it is: its factors are 0.
    VECTOR pivot = w[k * ld + k];
    MASK zero = pivot == 0;
    failed |= zero & (failed == 0) & (k + 1);
    pivot = NAME(either)(zero, (VECTOR){} + 1, pivot);
    for (int i = k + 1; i < n; i++) {
      VECTOR factor = w[i * ld + k] / pivot;
      w[i * ld + k] = factor;
      for (int j = k + 1; j < n; j++) w[i * ld + j] -= factor * w[k * ld + j];
    }
  }
  for (int l = 0; l < LANES; l++) info[l] = finite[l] != 0 ? -1 : (int32_t)failed[l];
}

// B := U⁻¹·L⁻¹·P·B with k right-hand sides.
static inline __attribute__((always_inline)) void NAME(solve_lanes)(
    const VECTOR *restrict w, const MASK *restrict pivots, VECTOR *restrict b, const int n, const int ld, const int k) {
  for (int r = 0; r < n; r++)
    for (int i = r + 1; i < n; i++) {
      MASK chosen = pivots[r] == i;
      for (int c = 0; c < k; c++) {
        VECTOR x = b[r * k + c], y = b[i * k + c];
        b[r * k + c] = NAME(either)(chosen, y, x);
        b[i * k + c] = NAME(either)(chosen, x, y);
      }
    }
  for (int i = 1; i < n; i++)
    for (int j = 0; j < i; j++)
      for (int c = 0; c < k; c++) b[i * k + c] -= w[i * ld + j] * b[j * k + c];
  for (int i = n - 1; i >= 0; i--) {
    for (int j = i + 1; j < n; j++)
      for (int c = 0; c < k; c++) b[i * k + c] -= w[i * ld + j] * b[j * k + c];
    for (int c = 0; c < k; c++) b[i * k + c] /= w[i * ld + i];
  }
}

// The loops of the commonest orders have constant lengths; more of them would only be more code.
static __attribute__((noinline)) void NAME(factor_group)(VECTOR *w, MASK *pivots, int32_t *info, int n, int ld) {
  if (n == 8) NAME(lu_lanes)(w, pivots, info, 8, 8);
  else if (n == 4) NAME(lu_lanes)(w, pivots, info, 4, 4);
  else NAME(lu_lanes)(w, pivots, info, n, ld);
}

static __attribute__((noinline)) void NAME(solve_group)(
    const VECTOR *w, const MASK *pivots, VECTOR *b, int n, int ld, int k) {
  if (k > 1) NAME(solve_lanes)(w, pivots, b, n, ld, k);
  else if (n == 8) NAME(solve_lanes)(w, pivots, b, 8, 8, 1);
  else NAME(solve_lanes)(w, pivots, b, n, ld, 1);
}

// LANES problems. `a` and `pivots` may be NULL where the factors are not wanted.
static void NAME(group)(
    const T *source, T *a, int32_t *pivots, int32_t *info, T *b, const int n, const int64_t k) {
  VECTOR w[17 * 16], right[16 * 16];
  MASK rows[16];
  // Rows 4 apart would differ by 4 KiB at order 16, which processors take for one place until they compare all bits.
  const int ld = n == 16 ? 17 : n;
  if (ld == n) NAME(gather_lanes)(w, source, n * n, n * n);
  else for (int i = 0; i < n; i++) NAME(gather_lanes)(w + i * ld, source + i * n, n * n, n);
  NAME(factor_group)(w, rows, info, n, ld);
  for (int64_t first = 0; first < k; first += 16) {
    int width = k - first < 16 ? (int)(k - first) : 16;
    if (width == k) NAME(gather_lanes)(right, b, n * k, (int)(n * k));
    else for (int i = 0; i < n; i++) NAME(gather_lanes)(right + i * width, b + i * k + first, n * k, width);
    NAME(solve_group)(w, rows, right, n, ld, width);
    if (width == k) NAME(spread_lanes)(right, b, n * k, (int)(n * k));
    else for (int i = 0; i < n; i++) NAME(spread_lanes)(right + i * width, b + i * k + first, n * k, width);
  }
  if (!a) return;
  if (ld == n) NAME(spread_lanes)(w, a, n * n, n * n);
  else for (int i = 0; i < n; i++) NAME(spread_lanes)(w + i * ld, a + i * n, n * n, n);
  for (int r = 0; r < n; r++)
    for (int l = 0; l < LANES; l++) pivots[l * n + r] = (int32_t)rows[r][l];
}

static void NAME(ck_small_lu)(
    const T *source, T *a, int32_t *pivots, int32_t *info, T *b, int64_t n, int64_t k, int64_t count) {
  int64_t m = 0;
  for (; m + LANES <= count; m += LANES)
    NAME(group)(
        source + m * n * n, a ? a + m * n * n : a, a ? pivots + m * n : pivots, info + m, b + m * n * k, (int)n, k);
  // A group that is not full would cost as much as a full one.
  for (; m < count; m++) {
    T factors[16 * 16];
    int32_t swaps[16];
    T *matrix = a ? a + m * n * n : factors;
    int32_t *rows = a ? pivots + m * n : swaps;
    info[m] = NAME(lu_alone)(source + m * n * n, matrix, rows, (int)n);
    if (k > 0) NAME(ck_small_lu_solve)(matrix, rows, b + m * n * k, n, k, 1, 0);
  }
}

#undef LANES
#undef VECTOR
#undef MASK
