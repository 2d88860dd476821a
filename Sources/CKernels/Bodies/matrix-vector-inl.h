// Products of a row-major matrix and a vector, and of two vectors, on the calling thread.
//
// The order of a sum depends on its length alone: an element along rows has 64 bytes of partial sums whatever the
// registers hold, 64 multiply-adds long at most before they are added to the sums so far; the lanes are folded in halves.

#undef CK_UNIT_PARTS
#undef CK_UNIT
#undef CK_ROWS_AT_ONCE
// Registers of a unit, its elements, and how many rows' units the registers hold.
#define CK_UNIT_PARTS (64 / CK_VECTOR_BYTES)
#define CK_UNIT (64 / (int)sizeof(CK_T))
#define CK_ROWS_AT_ONCE (CK_UNIT_PARTS == 1 ? 8 : CK_UNIT_PARTS == 2 ? 4 : 2)

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

// Folds the registers of a unit to one.
CK_INLINE CK_V CK_ID(fold_unit)(CK_V *sum) {
#if CK_VECTOR_BYTES == 64
  return sum[0];
#elif CK_VECTOR_BYTES == 32
  return sum[0] + sum[1];
#else
  return (sum[0] + sum[2]) + (sum[1] + sum[3]);
#endif
}

// The first elements of a unit, zeros behind them.
CK_INLINE CK_V CK_ID(load_of_unit)(const CK_T *a, int64_t count, int part) {
  const int64_t left = count - part * CK_LANES;
  const CK_V zero = CK_ID(splat)(0);
  return left >= CK_LANES ? CK_ID(load)(a + part * CK_LANES)
         : left > 0       ? CK_ID(load_first)(a + part * CK_LANES, left, zero)
                          : zero;
}

// The unfolded dot products of some rows with x; x is loaded once for all of them.
CK_INLINE void CK_ID(dot_rows)(CK_V *result, const CK_T *const *row, const CK_T *x, int64_t columns) {
  const int64_t whole = columns / CK_UNIT * CK_UNIT, rest = columns - whole;
  CK_V total[CK_ROWS_AT_ONCE][CK_UNIT_PARTS];
  for (int k = 0; k < CK_ROWS_AT_ONCE; k++)
    for (int part = 0; part < CK_UNIT_PARTS; part++) total[k][part] = CK_ID(splat)(0);
  for (int64_t j = 0; j < whole;) {
    const int64_t end = whole - j < 64 * CK_UNIT ? whole : j + 64 * CK_UNIT;
    CK_V sum[CK_ROWS_AT_ONCE][CK_UNIT_PARTS];
    for (int k = 0; k < CK_ROWS_AT_ONCE; k++)
      for (int part = 0; part < CK_UNIT_PARTS; part++) sum[k][part] = CK_ID(splat)(0);
    for (; j < end; j += CK_UNIT)
      for (int part = 0; part < CK_UNIT_PARTS; part++) {
        const CK_V v = CK_ID(load)(x + j + part * CK_LANES);
        for (int k = 0; k < CK_ROWS_AT_ONCE; k++)
          sum[k][part] = CK_MULTIPLY_ADD(CK_ID(load)(row[k] + j + part * CK_LANES), v, sum[k][part]);
      }
    for (int k = 0; k < CK_ROWS_AT_ONCE; k++)
      for (int part = 0; part < CK_UNIT_PARTS; part++) total[k][part] += sum[k][part];
  }
  if (rest > 0)
    for (int part = 0; part < CK_UNIT_PARTS; part++) {
      const CK_V v = CK_ID(load_of_unit)(x + whole, rest, part);
      for (int k = 0; k < CK_ROWS_AT_ONCE; k++)
        total[k][part] = CK_MULTIPLY_ADD(CK_ID(load_of_unit)(row[k] + whole, rest, part), v, total[k][part]);
    }
  for (int k = 0; k < CK_ROWS_AT_ONCE; k++) result[k] = CK_ID(fold_unit)(total[k]);
}

// y[i] = Σ a[i·leading + j]·x[j]: the sums of as many rows as a register has lanes become one register.
static void CK_ID(matrix_times_vector)(void *y_, const void *a_, int64_t leading, const void *x_, int64_t rows,
                                       int64_t columns) {
  CK_T *y = y_;
  const CK_T *a = a_, *x = x_;
  for (int64_t i = 0; i < rows; i += CK_LANES) {
    const int64_t left = rows - i;
    CK_V sum[CK_LANES + CK_ROWS_AT_ONCE];
    for (int k = 0; k < CK_LANES; k += CK_ROWS_AT_ONCE) {
      // Past the last row the last one is read again.
      const CK_T *row[CK_ROWS_AT_ONCE];
      for (int r = 0; r < CK_ROWS_AT_ONCE; r++) row[r] = a + (k + r < left ? i + k + r : rows - 1) * leading;
      if (k < left) CK_ID(dot_rows)(sum + k, row, x, columns);
      else
        for (int r = 0; r < CK_ROWS_AT_ONCE; r++) sum[k + r] = CK_ID(splat)(0);
    }
    const CK_V sums = CK_ID(sums_of_lanes)(sum);
    if (left >= CK_LANES) CK_ID(store)(y + i, sums);
    else CK_ID(store_first)(y + i, sums, left);
  }
}

