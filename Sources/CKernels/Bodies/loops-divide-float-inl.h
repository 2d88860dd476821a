// Division with a rounded quotient. The exact remainder is a − trunc(a / b)·b in one rounding while the quotient
// has few enough digits: the rounded quotient is at most one too large, and the remainder is representable.
// Other lanes (huge quotients, zeros, infinities, NaN) ask the C library, whose own loop is 10 times slower.

CK_INLINE CK_V CK_ID(fmod_slow)(CK_V x, CK_V z, CK_V r, CK_MASK slow) {
  for (int i = 0; i < CK_LANES; i++)
    if (slow[i]) r[i] = CK_LIBM(fmod)(x[i], z[i]);
  return r;
}

CK_INLINE CK_V CK_ID(fmod)(CK_V x, CK_V z) {
#if defined(CK_HAS_FMA)
  const CK_V sx = CK_ID(absolute)(x), sz = CK_ID(absolute)(z);
  const CK_V q = CK_ID(round_to_zero)(sx / sz);
  const CK_T limit = sizeof(CK_T) == 4 ? (CK_T)0x1p22 : (CK_T)0x1p51;
  CK_V r = __builtin_elementwise_fma(-q, sz, sx);
  r = r < 0 ? r + sz : r;
  r = CK_ID(with_sign_of)(r, x);
  // Written so that NaN is slow. An infinite quotient or divisor is too.
  const CK_MASK slow = (CK_MASK) ~((q < limit) & (sz < (CK_T)INFINITY));
  if (__builtin_expect(CK_ID(any)(slow), 0)) r = CK_ID(fmod_slow)(x, z, r, slow);
  return r;
#else
  for (int i = 0; i < CK_LANES; i++) x[i] = CK_LIBM(fmod)(x[i], z[i]);
  return x;
#endif
}

// The remainder has the sign of the divisor, as in PyTorch and Python.
CK_INLINE CK_V CK_ID(remainder)(CK_V x, CK_V z) {
  const CK_V r = CK_ID(fmod)(x, z);
  return ((r != 0) & ((z < 0) != (r < 0))) ? r + z : r;
}

// PyTorch's floor division: the quotient less its remainder is nearly an integer, and is then rounded to one.
CK_INLINE CK_V CK_ID(floor_divide)(CK_V x, CK_V z) {
  const CK_V quotient = x / z, r = CK_ID(fmod)(x, z);
  CK_V d = (x - r) / z;
  d = ((r != 0) & ((z < 0) != (r < 0))) ? d - 1 : d;
  const CK_V below = CK_ID(round_down)(d);
  const CK_V rounded = d - below > (CK_T)0.5 ? below + 1 : below;
  const CK_V result = d != 0 ? rounded : CK_ID(with_sign_of)(CK_ID(splat)(0), quotient);
  return z == 0 ? quotient : result;
}

CK_BINARY_VECTOR(FMOD, , CK_ID(fmod)(x, z))
CK_BINARY_VECTOR(REMAINDER, , CK_ID(remainder)(x, z))
CK_BINARY_VECTOR(FLOOR_DIVIDE, , CK_ID(floor_divide)(x, z))
CK_BINARY_VECTOR(TRUNC_DIVIDE, , CK_ID(round_to_zero)(x / z))
