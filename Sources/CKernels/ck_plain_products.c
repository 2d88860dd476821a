// Products by the table's plain loops, with word of whether anything left the type's range on the way, and products whose exponents
// are added by themselves.

#include "ck_products.h"

#include <fenv.h>
#include <string.h>

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

// Leaves the significand, in 1..<2 for normal numbers, and gives the field that held the exponent.
static inline uint64_t take_exponent(double *number) {
  uint64_t bits;
  memcpy(&bits, number, 8);
  const uint64_t field = bits >> 52 & 0x7ff;
  bits = (bits & ~(0x7ffull << 52)) | (1023ull << 52);
  memcpy(number, &bits, 8);
  return field;
}

// Multiplies a chain by a factor's significand and adds its exponent; true where it is 0, subnormal or not finite.
static inline bool take_factor(double factor, double *chain, int64_t *fields) {
  const uint64_t field = take_exponent(&factor);
  *chain *= factor;
  *fields += (int64_t)field;
  // 0 and 2047 are the fields whose successor has no bit between.
  return ((field + 1) & 0x7fe) == 0;
}

// Significands in 1..<2 are multiplied in eight chains; after 32 factors a chain has at most 32 bits more in its exponent.
#define CK_SCALED_PRODUCT(NAME, T) \
  static bool NAME(const T *x, int64_t count, double *significand, int64_t *exponent) { \
    double total = 1; \
    int64_t sum = 0; \
    for (int64_t start = 0; start < count; start += 256) { \
      const int64_t n = count - start < 256 ? count - start : 256; \
      double chain[8] = {1, 1, 1, 1, 1, 1, 1, 1}; \
      int64_t fields[8] = {0}; \
      bool special = false; \
      int64_t i = 0; \
      for (; i + 8 <= n; i += 8) \
        for (int k = 0; k < 8; k++) special |= take_factor(x[start + i + k], &chain[k], &fields[k]); \
      for (int k = 0; i < n; i++, k++) special |= take_factor(x[start + i], &chain[k], &fields[k]); \
      if (special) return false; \
      double product = 1; \
      for (int k = 0; k < 8; k++) { \
        product *= chain[k]; \
        sum += fields[k]; \
      } \
      sum -= 1023 * n; \
      total *= product; \
      sum += (int64_t)take_exponent(&total) - 1023; \
    } \
    *significand = total; \
    *exponent = sum; \
    return true; \
  }
CK_SCALED_PRODUCT(scaled_f32, float)
CK_SCALED_PRODUCT(scaled_f64, double)

bool ck_scaled_product(uint8_t type, const void *x, int64_t count, double *significand, int64_t *exponent) {
  return type == CK_FLOAT32 ? scaled_f32(x, count, significand, exponent) : scaled_f64(x, count, significand, exponent);
}
