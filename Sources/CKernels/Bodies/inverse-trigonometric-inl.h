// asin, acos, atan in registers.

#if CK_BITS == 32
#define CK_HALF_PI_REST -0x1.777a5cp-25f
#define CK_TAN_EIGHTH 0.4142135f
#define CK_TAN_3_EIGHTHS 2.4142135f
// Less the pattern of a number it is the pattern of half its inverse, within 12 %.
#define CK_HALF_INVERSE_MAGIC 0x7E7311C7u
// Two numbers below this and above its inverse have an ordinary quotient; others are scaled, and below the last ratio an
// angle is its own tangent.
#define CK_ATAN2_MOST 0x1p50f
#define CK_ATAN2_LARGE 0x1p60f
#define CK_ATAN2_DOWN 0x1p-80f
#define CK_ATAN2_UP 0x1p80f
#define CK_ATAN2_NARROW 0x1p-30f
#else
#define CK_ATAN2_MOST 0x1p400
#define CK_ATAN2_LARGE 0x1p500
#define CK_ATAN2_DOWN 0x1p-600
#define CK_ATAN2_UP 0x1p600
#define CK_ATAN2_NARROW 0x1p-60
#define CK_HALF_PI_REST 0x1.1a62633145c07p-54
#define CK_TAN_EIGHTH 0.41421356237309503
#define CK_TAN_3_EIGHTHS 2.414213562373095
#define CK_HALF_INVERSE_MAGIC 0x7FCE623822FC16E6u
#endif

#if defined(CK_HAS_FMA)
CK_INLINE CK_V CK_ID(half_inverse)(CK_V s) { return (CK_V)(CK_HALF_INVERSE_MAGIC - (CK_WORD)s); }

// base + u + low for a multiple of π/4 that is 0 or no smaller than |u|.
CK_INLINE CK_V CK_ID(plus_turns)(CK_V quarters, CK_V u, CK_V low, bool may_be_three) {
  const CK_V base = quarters * (CK_HALF_PI_HIGH / 2);
  const CK_ID(pair) y = CK_ID(quick_sum)(base, u);
  low = CK_MULTIPLY_ADD(quarters, CK_ID(splat)(CK_HALF_PI_REST / 2), y.low + low);
  // Three quarters is the one multiple that is rounded.
  return y.high + (may_be_three ? low + CK_MULTIPLY_ADD(quarters, CK_ID(splat)(CK_HALF_PI_HIGH / 2), -base) : low);
}

// atan(above / below) + quarters·π/4, where the quotient is at most tan(π/8) in size.
CK_INLINE CK_V CK_ID(atan_of_quotient)(CK_ID(pair) above, CK_ID(pair) below, CK_V quarters, bool may_be_three) {
  const CK_ID(pair) u = CK_ID(quotient)(above, below);
  const CK_V u2 = u.high * u.high;
  return CK_ID(plus_turns)(quarters, u.high, CK_MULTIPLY_ADD(u.high * u2, CK_POLYNOMIAL(u2, ATAN), u.low), may_be_three);
}

// atan t = π/4 + atan((t − 1) / (t + 1)) = π/2 − atan(1 / t).
CK_INLINE CK_V CK_ID(atan)(CK_V x) {
  const CK_V zero = CK_ID(splat)(0), one = CK_ID(splat)(1);
  CK_V t = CK_ID(absolute)(x);
  t = t > (CK_T)0x1p60 ? CK_ID(splat)((CK_T)0x1p60) : t;
  const CK_MASK middle = (CK_MASK)(t > CK_TAN_EIGHTH), far = (CK_MASK)(t > CK_TAN_3_EIGHTHS);
  const CK_V less = t - 1, more = t + 1;
  const CK_ID(pair) above = {far ? -one : middle ? less : t, far ? zero : middle ? t - (less + 1) : zero};
  const CK_ID(pair) below = {far ? t : middle ? more : one, far ? zero : middle ? t - (more - 1) : zero};
  const CK_V quarters = far ? one + 1 : middle ? one : zero;
  return CK_ID(with_sign_of)(CK_ID(atan_of_quotient)(above, below, quarters, false), x);
}

