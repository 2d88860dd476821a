/// The positions of the first largest or smallest elements.
#ifndef CK_POSITIONS_H
#define CK_POSITIONS_H

#include <stdbool.h>
#include <stdint.h>

/// For x of (outer, count, inner) elements of a ck_type, count ≥ 1: the position along the middle axis of the first
/// largest (or smallest) element, outer × inner of them. The first NaN, where there is one, is both.
void ck_extreme_positions(
    uint8_t type, const void *x, int64_t outer, int64_t count, int64_t inner, bool largest, int64_t *positions);

#endif
