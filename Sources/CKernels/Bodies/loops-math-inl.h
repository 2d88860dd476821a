// Transcendental functions.

#define CK_DIRECT(OP, SCALAR) \
  CK_UNARY_VECTOR(OP, const CK_ID(function_1) f = CK_ID(functions_1)[CK_FUNCTION_##OP], f(x))
CK_VECTOR_FUNCTIONS_1(CK_DIRECT)
#undef CK_DIRECT

CK_INLINE CK_V CK_ID(call)(int function, CK_V x) { return CK_ID(functions_1)[function](x); }

// e^−|x| cannot overflow, and the quotient keeps its digits for very negative x.
CK_INLINE CK_V CK_ID(sigmoid)(CK_V x) {
  const CK_V e = CK_ID(call)(CK_FUNCTION_EXP, (CK_V)((CK_WORD)x | (CK_WORD)CK_ID(splat)((CK_T)-0.0)));
  return (x >= 0 ? CK_ID(splat)(1) : e) / (e + 1);
}

CK_INLINE CK_V CK_ID(log_sigmoid)(CK_V x) {
  const CK_V e = CK_ID(call)(CK_FUNCTION_EXP, (CK_V)((CK_WORD)x | (CK_WORD)CK_ID(splat)((CK_T)-0.0)));
  return (x > 0 ? CK_ID(splat)(0) : x) - CK_ID(call)(CK_FUNCTION_LOG1P, e);
}

CK_UNARY_VECTOR(SIGMOID, , CK_ID(sigmoid)(x))
CK_UNARY_VECTOR(LOG_SIGMOID, , CK_ID(log_sigmoid)(x))

CK_INLINE CK_V CK_ID(xlogy)(CK_V x, CK_V z) {
  const CK_V product = x * CK_ID(call)(CK_FUNCTION_LOG, z);
  return ((x == 0) & (z == z)) ? CK_ID(splat)(0) : product;
}

// max + log1p(e^−|a − b|). Equal infinities have no difference: they are the result.
CK_INLINE CK_V CK_ID(log_add_exp)(CK_V x, CK_V z) {
  const CK_V larger = ((x > z) | (x != x)) ? x : z;
  const CK_V distance = (CK_V)((CK_WORD)(x - z) | (CK_WORD)CK_ID(splat)((CK_T)-0.0));
  const CK_V sum = larger + CK_ID(call)(CK_FUNCTION_LOG1P, CK_ID(call)(CK_FUNCTION_EXP, distance));
  return ((x == z) & (CK_ID(absolute)(x) == (CK_T)INFINITY)) ? x : sum;
}

CK_BINARY_VECTOR(XLOGY, , CK_ID(xlogy)(x, z))
CK_BINARY_VECTOR(LOG_ADD_EXP, , CK_ID(log_add_exp)(x, z))
CK_BINARY_VECTOR(ATAN2, const CK_ID(function_2) f = CK_ID(functions_2)[CK_FUNCTION_ATAN2], f(x, z))
CK_BINARY_VECTOR(HYPOT, const CK_ID(function_2) f = CK_ID(functions_2)[CK_FUNCTION_HYPOT], f(x, z))
CK_BINARY_VECTOR(POWER, const CK_ID(function_2) f = CK_ID(functions_2)[CK_FUNCTION_POW], f(x, z))
