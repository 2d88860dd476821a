/// Products of matrices and vectors of Float or Double (`type` 0 or 1), each on the calling thread.
///
/// Every instruction set with fused multiply-add gives the same bits, and an element's bits depend on its row, its column
/// and the inner extent alone: a caller may cut rows and columns among threads as it likes.
#ifndef CK_MATRIX_PRODUCT_H
#define CK_MATRIX_PRODUCT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Steps of the inner extent that are one chain of multiply-adds: the chains' results are added in order.
enum { CK_PRODUCT_DEPTH = 256 };

/// Up to so many rows, columns, or bytes of a chain's part of it the left matrix is read where it lies: laying it out
/// takes longer than it saves. Such a product needs no memory beside the stack.
enum { CK_PRODUCT_FEW_ROWS = 16, CK_PRODUCT_FEW_COLUMNS = 64, CK_PRODUCT_FEW_BYTES = 131072 };
static inline bool ck_product_is_in_place(int64_t size, int64_t m, int64_t n, int64_t k) {
  return m <= CK_PRODUCT_FEW_ROWS || n <= CK_PRODUCT_FEW_COLUMNS ||
         m * (k < CK_PRODUCT_DEPTH ? k : CK_PRODUCT_DEPTH) * size <= CK_PRODUCT_FEW_BYTES;
}

/// Rows of the left matrix that are laid out at a time, and columns of the right one, in units of 4 bytes an element.
enum { CK_PRODUCT_BLOCK = 192, CK_PRODUCT_PANEL = 1024 };

/// Cuts at multiples of these leave no block of the kernels half empty, on any instruction set.
enum { CK_PRODUCT_ROW_UNIT = 12, CK_PRODUCT_COLUMN_UNIT = 32 };

/// Elements of one block of a dot product: its sum is made of the sums of whole blocks.
enum { CK_DOT_BLOCK = 16384 };

/// c = a·b for an m × k and a k × n matrix. Element (i, p) of a is at a[i·a_row + p·a_step]; element (p, j) of b at
/// b[p·leading + j], or at b[j·leading + p] when `is_transposed`; rows of c are `next_row` apart. `scratch` has
/// `ck_product_scratch` bytes.
void ck_run_matrix_product(uint8_t type, void *c, int64_t next_row, const void *a, int64_t a_row, int64_t a_step,
                           const void *b, int64_t leading, bool is_transposed, int64_t m, int64_t n, int64_t k,
                           void *scratch);

/// The memory that a product needs beside its operands, in bytes; 0 for small ones.
size_t ck_product_scratch(uint8_t type, int64_t m, int64_t n, int64_t k);

/// y = a·x for a row-major a of rows × columns, or y = x·a when `transposed`.
void ck_run_matrix_vector(uint8_t type, bool transposed, void *y, const void *a, int64_t leading, const void *x,
                          int64_t rows, int64_t columns);

/// Σ a[i]·b[i] over at most CK_DOT_BLOCK elements.
double ck_run_dot(uint8_t type, const void *a, const void *b, int64_t n);

#endif
