// Products by the table's plain loops, with word of whether anything left the type's range on the way.

#include "ck_products.h"

#include <fenv.h>

#include "ck_program.h"
#include "ck_table.h"

bool ck_plain_products(uint8_t type, const void *x, int64_t rows, int64_t count, int64_t inner, void *y) {
  // The processor's own flags tell it, at no cost per element. (Looking at results does not: what underflows halfway and grows
  // again is a number like any other, with few of its digits.) The loops are called through pointers, so that nothing is moved
  // across the flags, which are the caller's again afterwards.
  const int watched = FE_OVERFLOW | FE_UNDERFLOW | FE_INVALID;
  fexcept_t before;
  fegetexceptflag(&before, watched);
  feclearexcept(watched);
  if (inner == 1) {
    ck_kernels()->rows[CK_REDUCE_PRODUCT][type](y, x, rows, count);
  } else {
    const int64_t size = type == CK_FLOAT32 ? 4 : 8;
    for (int64_t r = 0; r < rows; r++) {
      char *line = (char *)y + r * inner * size;
      ck_fill_identity(CK_REDUCE_PRODUCT, type, line, inner);
      ck_kernels()->columns[CK_REDUCE_PRODUCT][type](line, (const char *)x + r * count * inner * size, count, inner);
    }
  }
  const bool stayed = !fetestexcept(watched);
  fesetexceptflag(&before, watched);
  return stayed;
}
