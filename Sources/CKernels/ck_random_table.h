/// The random fills of one instruction set.
#ifndef CK_RANDOM_TABLE_H
#define CK_RANDOM_TABLE_H

#include "ck_random.h"

typedef struct ck_random_table {
  void (*bits)(uint32_t *y, const uint32_t *key, uint64_t counter_offset, int64_t n);
  void (*uniform_f32)(float *y, const uint32_t *key, uint64_t counter_offset, int64_t n);
  void (*uniform_f64)(double *y, const uint32_t *key, uint64_t counter_offset, int64_t n);
  void (*normal_f32)(float *y, const uint32_t *key, uint64_t counter_offset, int64_t n);
  void (*normal_f64)(double *y, const uint32_t *key, uint64_t counter_offset, int64_t n);
} ck_random_table;

const ck_random_table *ck_random_kernels(void);

#endif
