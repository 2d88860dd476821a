// erf and erfc in registers.
//
// Up to 1, erf x = x + x·P(x²). Beyond, erf x = 1 − e^Q(x) with Q a polynomial for log erfc, for whose error the small
// factor e^Q makes up (the form of N. Juffa's erff, "fast, precise implementation of erf"). erfc x for x > ¾ is
// e^−x²·N / (1 + 2x) with N = 1.25 + a polynomial in (x − 3) / (x + 3), which maps all numbers to few (after Shepherd and
// Laframboise, Math. Comp. 36, 1981); x², the exponential and the quotient are known to more digits than the type has.

#if CK_BITS == 32
#define CK_MOST_ERF 4.0f
#define CK_MOST_ERFC 10.2f
#else
#define CK_MOST_ERF 5.95
#define CK_MOST_ERFC 27.4
#endif

#if defined(CK_HAS_FMA)
// P around the middle: in x² itself the terms would be larger than their sum, and so would their errors.
CK_INLINE CK_V CK_ID(erf_tail)(CK_V square) { return CK_POLYNOMIAL(square - (CK_T)0.5, ERF); }

CK_INLINE CK_V CK_ID(erf)(CK_V x) {
  const CK_V size = CK_ID(absolute)(x), a = size > CK_MOST_ERF ? CK_ID(splat)(CK_MOST_ERF) : size;
  const CK_V near = CK_MULTIPLY_ADD(a, CK_ID(erf_tail)(a * a), a);
  const CK_V logarithm = CK_POLYNOMIAL(a, LOG_ERFC), exponent = a * logarithm;
  // 1 − e^Q = 1 − 2^n − 2^n·(e^r − 1): the exponential itself is never rounded.
  const CK_V shifted = CK_MULTIPLY_ADD(exponent, CK_ID(splat)(CK_INVERSE_LOG2), CK_ROUNDER);
  const CK_V n = shifted - CK_ROUNDER;
  // The product again, less its multiple of log 2: rounded at the rest's size.
  CK_V r = CK_MULTIPLY_ADD(a, logarithm, n * -CK_LOG2_HIGH);
  r = CK_MULTIPLY_ADD(n, CK_ID(splat)(-CK_LOG2_LOW), r);
  const CK_V p = CK_MULTIPLY_ADD(r * r, CK_POLYNOMIAL(r, EXP), r), power = CK_ID(power_of_2)(shifted);
  const CK_V far = CK_MULTIPLY_ADD(-power, p, 1 - power);
  return CK_ID(with_sign_of)(a > 1 ? far : near, x);
}

CK_INLINE CK_V CK_ID(erfc)(CK_V x) {
  const CK_V zero = CK_ID(splat)(0), size = CK_ID(absolute)(x);
  const CK_V a = size > CK_MOST_ERFC ? CK_ID(splat)(CK_MOST_ERFC) : size;
  const CK_ID(pair) square = CK_ID(exact_product)(a, a);
  // 1 − x − x·P(x²).
  const CK_ID(pair) less = CK_ID(quick_sum)(CK_ID(splat)(1), -x);
  const CK_V near = less.high + CK_MULTIPLY_ADD(-x, CK_ID(erf_tail)(square.high), less.low);
  const CK_V q = (a - 3) / (a + 3);
  const CK_ID(pair) above = CK_ID(quick_sum)(CK_ID(splat)((CK_T)1.25), CK_POLYNOMIAL(q, ERFC));
  const CK_ID(pair) below = CK_ID(quick_sum)(a + a, CK_ID(splat)(1));
  const CK_ID(pair) ratio = CK_ID(quotient)(above, below);
  const CK_V minus_low = -square.low;
  const CK_ID(unscaled) e = CK_ID(exp_unscaled)(-square.high, &minus_low);
  const CK_ID(pair) y = CK_ID(exact_product)(e.p.high, ratio.high);
  CK_V low = CK_MULTIPLY_ADD(e.p.high, ratio.low, y.low);
  low = CK_MULTIPLY_ADD(e.p.low, ratio.high, low);
  const CK_V far = CK_ID(scaled)(y.high + low, e.shifted);
  return size > (CK_T)0.75 ? (x < zero ? 2 - far : far) : near;
}
#else
CK_BY_C_LIBRARY_1(erf)
CK_BY_C_LIBRARY_1(erfc)
#endif

CK_FUNCTION_1(ERF, erf)
CK_FUNCTION_1(ERFC, erfc)

#undef CK_MOST_ERF
#undef CK_MOST_ERFC
