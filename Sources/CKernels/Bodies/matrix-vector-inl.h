// Products of a small row-major matrix and a vector, on the calling thread.

// The sums of the lanes of as many registers as a register has lanes.
CK_INLINE CK_V CK_ID(sums_of_lanes)(CK_V *v) {
#if CK_VECTOR_BYTES / (CK_BITS / 8) == 16
  for (int k = 0; k < 8; k++) v[k] = CK_FOLD_16_OF_16(v[2 * k], v[2 * k + 1]);
  for (int k = 0; k < 4; k++) v[k] = CK_FOLD_8_OF_16(v[2 * k], v[2 * k + 1]);
  for (int k = 0; k < 2; k++) v[k] = CK_FOLD_4_OF_16(v[2 * k], v[2 * k + 1]);
  return CK_FOLD_2_OF_16(v[0], v[1]);
#elif CK_VECTOR_BYTES / (CK_BITS / 8) == 8
  for (int k = 0; k < 4; k++) v[k] = CK_FOLD_8_OF_8(v[2 * k], v[2 * k + 1]);
  for (int k = 0; k < 2; k++) v[k] = CK_FOLD_4_OF_8(v[2 * k], v[2 * k + 1]);
  return CK_FOLD_2_OF_8(v[0], v[1]);
#elif CK_VECTOR_BYTES / (CK_BITS / 8) == 4
  for (int k = 0; k < 2; k++) v[k] = CK_FOLD_4_OF_4(v[2 * k], v[2 * k + 1]);
  return CK_FOLD_2_OF_4(v[0], v[1]);
#else
  return CK_FOLD_2_OF_2(v[0], v[1]);
#endif
}

// y[i] = Σ a[i·leading + j]·x[j], as many rows at a time as a register has lanes: x is loaded once for all of them, and
// their sums are one register.
static void CK_ID(matrix_times_vector)(void *y_, const void *a_, int64_t leading, const void *x_, int64_t rows,
                                       int64_t columns) {
  CK_T *y = y_;
  const CK_T *a = a_, *x = x_;
  const int64_t whole = columns / CK_LANES * CK_LANES, rest = columns - whole;
  const CK_V zero = CK_ID(splat)(0);
  for (int64_t i = 0; i < rows; i += CK_LANES) {
    const int64_t left = rows - i;
    CK_V sum[CK_LANES];
    for (int k = 0; k < CK_LANES; k++) sum[k] = zero;
    // Past the last row the last one is read again.
    const CK_T *row[CK_LANES];
    for (int k = 0; k < CK_LANES; k++) row[k] = a + (k < left ? i + k : rows - 1) * leading;
    for (int64_t j = 0; j < whole; j += CK_LANES) {
      const CK_V v = CK_ID(load)(x + j);
      for (int k = 0; k < CK_LANES; k++) sum[k] = CK_MULTIPLY_ADD(CK_ID(load)(row[k] + j), v, sum[k]);
    }
    if (rest > 0) {
      const CK_V v = CK_ID(load_first)(x + whole, rest, zero);
      for (int k = 0; k < CK_LANES; k++)
        sum[k] = CK_MULTIPLY_ADD(CK_ID(load_first)(row[k] + whole, rest, zero), v, sum[k]);
    }
    const CK_V sums = CK_ID(sums_of_lanes)(sum);
    if (left >= CK_LANES) CK_ID(store)(y + i, sums);
    else CK_ID(store_first)(y + i, sums, left);
  }
}

// The sums of `width` registers of columns, a number that the compiler knows.
CK_INLINE void CK_ID(sum_columns)(CK_T *y, const CK_T *a, int64_t leading, const CK_T *x, int64_t rows, int width) {
  CK_V sum[8];
  for (int k = 0; k < width; k++) sum[k] = CK_ID(splat)(0);
  for (int64_t i = 0; i < rows; i++) {
    const CK_V factor = CK_ID(splat)(x[i]);
    for (int k = 0; k < width; k++)
      sum[k] = CK_MULTIPLY_ADD(CK_ID(load)(a + i * leading + k * CK_LANES), factor, sum[k]);
  }
  for (int k = 0; k < width; k++) CK_ID(store)(y + k * CK_LANES, sum[k]);
}

// y[j] = Σ x[i]·a[i·leading + j]: as many columns at a time as registers hold.
static void CK_ID(vector_times_matrix)(void *y_, const void *a_, int64_t leading, const void *x_, int64_t rows,
                                       int64_t columns) {
  CK_T *y = y_;
  const CK_T *a = a_, *x = x_;
  int64_t j = 0;
  for (; j + 8 * CK_LANES <= columns; j += 8 * CK_LANES) CK_ID(sum_columns)(y + j, a + j, leading, x, rows, 8);
  for (; j + 4 * CK_LANES <= columns; j += 4 * CK_LANES) CK_ID(sum_columns)(y + j, a + j, leading, x, rows, 4);
  for (; j + CK_LANES <= columns; j += CK_LANES) CK_ID(sum_columns)(y + j, a + j, leading, x, rows, 1);
  if (j < columns) {
    CK_V sum = CK_ID(splat)(0);
    for (int64_t i = 0; i < rows; i++) {
      const CK_V v = CK_ID(load_first)(a + i * leading + j, columns - j, CK_ID(splat)(0));
      sum = CK_MULTIPLY_ADD(v, CK_ID(splat)(x[i]), sum);
    }
    CK_ID(store_first)(y + j, sum, columns - j);
  }
}
