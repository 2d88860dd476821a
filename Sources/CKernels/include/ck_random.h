/// Random numbers from the counter-based generator Philox4×32-10 (Salmon, Moraes, Dror, Shaw: "Parallel random
/// numbers: as easy as 1, 2, 3", 2011).
///
/// The generator turns a 128-bit counter and a 64-bit key into a block of four 32-bit numbers. Here the low half
/// of the counter is the number of the block and the high half is 0. Element i of a fill depends on the key and on
/// `counter_offset` + i / (elements per block) only, so a fill may be cut anywhere at a multiple of 4 elements and
/// its parts made in any order. Every instruction set gives the same bits.
#ifndef CK_RANDOM_H
#define CK_RANDOM_H

#include "ck_table.h"

/// One block, for any counter.
void ck_philox_block(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4]);

/// Random 32-bit numbers, four a block.
void ck_philox_bits(uint32_t *y, const uint32_t key[2], uint64_t counter_offset, int64_t n);

/// Multiples of 2⁻²⁴ in [0, 1), four a block.
void ck_philox_uniform_f32(float *y, const uint32_t key[2], uint64_t counter_offset, int64_t n);

/// Multiples of 2⁻⁵³ in [0, 1), two a block.
void ck_philox_uniform_f64(double *y, const uint32_t key[2], uint64_t counter_offset, int64_t n);

/// Standard normal numbers (Box–Muller), four a block; none is beyond 6.8.
void ck_philox_normal_f32(float *y, const uint32_t key[2], uint64_t counter_offset, int64_t n);

/// Standard normal numbers (Box–Muller), two a block; none is beyond 9.5.
void ck_philox_normal_f64(double *y, const uint32_t key[2], uint64_t counter_offset, int64_t n);

/// Integers in [low, high), two a block: the high word of a 64-bit random number times the width of the range.
/// No value's probability is off by more than 2⁻⁶⁴. `low` < `high`.
void ck_philox_integers_i64(int64_t *y, const uint32_t key[2], uint64_t counter_offset, int64_t n, int64_t low,
                            int64_t high);

/// The fills of one instruction set.
typedef struct ck_random_table {
  void (*bits)(uint32_t *y, const uint32_t *key, uint64_t counter_offset, int64_t n);
  void (*uniform_f32)(float *y, const uint32_t *key, uint64_t counter_offset, int64_t n);
  void (*uniform_f64)(double *y, const uint32_t *key, uint64_t counter_offset, int64_t n);
  void (*normal_f32)(float *y, const uint32_t *key, uint64_t counter_offset, int64_t n);
  void (*normal_f64)(double *y, const uint32_t *key, uint64_t counter_offset, int64_t n);
} ck_random_table;

/// The fills of one instruction set, or NULL if this processor cannot run it. For tests and benchmarks.
const ck_random_table *ck_random_table_of(ck_isa isa);

#endif
