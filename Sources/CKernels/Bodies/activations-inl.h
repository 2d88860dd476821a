// Functions of e^x and log(1 + e): what networks are made of.

#if CK_BITS == 32
#define CK_SIGMOID_SCALE 0x1p-32f
#define CK_SIGMOID_SHIFT 32
#define CK_MOST_SIGMOID 40
#else
#define CK_SIGMOID_SCALE 0x1p-128
#define CK_SIGMOID_SHIFT 128
#define CK_MOST_SIGMOID 60
#endif

#if defined(CK_HAS_FMA)
// 1 / (1 + e^−x), the sum to more digits than the type has. All is scaled down, because the sum may overflow where the
// result is a subnormal number.
CK_INLINE CK_V CK_ID(sigmoid)(CK_V x) {
  CK_V bounded = x < CK_LEAST ? CK_ID(splat)(CK_LEAST) : x;
  bounded = bounded > CK_MOST_SIGMOID ? CK_ID(splat)(CK_MOST_SIGMOID) : bounded;
  const CK_ID(unscaled) e = CK_ID(exp_unscaled)(-bounded, NULL);
  const CK_ID(pair) p = CK_ID(quick_sum)(e.p.high, e.p.low);
  const CK_V power = CK_ID(power_of_2)(e.shifted - CK_SIGMOID_SHIFT);
  const CK_ID(pair) sum = CK_ID(exact_sum)(p.high * power, CK_ID(splat)(CK_SIGMOID_SCALE));
  const CK_V low = CK_MULTIPLY_ADD(p.low, power, sum.low), inverse = 1 / sum.high;
  const CK_V rest = CK_MULTIPLY_ADD(-inverse, low, CK_MULTIPLY_ADD(-inverse, sum.high, 1));
  return CK_MULTIPLY_ADD(rest, inverse, inverse) * CK_SIGMOID_SCALE;
}

// 4e / (1 + e)² with e = e^(−2|x|), where 1 − tanh²x has no digits left. 4 units in the last place are enough for a slope: the pairs that
// sigmoid is computed with would cost as much again.
CK_INLINE CK_V CK_ID(sech_square)(CK_V x) {
  const CK_V e = CK_ID(exp_of_negative)(2 * CK_ID(minus_absolute)(x)), inverse = 1 / (1 + e);
  return e * inverse * (4 * inverse);
}

CK_INLINE CK_V CK_ID(log_sigmoid)(CK_V x) {
  const CK_V left = x > 0 ? CK_ID(splat)(0) : x;
  const CK_ID(pair) l = CK_ID(log_of_one_plus)(CK_ID(exp_pair_of_negative)(CK_ID(minus_absolute)(x), NULL));
  const CK_ID(pair) y = CK_ID(exact_sum)(left, -l.high);
  // What is too small for a number is −0.
  return x == -(CK_T)INFINITY ? x : CK_ID(minus_absolute)(y.high + (y.low - l.low));
}

// max + log(1 + e^−|a − b|): near 0 the two terms cancel, and no digit of so plain a formula is promised there. Equal
// infinities have no difference: they are the result. Nor has a NaN: the sum of it and a second one made of it would have the
// bits of whichever the compiler puts first, which is another one in the tail of a run.
CK_INLINE CK_V CK_ID(log_add_exp)(CK_V x, CK_V z) {
  const CK_V distance = ((x < z) | (x > z)) ? CK_ID(minus_absolute)(x - z) : CK_ID(splat)(0);
  const CK_V larger = ((x > z) | (x != x)) ? x : z;
  const CK_ID(pair) e = {CK_ID(exp_of_negative)(distance), CK_ID(splat)(0)};
  const CK_ID(pair) l = CK_ID(log_of_one_plus)(e);
  return larger + (l.high + l.low);
}
#else
CK_BY_C_LIBRARY(sigmoid, x < 0 ? exp(x) / (1 + exp(x)) : 1 / (1 + exp(-x)))
CK_BY_C_LIBRARY(sech_square, 4 * exp(-2 * fabs(x)) / ((1 + exp(-2 * fabs(x))) * (1 + exp(-2 * fabs(x)))))
CK_BY_C_LIBRARY(log_sigmoid, (x > 0 ? 0 : x) - log1p(exp(-fabs(x))))
CK_INLINE double CK_ID(log_add_exp_of_one)(double x, double z) {
  if (x == z && x - x != 0) return x;
  return (x > z || x != x ? x : z) + log1p(exp(-fabs(x - z)));
}
CK_BY_C_LIBRARY_2(log_add_exp, CK_ID(log_add_exp_of_one)(x, z))
#endif

CK_FUNCTION_1(SIGMOID, sigmoid)
CK_FUNCTION_1(SECH_SQUARE, sech_square)
CK_FUNCTION_1(LOG_SIGMOID, log_sigmoid)
CK_BINARY_VECTOR(LOG_ADD_EXP, , CK_ID(log_add_exp)(x, z))

#undef CK_SIGMOID_SCALE
#undef CK_SIGMOID_SHIFT
#undef CK_MOST_SIGMOID
