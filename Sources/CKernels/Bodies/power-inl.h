// x^y, √(x² + y²) and x·log y in registers; Float's powers are in float-by-double-inl.h.

#if CK_BITS == 32
// A number whose square, and the square's rounding error, are normal numbers; and what brings others there.
#define CK_MOST_SQUARED 0x1p60f
#define CK_SCALE_DOWN 0x1p90f
#define CK_SCALE_UP 0x1p100f
#else
#define CK_MOST_SQUARED 0x1p500
#define CK_SCALE_DOWN 0x1p800
#define CK_SCALE_UP 0x1p700
#endif

#if defined(CK_HAS_FMA)
#if CK_BITS == 64
// log m for m = 1 + f between √½ and √2 to 65 digits: with s = f / (2 + f), 2s + s³·(2/3 + s²·R(s²)), of which all but R
// is a sum of two numbers. An exponent of 1000 then leaves 55 digits.
CK_INLINE f64_pair f64_log_pair(f64v x) {
  const u64v one = (u64v)f64_splat(1), least = (u64v)f64_splat(0x1.6a09e667f3bcdp-1);
  const u64v bits = (u64v)x + (one - least), exponent = bits >> 52;
  const f64v k = (f64v)(exponent | (u64v)f64_splat(CK_ROUNDER)) - (CK_ROUNDER + 1023);
  const f64v f = (f64v)((bits & 0xFFFFFFFFFFFFF) + least) - 1;
  const f64_pair s = f64_quotient((f64_pair){f, f64_splat(0)}, f64_quick_sum(f64_splat(2), f));
  f64_pair s2 = f64_exact_product(s.high, s.high);
  s2.low = CK_MULTIPLY_ADD(s.high + s.high, s.low, s2.low);
  f64_pair s3 = f64_exact_product(s2.high, s.high);
  s3.low = CK_MULTIPLY_ADD(s2.low, s.high, CK_MULTIPLY_ADD(s2.high, s.low, s3.low));
  f64_pair c = f64_quick_sum(f64_splat(0x1.5555555555555p-1), s2.high * CK_POLYNOMIAL(s2.high, POWER));
  c.low += 0x1.5555555555555p-55;
  f64_pair t = f64_exact_product(s3.high, c.high);
  t.low = CK_MULTIPLY_ADD(s3.low, c.high, CK_MULTIPLY_ADD(s3.high, c.low, t.low));
  const f64_pair m = f64_quick_sum(s.high + s.high, t.high);
  const f64_pair y = f64_quick_sum(k * CK_LOG2_HIGH, m.high);
  const f64v low = CK_MULTIPLY_ADD(k, f64_splat(CK_LOG2_LOW), s.low + s.low + t.low) + m.low;
  return f64_quick_sum(y.high, y.low + low);
}

// e^(z·l), where the product may be anything.
CK_INLINE f64v f64_exp_of_product(f64v z, f64_pair l) {
  f64_pair e = f64_exact_product(z, l.high);
  e.low = CK_MULTIPLY_ADD(z, l.low, e.low);
  f64v high = e.high < CK_LEAST ? f64_splat(CK_LEAST) : e.high;
  high = high > CK_MOST ? f64_splat(CK_MOST) : high;
  const i64v ordinary = (i64v)(high == e.high);
  const f64v low = ordinary ? e.low : f64_splat(0);
  const f64_unscaled p = f64_exp_unscaled(high, &low);
  return f64_scaled(p.p.high + p.p.low, p.shifted);
}

// Every combination, as IEEE 754 (2019, 9.2.1) wants it.
__attribute__((noinline)) static void f64_power_of_any(f64v *place, const f64v *exponent) {
  const f64v x = *place, z = *exponent, size = f64_absolute(x), one = f64_splat(1);
  const i64v small = (i64v)(size < CK_LEAST_NORMAL);
  f64_pair l = f64_log_pair(small ? size * CK_SUBNORMAL_SCALE : size);
  const f64v shift = small ? f64_splat(-52) : f64_splat(0);
  l = f64_quick_sum(l.high + shift * CK_LOG2_HIGH,
                    f64_exact_sum(l.high, shift * CK_LOG2_HIGH).low + CK_MULTIPLY_ADD(shift, f64_splat(CK_LOG2_LOW), l.low));
  const i64v ordinary = (i64v)((size > 0) & (size < INFINITY));
  l.high = ordinary ? l.high : size == 0 ? f64_splat(-INFINITY) : size;
  l.low = ordinary ? l.low : f64_splat(0);
  f64v y = f64_exp_of_product(z, l);
  const i64v whole = (i64v)(f64_round_to_zero(z) == z), negative = (i64v)x < 0;
  const i64v odd = whole & (i64v)(f64_round_to_zero(z * 0.5) != z * 0.5) & (i64v)(f64_absolute(z) < 0x1p53);
  y = (negative & odd) ? -y : y;
  y = ((i64v)(x < 0) & (i64v)(x > -INFINITY) & ~whole) ? f64_splat(NAN) : y;
  y = ((x != x) | (z != z)) ? x + z : y;
  y = ((i64v)(size == 1) & (i64v)(f64_absolute(z) == INFINITY)) ? one : y;
  *place = ((z == 0) | (x == 1)) ? one : y;
}
CK_INLINE f64v f64_power(f64v x, f64v z) {
  const i64v ordinary = (i64v)((x >= CK_LEAST_NORMAL) & (x < INFINITY) & (f64_absolute(z) < INFINITY));
  if (__builtin_expect(f64_any(~ordinary), 0)) {
    f64v memory = x;
    const f64v exponent = z;
    f64_power_of_any(&memory, &exponent);
    return memory;
  }
  return f64_exp_of_product(z, f64_log_pair(x));
}
#endif

