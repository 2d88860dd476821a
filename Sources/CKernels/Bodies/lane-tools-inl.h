// What functions of whole registers are made of: polynomials, rounding to an integer by adding a constant, signs.

#undef CK_MULTIPLY_ADD
#undef CK_ROUNDER
#undef CK_MANTISSA_BITS
#undef CK_EXPONENT_BIAS

#if defined(CK_HAS_FMA)
#define CK_MULTIPLY_ADD(A, B, C) __builtin_elementwise_fma((A), (B), (CK_V)(C))
#else
#define CK_MULTIPLY_ADD(A, B, C) ((A) * (B) + (C))
#endif

#if CK_BITS == 32
// Added to a number below 2^22 it rounds to an integer and leaves it in the low bits.
#define CK_ROUNDER 0x1.8p+23f
#define CK_MANTISSA_BITS 23
#define CK_EXPONENT_BIAS 127
#else
#define CK_ROUNDER 0x1.8p+52
#define CK_MANTISSA_BITS 52
#define CK_EXPONENT_BIAS 1023
#endif

CK_INLINE CK_V CK_ID(polynomial)(CK_V x, const CK_T *coefficients, int count) {
  CK_V p = CK_ID(splat)(coefficients[0]);
  for (int k = 1; k < count; k++) p = CK_MULTIPLY_ADD(p, x, coefficients[k]);
  return p;
}

CK_INLINE CK_V CK_ID(absolute)(CK_V x) { return (CK_V)((CK_WORD)x & ~(CK_WORD)CK_ID(splat)((CK_T)-0.0)); }
CK_INLINE CK_V CK_ID(minus_absolute)(CK_V x) { return (CK_V)((CK_WORD)x | (CK_WORD)CK_ID(splat)((CK_T)-0.0)); }
CK_INLINE CK_V CK_ID(with_sign_of)(CK_V x, CK_V sign) {
  const CK_WORD bit = (CK_WORD)CK_ID(splat)((CK_T)-0.0);
  return (CK_V)(((CK_WORD)x & ~bit) | ((CK_WORD)sign & bit));
}

CK_INLINE bool CK_ID(any)(CK_MASK mask) {
#if CK_VECTOR_BYTES == 64 && CK_BITS == 32
  return _mm512_movepi32_mask((__m512i)mask) != 0;
#elif CK_VECTOR_BYTES == 64
  return _mm512_movepi64_mask((__m512i)mask) != 0;
#else
  return __builtin_reduce_or(mask) != 0;
#endif
}
