// The modified Bessel functions I₀ and I₁, themselves and times e^−|x|, in registers.
//
// Up to 8 they are series in z = x²/4 with positive terms; beyond, e^x / √x times a polynomial in 16/x − 1.

#if CK_BITS == 32
#define CK_MOST_BESSEL 100.0f
#else
#define CK_MOST_BESSEL 720.0
#endif

CK_INLINE CK_V CK_ID(bessel)(CK_V x, int order, bool scaled) {
  const CK_V a = CK_ID(absolute)(x);
  const CK_MASK far = (CK_MASK)(a > 8);
  const CK_V z = far ? CK_ID(splat)(1) : a * a * (CK_T)0.25;
  const CK_V inverse = far ? 16 / a - 1 : CK_ID(splat)(1);
  const CK_V series = CK_MULTIPLY_ADD(z, order == 0 ? CK_POLYNOMIAL(z, I0) : CK_POLYNOMIAL(z, I1), 1);
  CK_V near = order == 0 ? series : a * (CK_T)0.5 * series;
  const CK_V root = __builtin_elementwise_sqrt(a);
  CK_V above = (order == 0 ? CK_POLYNOMIAL(inverse, I0_FAR) : CK_POLYNOMIAL(inverse, I1_FAR)) / root;
  if (scaled) {
    near = near * CK_ID(exp)(-(far ? CK_ID(splat)(0) : a));
  } else {
    const CK_V bounded = a > CK_MOST_BESSEL ? CK_ID(splat)(CK_MOST_BESSEL) : a;
    above = a > CK_MOST_BESSEL ? CK_ID(splat)(1) : above;
#if defined(CK_HAS_FMA)
    const CK_ID(unscaled) e = CK_ID(exp_unscaled)(bounded, NULL);
    above = CK_ID(scaled)((e.p.high + e.p.low) * above, e.shifted);
#else
    const CK_V half = CK_ID(exp)(bounded * (CK_T)0.5);
    above = half * above * half;
#endif
  }
  CK_V y = far ? above : near;
  // As in PyTorch, where e^∞ is divided by √∞.
  if (!scaled) y = a == (CK_T)INFINITY ? CK_ID(splat)((CK_T)NAN) : y;
  return x == x ? (order == 0 ? y : CK_ID(with_sign_of)(y, x)) : x;
}

CK_INLINE CK_V CK_ID(bessel_i0)(CK_V x) { return CK_ID(bessel)(x, 0, false); }
CK_INLINE CK_V CK_ID(bessel_i0e)(CK_V x) { return CK_ID(bessel)(x, 0, true); }
CK_INLINE CK_V CK_ID(bessel_i1)(CK_V x) { return CK_ID(bessel)(x, 1, false); }
CK_INLINE CK_V CK_ID(bessel_i1e)(CK_V x) { return CK_ID(bessel)(x, 1, true); }

CK_FUNCTION_1(I0, bessel_i0)
CK_FUNCTION_1(I0E, bessel_i0e)
CK_FUNCTION_1(I1, bessel_i1)
CK_FUNCTION_1(I1E, bessel_i1e)

#undef CK_MOST_BESSEL
