// Integer arithmetic: it wraps (so it is done on unsigned numbers), and division by zero gives zero.

CK_INLINE CK_T CK_ID(wrapping_negate)(CK_T x) { return (CK_T)(0 - (CK_UNSIGNED)x); }

// The smallest number divided by −1 traps on x86: −1 is done by negation.
CK_INLINE CK_T CK_ID(trunc_divide)(CK_T x, CK_T z) {
  return z == 0 ? 0 : z == -1 ? CK_ID(wrapping_negate)(x) : x / z;
}
CK_INLINE CK_T CK_ID(fmod)(CK_T x, CK_T z) { return z == 0 || z == -1 ? 0 : x % z; }
CK_INLINE CK_T CK_ID(remainder)(CK_T x, CK_T z) {
  const CK_T r = CK_ID(fmod)(x, z);
  return r != 0 && (r ^ z) < 0 ? r + z : r;
}
CK_INLINE CK_T CK_ID(floor_divide)(CK_T x, CK_T z) {
  if (z == 0) return 0;
  if (z == -1) return CK_ID(wrapping_negate)(x);
  const CK_T q = x / z;
  return x % z != 0 && (x ^ z) < 0 ? q - 1 : q;
}

// By squaring. A negative power of a number beyond ±1 is a fraction, which truncates to 0; so does 0's, whose
// infinity no integer holds.
CK_INLINE CK_T CK_ID(power)(CK_T base, CK_T exponent) {
  if (exponent < 0) return base == 1 ? 1 : base == -1 ? (exponent & 1 ? -1 : 1) : 0;
  CK_UNSIGNED result = 1, factor = (CK_UNSIGNED)base;
  for (; exponent; exponent >>= 1) {
    if (exponent & 1) result *= factor;
    factor *= factor;
  }
  return (CK_T)result;
}

CK_BINARY_SCALAR(FLOOR_DIVIDE, CK_T, CK_ID(floor_divide)(x, z))
CK_BINARY_SCALAR(TRUNC_DIVIDE, CK_T, CK_ID(trunc_divide)(x, z))
CK_BINARY_SCALAR(REMAINDER, CK_T, CK_ID(remainder)(x, z))
CK_BINARY_SCALAR(FMOD, CK_T, CK_ID(fmod)(x, z))
CK_BINARY_SCALAR(POWER, CK_T, CK_ID(power)(x, z))

CK_UNARY(NEGATE, CK_T, 0 - (CK_UNSIGNED)x)
CK_UNARY(ABS, CK_T, x < 0 ? 0 - (CK_UNSIGNED)x : (CK_UNSIGNED)x)
CK_BINARY(ADD, CK_T, (CK_UNSIGNED)x + (CK_UNSIGNED)z)
CK_BINARY(SUBTRACT, CK_T, (CK_UNSIGNED)x - (CK_UNSIGNED)z)
CK_BINARY(MULTIPLY, CK_T, (CK_UNSIGNED)x * (CK_UNSIGNED)z)
CK_BINARY(MAXIMUM, CK_T, x > z ? x : z)
CK_BINARY(MINIMUM, CK_T, x < z ? x : z)
