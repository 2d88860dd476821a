// Products of matrices on the calling thread.
//
// Every element is made of sums over 256 steps of k, each one chain of multiply-adds from first to last, and these are
// added in order; whatever block it is computed in. So the bits are the same for any cut of rows and columns, on every
// instruction set with fused multiply-add, and for any number of threads. The rounding error of an element is at most
// (255 + ⌈k/256⌉)·u·Σ|a||b|, to first order.
//
// The loops are Goto's and van de Geijn's ("Anatomy of high-performance matrix multiplication", 2008): a block of the left
// matrix stays in the second-level cache, a strip of the right one in the first, both laid out in reading order, and a
// block of rows × two registers of the result in registers.

#undef CK_PRODUCT_WIDTH
#undef CK_INTERLEAVE_LOW
#undef CK_INTERLEAVE_HIGH
// Columns of a strip, which is 32 kB at most.
#define CK_PRODUCT_WIDTH (2 * CK_LANES)

#if CK_VECTOR_BYTES / (CK_BITS / 8) == 16
#define CK_INTERLEAVE_LOW(A, B) \
  __builtin_shufflevector(A, B, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23)
#define CK_INTERLEAVE_HIGH(A, B) \
  __builtin_shufflevector(A, B, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31)
#elif CK_VECTOR_BYTES / (CK_BITS / 8) == 8
#define CK_INTERLEAVE_LOW(A, B) __builtin_shufflevector(A, B, 0, 8, 1, 9, 2, 10, 3, 11)
#define CK_INTERLEAVE_HIGH(A, B) __builtin_shufflevector(A, B, 4, 12, 5, 13, 6, 14, 7, 15)
#elif CK_VECTOR_BYTES / (CK_BITS / 8) == 4
#define CK_INTERLEAVE_LOW(A, B) __builtin_shufflevector(A, B, 0, 4, 1, 5)
#define CK_INTERLEAVE_HIGH(A, B) __builtin_shufflevector(A, B, 2, 6, 3, 7)
#else
#define CK_INTERLEAVE_LOW(A, B) __builtin_shufflevector(A, B, 0, 2)
#define CK_INTERLEAVE_HIGH(A, B) __builtin_shufflevector(A, B, 1, 3)
#endif

// As many rows to a block as the registers hold sums of; of a left matrix where it lies, as many as there are registers
// for the addresses of rows.
#ifndef CK_PRODUCT_ROWS
#define CK_PRODUCT_SHORT 6
#if CK_VECTOR_BYTES == 64 || defined(__aarch64__)
#define CK_PRODUCT_ROWS 12
#else
#define CK_PRODUCT_ROWS 6
#endif
#endif

// `depth` rows of a strip, where the columns of the strip are the rows of `b`: squares are transposed in registers.
// Interleaving the first half of a list of registers with the second, log₂ L times, transposes L registers.
CK_INLINE void CK_ID(lay_out_transposed)(CK_T *strip, const CK_T *b, int64_t leading, int64_t depth, int64_t columns) {
  for (int64_t j = 0; j < CK_PRODUCT_WIDTH; j += CK_LANES) {
    int64_t p = 0;
    if (j + CK_LANES <= columns)
      for (; p + CK_LANES <= depth; p += CK_LANES) {
        CK_V v[CK_LANES], w[CK_LANES];
        for (int i = 0; i < CK_LANES; i++) v[i] = CK_ID(load)(b + (j + i) * leading + p);
        for (int step = 1; step < CK_LANES; step *= 2) {
          for (int i = 0; i < CK_LANES / 2; i++) {
            w[2 * i] = CK_INTERLEAVE_LOW(v[i], v[i + CK_LANES / 2]);
            w[2 * i + 1] = CK_INTERLEAVE_HIGH(v[i], v[i + CK_LANES / 2]);
          }
          for (int i = 0; i < CK_LANES; i++) v[i] = w[i];
        }
        for (int i = 0; i < CK_LANES; i++) CK_ID(store)(strip + (p + i) * CK_PRODUCT_WIDTH + j, v[i]);
      }
    for (; p < depth; p++)
      for (int64_t i = 0; i < CK_LANES; i++)
        strip[p * CK_PRODUCT_WIDTH + j + i] = j + i < columns ? b[(j + i) * leading + p] : 0;
  }
}

