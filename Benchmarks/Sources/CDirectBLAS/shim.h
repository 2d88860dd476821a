#ifndef ADJOINT_BENCH_DIRECT_SHIM_H
#define ADJOINT_BENCH_DIRECT_SHIM_H

#include <cblas.h>

/* Only real routines are called; opaque complex types would do, the library's own shim has the same structs. */
typedef struct {
  float real, imaginary;
} direct_complex_float;
typedef struct {
  double real, imaginary;
} direct_complex_double;
#define LAPACK_COMPLEX_CUSTOM
#define lapack_complex_float direct_complex_float
#define lapack_complex_double direct_complex_double
#include <lapacke.h>

#endif
