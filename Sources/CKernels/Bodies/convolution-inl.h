// Tiles of convolutions.
//
// The matrix of patches is never made. A tile of the source is copied with zeros around it, and apart by the remainders of
// the step, so that what a tap reads for one point of the grid after another lies in one line: a row of the matrix of
// patches is this line from another place on. Lines run on from a row of the tile to the next; the points between,
// where taps read beyond the row, are computed and left out. The rest is a product of matrices (matrix-product-inl.h),
// whose right operand's rows are found through a list of places. (Places instead of rows: Dukhan, "The indirect
// convolution algorithm", 2019.)

// Registers of columns beside `rows` rows of sums. One row alone would wait for itself.
#undef CK_PASS_WIDTH
#define CK_PASS_WIDTH(ROWS) \
  ((ROWS) * 8 <= 2 * CK_PRODUCT_ROWS ? 8 : (ROWS) * 4 <= 2 * CK_PRODUCT_ROWS ? 4 : 2)

// Rows of block `index`, of `count` blocks of about equal height.
CK_INLINE int64_t CK_ID(block_start)(int64_t rows, int64_t count, int64_t index) { return rows * index / count; }

static void CK_ID(lay_out_weight)(void *to_, const void *w_, int64_t row, int64_t channel, const int64_t *place,
                                  const ck_pass *pass, int64_t first, int64_t depth) {
  CK_T *to = to_;
  const CK_T *w = w_;
  const int64_t blocks = (pass->rows + CK_PRODUCT_ROWS - 1) / CK_PRODUCT_ROWS;
  for (int64_t block = 0; block < blocks; block++) {
    const int64_t top = CK_ID(block_start)(pass->rows, blocks, block);
    const int64_t height = CK_ID(block_start)(pass->rows, blocks, block + 1) - top;
    int64_t s = first / pass->taps, t = first % pass->taps;
    for (int64_t p = 0; p < depth; p++, to += height) {
      const CK_T *from = w + top * row + s * channel + place[t];
      for (int64_t r = 0; r < height; r++) to[r] = from[r * row];
      if (++t == pass->taps) t = 0, s++;
    }
  }
}

// Channels first ..< last of the source, as far as a tile reads them.
static void CK_ID(lay_out_tile)(CK_T *to, const CK_T *source, const ck_pass *pass, const ck_grid_tile *tile,
                                int64_t first, int64_t last) {
  const ck_pass_axis *rows = &pass->axis[0], *columns = &pass->axis[1];
  const int64_t step = columns->step, width = columns->extent;
  const int64_t lines = tile->count[0] + rows->extent - rows->tile;
  for (int64_t s = first; s < last; s++)
    for (int64_t a = 0; a < rows->plane_count; a++)
      for (int64_t b = 0; b < columns->plane_count; b++) {
        CK_T *const plane = to + (s - first) * pass->channel_size +
                            (a * columns->plane_count + b) * pass->images * rows->extent * width;
        // Element u of a line is column `start` + u·step; those from `low` to `high` exist.
        const int64_t start = tile->first[1] * step + columns->planes[b];
        int64_t low = start < 0 ? (-start + step - 1) / step : 0;
        int64_t high = start < columns->source ? (columns->source - start + step - 1) / step : 0;
        if (low > width) low = width;
        if (high > width) high = width;
        if (high < low) high = low;
        for (int64_t image = 0; image < tile->images; image++) {
          const CK_T *const channel = source + image * pass->source_image + s * rows->source * columns->source;
          CK_T *line = plane + image * rows->extent * width;
          for (int64_t q = 0; q < lines; q++, line += width) {
            const int64_t y = (tile->first[0] + q) * rows->step + rows->planes[a];
            if (y < 0 || y >= rows->source) {
              for (int64_t u = 0; u < width; u++) line[u] = 0;
              continue;
            }
            const CK_T *from = channel + y * columns->source + start;
            for (int64_t u = 0; u < low; u++) line[u] = 0;
            if (step == 1) {
              int64_t u = low;
              for (; u + CK_LANES <= high; u += CK_LANES) CK_ID(store)(line + u, CK_ID(load)(from + u));
              for (; u < high; u++) line[u] = from[u];
            } else {
              for (int64_t u = low; u < high; u++) line[u] = from[u * step];
            }
            for (int64_t u = high; u < width; u++) line[u] = 0;
          }
        }
      }
  memset(to + (last - first) * pass->channel_size, 0, CK_TILE_SLACK * sizeof(CK_T));
}

