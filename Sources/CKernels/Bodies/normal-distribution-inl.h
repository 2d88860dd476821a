// The inverse of erf, e^x²·erfc x, and the logarithm of the normal distribution function, in registers.
//
// erfinv x = x·P(w) with w = −log(1 − x²), in pieces of w and √w (the form of M. Giles, GPU Computing Gems 2, 2011). e^x²·erfc x
// is erfc's quotient (see error-function-inl.h) before its exponential.

#if CK_BITS == 32
#define CK_MOST_NEAR 5.0f
#define CK_MIDDLE 3.0f
#define CK_VAST 1e7f
#define CK_LEAST_ERFCX -9.5f
#define CK_MOST_NDTR 14.0f
#else
#define CK_MOST_NEAR 6.25
#define CK_MIDDLE 3.25
#define CK_VAST 1e15
#define CK_LEAST_ERFCX -26.7
#define CK_MOST_NDTR 38.5
#endif

CK_INLINE CK_V CK_ID(erfinv)(CK_V x) {
  const CK_V a = CK_ID(absolute)(x);
  const CK_MASK inside = (CK_MASK)(a < 1);
  const CK_V bounded = inside ? a : CK_ID(splat)(0);
  const CK_V w = -CK_ID(log)((1 - bounded) * (1 + bounded)), root = __builtin_elementwise_sqrt(w);
  CK_V ratio = CK_POLYNOMIAL(w - CK_MOST_NEAR / 2, ERFINV_NEAR);
  if (CK_ID(any)((CK_MASK)(w >= CK_MOST_NEAR))) {
    const CK_V middle = CK_POLYNOMIAL(root - CK_MIDDLE, ERFINV_MIDDLE);
    ratio = w < CK_MOST_NEAR ? ratio : middle;
#if CK_BITS == 64
    const CK_V far = CK_POLYNOMIAL(root - 5, ERFINV_FAR);
    ratio = w < 16 ? ratio : far;
#endif
  }
  const CK_V end = a == 1 ? CK_ID(with_sign_of)(CK_ID(splat)((CK_T)INFINITY), x) : CK_ID(splat)((CK_T)NAN);
  return inside ? x * ratio : end;
}

#if defined(CK_HAS_FMA)
// For x ≥ ¾; 0 at ∞.
CK_INLINE CK_V CK_ID(erfcx_far)(CK_V x) {
  const CK_V a = x > CK_VAST ? CK_ID(splat)(CK_VAST) : x;
  const CK_ID(pair) above = CK_ID(quick_sum)(CK_ID(splat)((CK_T)1.25), CK_POLYNOMIAL((a - 3) / (a + 3), ERFCX));
  const CK_ID(pair) below = CK_ID(quick_sum)(a + a, CK_ID(splat)(1));
  const CK_V y = CK_ID(sum_of)(CK_ID(quotient)(above, below));
  return x > CK_VAST ? (CK_T)0.56418958354775628694807945156077259 / x : y;
}

CK_INLINE CK_V CK_ID(erfcx)(CK_V x) {
  const CK_V a = CK_ID(absolute)(x), far = CK_ID(erfcx_far)(a);
  // e^x², with what squaring rounds away; below the least it is infinite.
  const CK_V bounded = a > -CK_LEAST_ERFCX ? CK_ID(splat)(-CK_LEAST_ERFCX) : a;
  const CK_ID(pair) square = CK_ID(exact_product)(bounded, bounded);
  const CK_ID(unscaled) e = CK_ID(exp_unscaled)(square.high, &square.low);
  const CK_V power = CK_ID(scaled)(e.p.high + e.p.low, e.shifted);
  const CK_V near = power * CK_ID(erfc)(a < 1 ? x : CK_ID(splat)(1));
  const CK_V left = CK_MULTIPLY_ADD(power, CK_ID(splat)(2), -far);
  const CK_V y = x >= (CK_T)0.75 ? far : (x > (CK_T)-0.75 ? near : left);
  return x < CK_LEAST_ERFCX ? CK_ID(splat)((CK_T)INFINITY) : (x == x ? y : x);
}
#else
CK_INLINE double CK_ID(erfcx_of_one)(double x) {
  if (x < -27) return INFINITY;
  if (x < 20) {
    // x² in parts, of which the first is exact.
    const double high = rint(x * 4096) / 4096;
    return exp(high * high) * exp((x - high) * (x + high)) * erfc(x);
  }
  const double square = 0.5 / (x * x);
  double sum = 0;
  for (int k = 17; k >= 1; k -= 2) sum = 1 - square * k * sum;
  return 0.56418958354775628694807945156077259 / x * sum;
}
CK_BY_C_LIBRARY(erfcx, CK_ID(erfcx_of_one)(x))
#endif

// Beyond ±1 by q = e^(−x²/2)·erfcx(|x|/√2) / 2, the probability of what is farther out: log q on the left, where its two factors
// are taken apart, and log(1 − q) on the right.
CK_INLINE CK_V CK_ID(log_ndtr)(CK_V x) {
  const CK_T root = (CK_T)0.70710678118654752440084436210484904;
  const CK_V size = CK_ID(absolute)(x), near = (size > 1 ? CK_ID(splat)(1) : x) * root;
  const CK_V middle = CK_ID(log1p)(CK_ID(erfc)(near) * (CK_T)-0.5);
  const CK_V scaled = CK_ID(erfcx)((size > 1 ? size : CK_ID(splat)(1)) * root) * (CK_T)0.5;
  const CK_V bounded = size > CK_MOST_NDTR ? CK_ID(splat)(CK_MOST_NDTR) : size;
#if defined(CK_HAS_FMA)
  const CK_ID(pair) square = CK_ID(exact_product)(bounded, bounded);
  const CK_V low = square.low * (CK_T)-0.5;
  const CK_ID(unscaled) e = CK_ID(exp_unscaled)(square.high * (CK_T)-0.5, &low);
  const CK_V power = CK_ID(scaled)(e.p.high + e.p.low, e.shifted);
#else
  const CK_V power = CK_ID(exp)(bounded * bounded * (CK_T)-0.5);
#endif
  const CK_V left = CK_ID(log)(scaled) - x * x * (CK_T)0.5, right = CK_ID(log1p)(-power * scaled);
  const CK_V y = x < -1 ? left : (x > 1 ? right : middle);
  return x == -(CK_T)INFINITY ? x : (x == x ? y : x);
}

CK_FUNCTION_1(ERFINV, erfinv)
CK_FUNCTION_1(ERFCX, erfcx)
CK_FUNCTION_1(LOG_NDTR, log_ndtr)

#undef CK_MOST_NEAR
#undef CK_MIDDLE
#undef CK_VAST
#undef CK_LEAST_ERFCX
#undef CK_MOST_NDTR
