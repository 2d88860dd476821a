// e^(x²)·iⁿerfc x, the repeated integrals of erfc without their decay: erfcx is the first, and the derivative of each is
// −2·(n + 1) times the next. Formulas with erfcx itself (2x·erfcx x − 2/√π) have no digits left for large x.

#include "ck_variant.h"

double ck_error_integral(double order, double x) {
  const double twice_inverse_root = 1.12837916709551257390;
  // Derivatives of derivatives do not come as far, and the time grows with the order.
  enum { MOST_ORDER = 256 };
  if (!(order >= 0 && order <= MOST_ORDER)) return NAN;
  const int n = (int)order;
  if (x < 0.5) {
    // By 2k·w_k = w_(k−2) − 2x·w_(k−1), from w₋₁ = 2/√π and w₀ = erfcx x. The rounding of x² would count x² times in e^(x²).
    const double square = x * x, rest = fma(x, x, -square);
    double before = twice_inverse_root, here = exp(square) * erfc(x);
    if (here < INFINITY) here += here * rest;
    for (int k = 1; k <= n; k++) {
      const double next = (before - 2 * x * here) / (2 * k);
      before = here;
      here = next;
    }
    return here;
  }
  // By the same recurrence downwards, in ratios w_k / w_(k−1), from where they no longer matter (W. Gautschi, Computational
  // aspects of three-term recurrence relations, 1967).
  const int start = n + 20 + (int)fmin(200 / (x * x), 1000);
  double ratio = 0, product = twice_inverse_root;
  for (int k = start; k >= 0; k--) {
    ratio = 0.5 / (x + (k + 1) * ratio);
    if (k <= n) product *= ratio;
  }
  return product;
}
