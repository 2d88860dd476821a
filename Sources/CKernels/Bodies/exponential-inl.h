// e^x, e^x − 1, and log(1 + e) for e in [0, 1], in registers: also what sigmoid, log-sigmoid and log-add-exp are made
// of. (tanh made of e^x − 1 takes as long as the vector library's and is off by 2.5 units in the last place instead of 1.3;
// the processors' estimate of 1 / x with its corrections takes longer than their division.)
// Calls of the vector library for each step would move every intermediate value through memory, and one call per
// register leaves the processor nothing to overlap.
//
// The polynomials are Chebyshev fits of (e^r − 1 − r) / r² over |r| ≤ log 2 / 2 (error 8·10⁻⁹ and 10⁻¹⁷ of the
// result) and of (artanh s / s − 1) / s² as a function of s² ≤ 1/9 (2·10⁻⁸ and 5·10⁻¹⁸).

#if CK_BITS == 32
#define CK_COEFFICIENTS_EXP {0x1.6d117cp-10f, 0x1.120be2p-7f, 0x1.555518p-5f, 0x1.5554dcp-3f, 0x1p-1f}
#define CK_COEFFICIENTS_ARTANH {0x1.12f598p-3f, 0x1.21249ap-3f, 0x1.99ad6cp-3f, 0x1.55554cp-2f}
// log 2 in two parts; the first has few enough digits that its multiples are exact.
#define CK_LOG2_HIGH 0x1.62e4p-1f
#define CK_LOG2_LOW 0x1.7f7d1cp-20f
#define CK_INVERSE_LOG2 0x1.715476p+0f
#define CK_LEAST -104.0f
#define CK_MOST 89.0f
#else
#define CK_COEFFICIENTS_EXP \
  {0x1.af390ba7e6f47p-26, 0x1.2891d4ffbb0f9p-22, 0x1.71de0d85293b8p-19, 0x1.a019b8ca26fcfp-16, \
   0x1.a01a01a7cebcdp-13, 0x1.6c16c1789d1d7p-10, 0x1.11111111109a6p-7,  0x1.5555555553d37p-5, \
   0x1.5555555555556p-3,  0x1.0000000000001p-1}
#define CK_COEFFICIENTS_ARTANH \
  {0x1.4b0a26c5f2aefp-4, 0x1.687a6e7c95176p-5, 0x1.eb905e8575054p-5, 0x1.10ac75dc602b1p-4, 0x1.3b18b294bebf9p-4, \
   0x1.745cf0b0e03bdp-4, 0x1.c71c727143318p-4, 0x1.24924923d44c6p-3, 0x1.999999999a3ddp-3, 0x1.5555555555555p-2}
#define CK_LOG2_HIGH 0x1.62e42fee00000p-1
#define CK_LOG2_LOW 0x1.a39ef35793c76p-33
#define CK_INVERSE_LOG2 0x1.71547652b82fep+0
#define CK_LEAST -746.0
#define CK_MOST 710.0
#endif

// x = n·log 2 + r with |r| ≤ log 2 / 2: `shifted` has n in its low bits, and the result is e^r − 1.
CK_INLINE CK_V CK_ID(expm1_of_rest)(CK_V x, CK_V *shifted) {
  static const CK_T coefficients[] = CK_COEFFICIENTS_EXP;
  *shifted = CK_MULTIPLY_ADD(x, CK_ID(splat)(CK_INVERSE_LOG2), CK_ROUNDER);
  const CK_V n = *shifted - CK_ROUNDER;
  CK_V r = CK_MULTIPLY_ADD(n, CK_ID(splat)(-CK_LOG2_HIGH), x);
  r = CK_MULTIPLY_ADD(n, CK_ID(splat)(-CK_LOG2_LOW), r);
  const CK_V q = CK_ID(polynomial)(r, coefficients, sizeof coefficients / sizeof *coefficients);
  return CK_MULTIPLY_ADD(r * r, q, r);
}

// e^x of what lies between the least and the most; NaN stays NaN.
CK_INLINE CK_V CK_ID(exp_of_bounded)(CK_V x) {
  CK_V shifted;
  const CK_V p = CK_ID(expm1_of_rest)(x, &shifted) + 1;
#if CK_VECTOR_BYTES == 64 && CK_BITS == 32
  return (CK_V)_mm512_scalef_ps((__m512)p, (__m512)(shifted - CK_ROUNDER));
#elif CK_VECTOR_BYTES == 64
  return (CK_V)_mm512_scalef_pd((__m512d)p, (__m512d)(shifted - CK_ROUNDER));
#else
  // Twice half the exponent: the result may be subnormal.
  const CK_MASK k = (CK_MASK)shifted - (CK_MASK)CK_ID(splat)(CK_ROUNDER);
  const CK_MASK half = k >> 1, rest = k - half;
  const CK_V first = (CK_V)((half + CK_EXPONENT_BIAS) << CK_MANTISSA_BITS);
  const CK_V second = (CK_V)((rest + CK_EXPONENT_BIAS) << CK_MANTISSA_BITS);
  return p * first * second;
#endif
}

