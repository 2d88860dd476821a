#include "ck_variant.h"

// 2/π as a binary fraction, after 64 zeros: enough for the largest exponent and 192 digits more.
static const uint64_t two_over_pi[] = {
#include "Bodies/two-over-pi-inl.h"
};
static const uint64_t half_pi_high = 0xC90FDAA22168C234, half_pi_low = 0xC4C6628B80DC1CD1;  // π/2 · 2^127

static inline double power_of_2(int exponent) {
  const uint64_t bits = (uint64_t)(exponent + 1023) << 52;
  double y;
  memcpy(&y, &bits, sizeof y);
  return y;
}

// Payne and Hanek (1983): of the product of x and 2/π only the digits around the point matter, those above are whole
// turns. With x = m·2^e they are digits e − 1 and following of 2/π; 192 of them leave more than 128 behind the point
// after the 62 that cancel at worst. Integers only: the same result on every processor.
uint64_t ck_turn_large_angle(double x, double *high, double *low) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  if (bits >= 0x7FF0000000000000) {
    *high = *low = NAN;
    return 0;
  }
  const uint64_t m = (bits & 0xFFFFFFFFFFFFF) | 0x10000000000000;
  const int e = (int)(bits >> 52) - 1075;
  // The digits from e − 1 on, counted from 1; the table has 64 zeros before them.
  const int first = e - 2 + 64, word = first >> 6, shift = first & 63;
  uint64_t w[3];
  for (int i = 0; i < 3; i++)
    w[i] = shift ? two_over_pi[word + i] << shift | two_over_pi[word + i + 1] >> (64 - shift) : two_over_pi[word + i];
  // m·w modulo 2^192; the two highest digits are the quarter turns.
  unsigned __int128 carry = (unsigned __int128)m * w[2];
  uint64_t p2 = (uint64_t)carry;
  carry = (unsigned __int128)m * w[1] + (uint64_t)(carry >> 64);
  uint64_t p1 = (uint64_t)carry, p0 = m * w[0] + (uint64_t)(carry >> 64);
  uint64_t quadrant = p0 >> 62;
  p0 = p0 << 2 | p1 >> 62, p1 = p1 << 2 | p2 >> 62, p2 <<= 2;
  // To the nearest quarter turn: the fraction becomes a size with a sign.
  const bool negative = p0 >> 63;
  if (negative) {
    quadrant++;
    p2 = ~p2 + 1;
    p1 = ~p1 + (p2 == 0);
    p0 = ~p0 + (p1 == 0 && p2 == 0);
  }
  int zeros = 0;
  if (p0 == 0) p0 = p1, p1 = p2, p2 = 0, zeros = 64;
  const int more = __builtin_clzll(p0 | 1);
  if (more) p0 = p0 << more | p1 >> (64 - more), p1 = p1 << more | p2 >> (64 - more);
  zeros += more;
  // Times π/2: the upper 128 digits of the product of 128 by 128.
  const unsigned __int128 middle = (unsigned __int128)p0 * half_pi_low + (uint64_t)(((unsigned __int128)p1 * half_pi_low) >> 64);
  const unsigned __int128 other = (unsigned __int128)p1 * half_pi_high + (uint64_t)middle;
  unsigned __int128 r = (unsigned __int128)p0 * half_pi_high + (uint64_t)(middle >> 64) + (uint64_t)(other >> 64);
  // r / 2^127 · 2^−zeros. The upper 53 digits and the next ones, each exactly a double.
  if (!(r >> 127)) r <<= 1, zeros++;
  const uint64_t top = (uint64_t)(r >> 64), rest = (uint64_t)r;
  const double sign = negative ? -1 : 1;
  *high = sign * (double)(top >> 11) * power_of_2(-52 - zeros);
  *low = sign * (double)((top & 0x7FF) << 42 | rest >> 22) * power_of_2(-105 - zeros);
  return quadrant;
}
