// e^x, 2^x, e^x − 1 in registers.
//
// x = n·log 2 + r with |r| ≤ log 2 / 2, by subtracting n times log 2 in two parts of which the first has few enough
// digits that its multiples are exact (Cody and Waite 1980), and e^x = 2^n·e^r.

#if CK_BITS == 32
#define CK_LOG2_HIGH 0x1.62e4p-1f
#define CK_LOG2_LOW 0x1.7f7d1cp-20f
#define CK_INVERSE_LOG2 0x1.715476p+0f
// Beyond these e^x and 2^x are 0 or ∞.
#define CK_LEAST -104.0f
#define CK_MOST 89.0f
#define CK_LEAST_2 -151.0f
#define CK_MOST_2 129.0f
// Below this size functions with slope 1 at 0 are the identity, and a product with ½ must not lose a digit.
#define CK_TINY 0x1p-40f
#else
#define CK_LOG2_HIGH 0x1.62e42fee00000p-1
#define CK_LOG2_LOW 0x1.a39ef35793c76p-33
#define CK_INVERSE_LOG2 0x1.71547652b82fep+0
#define CK_LEAST -746.0
#define CK_MOST 710.0
#define CK_LEAST_2 -1076.0
#define CK_MOST_2 1025.0
#define CK_TINY 0x1p-80
#endif

#if defined(CK_HAS_FMA)
// p·2^n with n in the low bits of `shifted`: in two multiplications, because 2^n may be too large or too small where the
// result is not.
CK_INLINE CK_V CK_ID(scaled)(CK_V p, CK_V shifted) {
#if CK_VECTOR_BYTES == 64 && CK_BITS == 32
  return (CK_V)_mm512_scalef_ps((__m512)p, (__m512)(shifted - CK_ROUNDER));
#elif CK_VECTOR_BYTES == 64
  return (CK_V)_mm512_scalef_pd((__m512d)p, (__m512d)(shifted - CK_ROUNDER));
#else
  // Halving the pattern of the shifted number leaves zeros where the exponent's bits come from.
  const CK_WORD half = (CK_WORD)shifted >> 1, rest = (CK_WORD)shifted - half, one = (CK_WORD)CK_ID(splat)(1);
  return p * (CK_V)((half << CK_MANTISSA_BITS) + one) * (CK_V)((rest << CK_MANTISSA_BITS) + one);
#endif
}
// 2^n where that is a normal number.
CK_INLINE CK_V CK_ID(power_of_2)(CK_V shifted) {
  return (CK_V)(((CK_WORD)shifted << CK_MANTISSA_BITS) + (CK_WORD)CK_ID(splat)(1));
}

// e^x of what lies between the least and the most; NaN stays NaN. The last two steps of the polynomial round numbers
// near 1 that count by their product with r: 0.9 units in the last place with all other errors.
CK_INLINE CK_V CK_ID(exp_of_bounded)(CK_V x) {
  const CK_V shifted = CK_MULTIPLY_ADD(x, CK_ID(splat)(CK_INVERSE_LOG2), CK_ROUNDER);
  const CK_V n = shifted - CK_ROUNDER;
  CK_V r = CK_MULTIPLY_ADD(n, CK_ID(splat)(-CK_LOG2_HIGH), x);
  r = CK_MULTIPLY_ADD(n, CK_ID(splat)(-CK_LOG2_LOW), r);
  const CK_V p = CK_MULTIPLY_ADD(r, CK_POLYNOMIAL(r, EXP), 1);
  return CK_ID(scaled)(CK_MULTIPLY_ADD(r, p, 1), shifted);
}

CK_INLINE CK_V CK_ID(exp_of_negative)(CK_V x) {
  return CK_ID(exp_of_bounded)(x < CK_LEAST ? CK_ID(splat)(CK_LEAST) : x);
}
CK_INLINE CK_V CK_ID(exp)(CK_V x) {
  return CK_ID(exp_of_negative)(x > CK_MOST ? CK_ID(splat)(CK_MOST) : x);
}

CK_INLINE CK_V CK_ID(exp2)(CK_V x) {
  x = x < CK_LEAST_2 ? CK_ID(splat)(CK_LEAST_2) : x;
  x = x > CK_MOST_2 ? CK_ID(splat)(CK_MOST_2) : x;
  const CK_V shifted = x + CK_ROUNDER, r = x - (shifted - CK_ROUNDER);
  return CK_ID(scaled)(CK_MULTIPLY_ADD(r, CK_POLYNOMIAL(r, EXP2), 1), shifted);
}

