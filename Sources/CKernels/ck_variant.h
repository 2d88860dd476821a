/// What the variants, the dispatcher and the search for a vector mathematics library share.
#ifndef CK_VARIANT_H
#define CK_VARIANT_H

#include <math.h>
#include <string.h>
#include "ck_random.h"
#include "ck_table.h"

#if defined(__x86_64__)
#include <immintrin.h>
#define CK_HAS_X86_VARIANTS 1
#else
#define CK_HAS_X86_VARIANTS 0
#endif

/// Functions that a vector library may offer: X(name, scalar C name).
#define CK_VECTOR_FUNCTIONS_1(X) \
  X(EXP2, exp2) X(LOG, log) X(LOG1P, log1p) X(LOG2, log2) X(LOG10, log10) \
  X(SIN, sin) X(COS, cos) X(TAN, tan) X(ASIN, asin) X(ACOS, acos) X(ATAN, atan) \
  X(SINH, sinh) X(COSH, cosh) X(TANH, tanh) X(ASINH, asinh) X(ACOSH, acosh) X(ATANH, atanh) \
  X(ERF, erf) X(ERFC, erfc)
#define CK_VECTOR_FUNCTIONS_2(X) X(ATAN2, atan2) X(HYPOT, hypot) X(POW, pow)

#define CK_NAME(OP, SCALAR) CK_FUNCTION_##OP,
enum { CK_VECTOR_FUNCTIONS_1(CK_NAME) CK_FUNCTION_COUNT_1 };
enum { CK_VECTOR_FUNCTIONS_2(CK_NAME) CK_FUNCTION_COUNT_2 };
#undef CK_NAME

/// A variant: its table, its random fills, and what must run once before either is used.
typedef struct ck_variant {
  const ck_table *table;
  const ck_random_table *random;
  void (*prepare)(void);
} ck_variant;

extern const ck_variant ck_variant_baseline;
#if CK_HAS_X86_VARIANTS
extern const ck_variant ck_variant_avx2, ck_variant_avx512;
#endif

/// The random fills in use.
const ck_random_table *ck_random_kernels(void);

/// The vector function for `lanes` elements, or NULL where the platform has none. `letter` is the vector
/// ABI's name of the instruction set (b, d, e), `scalar` the C name without the `f` of float functions.
void *ck_find_vector_function(char letter, int lanes, int arguments, const char *scalar, int is_float);

#endif
