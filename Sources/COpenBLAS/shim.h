#ifndef ADJOINT_COPENBLAS_SHIM_H
#define ADJOINT_COPENBLAS_SHIM_H

#include <cblas.h>
#include <lapacke.h>

#endif
