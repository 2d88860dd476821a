#include "ck_program.h"

#include <float.h>
#include <math.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include "ck_table.h"

// Registers live in one growing block per thread: a worker's stack may be as small as 128 KiB.
static pthread_key_t arena_key;
static pthread_once_t arena_once = PTHREAD_ONCE_INIT;
static _Thread_local char *arena;
static _Thread_local size_t arena_size;

static void make_arena_key(void) { pthread_key_create(&arena_key, free); }

static char *arena_of(size_t bytes) {
  if (__builtin_expect(bytes > arena_size, 0)) {
    pthread_once(&arena_once, make_arena_key);
    size_t size = (bytes + 65535) & ~(size_t)65535;
    free(arena);
    // Aligned to pages: a program's registers lie at chosen places within them.
    arena = aligned_alloc(4096, size);
    if (!arena) abort();
    arena_size = size;
    pthread_setspecific(arena_key, arena);
  }
  return arena;
}

static pthread_key_t list_key;
static pthread_once_t list_once = PTHREAD_ONCE_INIT;
static _Thread_local uint64_t *list;
static _Thread_local int64_t list_words;

static void make_list_key(void) { pthread_key_create(&list_key, free); }

uint64_t *ck_argument_list(int64_t words) {
  if (__builtin_expect(words > list_words, 0)) {
    pthread_once(&list_once, make_list_key);
    free(list);
    list_words = words + 64;
    list = malloc((size_t)list_words * sizeof(uint64_t));
    if (!list) abort();
    pthread_setspecific(list_key, list);
  }
  return list;
}

static void fill(void *y, const void *a, int64_t n, int32_t size) {
  switch (size) {
    case 1: memset(y, *(const uint8_t *)a, (size_t)n); break;
    case 4: { uint32_t v = *(const uint32_t *)a, *p = y; for (int64_t i = 0; i < n; i++) p[i] = v; } break;
    default: { uint64_t v = *(const uint64_t *)a, *p = y; for (int64_t i = 0; i < n; i++) p[i] = v; } break;
  }
}

void ck_fill(void *elements, uint64_t bits, int64_t count, int32_t element_size) {
  fill(elements, &bits, count, element_size);
}

static void expand(char *y, const char *a, int64_t rows, int64_t length, int32_t size) {
  for (int64_t r = 0; r < rows; r++) fill(y + r * length * size, a + r * size, length, size);
}

// Each tile's stream is the array's own memory where that is possible, else a copy in a register.
static inline const char *stream_pointer(const ck_stream *s, const char *base, char *registers, int64_t start,
                                         int64_t count, bool first) {
  if (s->access == CK_CONTIGUOUS) return base + start * s->element_size;
  char *copy = registers + s->register_offset;
  if (s->access == CK_PLACED) {
    ck_place(copy, base, s->rank, s->shape, s->starts, s->steps, s->extents, s->strides, start, count, s->element_size);
    return copy;
  }
  int32_t rank = s->rank;
  const int64_t *shape = s->shape;
  int64_t inner = shape[rank - 1];
  if (s->strides[rank - 1] == s->element_size) {
    int64_t row = start / inner, column = start - row * inner;
    if (column + count <= inner) {
      const char *at = base + column * s->element_size;
      for (int32_t d = rank - 2; d >= 0; d--) {
        int64_t next = row / shape[d];
        at += (row - next * shape[d]) * s->strides[d];
        row = next;
      }
      return at;
    }
  }
  // Only a first tile that was gathered left a copy: what is read in place above is read in place in every tile.
  if (s->access == CK_PERIODIC && !first) return copy;
  ck_gather(copy, base, rank, shape, s->strides, start, count, s->element_size);
  return copy;
}

