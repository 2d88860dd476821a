// The instruction set that every processor of the architecture has: SSE2, NEON.
#include "ck_variant.h"

#pragma STDC FP_CONTRACT OFF
#define CK_VARIANT baseline
#define CK_VARIANT_ISA CK_BASELINE
#define CK_VECTOR_BYTES 16
#if defined(__aarch64__)
#define CK_HAS_FMA 1
#endif
#include "Bodies/variant-inl.h"
