/// The tile interpreter: a short list of instructions over tiles that stay in the cache.
///
/// A program walks a space of elements in row-major order, tile after tile. In *row* programs the space is
/// cut into rows of `row_length` elements, a tile holds whole rows, and a value is either full (one element
/// per element of the space) or one element per row.
#ifndef CK_PROGRAM_H
#define CK_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum ck_level : uint8_t { CK_FULL, CK_ROW } ck_level;

typedef enum ck_step : uint8_t {
  /// y = operation(a, b, c), element by element at the instruction's level.
  CK_STEP_LOOP,
  /// y = sin a and b = cos a, element by element at the instruction's level; `a` may be one of the results.
  CK_STEP_SIN_COS,
  /// y (one per row) = reduction of a over each row.
  CK_STEP_REDUCE_ROWS,
  /// y (full) = a (one per row) repeated along its row.
  CK_STEP_EXPAND,
  /// y (at the instruction's level) = the single element a, repeated.
  CK_STEP_FILL,
  /// accumulator y (8 bytes: double for floating types, int64_t for the others) = y ∘ reduction of the tile.
  CK_STEP_ACCUMULATE,
  /// accumulator y (one element per column) = y ∘ the tile's rows of `width` columns.
  CK_STEP_ACCUMULATE_COLUMNS,
} ck_step;

typedef struct ck_instruction {
  uint8_t step, level;
  /// An operation for loops, a reduction for reductions.
  uint8_t code;
  uint8_t type, mode, element_size;
  uint16_t y, a, b, c;
  /// The stream of a result that may go past the caches, or −1. No later instruction reads it.
  int16_t passing_stream;
} ck_instruction;

/// Elements that an instruction makes at a time when they go past the caches.
enum { CK_PIECE = 256 };

/// Elements that a reduction takes at a time; tiles of programs that reduce begin at multiples of it.
enum { CK_CHUNK = 512 };

typedef enum ck_access : uint8_t {
  /// Element i of the space is element i of the array: the tile is the array's own memory.
  CK_CONTIGUOUS,
  /// One element for the whole space.
  CK_UNIFORM,
  /// Strides per dimension: copied into a register tile unless the tile lies within one unit-stride run.
  CK_GATHERED,
  /// Gathered, but equal for every tile that starts at a multiple of `period`: copied once per run.
  CK_PERIODIC,
  /// Zeros, but for the array's elements at evenly spaced places of the space: made in a register tile.
  CK_PLACED,
} ck_access;

/// An array that a program reads or writes.
typedef struct ck_stream {
  /// The level's space as this array sees it, neighbouring dimensions merged where they can be, and the bytes
  /// per step of each (gathered and periodic streams only).
  const int64_t *shape, *strides;
  /// Of placed streams, per dimension: where the array's first element goes, how far apart its elements lie, how many there
  /// are.
  const int64_t *starts, *steps, *extents;
  int64_t period;
  uint32_t register_offset;
  uint16_t slot;
  uint8_t access, level, element_size, rank;
  /// Of a result: its array is larger than the caches and is written past them, by way of a register, unless it is
  /// also an operand, whose lines are in the caches anyway.
  bool passes_caches;
} ck_stream;

typedef struct ck_program {
  const ck_instruction *instructions;
  const ck_stream *streams;
  /// Registers: slot r has its tile at `register_offsets[r]` in the arena.
  const uint32_t *register_offsets;
  int64_t row_length;
  int32_t instruction_count, stream_count, register_count, scalar_count, slot_count;
  uint32_t arena_bytes;
  /// Whether the arrays are too large for the caches of a core, so that fetching the next tile early pays.
  bool prefetches;
  bool has_passing_streams;
} ck_program;