static void accumulate(uint8_t reduction, uint8_t type, void *accumulator, const void *value) {
  double *d = accumulator;
  int64_t *i = accumulator;
  double v = 0;
  int64_t w = 0;
  bool floating = type <= CK_FLOAT64;
  switch (type) {
    case CK_FLOAT32: v = *(const float *)value; break;
    case CK_FLOAT64: v = *(const double *)value; break;
    case CK_INT64: w = *(const int64_t *)value; break;
    case CK_INT32: w = *(const int32_t *)value; break;
    default: w = *(const uint8_t *)value; break;
  }
  switch (reduction) {
    case CK_REDUCE_SUM:
    case CK_REDUCE_MEAN: if (floating) *d += v; else *i = (int64_t)((uint64_t)*i + (uint64_t)w); break;
    case CK_REDUCE_PRODUCT: if (floating) *d *= v; else *i = (int64_t)((uint64_t)*i * (uint64_t)w); break;
    case CK_REDUCE_MAX:
      if (floating) { if (v > *d || v != v) *d = v; } else if (w > *i) *i = w;
      break;
    case CK_REDUCE_MIN:
      if (floating) { if (v < *d || v != v) *d = v; } else if (w < *i) *i = w;
      break;
    case CK_REDUCE_ANY: *i |= w; break;
    default: *i &= w; break;
  }
}

void ck_accumulator_identity(uint8_t reduction, uint8_t type, void *accumulator) {
  bool floating = type <= CK_FLOAT64;
  double d = 0;
  int64_t i = 0;
  switch (reduction) {
    case CK_REDUCE_PRODUCT: d = 1; i = 1; break;
    case CK_REDUCE_MAX: d = -INFINITY; i = type == CK_INT32 ? INT32_MIN : INT64_MIN; break;
    case CK_REDUCE_MIN: d = INFINITY; i = type == CK_INT32 ? INT32_MAX : INT64_MAX; break;
    case CK_REDUCE_ALL: i = 1; break;
    default: break;
  }
  if (floating) *(double *)accumulator = d; else *(int64_t *)accumulator = i;
}

static void store_accumulator(uint8_t type, const void *accumulator, void *element) {
  switch (type) {
    case CK_FLOAT32: *(float *)element = (float)*(const double *)accumulator; break;
    case CK_FLOAT64: *(double *)element = *(const double *)accumulator; break;
    case CK_INT64: *(int64_t *)element = *(const int64_t *)accumulator; break;
    case CK_INT32: *(int32_t *)element = (int32_t)*(const int64_t *)accumulator; break;
    default: *(uint8_t *)element = (uint8_t)(*(const int64_t *)accumulator != 0); break;
  }
}

void ck_fill_identity(uint8_t reduction, uint8_t type, void *elements, int64_t count) {
  static const uint8_t sizes[] = {4, 8, 8, 4, 1};
  uint64_t accumulator, element = 0;
  ck_accumulator_identity(reduction, type, &accumulator);
  store_accumulator(type, &accumulator, &element);
  fill(elements, &element, count, sizes[type]);
}

void ck_combine_accumulators(uint8_t reduction, uint8_t type, void *accumulators, int64_t count, void *result) {
  uint64_t *values = accumulators;
  uint8_t wide = type <= CK_FLOAT64 ? CK_FLOAT64 : CK_INT64;
  if (count == 0) ck_accumulator_identity(reduction, type, &values[0]);
  for (int64_t gap = 1; gap < count; gap *= 2)
    for (int64_t k = 0; k + gap < count; k += 2 * gap) accumulate(reduction, wide, &values[k], &values[k + gap]);
  store_accumulator(type, values, result);
}

uint8_t ck_column_accumulator(uint8_t reduction, uint8_t type) {
  return (reduction == CK_REDUCE_SUM || reduction == CK_REDUCE_MEAN) && type == CK_FLOAT32 ? CK_FLOAT64 : type;
}

void ck_combine_columns(uint8_t reduction, uint8_t type, void *y, const void *a, int64_t width) {
  ck_kernels()->columns[reduction][ck_column_accumulator(reduction, type)](y, a, 1, width);
}

void ck_store_columns(uint8_t reduction, uint8_t type, void *y, const void *a, int64_t width) {
  const uint8_t wide = ck_column_accumulator(reduction, type);
  const ck_operation code = wide == type ? CK_COPY : CK_TO_FLOAT32;
  ck_kernels()->loops[code][wide][CK_VECTOR_VECTOR](y, a, NULL, NULL, width);
}

