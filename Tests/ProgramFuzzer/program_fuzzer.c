#include "ProgramFuzzer.h"

#include <stdlib.h>
#include <string.h>
#include "trial.h"

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
    if (memcmp(a + k * pf_sizes[type], b + k * pf_sizes[type], pf_sizes[type])) return false;
  }
  return true;
}

static void run(trial *t, int64_t tile, int64_t cut, char *accumulator) {
  char *bases[MOST_INPUTS + MOST_OUTPUTS];
  const int32_t streams = t->program.stream_count;
  for (int32_t k = 0; k < streams; k++) bases[k] = t->arrays[k].memory + t->arrays[k].origin;
  uint32_t arena = 0;
  // Any value of the program may be full.
  for (int32_t k = 0; k < t->program.register_count; k++) {
    t->offsets[k] = arena;
    arena += (uint32_t)((tile * 8 + 63) & ~63);
  }
  for (int32_t k = 0; k < streams; k++) {
    t->streams[k].register_offset = arena;
    arena += (uint32_t)((tile * 8 + 2048 + 63) & ~63);
  }
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
    uint64_t word = pf_random_word(t);
    if (type == CK_BOOL) word &= 1;
    t->scalars[k] = word;
    pf_add_value(t, registers + k, type, CK_FULL, true);
  }
  for (int32_t k = 0; k < t->inputs; k++) pf_add_input(t, &s, k, registers + scalars + k, shape);
  int32_t made = 0;
  for (int32_t k = 0; k < wanted; k++) if (pf_add_instruction(t, &s, made)) made++;
  // Outputs are copies of values, at the level of each.
  unsigned output_types[MOST_OUTPUTS];
  int32_t outputs = 0;
  bool passes = kind == 0 && below(&s, 4) == 0;
  for (int32_t k = 0; k < t->outputs; k++) {
    const unsigned level = t->row_length && below(&s, 2) ? CK_ROW : CK_FULL;
    const value *a = pf_choose(t, &s, -1, (int)level, false);
    if (!a) continue;
    const int32_t stream = t->inputs + outputs, slot = registers + scalars + stream;
    t->instructions[made++] = (ck_instruction){
        .step = CK_STEP_LOOP, .level = (uint8_t)level, .code = CK_COPY, .type = a->type, .mode = CK_VECTOR_VECTOR,
        .y = (uint16_t)slot, .a = a->slot, .passing_stream = (int16_t)(passes ? stream : -1)};
    t->streams[stream] = (ck_stream){.slot = (uint16_t)slot, .access = CK_CONTIGUOUS, .level = (uint8_t)level,
                                     .element_size = pf_sizes[a->type], .passes_caches = passes};
    const int64_t places = level == CK_ROW ? t->elements / t->row_length : t->elements;
    t->arrays[stream] = pf_new_array((size_t)places * pf_sizes[a->type]);
    output_types[outputs++] = a->type;
  }
  const int32_t streams = t->inputs + outputs;
  if (kind != 1) {
    const value *a = pf_choose(t, &s, -1, CK_FULL, false);
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
  const size_t accumulated = kind == 2 ? (size_t)t->width * pf_sizes[accumulator_type] : 8;
  const char *fault = NULL;
  const int64_t units = (t->elements + unit - 1) / unit;
  for (int round = 0; round < 2; round++) {
    for (int32_t k = 0; k < outputs; k++) {
      results[round][k] = pf_new_array(t->arrays[t->inputs + k].bytes);
      memset(results[round][k].memory, 0, results[round][k].bytes);
      free(t->arrays[t->inputs + k].memory);
      t->arrays[t->inputs + k] = results[round][k];
    }
    results[round][outputs] = pf_new_array(accumulated);
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
      if (!pf_is_whole(&results[round][k])) fault = "bytes behind a result were written";
      if (round == 0) {
        array copy = pf_new_array(results[0][k].bytes);
        memcpy(copy.memory, results[0][k].memory, copy.bytes);
        results[0][k] = copy;
      }
    }
    if (!pf_is_whole(&results[round][outputs])) fault = "bytes behind an accumulator were written";
  }
  for (int32_t k = 0; k < t->inputs; k++)
    if (!pf_is_whole(&t->arrays[k])) fault = "bytes behind an operand were written";
  for (int32_t k = 0; k < outputs && !fault; k++) {
    const unsigned size = pf_sizes[output_types[k]];
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
