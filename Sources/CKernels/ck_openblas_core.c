// Repairs OpenBLAS's choice of kernels on processors that are newer than it.
//
// An OpenBLAS that does not know a processor's model number falls back to its oldest x86-64 kernels: 0.3.21 runs a
// Xeon of 2023 on those for Prescott, at a quarter of the speed of its own AVX-512 kernels. The instruction sets say
// what the model number does not. The choice is only repaired where OpenBLAS's own was such a fallback; a user who
// sets OPENBLAS_CORETYPE decides alone.
//
// OpenBLAS has no function for this: its start-up code reads the environment. Running that again needs the variable
// for a moment, which is safe before main only, when no other thread reads the environment.
#if defined(__x86_64__) && defined(__linux__)

#include <dlfcn.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include "ck_table.h"

static int is_fallback(const char *core) {
  static const char *const old[] = {"Prescott", "Katmai", "Coppermine", "Northwood", "Banias", "Core2", "Penryn",
                                    "Dunnington", "Nehalem", "Athlon", "Opteron", "Barcelona", "Generic"};
  for (size_t k = 0; k < sizeof old / sizeof *old; k++)
    if (strncmp(core, old[k], strlen(old[k])) == 0) return 1;
  return 0;
}

__attribute__((constructor)) static void ck_repair_openblas_core(void) {
  if (getenv("OPENBLAS_CORETYPE")) return;
  const char *(*name)(void) = (const char *(*)(void))dlsym(RTLD_DEFAULT, "openblas_get_corename");
  void (*quit)(void) = (void (*)(void))dlsym(RTLD_DEFAULT, "gotoblas_dynamic_quit");
  void (*init)(void) = (void (*)(void))dlsym(RTLD_DEFAULT, "gotoblas_dynamic_init");
  if (!name || !quit || !init || !is_fallback(name())) return;
  __builtin_cpu_init();
  const char *core = NULL;
  if (ck_isa_supported(CK_AVX512) && dlsym(RTLD_DEFAULT, "gotoblas_SKYLAKEX")) core = "SkylakeX";
  else if (ck_isa_supported(CK_AVX2) && dlsym(RTLD_DEFAULT, "gotoblas_HASWELL")) core = "Haswell";
  if (!core || setenv("OPENBLAS_CORETYPE", core, 1) != 0) return;
  quit();
  init();
  unsetenv("OPENBLAS_CORETYPE");
}

#endif
