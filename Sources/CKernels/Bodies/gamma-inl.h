// log |Γ x| and its derivative, the digamma function, in registers.
//
// From 8 on both are Stirling's series. Below, whole steps lead to 2 + e with −3/4 ≤ e ≤ 1/2, where lgamma(2 + e) = e·P(e): its zeros
// at 1 and 2 are factors, not differences. The digamma function's steps lead to 1 … 2, where its zero is a factor. Negative
// numbers are reflected; near the zeros of log |Γ| below 0 the error is a few units of its terms', not of the result's.

#if CK_BITS == 32
#define CK_DIGAMMA_ROOT 0x1.762d86p+0f
#define CK_DIGAMMA_ROOT_LOW 0x1.ab5f2p-27f
#define CK_MOST_LGAMMA 0x1.88d5a8p+121f
#define CK_ROOTS_OF_STIRLING 0x1.acfe3ap-2f
#define CK_PI 0x1.921fb6p+1f
#define CK_LEAST_REFLECTED 0x1p-30f
#else
#define CK_DIGAMMA_ROOT 0x1.762d86356be3fp+0
#define CK_DIGAMMA_ROOT_LOW 0x1.b86a722197829p-54
#define CK_MOST_LGAMMA 0x1.754d9278b51a7p+1014
#define CK_ROOTS_OF_STIRLING 0x1.acfe390c97d69p-2
#define CK_PI 0x1.921fb54442d18p+1
#define CK_LEAST_REFLECTED 0x1p-100
#endif

#if defined(CK_HAS_FMA)
// log x of a positive number, to more digits than the type has.
CK_INLINE CK_ID(pair) CK_ID(log_of_positive)(CK_V x) {
  const CK_MASK small = (CK_MASK)(x < CK_LEAST_NORMAL);
  const CK_T bias = CK_ROUNDER + CK_EXPONENT_BIAS;
  const CK_ID(logarithm) l = CK_ID(split_with)(small ? x * CK_SUBNORMAL_SCALE : x,
                                               small ? CK_ID(splat)(bias + CK_MANTISSA_BITS) : CK_ID(splat)(bias));
  const CK_ID(pair) p = CK_ID(log_sum)(l.k, l.f, CK_ID(add_tail)(CK_ID(log_tail)(l.f), l.f, CK_ID(splat)(0)));
  return CK_ID(quick_sum)(p.high, p.low);
}

// For x ≥ 0.
CK_INLINE CK_V CK_ID(lgamma_of_positive)(CK_V x) {
  const CK_MASK far = (CK_MASK)(x >= 8), low = (CK_MASK)(x < (CK_T)1.25), least = (CK_MASK)(x < (CK_T)0.5);
  const CK_V a = x > CK_MOST_LGAMMA ? CK_ID(splat)(CK_MOST_LGAMMA) : x;
  // x(x + 1) … of the steps up or down, and e.
  const CK_V steps = CK_ID(round_even)(a - 2), n = steps < 0 ? CK_ID(splat)(0) : steps;
  CK_V e = low ? (least ? a : a - 1) : a - n - 2, product = low ? (least ? a * (a + 1) : a) : CK_ID(splat)(1);
  const CK_V y = a - n;
  for (int k = 0; k < 6; k++) product = ((!low) & (n > (CK_T)k)) ? product * (y + (CK_T)k) : product;
  product = far ? a : product;
  e = far ? CK_ID(splat)(0) : e;
  const CK_ID(pair) l = CK_ID(log_of_positive)(product);
  const CK_V near = e * CK_POLYNOMIAL(e, LGAMMA);
  const CK_V below = low ? (near - l.high) - l.low : (near + l.low) + l.high;
  // (x − ½)·(log x − 1) + ½·log 2π − ½ + P(1/x²) / x.
  const CK_V inverse = 1 / a;
  CK_ID(pair) h = CK_ID(quick_sum)(l.high, CK_ID(splat)(-1));
  h = CK_ID(quick_sum)(h.high, h.low + l.low);
  const CK_V d = a - (CK_T)0.5;
  const CK_ID(pair) p = CK_ID(exact_product)(d, h.high);
  const CK_V tail = CK_MULTIPLY_ADD(inverse, CK_POLYNOMIAL(inverse * inverse, STIRLING), CK_ROOTS_OF_STIRLING);
  const CK_V above = p.high + (tail + CK_MULTIPLY_ADD(d, h.low, p.low));
  const CK_V result = far ? above : below;
  return x > CK_MOST_LGAMMA ? CK_ID(splat)((CK_T)INFINITY) : (x == 0 ? CK_ID(splat)((CK_T)INFINITY) : result);
}

