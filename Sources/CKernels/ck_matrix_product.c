#include "ck_matrix_product.h"
#include "ck_table.h"

void ck_run_matrix_product(uint8_t type, void *c, int64_t next_row, const void *a, int64_t a_row, int64_t a_step,
                           const void *b, int64_t leading, bool is_transposed, int64_t m, int64_t n, int64_t k,
                           void *scratch) {
  ck_kernels()->matrix_product[type](c, next_row, a, a_row, a_step, b, leading, is_transposed, m, n, k, scratch);
}

size_t ck_product_scratch(uint8_t type, int64_t m, int64_t n, int64_t k) {
  const int64_t size = type == 0 ? 4 : 8;
  if (ck_product_is_in_place(size, m, n, k)) return 0;
  const int64_t depth = k < CK_PRODUCT_DEPTH ? k : CK_PRODUCT_DEPTH;
  const int64_t most = CK_PRODUCT_PANEL * 4 / size;
  const int64_t whole = (n + CK_PRODUCT_COLUMN_UNIT - 1) / CK_PRODUCT_COLUMN_UNIT * CK_PRODUCT_COLUMN_UNIT;
  return (size_t)(CK_PRODUCT_BLOCK * 4 + (whole < most ? whole : most) * size) * (size_t)depth;
}

void ck_run_matrix_vector(uint8_t type, bool transposed, void *y, const void *a, int64_t leading, const void *x,
                          int64_t rows, int64_t columns) {
  const ck_table *table = ck_kernels();
  (transposed ? table->vector_times_matrix : table->matrix_times_vector)[type](y, a, leading, x, rows, columns);
}

double ck_run_dot(uint8_t type, const void *a, const void *b, int64_t n) { return ck_kernels()->dot[type](a, b, n); }
