/// One random program with its arrays, and what it is made by. Not for users of the fuzzer.
#ifndef TRIAL_H
#define TRIAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "CKernels.h"

enum { MOST_INSTRUCTIONS = 24, MOST_INPUTS = 6, MOST_OUTPUTS = 3, MOST_SCALARS = 4, MOST_VALUES = 96, GUARD = 64, MARK = 0xA5 };

/// Bytes of an element, by type.
extern const uint8_t pf_sizes[];

typedef struct source {
  const uint8_t *at, *end;
} source;

static inline unsigned take(source *s) { return s->at < s->end ? *s->at++ : 0; }
static inline unsigned below(source *s, unsigned bound) { return (take(s) | take(s) << 8) % bound; }

// A value that later instructions may read.
typedef struct value {
  uint16_t slot;
  uint8_t type, level;
  // One element for all.
  bool single;
} value;

typedef struct array {
  char *memory;
  size_t bytes;
  // Where element 0 lies; strides may be negative.
  size_t origin;
} array;

typedef struct trial {
  ck_program program;
  ck_instruction instructions[MOST_INSTRUCTIONS];
  ck_stream streams[MOST_INPUTS + MOST_OUTPUTS];
  int64_t numbers[MOST_INPUTS][5][3];
  uint32_t offsets[2 * MOST_INSTRUCTIONS];
  uint64_t scalars[MOST_SCALARS];
  array arrays[MOST_INPUTS + MOST_OUTPUTS];
  value values[MOST_VALUES];
  int32_t value_count, inputs, outputs;
  int64_t elements, row_length, width, tile;
  uint64_t random;
  // The accumulation that ends the program: −1 for none.
  int reduction;
  uint8_t reduced_type;
} trial;

uint64_t pf_random_word(trial *t);
array pf_new_array(size_t bytes);
bool pf_is_whole(const array *a);
void pf_add_value(trial *t, int32_t slot, unsigned type, unsigned level, bool single);
/// A value of a type and level, or NULL. Singles serve both levels.
const value *pf_choose(trial *t, source *s, int type, int level, bool may_be_single);
void pf_add_input(trial *t, source *s, int32_t index, int32_t slot, const int64_t shape[3]);
/// An instruction of a kind that fits the values there are; false if none was found.
bool pf_add_instruction(trial *t, source *s, int32_t index);

#endif
