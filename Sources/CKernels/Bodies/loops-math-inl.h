// Transcendental functions.

CK_OF_VECTOR_LIBRARY(EXP2)
CK_OF_VECTOR_LIBRARY(LOG) CK_OF_VECTOR_LIBRARY(LOG1P) CK_OF_VECTOR_LIBRARY(LOG2) CK_OF_VECTOR_LIBRARY(LOG10)
CK_OF_VECTOR_LIBRARY(TAN) CK_OF_VECTOR_LIBRARY(ASIN) CK_OF_VECTOR_LIBRARY(ACOS) CK_OF_VECTOR_LIBRARY(ATAN)
CK_OF_VECTOR_LIBRARY(SINH) CK_OF_VECTOR_LIBRARY(COSH) CK_OF_VECTOR_LIBRARY(TANH)
CK_OF_VECTOR_LIBRARY(ASINH) CK_OF_VECTOR_LIBRARY(ACOSH) CK_OF_VECTOR_LIBRARY(ATANH)
CK_OF_VECTOR_LIBRARY(ERF) CK_OF_VECTOR_LIBRARY(ERFC)

#define CK_DIRECT(NAME, OP) \
  static void CK_ID(NAME##_vv)(CK_ARGUMENTS) { CK_ID(apply_2)(CK_FUNCTION_##OP, y_, a_, 1, b_, 1, n); } \
  static void CK_ID(NAME##_vs)(CK_ARGUMENTS) { CK_ID(apply_2)(CK_FUNCTION_##OP, y_, a_, 1, b_, 0, n); } \
  static void CK_ID(NAME##_sv)(CK_ARGUMENTS) { CK_ID(apply_2)(CK_FUNCTION_##OP, y_, a_, 0, b_, 1, n); }
CK_DIRECT(ATAN2, ATAN2)
CK_DIRECT(HYPOT, HYPOT)
CK_DIRECT(POWER_of_any, POW)
#undef CK_DIRECT

static void CK_ID(POWER_vv)(CK_ARGUMENTS) { CK_ID(POWER_of_any_vv)(y_, a_, b_, c_, n); }
static void CK_ID(POWER_sv)(CK_ARGUMENTS) { CK_ID(POWER_of_any_sv)(y_, a_, b_, c_, n); }

// √−0 is −0 and √−∞ is NaN, but their powers are 0 and ∞.
CK_INLINE CK_V CK_ID(root)(CK_V x) {
  return x == -(CK_T)INFINITY ? CK_ID(splat)((CK_T)INFINITY) : __builtin_elementwise_sqrt(x + 0);
}
CK_UNARY_VECTOR(POWER_of_2, , x * x)
CK_UNARY_VECTOR(POWER_of_3, , x * x * x)
CK_UNARY_VECTOR(POWER_of_minus_1, , 1 / x)
CK_UNARY_VECTOR(POWER_of_half, , CK_ID(root)(x))
CK_UNARY_VECTOR(POWER_of_minus_half, , 1 / CK_ID(root)(x))

// The exponents that formulas are full of need no logarithm: 10 to 50 times faster, and no less accurate.
static void CK_ID(POWER_vs)(CK_ARGUMENTS) {
  const CK_T exponent = *(const CK_T *)b_;
  ck_loop loop = CK_ID(POWER_of_any_vs);
  if (exponent == 2) loop = CK_ID(POWER_of_2);
  if (exponent == 3) loop = CK_ID(POWER_of_3);
  if (exponent == -1) loop = CK_ID(POWER_of_minus_1);
  if (exponent == (CK_T)0.5) loop = CK_ID(POWER_of_half);
  if (exponent == (CK_T)-0.5) loop = CK_ID(POWER_of_minus_half);
  loop(y_, a_, b_, c_, n);
}

// What is made of other functions goes through a block that stays in the cache.
enum { CK_ID(block) = 2048 / sizeof(CK_T) };
#define CK_BLOCKS \
  for (int64_t start = 0, m = CK_ID(block); start < n && (m = n - start < m ? n - start : m, true); start += m)

#define CK_XLOGY(NAME, SETUP, X, Z, LOGARITHMS) \
  static void CK_ID(NAME)(CK_ARGUMENTS) { \
    CK_T l[CK_ID(block)]; \
    CK_BLOCKS { \
      const CK_T *a = (const CK_T *)a_, *b = (const CK_T *)b_; \
      CK_T *y = (CK_T *)y_ + start; \
      SETUP; \
      LOGARITHMS; \
      CK_VECTORIZE for (int64_t i = 0; i < m; i++) { \
        const CK_T x = X, z = Z, product = x * l[i]; \
        y[i] = ((x == 0) & (z == z)) ? 0 : product; \
      } \
    } \
  }
CK_XLOGY(XLOGY_vv, (a += start, b += start), a[i], b[i], CK_ID(apply_1)(CK_FUNCTION_LOG, l, b, m))
CK_XLOGY(XLOGY_vs, a += start; const CK_T b0 = *b, a[i], b0, {
  const CK_T logarithm = CK_ID(scalar_1)[CK_FUNCTION_LOG](b0);
  for (int64_t i = 0; i < m; i++) l[i] = logarithm;
})
CK_XLOGY(XLOGY_sv, b += start; const CK_T a0 = *a, a0, b[i], CK_ID(apply_1)(CK_FUNCTION_LOG, l, b, m))
#undef CK_XLOGY

#undef CK_BLOCKS
