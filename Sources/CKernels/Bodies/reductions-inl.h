// Reductions of rows and columns.
//
// The order of a row's partial results depends on its length alone, so every instruction set gives the same bits:
// up to 8 elements one after the other; below 8 units (a unit is 64 bytes of elements) one unit of lanes; from
// there on 8 units of lanes, which is what hides an addition's latency on the widest registers. Lanes are then
// folded in halves.

#define CK_SUM_OF(S, X) ((S) + (X))
#define CK_PRODUCT_OF(S, X) ((S) * (X))
#define CK_MAX_OF(S, X) ((X) > (S) ? (X) : (S))
#define CK_MIN_OF(S, X) ((X) < (S) ? (X) : (S))
// NaN is handed on: one that is found replaces what is there, and no comparison removes it.
#define CK_MAX_OR_NAN_OF(S, X) ((((X) > (S)) | ((X) != (X))) ? (X) : (S))
#define CK_MIN_OR_NAN_OF(S, X) ((((X) < (S)) | ((X) != (X))) ? (X) : (S))

// Folds the register `v` to the scalar `result`.
#define CK_FOLD_FROM_4(P, COMBINE, V4) \
  const P##x2 v2 = COMBINE((V4).lo, (V4).hi); \
  result = COMBINE(v2.x, v2.y)
#define CK_FOLD_FROM_8(P, COMBINE, V8) \
  const P##x4 v4 = COMBINE((V8).lo, (V8).hi); \
  CK_FOLD_FROM_4(P, COMBINE, v4)
#define CK_FOLD_FROM_16(P, COMBINE, V16) \
  const P##x8 v8 = COMBINE((V16).lo, (V16).hi); \
  CK_FOLD_FROM_8(P, COMBINE, v8)
#if CK_VECTOR_BYTES == 64
#define CK_FOLD_32 CK_FOLD_FROM_16
#define CK_FOLD_64 CK_FOLD_FROM_8
#elif CK_VECTOR_BYTES == 32
#define CK_FOLD_32 CK_FOLD_FROM_8
#define CK_FOLD_64 CK_FOLD_FROM_4
#else
#define CK_FOLD_32 CK_FOLD_FROM_4
#define CK_FOLD_64(P, COMBINE, V2) result = COMBINE((V2).x, (V2).y)
#endif

enum { CK_PARTS = 64 / CK_VECTOR_BYTES, CK_BLOCK_STEPS = 64 };

