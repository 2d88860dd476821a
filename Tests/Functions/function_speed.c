// Nanoseconds an element of every function's loop on one thread, in two builds of the kernels side by side:
//
//     function_speed BEFORE.so NOW.so INSTRUCTION_SET     (Scripts/compare-functions.sh makes the libraries)
//
// The least of 14 turns; the two builds take turns.
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "CKernels.h"

enum { MOST = 1000000, TURNS = 14 };
static const int sizes[] = {1000, 100000, MOST};

typedef struct function {
  const char *name;
  int operation;
  double low, high;
} function;
static const function functions[] = {
  {"exp", CK_EXP, -80, 80},       {"exp2", CK_EXP2, -100, 100},   {"expm1", CK_EXPM1, -10, 80},
  {"log", CK_LOG, 1e-3, 1e3},     {"log1p", CK_LOG1P, -0.9, 1e3}, {"log2", CK_LOG2, 1e-3, 1e3},
  {"log10", CK_LOG10, 1e-3, 1e3}, {"sin", CK_SIN, -100, 100},     {"cos", CK_COS, -100, 100},
  {"tan", CK_TAN, -100, 100},     {"asin", CK_ASIN, -1, 1},       {"acos", CK_ACOS, -1, 1},
  {"atan", CK_ATAN, -10, 10},     {"sinh", CK_SINH, -10, 10},     {"cosh", CK_COSH, -10, 10},
  {"tanh", CK_TANH, -5, 5},       {"asinh", CK_ASINH, -100, 100}, {"acosh", CK_ACOSH, 1, 100},
  {"atanh", CK_ATANH, -1, 1},     {"erf", CK_ERF, -3, 3},         {"erfc", CK_ERFC, -3, 5},
  {"sigmoid", CK_SIGMOID, -10, 10}, {"logSigmoid", CK_LOG_SIGMOID, -10, 10}, {"sechSquare", CK_SECH_SQUARE, -5, 5}, {"atan2", CK_ATAN2, -5, 5},
  {"hypot", CK_HYPOT, -5, 5},     {"power", CK_POWER, 0.1, 10},   {"xlogy", CK_XLOGY, 0.1, 10},
  {"logAddExp", CK_LOG_ADD_EXP, -10, 10},
};

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static const ck_table *table_of(const char *path, const char *name) {
  void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (!library) return fprintf(stderr, "%s\n", dlerror()), NULL;
  const ck_table *(*find)(ck_isa) = (const ck_table *(*)(ck_isa))dlsym(library, "ck_table_of");
  for (int isa = 0; isa < CK_ISA_COUNT; isa++) {
    const ck_table *table = find((ck_isa)isa);
    if (table && strcmp(table->name, name) == 0) return table;
  }
  return NULL;
}

int main(int argc, char **argv) {
  if (argc < 4) return 2;
  const ck_table *tables[] = {table_of(argv[1], argv[3]), table_of(argv[2], argv[3])};
  if (!tables[0] || !tables[1]) return fprintf(stderr, "no %s here\n", argv[3]), 1;
  void *x = aligned_alloc(64, 8 * MOST), *z = aligned_alloc(64, 8 * MOST), *y = aligned_alloc(64, 8 * MOST);
  printf("| function | type | 1,000: before | now | × | 100,000: before | now | × | 1,000,000: before | now | × |\n");
  printf("|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n");
  for (unsigned k = 0; k < sizeof functions / sizeof *functions; k++)
    for (int type = 0; type < 2; type++) {
      const function *f = &functions[k];
      srand(1);
      for (int i = 0; i < MOST; i++) {
        const double a = f->low + (f->high - f->low) * (rand() / (RAND_MAX + 1.0));
        const double b = f->low + (f->high - f->low) * (rand() / (RAND_MAX + 1.0));
        if (type) ((double *)x)[i] = a, ((double *)z)[i] = b;
        else ((float *)x)[i] = (float)a, ((float *)z)[i] = (float)b;
      }
      printf("| %s | %s |", f->name, type ? "Double" : "Float");
      for (int s = 0; s < 3; s++) {
        const int n = sizes[s], rounds = n == MOST ? 2 : n > 1000 ? 8 : 400;
        double best[2] = {1e99, 1e99};
        for (int turn = 0; turn < TURNS; turn++)
          for (int side = 0; side < 2; side++) {
            const ck_loop loop = tables[side]->loops[f->operation][type][CK_VECTOR_VECTOR];
            const double start = now();
            for (int r = 0; r < rounds; r++) loop(y, x, z, NULL, n);
            const double time = (now() - start) / rounds / n;
            if (time < best[side]) best[side] = time;
          }
        printf(" %.2f | %.2f | %.2f |", best[0], best[1], best[0] / best[1]);
      }
      printf("\n");
      fflush(stdout);
    }
  return 0;
}