// The root of the rounded sum, corrected by what both roundings left (after Borges, "An improved algorithm for
// hypot(a,b)", 2019); the correction needs the inverse of the root to few digits.
CK_INLINE CK_V CK_ID(hypot_of_ordered)(CK_V large, CK_V small) {
  const CK_ID(pair) square = CK_ID(exact_product)(large, large);
  const CK_V sum = CK_MULTIPLY_ADD(small, small, square.high);
  const CK_V lost = CK_MULTIPLY_ADD(small, small, square.high - sum) + square.low;
  const CK_V root = __builtin_elementwise_sqrt(sum);
  return CK_MULTIPLY_ADD(CK_MULTIPLY_ADD(-root, root, sum) + lost, CK_ID(half_inverse)(root), root);
}
__attribute__((noinline)) static void CK_ID(hypot_of_any)(CK_V *place, const CK_V *other) {
  const CK_V large = *place, small = *other, one = CK_ID(splat)(1), infinite = CK_ID(splat)((CK_T)INFINITY);
  const CK_MASK huge = (CK_MASK)(large > CK_MOST_SQUARED), tiny = (CK_MASK)(large < 1 / CK_MOST_SQUARED);
  const CK_V scale = huge ? CK_ID(splat)(1 / CK_SCALE_DOWN) : tiny ? CK_ID(splat)(CK_SCALE_UP) : one;
  const CK_V back = huge ? CK_ID(splat)(CK_SCALE_DOWN) : tiny ? CK_ID(splat)(1 / CK_SCALE_UP) : one;
  const CK_V y = CK_ID(hypot_of_ordered)(large * scale, small * scale) * back;
  const CK_V finite = large == 0 ? large : y;
  const CK_V number = ((large != large) | (small != small)) ? large + small : finite;
  *place = ((large == infinite) | (small == infinite)) ? infinite : number;
}
CK_INLINE CK_V CK_ID(hypot)(CK_V x, CK_V z) {
  const CK_V a = CK_ID(absolute)(x), b = CK_ID(absolute)(z);
  const CK_V large = a > b ? a : b, small = a > b ? b : a;
  const CK_MASK ordinary = (CK_MASK)((large <= CK_MOST_SQUARED) & (large >= 1 / CK_MOST_SQUARED) & (small == small));
  if (__builtin_expect(CK_ID(any)(~ordinary), 0)) {
    CK_V memory = large;
    const CK_V other = small;
    CK_ID(hypot_of_any)(&memory, &other);
    return memory;
  }
  return CK_ID(hypot_of_ordered)(large, small);
}
#else
CK_BY_C_LIBRARY_2(power, pow(x, z))
CK_BY_C_LIBRARY_2(hypot, hypot(x, z))
#endif

// 0·log z is 0 unless z is NaN.
CK_INLINE CK_V CK_ID(xlogy)(CK_V x, CK_V z) {
  const CK_V product = x * CK_ID(log)(z);
  return ((x == 0) & (z == z)) ? CK_ID(splat)(0) : product;
}

CK_BINARY_VECTOR(HYPOT, , CK_ID(hypot)(x, z))
CK_BINARY_VECTOR(XLOGY, , CK_ID(xlogy)(x, z))

// √−0 is −0 and √−∞ is NaN, but their powers are 0 and ∞.
CK_INLINE CK_V CK_ID(root)(CK_V x) {
  return x == -(CK_T)INFINITY ? CK_ID(splat)((CK_T)INFINITY) : __builtin_elementwise_sqrt(x + 0);
}

// x to the power of y, given what the general way gives: the exponents that have a loop of their own where there is only one
// of them have the same bits here, so that a result does not depend on how its exponent was written.
CK_INLINE CK_V CK_ID(plain_powers)(CK_V x, CK_V y, CK_V power) {
  power = y == 2 ? x * x : power;
  power = y == 3 ? x * x * x : power;
  power = y == -1 ? 1 / x : power;
  power = y == (CK_T)0.5 ? CK_ID(root)(x) : power;
  return y == (CK_T)-0.5 ? 1 / CK_ID(root)(x) : power;
}
#if CK_BITS == 64 || !defined(CK_HAS_FMA)
CK_BINARY_VECTOR(POWER_of_any, , CK_ID(plain_powers)(x, z, CK_ID(power)(x, z)))
#endif

#undef CK_MOST_SQUARED
#undef CK_SCALE_DOWN
#undef CK_SCALE_UP
