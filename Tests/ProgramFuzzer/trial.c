#include "trial.h"

#include <stdlib.h>
#include <string.h>

const uint8_t pf_sizes[] = {4, 8, 8, 4, 1};

uint64_t pf_random_word(trial *t) {
  uint64_t z = (t->random += 0x9E3779B97F4A7C15u);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

array pf_new_array(size_t bytes) {
  array a = {.bytes = bytes};
  void *memory = NULL;
  // Without a sanitizer the marks behind the array show what was written there.
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define EXACT 1
#endif
#endif
#ifdef EXACT
  if (posix_memalign(&memory, 64, bytes ? bytes : 1)) abort();
#else
  if (posix_memalign(&memory, 64, bytes + GUARD)) abort();
  memset((char *)memory + bytes, MARK, GUARD);
#endif
  a.memory = memory;
  return a;
}

bool pf_is_whole(const array *a) {
#ifndef EXACT
  for (int k = 0; k < GUARD; k++)
    if ((uint8_t)a->memory[a->bytes + (size_t)k] != MARK) return false;
#endif
  (void)a;
  return true;
}

static void fill_array(trial *t, array *a, uint8_t type) {
  for (size_t k = 0; k < a->bytes; k += pf_sizes[type]) {
    uint64_t word = pf_random_word(t);
    if (type == CK_BOOL) word &= 1;
    if (type == CK_FLOAT32 && (word & 7)) { float v = (float)(int32_t)(word >> 40) / 1024 - 4096; memcpy(&word, &v, 4); }
    if (type == CK_FLOAT64 && (word & 7)) { double v = (double)(int32_t)(word >> 40) / 1024 - 4096; memcpy(&word, &v, 8); }
    memcpy(a->memory + k, &word, pf_sizes[type]);
  }
}

void pf_add_value(trial *t, int32_t slot, unsigned type, unsigned level, bool single) {
  if (t->value_count == MOST_VALUES) return;
  t->values[t->value_count++] =
      (value){.slot = (uint16_t)slot, .type = (uint8_t)type, .level = (uint8_t)level, .single = single};
}

// A value of a type and level, or NULL. Singles serve both levels.
const value *pf_choose(trial *t, source *s, int type, int level, bool may_be_single) {
  unsigned start = below(s, (unsigned)t->value_count);
  for (int32_t k = 0; k < t->value_count; k++) {
    const value *v = &t->values[(start + (unsigned)k) % (unsigned)t->value_count];
    if (type >= 0 && v->type != type) continue;
    if (v->single ? may_be_single : v->level == level) return v;
  }
  return NULL;
}

void pf_add_input(trial *t, source *s, int32_t index, int32_t slot, const int64_t shape[3]) {
  ck_stream *stream = &t->streams[index];
  const unsigned type = below(s, CK_TYPE_COUNT), size = pf_sizes[type];
  int64_t(*numbers)[3] = t->numbers[index];
  *stream = (ck_stream){.slot = (uint16_t)slot, .element_size = (uint8_t)size, .rank = 3, .level = CK_FULL};
  size_t bytes = (size_t)t->elements * size, origin = 0;
  unsigned kind = below(s, 5);
  if (kind == 4 && t->row_length) {
    stream->level = CK_ROW;
    stream->access = CK_CONTIGUOUS;
    bytes = (size_t)(t->elements / t->row_length) * size;
  } else if (kind == 1) {
    stream->access = CK_UNIFORM;
    bytes = size;
  } else if (kind == 2 || kind == 4) {
    stream->access = CK_GATHERED;
    int64_t step = size, least = 0, most = 0;
    unsigned order = below(s, 6), flags = take(s);
    static const uint8_t orders[6][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    for (int k = 2; k >= 0; k--) {
      const int d = orders[order][k];
      numbers[0][d] = shape[d];
      const bool repeats = flags >> d & 1, backwards = flags >> (d + 3) & 1;
      numbers[1][d] = repeats ? 0 : backwards ? -step : step;
      if (!repeats) {
        if (backwards) least -= step * (shape[d] - 1); else most += step * (shape[d] - 1);
        step *= shape[d] + (flags >> 6);
      }
    }
    stream->shape = numbers[0];
    stream->strides = numbers[1];
    bytes = (size_t)(most - least) + size;
    origin = (size_t)-least;
  } else if (kind == 3) {
    stream->access = CK_PLACED;
    int64_t step = size;
    for (int d = 2; d >= 0; d--) {
      numbers[0][d] = shape[d];
      numbers[2][d] = below(s, (unsigned)shape[d]);
      numbers[3][d] = 1 + below(s, 3);
      const int64_t most = (shape[d] - 1 - numbers[2][d]) / numbers[3][d] + 1;
      numbers[4][d] = 1 + below(s, (unsigned)most);
      numbers[1][d] = step;
      step *= numbers[4][d];
    }
    stream->shape = numbers[0];
    stream->strides = numbers[1];
    stream->starts = numbers[2];
    stream->steps = numbers[3];
    stream->extents = numbers[4];
    bytes = (size_t)step;
  } else {
    stream->access = CK_CONTIGUOUS;
  }
  t->arrays[index] = pf_new_array(bytes);
  t->arrays[index].origin = origin;
  fill_array(t, &t->arrays[index], (uint8_t)type);
  pf_add_value(t, slot, type, stream->level, stream->access == CK_UNIFORM);
}

static unsigned result_type(unsigned code, unsigned type) {
  switch (code) {
    case CK_IS_NAN: case CK_IS_INF: case CK_IS_FINITE: case CK_LOGICAL_NOT: case CK_EQUAL: case CK_NOT_EQUAL:
    case CK_LESS: case CK_LESS_EQUAL: case CK_GREATER: case CK_GREATER_EQUAL: case CK_LOGICAL_AND: case CK_LOGICAL_OR:
    case CK_LOGICAL_XOR: case CK_TO_BOOL: return CK_BOOL;
    case CK_TO_FLOAT32: return CK_FLOAT32;
    case CK_TO_FLOAT64: case CK_SQUARE_TO_FLOAT64: return CK_FLOAT64;
    case CK_TO_INT64: return CK_INT64;
    case CK_TO_INT32: return CK_INT32;
    default: return type;
  }
}

// An instruction of a kind that fits the values there are; false if none was found.
bool pf_add_instruction(trial *t, source *s, int32_t index) {
  const ck_table *table = ck_kernels();
  ck_instruction *i = &t->instructions[index];
  const int32_t y = 2 * index;
  const unsigned level = t->row_length && below(s, 3) == 0 ? CK_ROW : CK_FULL;
  *i = (ck_instruction){.level = (uint8_t)level, .passing_stream = -1, .y = (uint16_t)y};
  const unsigned kind = below(s, 10);
  if (kind == 0 && t->row_length) {
    const value *a = pf_choose(t, s, -1, CK_FULL, false);
    const unsigned code = below(s, CK_REDUCTION_COUNT);
    if (!a || !table->rows[code][a->type]) return false;
    i->step = CK_STEP_REDUCE_ROWS;
    i->level = CK_ROW;
    i->code = (uint8_t)code;
    i->type = a->type;
    i->a = a->slot;
    pf_add_value(t, y, a->type, CK_ROW, false);
    return true;
  }
  if (kind == 1 && t->row_length) {
    const value *a = pf_choose(t, s, -1, CK_ROW, false);
    if (!a) return false;
    i->step = CK_STEP_EXPAND;
    i->level = CK_FULL;
    i->a = a->slot;
    i->type = a->type;
    i->element_size = pf_sizes[a->type];
    pf_add_value(t, y, a->type, CK_FULL, false);
    return true;
  }
  if (kind == 2) {
    const value *a = pf_choose(t, s, -1, -1, true);
    if (!a) return false;
    i->step = CK_STEP_FILL;
    i->a = a->slot;
    i->type = a->type;
    i->element_size = pf_sizes[a->type];
    pf_add_value(t, y, a->type, level, false);
    return true;
  }
  if (kind == 3) {
    const value *a = pf_choose(t, s, below(s, 2), (int)level, false);
    if (!a || !table->sin_cos[a->type]) return false;
    i->step = CK_STEP_SIN_COS;
    i->type = a->type;
    i->a = a->slot;
    i->b = (uint16_t)(y + 1);
    pf_add_value(t, y, i->type, level, false);
    pf_add_value(t, y + 1, i->type, level, false);
    return true;
  }
  const unsigned code = below(s, CK_OPERATION_COUNT);
  const bool is_unary = code < CK_DIVIDE, is_select = code == CK_SELECT, is_ternary = is_select || code == CK_MULTIPLY_ADD;
  const value *a = pf_choose(t, s, -1, (int)level, !is_unary && code != CK_MULTIPLY_ADD);
  if (!a) return false;
  i->step = CK_STEP_LOOP;
  i->code = (uint8_t)code;
  i->type = a->type;
  i->a = a->slot;
  i->mode = CK_VECTOR_VECTOR;
  if (!is_unary) {
    const value *b = pf_choose(t, s, a->type, (int)level, true);
    if (!b) return false;
    i->b = b->slot;
    i->mode = (uint8_t)(a->single ? b->single ? CK_SCALAR_SCALAR : CK_SCALAR_VECTOR
                                  : b->single ? CK_VECTOR_SCALAR : CK_VECTOR_VECTOR);
  }
  if (is_ternary) {
    const value *c = pf_choose(t, s, is_select ? CK_BOOL : a->type, (int)level, false);
    if (!c) return false;
    i->c = c->slot;
  } else if (i->mode == CK_SCALAR_SCALAR) {
    return false;
  }
  if (!table->loops[code][i->type][i->mode]) return false;
  pf_add_value(t, y, result_type(code, i->type), level, false);
  return true;
}
