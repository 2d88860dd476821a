// sinh, cosh, tanh and their inverses in registers.

#if CK_BITS == 32
#define CK_MOST_HYPERBOLIC 91.0f
#define CK_MOST_TANH 10.0f
#define CK_ASINH_IDENTITY 0x1p-13f
#define CK_ASINH_LARGE 0x1p14f
#else
#define CK_MOST_HYPERBOLIC 712.0
#define CK_MOST_TANH 20.0
#define CK_ASINH_IDENTITY 0x1p-28
#define CK_ASINH_LARGE 0x1p30
#endif

#if defined(CK_HAS_FMA)
// With x = n·log 2 + r, p = 2^n and q = 2^−n: 2·sinh x = (p − q)·cosh r + (p + q)·sinh r, and 2·cosh x has the signs of
// q the other way round. No quotient, and nothing cancels that is not kept: `sign` is −1 for sinh and 1 for cosh.
// All is an eighth of that, for the largest powers.
CK_INLINE CK_V CK_ID(hyperbolic)(CK_V size, CK_T sign) {
  const CK_V x = size > CK_MOST_HYPERBOLIC ? CK_ID(splat)(CK_MOST_HYPERBOLIC) : size;
  const CK_V shifted = CK_MULTIPLY_ADD(x, CK_ID(splat)(CK_INVERSE_LOG2), CK_ROUNDER);
  const CK_V n = shifted - CK_ROUNDER;
  const CK_V near = CK_MULTIPLY_ADD(n, CK_ID(splat)(-CK_LOG2_HIGH), x);
  const CK_V r = CK_MULTIPLY_ADD(n, CK_ID(splat)(-CK_LOG2_LOW), near);
  const CK_V rest = CK_MULTIPLY_ADD(n, CK_ID(splat)(-CK_LOG2_LOW), near - r), r2 = r * r;
  const CK_V s = CK_MULTIPLY_ADD(r2 * r, CK_POLYNOMIAL(r2, SINH), rest), c = r2 * CK_POLYNOMIAL(r2, COSH);
  const CK_WORD sixteenth = (CK_WORD)CK_ID(splat)((CK_T)0.0625);
  // The smaller power counts only while n is small.
  const CK_V minus = CK_ROUNDER - (n > 60 ? CK_ID(splat)(60) : n);
  const CK_V p = (CK_V)(((CK_WORD)shifted << CK_MANTISSA_BITS) + sixteenth);
  const CK_V q = sign * (CK_V)(((CK_WORD)minus << CK_MANTISSA_BITS) + sixteenth);
  const CK_ID(pair) a = CK_ID(quick_sum)(p, q), b = CK_ID(quick_sum)(p, -q);
  const CK_V high = CK_MULTIPLY_ADD(b.high, r, a.high);
  CK_V low = CK_MULTIPLY_ADD(b.high, r, a.high - high) + CK_MULTIPLY_ADD(b.low, r, a.low);
  low = CK_MULTIPLY_ADD(b.high, s, CK_MULTIPLY_ADD(a.high, c, low));
  return 8 * (high + low);
}
CK_INLINE CK_V CK_ID(sinh)(CK_V x) {
  const CK_V size = CK_ID(absolute)(x), y = CK_ID(with_sign_of)(CK_ID(hyperbolic)(size, -1), x);
  return size < CK_TINY ? x : y;
}
CK_INLINE CK_V CK_ID(cosh)(CK_V x) { return CK_ID(hyperbolic)(CK_ID(absolute)(x), 1); }

// (e^2x − 1) / (e^2x + 1), both known to more digits than the type has.
CK_INLINE CK_V CK_ID(tanh)(CK_V x) {
  const CK_V size = CK_ID(absolute)(x);
  const CK_V bounded = size > CK_MOST_TANH ? CK_ID(splat)(CK_MOST_TANH) : size;
  const CK_ID(exponential) e = CK_ID(exp_in_parts)(2 * bounded, NULL, true);
  const CK_V power = CK_ID(power_of_2)(e.shifted), one = power - 1;
  const CK_V high = CK_MULTIPLY_ADD(power, e.r, one);
  const CK_ID(pair) above = CK_ID(quick_sum)(
    high, CK_MULTIPLY_ADD(power, e.tail, CK_MULTIPLY_ADD(power, e.r, one - high)));
  const CK_V more = above.high + 2;
  const CK_ID(pair) below = {more, (above.high - (more - 2)) + above.low};
  return CK_ID(with_sign_of)(CK_ID(sum_of)(CK_ID(quotient)(above, below)), x);
}

// √(a.high + a.low).
CK_INLINE CK_ID(pair) CK_ID(root_of)(CK_ID(pair) a) {
  const CK_V high = __builtin_elementwise_sqrt(a.high), rest = CK_MULTIPLY_ADD(-high, high, a.high) + a.low;
  return (CK_ID(pair)){high, high > 0 ? rest * ((CK_T)0.5 / high) : CK_ID(splat)(0)};
}

