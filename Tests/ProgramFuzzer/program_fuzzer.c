#include "ProgramFuzzer.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include "CKernels.h"

enum { MOST_INSTRUCTIONS = 24, MOST_INPUTS = 6, MOST_OUTPUTS = 3, MOST_SCALARS = 4, MOST_VALUES = 96, GUARD = 64, MARK = 0xA5 };

static const uint8_t sizes[] = {4, 8, 8, 4, 1};

typedef struct source {
  const uint8_t *at, *end;
} source;

static unsigned take(source *s) { return s->at < s->end ? *s->at++ : 0; }
static unsigned below(source *s, unsigned bound) { return (take(s) | take(s) << 8) % bound; }

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

static uint64_t random_word(trial *t) {
  uint64_t z = (t->random += 0x9E3779B97F4A7C15u);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

static array new_array(size_t bytes) {
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

static bool is_whole(const array *a) {
#ifndef EXACT
  for (int k = 0; k < GUARD; k++)
    if ((uint8_t)a->memory[a->bytes + (size_t)k] != MARK) return false;
#endif
  (void)a;
  return true;
}

static void fill_array(trial *t, array *a, uint8_t type) {
  for (size_t k = 0; k < a->bytes; k += sizes[type]) {
    uint64_t word = random_word(t);
    if (type == CK_BOOL) word &= 1;
    if (type == CK_FLOAT32 && (word & 7)) { float v = (float)(int32_t)(word >> 40) / 1024 - 4096; memcpy(&word, &v, 4); }
    if (type == CK_FLOAT64 && (word & 7)) { double v = (double)(int32_t)(word >> 40) / 1024 - 4096; memcpy(&word, &v, 8); }
    memcpy(a->memory + k, &word, sizes[type]);
  }
}

static void add_value(trial *t, int32_t slot, unsigned type, unsigned level, bool single) {
  if (t->value_count == MOST_VALUES) return;
  t->values[t->value_count++] =
      (value){.slot = (uint16_t)slot, .type = (uint8_t)type, .level = (uint8_t)level, .single = single};
}

// A value of a type and level, or NULL. Singles serve both levels.
static const value *choose(trial *t, source *s, int type, int level, bool may_be_single) {
  unsigned start = below(s, (unsigned)t->value_count);
  for (int32_t k = 0; k < t->value_count; k++) {
    const value *v = &t->values[(start + (unsigned)k) % (unsigned)t->value_count];
    if (type >= 0 && v->type != type) continue;
    if (v->single ? may_be_single : v->level == level) return v;
  }
  return NULL;
}

static void add_input(trial *t, source *s, int32_t index, int32_t slot, const int64_t shape[3]) {
  ck_stream *stream = &t->streams[index];
  const unsigned type = below(s, CK_TYPE_COUNT), size = sizes[type];
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
  t->arrays[index] = new_array(bytes);
  t->arrays[index].origin = origin;
  fill_array(t, &t->arrays[index], (uint8_t)type);
  add_value(t, slot, type, stream->level, stream->access == CK_UNIFORM);
}

static unsigned result_type(unsigned code, unsigned type) {
  switch (code) {
    case CK_IS_NAN: case CK_IS_INF: case CK_IS_FINITE: case CK_LOGICAL_NOT: case CK_EQUAL: case CK_NOT_EQUAL:
    case CK_LESS: case CK_LESS_EQUAL: case CK_GREATER: case CK_GREATER_EQUAL: case CK_LOGICAL_AND: case CK_LOGICAL_OR:
    case CK_LOGICAL_XOR: case CK_TO_BOOL: return CK_BOOL;
    case CK_TO_FLOAT32: return CK_FLOAT32;
    case CK_TO_FLOAT64: return CK_FLOAT64;
    case CK_TO_INT64: return CK_INT64;
    case CK_TO_INT32: return CK_INT32;
    default: return type;
  }
}

// An instruction of a kind that fits the values there are; false if none was found.
static bool add_instruction(trial *t, source *s, int32_t index) {
  const ck_table *table = ck_kernels();
  ck_instruction *i = &t->instructions[index];
  const int32_t y = 2 * index;
  const unsigned level = t->row_length && below(s, 3) == 0 ? CK_ROW : CK_FULL;
  *i = (ck_instruction){.level = (uint8_t)level, .passing_stream = -1, .y = (uint16_t)y};
  const unsigned kind = below(s, 10);
  if (kind == 0 && t->row_length) {
    const value *a = choose(t, s, -1, CK_FULL, false);
    const unsigned code = below(s, CK_REDUCTION_COUNT);
    if (!a || !table->rows[code][a->type]) return false;
    i->step = CK_STEP_REDUCE_ROWS;
    i->level = CK_ROW;
    i->code = (uint8_t)code;
    i->type = a->type;
    i->a = a->slot;
    add_value(t, y, a->type, CK_ROW, false);
    return true;
  }
  if (kind == 1 && t->row_length) {
    const value *a = choose(t, s, -1, CK_ROW, false);
    if (!a) return false;
    i->step = CK_STEP_EXPAND;
    i->level = CK_FULL;
    i->a = a->slot;
    i->type = a->type;
    i->element_size = sizes[a->type];
    add_value(t, y, a->type, CK_FULL, false);
    return true;
  }
  if (kind == 2) {
    const value *a = choose(t, s, -1, -1, true);
    if (!a) return false;
    i->step = CK_STEP_FILL;
    i->a = a->slot;
    i->type = a->type;
    i->element_size = sizes[a->type];
    add_value(t, y, a->type, level, false);
    return true;
  }
  if (kind == 3) {
    const value *a = choose(t, s, below(s, 2), (int)level, false);
    if (!a || !table->sin_cos[a->type]) return false;
    i->step = CK_STEP_SIN_COS;
    i->type = a->type;
    i->a = a->slot;
    i->b = (uint16_t)(y + 1);
    add_value(t, y, i->type, level, false);
    add_value(t, y + 1, i->type, level, false);
    return true;
  }
  const unsigned code = below(s, CK_OPERATION_COUNT);
  const bool is_unary = code < CK_DIVIDE, is_select = code == CK_SELECT, is_ternary = is_select || code == CK_MULTIPLY_ADD;
  const value *a = choose(t, s, -1, (int)level, !is_unary && code != CK_MULTIPLY_ADD);
  if (!a) return false;
  i->step = CK_STEP_LOOP;
  i->code = (uint8_t)code;
  i->type = a->type;
  i->a = a->slot;
  i->mode = CK_VECTOR_VECTOR;
  if (!is_unary) {
    const value *b = choose(t, s, a->type, (int)level, true);
    if (!b) return false;
    i->b = b->slot;
    i->mode = (uint8_t)(a->single ? b->single ? CK_SCALAR_SCALAR : CK_SCALAR_VECTOR
                                  : b->single ? CK_VECTOR_SCALAR : CK_VECTOR_VECTOR);
  }
  if (is_ternary) {
    const value *c = choose(t, s, is_select ? CK_BOOL : a->type, (int)level, false);
    if (!c) return false;
    i->c = c->slot;
  } else if (i->mode == CK_SCALAR_SCALAR) {
    return false;
  }
  if (!table->loops[code][i->type][i->mode]) return false;
  add_value(t, y, result_type(code, i->type), level, false);
  return true;
}

static bool same(const char *a, const char *b, unsigned type, size_t count) {
  for (size_t k = 0; k < count; k++) {
    if (type == CK_FLOAT32) {
      float x, y;
      memcpy(&x, a + 4 * k, 4);
      memcpy(&y, b + 4 * k, 4);
      // A NaN's other bits are nobody's promise.
      if (x != x && y != y) continue;
    } else if (type == CK_FLOAT64) {
      double x, y;
      memcpy(&x, a + 8 * k, 8);
      memcpy(&y, b + 8 * k, 8);
      if (x != x && y != y) continue;
    }
    if (memcmp(a + k * sizes[type], b + k * sizes[type], sizes[type])) return false;
  }
  return true;
}

static void run(trial *t, int64_t tile, int64_t cut, char *accumulator) {
  char *bases[MOST_INPUTS + MOST_OUTPUTS];
  const int32_t streams = t->program.stream_count;
  for (int32_t k = 0; k < streams; k++) bases[k] = t->arrays[k].memory + t->arrays[k].origin;
  uint32_t arena = 0;
  const int64_t rows = t->row_length ? tile / t->row_length : 1;
  // Any value of the program may be full.
  for (int32_t k = 0; k < t->program.register_count; k++) {
    t->offsets[k] = arena;
    arena += (uint32_t)((tile * 8 + 63) & ~63);
  }
  for (int32_t k = 0; k < streams; k++) {
    t->streams[k].register_offset = arena;
    arena += (uint32_t)((tile * 8 + 2048 + 63) & ~63);
  }
  (void)rows;
  t->program.arena_bytes = arena;
  const int64_t ends[2] = {cut, t->elements};
  int64_t start = 0;
  for (int k = 0; k < 2; k++) {
    const int64_t count = ends[k] - start;
    if (count > 0) {
      ck_range range = {.start = start, .end = ends[k], .step = tile, .tile = tile, .tiles = (count + tile - 1) / tile,
                        .width = t->width};
      char *accumulators[1] = {accumulator};
      ck_program_run(&t->program, bases, t->scalars, accumulators, t->reduction >= 0, range);
    }
    start = ends[k];
  }
}

const char *program_fuzzer_run(const uint8_t *bytes, size_t count) {
  source s = {bytes, bytes + count};
  trial *t = calloc(1, sizeof(trial));
  if (!t) abort();
  t->reduction = -1;
  t->random = take(&s);
  const unsigned kind = below(&s, 3);
  const int64_t shape[3] = {1 + below(&s, 24), 1 + below(&s, 24), 1 + below(&s, 40)};
  t->elements = shape[0] * shape[1] * shape[2];
  int64_t unit = CK_CHUNK;
  if (kind == 1) unit = t->row_length = below(&s, 2) ? shape[2] : shape[1] * shape[2];
  if (kind == 2) unit = t->width = shape[2];
  t->program = (ck_program){.instructions = t->instructions, .streams = t->streams, .register_offsets = t->offsets,
                            .row_length = t->row_length, .prefetches = below(&s, 2) == 1};
  t->inputs = 1 + (int32_t)below(&s, MOST_INPUTS);
  t->outputs = 1 + (int32_t)below(&s, MOST_OUTPUTS);
  const int32_t scalars = (int32_t)below(&s, MOST_SCALARS + 1), wanted = 1 + (int32_t)below(&s, MOST_INSTRUCTIONS - 6);
  const int32_t registers = 2 * MOST_INSTRUCTIONS;
  for (int32_t k = 0; k < scalars; k++) {
    const unsigned type = below(&s, CK_TYPE_COUNT);
    uint64_t word = random_word(t);
    if (type == CK_BOOL) word &= 1;
    t->scalars[k] = word;
    add_value(t, registers + k, type, CK_FULL, true);
  }
  for (int32_t k = 0; k < t->inputs; k++) add_input(t, &s, k, registers + scalars + k, shape);
  int32_t made = 0;
  for (int32_t k = 0; k < wanted; k++) if (add_instruction(t, &s, made)) made++;
  // Outputs are copies of values, at the level of each.
  unsigned output_types[MOST_OUTPUTS];
  int32_t outputs = 0;
  bool passes = kind == 0 && below(&s, 4) == 0;
  for (int32_t k = 0; k < t->outputs; k++) {
    const unsigned level = t->row_length && below(&s, 2) ? CK_ROW : CK_FULL;
    const value *a = choose(t, &s, -1, (int)level, false);
    if (!a) continue;
    const int32_t stream = t->inputs + outputs, slot = registers + scalars + stream;
    t->instructions[made++] = (ck_instruction){
        .step = CK_STEP_LOOP, .level = (uint8_t)level, .code = CK_COPY, .type = a->type, .mode = CK_VECTOR_VECTOR,
        .y = (uint16_t)slot, .a = a->slot, .passing_stream = (int16_t)(passes ? stream : -1)};
    t->streams[stream] = (ck_stream){.slot = (uint16_t)slot, .access = CK_CONTIGUOUS, .level = (uint8_t)level,
                                     .element_size = sizes[a->type], .passes_caches = passes};
    const int64_t places = level == CK_ROW ? t->elements / t->row_length : t->elements;
    t->arrays[stream] = new_array((size_t)places * sizes[a->type]);
    output_types[outputs++] = a->type;
  }
  const int32_t streams = t->inputs + outputs;
  if (kind != 1) {
    const value *a = choose(t, &s, -1, CK_FULL, false);
    const unsigned code = below(&s, CK_REDUCTION_COUNT);
    const ck_table *table = ck_kernels();
    if (a && (kind == 2 ? table->columns[code][a->type] != NULL : table->rows[code][a->type] != NULL)) {
      t->reduction = (int)code;
      t->reduced_type = a->type;
      t->instructions[made++] = (ck_instruction){
          .step = kind == 2 ? CK_STEP_ACCUMULATE_COLUMNS : CK_STEP_ACCUMULATE, .level = CK_FULL, .code = (uint8_t)code,
          .type = a->type, .y = (uint16_t)(registers + scalars + streams), .a = a->slot, .passing_stream = -1};
    }
  }
  t->program.instruction_count = made;
  t->program.stream_count = streams;
  t->program.register_count = registers;
  t->program.scalar_count = scalars;
  t->program.slot_count = registers + scalars + streams + (t->reduction >= 0);
  t->program.has_passing_streams = passes && outputs > 0;

  array results[2][MOST_OUTPUTS + 1];
  const uint8_t accumulator_type =
      kind == 2 && t->reduction >= 0 ? ck_column_accumulator((uint8_t)t->reduction, t->reduced_type) : t->reduced_type;
  const size_t accumulated = kind == 2 ? (size_t)t->width * sizes[accumulator_type] : 8;
  const char *fault = NULL;
  const int64_t units = (t->elements + unit - 1) / unit;
  for (int round = 0; round < 2; round++) {
    for (int32_t k = 0; k < outputs; k++) {
      results[round][k] = new_array(t->arrays[t->inputs + k].bytes);
      memset(results[round][k].memory, 0, results[round][k].bytes);
      free(t->arrays[t->inputs + k].memory);
      t->arrays[t->inputs + k] = results[round][k];
    }
    results[round][outputs] = new_array(accumulated);
    char *accumulator = results[round][outputs].memory;
    if (t->reduction >= 0) {
      if (kind == 2) ck_fill_identity((uint8_t)t->reduction, accumulator_type, accumulator, t->width);
      else ck_accumulator_identity((uint8_t)t->reduction, t->reduced_type, accumulator);
    }
    int64_t most = 4096 / unit > 0 ? 4096 / unit : 1;
    const int64_t tile = unit * (1 + below(&s, (unsigned)most));
    // A second thread's range begins at a whole tile.
    const int64_t cut = round == 0 ? t->elements : unit * below(&s, (unsigned)units + 1);
    run(t, tile, cut < t->elements ? cut : t->elements, accumulator);
    for (int32_t k = 0; k < outputs; k++) {
      // The first round's arrays are compared below, so the second has its own.
      if (!is_whole(&results[round][k])) fault = "bytes behind a result were written";
      if (round == 0) {
        array copy = new_array(results[0][k].bytes);
        memcpy(copy.memory, results[0][k].memory, copy.bytes);
        results[0][k] = copy;
      }
    }
    if (!is_whole(&results[round][outputs])) fault = "bytes behind an accumulator were written";
  }
  for (int32_t k = 0; k < t->inputs; k++)
    if (!is_whole(&t->arrays[k])) fault = "bytes behind an operand were written";
  for (int32_t k = 0; k < outputs && !fault; k++) {
    const unsigned size = sizes[output_types[k]];
    if (!same(results[0][k].memory, results[1][k].memory, output_types[k], results[0][k].bytes / size))
      fault = "the results of two tilings differ";
  }
  if (kind == 0 && t->reduction >= 0 && !fault) {
    const unsigned wide = t->reduced_type <= CK_FLOAT64 ? CK_FLOAT64 : CK_INT64;
    if (!same(results[0][outputs].memory, results[1][outputs].memory, wide, 1)) fault = "the sums of two tilings differ";
  }
  for (int32_t k = 0; k < outputs; k++) {
    free(results[0][k].memory);
    free(results[1][k].memory);
  }
  for (int round = 0; round < 2; round++) free(results[round][outputs].memory);
  for (int32_t k = 0; k < t->inputs; k++) free(t->arrays[k].memory);
  free(t);
  return fault;
}
