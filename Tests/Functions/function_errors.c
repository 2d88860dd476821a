// The largest errors of the transcendental functions, in units in the last place:
//
//     function_errors INSTRUCTION_SET STRIDE COUNT
//
// Float against the C library's Double functions over every STRIDE-th bit pattern; Double, and functions of two numbers,
// against MPFR's 120 digits over COUNT random arguments. Fails where an error is above 1.
#include <math.h>
#include <mpfr.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "CKernels.h"

enum { BLOCK = 4096, DIGITS = 130 };

static double sigmoid(double x) { return x < 0 ? exp(x) / (1 + exp(x)) : 1 / (1 + exp(-x)); }
static double log_sigmoid(double x) { return (x > 0 ? 0 : x) - log1p(exp(-fabs(x))); }
static int exact_sigmoid(mpfr_t y, const mpfr_t x, mpfr_rnd_t mode) {
  mpfr_neg(y, x, mode), mpfr_exp(y, y, mode), mpfr_add_ui(y, y, 1, mode);
  return mpfr_ui_div(y, 1, y, mode);
}
static int exact_log_sigmoid(mpfr_t y, const mpfr_t x, mpfr_rnd_t mode) {
  if (mpfr_cmp_si(x, -800) < 0) return mpfr_set(y, x, mode);
  mpfr_neg(y, x, mode), mpfr_exp(y, y, mode), mpfr_log1p(y, y, mode);
  return mpfr_neg(y, y, mode);
}
static double sech_square(double x) {
  const double e = exp(-2 * fabs(x));
  return 4 * e / ((1 + e) * (1 + e));
}
static int exact_sech_square(mpfr_t y, const mpfr_t x, mpfr_rnd_t mode) {
  mpfr_sech(y, x, mode);
  return mpfr_sqr(y, y, mode);
}
static int exact_exp2(mpfr_t y, const mpfr_t x, mpfr_rnd_t mode) { return mpfr_exp2(y, x, mode); }

typedef struct unary {
  const char *name;
  int operation;
  double (*in_double)(double);
  int (*exact)(mpfr_t, const mpfr_t, mpfr_rnd_t);
  double low, high;  // where half of the arguments lie
} unary;
static const unary unaries[] = {
  {"exp", CK_EXP, exp, mpfr_exp, -745, 709.7},
  {"exp2", CK_EXP2, exp2, exact_exp2, -1074, 1023},
  {"expm1", CK_EXPM1, expm1, mpfr_expm1, -40, 100},
  {"log", CK_LOG, log, mpfr_log, 0, 4},
  {"log1p", CK_LOG1P, log1p, mpfr_log1p, -1, 4},
  {"log2", CK_LOG2, log2, mpfr_log2, 0, 4},
  {"log10", CK_LOG10, log10, mpfr_log10, 0, 4},
  {"sin", CK_SIN, sin, mpfr_sin, -100, 100},
  {"cos", CK_COS, cos, mpfr_cos, -100, 100},
  {"tan", CK_TAN, tan, mpfr_tan, -10, 10},
  {"asin", CK_ASIN, asin, mpfr_asin, -1, 1},
  {"acos", CK_ACOS, acos, mpfr_acos, -1, 1},
  {"atan", CK_ATAN, atan, mpfr_atan, -4, 4},
  {"sinh", CK_SINH, sinh, mpfr_sinh, -4, 4},
  {"cosh", CK_COSH, cosh, mpfr_cosh, -4, 4},
  {"tanh", CK_TANH, tanh, mpfr_tanh, -4, 4},
  {"asinh", CK_ASINH, asinh, mpfr_asinh, -4, 4},
  {"acosh", CK_ACOSH, acosh, mpfr_acosh, 1, 4},
  {"atanh", CK_ATANH, atanh, mpfr_atanh, -1, 1},
  {"erf", CK_ERF, erf, mpfr_erf, -6, 6},
  {"erfc", CK_ERFC, erfc, mpfr_erfc, -6, 27.3},
  {"sigmoid", CK_SIGMOID, sigmoid, exact_sigmoid, -40, 40},
  {"logSigmoid", CK_LOG_SIGMOID, log_sigmoid, exact_log_sigmoid, -40, 40},
  {"sechSquare", CK_SECH_SQUARE, sech_square, exact_sech_square, -40, 40},
};
typedef struct binary {
  const char *name;
  int operation;
  int (*exact)(mpfr_t, const mpfr_t, const mpfr_t, mpfr_rnd_t);
} binary;
static const binary binaries[] = {
  {"atan2", CK_ATAN2, mpfr_atan2}, {"hypot", CK_HYPOT, mpfr_hypot}, {"power", CK_POWER, mpfr_pow}};

