// Operations that every number has, written alike for all of them.

CK_UNARY(SIGN, CK_T, (x > 0) - (x < 0))
CK_UNARY(RELU, CK_T, x < 0 ? 0 : x)

#if defined(CK_IS_INTEGER)
#define CK_PRODUCT(X, Z) ((CK_UNSIGNED)(X) * (CK_UNSIGNED)(Z))
#define CK_SUM(X, Z) ((CK_UNSIGNED)(X) + (CK_UNSIGNED)(Z))
#else
#define CK_PRODUCT(X, Z) ((X) * (Z))
#define CK_SUM(X, Z) ((X) + (Z))
#endif

CK_UNARY(SQUARE, CK_T, CK_PRODUCT(x, x))

#define CK_PRODUCT_AND_SUM(NAME, SETUP, SECOND) \
  static void CK_ID(NAME)(CK_ARGUMENTS) { \
    CK_T *y = y_; \
    const CK_T *a = a_, *b = b_, *c = c_; \
    SETUP; \
    CK_VECTORIZE for (int64_t i = 0; i < n; i++) y[i] = (CK_T)CK_SUM(CK_PRODUCT(a[i], SECOND), c[i]); \
  }
CK_PRODUCT_AND_SUM(MULTIPLY_ADD_vv, , b[i])
CK_PRODUCT_AND_SUM(MULTIPLY_ADD_vs, const CK_T b0 = *b, b0)
#undef CK_PRODUCT_AND_SUM
#undef CK_PRODUCT
#undef CK_SUM