bool ck_store_mean(uint8_t type, double sum, int64_t count, bool is_small, void *y) {
  const double mean = sum / (double)count / (is_small ? CK_SMALL_SCALE : 1);
  if (type == CK_FLOAT32) *(float *)y = (float)mean; else *(double *)y = mean;
  return sum - sum == 0;
}

bool ck_store_column_means(uint8_t type, void *y, const void *sums, int64_t width, int64_t count, bool is_small) {
  bool all = true;
  const int64_t size = type == CK_FLOAT32 ? 4 : 8;
  for (int64_t j = 0; j < width; j++)
    all &= ck_store_mean(type, ((const double *)sums)[j], count, is_small, (char *)y + j * size);
  return all;
}

double ck_wide_sum(const float *a, int64_t n) {
  double sum = 0;
  for (int64_t i = 0; i < n; i++) sum += a[i];
  return sum;
}

// In parts, whose sums are added: a chain of all would lose as many units as it is long.
double ck_small_sum(const double *a, int64_t n) {
  double sum = 0;
  for (int64_t done = 0; done < n; done += CK_CHUNK) {
    double lanes[8] = {0};
    const int64_t count = n - done < CK_CHUNK ? n - done : CK_CHUNK;
    for (int64_t i = 0; i < count; i++) lanes[i & 7] += a[done + i] * CK_SMALL_SCALE;
    for (int k = 0; k < 8; k++) sum += lanes[k];
  }
  return sum;
}

void ck_run_loop(uint8_t code, uint8_t type, uint8_t mode, void *y, const void *a, const void *b, int64_t n) {
  ck_kernels()->loops[code][type][mode](y, a, b, NULL, n);
}

void ck_run_reduction(uint8_t code, uint8_t type, void *y, const void *a, int64_t n) {
  ck_kernels()->rows[code][type](y, a, 1, n);
}

// A part of a mean: the sum, which in Float has room in Double, and in Double is taken of small numbers if it is asked to.
static void accumulate_mean(const ck_table *table, uint8_t type, double *accumulator, const void *a, int64_t n,
                            bool is_small) {
  for (int64_t done = 0; done < n; done += CK_CHUNK) {
    const int64_t count = n - done < CK_CHUNK ? n - done : CK_CHUNK;
    if (type == CK_FLOAT32) {
      const float *part = (const float *)a + done;
      float sum;
      table->rows[CK_REDUCE_SUM][type](&sum, part, 1, count);
      *accumulator += sum - sum == 0 ? sum : ck_wide_sum(part, count);
    } else {
      const double *part = (const double *)a + done;
      double sum;
      if (is_small) sum = ck_small_sum(part, count);
      else table->rows[CK_REDUCE_SUM][type](&sum, part, 1, count);
      *accumulator += sum;
    }
  }
}

static void accumulate_columns(const ck_table *table, const ck_instruction *i, void *accumulators, const void *a,
                               int64_t rows, int64_t width, bool is_small) {
  if (!is_small || i->code != CK_REDUCE_MEAN || i->type != CK_FLOAT64)
    return table->columns[i->code][i->type](accumulators, a, rows, width);
  double *sums = accumulators;
  for (int64_t r = 0; r < rows; r++)
    for (int64_t j = 0; j < width; j++) sums[j] += ((const double *)a)[r * width + j] * CK_SMALL_SCALE;
}

static void accumulate_tile(const ck_table *table, const ck_instruction *i, void *accumulator, const void *a,
                            int64_t n, bool is_small) {
  static const uint8_t sizes[] = {4, 8, 8, 4, 1};
  if (i->code == CK_REDUCE_MEAN) return accumulate_mean(table, i->type, accumulator, a, n, is_small);
  uint64_t partial;
  // In steps of their own, so that a sum has the same bits whatever tiles the rest of the program asks for.
  for (int64_t done = 0; done < n; done += CK_CHUNK) {
    const int64_t count = n - done < CK_CHUNK ? n - done : CK_CHUNK;
    table->rows[i->code][i->type](&partial, (const char *)a + done * sizes[i->type], 1, count);
    accumulate(i->code, i->type, accumulator, &partial);
  }
}

