// Philox4×32-10, 8 blocks at a time, and the numbers made of it. Plain arithmetic without fused operations and
// without library functions: every instruction set gives the same bits.

typedef uint64_t ck_words __attribute__((ext_vector_type(8)));
typedef int64_t ck_signed_words __attribute__((ext_vector_type(8)));
typedef double ck_doubles __attribute__((ext_vector_type(8)));
typedef uint32_t ck_halves __attribute__((ext_vector_type(16)));
typedef int32_t ck_signed_halves __attribute__((ext_vector_type(16)));
typedef float ck_floats __attribute__((ext_vector_type(16)));
typedef uint32_t ck_narrow __attribute__((ext_vector_type(8)));

// c[w][k] is word w of block first + k.
CK_INLINE void philox_eight_blocks(ck_words c[4], uint64_t first, const uint32_t *key) {
  const ck_words low = (ck_words)0xffffffffu;
  const ck_words counter = first + (ck_words){0, 1, 2, 3, 4, 5, 6, 7};
  ck_words c0 = counter & low, c1 = counter >> 32, c2 = 0, c3 = 0;
  uint32_t k0 = key[0], k1 = key[1];
  for (int round = 0; round < 10; round++) {
    const ck_words p0 = (c0 & low) * (uint64_t)0xD2511F53u, p1 = (c2 & low) * (uint64_t)0xCD9E8D57u;
    c0 = (p1 >> 32) ^ c1 ^ (uint64_t)k0;
    c1 = p1 & low;
    c2 = (p0 >> 32) ^ c3 ^ (uint64_t)k1;
    c3 = p0 & low;
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
  c[0] = c0, c[1] = c1, c[2] = c2, c[3] = c3;
}

// Two 64-bit numbers a block, in order: 16 of them.
CK_INLINE void philox_in_order(ck_words y[2], const ck_words c[4]) {
  const ck_words even = c[0] | c[1] << 32, odd = c[2] | c[3] << 32;
  y[0] = __builtin_shufflevector(even, odd, 0, 8, 1, 9, 2, 10, 3, 11);
  y[1] = __builtin_shufflevector(even, odd, 4, 12, 5, 13, 6, 14, 7, 15);
}

CK_INLINE void philox_bits_step(ck_halves y[2], uint64_t first, const uint32_t *key) {
  ck_words c[4], words[2];
  philox_eight_blocks(c, first, key);
  philox_in_order(words, c);
  y[0] = (ck_halves)words[0], y[1] = (ck_halves)words[1];
}

CK_INLINE void philox_uniform_f32_step(ck_floats y[2], uint64_t first, const uint32_t *key) {
  ck_halves bits[2];
  philox_bits_step(bits, first, key);
  for (int k = 0; k < 2; k++)
    y[k] = __builtin_convertvector((ck_signed_halves)(bits[k] >> 8), ck_floats) * 0x1p-24f;
}

CK_INLINE void philox_uniform_f64_step(ck_doubles y[2], uint64_t first, const uint32_t *key) {
  ck_words c[4], words[2];
  philox_eight_blocks(c, first, key);
  philox_in_order(words, c);
  for (int k = 0; k < 2; k++)
    y[k] = __builtin_convertvector((ck_signed_words)(words[k] >> 11), ck_doubles) * 0x1p-53;
}

// Box–Muller: √(−2 log u)·(cos t, sin t). log u = k·log 2 + 2·artanh((m − 1) / (m + 1)) with m in [√½, √2), as a
// power series; the angle's quadrant and its rest in [−π/4, π/4) come from the bits without rounding.
CK_INLINE void philox_normal_f32_step(ck_floats y[2], uint64_t first, const uint32_t *key) {
  ck_words c[4];
  philox_eight_blocks(c, first, key);
  const ck_narrow r0 = __builtin_convertvector(c[0], ck_narrow), a0 = __builtin_convertvector(c[1], ck_narrow);
  const ck_narrow r1 = __builtin_convertvector(c[2], ck_narrow), a1 = __builtin_convertvector(c[3], ck_narrow);
  const ck_halves radius = __builtin_shufflevector(r0, r1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  const ck_halves angle = __builtin_shufflevector(a0, a1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);

  // 31 bits for the radius: a signed conversion is one instruction everywhere.
  const ck_floats u = __builtin_convertvector((ck_signed_halves)(radius >> 1), ck_floats) * 0x1p-31f + 0x1p-32f;
  const ck_signed_halves exponent = ((ck_signed_halves)u - 0x3f3504f3) >> 23;
  const ck_floats m = (ck_floats)((ck_signed_halves)u - (exponent << 23));
  const ck_floats s = (m - 1.0f) / (m + 1.0f), s2 = s * s;
  ck_floats series = s2 * (float)(1.0 / 9) + (float)(1.0 / 7);
  series = s2 * series + (float)(1.0 / 5);
  series = s2 * series + (float)(1.0 / 3);
  const ck_floats log_u = __builtin_convertvector(exponent, ck_floats) * 0x1.62e43p-1f + 2.0f * (s + s * s2 * series);
  ck_floats size = -2.0f * log_u;
  size = __builtin_elementwise_sqrt(size > 0.0f ? size : (ck_floats)0.0f);

  const ck_halves quadrant = (angle + 0x20000000u) >> 30;
  const ck_signed_halves rest = (ck_signed_halves)(angle - (quadrant << 30));
  const ck_floats x = __builtin_convertvector(rest, ck_floats) * 0x1.921fb6p-30f, x2 = x * x;
  ck_floats sine = x2 * (float)(1.0 / 362880) + (float)(-1.0 / 5040);
  sine = x2 * sine + (float)(1.0 / 120);
  sine = x2 * sine + (float)(-1.0 / 6);
  sine = x + x * x2 * sine;
  ck_floats cosine = x2 * (float)(-1.0 / 3628800) + (float)(1.0 / 40320);
  cosine = x2 * cosine + (float)(-1.0 / 720);
  cosine = x2 * cosine + (float)(1.0 / 24);
  cosine = x2 * cosine - 0.5f;
  cosine = 1.0f + x2 * cosine;
  const ck_halves swap = (ck_halves)((quadrant & 1u) != 0u);
  const ck_floats first_size = swap ? sine : cosine, second_size = swap ? cosine : sine;
  const ck_floats z0 = size * (ck_floats)((ck_halves)first_size ^ ((quadrant + 1u) >> 1) << 31);
  const ck_floats z1 = size * (ck_floats)((ck_halves)second_size ^ (quadrant >> 1) << 31);
  y[0] = __builtin_shufflevector(z0, z1, 0, 16, 8, 24, 1, 17, 9, 25, 2, 18, 10, 26, 3, 19, 11, 27);
  y[1] = __builtin_shufflevector(z0, z1, 4, 20, 12, 28, 5, 21, 13, 29, 6, 22, 14, 30, 7, 23, 15, 31);
}

CK_INLINE void philox_normal_f64_step(ck_doubles y[2], uint64_t first, const uint32_t *key) {
  ck_words c[4];
  philox_eight_blocks(c, first, key);
  const ck_words radius = c[0] | c[1] << 32, angle = c[2] | c[3] << 32;

  const ck_doubles u = __builtin_convertvector((ck_signed_words)(radius >> 1), ck_doubles) * 0x1p-63 + 0x1p-64;
  const ck_signed_words exponent = ((ck_signed_words)u - 0x3fe6a09e667f3bcd) >> 52;
  const ck_doubles m = (ck_doubles)((ck_signed_words)u - (exponent << 52));
  const ck_doubles s = (m - 1.0) / (m + 1.0), s2 = s * s;
  ck_doubles series = (ck_doubles)(1.0 / 21);
  for (int k = 19; k >= 3; k -= 2) series = s2 * series + 1.0 / k;
  const ck_doubles log_u = __builtin_convertvector(exponent, ck_doubles) * 0x1.62e42fefa39efp-1 + 2.0 * (s + s * s2 * series);
  ck_doubles size = -2.0 * log_u;
  size = __builtin_elementwise_sqrt(size > 0.0 ? size : (ck_doubles)0.0);

  const ck_words quadrant = (angle + 0x2000000000000000u) >> 62;
  const ck_signed_words rest = (ck_signed_words)(angle - (quadrant << 62));
  const ck_doubles x = __builtin_convertvector(rest, ck_doubles) * 0x1.921fb54442d18p-62, x2 = x * x;
  // 1/17!, … and 1/18!, …, with alternating signs.
  ck_doubles sine = (ck_doubles)(1.0 / 355687428096000.0), cosine = (ck_doubles)(-1.0 / 6402373705728000.0);
  sine = x2 * sine - 1.0 / 1307674368000.0;
  sine = x2 * sine + 1.0 / 6227020800.0;
  sine = x2 * sine - 1.0 / 39916800.0;
  sine = x2 * sine + 1.0 / 362880.0;
  sine = x2 * sine - 1.0 / 5040.0;
  sine = x2 * sine + 1.0 / 120.0;
  sine = x2 * sine - 1.0 / 6.0;
  sine = x + x * x2 * sine;
  cosine = x2 * cosine + 1.0 / 20922789888000.0;
  cosine = x2 * cosine - 1.0 / 87178291200.0;
  cosine = x2 * cosine + 1.0 / 479001600.0;
  cosine = x2 * cosine - 1.0 / 3628800.0;
  cosine = x2 * cosine + 1.0 / 40320.0;
  cosine = x2 * cosine - 1.0 / 720.0;
  cosine = x2 * cosine + 1.0 / 24.0;
  cosine = x2 * cosine - 0.5;
  cosine = 1.0 + x2 * cosine;
  const ck_words swap = (ck_words)((quadrant & 1u) != 0u);
  const ck_doubles first_size = swap ? sine : cosine, second_size = swap ? cosine : sine;
  const ck_doubles z0 = size * (ck_doubles)((ck_words)first_size ^ ((quadrant + 1u) >> 1) << 63);
  const ck_doubles z1 = size * (ck_doubles)((ck_words)second_size ^ (quadrant >> 1) << 63);
  y[0] = __builtin_shufflevector(z0, z1, 0, 8, 1, 9, 2, 10, 3, 11);
  y[1] = __builtin_shufflevector(z0, z1, 4, 12, 5, 13, 6, 14, 7, 15);
}

// 8 blocks a step; the last step's numbers beyond n are dropped.
#define CK_RANDOM_FILL(NAME, T, VECTOR, COUNT) \
  static void philox_##NAME(T *y, const uint32_t *key, uint64_t counter_offset, int64_t n) { \
    VECTOR numbers[2]; \
    for (int64_t i = 0; i < n; i += COUNT, counter_offset += 8) { \
      philox_##NAME##_step(numbers, counter_offset, key); \
      if (n - i >= COUNT) \
        memcpy(y + i, numbers, COUNT * sizeof(T)); \
      else \
        memcpy(y + i, numbers, (size_t)(n - i) * sizeof(T)); \
    } \
  }
CK_RANDOM_FILL(bits, uint32_t, ck_halves, 32)
CK_RANDOM_FILL(uniform_f32, float, ck_floats, 32)
CK_RANDOM_FILL(uniform_f64, double, ck_doubles, 16)
CK_RANDOM_FILL(normal_f32, float, ck_floats, 32)
CK_RANDOM_FILL(normal_f64, double, ck_doubles, 16)