static uint64_t state = 88172645463325252;
static uint64_t next(void) {
  state ^= state << 13, state ^= state >> 7, state ^= state << 17;
  return state * 0x2545F4914F6CDD1D;
}
static double unit(void) { return (double)(next() >> 11) * 0x1p-53; }
static double around_one(int low, int count) {
  return ldexp(1 + unit(), (int)(next() % (unsigned)count) + low) * (next() & 1 ? 1 : -1);
}

// In the range, any pattern, any magnitude, near 1; for pairs also whole and special numbers.
static double argument(double low, double high, int is_float, int is_pair) {
  static const double specials[] = {0, -0.0, 1, -1, 2, -2, 3, -3, 0.5, -0.5, INFINITY, -INFINITY, NAN, 5e-324, -5e-324,
                                    1e-45, 3.4e38, 1e300, 1e-300, 0x1p53, -0x1.fffffffffffffp52, 16777217, 1.5};
  const uint64_t bits = next();
  double any;
  float any32;
  memcpy(&any, &bits, 8), memcpy(&any32, &bits, 4);
  switch (next() % (is_pair ? 6 : 5)) {
    case 0: return is_float ? any32 : any;
    case 1: return around_one(-54, 64);
    case 2: return 1 + (unit() - 0.5) * ldexp(1, -(int)(next() % 50));
    case 5: return specials[next() % (sizeof specials / sizeof *specials)];
    default: return low + (high - low) * unit();
  }
}

// |y − exact| in units of the last place of the type; special values must be right, zeros with their signs. What
// overflows may be the largest number.
static double error_of(double y, mpfr_t exact, int is_float) {
  const double nearest = is_float ? mpfr_get_flt(exact, MPFR_RNDN) : mpfr_get_d(exact, MPFR_RNDN);
  const double most = is_float ? 3.4028234663852886e38 : 1.7976931348623157e308;
  if (isnan(y) || isnan(nearest)) return isnan(y) && isnan(nearest) ? 0 : INFINITY;
  if (isinf(y) || isinf(nearest))
    return y == nearest ? 0 : fabs(y) >= most && fabs(nearest) >= most && signbit(y) == signbit(nearest) ? 1 : INFINITY;
  if (y == 0 && nearest == 0) return signbit(y) == signbit(nearest) ? 0 : INFINITY;
  int exponent;
  frexp(nearest, &exponent);
  const int least = is_float ? -125 : -1021;
  if (nearest == 0 || exponent < least) exponent = least;
  mpfr_sub_d(exact, exact, y, MPFR_RNDN);
  mpfr_mul_2si(exact, exact, (is_float ? 24 : 53) - exponent, MPFR_RNDN);
  return fabs(mpfr_get_d(exact, MPFR_RNDN));
}

// The same for Float with the exact value as a Double: where that is a zero of no size, its sign is not known.
static double float_error(float y, double exact) {
  const float nearest = (float)exact;
  if (isnan(y) || isnan(nearest)) return isnan(y) && isnan(nearest) ? 0 : INFINITY;
  if (isinf(y) || isinf(nearest))
    return y == nearest ? 0 : fabsf(y) >= 3.4028234e38f && fabsf(nearest) >= 3.4028234e38f ? 1 : INFINITY;
  int exponent;
  frexp(nearest, &exponent);
  if (nearest == 0 || exponent < -125) exponent = -125;
  return fabs((double)y - exact) * ldexp(1, 24 - exponent);
}

static int failures;
static void report(const char *name, const char *type, double worst, double x, double z) {
  printf("%-11s %-6s %.4f at %a, %a\n", name, type, worst, x, z);
  fflush(stdout);
  if (!(worst <= 1)) failures++;
}

static void check_floats(const unary *f, const ck_table *table, uint64_t stride) {
  static float x[BLOCK], y[BLOCK];
  double worst = 0, at = 0;
  for (uint64_t bits = 0; bits <= UINT32_MAX;) {
    int n = 0;
    for (; n < BLOCK && bits <= UINT32_MAX; n++, bits += stride) memcpy(&x[n], &(uint32_t){(uint32_t)bits}, 4);
    table->loops[f->operation][CK_FLOAT32][CK_VECTOR_VECTOR](y, x, NULL, NULL, n);
    for (int i = 0; i < n; i++) {
      const double error = float_error(y[i], f->in_double(x[i]));
      if (error > worst) worst = error, at = x[i];
    }
  }
  report(f->name, "Float", worst, at, 0);
}

