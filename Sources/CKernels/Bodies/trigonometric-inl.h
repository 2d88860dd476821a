// sin x and cos x in registers.
//
// x = n·π/2 + r with |r| ≤ π/4, by subtracting n times π/2 in three parts with fused multiply-adds: the first is exact
// and the others round less than the result does, up to the bound below (Cody and Waite 1980). Larger arguments, and
// ±∞, are left to the C library, lane by lane, so that no result depends on its neighbours.
//
// The polynomials are minimax fits over |r| ≤ 0.791 of (sin r − r) / r³ (error 4·10⁻⁹ and 4·10⁻¹⁸ of the result) and of
// (cos r − 1 + r²/2) / r⁴ (1·10⁻¹⁰ and 6·10⁻²⁰), both as functions of r².

#if CK_BITS == 32
#define CK_COEFFICIENTS_SIN {-0x1.992adcp-13f, 0x1.1106f2p-7f, -0x1.555544p-3f}
#define CK_COEFFICIENTS_COS {0x1.99d4cp-16f, -0x1.6c0be4p-10f, 0x1.55554ap-5f}
#define CK_HALF_PI_HIGH 0x1.921fb6p+0f
#define CK_HALF_PI_MIDDLE -0x1.777a5cp-25f
#define CK_HALF_PI_LOW -0x1.ee59dap-50f
#define CK_INVERSE_HALF_PI 0x1.45f306p-1f
#define CK_MOST_TURNED 0x1p15f
#else
#define CK_COEFFICIENTS_SIN \
  {0x1.5d82b660e3a7dp-33, -0x1.ae5e2e5b1c26ap-26, 0x1.71de3530c03b1p-19, -0x1.a01a019bc0326p-13, \
   0x1.111111110f5f2p-7,  -0x1.5555555555547p-3}
#define CK_COEFFICIENTS_COS \
  {-0x1.8f9607ca6d55bp-37, 0x1.1ee9bc0300ff9p-29,  -0x1.27e4f7c2b9686p-22, 0x1.a01a019c4de96p-16, \
   -0x1.6c16c16c14d6fp-10, 0x1.555555555554ap-5}
#define CK_HALF_PI_HIGH 0x1.921fb54442d18p+0
#define CK_HALF_PI_MIDDLE 0x1.1a62633145c07p-54
#define CK_HALF_PI_LOW -0x1.f1976b7ed8fbcp-110
#define CK_INVERSE_HALF_PI 0x1.45f306dc9c883p-1
#define CK_MOST_TURNED 0x1p30
#endif

typedef struct CK_ID(turned) {
  CK_V sine, cosine;
  CK_WORD quadrant;
} CK_ID(turned);

// sin r and cos r, and n, for 0 ≤ x within the bound; NaN stays NaN.
CK_INLINE CK_ID(turned) CK_ID(turn)(CK_V x) {
  static const CK_T sin_coefficients[] = CK_COEFFICIENTS_SIN, cos_coefficients[] = CK_COEFFICIENTS_COS;
  const CK_V shifted = CK_MULTIPLY_ADD(x, CK_ID(splat)(CK_INVERSE_HALF_PI), CK_ROUNDER);
  const CK_V n = shifted - CK_ROUNDER;
  CK_V r = CK_MULTIPLY_ADD(n, CK_ID(splat)(-CK_HALF_PI_HIGH), x);
  r = CK_MULTIPLY_ADD(n, CK_ID(splat)(-CK_HALF_PI_MIDDLE), r);
  r = CK_MULTIPLY_ADD(n, CK_ID(splat)(-CK_HALF_PI_LOW), r);
  const CK_V r2 = r * r;
  const CK_V s = CK_ID(polynomial)(r2, sin_coefficients, sizeof sin_coefficients / sizeof *sin_coefficients);
  const CK_V c = CK_ID(polynomial)(r2, cos_coefficients, sizeof cos_coefficients / sizeof *cos_coefficients);
  return (CK_ID(turned)){
    .sine = CK_MULTIPLY_ADD(r2 * r, s, r),
    .cosine = CK_MULTIPLY_ADD(r2 * r2, c, CK_MULTIPLY_ADD(r2, CK_ID(splat)((CK_T)-0.5), 1)),
    .quadrant = (CK_WORD)shifted,
  };
}

