// y = c ? a : b, by the size of an element.

#define CK_SELECT_MODE(NAME, T, SETUP, FIRST, SECOND) \
  static void NAME(CK_ARGUMENTS) { \
    T *y = y_; \
    const T *a = a_, *b = b_; \
    const uint8_t *c = c_; \
    SETUP; \
    CK_VECTORIZE for (int64_t i = 0; i < n; i++) { \
      const T x = FIRST, z = SECOND; \
      y[i] = c[i] ? x : z; \
    } \
  }
#define CK_SELECT_SIZE(BITS, T) \
  typedef T ck_select_##BITS __attribute__((may_alias)); \
  CK_SELECT_MODE(select_##BITS##_vv, ck_select_##BITS, , a[i], b[i]) \
  CK_SELECT_MODE(select_##BITS##_vs, ck_select_##BITS, const T b0 = *b, a[i], b0) \
  CK_SELECT_MODE(select_##BITS##_sv, ck_select_##BITS, const T a0 = *a, a0, b[i]) \
  CK_SELECT_MODE(select_##BITS##_ss, ck_select_##BITS, const T a0 = *a; const T b0 = *b, a0, b0)

CK_SELECT_SIZE(8, uint8_t)
CK_SELECT_SIZE(32, uint32_t)
CK_SELECT_SIZE(64, uint64_t)
