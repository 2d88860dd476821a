// Logarithms in registers.
//
// x = 2^k·(1 + f) with 2/3 ≤ 1 + f < 4/3, so that no two terms of log x = k·log 2 + log(1 + f) cancel. Float takes a
// polynomial in f; Double would need 21 coefficients, and takes the series in s = f / (2 + f) with the arrangement of
// fdlibm's e_log.c (Sun Microsystems 1993): log(1 + f) = f − f²/2 + s·(f²/2 + R(s²)).

#if CK_BITS == 32
#define CK_LEAST_NORMAL 0x1p-126f
#define CK_SUBNORMAL_SCALE 0x1p23f
#define CK_TWO_THIRDS 0x1.555556p-1f
#define CK_INVERSE_LOG2_LOW 0x1.4ae0cp-26f
#define CK_INVERSE_LOG10 0x1.bcb7b2p-2f
#define CK_INVERSE_LOG10_LOW -0x1.5b235ep-27f
#define CK_LOG10_2_HIGH 0x1.344p-2f
#define CK_LOG10_2_LOW 0x1.3509f8p-18f
#else
#define CK_LEAST_NORMAL 0x1p-1022
#define CK_SUBNORMAL_SCALE 0x1p52
#define CK_TWO_THIRDS 0x1.5555555555555p-1
#define CK_INVERSE_LOG2_LOW 0x1.777d0ffda0d24p-56
#define CK_INVERSE_LOG10 0x1.bcb7b1526e50ep-2
#define CK_INVERSE_LOG10_LOW 0x1.95355baaafad3p-57
#define CK_LOG10_2_HIGH 0x1.34413509f8p-2
#define CK_LOG10_2_LOW -0x1.80433b83b532ap-44
#endif

#if defined(CK_HAS_FMA)
// The mantissa less 1, and the exponent as a number; `scale` is 2·2^−k.
typedef struct CK_ID(logarithm) {
  CK_V f, k, scale;
} CK_ID(logarithm);

// For normal positive numbers; `bias` is what the exponent is too large by, and others give numbers that the caller
// replaces.
CK_INLINE CK_ID(logarithm) CK_ID(split_with)(CK_V x, CK_V bias) {
  const CK_WORD one = (CK_WORD)CK_ID(splat)(1), least = (CK_WORD)CK_ID(splat)(CK_TWO_THIRDS);
  const CK_WORD bits = (CK_WORD)x + (one - least), exponent = bits >> CK_MANTISSA_BITS;
  const CK_WORD mantissa = bits & (((CK_WORD)CK_ID(splat)(0) + 1) << CK_MANTISSA_BITS) - 1;
  return (CK_ID(logarithm)){
    .f = (CK_V)(mantissa + least) - 1,
    .k = (CK_V)(exponent | (CK_WORD)CK_ID(splat)(CK_ROUNDER)) - bias,
    .scale = (CK_V)((2 * CK_EXPONENT_BIAS + 1 - exponent) << CK_MANTISSA_BITS),
  };
}
CK_INLINE CK_ID(logarithm) CK_ID(split)(CK_V x) {
  return CK_ID(split_with)(x, CK_ID(splat)(CK_ROUNDER + CK_EXPONENT_BIAS));
}

// log(1 + f) − f for |f| ≤ 1/3, in parts: −f²/2 + f³·factor for Float, whose square is f², and −f²/2 + square·factor for
// Double. And ½ / (1 + f) to some digits.
typedef struct CK_ID(logarithm_tail) {
  CK_V square, factor, half_slope;
} CK_ID(logarithm_tail);

