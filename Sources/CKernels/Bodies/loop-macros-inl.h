// Loops that the compiler turns into vector code. `y` may be an operand itself, element by element, so no
// iteration depends on another: the annotation says so, and spares the overlap checks that would cost short tiles.

#define CK_VECTORIZE _Pragma("clang loop vectorize(assume_safety)")
#define CK_ARGUMENTS void *y_, const void *a_, const void *b_, const void *c_, int64_t n

// y = EXPRESSION of x.
#define CK_UNARY(NAME, RESULT, EXPRESSION) \
  static void CK_ID(NAME)(CK_ARGUMENTS) { \
    RESULT *y = y_; \
    const CK_T *a = a_; \
    CK_VECTORIZE for (int64_t i = 0; i < n; i++) { \
      const CK_T x = a[i]; \
      y[i] = (RESULT)(EXPRESSION); \
    } \
  }

#define CK_BINARY_MODE(NAME, RESULT, EXPRESSION, PRAGMA, SETUP, FIRST, SECOND) \
  static void CK_ID(NAME)(CK_ARGUMENTS) { \
    RESULT *y = y_; \
    const CK_T *a = a_, *b = b_; \
    SETUP; \
    PRAGMA for (int64_t i = 0; i < n; i++) { \
      const CK_T x = FIRST, z = SECOND; \
      y[i] = (RESULT)(EXPRESSION); \
    } \
  }

