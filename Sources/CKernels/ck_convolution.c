#include "ck_convolution.h"
#include "ck_table.h"

int64_t ck_pass_block_rows(void) { return ck_kernels()->pass_block_rows; }

void ck_lay_out_weight(uint8_t type, void *to, const void *w, int64_t row, int64_t channel, const int64_t *place,
                       const ck_pass *pass, int64_t first, int64_t depth) {
  ck_kernels()->lay_out_weight[type](to, w, row, channel, place, pass, first, depth);
}

void ck_run_pass(uint8_t type, void *target, const void *source, const void *weight, const ck_pass *pass,
                 const ck_grid_tile *tile, int64_t first_row, int64_t row_count, void *scratch, void *sums) {
  ck_kernels()->pass[type](target, source, weight, pass, tile, first_row, row_count, scratch, sums);
}

void ck_run_weight_pass(uint8_t type, void *sums, int64_t width, const void *source, const void *g, const ck_pass *pass,
                        const ck_grid_tile *tile, int64_t first, int64_t count, void *scratch, void *transposed) {
  ck_kernels()->weight_pass[type](sums, width, source, g, pass, tile, first, count, scratch, transposed);
}

void ck_finish_weight(uint8_t type, void *to, const void *sums, int64_t width, int64_t steps, int64_t parts,
                      int64_t part_size, int64_t first_row, int64_t row_count) {
  ck_kernels()->finish_weight[type](to, sums, width, steps, parts, part_size, first_row, row_count);
}