// The next tile's arrays are fetched a part per instruction: the memory works while the tile is computed. What is
// fetched is listed once a tile, because a division per array and instruction took a tenth of the time of
// a program of fifteen.
enum { CK_MOST_FETCHED = 16 };
typedef struct ck_fetching {
  int32_t count;
  struct {
    const char *next, *end;
    int64_t share;
  } arrays[CK_MOST_FETCHED];
} ck_fetching;

static void list_fetched(ck_fetching *fetching, const ck_program *p, char *const *bases, int64_t start, int64_t count,
                         int64_t steps, const bool *passing) {
  fetching->count = 0;
  if (count <= 0) return;
  for (int32_t k = 0; k < p->stream_count && fetching->count < CK_MOST_FETCHED; k++) {
    const ck_stream *s = &p->streams[k];
    if (s->access != CK_CONTIGUOUS || s->level != CK_FULL || (passing && passing[k])) continue;
    const char *from = bases[k] + start * s->element_size;
    const uint32_t lines = (uint32_t)((count * s->element_size + 63) / 64);
    fetching->arrays[fetching->count].next = from;
    fetching->arrays[fetching->count].end = from + (int64_t)lines * 64;
    fetching->arrays[fetching->count].share = (int64_t)((lines + (uint32_t)steps - 1) / (uint32_t)steps) * 64;
    fetching->count++;
  }
}

static inline void fetch_share(ck_fetching *fetching) {
  for (int32_t k = 0; k < fetching->count; k++) {
    const char *at = fetching->arrays[k].next, *end = at + fetching->arrays[k].share;
    if (end > fetching->arrays[k].end) end = fetching->arrays[k].end;
    for (; at < end; at += 64) __builtin_prefetch(at, 0, 2);
    fetching->arrays[k].next = at;
  }
}

// Which results are written past the caches: not those whose array is also read, because its lines are there anyway.
static void find_passing(const ck_program *p, char *const *bases, bool *passing) {
  for (int32_t k = 0; k < p->stream_count; k++) {
    passing[k] = p->streams[k].passes_caches;
    for (int32_t other = 0; passing[k] && other < p->stream_count; other++)
      if (other != k && bases[other] == bases[k]) passing[k] = false;
  }
}

// One instruction whose result goes past the caches: piece by piece through a register, so that the stores of a piece
// leave the processor's buffers while the next one is computed. (In one go after the tile they took as long again as
// the tile itself.)
static void store_in_pieces(const ck_program *p, const ck_instruction *i, const ck_table *table, char *const *slots,
                            char *const *bases, int64_t start, int64_t n) {
  static const uint8_t sizes[] = {4, 8, 8, 4, 1};
  const int64_t piece = CK_PIECE;
  const ck_stream *s = &p->streams[i->passing_stream];
  const ck_loop loop = table->loops[i->code][i->type][i->mode];
  const int64_t size = sizes[i->type];
  const bool a_is_single = i->mode == CK_SCALAR_VECTOR || i->mode == CK_SCALAR_SCALAR;
  const bool b_is_single = i->mode == CK_VECTOR_SCALAR || i->mode == CK_SCALAR_SCALAR;
  const int64_t a_step = a_is_single ? 0 : size, b_step = b_is_single ? 0 : size;
  const int64_t c_step = i->code == CK_SELECT ? 1 : size;
  const int64_t pieces = (n + piece - 1) / piece;
  char *to = bases[i->passing_stream] + start * s->element_size;
  const ck_loop direct = i->type <= CK_FLOAT64 ? table->loops_past_caches[i->code][i->type] : NULL;
  if (direct && ((uintptr_t)to & 63) == 0) return direct(to, slots[i->a], NULL, NULL, n);
  for (int64_t k = 0; k < pieces; k++) {
    const int64_t at = k * piece, count = n - at < piece ? n - at : piece;
    loop(slots[i->y], slots[i->a] + at * a_step, slots[i->b] + at * b_step, slots[i->c] + at * c_step, count);
    table->store_past_caches(to + at * s->element_size, slots[i->y], count * s->element_size);
  }
}

static inline void ck_fence(void) {
#if defined(__x86_64__)
  __builtin_ia32_sfence();
#elif defined(__aarch64__)
  __asm__ volatile("dmb ishst" ::: "memory");
#endif
}