CK_INLINE void CK_ID(lay_out_straight)(CK_T *strip, const CK_T *b, int64_t leading, int64_t depth, int64_t columns) {
  const CK_V zero = CK_ID(splat)(0);
  for (int64_t p = 0; p < depth; p++, strip += CK_PRODUCT_WIDTH, b += leading)
    for (int64_t j = 0; j < CK_PRODUCT_WIDTH; j += CK_LANES) {
      const int64_t left = columns - j;
      CK_ID(store)(strip + j, left >= CK_LANES ? CK_ID(load)(b + j)
                              : left > 0       ? CK_ID(load_first)(b + j, left, zero)
                                               : zero);
    }
}

// The next steps of k of `rows` rows and two registers of columns; `rows` and `width` are numbers that the compiler knows.
CK_INLINE void CK_ID(multiply_block)(CK_V sum[][2], const CK_T *a, int64_t a_row, int64_t a_step, const CK_T *strip,
                                     int64_t strip_step, int64_t depth, const int rows, const int width) {
  // Sums in registers need loops that are gone before the compiler places them; beyond some size it would not by itself.
#define CK_UNROLLED _Pragma("clang loop unroll(full)")
  CK_V total[CK_PRODUCT_ROWS][2];
  CK_UNROLLED
  for (int r = 0; r < rows; r++)
    for (int w = 0; w < width; w++) total[r][w] = CK_ID(splat)(0);
  for (int64_t p = 0; p < depth; p++) {
    CK_V v[2];
    for (int w = 0; w < width; w++) v[w] = CK_ID(load)(strip + w * CK_LANES);
    CK_UNROLLED
    for (int r = 0; r < rows; r++) {
      const CK_V factor = CK_ID(splat)(a[r * a_row]);
      for (int w = 0; w < width; w++) total[r][w] = CK_MULTIPLY_ADD(v[w], factor, total[r][w]);
    }
    a += a_step;
    strip += strip_step;
  }
  CK_UNROLLED
  for (int r = 0; r < rows; r++)
    for (int w = 0; w < width; w++) sum[r][w] = total[r][w];
#undef CK_UNROLLED
}

// Writes or adds a row of sums: `columns` of them.
CK_INLINE void CK_ID(finish_row)(CK_T *c, const CK_V *sum, int64_t columns, bool adds, const int width) {
  for (int w = 0; w < width; w++) {
    CK_T *at = c + w * CK_LANES;
    const int64_t left = columns - w * CK_LANES;
    if (left >= CK_LANES) CK_ID(store)(at, adds ? CK_ID(load)(at) + sum[w] : sum[w]);
    else if (left > 0) CK_ID(store_first)(at, adds ? CK_ID(load_first)(at, left, sum[w]) + sum[w] : sum[w], left);
  }
}

CK_INLINE void CK_ID(product_block)(CK_T *c, int64_t columns, int64_t next_row, const CK_T *a, int64_t a_row,
                                    int64_t a_step, const CK_T *strip, int64_t strip_step, int64_t depth, bool adds,
                                    const int rows, const int width) {
  CK_V sum[CK_PRODUCT_ROWS][2];
  CK_ID(multiply_block)(sum, a, a_row, a_step, strip, strip_step, depth, rows, width);
  for (int r = 0; r < rows; r++) CK_ID(finish_row)(c + r * next_row, sum[r], columns, adds, width);
}