CK_INLINE CK_ID(logarithm_tail) CK_ID(log_tail)(CK_V f) {
#if CK_BITS == 32
  CK_V slope = CK_MULTIPLY_ADD(f, CK_ID(splat)(-0.5f), 0.5f);
  slope = CK_MULTIPLY_ADD(f, slope, -0.5f);
  return (CK_ID(logarithm_tail)){f * f, CK_POLYNOMIAL_BUT_LAST(f, LOG), CK_MULTIPLY_ADD(f, slope, 0.5f)};
#else
  const CK_V s = f / (f + 2), s2 = s * s, half = f * f * (CK_T)0.5;
  const CK_V r = CK_MULTIPLY_ADD(s2, CK_POLYNOMIAL(s2, LOG), half);
  return (CK_ID(logarithm_tail)){s, r, CK_MULTIPLY_ADD(s, s - 1, (CK_T)0.5)};
#endif
}
// low + log(1 + f) − f.
CK_INLINE CK_V CK_ID(add_tail)(CK_ID(logarithm_tail) t, CK_V f, CK_V low) {
#if CK_BITS == 32
  return CK_MULTIPLY_ADD(t.square, CK_ID(splat)(-0.5f), CK_MULTIPLY_ADD(t.square * f, t.factor, low));
#else
  return CK_MULTIPLY_ADD(t.square, t.factor, CK_MULTIPLY_ADD(f * f, CK_ID(splat)((CK_T)-0.5), low));
#endif
}

// k·log 2 + log(1 + f) + low as a sum of two numbers.
CK_INLINE CK_ID(pair) CK_ID(log_sum)(CK_V k, CK_V f, CK_V low) {
  const CK_ID(pair) p = CK_ID(quick_sum)(k * CK_LOG2_HIGH, f);
  return (CK_ID(pair)){p.high, CK_MULTIPLY_ADD(k, CK_ID(splat)(CK_LOG2_LOW), p.low) + low};
}

enum { CK_ID(NATURAL), CK_ID(BINARY), CK_ID(DECIMAL) };

CK_INLINE CK_V CK_ID(log_of_parts)(CK_ID(logarithm) l, int base) {
  const CK_ID(logarithm_tail) t = CK_ID(log_tail)(l.f);
  if (base == CK_ID(NATURAL)) {
    const CK_ID(pair) p = CK_ID(quick_sum)(l.k * CK_LOG2_HIGH, l.f);
    return p.high + CK_ID(add_tail)(t, l.f, CK_MULTIPLY_ADD(l.k, CK_ID(splat)(CK_LOG2_LOW), p.low));
  }
  // Times the constant: f exactly, the tail rounded.
  const bool binary = base == CK_ID(BINARY);
  const CK_V c = CK_ID(splat)(binary ? CK_INVERSE_LOG2 : CK_INVERSE_LOG10);
  const CK_V c_low = CK_ID(splat)(binary ? CK_INVERSE_LOG2_LOW : CK_INVERSE_LOG10_LOW);
  const CK_ID(pair) q = CK_ID(exact_product)(l.f, c);
  const CK_ID(pair) y = CK_ID(quick_sum)(binary ? l.k : l.k * CK_LOG10_2_HIGH, q.high);
  CK_V low = binary ? y.low : CK_MULTIPLY_ADD(l.k, CK_ID(splat)(CK_LOG10_2_LOW), y.low);
  low = CK_MULTIPLY_ADD(l.f, c_low, low + q.low);
#if CK_BITS == 32
  low = CK_MULTIPLY_ADD(t.square * l.f * t.factor, c, low);
  return y.high + CK_MULTIPLY_ADD(t.square, c * -0.5f, low);
#else
  low = CK_MULTIPLY_ADD(t.square * t.factor, c, low);
  return y.high + CK_MULTIPLY_ADD(l.f * l.f, c * (CK_T)-0.5, low);
#endif
}