// Where steps first ..< first + depth read, from the grid point on, in a tile whose first channel is that of step `first`.
CK_INLINE void CK_ID(find_places)(int64_t *places, const ck_pass *pass, int64_t first, int64_t depth) {
  int64_t t = first % pass->taps, channel = 0;
  for (int64_t p = 0; p < depth; p++) {
    places[p] = channel + pass->tap_offsets[t];
    if (++t == pass->taps) t = 0, channel += pass->channel_size;
  }
}

// `rows` rows and `width` registers of columns, over the steps of one chain.
CK_INLINE void CK_ID(pass_block)(CK_T *sums, int64_t next_row, const CK_T *weight, const CK_T *source,
                                 const int64_t *places, int64_t depth, bool adds, const int rows, const int width) {
#define CK_UNROLLED _Pragma("clang loop unroll(full)")
  CK_V total[CK_PRODUCT_ROWS][8];
  CK_UNROLLED
  for (int r = 0; r < rows; r++)
    for (int w = 0; w < width; w++) total[r][w] = CK_ID(splat)(0);
  for (int64_t p = 0; p < depth; p++, weight += rows) {
    const CK_T *at = source + places[p];
    CK_V v[8];
    for (int w = 0; w < width; w++) v[w] = CK_ID(load)(at + w * CK_LANES);
    CK_UNROLLED
    for (int r = 0; r < rows; r++) {
      const CK_V factor = CK_ID(splat)(weight[r]);
      for (int w = 0; w < width; w++) total[r][w] = CK_MULTIPLY_ADD(v[w], factor, total[r][w]);
    }
  }
  CK_UNROLLED
  for (int r = 0; r < rows; r++)
    for (int w = 0; w < width; w++) {
      CK_T *to = sums + r * next_row + w * CK_LANES;
      CK_ID(store)(to, adds ? CK_ID(load)(to) + total[r][w] : total[r][w]);
    }
#undef CK_UNROLLED
}

// A block of `rows` rows on all columns of a tile.
// Fewer registers where the tile ends.
#define CK_PASS_STEP(R, W) \
  if (CK_PASS_WIDTH(R) >= (W)) \
    for (; columns - j > (W) / 2 * CK_LANES; j += (W) * CK_LANES) \
      CK_ID(pass_block)(sums + j, next_row, weight, source + j, places, depth, adds, R, W);
#define CK_PASS_CASE(R) \
  case R: { \
    int64_t j = 0; \
    CK_PASS_STEP(R, 8) \
    CK_PASS_STEP(R, 4) \
    CK_PASS_STEP(R, 2) \
    CK_PASS_STEP(R, 1) \
    break; \
  }

static __attribute__((noinline)) void CK_ID(pass_rows)(int64_t rows, CK_T *sums, int64_t next_row, const CK_T *weight,
                                                       const CK_T *source, const int64_t *places, int64_t columns,
                                                       int64_t depth, bool adds) {
  switch (rows) {
    CK_PASS_CASE(1)
    CK_PASS_CASE(2)
    CK_PASS_CASE(3)
    CK_PASS_CASE(4)
    CK_PASS_CASE(5)
    CK_PASS_CASE(6)
#if CK_PRODUCT_ROWS == 12
    CK_PASS_CASE(7)
    CK_PASS_CASE(8)
    CK_PASS_CASE(9)
    CK_PASS_CASE(10)
    CK_PASS_CASE(11)
    CK_PASS_CASE(12)
#endif
  }
}
#undef CK_PASS_CASE
#undef CK_PASS_STEP