// The angle of (|x|, |y|), then of the quadrant; neither nor their quotient is near the ends of the exponent.
CK_INLINE CK_V CK_ID(atan2_of_ordinary)(CK_V y, CK_V x) {
  const CK_V a = CK_ID(absolute)(x), b = CK_ID(absolute)(y), zero = CK_ID(splat)(0), one = CK_ID(splat)(1);
  const CK_MASK middle = (CK_MASK)(b > a * CK_TAN_EIGHTH), far = (CK_MASK)(b > a * CK_TAN_3_EIGHTHS);
  const CK_ID(pair) less = CK_ID(exact_sum)(b, -a), more = CK_ID(exact_sum)(b, a);
  CK_ID(pair) above = {far ? -a : middle ? less.high : b, (middle & ~far) ? less.low : zero};
  const CK_ID(pair) below = {far ? b : middle ? more.high : a, (middle & ~far) ? more.low : zero};
  const CK_MASK back = (CK_MASK)x < 0;
  const CK_V quarters = far ? one + 1 : middle ? one : zero;
  above.high = back ? -above.high : above.high;
  above.low = back ? -above.low : above.low;
  return CK_ID(with_sign_of)(CK_ID(atan_of_quotient)(above, below, back ? 4 - quarters : quarters, true), y);
}
__attribute__((noinline)) static void CK_ID(atan2_of_any)(CK_V *place, const CK_V *other) {
  const CK_V y = *place, x = *other, a = CK_ID(absolute)(x), b = CK_ID(absolute)(y), one = CK_ID(splat)(1), zero = CK_ID(splat)(0);
  const CK_V large = a > b ? a : b;
  const CK_V scale = large > CK_ATAN2_LARGE ? CK_ID(splat)(CK_ATAN2_DOWN) : large < 1 / CK_ATAN2_MOST ? CK_ID(splat)(CK_ATAN2_UP) : one;
  const CK_MASK infinite = (CK_MASK)((a == (CK_T)INFINITY) | (b == (CK_T)INFINITY)), none = (CK_MASK)(large == 0);
  const CK_V run = infinite ? (a == (CK_T)INFINITY ? one : zero) : none ? one : a * scale;
  const CK_V rise = infinite ? (b == (CK_T)INFINITY ? one : zero) : b * scale;
  const CK_V angle = CK_ID(atan2_of_ordinary)(CK_ID(with_sign_of)(rise, y), CK_ID(with_sign_of)(run, x));
  // A small quotient is its own angle, and may be subnormal: one rounding of the numbers themselves.
  const CK_MASK narrow = (CK_MASK)(rise < run * CK_ATAN2_NARROW) & ~((CK_MASK)x < 0) & ~infinite & ~none;
  const CK_V result = narrow ? y / a : angle;
  *place = ((x != x) | (y != y)) ? x + y : result;
}
CK_INLINE CK_V CK_ID(atan2)(CK_V y, CK_V x) {
  const CK_V a = CK_ID(absolute)(x), b = CK_ID(absolute)(y);
  const CK_MASK ordinary = (CK_MASK)((a < CK_ATAN2_MOST) & (b < CK_ATAN2_MOST) & (a > 1 / CK_ATAN2_MOST) & (b > 1 / CK_ATAN2_MOST));
  if (__builtin_expect(CK_ID(any)(~ordinary), 0)) {
    CK_V memory = y;
    const CK_V other = x;
    CK_ID(atan2_of_any)(&memory, &other);
    return memory;
  }
  return CK_ID(atan2_of_ordinary)(y, x);
}

// For |x| ≤ ½ a polynomial; beyond, asin x = π/2 − 2·asin √((1 − x)/2). The root's remainder needs its inverse to few
// digits.
typedef struct CK_ID(arc) {
  CK_MASK large;
  CK_V s, tail;
} CK_ID(arc);

CK_INLINE CK_ID(arc) CK_ID(arc_of)(CK_V size) {
  const CK_MASK large = (CK_MASK)(size > (CK_T)0.5);
  const CK_V z = large ? (1 - size) * (CK_T)0.5 : size * size;
  const CK_V s = large ? __builtin_elementwise_sqrt(z) : size;
  const CK_V rest = large ? CK_MULTIPLY_ADD(-s, s, z) * CK_ID(half_inverse)(s) : CK_ID(splat)(0);
  return (CK_ID(arc)){large, s, CK_MULTIPLY_ADD(s * z, CK_POLYNOMIAL(z, ASIN), rest)};
}

CK_INLINE CK_V CK_ID(asin)(CK_V x) {
  const CK_V zero = CK_ID(splat)(0), two = CK_ID(splat)(2), one = CK_ID(splat)(1);
  const CK_ID(arc) a = CK_ID(arc_of)(CK_ID(absolute)(x));
  const CK_V times = a.large ? -two : one;
  return CK_ID(with_sign_of)(CK_ID(plus_turns)(a.large ? two : zero, times * a.s, times * a.tail, false), x);
}

CK_INLINE CK_V CK_ID(acos)(CK_V x) {
  const CK_V zero = CK_ID(splat)(0), two = CK_ID(splat)(2), one = CK_ID(splat)(1);
  const CK_ID(arc) a = CK_ID(arc_of)(CK_ID(absolute)(x));
  const CK_V quarters = a.large ? (x < 0 ? two + 2 : zero) : two;
  const CK_V times = a.large ? CK_ID(with_sign_of)(two, x) : CK_ID(with_sign_of)(one, -x);
  return CK_ID(plus_turns)(quarters, times * a.s, times * a.tail, false);
}
#else
CK_BY_C_LIBRARY_1(asin)
CK_BY_C_LIBRARY_1(acos)
CK_BY_C_LIBRARY_1(atan)
CK_BY_C_LIBRARY_2(atan2, atan2(x, z))
#endif

CK_FUNCTION_1(ASIN, asin)
CK_FUNCTION_1(ACOS, acos)
CK_FUNCTION_1(ATAN, atan)
CK_BINARY_VECTOR(ATAN2, , CK_ID(atan2)(x, z))

#undef CK_TAN_EIGHTH
#undef CK_TAN_3_EIGHTHS
#undef CK_HALF_INVERSE_MAGIC
#undef CK_ATAN2_MOST
#undef CK_ATAN2_LARGE
#undef CK_ATAN2_DOWN
#undef CK_ATAN2_UP
#undef CK_ATAN2_NARROW
