#include "ck_variant.h"

void ck_philox_block(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4]) {
  uint32_t c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3], k0 = key[0], k1 = key[1];
  for (int round = 0; round < 10; round++) {
    const uint64_t p0 = (uint64_t)c0 * 0xD2511F53u, p1 = (uint64_t)c2 * 0xCD9E8D57u;
    c0 = (uint32_t)(p1 >> 32) ^ c1 ^ k0;
    c1 = (uint32_t)p1;
    c2 = (uint32_t)(p0 >> 32) ^ c3 ^ k1;
    c3 = (uint32_t)p0;
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
  out[0] = c0, out[1] = c1, out[2] = c2, out[3] = c3;
}

void ck_philox_bits(uint32_t *y, const uint32_t key[2], uint64_t counter_offset, int64_t n) {
  ck_random_kernels()->bits(y, key, counter_offset, n);
}

void ck_philox_uniform_f32(float *y, const uint32_t key[2], uint64_t counter_offset, int64_t n) {
  ck_random_kernels()->uniform_f32(y, key, counter_offset, n);
}

void ck_philox_uniform_f64(double *y, const uint32_t key[2], uint64_t counter_offset, int64_t n) {
  ck_random_kernels()->uniform_f64(y, key, counter_offset, n);
}

void ck_philox_normal_f32(float *y, const uint32_t key[2], uint64_t counter_offset, int64_t n) {
  ck_random_kernels()->normal_f32(y, key, counter_offset, n);
}

void ck_philox_normal_f64(double *y, const uint32_t key[2], uint64_t counter_offset, int64_t n) {
  ck_random_kernels()->normal_f64(y, key, counter_offset, n);
}

void ck_philox_integers_i64(int64_t *y, const uint32_t key[2], uint64_t counter_offset, int64_t n, int64_t low,
                            int64_t high) {
  const ck_random_table *table = ck_random_kernels();
  const uint64_t width = (uint64_t)high - (uint64_t)low;
  uint32_t words[512];
  for (int64_t i = 0; i < n; i += 256, counter_offset += 128) {
    const int64_t count = n - i < 256 ? n - i : 256;
    table->bits(words, key, counter_offset, 2 * count);
    for (int64_t k = 0; k < count; k++) {
      const uint64_t bits = words[2 * k] | (uint64_t)words[2 * k + 1] << 32;
      y[i + k] = (int64_t)((uint64_t)low + (uint64_t)(((unsigned __int128)bits * width) >> 64));
    }
  }
}
