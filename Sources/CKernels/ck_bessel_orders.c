// The modified Bessel functions of every whole order, and the slopes of e^(−x)·I₀(x): two families that are closed under
// differentiation, in which nothing cancels.

#include "ck_variant.h"

// Derivatives of derivatives do not come as far, and the time grows with the order.
enum { MOST_ORDER = 256 };

// I_n by its series, whose terms are all positive: n ≥ 0, 0 ≤ a < 8.
static double of_small(int n, double a) {
  const double half = 0.5 * a, square = half * half;
  double term = 1;
  for (int k = 1; k <= n; k++) term *= half / k;
  double sum = term;
  for (int k = 1; k < 64; k++) {
    term *= square / ((double)k * (n + k));
    sum += term;
    if (term < 0x1p-56 * sum) break;
  }
  return sum;
}

// By the recurrence I_(k−1) = I_(k+1) + 2k/a·I_k downwards from where the function is nothing, and I₀ + 2·ΣI_k = e^a (J. Miller,
// Bessel Functions, Part II, 1952): a sum of positive numbers again.
static double of_large(int n, double a) {
  const int start = n + 20 + (int)(10 * sqrt(a));
  double above = 0, here = 1, sum = 0, wanted = 0;
  for (int k = start; k > 0; k--) {
    if (k == n) wanted = here;
    sum += 2 * here;
    const double below = above + 2 * k / a * here;
    above = here;
    here = below;
    if (here > 0x1p900) {
      above *= 0x1p-900;
      here *= 0x1p-900;
      sum *= 0x1p-900;
      wanted *= 0x1p-900;
    }
  }
  if (n == 0) wanted = here;
  // In two factors: e^a overflows a little before the result does.
  const double root = exp(0.5 * a);
  return wanted / (sum + here) * root * root;
}

double ck_bessel_i(double order, double x) {
  if (!(fabs(order) <= MOST_ORDER) || !(fabs(x) < INFINITY)) return NAN;
  const int n = abs((int)order);
  const double a = fabs(x);
  const double y = a < 8 ? of_small(n, a) : a > 800 + n ? INFINITY : of_large(n, a);
  return n % 2 == 1 && x < 0 ? -y : y;
}

// The kth derivative of e^(−x)·I₀(x) for x > 0, but for its sign: 1/π·∫ (1 − cos θ)^k·e^(−x·(1 − cos θ)) dθ from 0 to π, and the
// same for −x. By the midpoint rule, which is exact to all digits for a periodic function as smooth as this (L. Trefethen and
// J. Weideman, The exponentially convergent trapezoidal rule, 2014); from 30 on by the integral's asymptotic series.
double ck_bessel_decay(double order, double x) {
  const double pi = 3.14159265358979323846, a = fabs(x);
  if (!(order >= 0 && order <= MOST_ORDER) || isnan(x)) return NAN;
  if (a < 30) {
    enum { POINTS = 48 };
    double sum = 0;
    for (int j = 0; j < POINTS; j++) {
      const double sine = sin((j + 0.5) * (pi / (2 * POINTS))), fall = 2 * sine * sine;
      double power = 1;
      for (int k = 0; k < (int)order; k++) power *= fall;
      sum += power * exp(-a * fall);
    }
    return sum / POINTS;
  }
  double term = tgamma(order + 0.5) / (pi * sqrt(2)) * pow(a, -order - 0.5), sum = term;
  for (int j = 0; j < 60; j++) {
    term *= (j + 0.5) * (order + j + 0.5) / (2 * (j + 1) * a);
    sum += term;
    if (term < 0x1p-56 * sum) break;
  }
  return sum;
}