// Beyond the bounds the result is 0 or ∞ like that of the bound.
CK_INLINE CK_V CK_ID(exp_of_negative)(CK_V x) {
  return CK_ID(exp_of_bounded)(x < CK_LEAST ? CK_ID(splat)(CK_LEAST) : x);
}
CK_INLINE CK_V CK_ID(exp)(CK_V x) {
  return CK_ID(exp_of_negative)(x > CK_MOST ? CK_ID(splat)(CK_MOST) : x);
}

// e^x − 1 = 2·(½·2^n·(e^r − 1) + (½·2^n − ½)): every digit of small results is kept, and the largest power of two
// that occurs is finite. From −40 down the result is −1.
CK_INLINE CK_V CK_ID(expm1)(CK_V x) {
  CK_V bounded = x < -40 ? CK_ID(splat)(-40) : x;
  bounded = bounded > CK_MOST ? CK_ID(splat)(CK_MOST) : bounded;
  CK_V shifted;
  const CK_V p = CK_ID(expm1_of_rest)(bounded, &shifted);
  const CK_V half = (CK_V)(((CK_MASK)shifted << CK_MANTISSA_BITS) + (CK_MASK)CK_ID(splat)((CK_T)0.5));
  const CK_V y = 2 * CK_MULTIPLY_ADD(half, p, half - (CK_T)0.5);
  return x == 0 ? x : y;
}

// log(1 + e) = 2·artanh(e / (2 + e)).
CK_INLINE CK_V CK_ID(log_of_one_plus)(CK_V e) {
  static const CK_T coefficients[] = CK_COEFFICIENTS_ARTANH;
  const CK_V s = e / (e + 2), s2 = s * s;
  const CK_V q = CK_ID(polynomial)(s2, coefficients, sizeof coefficients / sizeof *coefficients);
  return 2 * CK_MULTIPLY_ADD(s * s2, q, s);
}

// e^−|x| cannot overflow, and the quotient keeps its digits for very negative x.
CK_INLINE CK_V CK_ID(sigmoid)(CK_V x) {
  const CK_V e = CK_ID(exp_of_negative)(CK_ID(minus_absolute)(x));
  return (x >= 0 ? CK_ID(splat)(1) : e) / (e + 1);
}

CK_INLINE CK_V CK_ID(log_sigmoid)(CK_V x) {
  const CK_V e = CK_ID(exp_of_negative)(CK_ID(minus_absolute)(x));
  return (x > 0 ? CK_ID(splat)(0) : x) - CK_ID(log_of_one_plus)(e);
}

// max + log(1 + e^−|a − b|). Equal infinities have no difference: they are the result.
CK_INLINE CK_V CK_ID(log_add_exp)(CK_V x, CK_V z) {
  const CK_V distance = x == z ? CK_ID(splat)(0) : CK_ID(minus_absolute)(x - z);
  const CK_V larger = ((x > z) | (x != x)) ? x : z;
  return larger + CK_ID(log_of_one_plus)(CK_ID(exp_of_negative)(distance));
}

CK_UNARY_VECTOR(EXP, , CK_ID(exp)(x))
CK_UNARY_VECTOR_PAST_CACHES(EXP, CK_ID(exp)(x))
CK_BINARY_VECTOR(EXP_SUBTRACT, , CK_ID(exp)(x - z))
CK_UNARY_VECTOR(EXPM1, , CK_ID(expm1)(x))
CK_UNARY_VECTOR_PAST_CACHES(EXPM1, CK_ID(expm1)(x))
CK_UNARY_VECTOR(SIGMOID, , CK_ID(sigmoid)(x))
CK_UNARY_VECTOR(LOG_SIGMOID, , CK_ID(log_sigmoid)(x))
CK_BINARY_VECTOR(LOG_ADD_EXP, , CK_ID(log_add_exp)(x, z))

#undef CK_COEFFICIENTS_EXP
#undef CK_COEFFICIENTS_ARTANH
#undef CK_LOG2_HIGH
#undef CK_LOG2_LOW
#undef CK_INVERSE_LOG2
#undef CK_LEAST
#undef CK_MOST
