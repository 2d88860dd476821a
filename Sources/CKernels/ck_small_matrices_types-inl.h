// Both types for one instruction set, SET.
#define T float
#define SUFFIX _f32
#define MAGNITUDE fabsf
#define ROOT sqrtf
#include "ck_small_matrices-inl.h"
#undef T
#undef SUFFIX
#undef MAGNITUDE
#undef ROOT

#define T double
#define SUFFIX _f64
#define MAGNITUDE fabs
#define ROOT sqrt
#include "ck_small_matrices-inl.h"
#undef T
#undef SUFFIX
#undef MAGNITUDE
#undef ROOT
