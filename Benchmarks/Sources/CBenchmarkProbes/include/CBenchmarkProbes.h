/// Loops with a known amount of work, for measuring what the machine can do.
///
/// Each runs the widest instructions that the processor offers; the library's own choice of instruction set
/// has no influence on them, so a percentage of peak means the same in every run.
#ifndef CBENCHMARKPROBES_H
#define CBENCHMARKPROBES_H

#include <stdint.h>

/// Vector widths of the loops below: 16 (baseline), 32 (AVX2 and FMA) or 64 (AVX-512) bytes.
int32_t cb_vector_bytes(void);

/// a[i] = b[i] + s·c[i], `repetitions` times; n is a multiple of 64. Moves 12·n bytes each time.
void cb_triad(float *a, const float *b, const float *c, float s, int64_t n, int64_t repetitions);

/// As `cb_triad`, with stores that bypass the caches: the array written is not read first.
void cb_triad_streaming(float *a, const float *b, const float *c, float s, int64_t n, int64_t repetitions);

/// The sum of a, `repetitions` times; n is a multiple of 64. Moves 4·n bytes each time.
float cb_read(const float *a, int64_t n, int64_t repetitions);

/// Independent chains of multiply-adds in registers, `repetitions` rounds; returns the number of floating-point
/// operations done (a multiply-add counts as two).
double cb_multiply_add_float(int64_t repetitions);
double cb_multiply_add_double(int64_t repetitions);

/// A chain of `count` additions, each of which waits for the one before: one clock cycle each.
uint64_t cb_dependent_additions(int64_t count);

/// Writes one byte in each 64 of a block and reads them back: what lived in the caches is evicted.
uint64_t cb_sweep(uint8_t *block, int64_t bytes);

#endif
