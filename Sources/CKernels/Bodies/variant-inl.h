// One variant: every body, once per element type, then the table that names the loops.

#include "lanes-inl.h"
#include "loop-macros-inl.h"
#include "store-inl.h"
#include "fold-pairs-inl.h"

#define CK_NAME(NAME) CK_JOIN(NAME, CK_VARIANT)

#define CK_T float
#define CK_BITS 32
#define CK_ID(NAME) f32_##NAME
#define CK_V f32v
#define CK_MASK i32v
#define CK_WORD u32v
#define CK_LANES CK_LANES_32
#define CK_LIBM(NAME) __builtin_##NAME##f
#include "lane-tools-inl.h"
#include "loops-float-inl.h"
#include "loops-divide-float-inl.h"
#include "function-coefficients-inl.h"
#include "exponential-inl.h"
#include "logarithm-inl.h"
#include "activations-inl.h"
#include "trigonometric-inl.h"
#include "inverse-trigonometric-inl.h"
#include "hyperbolic-inl.h"
#include "error-function-inl.h"
#include "normal-distribution-inl.h"
#include "gamma-inl.h"
#include "bessel-inl.h"
#include "power-inl.h"
#include "loops-math-inl.h"
#include "matrix-vector-inl.h"
#include "matrix-product-inl.h"
#include "convolution-inl.h"
#include "loops-number-inl.h"
#include "loops-compare-inl.h"
#include "loops-convert-inl.h"
#include "function-names-end-inl.h"
#undef CK_T
#undef CK_BITS
#undef CK_ID
#undef CK_V
#undef CK_MASK
#undef CK_WORD
#undef CK_LANES
#undef CK_LIBM

#define CK_T double
#define CK_BITS 64
#define CK_ID(NAME) f64_##NAME
#define CK_V f64v
#define CK_MASK i64v
#define CK_WORD u64v
#define CK_LANES CK_LANES_64
#define CK_LIBM(NAME) __builtin_##NAME
#include "lane-tools-inl.h"
#include "loops-float-inl.h"
#include "loops-divide-float-inl.h"
#include "function-coefficients-inl.h"
#include "exponential-inl.h"
#include "logarithm-inl.h"
#include "activations-inl.h"
#include "trigonometric-inl.h"
#include "inverse-trigonometric-inl.h"
#include "hyperbolic-inl.h"
#include "error-function-inl.h"
#include "normal-distribution-inl.h"
#include "gamma-inl.h"
#include "bessel-inl.h"
#include "power-inl.h"
#include "loops-math-inl.h"
#include "matrix-vector-inl.h"
#include "matrix-product-inl.h"
#include "convolution-inl.h"
#include "loops-number-inl.h"
#include "loops-compare-inl.h"
#include "loops-convert-inl.h"
#include "function-names-end-inl.h"
#undef CK_T
#undef CK_BITS
#undef CK_ID
#undef CK_V
#undef CK_MASK
#undef CK_WORD
#undef CK_LANES
#undef CK_LIBM

#include "float-by-double-inl.h"

#define CK_T int64_t
#define CK_UNSIGNED uint64_t
#define CK_ID(NAME) i64_##NAME
#define CK_IS_INTEGER
#include "loops-divide-integer-inl.h"
#include "loops-number-inl.h"
#include "loops-compare-inl.h"
#include "loops-convert-inl.h"
#undef CK_T
#undef CK_UNSIGNED
#undef CK_ID

#define CK_T int32_t
#define CK_UNSIGNED uint32_t
#define CK_ID(NAME) i32_##NAME
#include "loops-divide-integer-inl.h"
#include "loops-number-inl.h"
#include "loops-compare-inl.h"
#include "loops-convert-inl.h"
#undef CK_T
#undef CK_UNSIGNED
#undef CK_ID

#define CK_T uint8_t
#define CK_ID(NAME) bool_##NAME
#include "loops-compare-inl.h"
#include "loops-convert-inl.h"
#undef CK_T
#undef CK_ID
#undef CK_IS_INTEGER

#include "loops-select-inl.h"
#include "reductions-inl.h"
#include "random-inl.h"
#include "table-inl.h"
