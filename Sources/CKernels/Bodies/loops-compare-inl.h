// Operations whose result is a mask of bytes that hold 0 or 1. A number is true when it is not 0, NaN included.

CK_BINARY(EQUAL, uint8_t, x == z)
CK_BINARY(NOT_EQUAL, uint8_t, x != z)
CK_BINARY(LESS, uint8_t, x < z)
CK_BINARY(LESS_EQUAL, uint8_t, x <= z)
CK_BINARY(GREATER, uint8_t, x > z)
CK_BINARY(GREATER_EQUAL, uint8_t, x >= z)
CK_BINARY(LOGICAL_AND, uint8_t, (x != 0) & (z != 0))
CK_BINARY(LOGICAL_OR, uint8_t, (x != 0) | (z != 0))
CK_BINARY(LOGICAL_XOR, uint8_t, (x != 0) ^ (z != 0))
CK_UNARY(LOGICAL_NOT, uint8_t, x == 0)

#if defined(CK_IS_INTEGER)
static void CK_ID(IS_NAN)(CK_ARGUMENTS) { memset(y_, 0, (size_t)n); }
static void CK_ID(IS_INF)(CK_ARGUMENTS) { memset(y_, 0, (size_t)n); }
static void CK_ID(IS_FINITE)(CK_ARGUMENTS) { memset(y_, 1, (size_t)n); }
#endif
