// Sums of lanes of several registers at once: each step adds the halves of every part of two registers and puts the
// sums side by side in one, three instructions for what takes each register by itself as many. After log₂ L steps on L
// registers lane k is the sum of the lanes of register k, in the order of folding it in halves.
//
// CK_FOLD_p_OF_L: parts of p lanes in registers of L.

#define CK_FOLD_16_OF_16(A, B) \
  (__builtin_shufflevector(A, B, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23) + \
   __builtin_shufflevector(A, B, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31))
#define CK_FOLD_8_OF_16(A, B) \
  (__builtin_shufflevector(A, B, 0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27) + \
   __builtin_shufflevector(A, B, 4, 5, 6, 7, 12, 13, 14, 15, 20, 21, 22, 23, 28, 29, 30, 31))
#define CK_FOLD_4_OF_16(A, B) \
  (__builtin_shufflevector(A, B, 0, 1, 4, 5, 8, 9, 12, 13, 16, 17, 20, 21, 24, 25, 28, 29) + \
   __builtin_shufflevector(A, B, 2, 3, 6, 7, 10, 11, 14, 15, 18, 19, 22, 23, 26, 27, 30, 31))
#define CK_FOLD_2_OF_16(A, B) \
  (__builtin_shufflevector(A, B, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30) + \
   __builtin_shufflevector(A, B, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31))
#define CK_FOLD_8_OF_8(A, B) \
  (__builtin_shufflevector(A, B, 0, 1, 2, 3, 8, 9, 10, 11) + \
   __builtin_shufflevector(A, B, 4, 5, 6, 7, 12, 13, 14, 15))
#define CK_FOLD_4_OF_8(A, B) \
  (__builtin_shufflevector(A, B, 0, 1, 4, 5, 8, 9, 12, 13) + \
   __builtin_shufflevector(A, B, 2, 3, 6, 7, 10, 11, 14, 15))
#define CK_FOLD_2_OF_8(A, B) \
  (__builtin_shufflevector(A, B, 0, 2, 4, 6, 8, 10, 12, 14) + \
   __builtin_shufflevector(A, B, 1, 3, 5, 7, 9, 11, 13, 15))
#define CK_FOLD_4_OF_4(A, B) \
  (__builtin_shufflevector(A, B, 0, 1, 4, 5) + \
   __builtin_shufflevector(A, B, 2, 3, 6, 7))
#define CK_FOLD_2_OF_4(A, B) \
  (__builtin_shufflevector(A, B, 0, 2, 4, 6) + \
   __builtin_shufflevector(A, B, 1, 3, 5, 7))
#define CK_FOLD_2_OF_2(A, B) \
  (__builtin_shufflevector(A, B, 0, 2) + \
   __builtin_shufflevector(A, B, 1, 3))
