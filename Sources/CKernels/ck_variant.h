/// What the variants and the dispatcher share.
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

/// The functions that are worth a loop that stores past the caches.
#define CK_TRANSCENDENTAL_1(X) \
  X(EXP) X(EXP2) X(EXPM1) X(LOG) X(LOG1P) X(LOG2) X(LOG10) X(SIN) X(COS) X(TAN) X(ASIN) X(ACOS) X(ATAN) \
  X(SINH) X(COSH) X(TANH) X(ASINH) X(ACOSH) X(ATANH) X(SECH_SQUARE) X(ERF) X(ERFC) X(SIGMOID) X(LOG_SIGMOID) \
  X(LGAMMA) X(DIGAMMA) X(ERFINV) X(ERFCX) X(LOG_NDTR) X(I0) X(I0E) X(I1) X(I1E)

/// x ≥ 2^15 as quarter turns, modulo 2^64, and a rest of at most an eighth, high + low, in radians.
uint64_t ck_turn_large_angle(double x, double *high, double *low);

/// Σ (q + k)^−s over k ≥ 0.
double ck_hurwitz_zeta(double s, double q);

/// I_n(x) of the whole order n.
double ck_bessel_i(double order, double x);

/// 1/π·∫ (1 − cos θ)^n·e^(−|x|·(1 − cos θ)) dθ.
double ck_bessel_decay(double order, double x);

/// e^(x²)·iⁿerfc x.
double ck_error_integral(double order, double x);

/// A variant: its table and its random fills.
typedef struct ck_variant {
  const ck_table *table;
  const ck_random_table *random;
} ck_variant;

extern const ck_variant ck_variant_baseline;
#if CK_HAS_X86_VARIANTS
extern const ck_variant ck_variant_avx2, ck_variant_avx512;
#endif

/// The random fills in use.
const ck_random_table *ck_random_kernels(void);

#endif