// A left matrix that was laid out: blocks of CK_PRODUCT_ROWS rows, of which the first `rows` are wanted.
static __attribute__((noinline)) void CK_ID(product_laid_out)(int64_t rows, CK_T *c, int64_t columns,
                                                              int64_t next_row, const CK_T *a, const CK_T *strip,
                                                              int64_t depth, bool adds) {
  CK_V sum[CK_PRODUCT_ROWS][2];
  // The result's lines are on their way while the sums are made.
  for (int64_t r = 0; r < rows; r++) {
    __builtin_prefetch(c + r * next_row, 1);
    __builtin_prefetch(c + r * next_row + columns - 1, 1);
  }
  CK_ID(multiply_block)(sum, a, 1, CK_PRODUCT_ROWS, strip, CK_PRODUCT_WIDTH, depth, CK_PRODUCT_ROWS, 2);
  if (columns >= CK_PRODUCT_WIDTH && rows == CK_PRODUCT_ROWS) {
    for (int r = 0; r < CK_PRODUCT_ROWS; r++)
      CK_ID(finish_row)(c + r * next_row, sum[r], CK_PRODUCT_WIDTH, adds, 2);
    return;
  }
  for (int r = 0; r < CK_PRODUCT_ROWS; r++)
    if (r < rows) CK_ID(finish_row)(c + r * next_row, sum[r], columns, adds, 2);
}

#define CK_PRODUCT_CASE(R) \
  case R: \
    if (columns > CK_LANES) \
      CK_ID(product_block)(c, columns, next_row, a, a_row, a_step, strip, strip_step, depth, adds, R, 2); \
    else CK_ID(product_block)(c, columns, next_row, a, a_row, a_step, strip, strip_step, depth, adds, R, 1); \
    break;

// A left matrix where it lies.
static __attribute__((noinline)) void CK_ID(product_in_place)(int64_t rows, CK_T *c, int64_t columns, int64_t next_row,
                                                              const CK_T *a, int64_t a_row, int64_t a_step,
                                                              const CK_T *strip, int64_t strip_step, int64_t depth,
                                                              bool adds) {
  switch (rows) {
    CK_PRODUCT_CASE(1)
    CK_PRODUCT_CASE(2)
    CK_PRODUCT_CASE(3)
    CK_PRODUCT_CASE(4)
    CK_PRODUCT_CASE(5)
    CK_PRODUCT_CASE(6)
  }
}
#undef CK_PRODUCT_CASE

// Blocks of rows one after the other, each step of k together; rows beyond the last are zeros.
CK_INLINE void CK_ID(lay_out_rows)(CK_T *to, const CK_T *a, int64_t a_row, int64_t a_step, int64_t rows,
                                   int64_t depth) {
  for (int64_t i = 0; i < rows; i += CK_PRODUCT_ROWS, to += CK_PRODUCT_ROWS * depth) {
    const int64_t count = rows - i < CK_PRODUCT_ROWS ? rows - i : CK_PRODUCT_ROWS;
    const CK_T *from = a + i * a_row;
    if (count == CK_PRODUCT_ROWS) {
      for (int64_t p = 0; p < depth; p++)
        for (int64_t r = 0; r < CK_PRODUCT_ROWS; r++) to[p * CK_PRODUCT_ROWS + r] = from[r * a_row + p * a_step];
    } else {
      for (int64_t p = 0; p < depth; p++)
        for (int64_t r = 0; r < CK_PRODUCT_ROWS; r++)
          to[p * CK_PRODUCT_ROWS + r] = r < count ? from[r * a_row + p * a_step] : 0;
    }
  }
}

// `depth` rows of the right matrix from `b` on, a strip's columns of them.
CK_INLINE void CK_ID(lay_out_strip)(CK_T *strip, const CK_T *b, int64_t leading, bool is_transposed, int64_t depth,
                                    int64_t columns) {
  if (is_transposed) CK_ID(lay_out_transposed)(strip, b, leading, depth, columns);
  else CK_ID(lay_out_straight)(strip, b, leading, depth, columns);
}

