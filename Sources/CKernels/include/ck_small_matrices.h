/// Factorisations of stacks of small square matrices, n ≤ CK_SMALL_MATRIX, row-major and contiguous.
///
/// At these sizes LAPACK spends its time on arguments, checks and dispatch. The matrix is copied to rows of fixed
/// length, so that every inner loop has a constant number of steps and becomes vector code.
#ifndef CK_SMALL_MATRICES_H
#define CK_SMALL_MATRICES_H

#include <stdint.h>

#define CK_SMALL_MATRIX 16

/// P·A = L·U with partial pivoting, from `source` to `a`; pivots[k] is the row exchanged with row k. info is 0, k + 1
/// where U[k][k] is the first exact zero, or −1 where the matrix holds NaN or an infinity.
void ck_small_lu_f32(const float *source, float *a, int32_t *pivots, int32_t *info, int64_t n, int64_t count);
void ck_small_lu_f64(const double *source, double *a, int32_t *pivots, int32_t *info, int64_t n, int64_t count);

/// Solves A·X = B (or Aᵀ·X = B) in place of B (count × n × k, row-major) with the factors of ck_small_lu.
void ck_small_lu_solve_f32(
    const float *lu, const int32_t *pivots, float *b, int64_t n, int64_t k, int64_t count, int transposed);
void ck_small_lu_solve_f64(
    const double *lu, const int32_t *pivots, double *b, int64_t n, int64_t k, int64_t count, int transposed);

/// A = L·Lᵀ from A's lower triangle, in place, zeros above. info is 0, or k + 1 where the leading minor of order
/// k + 1 is not positive.
void ck_small_cholesky_f32(float *a, int32_t *info, int64_t n, int64_t count);
void ck_small_cholesky_f64(double *a, int32_t *info, int64_t n, int64_t count);

#endif