void ck_program_run(const ck_program *p, char *const *bases, const uint64_t *scalars, char *const *accumulators,
                    int32_t accumulator_count, ck_range range) {
  const ck_table *table = ck_kernels();
  size_t slot_bytes = ((size_t)p->slot_count * sizeof(char *) + (size_t)p->stream_count + 63) & ~(size_t)63;
  char *block = arena_of(slot_bytes + p->arena_bytes);
  char **slots = (char **)(block + p->arena_bytes), *registers = block;

  int32_t next = 0;
  for (; next < p->register_count; next++) slots[next] = registers + p->register_offsets[next];
  for (int32_t k = 0; k < p->scalar_count; k++) slots[next++] = (char *)&scalars[k];
  for (int32_t k = 0; k < p->stream_count; k++)
    if (p->streams[k].access == CK_UNIFORM) slots[p->streams[k].slot] = bases[k];
  for (int32_t k = 0; k < accumulator_count; k++)
    slots[p->slot_count - accumulator_count + k] = accumulators[k];

  bool *passing = NULL;
  if (p->has_passing_streams) {
    passing = (bool *)(slots + p->slot_count);
    find_passing(p, bases, passing);
  }
  ck_fetching fetching = {.count = 0};
  // Stores past the caches wait for the same buffers as what is fetched: nothing is fetched beside them.
  int64_t fetches = 0;
  for (int32_t k = 0; p->prefetches && k < p->instruction_count; k++) {
    const int32_t stream = p->instructions[k].passing_stream;
    if (stream < 0 || !passing || !passing[stream]) fetches++;
  }
  for (int64_t t = 0; t < range.tiles; t++) {
    int64_t start = range.start + t * range.step;
    int64_t n = range.end - start < range.tile ? range.end - start : range.tile;
    int64_t rows = p->row_length ? n / p->row_length : 1;
    int64_t row_start = p->row_length ? start / p->row_length : 0;
    for (int32_t k = 0; k < p->stream_count; k++) {
      const ck_stream *s = &p->streams[k];
      if (s->access == CK_UNIFORM) continue;
      if (passing && passing[k]) {
        slots[s->slot] = registers + s->register_offset;
        continue;
      }
      bool full = s->level == CK_FULL;
      slots[s->slot] = (char *)stream_pointer(s, bases[k], registers, full ? start : row_start, full ? n : rows,
                                              t == 0);
    }
    int64_t following = start + range.step;
    int64_t coming = range.end - following < range.tile ? range.end - following : range.tile;
    if (fetches > 0)
      list_fetched(&fetching, p, bases, following, t + 1 < range.tiles ? coming : 0, fetches, passing);
    const ck_instruction *end = p->instructions + p->instruction_count;
    for (const ck_instruction *i = p->instructions; i < end; i++) {
      int64_t count = i->level == CK_FULL ? n : rows;
      if (passing && i->passing_stream >= 0 && passing[i->passing_stream]) {
        store_in_pieces(p, i, table, slots, bases, start, n);
        continue;
      }
      fetch_share(&fetching);
      switch ((ck_step)i->step) {
        case CK_STEP_LOOP:
          table->loops[i->code][i->type][i->mode](slots[i->y], slots[i->a], slots[i->b], slots[i->c], count);
          break;
        case CK_STEP_SIN_COS: table->sin_cos[i->type](slots[i->y], slots[i->b], slots[i->a], count); break;
        case CK_STEP_REDUCE_ROWS: table->rows[i->code][i->type](slots[i->y], slots[i->a], rows, p->row_length); break;
        case CK_STEP_EXPAND: expand(slots[i->y], slots[i->a], rows, p->row_length, i->element_size); break;
        case CK_STEP_FILL: fill(slots[i->y], slots[i->a], count, i->element_size); break;
        case CK_STEP_ACCUMULATE: accumulate_tile(table, i, slots[i->y], slots[i->a], n, range.is_small); break;
        case CK_STEP_ACCUMULATE_COLUMNS:
          accumulate_columns(table, i, slots[i->y], slots[i->a], n / range.width, range.width, range.is_small);
          break;
      }
    }
  }
  if (passing) ck_fence();
}
