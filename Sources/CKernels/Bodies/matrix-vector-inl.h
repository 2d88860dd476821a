// Products of a small row-major matrix and a vector, on the calling thread.

CK_INLINE CK_T CK_ID(sum_of_lanes)(CK_V v) {
  CK_T lanes[CK_LANES];
  CK_ID(store)(lanes, v);
  for (int half = CK_LANES / 2; half >= 1; half /= 2)
    for (int k = 0; k < half; k++) lanes[k] += lanes[k + half];
  return lanes[0];
}

// y[i] = Σ a[i·leading + j]·x[j], four rows at a time, so that x is loaded once for all of them.
static void CK_ID(matrix_times_vector)(void *y_, const void *a_, int64_t leading, const void *x_, int64_t rows,
                                       int64_t columns) {
  CK_T *y = y_;
  const CK_T *a = a_, *x = x_;
  const int64_t whole = columns / CK_LANES * CK_LANES, rest = columns - whole;
  const CK_V zero = CK_ID(splat)(0);
  for (int64_t i = 0; i < rows; i += 4) {
    const int64_t left = rows - i;
    const CK_T *row[4];
    for (int k = 0; k < 4; k++) row[k] = a + (i + (k < left ? k : 0)) * leading;
    CK_V sum[4] = {zero, zero, zero, zero};
    for (int64_t j = 0; j < whole; j += CK_LANES) {
      const CK_V v = CK_ID(load)(x + j);
      for (int k = 0; k < 4; k++) sum[k] = CK_MULTIPLY_ADD(CK_ID(load)(row[k] + j), v, sum[k]);
    }
    if (rest > 0) {
      const CK_V v = CK_ID(load_first)(x + whole, rest, zero);
      for (int k = 0; k < 4; k++)
        sum[k] = CK_MULTIPLY_ADD(CK_ID(load_first)(row[k] + whole, rest, zero), v, sum[k]);
    }
    for (int k = 0; k < 4 && k < left; k++) y[i + k] = CK_ID(sum_of_lanes)(sum[k]);
  }
}

// y[j] = Σ x[i]·a[i·leading + j]: as many columns at a time as registers hold.
static void CK_ID(vector_times_matrix)(void *y_, const void *a_, int64_t leading, const void *x_, int64_t rows,
                                       int64_t columns) {
  enum { CK_ID(width) = 8 };
  CK_T *y = y_;
  const CK_T *a = a_, *x = x_;
  int64_t j = 0;
  for (; j + CK_ID(width) * CK_LANES <= columns; j += CK_ID(width) * CK_LANES) {
    CK_V sum[CK_ID(width)];
    for (int k = 0; k < CK_ID(width); k++) sum[k] = CK_ID(splat)(0);
    for (int64_t i = 0; i < rows; i++) {
      const CK_V factor = CK_ID(splat)(x[i]);
      const CK_T *row = a + i * leading + j;
      for (int k = 0; k < CK_ID(width); k++)
        sum[k] = CK_MULTIPLY_ADD(CK_ID(load)(row + k * CK_LANES), factor, sum[k]);
    }
    for (int k = 0; k < CK_ID(width); k++) CK_ID(store)(y + j + k * CK_LANES, sum[k]);
  }
  for (; j < columns; j += CK_LANES) {
    const int64_t count = columns - j < CK_LANES ? columns - j : CK_LANES;
    CK_V sum = CK_ID(splat)(0);
    for (int64_t i = 0; i < rows; i++) {
      const CK_T *at = a + i * leading + j;
      const CK_V v = count == CK_LANES ? CK_ID(load)(at) : CK_ID(load_first)(at, count, CK_ID(splat)(0));
      sum = CK_MULTIPLY_ADD(v, CK_ID(splat)(x[i]), sum);
    }
    if (count == CK_LANES) CK_ID(store)(y + j, sum);
    else CK_ID(store_first)(y + j, sum, count);
  }
}

