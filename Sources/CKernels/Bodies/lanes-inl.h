// Vector types of this variant, and loads and stores of whole vectors and of their first `count` lanes.
//
// `f32v` and so on are one register wide; `f32x4` and so on are what folding a register in halves needs.

#define CK_INLINE static inline __attribute__((always_inline, unused))
#define CK_JOIN2(A, B) A##_##B
#define CK_JOIN(A, B) CK_JOIN2(A, B)
#define CK_STRING2(A) #A
#define CK_STRING(A) CK_STRING2(A)

#define CK_DEFINE_LANES(NAME, T) \
  typedef T NAME##x2 __attribute__((ext_vector_type(2))); \
  typedef T NAME##x4 __attribute__((ext_vector_type(4))); \
  typedef T NAME##x8 __attribute__((ext_vector_type(8))); \
  typedef T NAME##x16 __attribute__((ext_vector_type(16))); \
  typedef T NAME##v __attribute__((ext_vector_type(CK_VECTOR_BYTES / sizeof(T)))); \
  typedef T NAME##unaligned \
    __attribute__((ext_vector_type(CK_VECTOR_BYTES / sizeof(T)), aligned(sizeof(T)), may_alias)); \
  CK_INLINE NAME##v NAME##_load(const T *p) { return *(const NAME##unaligned *)p; } \
  CK_INLINE void NAME##_store(T *p, NAME##v v) { *(NAME##unaligned *)p = v; } \
  CK_INLINE NAME##v NAME##_splat(T x) { return (NAME##v)x; }

CK_DEFINE_LANES(f32, float)
CK_DEFINE_LANES(f64, double)
CK_DEFINE_LANES(i32, int32_t)
CK_DEFINE_LANES(i64, int64_t)
CK_DEFINE_LANES(u32, uint32_t)
CK_DEFINE_LANES(u64, uint64_t)
#undef CK_DEFINE_LANES

enum { CK_LANES_32 = CK_VECTOR_BYTES / 4, CK_LANES_64 = CK_VECTOR_BYTES / 8 };

#if CK_VECTOR_BYTES == 64
CK_INLINE u32v ck_load_first_32(const void *p, int64_t count, u32v rest) {
  return (u32v)_mm512_mask_loadu_epi32((__m512i)rest, (__mmask16)((1u << count) - 1), p);
}
CK_INLINE u64v ck_load_first_64(const void *p, int64_t count, u64v rest) {
  return (u64v)_mm512_mask_loadu_epi64((__m512i)rest, (__mmask8)((1u << count) - 1), p);
}
CK_INLINE void ck_store_first_32(void *p, u32v v, int64_t count) {
  _mm512_mask_storeu_epi32(p, (__mmask16)((1u << count) - 1), (__m512i)v);
}
CK_INLINE void ck_store_first_64(void *p, u64v v, int64_t count) {
  _mm512_mask_storeu_epi64(p, (__mmask8)((1u << count) - 1), (__m512i)v);
}
#elif CK_VECTOR_BYTES == 32
CK_INLINE i32v ck_first_32(int64_t count) { return (i32v)((int32_t)count > (i32v){0, 1, 2, 3, 4, 5, 6, 7}); }
CK_INLINE i64v ck_first_64(int64_t count) { return (i64v)(count > (i64v){0, 1, 2, 3}); }
CK_INLINE u32v ck_load_first_32(const void *p, int64_t count, u32v rest) {
  i32v mask = ck_first_32(count);
  return (u32v)_mm256_blendv_epi8((__m256i)rest, _mm256_maskload_epi32(p, (__m256i)mask), (__m256i)mask);
}
CK_INLINE u64v ck_load_first_64(const void *p, int64_t count, u64v rest) {
  i64v mask = ck_first_64(count);
  return (u64v)_mm256_blendv_epi8((__m256i)rest, _mm256_maskload_epi64(p, (__m256i)mask), (__m256i)mask);
}
CK_INLINE void ck_store_first_32(void *p, u32v v, int64_t count) {
  _mm256_maskstore_epi32(p, (__m256i)ck_first_32(count), (__m256i)v);
}
CK_INLINE void ck_store_first_64(void *p, u64v v, int64_t count) {
  _mm256_maskstore_epi64(p, (__m256i)ck_first_64(count), (__m256i)v);
}
#else
typedef uint32_t ck_word32 __attribute__((may_alias));
typedef uint64_t ck_word64 __attribute__((may_alias));
CK_INLINE u32v ck_load_first_32(const void *p, int64_t count, u32v rest) {
  const ck_word32 *q = p;
  rest.x = q[0];
  if (count > 1) rest.y = q[1];
  if (count > 2) rest.z = q[2];
  return rest;
}
CK_INLINE u64v ck_load_first_64(const void *p, int64_t count, u64v rest) {
  (void)count;
  rest.x = *(const ck_word64 *)p;
  return rest;
}
CK_INLINE void ck_store_first_32(void *p, u32v v, int64_t count) {
  ck_word32 *q = p;
  q[0] = v.x;
  if (count > 1) q[1] = v.y;
  if (count > 2) q[2] = v.z;
}
CK_INLINE void ck_store_first_64(void *p, u64v v, int64_t count) {
  (void)count;
  *(ck_word64 *)p = v.x;
}
#endif

// The first `count` lanes, 0 < count < lanes; the other lanes are `rest`.
#define CK_DEFINE_FIRST(NAME, T, BITS) \
  CK_INLINE NAME##v NAME##_load_first(const T *p, int64_t count, NAME##v rest) { \
    return (NAME##v)ck_load_first_##BITS(p, count, (u##BITS##v)rest); \
  } \
  CK_INLINE void NAME##_store_first(T *p, NAME##v v, int64_t count) { ck_store_first_##BITS(p, (u##BITS##v)v, count); }

CK_DEFINE_FIRST(f32, float, 32)
CK_DEFINE_FIRST(f64, double, 64)
CK_DEFINE_FIRST(i32, int32_t, 32)
CK_DEFINE_FIRST(i64, int64_t, 64)
CK_DEFINE_FIRST(u32, uint32_t, 32)
CK_DEFINE_FIRST(u64, uint64_t, 64)
#undef CK_DEFINE_FIRST
