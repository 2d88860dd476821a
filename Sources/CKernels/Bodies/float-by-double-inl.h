// Float's powers in Double lanes: as accurate as rounding the exact value, and no number of Float is
// subnormal or near overflow there.

#if defined(CK_HAS_FMA)
#if CK_VECTOR_BYTES == 64
typedef f32x8 ck_half_floats;
#define CK_LOWER_FLOATS(X) __builtin_shufflevector(X, X, 0, 1, 2, 3, 4, 5, 6, 7)
#define CK_UPPER_FLOATS(X) __builtin_shufflevector(X, X, 8, 9, 10, 11, 12, 13, 14, 15)
#define CK_JOINED_FLOATS(A, B) __builtin_shufflevector(A, B, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
#elif CK_VECTOR_BYTES == 32
typedef f32x4 ck_half_floats;
#define CK_LOWER_FLOATS(X) __builtin_shufflevector(X, X, 0, 1, 2, 3)
#define CK_UPPER_FLOATS(X) __builtin_shufflevector(X, X, 4, 5, 6, 7)
#define CK_JOINED_FLOATS(A, B) __builtin_shufflevector(A, B, 0, 1, 2, 3, 4, 5, 6, 7)
#else
typedef f32x2 ck_half_floats;
#define CK_LOWER_FLOATS(X) __builtin_shufflevector(X, X, 0, 1)
#define CK_UPPER_FLOATS(X) __builtin_shufflevector(X, X, 2, 3)
#define CK_JOINED_FLOATS(A, B) __builtin_shufflevector(A, B, 0, 1, 2, 3)
#endif
#define CK_FLOATS_BY_DOUBLES(NAME, FUNCTION) \
  CK_INLINE f32v NAME(f32v x, f32v z) { \
    const f64v lower = FUNCTION(__builtin_convertvector(CK_LOWER_FLOATS(x), f64v), \
                                __builtin_convertvector(CK_LOWER_FLOATS(z), f64v)); \
    const f64v upper = FUNCTION(__builtin_convertvector(CK_UPPER_FLOATS(x), f64v), \
                                __builtin_convertvector(CK_UPPER_FLOATS(z), f64v)); \
    return CK_JOINED_FLOATS(__builtin_convertvector(lower, ck_half_floats), \
                            __builtin_convertvector(upper, ck_half_floats)); \
  }

// e^(z·log x) with 2^−37 of relative error in the logarithm and 2^−30 in the power.
CK_INLINE f64v f64_short_log(f64v x) {
  const u64v one = (u64v)f64_splat(1), least = (u64v)f64_splat(0x1.6a09e667f3bcdp-1);
  const u64v bits = (u64v)x + (one - least), exponent = bits >> 52;
  const f64v k = (f64v)(exponent | (u64v)f64_splat(0x1.8p52)) - (0x1.8p52 + 1023);
  const f64v f = (f64v)((bits & 0xFFFFFFFFFFFFF) + least) - 1, s = f / (f + 2), s2 = s * s;
  static const double coefficients[] = CK_C_SHORT_LOG;
  const f64v p = f64_polynomial(s2, coefficients, sizeof coefficients / sizeof *coefficients);
  return __builtin_elementwise_fma(k, f64_splat(0x1.62e42fefa39efp-1), s * p);
}
CK_INLINE f64v f64_short_exp(f64v x) {
  // Beyond these a Float is 0 or ∞.
  x = x < -150 ? f64_splat(-150) : x;
  x = x > 150 ? f64_splat(150) : x;
  const f64v shifted = __builtin_elementwise_fma(x, f64_splat(0x1.71547652b82fep+0), f64_splat(0x1.8p52));
  const f64v r = __builtin_elementwise_fma(shifted - 0x1.8p52, f64_splat(-0x1.62e42fefa39efp-1), x);
  static const double coefficients[] = CK_C_SHORT_EXP;
  const f64v p = f64_polynomial(r, coefficients, sizeof coefficients / sizeof *coefficients);
  return p * (f64v)(((u64v)shifted << 52) + (u64v)f64_splat(1));
}
__attribute__((noinline)) static void f64_short_power_of_any(f64v *place, const f64v *exponent) {
  const f64v x = *place, z = *exponent, size = f64_absolute(x), one = f64_splat(1);
  const f64v l = size > 0 ? (size < INFINITY ? f64_short_log(size) : size) : (size == 0 ? f64_splat(-INFINITY) : x);
  f64v y = f64_short_exp(z * l);
  const i64v whole = (i64v)(f64_round_to_zero(z) == z), negative = (i64v)x < 0;
  const i64v odd = whole & (i64v)(f64_round_to_zero(z * 0.5) != z * 0.5);
  y = (negative & odd) ? -y : y;
  y = ((i64v)(x < 0) & (i64v)(x > -INFINITY) & ~whole) ? f64_splat(NAN) : y;
  y = ((x != x) | (z != z)) ? x + z : y;
  y = ((i64v)(size == 1) & (i64v)(f64_absolute(z) == INFINITY)) ? one : y;
  *place = ((z == 0) | (x == 1)) ? one : y;
}
CK_INLINE f64v f64_short_power(f64v x, f64v z) {
  const i64v ordinary = (i64v)((x > 0) & (x < INFINITY) & (f64_absolute(z) < INFINITY));
  if (__builtin_expect(f64_any(~ordinary), 0)) {
    f64v memory = x;
    const f64v exponent = z;
    f64_short_power_of_any(&memory, &exponent);
    return memory;
  }
  return f64_short_exp(z * f64_short_log(x));
}

CK_FLOATS_BY_DOUBLES(f32_power, f64_short_power)
#undef CK_LOWER_FLOATS
#undef CK_UPPER_FLOATS
#undef CK_JOINED_FLOATS
#undef CK_FLOATS_BY_DOUBLES

#define CK_T float
#define CK_ID(NAME) f32_##NAME
#define CK_V f32v
#define CK_LANES CK_LANES_32
CK_BINARY_VECTOR(POWER_of_any, , f32_plain_powers(x, z, f32_power(x, z)))
#undef CK_T
#undef CK_ID
#undef CK_V
#undef CK_LANES
#endif