// Subnormal numbers, 0, ∞, NaN and negative numbers beside others.
__attribute__((noinline)) static void CK_ID(log_of_any)(CK_V *place, int base) {
  const CK_V x = *place;
  const CK_MASK small = (CK_MASK)(x < CK_LEAST_NORMAL);
  const CK_T bias = CK_ROUNDER + CK_EXPONENT_BIAS;
  const CK_ID(logarithm) l = CK_ID(split_with)(small ? x * CK_SUBNORMAL_SCALE : x,
                                               small ? CK_ID(splat)(bias + CK_MANTISSA_BITS) : CK_ID(splat)(bias));
  const CK_V y = CK_ID(log_of_parts)(l, base);
  const CK_V of_rest = x == 0 ? CK_ID(splat)(-(CK_T)INFINITY) : CK_ID(splat)((CK_T)NAN);
  *place = x > 0 ? (x < (CK_T)INFINITY ? y : x) : of_rest;
}
CK_INLINE CK_V CK_ID(log_to_base)(CK_V x, int base) {
  // All patterns but those from the least normal number to the largest finite one, moved to the upper end.
  const CK_WORD least = (CK_WORD)CK_ID(splat)(CK_LEAST_NORMAL), infinity = (CK_WORD)CK_ID(splat)((CK_T)INFINITY);
  const CK_WORD top = ((CK_WORD)CK_ID(splat)(0) + 1) << (CK_BITS - 1);
  const CK_MASK special = (CK_MASK)((CK_WORD)x - least + top) >= (CK_MASK)(infinity - least + top);
  if (__builtin_expect(CK_ID(any)(special), 0)) {
    CK_V memory = x;
    CK_ID(log_of_any)(&memory, base);
    return memory;
  }
  return CK_ID(log_of_parts)(CK_ID(split)(x), base);
}
CK_INLINE CK_V CK_ID(log)(CK_V x) { return CK_ID(log_to_base)(x, CK_ID(NATURAL)); }
CK_INLINE CK_V CK_ID(log2)(CK_V x) { return CK_ID(log_to_base)(x, CK_ID(BINARY)); }
CK_INLINE CK_V CK_ID(log10)(CK_V x) { return CK_ID(log_to_base)(x, CK_ID(DECIMAL)); }

// 1 + x = u + c exactly, and log(u + c) = log u + c / u. Where u needs no power of two, f is x itself.
CK_INLINE CK_V CK_ID(log1p)(CK_V x) {
  const CK_ID(pair) u = CK_ID(exact_sum)(CK_ID(splat)(1), x);
  const CK_ID(logarithm) l = CK_ID(split)(u.high);
  const CK_V f = l.k == 0 ? x : l.f, c = l.k == 0 ? CK_ID(splat)(0) : u.low * l.scale;
  const CK_ID(logarithm_tail) t = CK_ID(log_tail)(f);
  const CK_V y = CK_ID(sum_of)(CK_ID(log_sum)(l.k, f, CK_ID(add_tail)(t, f, c * t.half_slope)));
  const CK_V of_rest = x == -1 ? CK_ID(splat)(-(CK_T)INFINITY) : CK_ID(splat)((CK_T)NAN);
  return x > -1 ? (((x < (CK_T)INFINITY) & (x != 0)) ? y : x) : of_rest;
}

// log(1 + e) for 0 ≤ e ≤ 1 known to more digits than the type has.
CK_INLINE CK_ID(pair) CK_ID(log_of_one_plus)(CK_ID(pair) e) {
  const CK_MASK large = (CK_MASK)(e.high > (CK_T)(1.0 / 3));
  const CK_V less = e.high - 1, lost = e.high - (less + 1);
  const CK_V f = large ? less * (CK_T)0.5 : e.high;
  const CK_V c = large ? lost + e.low : e.low + e.low;
  const CK_V k = large ? CK_ID(splat)(1) : CK_ID(splat)(0);
  const CK_ID(logarithm_tail) t = CK_ID(log_tail)(f);
  return CK_ID(log_sum)(k, f, CK_ID(add_tail)(t, f, c * t.half_slope));
}
#else
CK_BY_C_LIBRARY_1(log)
CK_BY_C_LIBRARY_1(log2)
CK_BY_C_LIBRARY_1(log10)
CK_BY_C_LIBRARY_1(log1p)
#endif

CK_FUNCTION_1(LOG, log)
CK_FUNCTION_1(LOG2, log2)
CK_FUNCTION_1(LOG10, log10)
CK_FUNCTION_1(LOG1P, log1p)
