/// The codes of element types, operations and reductions: the vocabulary of a tile program.
#ifndef CK_OPERATIONS_H
#define CK_OPERATIONS_H

#include <stdint.h>

/// Element types. Booleans are bytes that hold 0 or 1.
typedef enum ck_type : uint8_t {
  CK_FLOAT32,
  CK_FLOAT64,
  CK_INT64,
  CK_INT32,
  CK_BOOL,
  CK_TYPE_COUNT
} ck_type;

/// Which operands are vectors. A scalar operand is a pointer to one element.
typedef enum ck_mode : uint8_t {
  CK_VECTOR_VECTOR,
  CK_VECTOR_SCALAR,
  CK_SCALAR_VECTOR,
  CK_SCALAR_SCALAR,
  CK_MODE_COUNT
} ck_mode;

/// y = f(a), same type in and out, floating types only.
#define CK_UNARY_FLOAT(X) \
  X(FLOOR) X(CEIL) X(ROUND) X(TRUNC) \
  X(EXP) X(EXP2) X(EXPM1) X(LOG) X(LOG1P) X(LOG2) X(LOG10) \
  X(SQRT) X(RSQRT) X(RECIPROCAL) X(RANGE_SCALE) \
  X(SIN) X(COS) X(TAN) X(ASIN) X(ACOS) X(ATAN) \
  X(SINH) X(COSH) X(TANH) X(SECH_SQUARE) X(ASINH) X(ACOSH) X(ATANH) \
  X(ERF) X(ERFC) X(SIGMOID) X(LOG_SIGMOID) \
  X(LGAMMA) X(DIGAMMA) X(ERFINV) X(ERFCX) X(LOG_NDTR) X(I0) X(I0E) X(I1) X(I1E)

/// y = f(a), same type in and out, every type but bool (integers wrap). As in PyTorch, SIGN of NaN is 0 and RELU of
/// NaN is NaN.
#define CK_UNARY_NUMBER(X) X(NEGATE) X(ABS) X(SIGN) X(SQUARE) X(RELU)

/// y = f(a), bool out, every type in. For integers IS_NAN and IS_INF are false and IS_FINITE is true.
#define CK_UNARY_TEST(X) X(IS_NAN) X(IS_INF) X(IS_FINITE) X(LOGICAL_NOT)

/// y = convert(a), to the named type. Float to integer truncates toward zero and saturates (NaN gives 0);
/// anything to bool is `a != 0` (NaN is true).
#define CK_CONVERT(X) X(TO_FLOAT32) X(TO_FLOAT64) X(TO_INT64) X(TO_INT32) X(TO_BOOL) X(COPY) X(SQUARE_TO_FLOAT64)

/// y = f(a, b), floating types only. EXP_SUBTRACT: y = e^(a − b), the numbers of the two operations it replaces.
/// HURWITZ_ZETA: y = Σ (b + k)^−a over k ≥ 0; BESSEL_I, BESSEL_DECAY and ERROR_INTEGRAL of order a at b: one element after the
/// other.
#define CK_BINARY_FLOAT(X) \
  X(DIVIDE) X(ATAN2) X(HYPOT) X(XLOGY) X(LOG_ADD_EXP) X(COPYSIGN) X(EXP_SUBTRACT) X(HURWITZ_ZETA) \
  X(BESSEL_I) X(BESSEL_DECAY) X(ERROR_INTEGRAL)

/// y = f(a, b), every type but bool. MAXIMUM and MINIMUM hand NaN on from either side. FLOOR_DIVIDE,
/// REMAINDER (sign of b), TRUNC_DIVIDE and FMOD (sign of a) as PyTorch; integer division by 0 gives 0 here.
#define CK_BINARY_NUMBER(X) \
  X(ADD) X(SUBTRACT) X(MULTIPLY) X(POWER) X(MAXIMUM) X(MINIMUM) \
  X(FLOOR_DIVIDE) X(TRUNC_DIVIDE) X(REMAINDER) X(FMOD)

/// y = f(a, b), bool out, every type in (bool too).
#define CK_BINARY_TEST(X) \
  X(EQUAL) X(NOT_EQUAL) X(LESS) X(LESS_EQUAL) X(GREATER) X(GREATER_EQUAL) \
  X(LOGICAL_AND) X(LOGICAL_OR) X(LOGICAL_XOR)

/// Three operands. SELECT: c is a byte mask (always a vector), y = c ? a : b; every type; all four modes for
/// (a, b). MULTIPLY_ADD: y = a·b + c, rounded twice like the two operations it replaces; numbers;
/// VECTOR_VECTOR and VECTOR_SCALAR for (a, b), c a vector. ADD_MULTIPLY: y = c + a·b is the same thing.
#define CK_TERNARY(X) X(SELECT) X(MULTIPLY_ADD)

#define CK_NAME(OP) CK_##OP,
typedef enum ck_operation : uint8_t {
  CK_UNARY_FLOAT(CK_NAME)
  CK_UNARY_NUMBER(CK_NAME)
  CK_UNARY_TEST(CK_NAME)
  CK_CONVERT(CK_NAME)
  CK_BINARY_FLOAT(CK_NAME)
  CK_BINARY_NUMBER(CK_NAME)
  CK_BINARY_TEST(CK_NAME)
  CK_TERNARY(CK_NAME)
  CK_OPERATION_COUNT
} ck_operation;
#undef CK_NAME

/// Reductions: the result has the type of the operand (ANY and ALL are for bool only, MEAN for floating-point numbers).
/// MAX and MIN hand NaN on; the empty row gives the identity (0, 1, −∞/lowest, +∞/highest, false, true).
#define CK_REDUCTIONS(X) X(SUM) X(PRODUCT) X(MAX) X(MIN) X(ANY) X(ALL) X(MEAN)

#define CK_NAME(OP) CK_REDUCE_##OP,
typedef enum ck_reduction : uint8_t { CK_REDUCTIONS(CK_NAME) CK_REDUCTION_COUNT } ck_reduction;
#undef CK_NAME

#endif
