#include <pthread.h>
#include <stdatomic.h>
#include "ck_variant.h"

static const ck_variant *const variants[CK_ISA_COUNT] = {
  [CK_BASELINE] = &ck_variant_baseline,
#if CK_HAS_X86_VARIANTS
  [CK_AVX2] = &ck_variant_avx2,
  [CK_AVX512] = &ck_variant_avx512,
#endif
};

static _Atomic(const ck_variant *) current;
static pthread_once_t once = PTHREAD_ONCE_INIT;

bool ck_isa_supported(ck_isa isa) {
  switch (isa) {
    case CK_BASELINE: return true;
#if CK_HAS_X86_VARIANTS
    // The built-in asks the processor and whether the operating system saves the registers.
    case CK_AVX2: return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    case CK_AVX512:
      return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("avx512f") &&
             __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw") &&
             __builtin_cpu_supports("avx512vl");
#endif
    default: return false;
  }
}

static void pick(void) {
  const ck_variant *best = NULL;
  for (int isa = 0; isa < CK_ISA_COUNT; isa++)
    if (ck_isa_supported((ck_isa)isa)) best = variants[isa];
  atomic_store_explicit(&current, best, memory_order_release);
}

static const ck_variant *variant_in_use(void) {
  const ck_variant *variant = atomic_load_explicit(&current, memory_order_acquire);
  if (__builtin_expect(variant != NULL, 1)) return variant;
  pthread_once(&once, pick);
  return atomic_load_explicit(&current, memory_order_acquire);
}

const ck_table *ck_kernels(void) { return variant_in_use()->table; }

const ck_random_table *ck_random_kernels(void) { return variant_in_use()->random; }

static const ck_variant *supported_variant(ck_isa isa) {
  variant_in_use();
  return isa < CK_ISA_COUNT && ck_isa_supported(isa) ? variants[isa] : NULL;
}

const ck_table *ck_table_of(ck_isa isa) {
  const ck_variant *variant = supported_variant(isa);
  return variant ? variant->table : NULL;
}

const ck_random_table *ck_random_table_of(ck_isa isa) {
  const ck_variant *variant = supported_variant(isa);
  return variant ? variant->random : NULL;
}

bool ck_use_isa(ck_isa isa) {
  const ck_variant *variant = supported_variant(isa);
  if (!variant) return false;
  atomic_store_explicit(&current, variant, memory_order_release);
  return true;
}
