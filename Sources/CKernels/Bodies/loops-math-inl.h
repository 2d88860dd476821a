// Powers: the exponents that need no logarithm, and the others.

static void CK_ID(POWER_of_any_vv)(CK_ARGUMENTS);
static void CK_ID(POWER_of_any_vs)(CK_ARGUMENTS);
static void CK_ID(POWER_of_any_sv)(CK_ARGUMENTS);

static void CK_ID(POWER_vv)(CK_ARGUMENTS) { CK_ID(POWER_of_any_vv)(y_, a_, b_, c_, n); }
static void CK_ID(POWER_sv)(CK_ARGUMENTS) { CK_ID(POWER_of_any_sv)(y_, a_, b_, c_, n); }

CK_UNARY_VECTOR(POWER_of_2, , x * x)
CK_UNARY_VECTOR(POWER_of_3, , x * x * x)
CK_UNARY_VECTOR(POWER_of_minus_1, , 1 / x)
CK_UNARY_VECTOR(POWER_of_half, , CK_ID(root)(x))
CK_UNARY_VECTOR(POWER_of_minus_half, , 1 / CK_ID(root)(x))

// The exponents that formulas are full of need no logarithm: 10 to 50 times faster, and no less accurate. An array of
// exponents gives the same bits (`plain_powers`).
static void CK_ID(POWER_vs)(CK_ARGUMENTS) {
  const CK_T exponent = *(const CK_T *)b_;
  ck_loop loop = CK_ID(POWER_of_any_vs);
  if (exponent == 2) loop = CK_ID(POWER_of_2);
  if (exponent == 3) loop = CK_ID(POWER_of_3);
  if (exponent == -1) loop = CK_ID(POWER_of_minus_1);
  if (exponent == (CK_T)0.5) loop = CK_ID(POWER_of_half);
  if (exponent == (CK_T)-0.5) loop = CK_ID(POWER_of_minus_half);
  loop(y_, a_, b_, c_, n);
}
