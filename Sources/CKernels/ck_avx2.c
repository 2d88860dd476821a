#include "ck_variant.h"

#if CK_HAS_X86_VARIANTS
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#pragma STDC FP_CONTRACT OFF
#define CK_VARIANT avx2
#define CK_VARIANT_ISA CK_AVX2
#define CK_VECTOR_BYTES 32
#define CK_HAS_FMA 1
#include "Bodies/variant-inl.h"
#pragma clang attribute pop
#endif