// e^(x + *low) = 2^n·(1 + r + tail), where `low` may be NULL: r is rounded, and what the rounding left is in the tail. `less_one` is
// for what must be small beside e^r − 1.
typedef struct CK_ID(exponential) {
  CK_V shifted, r, tail;
} CK_ID(exponential);

CK_INLINE CK_ID(exponential) CK_ID(exp_in_parts)(CK_V x, const CK_V *low, bool less_one) {
  const CK_V shifted = CK_MULTIPLY_ADD(x, CK_ID(splat)(CK_INVERSE_LOG2), CK_ROUNDER);
  const CK_V n = shifted - CK_ROUNDER;
  const CK_V near = CK_MULTIPLY_ADD(n, CK_ID(splat)(-CK_LOG2_HIGH), x);
  // What is added to the near part is small, or both are.
  const CK_V small = CK_MULTIPLY_ADD(n, CK_ID(splat)(-CK_LOG2_LOW), low ? *low : CK_ID(splat)((CK_T)-0.0));
  const CK_V r = near + small, rest = small - (r - near);
  // The largest term by itself: its coefficient is ½ exactly.
  const CK_V r2 = r * r, q = less_one ? CK_POLYNOMIAL_BUT_LAST(r, EXPM1) : CK_POLYNOMIAL_BUT_LAST(r, EXP);
  const CK_V square = CK_MULTIPLY_ADD(r2, CK_ID(splat)((CK_T)0.5), rest);
  return (CK_ID(exponential)){shifted, r, CK_MULTIPLY_ADD(r2 * r, q, square)};
}

// e^(x + *low) = 2^n·(p.high + p.low) for x between the least and the most; the low part may be a tenth of the high one.
typedef struct CK_ID(unscaled) {
  CK_ID(pair) p;
  CK_V shifted;
} CK_ID(unscaled);

CK_INLINE CK_ID(unscaled) CK_ID(exp_unscaled)(CK_V x, const CK_V *low) {
  const CK_ID(exponential) e = CK_ID(exp_in_parts)(x, low, low != NULL);
  const CK_ID(pair) p = CK_ID(quick_sum)(CK_ID(splat)(1), e.r);
  return (CK_ID(unscaled)){{p.high, p.low + e.tail}, e.shifted};
}

// e^(x + *low) to some digits more than the type has, for x ≤ 0.
CK_INLINE CK_ID(pair) CK_ID(exp_pair_of_negative)(CK_V x, const CK_V *low) {
  const CK_ID(unscaled) e = CK_ID(exp_unscaled)(x < CK_LEAST ? CK_ID(splat)(CK_LEAST) : x, low);
  const CK_ID(pair) p = CK_ID(quick_sum)(e.p.high, e.p.low);
  return (CK_ID(pair)){CK_ID(scaled)(p.high, e.shifted), CK_ID(scaled)(p.low, e.shifted)};
}

// e^x − 1 = 2·(½·2^n − ½ + ½·2^n·(r + tail)): the largest power of two that occurs is finite. From −40 down the result
// is −1.
CK_INLINE CK_V CK_ID(expm1)(CK_V x) {
  CK_V bounded = x < -40 ? CK_ID(splat)(-40) : x;
  bounded = bounded > CK_MOST ? CK_ID(splat)(CK_MOST) : bounded;
  const CK_ID(exponential) e = CK_ID(exp_in_parts)(bounded, NULL, true);
  const CK_V half = (CK_V)(((CK_WORD)e.shifted << CK_MANTISSA_BITS) + (CK_WORD)CK_ID(splat)((CK_T)0.5));
  const CK_V one = half - (CK_T)0.5, high = CK_MULTIPLY_ADD(half, e.r, one);
  const CK_V low = CK_MULTIPLY_ADD(half, e.r, one - high) + ((half - one) - (CK_T)0.5);
  const CK_V y = 2 * (high + CK_MULTIPLY_ADD(half, e.tail, low));
  return CK_ID(absolute)(x) < CK_TINY ? x : y;
}
#else
CK_BY_C_LIBRARY_1(exp)
CK_BY_C_LIBRARY_1(exp2)
CK_BY_C_LIBRARY_1(expm1)
#endif

CK_FUNCTION_1(EXP, exp)
CK_FUNCTION_1(EXP2, exp2)
CK_FUNCTION_1(EXPM1, expm1)
CK_BINARY_VECTOR(EXP_SUBTRACT, , CK_ID(exp)(x - z))