// NAME: the element type's name; P, T: the type to compute in (unsigned where sums wrap).
#define CK_ROW(NAME, P, T, BITS, OP, IDENTITY, COMBINE) \
  CK_INLINE T NAME##_fold_##OP(P##v *lanes, int count) { \
    for (int half = count / 2; half >= 1; half /= 2) \
      for (int k = 0; k < half; k++) lanes[k] = COMBINE(lanes[k], lanes[k + half]); \
    const P##v v = lanes[0]; \
    T result; \
    CK_FOLD_##BITS(P, COMBINE, v); \
    return result; \
  } \
  CK_INLINE void NAME##_rest_##OP(P##v *lanes, int count, const T *a, int64_t length) { \
    for (int k = 0; k < count && length > 0; k++, a += CK_LANES_##BITS, length -= CK_LANES_##BITS) { \
      const P##v x = length >= CK_LANES_##BITS ? P##_load(a) : P##_load_first(a, length, P##_splat(IDENTITY)); \
      lanes[k] = COMBINE(lanes[k], x); \
    } \
  } \
  CK_INLINE T NAME##_medium_row_##OP(const T *a, int64_t length) { \
    P##v lanes[CK_PARTS]; \
    for (int k = 0; k < CK_PARTS; k++) lanes[k] = P##_splat(IDENTITY); \
    for (; length >= CK_PARTS * CK_LANES_##BITS; length -= CK_PARTS * CK_LANES_##BITS) \
      for (int k = 0; k < CK_PARTS; k++, a += CK_LANES_##BITS) lanes[k] = COMBINE(lanes[k], P##_load(a)); \
    NAME##_rest_##OP(lanes, CK_PARTS, a, length); \
    return NAME##_fold_##OP(lanes, CK_PARTS); \
  } \
  static T NAME##_long_row_##OP(const T *a, int64_t length) { \
    enum { step = 8 * CK_PARTS * CK_LANES_##BITS }; \
    P##v lanes[8 * CK_PARTS]; \
    for (int k = 0; k < 8 * CK_PARTS; k++) lanes[k] = P##_splat(IDENTITY); \
    while (length >= step) { \
      const int64_t steps = length / step < CK_BLOCK_STEPS ? length / step : CK_BLOCK_STEPS; \
      for (int part = 0; part < CK_PARTS; part++) { \
        P##v *s = lanes + 8 * part; \
        const T *p = a + 8 * part * CK_LANES_##BITS; \
        P##v s0 = s[0], s1 = s[1], s2 = s[2], s3 = s[3], s4 = s[4], s5 = s[5], s6 = s[6], s7 = s[7]; \
        for (int64_t i = 0; i < steps; i++, p += step) { \
          s0 = COMBINE(s0, P##_load(p)); \
          s1 = COMBINE(s1, P##_load(p + CK_LANES_##BITS)); \
          s2 = COMBINE(s2, P##_load(p + 2 * CK_LANES_##BITS)); \
          s3 = COMBINE(s3, P##_load(p + 3 * CK_LANES_##BITS)); \
          s4 = COMBINE(s4, P##_load(p + 4 * CK_LANES_##BITS)); \
          s5 = COMBINE(s5, P##_load(p + 5 * CK_LANES_##BITS)); \
          s6 = COMBINE(s6, P##_load(p + 6 * CK_LANES_##BITS)); \
          s7 = COMBINE(s7, P##_load(p + 7 * CK_LANES_##BITS)); \
        } \
        s[0] = s0, s[1] = s1, s[2] = s2, s[3] = s3, s[4] = s4, s[5] = s5, s[6] = s6, s[7] = s7; \
      } \
      a += steps * step; \
      length -= steps * step; \
    } \
    NAME##_rest_##OP(lanes, 8 * CK_PARTS, a, length); \
    return NAME##_fold_##OP(lanes, 8 * CK_PARTS); \
  }

#define CK_ROWS(NAME, P, T, BITS, OP, IDENTITY, COMBINE, LONG_ROW) \
  static void NAME##_rows_##OP(void *y_, const void *a_, int64_t rows, int64_t length) { \
    T *y = y_; \
    const T *a = a_; \
    if (length >= 8 * 64 / (int)sizeof(T)) { \
      for (int64_t r = 0; r < rows; r++, a += length) y[r] = LONG_ROW(a, length); \
    } else if (length > 8) { \
      for (int64_t r = 0; r < rows; r++, a += length) y[r] = NAME##_medium_row_##OP(a, length); \
    } else { \
      switch (length) { \
        case 0: for (int64_t r = 0; r < rows; r++) y[r] = IDENTITY; break; \
        case 1: memcpy(y, a, (size_t)rows * sizeof(T)); break; \
        case 2: CK_SHORT_ROWS(T, 2, COMBINE) break; \
        case 3: CK_SHORT_ROWS(T, 3, COMBINE) break; \
        case 4: CK_SHORT_ROWS(T, 4, COMBINE) break; \
        case 5: CK_SHORT_ROWS(T, 5, COMBINE) break; \
        case 6: CK_SHORT_ROWS(T, 6, COMBINE) break; \
        case 7: CK_SHORT_ROWS(T, 7, COMBINE) break; \
        default: CK_SHORT_ROWS(T, 8, COMBINE) break; \
      } \
    } \
  }

#define CK_COLUMNS(NAME, P, T, BITS, OP, IDENTITY, COMBINE) \
  static void NAME##_columns_##OP(void *y_, const void *a_, int64_t rows, int64_t length) { \
    T *y = y_; \
    const T *a = a_; \
    int64_t j = 0; \
    for (; j + 8 * CK_LANES_##BITS <= length; j += 8 * CK_LANES_##BITS) { \
      P##v s[8]; \
      for (int k = 0; k < 8; k++) s[k] = P##_load(y + j + k * CK_LANES_##BITS); \
      for (int64_t r = 0; r < rows; r++) \
        for (int k = 0; k < 8; k++) s[k] = COMBINE(s[k], P##_load(a + r * length + j + k * CK_LANES_##BITS)); \
      for (int k = 0; k < 8; k++) P##_store(y + j + k * CK_LANES_##BITS, s[k]); \
    } \
    for (; j + 2 * CK_LANES_##BITS <= length; j += 2 * CK_LANES_##BITS) { \
      P##v s0 = P##_load(y + j), s1 = P##_load(y + j + CK_LANES_##BITS); \
      for (int64_t r = 0; r < rows; r++) { \
        s0 = COMBINE(s0, P##_load(a + r * length + j)); \
        s1 = COMBINE(s1, P##_load(a + r * length + j + CK_LANES_##BITS)); \
      } \
      P##_store(y + j, s0); \
      P##_store(y + j + CK_LANES_##BITS, s1); \
    } \
    for (; j + CK_LANES_##BITS <= length; j += CK_LANES_##BITS) { \
      P##v s = P##_load(y + j); \
      for (int64_t r = 0; r < rows; r++) s = COMBINE(s, P##_load(a + r * length + j)); \
      P##_store(y + j, s); \
    } \
    if (j < length) { \
      const P##v rest = P##_splat(IDENTITY); \
      P##v s = P##_load_first(y + j, length - j, rest); \
      for (int64_t r = 0; r < rows; r++) \
        s = COMBINE(s, P##_load_first(a + r * length + j, length - j, rest)); \
      P##_store_first(y + j, s, length - j); \
    } \
  }

// A length known to the compiler lets it do several rows at once.
#define CK_SHORT_ROWS(T, LENGTH, COMBINE) \
  for (int64_t r = 0; r < rows; r++) { \
    T s = a[r * LENGTH]; \
    for (int j = 1; j < LENGTH; j++) s = COMBINE(s, a[r * LENGTH + j]); \
    y[r] = s; \
  }

#define CK_REDUCTION(NAME, P, T, BITS, OP, IDENTITY, COMBINE) \
  CK_ROW(NAME, P, T, BITS, OP, IDENTITY, COMBINE) \
  CK_ROWS(NAME, P, T, BITS, OP, IDENTITY, COMBINE, NAME##_long_row_##OP) \
  CK_COLUMNS(NAME, P, T, BITS, OP, IDENTITY, COMBINE)

// Columns of Float are summed in Double: a column is one chain over as many rows as it has, and in Float a thousand
// numbers near 10^6 would lose their halves. The sums are Double until all are combined.
#define CK_WIDE_COLUMNS 4
CK_INLINE void f32_add_columns(double *y, const float *a, int64_t rows, int64_t length, const int count) {
  f64v s[2 * CK_WIDE_COLUMNS];
  for (int k = 0; k < 2 * count; k++) s[k] = f64_load(y + k * CK_LANES_64);
  for (int64_t r = 0; r < rows; r++, a += length)
    for (int k = 0; k < count; k++) {
      const f32v x = f32_load(a + k * CK_LANES_32);
      s[2 * k] += __builtin_convertvector(x.lo, f64v);
      s[2 * k + 1] += __builtin_convertvector(x.hi, f64v);
    }
  for (int k = 0; k < 2 * count; k++) f64_store(y + k * CK_LANES_64, s[k]);
}

static void f32_columns_SUM(void *y_, const void *a_, int64_t rows, int64_t length) {
  double *y = y_;
  const float *a = a_;
  int64_t j = 0;
  for (; j + CK_WIDE_COLUMNS * CK_LANES_32 <= length; j += CK_WIDE_COLUMNS * CK_LANES_32)
    f32_add_columns(y + j, a + j, rows, length, CK_WIDE_COLUMNS);
  for (; j + CK_LANES_32 <= length; j += CK_LANES_32) f32_add_columns(y + j, a + j, rows, length, 1);
  if (j == length) return;
  double rest[CK_LANES_32] = {0};
  memcpy(rest, y + j, (size_t)(length - j) * sizeof(double));
  f64v low = f64_load(rest), high = f64_load(rest + CK_LANES_64);
  for (int64_t r = 0; r < rows; r++) {
    const f32v x = f32_load_first(a + r * length + j, length - j, f32_splat(0));
    low += __builtin_convertvector(x.lo, f64v);
    high += __builtin_convertvector(x.hi, f64v);
  }
  f64_store(rest, low);
  f64_store(rest + CK_LANES_64, high);
  memcpy(y + j, rest, (size_t)(length - j) * sizeof(double));
}
#undef CK_WIDE_COLUMNS

// One instruction finds the larger of two numbers but loses NaN. A sum, which costs one more, does not lose it: where the
// sum is a number the maximum is right, elsewhere (NaN, or infinities of both signs) the row is read again. Comparing
// each element with itself takes three.
#define CK_EXTREME(P, T, BITS, OP, IDENTITY) \
  CK_ROW(P, P, T, BITS, OP, IDENTITY, CK_##OP##_OR_NAN_OF) \
  static T P##_quick_row_##OP(const T *a, int64_t length) { \
    enum { count = 4 * CK_PARTS, step = count * CK_LANES_##BITS }; \
    P##v lanes[count], sums[count]; \
    for (int k = 0; k < count; k++) lanes[k] = P##_splat(IDENTITY), sums[k] = P##_splat(0); \
    int64_t i = 0; \
    for (; i + step <= length; i += step) \
      for (int k = 0; k < count; k++) { \
        const P##v x = P##_load(a + i + k * CK_LANES_##BITS); \
        lanes[k] = CK_##OP##_OF(lanes[k], x); \
        sums[k] += x; \
      } \
    P##v sum = P##_splat(0); \
    for (int k = 0; k < count; k++) sum += sums[k]; \
    if (P##_any(sum != sum)) return P##_long_row_##OP(a, length); \
    P##_rest_##OP(lanes, count, a + i, length - i); \
    return P##_fold_##OP(lanes, count); \
  } \
  CK_ROWS(P, P, T, BITS, OP, IDENTITY, CK_##OP##_OR_NAN_OF, P##_quick_row_##OP) \
  CK_COLUMNS(P, P, T, BITS, OP, IDENTITY, CK_##OP##_OR_NAN_OF)

CK_ROW(f32, f32, float, 32, SUM, 0, CK_SUM_OF)
CK_ROWS(f32, f32, float, 32, SUM, 0, CK_SUM_OF, f32_long_row_SUM)
CK_REDUCTION(f64, f64, double, 64, SUM, 0, CK_SUM_OF)
CK_REDUCTION(i32, u32, uint32_t, 32, SUM, 0, CK_SUM_OF)
CK_REDUCTION(i64, u64, uint64_t, 64, SUM, 0, CK_SUM_OF)
CK_REDUCTION(f32, f32, float, 32, PRODUCT, 1, CK_PRODUCT_OF)
CK_REDUCTION(f64, f64, double, 64, PRODUCT, 1, CK_PRODUCT_OF)
CK_REDUCTION(i32, u32, uint32_t, 32, PRODUCT, 1, CK_PRODUCT_OF)
CK_REDUCTION(i64, u64, uint64_t, 64, PRODUCT, 1, CK_PRODUCT_OF)
CK_EXTREME(f32, float, 32, MAX, -INFINITY)
CK_EXTREME(f64, double, 64, MAX, -INFINITY)
CK_REDUCTION(i32, i32, int32_t, 32, MAX, INT32_MIN, CK_MAX_OF)
CK_REDUCTION(i64, i64, int64_t, 64, MAX, INT64_MIN, CK_MAX_OF)
CK_EXTREME(f32, float, 32, MIN, INFINITY)
CK_EXTREME(f64, double, 64, MIN, INFINITY)
CK_REDUCTION(i32, i32, int32_t, 32, MIN, INT32_MAX, CK_MIN_OF)
CK_REDUCTION(i64, i64, int64_t, 64, MIN, INT64_MAX, CK_MIN_OF)

// The mean of a row is its sum over its length. Where the sum is not finite, the mean may be: the row is added up once more, in
// Double or as numbers small enough.
static void f32_rows_MEAN(void *y_, const void *a, int64_t rows, int64_t length) {
  float *y = y_;
  f32_rows_SUM(y, a, rows, length);
  for (int64_t r = 0; r < rows; r++)
    y[r] = __builtin_expect(y[r] - y[r] == 0, 1) ? y[r] / (float)length
                                       : (float)(ck_wide_sum((const float *)a + r * length, length) / (double)length);
}
static void f64_rows_MEAN(void *y_, const void *a, int64_t rows, int64_t length) {
  double *y = y_;
  f64_rows_SUM(y, a, rows, length);
  for (int64_t r = 0; r < rows; r++)
    y[r] = __builtin_expect(y[r] - y[r] == 0, 1)
               ? y[r] / (double)length
               : ck_small_sum((const double *)a + r * length, length) / (double)length / CK_SMALL_SCALE;
}

#define CK_BOOL_REDUCTION(OP, IDENTITY, ASSIGN) \
  static void bool_rows_##OP(void *y_, const void *a_, int64_t rows, int64_t length) { \
    uint8_t *y = y_; \
    const uint8_t *a = a_; \
    for (int64_t r = 0; r < rows; r++, a += length) { \
      uint8_t s = IDENTITY; \
      for (int64_t j = 0; j < length; j++) s ASSIGN a[j]; \
      y[r] = s; \
    } \
  } \
  static void bool_columns_##OP(void *y_, const void *a_, int64_t rows, int64_t length) { \
    uint8_t *y = y_; \
    const uint8_t *a = a_; \
    for (int64_t r = 0; r < rows; r++, a += length) { \
      CK_VECTORIZE for (int64_t j = 0; j < length; j++) y[j] ASSIGN a[j]; \
    } \
  }
CK_BOOL_REDUCTION(ANY, 0, |=)
CK_BOOL_REDUCTION(ALL, 1, &=)
