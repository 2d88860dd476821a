// What libFuzzer calls; built by Scripts/fuzz.sh, not a part of the package.
#include <stdio.h>
#include <stdlib.h>
#include "ProgramFuzzer.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
  const char *fault = program_fuzzer_run(bytes, count);
  if (fault) {
    fprintf(stderr, "%s\n", fault);
    abort();
  }
  return 0;
}
