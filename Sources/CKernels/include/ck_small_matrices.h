/// Factorisations of stacks of small square matrices, n ≤ CK_SMALL_MATRIX, row-major and contiguous.
///
/// At these sizes LAPACK spends its time on arguments, checks and dispatch.
#ifndef CK_SMALL_MATRICES_H
#define CK_SMALL_MATRICES_H

#include <stdbool.h>
#include <stdint.h>

#define CK_SMALL_MATRIX 16

/// P·A = L·U with partial pivoting, from `source` to `a`; pivots[k] is the row exchanged with row k. info is 0, k + 1
/// where U[k][k] is the first exact zero, or −1 where the matrix holds NaN or an infinity. Solves A·X = B in place of B
/// (count × n × k) while the factors are at hand; k may be 0. `a` and `pivots` may be NULL where nobody wants them.
///
/// As many matrices as a vector has lanes go at once, one to a lane: exchanging rows is a selection, and nothing waits.
void ck_small_lu_f32(
    const float *source, float *a, int32_t *pivots, int32_t *info, float *b, int64_t n, int64_t k, int64_t count);
void ck_small_lu_f64(
    const double *source, double *a, int32_t *pivots, int32_t *info, double *b, int64_t n, int64_t k, int64_t count);

/// Solves A·X = B (or Aᵀ·X = B) in place of B (count × n × k, row-major) with the factors of ck_small_lu.
void ck_small_lu_solve_f32(
    const float *lu, const int32_t *pivots, float *b, int64_t n, int64_t k, int64_t count, int transposed);
void ck_small_lu_solve_f64(
    const double *lu, const int32_t *pivots, double *b, int64_t n, int64_t k, int64_t count, int transposed);

/// A = L·Lᵀ from A's lower triangle, in place, zeros above. info is 0, or k + 1 where the leading minor of order
/// k + 1 is not positive.
void ck_small_cholesky_f32(float *a, int32_t *info, int64_t n, int64_t count);
void ck_small_cholesky_f64(double *a, int32_t *info, int64_t n, int64_t count);

/// The transpose of a rows × columns matrix of elements of 32 or 64 bits, whose rows are `stride` elements apart.
void ck_transpose_32(const void *source, int64_t stride, void *target, int64_t rows, int64_t columns);
void ck_transpose_64(const void *source, int64_t stride, void *target, int64_t rows, int64_t columns);

/// Copies elements of 32 or 64 bits, and tells whether all were finite numbers.
bool ck_copy_checked_32(void *target, const void *source, int64_t count);
bool ck_copy_checked_64(void *target, const void *source, int64_t count);

#endif