static void check_doubles(const unary *f, const ck_table *table, long count, mpfr_t mx, mpfr_t my) {
  static double x[BLOCK], y[BLOCK];
  double worst = 0, at = 0;
  for (long done = 0; done < count; done += BLOCK) {
    for (int i = 0; i < BLOCK; i++) x[i] = argument(f->low, f->high, 0, 0);
    table->loops[f->operation][CK_FLOAT64][CK_VECTOR_VECTOR](y, x, NULL, NULL, BLOCK);
    for (int i = 0; i < BLOCK; i++) {
      mpfr_set_d(mx, x[i], MPFR_RNDN);
      f->exact(my, mx, MPFR_RNDN);
      const double error = error_of(y[i], my, 0);
      if (error > worst) worst = error, at = x[i];
    }
  }
  report(f->name, "Double", worst, at, 0);
}

static void check_pairs(const binary *f, const ck_table *table, int is_float, long count, mpfr_t mx, mpfr_t mz, mpfr_t my) {
  static float x32[BLOCK], z32[BLOCK], y32[BLOCK];
  static double x[BLOCK], z[BLOCK], y[BLOCK];
  double worst = 0, at = 0, other = 0;
  for (long done = 0; done < count; done += BLOCK) {
    for (int i = 0; i < BLOCK; i++) {
      x[i] = argument(-9, 9, is_float, 1), z[i] = argument(-150, 150, is_float, 1);
      // Powers over the whole range of results; pairs of nearly the same size.
      const double logarithm = log(fabs(x[i]));
      if (f->operation == CK_POWER && i % 2 && logarithm != 0 && isfinite(logarithm))
        x[i] = fabs(x[i]), z[i] = (2 * unit() - 1) * (is_float ? 100 : 709) / fabs(logarithm);
      if (f->operation != CK_POWER && i % 3 == 0) z[i] = x[i] * around_one(-2, 4);
      x[i] = is_float ? x32[i] = (float)x[i] : x[i], z[i] = is_float ? z32[i] = (float)z[i] : z[i];
    }
    if (is_float) table->loops[f->operation][CK_FLOAT32][CK_VECTOR_VECTOR](y32, x32, z32, NULL, BLOCK);
    else table->loops[f->operation][CK_FLOAT64][CK_VECTOR_VECTOR](y, x, z, NULL, BLOCK);
    for (int i = 0; i < BLOCK; i++) {
      mpfr_set_d(mx, x[i], MPFR_RNDN), mpfr_set_d(mz, z[i], MPFR_RNDN);
      f->exact(my, mx, mz, MPFR_RNDN);
      const double error = error_of(is_float ? y32[i] : y[i], my, is_float);
      if (error > worst) worst = error, at = x[i], other = z[i];
    }
  }
  report(f->name, is_float ? "Float" : "Double", worst, at, other);
}

int main(int argc, char **argv) {
  const ck_table *table = NULL;
  for (int isa = 0; isa < CK_ISA_COUNT; isa++) {
    const ck_table *t = ck_table_of((ck_isa)isa);
    if (t && argc > 3 && strcmp(t->name, argv[1]) == 0) table = t;
  }
  if (!table) return fprintf(stderr, "function_errors INSTRUCTION_SET STRIDE COUNT, of a set that this processor has\n"), 2;
  const uint64_t stride = strtoull(argv[2], NULL, 10);
  const long count = atol(argv[3]);
  mpfr_t mx, mz, my;
  mpfr_init2(mx, 53), mpfr_init2(mz, 53), mpfr_init2(my, DIGITS);
  for (unsigned k = 0; k < sizeof unaries / sizeof *unaries; k++) {
    if (stride) check_floats(&unaries[k], table, stride);
    if (count) check_doubles(&unaries[k], table, count, mx, my);
  }
  for (unsigned k = 0; count && k < sizeof binaries / sizeof *binaries; k++)
    for (int is_float = 0; is_float < 2; is_float++) check_pairs(&binaries[k], table, is_float, count, mx, mz, my);
  return failures > 0;
}
