// The loops, once per instruction set: CB(name) gives the set's name, CB_BYTES its vector width.
// Vector types of the compiler's own keep this free of intrinsics, so that it builds on every architecture.

typedef float CB(floats) __attribute__((vector_size(CB_BYTES)));
typedef double CB(doubles) __attribute__((vector_size(CB_BYTES)));

static void CB(triad)(float *a, const float *b, const float *c, float s, int64_t n, int64_t repetitions) {
  enum { LANES = CB_BYTES / 4 };
  for (int64_t round = 0; round < repetitions; round++) {
    for (int64_t i = 0; i < n; i += 4 * LANES) {
      for (int k = 0; k < 4; k++) {
        const int64_t at = i + k * LANES;
        *(CB(floats) *)(a + at) = *(const CB(floats) *)(b + at) + s * *(const CB(floats) *)(c + at);
      }
    }
    __asm__ volatile("" : : "r"(a), "r"(b), "r"(c) : "memory");
  }
}

static void CB(triad_streaming)(float *a, const float *b, const float *c, float s, int64_t n, int64_t repetitions) {
  enum { LANES = CB_BYTES / 4 };
  for (int64_t round = 0; round < repetitions; round++) {
    for (int64_t i = 0; i < n; i += 4 * LANES) {
      for (int k = 0; k < 4; k++) {
        const int64_t at = i + k * LANES;
        const CB(floats) value = *(const CB(floats) *)(b + at) + s * *(const CB(floats) *)(c + at);
        __builtin_nontemporal_store(value, (CB(floats) *)(a + at));
      }
    }
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
    __asm__ volatile("" : : "r"(a), "r"(b), "r"(c) : "memory");
  }
}

static float CB(read)(const float *a, int64_t n, int64_t repetitions) {
  enum { LANES = CB_BYTES / 4 };
  CB(floats) sums[8] = {0};
  for (int64_t round = 0; round < repetitions; round++) {
    int64_t i = 0;
    for (; i + 8 * LANES <= n; i += 8 * LANES) {
      for (int k = 0; k < 8; k++) sums[k] += *(const CB(floats) *)(a + i + k * LANES);
    }
    for (; i < n; i += LANES) sums[0] += *(const CB(floats) *)(a + i);
    __asm__ volatile("" : : "r"(a) : "memory");
  }
  float total = 0;
  for (int k = 0; k < 8; k++) {
    for (int lane = 0; lane < LANES; lane++) total += sums[k][lane];
  }
  return total;
}

// Two units with a latency of four or five cycles need ten chains in flight; twelve fit sixteen registers
// with the two factors.
#define CB_CHAINS(TYPE, LANES)                                                                      \
  CB(TYPE) sums[12];                                                                                \
  CB(TYPE) factor, term;                                                                            \
  for (int lane = 0; lane < (LANES); lane++) {                                                      \
    factor[lane] = 0.5;                                                                             \
    term[lane] = 1;                                                                                 \
  }                                                                                                 \
  for (int k = 0; k < 12; k++) sums[k] = term * (float)k;                                           \
  for (int64_t round = 0; round < repetitions; round++) {                                           \
    for (int k = 0; k < 12; k++) sums[k] = sums[k] * factor + term;                                 \
    __asm__ volatile("" : CB_KEEP(factor), CB_KEEP(term));                                          \
  }                                                                                                 \
  for (int k = 0; k < 12; k++) __asm__ volatile("" : : "m"(sums[k]));                               \
  return 2.0 * 12 * (LANES) * (double)repetitions;

static double CB(multiply_add_float)(int64_t repetitions) { CB_CHAINS(floats, CB_BYTES / 4) }
static double CB(multiply_add_double)(int64_t repetitions) { CB_CHAINS(doubles, CB_BYTES / 8) }
#undef CB_CHAINS
