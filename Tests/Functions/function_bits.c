// Writes the results of every function over one table of inputs, for comparing instruction sets byte by byte:
//
//     function_bits INSTRUCTION_SET > results        (baseline, avx2, avx512; on Arm the baseline is NEON)
//
// Exits with 3 where the processor lacks the instruction set.
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include "CKernels.h"

// The inputs must be the same everywhere.
#pragma STDC FP_CONTRACT OFF

enum { COUNT = 1 << 16 };

static const uint8_t operations[] = {
  CK_EXP,  CK_EXP2,  CK_EXPM1, CK_LOG,   CK_LOG1P, CK_LOG2,  CK_LOG10, CK_SIN,     CK_COS,         CK_TAN,
  CK_ASIN, CK_ACOS,  CK_ATAN,  CK_SINH,  CK_COSH,  CK_TANH,  CK_ASINH, CK_ACOSH,   CK_ATANH,       CK_ERF,
  CK_ERFC, CK_SIGMOID, CK_LOG_SIGMOID, CK_SECH_SQUARE, CK_ATAN2, CK_HYPOT, CK_POWER, CK_XLOGY, CK_LOG_ADD_EXP, CK_EXP_SUBTRACT,
  CK_LGAMMA, CK_DIGAMMA, CK_ERFINV, CK_ERFCX, CK_LOG_NDTR, CK_I0, CK_I0E, CK_I1, CK_I1E,
};
static float x32[COUNT], z32[COUNT], y32[COUNT];
static double x64[COUNT], z64[COUNT], y64[COUNT];

static uint64_t next(uint64_t *state) {
  *state ^= *state << 13, *state ^= *state >> 7, *state ^= *state << 17;
  return *state * 0x2545F4914F6CDD1D;
}

// A third any pattern, a third of ordinary size, a third around 1 and 0; the special values first.
static double number(uint64_t *state, int i, int is_float) {
  static const double specials[] = {0, -0.0, 1, -1, 0.5, -0.5, 2, INFINITY, -INFINITY, NAN, 5e-324, 1e-310, 1e-40, 3.4e38, 1e308};
  const int count = sizeof specials / sizeof *specials;
  const uint64_t bits = next(state);
  const double unit = (double)(bits >> 11) * 0x1p-53;
  double any;
  float any32;
  memcpy(&any, &bits, 8), memcpy(&any32, &bits, 4);
  if (i < count * count) return specials[state[1]++ % 2 ? i % count : i / count];
  switch (i % 3) {
    case 0: return is_float ? any32 : any;
    case 1: return 200 * unit - 100;
    default: return ldexp(unit - 0.5, (int)(bits % 7) * -(i % 5) + 3);
  }
}

static void write_results(const void *results, int count, int is_float) {
  // One NaN is as good as another.
  for (int i = 0; i < count; i++) {
    const double y = is_float ? ((const float *)results)[i] : ((const double *)results)[i];
    const double canonical = y == y ? y : 0x1.badp1000;
    fwrite(&canonical, sizeof canonical, 1, stdout);
  }
}

int main(int argc, char **argv) {
  const ck_table *table = NULL;
  for (int isa = 0; isa < CK_ISA_COUNT; isa++) {
    const ck_table *t = ck_table_of((ck_isa)isa);
    if (t && argc > 1 && strcmp(t->name, argv[1]) == 0) table = t;
  }
  if (!table) return 3;
  uint64_t state[2] = {0x123456789abcdef1, 0};
  for (int i = 0; i < COUNT; i++) {
    x32[i] = (float)number(state, i, 1), z32[i] = (float)number(state, i, 1);
    x64[i] = number(state, i, 0), z64[i] = number(state, i, 0);
  }
  for (unsigned k = 0; k < sizeof operations; k++) {
    table->loops[operations[k]][CK_FLOAT32][CK_VECTOR_VECTOR](y32, x32, z32, NULL, COUNT - 1);
    write_results(y32, COUNT - 1, 1);
    table->loops[operations[k]][CK_FLOAT64][CK_VECTOR_VECTOR](y64, x64, z64, NULL, COUNT - 1);
    write_results(y64, COUNT - 1, 0);
  }
  return 0;
}