/// Tiles `start + k·step ..< min(start + k·step + tile, end)` for k in 0..<tiles.
///
/// Slots are numbered registers first, then scalars, then streams and accumulators at the slots they name.
/// `accumulators[i]` is bound to slot `slot_count - accumulator_count + i`. `width` is the columns per row of
/// a column accumulation. `scalars` are 8 bytes each. `is_small` has sums of Double that are to become means taken of numbers times
/// `CK_SMALL_SCALE`, where those of the numbers themselves are beyond the range.
typedef struct ck_range {
  int64_t start, end, step, tile, tiles, width;
  bool is_small;
} ck_range;

void ck_program_run(const ck_program *program, char *const *bases, const uint64_t *scalars,
                    char *const *accumulators, int32_t accumulator_count, ck_range range);

/// Tells the processor that this is a waiting loop.
static inline void ck_pause(void) {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

/// The processor that the calling thread runs on, or −1 where the system does not say.
int32_t ck_current_processor(void);

/// Moves the calling thread off a processor if it may run on another one.
void ck_leave_processor(int32_t processor);

/// One loop, or one reduction of `n` elements to one, without a program around it.
void ck_run_loop(uint8_t code, uint8_t type, uint8_t mode, void *y, const void *a, const void *b, int64_t n);
void ck_run_reduction(uint8_t code, uint8_t type, void *y, const void *a, int64_t n);

/// The calling thread's list of `words` words for a program's arguments; the next call takes it back.
uint64_t *ck_argument_list(int64_t words);

/// Sets 8-byte accumulators, or `count` elements of a column accumulator, to a reduction's identity.
void ck_accumulator_identity(uint8_t reduction, uint8_t type, void *accumulator);
void ck_fill_identity(uint8_t reduction, uint8_t type, void *elements, int64_t count);

/// Combines `count` accumulators `stride` bytes apart as a balanced tree, in place, and writes the result as
/// an element of the type.
void ck_combine_accumulators(uint8_t reduction, uint8_t type, void *accumulators, int64_t count, void *result);

/// The type in which columns of a type are reduced: Double for sums and means of Float, the type itself otherwise.
uint8_t ck_column_accumulator(uint8_t reduction, uint8_t type);

/// Elements of `ck_column_accumulator` as elements of the type.
void ck_store_columns(uint8_t reduction, uint8_t type, void *y, const void *a, int64_t width);

/// As many numbers of a type as there are add up without overflow, times this.
#define CK_SMALL_SCALE 0x1p-64
double ck_wide_sum(const float *a, int64_t n);
double ck_small_sum(const double *a, int64_t n);

/// Writes a mean, or a row of means, from sums in Double, taken of numbers times `CK_SMALL_SCALE` if they are small. False where a sum is
/// not finite. Means may take the place of their sums.
bool ck_store_mean(uint8_t type, double sum, int64_t count, bool is_small, void *y);
bool ck_store_column_means(uint8_t type, void *y, const void *sums, int64_t width, int64_t count, bool is_small);

/// y[j] = y[j] ∘ a[j] for j in 0..<width accumulators.
void ck_combine_columns(uint8_t reduction, uint8_t type, void *y, const void *a, int64_t width);

/// Copies `count` elements, from linear position `start` of the space on, out of a strided array.
void ck_gather(void *destination, const char *base, int32_t rank, const int64_t *shape, const int64_t *strides,
               int64_t start, int64_t count, int32_t element_size);

/// Zeros, with the elements of an array of `extents` at places `starts + k · steps` of a space: `count` of them from linear
/// position `start` on. Ranks are at least 1.
void ck_place(void *destination, const char *base, int32_t rank, const int64_t *shape, const int64_t *starts,
              const int64_t *steps, const int64_t *extents, const int64_t *strides, int64_t start, int64_t count,
              int32_t element_size);

/// `count` elements, all equal to the first `element_size` bytes of `bits`.
void ck_fill(void *elements, uint64_t bits, int64_t count, int32_t element_size);

/// Copies `count` consecutive elements into a strided array, from linear position `start` of its space on.
void ck_spread(char *base, const void *source, int32_t rank, const int64_t *shape, const int64_t *strides,
               int64_t start, int64_t count, int32_t element_size);

#endif