// log(x + root), or log 2x where the root is as good as x.
CK_INLINE CK_V CK_ID(log_of_sum)(CK_V x, CK_ID(pair) root, CK_ID(pair) sum) {
  const CK_MASK large = (CK_MASK)(x > CK_ASINH_LARGE);
  const CK_ID(logarithm) l = CK_ID(split)(large ? x : sum.high);
  const CK_V c = large ? CK_ID(splat)(0) : (sum.low + root.low) * l.scale;
  const CK_ID(logarithm_tail) t = CK_ID(log_tail)(l.f);
  const CK_V k = large ? l.k + 1 : l.k;
  return CK_ID(sum_of)(CK_ID(log_sum)(k, l.f, CK_ID(add_tail)(t, l.f, c * t.half_slope)));
}

CK_INLINE CK_V CK_ID(asinh)(CK_V x) {
  const CK_V size = CK_ID(absolute)(x);
  const CK_ID(pair) square = CK_ID(exact_product)(size, size);
  CK_ID(pair) more = CK_ID(exact_sum)(square.high, CK_ID(splat)(1));
  more.low += square.low;
  const CK_ID(pair) root = CK_ID(root_of)(more);
  const CK_V y = CK_ID(log_of_sum)(size, root, CK_ID(quick_sum)(root.high, size));
  const CK_MASK ordinary = (CK_MASK)((size > CK_ASINH_IDENTITY) & (size < (CK_T)INFINITY));
  return ordinary ? CK_ID(with_sign_of)(y, x) : x;
}

CK_INLINE CK_V CK_ID(acosh)(CK_V x) {
  const CK_ID(pair) square = CK_ID(exact_product)(x, x);
  const CK_ID(pair) less = CK_ID(quick_sum)(square.high, CK_ID(splat)(-1));
  const CK_ID(pair) root = CK_ID(root_of)(CK_ID(quick_sum)(less.high, less.low + square.low));
  const CK_V y = CK_ID(log_of_sum)(x, root, CK_ID(quick_sum)(x, root.high));
  return x >= 1 ? (x < (CK_T)INFINITY ? y : x) : CK_ID(splat)((CK_T)NAN);
}

// ½·log((1 + x) / (1 − x)) = ½·k·log 2 + artanh s with s = ((1 + x) − 2^k·(1 − x)) / ((1 + x) + 2^k·(1 − x)).
CK_INLINE CK_V CK_ID(atanh)(CK_V x) {
  const CK_V size = CK_ID(absolute)(x), one = CK_ID(splat)(1);
  const CK_ID(pair) u = CK_ID(quick_sum)(one, size), v = CK_ID(quick_sum)(one, -size);
  const CK_ID(logarithm) l = CK_ID(split)(v.high);
  const CK_V mantissa = l.f + 1;
  const CK_MASK next = (CK_MASK)(u.high * (CK_T)0.75 > mantissa);
  // 2^−k, and k; the scale is 2·2^k.
  const CK_V k = next ? 1 - l.k : -l.k;
  const CK_V power = CK_ID(power_of_2)(CK_ROUNDER - k);
  // The difference of numbers so near is exact.
  const CK_V scaled = u.high * power;
  const CK_ID(pair) above = CK_ID(quick_sum)(scaled - v.high, CK_MULTIPLY_ADD(u.low, power, -v.low));
  CK_ID(pair) below = CK_ID(exact_sum)(scaled, v.high);
  below.low += CK_MULTIPLY_ADD(u.low, power, v.low);
  const CK_ID(pair) s = CK_ID(quotient)(above, below);
  const CK_V s2 = s.high * s.high;
  const CK_V tail = CK_MULTIPLY_ADD(s2 * s.high * (CK_T)0.5, CK_POLYNOMIAL(s2, ARTANH), s.low);
  const CK_V y = CK_ID(sum_of)(CK_ID(log_sum)(k * (CK_T)0.5, s.high, tail));
  const CK_V of_rest = size == 1 ? CK_ID(splat)((CK_T)INFINITY) : CK_ID(splat)((CK_T)NAN);
  const CK_V signed_y = CK_ID(with_sign_of)(size < 1 ? y : of_rest, x);
  return size < CK_TINY ? x : signed_y;
}
#else
CK_BY_C_LIBRARY_1(sinh)
CK_BY_C_LIBRARY_1(cosh)
CK_BY_C_LIBRARY_1(tanh)
CK_BY_C_LIBRARY_1(asinh)
CK_BY_C_LIBRARY_1(acosh)
CK_BY_C_LIBRARY_1(atanh)
#endif

CK_FUNCTION_1(SINH, sinh)
CK_FUNCTION_1(COSH, cosh)
CK_FUNCTION_1(TANH, tanh)
CK_FUNCTION_1(ASINH, asinh)
CK_FUNCTION_1(ACOSH, acosh)
CK_FUNCTION_1(ATANH, atanh)

#undef CK_MOST_HYPERBOLIC
#undef CK_MOST_TANH
#undef CK_ASINH_IDENTITY
#undef CK_ASINH_LARGE
