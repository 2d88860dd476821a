// What functions of whole registers are made of: polynomials, rounding to an integer by adding a constant, signs.

#undef CK_MULTIPLY_ADD
#undef CK_POLYNOMIAL
#undef CK_POLYNOMIAL_BUT_LAST
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

// The coefficient of the highest power comes first. Even and odd powers are two chains: half the time until the result
// is there, for one multiplication more. The constant term is added last and alone, so that the largest term is rounded
// once.
CK_INLINE CK_V CK_ID(polynomial)(CK_V x, const CK_T *coefficients, int count) {
  CK_V p = CK_ID(splat)(coefficients[0]);
  if (count < 6) {
    for (int k = 1; k < count; k++) p = CK_MULTIPLY_ADD(p, x, coefficients[k]);
    return p;
  }
  const CK_V x2 = x * x;
  CK_V q = CK_ID(splat)(coefficients[1]);
  int k = 2;
  for (; k + 1 < count - 1; k += 2) {
    p = CK_MULTIPLY_ADD(p, x2, coefficients[k]);
    q = CK_MULTIPLY_ADD(q, x2, coefficients[k + 1]);
  }
  if (k < count - 1) {
    p = CK_MULTIPLY_ADD(p, x2, coefficients[k]);
    p = CK_MULTIPLY_ADD(q, x, p);
  } else {
    p = CK_MULTIPLY_ADD(p, x, q);
  }
  return CK_MULTIPLY_ADD(p, x, coefficients[count - 1]);
}
#define CK_POLYNOMIAL(X, NAME) \
  ({ \
    static const CK_T coefficients_[] = CK_C_##NAME; \
    CK_ID(polynomial)((X), coefficients_, sizeof coefficients_ / sizeof *coefficients_); \
  })
// Without the constant term: what stands at x¹ in the full list is the constant here.
#define CK_POLYNOMIAL_BUT_LAST(X, NAME) \
  ({ \
    static const CK_T coefficients_[] = CK_C_##NAME; \
    CK_ID(polynomial)((X), coefficients_, sizeof coefficients_ / sizeof *coefficients_ - 1); \
  })

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

// The unevaluated sum of two numbers, for what must be known to more digits than the type has (Dekker 1971; Muller et
// al., Handbook of Floating-Point Arithmetic, 2nd edition, chapters 4 and 5). `low` is at most a few units in the last
// place of `high`.
typedef struct CK_ID(pair) {
  CK_V high, low;
} CK_ID(pair);

// a + b exactly, where |a| ≥ |b| or a = 0.
CK_INLINE CK_ID(pair) CK_ID(quick_sum)(CK_V a, CK_V b) {
  const CK_V high = a + b;
  return (CK_ID(pair)){high, b - (high - a)};
}

// a + b exactly (Knuth).
CK_INLINE CK_ID(pair) CK_ID(exact_sum)(CK_V a, CK_V b) {
  const CK_V high = a + b, part = high - a;
  return (CK_ID(pair)){high, (a - (high - part)) + (b - part)};
}

// a·b exactly, while nothing is subnormal.
CK_INLINE CK_ID(pair) CK_ID(exact_product)(CK_V a, CK_V b) {
  const CK_V high = a * b;
  return (CK_ID(pair)){high, CK_MULTIPLY_ADD(a, b, -high)};
}

// a / b: the quotient of the high parts, corrected by its exact remainder. One division in all.
CK_INLINE CK_ID(pair) CK_ID(quotient)(CK_ID(pair) a, CK_ID(pair) b) {
  const CK_V inverse = 1 / b.high, high = a.high * inverse;
  const CK_V rest = CK_MULTIPLY_ADD(-high, b.high, a.high) + CK_MULTIPLY_ADD(-high, b.low, a.low);
  return (CK_ID(pair)){high, rest * inverse};
}
CK_INLINE CK_V CK_ID(sum_of)(CK_ID(pair) a) { return a.high + a.low; }