// The sums of `width` registers of columns, a number that the compiler knows, added to y from the second chain on.
CK_INLINE void CK_ID(sum_columns)(CK_T *y, const CK_T *a, int64_t leading, const CK_T *x, int64_t rows, bool adds,
                                  const int width) {
  CK_V sum[8];
  for (int k = 0; k < width; k++) sum[k] = CK_ID(splat)(0);
  for (int64_t i = 0; i < rows; i++) {
    const CK_V factor = CK_ID(splat)(x[i]);
    for (int k = 0; k < width; k++)
      sum[k] = CK_MULTIPLY_ADD(CK_ID(load)(a + i * leading + k * CK_LANES), factor, sum[k]);
  }
  for (int k = 0; k < width; k++)
    CK_ID(store)(y + k * CK_LANES, adds ? CK_ID(load)(y + k * CK_LANES) + sum[k] : sum[k]);
}

// y[j] = Σ x[i]·a[i·leading + j]: as many columns at a time as registers hold, in the order of a matrix product.
static void CK_ID(vector_times_matrix)(void *y_, const void *a_, int64_t leading, const void *x_, int64_t rows,
                                       int64_t columns) {
  CK_T *y = y_;
  const CK_T *a = a_, *x = x_;
  if (rows == 0) memset(y, 0, (size_t)columns * sizeof(CK_T));
  for (int64_t i = 0; i < rows; i += CK_PRODUCT_DEPTH, a += CK_PRODUCT_DEPTH * leading, x += CK_PRODUCT_DEPTH) {
    const int64_t depth = rows - i < CK_PRODUCT_DEPTH ? rows - i : CK_PRODUCT_DEPTH;
    int64_t j = 0;
    for (; j + 8 * CK_LANES <= columns; j += 8 * CK_LANES)
      CK_ID(sum_columns)(y + j, a + j, leading, x, depth, i > 0, 8);
    for (; j + 4 * CK_LANES <= columns; j += 4 * CK_LANES)
      CK_ID(sum_columns)(y + j, a + j, leading, x, depth, i > 0, 4);
    for (; j + CK_LANES <= columns; j += CK_LANES) CK_ID(sum_columns)(y + j, a + j, leading, x, depth, i > 0, 1);
    if (j == columns) continue;
    const int64_t left = columns - j;
    CK_V sum = CK_ID(splat)(0);
    for (int64_t r = 0; r < depth; r++) {
      const CK_V v = CK_ID(load_first)(a + r * leading + j, left, CK_ID(splat)(0));
      sum = CK_MULTIPLY_ADD(v, CK_ID(splat)(x[r]), sum);
    }
    CK_ID(store_first)(y + j, i > 0 ? CK_ID(load_first)(y + j, left, sum) + sum : sum, left);
  }
}

// Σ a[i]·b[i]: eight units of partial sums, which is what hides a multiply-add's latency on the widest registers, for
// one block of a longer product.
static double CK_ID(dot)(const void *a_, const void *b_, int64_t n) {
  enum { parts = 8 * CK_UNIT_PARTS, group = 8 * 64 / sizeof(CK_T) };
  const CK_T *a = a_, *b = b_;
  CK_V sum[parts];
  for (int k = 0; k < parts; k++) sum[k] = CK_ID(splat)(0);
  if (n >= group) {
    // A register's chain at a time, a quarter of a block or less: sums in registers on every instruction set.
    const int64_t whole = n / group * group;
    for (int first = 0; first < parts; first += 8) {
      CK_V s[8];
      for (int k = 0; k < 8; k++) s[k] = CK_ID(splat)(0);
      for (int64_t i = first * CK_LANES; i < whole; i += group)
        for (int k = 0; k < 8; k++)
          s[k] = CK_MULTIPLY_ADD(CK_ID(load)(a + i + k * CK_LANES), CK_ID(load)(b + i + k * CK_LANES), s[k]);
      for (int k = 0; k < 8; k++) sum[first + k] = s[k];
    }
    a += whole;
    b += whole;
    n -= whole;
  }
  for (int k = 0; n > 0; k++, a += CK_LANES, b += CK_LANES, n -= CK_LANES) {
    const CK_V zero = CK_ID(splat)(0);
    const CK_V v = n >= CK_LANES ? CK_ID(load)(a) : CK_ID(load_first)(a, n, zero);
    const CK_V w = n >= CK_LANES ? CK_ID(load)(b) : CK_ID(load_first)(b, n, zero);
    sum[k] = CK_MULTIPLY_ADD(v, w, sum[k]);
  }
  for (int half = parts / 2; half >= CK_UNIT_PARTS; half /= 2)
    for (int k = 0; k < half; k++) sum[k] += sum[k + half];
  CK_V lanes[CK_LANES];
  lanes[0] = CK_ID(fold_unit)(sum);
  for (int k = 1; k < CK_LANES; k++) lanes[k] = CK_ID(splat)(0);
  return CK_ID(sums_of_lanes)(lanes)[0];
}