// Strip by strip, the left matrix where it lies.
static void CK_ID(small_product)(CK_T *c, int64_t next_row, const CK_T *a, int64_t a_row, int64_t a_step, const CK_T *b,
                                 int64_t leading, bool is_transposed, int64_t m, int64_t n, int64_t k) {
  CK_T strip[CK_PRODUCT_DEPTH * CK_PRODUCT_WIDTH] __attribute__((aligned(64)));
  // Blocks of about equal height: a last block of one row would take nearly as long as a whole one.
  const int64_t blocks = (m + CK_PRODUCT_SHORT - 1) / CK_PRODUCT_SHORT, height = (m + blocks - 1) / blocks;
  for (int64_t p = 0; p < k; p += CK_PRODUCT_DEPTH) {
    const int64_t depth = k - p < CK_PRODUCT_DEPTH ? k - p : CK_PRODUCT_DEPTH;
    for (int64_t j = 0; j < n; j += CK_PRODUCT_WIDTH) {
      const int64_t columns = n - j < CK_PRODUCT_WIDTH ? n - j : CK_PRODUCT_WIDTH;
      const CK_T *const right = is_transposed ? b + j * leading + p : b + p * leading + j;
      // A single block reads whole strips where they lie.
      const bool lies = blocks == 1 && !is_transposed && columns == CK_PRODUCT_WIDTH;
      if (!lies) CK_ID(lay_out_strip)(strip, right, leading, is_transposed, depth, columns);
      for (int64_t i = 0; i < m; i += height)
        CK_ID(product_in_place)(m - i < height ? m - i : height, c + i * next_row + j, columns, next_row,
                                a + i * a_row + p * a_step, a_row, a_step, lies ? right : strip,
                                lies ? leading : CK_PRODUCT_WIDTH, depth, p > 0);
    }
  }
}

static void CK_ID(matrix_product)(void *c_, int64_t next_row, const void *a_, int64_t a_row, int64_t a_step,
                                  const void *b_, int64_t leading, bool is_transposed, int64_t m, int64_t n, int64_t k,
                                  void *scratch) {
  CK_T *const c = c_;
  const CK_T *const a = a_, *const b = b_;
  if (ck_product_is_in_place(sizeof(CK_T), m, n, k)) {
    CK_ID(small_product)(c, next_row, a, a_row, a_step, b, leading, is_transposed, m, n, k);
    return;
  }
  enum { block_rows = CK_PRODUCT_BLOCK * 32 / CK_BITS, panel_columns = CK_PRODUCT_PANEL * 32 / CK_BITS };
  CK_T *const block = scratch, *const panel = block + block_rows * (k < CK_PRODUCT_DEPTH ? k : CK_PRODUCT_DEPTH);
  for (int64_t first = 0; first < n; first += panel_columns) {
    const int64_t width = n - first < panel_columns ? n - first : panel_columns;
    for (int64_t p = 0; p < k; p += CK_PRODUCT_DEPTH) {
      const int64_t depth = k - p < CK_PRODUCT_DEPTH ? k - p : CK_PRODUCT_DEPTH;
      for (int64_t j = 0; j < width; j += CK_PRODUCT_WIDTH)
        CK_ID(lay_out_strip)(panel + j * depth, is_transposed ? b + (first + j) * leading + p : b + p * leading + first + j,
                             leading, is_transposed, depth,
                             width - j < CK_PRODUCT_WIDTH ? width - j : CK_PRODUCT_WIDTH);
      for (int64_t top = 0; top < m; top += block_rows) {
        const int64_t rows = m - top < block_rows ? m - top : block_rows;
        CK_ID(lay_out_rows)(block, a + top * a_row + p * a_step, a_row, a_step, rows, depth);
        for (int64_t j = 0; j < width; j += CK_PRODUCT_WIDTH)
          for (int64_t i = 0; i < rows; i += CK_PRODUCT_ROWS)
            CK_ID(product_laid_out)(rows - i < CK_PRODUCT_ROWS ? rows - i : CK_PRODUCT_ROWS,
                                    c + (top + i) * next_row + first + j,
                                    width - j < CK_PRODUCT_WIDTH ? width - j : CK_PRODUCT_WIDTH, next_row,
                                    block + i * depth, panel + j * depth, depth, p > 0);
      }
    }
  }
}
