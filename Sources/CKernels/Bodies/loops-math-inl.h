// Transcendental functions.

#define CK_DIRECT(OP) \
  static void CK_ID(OP)(CK_ARGUMENTS) { CK_ID(apply_1)(CK_FUNCTION_##OP, y_, a_, n); }
CK_DIRECT(EXP) CK_DIRECT(EXP2) CK_DIRECT(EXPM1)
CK_DIRECT(LOG) CK_DIRECT(LOG1P) CK_DIRECT(LOG2) CK_DIRECT(LOG10)
CK_DIRECT(SIN) CK_DIRECT(COS) CK_DIRECT(TAN)
CK_DIRECT(ASIN) CK_DIRECT(ACOS) CK_DIRECT(ATAN)
CK_DIRECT(SINH) CK_DIRECT(COSH) CK_DIRECT(TANH) CK_DIRECT(ASINH) CK_DIRECT(ACOSH) CK_DIRECT(ATANH)
CK_DIRECT(ERF) CK_DIRECT(ERFC)
#undef CK_DIRECT

#define CK_DIRECT(NAME, OP) \
  static void CK_ID(NAME##_vv)(CK_ARGUMENTS) { CK_ID(apply_2)(CK_FUNCTION_##OP, y_, a_, 1, b_, 1, n); } \
  static void CK_ID(NAME##_vs)(CK_ARGUMENTS) { CK_ID(apply_2)(CK_FUNCTION_##OP, y_, a_, 1, b_, 0, n); } \
  static void CK_ID(NAME##_sv)(CK_ARGUMENTS) { CK_ID(apply_2)(CK_FUNCTION_##OP, y_, a_, 0, b_, 1, n); }
CK_DIRECT(ATAN2, ATAN2)
CK_DIRECT(HYPOT, HYPOT)
CK_DIRECT(POWER, POW)
#undef CK_DIRECT

// What is made of other functions goes through a block that stays in the cache.
enum { CK_ID(block) = 2048 / sizeof(CK_T) };
#define CK_BLOCKS \
  for (int64_t start = 0, m = CK_ID(block); start < n && (m = n - start < m ? n - start : m, true); start += m)

#define CK_MINUS_ABS(X) (-CK_LIBM(fabs)(X))

// e^−|x| cannot overflow, and the quotient keeps its digits for very negative x.
static void CK_ID(SIGMOID)(CK_ARGUMENTS) {
  CK_T e[CK_ID(block)];
  CK_BLOCKS {
    const CK_T *a = (const CK_T *)a_ + start;
    CK_T *y = (CK_T *)y_ + start;
    CK_VECTORIZE for (int64_t i = 0; i < m; i++) e[i] = CK_MINUS_ABS(a[i]);
    CK_ID(apply_1)(CK_FUNCTION_EXP, e, e, m);
    CK_VECTORIZE for (int64_t i = 0; i < m; i++) y[i] = (a[i] >= 0 ? 1 : e[i]) / (e[i] + 1);
  }
}

static void CK_ID(LOG_SIGMOID)(CK_ARGUMENTS) {
  CK_T e[CK_ID(block)];
  CK_BLOCKS {
    const CK_T *a = (const CK_T *)a_ + start;
    CK_T *y = (CK_T *)y_ + start;
    CK_VECTORIZE for (int64_t i = 0; i < m; i++) e[i] = CK_MINUS_ABS(a[i]);
    CK_ID(apply_1)(CK_FUNCTION_EXP, e, e, m);
    CK_ID(apply_1)(CK_FUNCTION_LOG1P, e, e, m);
    CK_VECTORIZE for (int64_t i = 0; i < m; i++) y[i] = (a[i] > 0 ? 0 : a[i]) - e[i];
  }
}

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

// max + log1p(e^−|a − b|). Equal infinities have no difference: they are the result.
#define CK_LOG_ADD_EXP(NAME, SETUP, X, Z) \
  static void CK_ID(NAME)(CK_ARGUMENTS) { \
    CK_T e[CK_ID(block)]; \
    CK_BLOCKS { \
      const CK_T *a = (const CK_T *)a_, *b = (const CK_T *)b_; \
      CK_T *y = (CK_T *)y_ + start; \
      SETUP; \
      CK_VECTORIZE for (int64_t i = 0; i < m; i++) { \
        const CK_T x = X, z = Z; \
        e[i] = x == z ? 0 : CK_MINUS_ABS(x - z); \
      } \
      CK_ID(apply_1)(CK_FUNCTION_EXP, e, e, m); \
      CK_ID(apply_1)(CK_FUNCTION_LOG1P, e, e, m); \
      CK_VECTORIZE for (int64_t i = 0; i < m; i++) { \
        const CK_T x = X, z = Z; \
        y[i] = (((x > z) | (x != x)) ? x : z) + e[i]; \
      } \
    } \
  }
CK_LOG_ADD_EXP(LOG_ADD_EXP_vv, (a += start, b += start), a[i], b[i])
CK_LOG_ADD_EXP(LOG_ADD_EXP_vs, a += start; const CK_T b0 = *b, a[i], b0)
CK_LOG_ADD_EXP(LOG_ADD_EXP_sv, b += start; const CK_T a0 = *a, a0, b[i])
#undef CK_LOG_ADD_EXP
#undef CK_BLOCKS
#undef CK_MINUS_ABS