// y = EXPRESSION of x and z, for the three modes.
#define CK_BINARY_WITH(NAME, RESULT, EXPRESSION, PRAGMA) \
  CK_BINARY_MODE(NAME##_vv, RESULT, EXPRESSION, PRAGMA, , a[i], b[i]) \
  CK_BINARY_MODE(NAME##_vs, RESULT, EXPRESSION, PRAGMA, const CK_T b0 = *b, a[i], b0) \
  CK_BINARY_MODE(NAME##_sv, RESULT, EXPRESSION, PRAGMA, const CK_T a0 = *a, a0, b[i])
#define CK_BINARY(NAME, RESULT, EXPRESSION) CK_BINARY_WITH(NAME, RESULT, EXPRESSION, CK_VECTORIZE)

// For what no vector instruction does (integer division): without the annotation, which would warn.
#define CK_BINARY_SCALAR(NAME, RESULT, EXPRESSION) CK_BINARY_WITH(NAME, RESULT, EXPRESSION, )

// y = EXPRESSION of the vector x: whole vectors, then the first lanes of one more, padded with 1 (harmless for
// every function here).
#define CK_UNARY_VECTOR(NAME, SETUP, EXPRESSION) \
  static void CK_ID(NAME)(CK_ARGUMENTS) { \
    CK_T *y = y_; \
    const CK_T *a = a_; \
    SETUP; \
    int64_t i = 0; \
    for (; i + CK_LANES <= n; i += CK_LANES) { \
      const CK_V x = CK_ID(load)(a + i); \
      CK_ID(store)(y + i, EXPRESSION); \
    } \
    if (i < n) { \
      const CK_V x = CK_ID(load_first)(a + i, n - i, CK_ID(splat)(1)); \
      CK_ID(store_first)(y + i, EXPRESSION, n - i); \
    } \
  }

// The loop of a function of one register, and the same loop storing past the caches: the result then begins at
// a multiple of 64 bytes. The last, incomplete register is one call for all loops: a second copy of every function
// would only fill the instruction cache.
#if CK_HAS_X86_VARIANTS
#define CK_FUNCTION_PAST_CACHES(OP, FUNCTION) \
  static void CK_ID(OP##_past_caches)(CK_ARGUMENTS) { \
    CK_T *y = y_; \
    const CK_T *a = a_; \
    int64_t i = 0; \
    for (; i + CK_LANES <= n; i += CK_LANES) \
      __builtin_nontemporal_store(CK_ID(FUNCTION)(CK_ID(load)(a + i)), (CK_V *)(y + i)); \
    CK_ID(OP)(y + i, a + i, b_, c_, n - i); \
  }
#else
#define CK_FUNCTION_PAST_CACHES(OP, FUNCTION)
#endif
#define CK_FUNCTION_1(OP, FUNCTION) \
  __attribute__((noinline)) static void CK_ID(OP##_rest)(CK_T *y, const CK_T *a, int64_t n) { \
    for (int64_t i = 0; i < n; i += CK_LANES) { \
      const int64_t left = n - i; \
      const CK_V x = left >= CK_LANES ? CK_ID(load)(a + i) : CK_ID(load_first)(a + i, left, CK_ID(splat)(1)); \
      const CK_V result = CK_ID(FUNCTION)(x); \
      if (left >= CK_LANES) \
        CK_ID(store)(y + i, result); \
      else \
        CK_ID(store_first)(y + i, result, left); \
    } \
  } \
  static void CK_ID(OP)(CK_ARGUMENTS) { \
    CK_T *y = y_; \
    const CK_T *a = a_; \
    int64_t i = 0; \
    for (; i + 2 * CK_LANES <= n; i += 2 * CK_LANES) { \
      const CK_V x0 = CK_ID(load)(a + i), x1 = CK_ID(load)(a + i + CK_LANES); \
      const CK_V y0 = CK_ID(FUNCTION)(x0), y1 = CK_ID(FUNCTION)(x1); \
      CK_ID(store)(y + i, y0); \
      CK_ID(store)(y + i + CK_LANES, y1); \
    } \
    if (i < n) CK_ID(OP##_rest)(y + i, a + i, n - i); \
  } \
  CK_FUNCTION_PAST_CACHES(OP, FUNCTION)

// Without fused multiply-adds: the C library's Double function, lane by lane, for both types.
#define CK_BY_C_LIBRARY(NAME, EXPRESSION) \
  CK_INLINE CK_V CK_ID(NAME)(CK_V v) { \
    for (int i = 0; i < CK_LANES; i++) { \
      const double x = v[i]; \
      v[i] = (CK_T)(EXPRESSION); \
    } \
    return v; \
  }
#define CK_BY_C_LIBRARY_1(NAME) CK_BY_C_LIBRARY(NAME, NAME(x))
#define CK_BY_C_LIBRARY_2(NAME, EXPRESSION) \
  CK_INLINE CK_V CK_ID(NAME)(CK_V v, CK_V w) { \
    for (int i = 0; i < CK_LANES; i++) { \
      const double x = v[i], z = w[i]; \
      v[i] = (CK_T)(EXPRESSION); \
    } \
    return v; \
  }

#define CK_BINARY_VECTOR_MODE(NAME, SETUP, SCALAR, EXPRESSION, FIRST, FIRST_TAIL, SECOND, SECOND_TAIL) \
  static void CK_ID(NAME)(CK_ARGUMENTS) { \
    CK_T *y = y_; \
    const CK_T *a = a_, *b = b_; \
    const CK_V one = CK_ID(splat)(1); \
    (void)one; \
    SETUP; \
    SCALAR; \
    int64_t i = 0; \
    for (; i + CK_LANES <= n; i += CK_LANES) { \
      const CK_V x = FIRST, z = SECOND; \
      CK_ID(store)(y + i, EXPRESSION); \
    } \
    if (i < n) { \
      const CK_V x = FIRST_TAIL, z = SECOND_TAIL; \
      CK_ID(store_first)(y + i, EXPRESSION, n - i); \
    } \
  }
#define CK_BINARY_VECTOR(NAME, SETUP, EXPRESSION) \
  CK_BINARY_VECTOR_MODE(NAME##_vv, SETUP, , EXPRESSION, CK_ID(load)(a + i), CK_ID(load_first)(a + i, n - i, one), \
                        CK_ID(load)(b + i), CK_ID(load_first)(b + i, n - i, one)) \
  CK_BINARY_VECTOR_MODE(NAME##_vs, SETUP, const CK_V b0 = CK_ID(splat)(*b), EXPRESSION, CK_ID(load)(a + i), \
                        CK_ID(load_first)(a + i, n - i, one), b0, b0) \
  CK_BINARY_VECTOR_MODE(NAME##_sv, SETUP, const CK_V a0 = CK_ID(splat)(*a), EXPRESSION, a0, a0, \
                        CK_ID(load)(b + i), CK_ID(load_first)(b + i, n - i, one))