static void CK_ID(pass)(void *target_, const void *source_, const void *weight_, const ck_pass *pass,
                        const ck_grid_tile *tile, int64_t first_row, int64_t row_count, void *scratch, void *sums_) {
  CK_T *const target = target_, *const sums = sums_, *const laid_out = scratch;
  const CK_T *const source = source_, *const weight = weight_;
  const ck_pass_axis *rows = &pass->axis[0], *columns = &pass->axis[1];
  const int64_t steps = pass->channels * pass->taps, pitch = columns->extent;
  const int64_t width = ((tile->images - 1) * rows->extent + tile->count[0] - 1) * pitch + tile->count[1];
  const int64_t next_row = ((pass->images - 1) * rows->extent + rows->tile) * pitch + CK_TILE_SLACK;
  const int64_t blocks = (pass->rows + CK_PRODUCT_ROWS - 1) / CK_PRODUCT_ROWS;
  for (int64_t first = 0; first < steps; first += CK_PRODUCT_DEPTH) {
    const int64_t depth = steps - first < CK_PRODUCT_DEPTH ? steps - first : CK_PRODUCT_DEPTH;
    int64_t places[CK_PRODUCT_DEPTH];
    CK_ID(find_places)(places, pass, first, depth);
    CK_ID(lay_out_tile)(laid_out, source, pass, tile, first / pass->taps, (first + depth - 1) / pass->taps + 1);
    // A strip of what the tile holds stays in the first cache while all rows of the weight go by.
    enum { strip = 8 * CK_LANES };
    for (int64_t j = 0; j < width; j += strip)
      for (int64_t block = 0; block < blocks; block++) {
        const int64_t top = CK_ID(block_start)(pass->rows, blocks, block);
        if (top < first_row || top >= first_row + row_count) continue;
        CK_ID(pass_rows)(CK_ID(block_start)(pass->rows, blocks, block + 1) - top, sums + (top - first_row) * next_row + j,
                         next_row, weight + first * pass->rows + top * depth, laid_out + j, places,
                         width - j < strip ? width - j : strip, depth, first > 0);
      }
  }
  const int64_t line = columns->target, next = columns->next;
  for (int64_t r = 0; r < row_count; r++)
    for (int64_t image = 0; image < tile->images; image++)
      for (int64_t i = 0; i < tile->count[0]; i++) {
        CK_T *to = target + image * pass->target_image + (first_row + r) * rows->target * line +
                   (rows->first + (tile->first[0] + i) * rows->next) * line + columns->first + tile->first[1] * next;
        const CK_T *from = sums + r * next_row + (image * rows->extent + i) * pitch;
        if (next == 1) {
          int64_t j = 0;
          for (; j + CK_LANES <= tile->count[1]; j += CK_LANES) CK_ID(store)(to + j, CK_ID(load)(from + j));
          for (; j < tile->count[1]; j++) to[j] = from[j];
        } else {
          for (int64_t j = 0; j < tile->count[1]; j++) to[j * next] = from[j];
        }
      }
}