// The quadrant's lowest bit chooses between sine and cosine, the next one is the sign.
CK_INLINE CK_V CK_ID(of_quadrant)(CK_ID(turned) t, int turns, CK_WORD sign) {
  const CK_WORD quadrant = t.quadrant + (unsigned)turns;
  const CK_V y = (CK_MASK)(t.quadrant & 1) != 0 ? (turns ? t.sine : t.cosine) : (turns ? t.cosine : t.sine);
  return (CK_V)((CK_WORD)y ^ (((quadrant & 2) << (sizeof(CK_T) * 8 - 2)) ^ sign));
}

// sin is odd and cos is even: that is also what keeps the sign of sin −0.
CK_INLINE CK_V CK_ID(sin_of)(CK_V x, CK_ID(turned) t) {
  return CK_ID(of_quadrant)(t, 0, (CK_WORD)x & (CK_WORD)CK_ID(splat)((CK_T)-0.0));
}
CK_INLINE CK_V CK_ID(cos_of)(CK_ID(turned) t) { return CK_ID(of_quadrant)(t, 1, (CK_WORD)CK_ID(splat)(0)); }

// The lanes beyond the bound, by the C library.
__attribute__((noinline, unused)) static CK_V CK_ID(with_large)(int function, CK_V x, CK_V y) {
  CK_T results[CK_LANES];
  CK_ID(store)(results, x);
  CK_ID(apply_1)(function, results, results, CK_LANES);
  return CK_ID(absolute)(x) > CK_MOST_TURNED ? CK_ID(load)(results) : y;
}

#if defined(CK_HAS_FMA)
CK_INLINE CK_V CK_ID(sin)(CK_V x) {
  const CK_V size = CK_ID(absolute)(x), y = CK_ID(sin_of)(x, CK_ID(turn)(size));
  return __builtin_expect(CK_ID(any)(size > CK_MOST_TURNED), 0) ? CK_ID(with_large)(CK_FUNCTION_SIN, x, y) : y;
}
CK_INLINE CK_V CK_ID(cos)(CK_V x) {
  const CK_V size = CK_ID(absolute)(x), y = CK_ID(cos_of)(CK_ID(turn)(size));
  return __builtin_expect(CK_ID(any)(size > CK_MOST_TURNED), 0) ? CK_ID(with_large)(CK_FUNCTION_COS, x, y) : y;
}
CK_UNARY_VECTOR(SIN, , CK_ID(sin)(x))
CK_UNARY_VECTOR_PAST_CACHES(SIN, CK_ID(sin)(x))
CK_UNARY_VECTOR(COS, , CK_ID(cos)(x))
CK_UNARY_VECTOR_PAST_CACHES(COS, CK_ID(cos)(x))

// Both for little more than the price of one: a function with a sine has a derivative with a cosine. `sine` or
// `cosine` may be `a`.
static void CK_ID(sin_cos)(void *sine_, void *cosine_, const void *a_, int64_t n) {
  CK_T *sine = sine_, *cosine = cosine_;
  const CK_T *a = a_;
  for (int64_t i = 0; i < n; i += CK_LANES) {
    const int64_t left = n - i;
    const CK_V x = left >= CK_LANES ? CK_ID(load)(a + i) : CK_ID(load_first)(a + i, left, CK_ID(splat)(1));
    const CK_V size = CK_ID(absolute)(x);
    const CK_ID(turned) t = CK_ID(turn)(size);
    CK_V s = CK_ID(sin_of)(x, t), c = CK_ID(cos_of)(t);
    if (__builtin_expect(CK_ID(any)(size > CK_MOST_TURNED), 0)) {
      s = CK_ID(with_large)(CK_FUNCTION_SIN, x, s);
      c = CK_ID(with_large)(CK_FUNCTION_COS, x, c);
    }
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
// Without fused multiply-adds the reduction would lose digits.
CK_OF_VECTOR_LIBRARY(SIN)
CK_OF_VECTOR_LIBRARY(COS)
static void CK_ID(sin_cos)(void *sine, void *cosine, const void *a_, int64_t n) {
  const CK_T *a = a_;
  for (int64_t i = 0; i < n; i += CK_LANES) {
    const int64_t count = n - i < CK_LANES ? n - i : CK_LANES;
    CK_T x[CK_LANES];
    memcpy(x, a + i, (size_t)count * sizeof(CK_T));
    CK_ID(SIN)((CK_T *)sine + i, x, NULL, NULL, count);
    CK_ID(COS)((CK_T *)cosine + i, x, NULL, NULL, count);
  }
}
#endif

#undef CK_COEFFICIENTS_SIN
#undef CK_COEFFICIENTS_COS
#undef CK_HALF_PI_HIGH
#undef CK_HALF_PI_MIDDLE
#undef CK_HALF_PI_LOW
#undef CK_INVERSE_HALF_PI
#undef CK_MOST_TURNED
