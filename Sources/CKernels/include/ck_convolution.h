/// Convolutions of Float or Double (`type` 0 or 1), tile by tile, each tile on the calling thread.
///
/// A pass computes target[r][i] = Σ over channels s and taps t of weight[r][s][t]·source[s][i·step + base[t]], zeros outside
/// the source, for the points i of a grid. A convolution is one pass, its derivative by the input one for each remainder of
/// the stride. Every element is made of sums over CK_PRODUCT_DEPTH steps of (s, t) as in a product of matrices, whatever
/// tile computes it; an element of the weight's derivative of one sum for each tile of the grid, which the caller cuts by
/// the shape alone.
#ifndef CK_CONVOLUTION_H
#define CK_CONVOLUTION_H

#include <stdint.h>
#include "ck_matrix_product.h"

/// One axis of a pass.
typedef struct ck_pass_axis {
  /// Extents of the source and of the target.
  int64_t source, target;
  /// Grid point i is element first + i·next of the target.
  int64_t first, next;
  /// From one grid point to the next in the source.
  int64_t step;
  /// Grid points of a tile, and with what taps further on read.
  int64_t tile, extent;
  /// Copies of the source that are laid out: one for each remainder of the step, or for each tap. Element q of plane a, in
  /// the tile that starts at grid point i, is element (i + q)·step + planes[a] of the source.
  int64_t plane_count;
  const int64_t *planes;
} ck_pass_axis;

typedef struct ck_pass {
  /// Rows and columns.
  ck_pass_axis axis[2];
  /// Taps of both axes, where the elements that they read lie from that of the grid point, in a channel of a tile.
  int64_t taps;
  const int64_t *tap_offsets;
  /// Elements of a channel of a tile.
  int64_t channel_size;
  /// Channels of the source and rows of the target within a group.
  int64_t channels, rows;
  /// Images of a tile, one behind the other in every plane, and from one image to the next in source and target.
  int64_t images, source_image, target_image;
} ck_pass;

/// A tile: grid points first ..< first + count of both axes, of so many images. Several images are whole ones.
typedef struct ck_grid_tile {
  int64_t first[2], count[2], images;
} ck_grid_tile;

/// Elements beyond a tile that whole registers read or write.
enum { CK_TILE_SLACK = 32 };

/// Up to so many rows the weight's derivative is made of sums along lines, 64 bytes side by side. A number for all
/// instruction sets: these sums have other bits.
enum { CK_PASS_FEW_ROWS = 4 };

/// Rows of a block of the target, at most, in the instruction set in use.
int64_t ck_pass_block_rows(void);

/// Lays out rows of the weight for `ck_run_pass`, for steps first ..< first + depth: element (r, s, t) of the weight is at
/// w[r·row + s·channel + place[t]].
void ck_lay_out_weight(uint8_t type, void *to, const void *w, int64_t row, int64_t channel, const int64_t *place,
                       const ck_pass *pass, int64_t first, int64_t depth);

/// Rows first_row ..< first_row + row_count of the target on one tile; whole blocks of rows, but for the last. `weight` is
/// what was laid out, `source` and `target` are planes of the first image's first channel and row of the group. `scratch` has room for
/// the channels of CK_PRODUCT_DEPTH steps and for rows × tile, with slack for both.
void ck_run_pass(uint8_t type, void *target, const void *source, const void *weight, const ck_pass *pass,
                 const ck_grid_tile *tile, int64_t first_row, int64_t row_count, void *scratch, void *sums);

/// Adds Σ over the tile of g[r][i]·source[s][i·step + base[t]] to sums[(s, t) − first][r], for steps first ..< first + count;
/// a row of sums has `width` elements, a multiple of 32. `g` is the first row's plane.
void ck_run_weight_pass(uint8_t type, void *sums, int64_t width, const void *source, const void *g, const ck_pass *pass,
                        const ck_grid_tile *tile, int64_t first, int64_t count, void *scratch, void *transposed);

/// to[r][p] = Σ over parts of sums[part][p][r], for rows first_row ..< first_row + row_count.
void ck_finish_weight(uint8_t type, void *to, const void *sums, int64_t width, int64_t steps, int64_t parts,
                      int64_t part_size, int64_t first_row, int64_t row_count);

#endif
