#include "ck_small_matrices.h"
#include <math.h>

#define NAME2(BASE, SUFFIX) BASE##SUFFIX
#define NAME1(BASE, SUFFIX) NAME2(BASE, SUFFIX)

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
