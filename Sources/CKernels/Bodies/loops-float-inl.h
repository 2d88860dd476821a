// Operations of floating types that need no mathematics library.

#if CK_VECTOR_BYTES == 16 && defined(__x86_64__)
// SSE2 has no rounding instruction: adding and subtracting 2^(digits − 1) rounds to an integer, and every number
// from there on is an integer already.
CK_INLINE CK_V CK_ID(round_even)(CK_V x) {
  const CK_WORD sign = (CK_WORD)x & (CK_WORD)CK_ID(splat)((CK_T)-0.0);
  const CK_V size = (CK_V)((CK_WORD)x ^ sign);
  const CK_V big = CK_ID(splat)(sizeof(CK_T) == 4 ? (CK_T)0x1p23 : (CK_T)0x1p52);
  const CK_V r = (size + big) - big;
  return (CK_V)((CK_WORD)(size < big ? r : size) | sign);
}
CK_INLINE CK_V CK_ID(round_down)(CK_V x) {
  const CK_V r = CK_ID(round_even)(x);
  return CK_ID(with_sign_of)(r > x ? r - 1 : r, x);
}
CK_INLINE CK_V CK_ID(round_up)(CK_V x) {
  const CK_V r = CK_ID(round_even)(x);
  return CK_ID(with_sign_of)(r < x ? r + 1 : r, x);
}
CK_INLINE CK_V CK_ID(round_to_zero)(CK_V x) {
  const CK_V size = CK_ID(with_sign_of)(x, CK_ID(splat)(0));
  const CK_V r = CK_ID(round_even)(size);
  return CK_ID(with_sign_of)(r > size ? r - 1 : r, x);
}
#else
CK_INLINE CK_V CK_ID(round_even)(CK_V x) { return __builtin_elementwise_roundeven(x); }
CK_INLINE CK_V CK_ID(round_down)(CK_V x) { return __builtin_elementwise_floor(x); }
CK_INLINE CK_V CK_ID(round_up)(CK_V x) { return __builtin_elementwise_ceil(x); }
CK_INLINE CK_V CK_ID(round_to_zero)(CK_V x) { return __builtin_elementwise_trunc(x); }
#endif

CK_UNARY_VECTOR(FLOOR, , CK_ID(round_down)(x))
CK_UNARY_VECTOR(CEIL, , CK_ID(round_up)(x))
CK_UNARY_VECTOR(ROUND, , CK_ID(round_even)(x))
CK_UNARY_VECTOR(TRUNC, , CK_ID(round_to_zero)(x))

CK_UNARY_VECTOR(SQRT, , __builtin_elementwise_sqrt(x))
CK_UNARY_VECTOR(RSQRT, , 1 / __builtin_elementwise_sqrt(x))
CK_UNARY(RECIPROCAL, CK_T, 1 / x)

// The power of two by which numbers up to |x| are multiplied before they are squared and added, so that nothing leaves the
// type's range: 1 for most, and for 0, ∞ and NaN.
#if CK_BITS == 32
#define CK_RANGE_SCALE_OF(x) (x > 0x1p60f ? 0x1p-80f : x < 0x1p-40f ? 0x1p100f : 1.0f)
#else
#define CK_RANGE_SCALE_OF(x) (x > 0x1p480 ? 0x1p-600 : x < 0x1p-440 ? 0x1p640 : 1.0)
#endif
CK_INLINE CK_T CK_ID(range_scale)(CK_T x) {
  const CK_T size = CK_LIBM(fabs)(x);
  return size > 0 && size < (CK_T)INFINITY ? CK_RANGE_SCALE_OF(size) : 1;
}
CK_UNARY(RANGE_SCALE, CK_T, CK_ID(range_scale)(x))
#undef CK_RANGE_SCALE_OF
CK_UNARY(NEGATE, CK_T, -x)
CK_UNARY(ABS, CK_T, CK_LIBM(fabs)(x))

CK_UNARY(IS_NAN, uint8_t, x != x)
CK_UNARY(IS_INF, uint8_t, CK_LIBM(fabs)(x) == (CK_T)INFINITY)
CK_UNARY(IS_FINITE, uint8_t, CK_LIBM(fabs)(x) < (CK_T)INFINITY)

CK_BINARY(ADD, CK_T, x + z)
CK_BINARY(SUBTRACT, CK_T, x - z)
CK_BINARY(MULTIPLY, CK_T, x * z)
CK_BINARY(DIVIDE, CK_T, x / z)
CK_BINARY(COPYSIGN, CK_T, CK_LIBM(copysign)(x, z))

// A NaN on the left is kept, a NaN on the right is what a false comparison leaves.
CK_BINARY(MAXIMUM, CK_T, ((x > z) | (x != x)) ? x : z)
CK_BINARY(MINIMUM, CK_T, ((x < z) | (x != x)) ? x : z)
