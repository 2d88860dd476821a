#ifndef PROGRAM_FUZZER_H
#define PROGRAM_FUZZER_H

#include <stddef.h>
#include <stdint.h>

/// Makes a valid tile program of the bytes, runs it in tiles of two sizes, the second time in two ranges, and compares the results.
///
/// Every array has just the memory that the program may touch: with the address sanitizer a step beyond it stops the process;
/// without, marks behind the arrays are looked at. NULL, or a sentence that says what is wrong.
const char *program_fuzzer_run(const uint8_t *bytes, size_t count);

#endif
