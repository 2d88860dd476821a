#ifndef ADJOINT_COPENBLAS_SHIM_H
#define ADJOINT_COPENBLAS_SHIM_H

/* cblas.h is OpenBLAS's own and declares its extensions as well (axpby, openblas_get_config ...). */
#include <cblas.h>

/* C's complex types do not reach Swift: LAPACKE's complex arguments would be opaque pointers. A struct of two
   numbers has the same layout. */
typedef struct {
  float real, imaginary;
} ck_complex_float;
typedef struct {
  double real, imaginary;
} ck_complex_double;
#define LAPACK_COMPLEX_CUSTOM
#define lapack_complex_float ck_complex_float
#define lapack_complex_double ck_complex_double
#include <lapacke.h>

#endif
