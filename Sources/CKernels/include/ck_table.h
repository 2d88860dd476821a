/// The table of loops of one instruction set.
#ifndef CK_TABLE_H
#define CK_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include "ck_convolution.h"
#include "ck_matrix_product.h"
#include "ck_operations.h"
#include "ck_program.h"

/// y[i] = f(a[i], b[i], c[i]) for i in 0..<n. `y` may be the very same array as an operand of the same
/// element size; otherwise nothing overlaps. No alignment is assumed and nothing past the n elements is touched.
typedef void (*ck_loop)(void *y, const void *a, const void *b, const void *c, int64_t n);

/// y[r] = reduce over j of a[r·length + j], for r in 0..<rows. Floating sums keep several vectors of partial
/// sums that are added as a tree.
typedef void (*ck_row_reduction)(void *y, const void *a, int64_t rows, int64_t length);

/// y[j] = y[j] ∘ a[r·length + j] over r in 0..<rows in order. y has the type of the accumulators of columns, which is Double
/// for sums of Float (`ck_column_accumulator`).
typedef void (*ck_column_reduction)(void *y, const void *a, int64_t rows, int64_t length);

/// Copies bytes past the caches: the destination's lines are not read first, and do not push others out. The caller
/// orders the stores (`ck_fence`) before it tells another thread of them.
typedef void (*ck_store_past_caches)(void *y, const void *a, int64_t bytes);

/// y = a·x or y = x·a for a row-major a of rows × columns with `leading` elements from row to row; y overlaps nothing.
typedef void (*ck_matrix_vector)(void *y, const void *a, int64_t leading, const void *x, int64_t rows,
                                 int64_t columns);

/// A product of matrices, as `ck_run_matrix_product` describes it.
typedef void (*ck_matrix_product)(void *c, int64_t next_row, const void *a, int64_t a_row, int64_t a_step, const void *b,
                                  int64_t leading, bool is_transposed, int64_t m, int64_t n, int64_t k, void *scratch);

/// The parts of convolutions, as `ck_convolution.h` describes them.
typedef void (*ck_weight_layout)(void *to, const void *w, int64_t row, int64_t channel, const int64_t *place,
                                 const ck_pass *pass, int64_t first, int64_t depth);
typedef void (*ck_pass_kernel)(void *target, const void *source, const void *weight, const ck_pass *pass,
                               const ck_grid_tile *tile, int64_t first_row, int64_t row_count, void *scratch,
                               void *sums);
typedef void (*ck_weight_pass_kernel)(void *sums, int64_t width, const void *source, const void *g, const ck_pass *pass,
                                      const ck_grid_tile *tile, int64_t first, int64_t count, void *scratch,
                                      void *transposed);
typedef void (*ck_weight_finish)(void *to, const void *sums, int64_t width, int64_t steps, int64_t parts,
                                 int64_t part_size, int64_t first_row, int64_t row_count);

/// Σ a[i]·b[i] for one block of a product.
typedef double (*ck_dot)(const void *a, const void *b, int64_t n);

/// sine[i] = sin a[i] and cosine[i] = cos a[i], the numbers that the two loops give; one of the results may be `a`.
typedef void (*ck_sin_cos)(void *sine, void *cosine, const void *a, int64_t n);

typedef enum ck_isa : uint8_t { CK_BASELINE, CK_AVX2, CK_AVX512, CK_ISA_COUNT } ck_isa;

typedef struct ck_table {
  ck_isa isa;
  const char *name;
  /// [operation][type of the first data operand][mode]; unary operations and conversions use VECTOR_VECTOR.
  /// NULL where the operation has no meaning for the type.
  ck_loop loops[CK_OPERATION_COUNT][CK_TYPE_COUNT][CK_MODE_COUNT];
  ck_row_reduction rows[CK_REDUCTION_COUNT][CK_TYPE_COUNT];
  ck_column_reduction columns[CK_REDUCTION_COUNT][CK_TYPE_COUNT];
  ck_store_past_caches store_past_caches;
  /// [float or double]
  ck_matrix_vector matrix_times_vector[2], vector_times_matrix[2];
  /// [float or double]
  ck_matrix_product matrix_product[2];
  int64_t pass_block_rows;
  /// [float or double]
  ck_weight_layout lay_out_weight[2];
  ck_pass_kernel pass[2];
  ck_weight_pass_kernel weight_pass[2];
  ck_weight_finish finish_weight[2];
  /// [float or double]
  ck_dot dot[2];
  /// [float or double]
  ck_sin_cos sin_cos[2];
  /// Loops that store past the caches themselves, for results that begin at a multiple of 64 bytes;
  /// [operation][float or double], NULL for most.
  ck_loop loops_past_caches[CK_OPERATION_COUNT][2];
} ck_table;

/// The table in use: the best that the processor and the operating system support, picked at first use.
const ck_table *ck_kernels(void);

/// The table of one instruction set, or NULL if this processor cannot run it. For tests and benchmarks.
const ck_table *ck_table_of(ck_isa isa);

/// Whether this processor can run an instruction set.
bool ck_isa_supported(ck_isa isa);

/// For tests and benchmarks: use this instruction set from now on. False, and no change, if it is not supported.
bool ck_use_isa(ck_isa isa);

#endif
