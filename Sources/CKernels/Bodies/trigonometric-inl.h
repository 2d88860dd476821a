// sin x, cos x, tan x in registers.
//
// x = n·π/2 + r with |r| ≤ π/4, by subtracting n times π/2 in three parts with fused multiply-adds (Cody and Waite 1980).
// The first difference is exact. The middle part has 14 digits (38 in Double): its multiples up to the bound below are
// exact, so that r − n·middle is exact where it cancels, and what it rounds away elsewhere is known and kept beside r.
// Larger arguments take ck_large_angles.c's reduction, lane by lane, so that no result depends on its neighbours.

#if CK_BITS == 32
#define CK_HALF_PI_HIGH 0x1.921fb6p+0f
#define CK_HALF_PI_MIDDLE -0x1.7778p-25f
#define CK_HALF_PI_LOW -0x1.2e7b96p-40f
#define CK_INVERSE_HALF_PI 0x1.45f306p-1f
#define CK_MOST_TURNED 0x1p10f
#else
#define CK_HALF_PI_HIGH 0x1.921fb54442d18p+0
#define CK_HALF_PI_MIDDLE 0x1.1a62633148p-54
#define CK_HALF_PI_LOW -0x1.1fc8f8cbb5bf7p-93
#define CK_INVERSE_HALF_PI 0x1.45f306dc9c883p-1
#define CK_MOST_TURNED 0x1p15
#endif

#if defined(CK_HAS_FMA)
// sine = r + r_tail and cosine = c + c_tail of the rest, and n.
typedef struct CK_ID(turned) {
  CK_ID(pair) sine, cosine;
  CK_WORD quadrant;
} CK_ID(turned);

// The lanes beyond the bound. In memory: how registers of these widths are passed follows the flags of the file.
__attribute__((noinline, unused)) static void CK_ID(turn_large)(const CK_V *x, CK_V *r, CK_V *low, CK_WORD *quadrant) {
  for (int i = 0; i < CK_LANES; i++) {
    double high_part, low_part;
    if (!((*x)[i] > CK_MOST_TURNED)) continue;
    (*quadrant)[i] = ck_turn_large_angle((*x)[i], &high_part, &low_part);
    (*r)[i] = (CK_T)high_part;
    (*low)[i] = (CK_T)((high_part - (*r)[i]) + low_part);
  }
}

// For x ≥ 0; NaN stays NaN, and ∞ becomes it.
CK_INLINE CK_ID(turned) CK_ID(turn)(CK_V x) {
  const CK_V shifted = CK_MULTIPLY_ADD(x, CK_ID(splat)(CK_INVERSE_HALF_PI), CK_ROUNDER);
  const CK_V n = shifted - CK_ROUNDER;
  const CK_V near = CK_MULTIPLY_ADD(n, CK_ID(splat)(-CK_HALF_PI_HIGH), x);
  CK_V r = CK_MULTIPLY_ADD(n, CK_ID(splat)(-CK_HALF_PI_MIDDLE), near);
  CK_V low = CK_MULTIPLY_ADD(n, CK_ID(splat)(-CK_HALF_PI_MIDDLE), near - r);
  low = CK_MULTIPLY_ADD(n, CK_ID(splat)(-CK_HALF_PI_LOW), low);
  CK_WORD quadrant = (CK_WORD)shifted;
  if (__builtin_expect(CK_ID(any)(x > CK_MOST_TURNED), 0)) {
    CK_V memory[3] = {x, r, low};
    CK_WORD quadrants = quadrant;
    CK_ID(turn_large)(&memory[0], &memory[1], &memory[2], &quadrants);
    r = memory[1];
    low = memory[2];
    quadrant = quadrants;
  }
  const CK_V r2 = r * r, half = r2 * (CK_T)-0.5;
  const CK_V r_tail = CK_MULTIPLY_ADD(r2 * r, CK_POLYNOMIAL(r2, SIN), CK_MULTIPLY_ADD(low, half, low));
  const CK_ID(pair) c = CK_ID(quick_sum)(CK_ID(splat)(1), half);
  const CK_V c_tail = CK_MULTIPLY_ADD(r2 * r2, CK_POLYNOMIAL(r2, COS), CK_MULTIPLY_ADD(-r, low, c.low));
  return (CK_ID(turned)){{r, r_tail}, {c.high, c_tail}, quadrant};
}