// `count` steps and `width` registers of rows of the weight's derivative, over the points of one tile.
CK_INLINE void CK_ID(weight_block)(CK_T *sums, int64_t next, const CK_T *source, const int64_t *places, int64_t pitch,
                                   const CK_T *g, int64_t lines, int64_t columns, const int count, const int width) {
#define CK_UNROLLED _Pragma("clang loop unroll(full)")
  CK_V total[6][2];
  const CK_T *at[6];
  CK_UNROLLED
  for (int r = 0; r < count; r++) {
    at[r] = source + places[r];
    for (int w = 0; w < width; w++) total[r][w] = CK_ID(splat)(0);
  }
  for (int64_t i = 0; i < lines; i++) {
    for (int64_t j = 0; j < columns; j++, g += 2 * CK_LANES) {
      CK_V v[2];
      for (int w = 0; w < width; w++) v[w] = CK_ID(load)(g + w * CK_LANES);
      CK_UNROLLED
      for (int r = 0; r < count; r++) {
        const CK_V factor = CK_ID(splat)(at[r][j]);
        for (int w = 0; w < width; w++) total[r][w] = CK_MULTIPLY_ADD(v[w], factor, total[r][w]);
      }
    }
    CK_UNROLLED
    for (int r = 0; r < count; r++) at[r] += pitch;
  }
  CK_UNROLLED
  for (int r = 0; r < count; r++)
    for (int w = 0; w < width; w++) {
      CK_T *to = sums + r * next + w * CK_LANES;
      CK_ID(store)(to, CK_ID(load)(to) + total[r][w]);
    }
#undef CK_UNROLLED
}

#define CK_WEIGHT_CASE(R) \
  case R: \
    if (rows > CK_LANES) \
      CK_ID(weight_block)(sums, next, source, places, pitch, g, lines, columns, R, 2); \
    else CK_ID(weight_block)(sums, next, source, places, pitch, g, lines, columns, R, 1); \
    break;

static __attribute__((noinline)) void CK_ID(weight_steps)(int64_t count, CK_T *sums, int64_t next, int64_t rows,
                                                          const CK_T *source, const int64_t *places, int64_t pitch,
                                                          const CK_T *g, int64_t lines, int64_t columns) {
  switch (count) {
    CK_WEIGHT_CASE(1)
    CK_WEIGHT_CASE(2)
    CK_WEIGHT_CASE(3)
    CK_WEIGHT_CASE(4)
    CK_WEIGHT_CASE(5)
    CK_WEIGHT_CASE(6)
  }
}
#undef CK_WEIGHT_CASE

// `count` steps of one row of the weight's derivative, along the lines of one tile: 64 bytes of sums for each, which are
// folded in halves, on every instruction set.
CK_INLINE void CK_ID(weight_line)(CK_T *sums, int64_t next, const CK_T *source, const int64_t *places, int64_t pitch,
                                  const CK_T *g, int64_t next_line, int64_t lines, int64_t columns, const int count) {
#define CK_UNROLLED _Pragma("clang loop unroll(full)")
  enum { parts = 64 / CK_VECTOR_BYTES, lanes = parts * CK_LANES };
  const CK_V zero = CK_ID(splat)(0);
  CK_V total[6][parts];
  CK_UNROLLED
  for (int r = 0; r < count; r++)
    for (int w = 0; w < parts; w++) total[r][w] = zero;
  for (int64_t i = 0; i < lines; i++, g += next_line, source += pitch) {
    int64_t j = 0;
    for (; j + lanes <= columns; j += lanes)
      for (int w = 0; w < parts; w++) {
        const CK_V v = CK_ID(load)(g + j + w * CK_LANES);
        CK_UNROLLED
        for (int r = 0; r < count; r++)
          total[r][w] = CK_MULTIPLY_ADD(CK_ID(load)(source + places[r] + j + w * CK_LANES), v, total[r][w]);
      }
    for (int w = 0; w < parts; w++) {
      const int64_t left = columns - j - w * CK_LANES;
      if (left <= 0) break;
      const bool whole = left >= CK_LANES;
      const CK_T *at = g + j + w * CK_LANES;
      const CK_V v = whole ? CK_ID(load)(at) : CK_ID(load_first)(at, left, zero);
      CK_UNROLLED
      for (int r = 0; r < count; r++) {
        at = source + places[r] + j + w * CK_LANES;
        total[r][w] = CK_MULTIPLY_ADD(whole ? CK_ID(load)(at) : CK_ID(load_first)(at, left, zero), v, total[r][w]);
      }
    }
  }
  CK_UNROLLED
  for (int r = 0; r < count; r++) {
    CK_T all[lanes];
    for (int w = 0; w < parts; w++) CK_ID(store)(all + w * CK_LANES, total[r][w]);
    for (int half = lanes / 2; half > 0; half /= 2)
      for (int k = 0; k < half; k++) all[k] += all[k + half];
    sums[r * next] += all[0];
  }
#undef CK_UNROLLED
}

