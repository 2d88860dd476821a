// ζ(s, q) = Σ (q + k)^−s over k ≥ 0, of which the derivatives of log Γ are multiples.
//
// The first terms one by one, the others by Euler and Maclaurin's formula (S. Moshier, Cephes, zeta.c). Below 0 the sum over all
// whole k, a polynomial in the cotangent, less the other side's.

#include <math.h>
#include "ck_variant.h"

enum { MOST_ORDER = 64 };

static double of_positive(double s, double q) {
  // (2j)! / B(2j).
  static const double factors[] = {
    12.0, -720.0, 30240.0, -1209600.0, 47900160.0, -1.8924375803183791606e9, 7.47242496e10, -2.950130727918164224e12,
    1.1646782814350067249e14, -4.5979787224074726105e15, 1.8152105401943546773e17, -7.1661652561756670113e18,
  };
  double sum = pow(q, -s), term = sum, a = q;
  for (int k = 0; k < 9 || a <= 9; k++) {
    a += 1;
    term = pow(a, -s);
    sum += term;
    if (term < 0x1p-54 * sum) return sum;
  }
  sum += term * a / (s - 1) - 0.5 * term;
  double rising = 1, k = 0;
  for (int j = 0; j < 12; j++) {
    rising *= s + k;
    term /= a;
    const double step = rising * term / factors[j];
    sum += step;
    if (fabs(step) < 0x1p-54 * fabs(sum)) return sum;
    rising *= s + k + 1;
    term /= a;
    k += 2;
  }
  return sum;
}

// Σ (q + k)^−s over all whole k, for whole s: the (s − 1)th derivative of π·cot πq, which is a polynomial in the cotangent.
static double over_all(int s, double q) {
  const double pi = 3.14159265358979323846, rest = q - rint(q), c = 1 / tan(pi * rest);
  double polynomial[MOST_ORDER + 2] = {0, 1}, next[MOST_ORDER + 2];
  for (int n = 1; n < s; n++) {
    // d/dq P(c) = −π·(1 + c²)·P′(c), over −n as the factorial asks.
    for (int k = 0; k <= n + 1; k++) {
      const double below = k >= 1 ? (k - 1) * polynomial[k - 1] : 0, above = k + 1 <= n ? (k + 1) * polynomial[k + 1] : 0;
      next[k] = pi * (below + above) / n;
    }
    for (int k = 0; k <= n + 1; k++) polynomial[k] = next[k];
  }
  double value = 0;
  for (int k = s; k >= 0; k--) value = value * c + polynomial[k];
  return pi * value;
}

double ck_hurwitz_zeta(double s, double q) {
  if (isnan(s) || isnan(q)) return NAN;
  if (s <= 1) return s == 1 ? INFINITY : NAN;
  // The integral alone, where the sum has no digit more: its terms are too small for numbers.
  if (q > 0x1p60) return pow(q, 1 - s) / (s - 1);
  if (q > 0) return of_positive(s, q);
  if (q == floor(q)) return INFINITY;
  if (s != floor(s) || s > MOST_ORDER) return NAN;
  // Next to a pole the one term is all.
  const double rest = q - rint(q);
  if (fabs(rest) < 0x1p-60) return pow(rest, -s);
  const int order = (int)s;
  const double other = of_positive(s, 1 - q);
  return over_all(order, q) - (order % 2 == 0 ? other : -other);
}
