// Both types for one instruction set: SET, and VECTOR_BYTES.
#define T float
#define SUFFIX _f32
#define INTEGER int32_t
#define UNSIGNED uint32_t
#define MAGNITUDE fabsf
#define ROOT sqrtf
#if VECTOR_BYTES == 64
#define INTERLEAVE_LOW INTERLEAVE_LOW_16
#define INTERLEAVE_HIGH INTERLEAVE_HIGH_16
#elif VECTOR_BYTES == 32
#define INTERLEAVE_LOW INTERLEAVE_LOW_8
#define INTERLEAVE_HIGH INTERLEAVE_HIGH_8
#else
#define INTERLEAVE_LOW INTERLEAVE_LOW_4
#define INTERLEAVE_HIGH INTERLEAVE_HIGH_4
#endif
#include "ck_small_matrices-inl.h"
#undef T
#undef SUFFIX
#undef INTEGER
#undef UNSIGNED
#undef MAGNITUDE
#undef ROOT
#undef INTERLEAVE_LOW
#undef INTERLEAVE_HIGH

#define T double
#define SUFFIX _f64
#define INTEGER int64_t
#define UNSIGNED uint64_t
#define MAGNITUDE fabs
#define ROOT sqrt
#if VECTOR_BYTES == 64
#define INTERLEAVE_LOW INTERLEAVE_LOW_8
#define INTERLEAVE_HIGH INTERLEAVE_HIGH_8
#elif VECTOR_BYTES == 32
#define INTERLEAVE_LOW INTERLEAVE_LOW_4
#define INTERLEAVE_HIGH INTERLEAVE_HIGH_4
#else
#define INTERLEAVE_LOW INTERLEAVE_LOW_2
#define INTERLEAVE_HIGH INTERLEAVE_HIGH_2
#endif
#include "ck_small_matrices-inl.h"
#undef T
#undef SUFFIX
#undef INTEGER
#undef UNSIGNED
#undef MAGNITUDE
#undef ROOT
#undef INTERLEAVE_LOW
#undef INTERLEAVE_HIGH