// The quadrant's lowest bit chooses between sine and cosine, the next one is the sign.
CK_INLINE CK_V CK_ID(of_quadrant)(CK_ID(turned) t, int turns, CK_WORD sign) {
  const CK_WORD quadrant = t.quadrant + (unsigned)turns;
  const CK_MASK odd = (CK_MASK)((quadrant & 1) != 0);
  const CK_V y = odd ? CK_ID(sum_of)(t.cosine) : CK_ID(sum_of)(t.sine);
  return (CK_V)((CK_WORD)y ^ (((quadrant & 2) << (sizeof(CK_T) * 8 - 2)) ^ sign));
}

// sin is odd and cos is even: that is also what keeps the sign of sin −0.
CK_INLINE CK_V CK_ID(sin_of)(CK_V x, CK_ID(turned) t) {
  return CK_ID(of_quadrant)(t, 0, (CK_WORD)x & (CK_WORD)CK_ID(splat)((CK_T)-0.0));
}
CK_INLINE CK_V CK_ID(cos_of)(CK_ID(turned) t) { return CK_ID(of_quadrant)(t, 1, (CK_WORD)CK_ID(splat)(0)); }

CK_INLINE CK_V CK_ID(sin)(CK_V x) { return CK_ID(sin_of)(x, CK_ID(turn)(CK_ID(absolute)(x))); }
CK_INLINE CK_V CK_ID(cos)(CK_V x) { return CK_ID(cos_of)(CK_ID(turn)(CK_ID(absolute)(x))); }

// sin / cos, or −cos / sin in odd quadrants. Where x needed no reduction and is tiny, the quotient is x.
CK_INLINE CK_V CK_ID(tan)(CK_V x) {
  const CK_ID(turned) t = CK_ID(turn)(CK_ID(absolute)(x));
  const CK_ID(pair) s = CK_ID(quick_sum)(t.sine.high, t.sine.low);
  const CK_ID(pair) c = CK_ID(quick_sum)(t.cosine.high, t.cosine.low);
  const CK_MASK odd = (CK_MASK)((t.quadrant & 1) != 0);
  const CK_ID(pair) above = {odd ? c.high : s.high, odd ? c.low : s.low};
  const CK_ID(pair) below = {odd ? s.high : c.high, odd ? s.low : c.low};
  const CK_WORD y = (CK_WORD)CK_ID(sum_of)(CK_ID(quotient)(above, below));
  const CK_WORD sign = (CK_WORD)x & (CK_WORD)CK_ID(splat)((CK_T)-0.0);
  return (CK_V)(y ^ sign ^ ((t.quadrant & 1) << (sizeof(CK_T) * 8 - 1)));
}

// Both for little more than the price of one: a function with a sine has a derivative with a cosine. `sine` or
// `cosine` may be `a`.
static void CK_ID(sin_cos)(void *sine_, void *cosine_, const void *a_, int64_t n) {
  CK_T *sine = sine_, *cosine = cosine_;
  const CK_T *a = a_;
  for (int64_t i = 0; i < n; i += CK_LANES) {
    const int64_t left = n - i;
    const CK_V x = left >= CK_LANES ? CK_ID(load)(a + i) : CK_ID(load_first)(a + i, left, CK_ID(splat)(1));
    const CK_ID(turned) t = CK_ID(turn)(CK_ID(absolute)(x));
    const CK_V s = CK_ID(sin_of)(x, t), c = CK_ID(cos_of)(t);
    if (left >= CK_LANES) {
      CK_ID(store)(sine + i, s);
      CK_ID(store)(cosine + i, c);
    } else {
      CK_ID(store_first)(sine + i, s, left);
      CK_ID(store_first)(cosine + i, c, left);
    }
  }
}
#else
CK_BY_C_LIBRARY_1(sin)
CK_BY_C_LIBRARY_1(cos)
CK_BY_C_LIBRARY_1(tan)
static void CK_ID(sin_cos)(void *sine_, void *cosine_, const void *a_, int64_t n) {
  CK_T *sine = sine_, *cosine = cosine_;
  const CK_T *a = a_;
  for (int64_t i = 0; i < n; i++) {
    const double x = a[i];
    sine[i] = (CK_T)sin(x);
    cosine[i] = (CK_T)cos(x);
  }
}
#endif

CK_FUNCTION_1(SIN, sin)
CK_FUNCTION_1(COS, cos)
CK_FUNCTION_1(TAN, tan)

#undef CK_HALF_PI_MIDDLE
#undef CK_HALF_PI_LOW
#undef CK_INVERSE_HALF_PI
#undef CK_MOST_TURNED
