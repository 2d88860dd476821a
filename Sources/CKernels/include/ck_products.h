/// Products that say whether they can be trusted.
#ifndef CK_PRODUCTS_H
#define CK_PRODUCTS_H

#include <stdbool.h>
#include <stdint.h>

/// The products along the middle axis of a Float or Double array (rows, count, inner), or false where a partial product was not
/// a normal number: it overflowed, underflowed, or was an infinity times 0.
bool ck_plain_products(uint8_t type, const void *x, int64_t rows, int64_t count, int64_t inner, void *y);

/// The product of `count` elements as significand · 2^exponent; false, and nothing, where one is 0, subnormal or not finite.
bool ck_scaled_product(uint8_t type, const void *x, int64_t count, double *significand, int64_t *exponent);

#endif
