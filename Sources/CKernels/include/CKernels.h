/// The SIMD loops and the tile interpreter that AdjointKernels drives.
///
/// Every loop is written once and compiled for each instruction set; `ck_kernels()` gives the table for the
/// best one that this processor runs. Nothing here allocates, locks or fails: the caller checks.
#ifndef CK_KERNELS_H
#define CK_KERNELS_H

#include "ck_convolution.h"
#include "ck_matrix_product.h"
#include "ck_operations.h"
#include "ck_positions.h"
#include "ck_products.h"
#include "ck_program.h"
#include "ck_random.h"
#include "ck_runtime.h"
#include "ck_small_matrices.h"
#include "ck_stack.h"
#include "ck_table.h"

#endif