#define CK_LINE_CASE(R) \
  case R: \
    CK_ID(weight_line)(sums, next, source, places, pitch, g, next_line, lines, columns, R); \
    break;

static __attribute__((noinline)) void CK_ID(weight_lines)(int64_t count, CK_T *sums, int64_t next, const CK_T *source,
                                                          const int64_t *places, int64_t pitch, const CK_T *g,
                                                          int64_t next_line, int64_t lines, int64_t columns) {
  switch (count) {
    CK_LINE_CASE(1)
    CK_LINE_CASE(2)
    CK_LINE_CASE(3)
    CK_LINE_CASE(4)
    CK_LINE_CASE(5)
    CK_LINE_CASE(6)
  }
}
#undef CK_LINE_CASE

static void CK_ID(weight_pass)(void *sums_, int64_t width, const void *source_, const void *g_, const ck_pass *pass,
                               const ck_grid_tile *tile, int64_t first, int64_t count, void *scratch,
                               void *transposed_) {
  CK_T *const sums = sums_, *const laid_out = scratch, *const transposed = transposed_;
  const CK_T *const source = source_, *const g = g_;
  const ck_pass_axis *rows = &pass->axis[0], *columns = &pass->axis[1];
  const int64_t pitch = columns->extent, size = rows->target * columns->target;
  const int64_t points = tile->count[0] * tile->count[1];
  enum { strip = 2 * CK_LANES };
  int64_t places[CK_PRODUCT_DEPTH];
  CK_ID(find_places)(places, pass, first, count);
  CK_ID(lay_out_tile)(laid_out, source, pass, tile, first / pass->taps, (first + count - 1) / pass->taps + 1);
  const CK_T *const corner = g + tile->first[0] * columns->target + tile->first[1];
  if (pass->rows <= CK_PASS_FEW_ROWS) {
    for (int64_t r = 0; r < pass->rows; r++)
      for (int64_t p = 0; p < count; p += 6)
        CK_ID(weight_lines)(count - p < 6 ? count - p : 6, sums + p * width + r, width, laid_out, places + p, pitch,
                            corner + r * size, columns->target, tile->count[0], tile->count[1]);
    return;
  }
  for (int64_t r = 0; r < pass->rows; r += strip)
    for (int64_t i = 0; i < tile->count[0]; i++)
      CK_ID(lay_out_transposed)(transposed + r * points + i * tile->count[1] * strip,
                                corner + r * size + i * columns->target, size, tile->count[1],
                                pass->rows - r < strip ? pass->rows - r : strip);
  for (int64_t r = 0; r < pass->rows; r += strip)
    for (int64_t p = 0; p < count; p += 6)
      CK_ID(weight_steps)(count - p < 6 ? count - p : 6, sums + p * width + r, width, pass->rows - r, laid_out,
                          places + p, pitch, transposed + r * points, tile->count[0], tile->count[1]);
}

static void CK_ID(finish_weight)(void *to_, const void *sums_, int64_t width, int64_t steps, int64_t parts,
                                 int64_t part_size, int64_t first_row, int64_t row_count) {
  CK_T *const to = to_;
  const CK_T *const sums = sums_;
  enum { square = 16 };
  for (int64_t p = 0; p < steps; p += square)
    for (int64_t r = first_row; r < first_row + row_count; r += square)
      for (int64_t y = p; y < p + square && y < steps; y++)
        for (int64_t x = r; x < r + square && x < first_row + row_count; x++) {
          CK_T sum = sums[y * width + x];
          for (int64_t part = 1; part < parts; part++) sum += sums[part * part_size + y * width + x];
          to[x * steps + y] = sum;
        }
}
