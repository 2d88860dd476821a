#if defined(__linux__) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE
#endif
#include "ck_variant.h"

#include <stdio.h>

#if defined(__linux__) && defined(__GLIBC__) && defined(__x86_64__)
#include <dlfcn.h>

// Looked up at run time and never a link-time need: the library does not exist on other platforms, and an
// older one has fewer functions. Its functions follow the vector function ABI, plain calls on vectors.
void *ck_find_vector_function(char letter, int lanes, int arguments, const char *scalar, int is_float) {
  // Opening again only counts a reference: the first call of each variant is serialised by the dispatcher.
  void *library = dlopen("libmvec.so.1", RTLD_NOW | RTLD_LOCAL);
  if (!library) return NULL;
  char name[64];
  snprintf(name, sizeof name, "_ZGV%cN%d%s_%s%s", letter, lanes, arguments == 1 ? "v" : "vv", scalar,
           is_float ? "f" : "");
  return dlsym(library, name);
}
#else
void *ck_find_vector_function(char letter, int lanes, int arguments, const char *scalar, int is_float) {
  (void)letter, (void)lanes, (void)arguments, (void)scalar, (void)is_float;
  return NULL;
}
#endif
