// Conversions. From a floating type to an integer: toward zero, the nearest end where it does not fit, 0 for NaN.

#if defined(CK_IS_INTEGER)
#define CK_TO_INTEGER(TYPE, END, LEAST, GREATEST) x
#else
#define CK_TO_INTEGER(TYPE, END, LEAST, GREATEST) \
  x >= (CK_T)END ? GREATEST : x < -(CK_T)END ? LEAST : x != x ? 0 : (TYPE)x
#endif

CK_UNARY(TO_FLOAT32, float, x)
CK_UNARY(TO_FLOAT64, double, x)
CK_UNARY(TO_INT64, int64_t, CK_TO_INTEGER(int64_t, 0x1p63, INT64_MIN, INT64_MAX))
CK_UNARY(TO_INT32, int32_t, CK_TO_INTEGER(int32_t, 0x1p31, INT32_MIN, INT32_MAX))
CK_UNARY(TO_BOOL, uint8_t, x != 0)

// One loop for two: what is written between them is twice as wide as what is read.
CK_UNARY(SQUARE_TO_FLOAT64, double, (double)x * (double)x)

static void CK_ID(COPY)(CK_ARGUMENTS) {
  if (y_ != a_) memcpy(y_, a_, (size_t)n * sizeof(CK_T));
}
#undef CK_TO_INTEGER