CK_INLINE CK_V CK_ID(lgamma)(CK_V x) {
  const CK_V size = CK_ID(absolute)(x), positive = CK_ID(lgamma_of_positive)(size);
  const CK_MASK negative = (CK_MASK)(x < 0);
  CK_V y = positive;
  if (__builtin_expect(CK_ID(any)(negative), 0)) {
    const CK_V rest = size - CK_ID(round_even)(size);
    const CK_V sine = CK_ID(absolute)(CK_ID(sin)(rest * CK_PI));
    const CK_V reflected = CK_ID(log)(CK_PI / (size * sine)) - positive;
    y = negative ? (size < CK_LEAST_REFLECTED ? positive : reflected) : y;
    y = ((CK_MASK)(rest == 0) & negative) ? CK_ID(splat)((CK_T)INFINITY) : y;
    y = size < (CK_T)INFINITY ? y : size;
  }
  return x == x ? y : x;
}
#else
double lgamma_r(double, int *);
CK_INLINE double CK_ID(lgamma_of_one)(double x) {
  int sign;
  return lgamma_r(x, &sign);
}
CK_BY_C_LIBRARY(lgamma, CK_ID(lgamma_of_one)(x))
#endif

CK_INLINE CK_V CK_ID(digamma)(CK_V x) {
  const CK_MASK negative = (CK_MASK)(x < 0);
  const CK_V a = negative ? 1 - x : x;
  const CK_MASK far = (CK_MASK)(a >= 8), low = (CK_MASK)(a < 1);
  const CK_V n = CK_ID(round_down)(a) - 1, y = a - n;
  // (y − its zero)·P, and the reciprocals of the steps from the smallest on.
  const CK_V distance = (low ? a - (CK_DIGAMMA_ROOT - 1) : y - CK_DIGAMMA_ROOT) - CK_DIGAMMA_ROOT_LOW;
  CK_V sum = low ? -1 / a : CK_ID(splat)(0);
  for (int k = 5; k >= 0; k--) sum = ((!low) & (n > (CK_T)k)) ? sum + 1 / (y + (CK_T)k) : sum;
  const CK_V middle = low ? a - (CK_T)0.5 : y - (CK_T)1.5;
  const CK_V near = CK_MULTIPLY_ADD(distance, CK_POLYNOMIAL(middle, DIGAMMA), sum);
  const CK_V inverse = 1 / a, square = inverse * inverse;
  const CK_V tail = CK_MULTIPLY_ADD(square, CK_POLYNOMIAL(square, DIGAMMA_FAR), inverse * (CK_T)0.5);
  CK_V result = far ? CK_ID(log)(far ? a : CK_ID(splat)(8)) - tail : near;
  if (__builtin_expect(CK_ID(any)(negative), 0)) {
    const CK_V rest = x - CK_ID(round_even)(x);
    const CK_V reflected = result - CK_PI / CK_ID(tan)(rest * CK_PI);
    result = negative ? (rest == 0 ? CK_ID(splat)((CK_T)NAN) : reflected) : result;
  }
  // −∞ at 0 and +∞ at −0; NaN at −∞.
  result = x == 0 ? CK_ID(with_sign_of)(CK_ID(splat)((CK_T)INFINITY), -x) : result;
  return x == (CK_T)INFINITY ? x : (x == -(CK_T)INFINITY ? CK_ID(splat)((CK_T)NAN) : result);
}

CK_FUNCTION_1(LGAMMA, lgamma)
CK_FUNCTION_1(DIGAMMA, digamma)
CK_BINARY_SCALAR(HURWITZ_ZETA, CK_T, ck_hurwitz_zeta(x, z))
CK_BINARY_SCALAR(BESSEL_I, CK_T, ck_bessel_i(x, z))
CK_BINARY_SCALAR(BESSEL_DECAY, CK_T, ck_bessel_decay(x, z))
CK_BINARY_SCALAR(ERROR_INTEGRAL, CK_T, ck_error_integral(x, z))

#undef CK_DIGAMMA_ROOT
#undef CK_DIGAMMA_ROOT_LOW
#undef CK_MOST_LGAMMA
#undef CK_ROOTS_OF_STIRLING
#undef CK_PI
#undef CK_LEAST_REFLECTED
