// The C library's functions for whole arrays: the platform's vector library where it has the function, else the
// scalar function element by element.
//
// The vector library passes vectors in registers. Clang decides how to pass a vector by the flags of the whole
// file and not by a function's own target, so a call from here would pass 32- and 64-byte vectors in memory.
// The few lines of assembly below make the calls instead.

static void *f32_vector_1[CK_FUNCTION_COUNT_1], *f32_vector_2[CK_FUNCTION_COUNT_2];
static void *f64_vector_1[CK_FUNCTION_COUNT_1], *f64_vector_2[CK_FUNCTION_COUNT_2];

static void ck_prepare_functions(void) {
#define CK_FIND(TYPE, LANES, ARGUMENTS, IS_FLOAT, OP, SCALAR) \
  TYPE##_vector_##ARGUMENTS[CK_FUNCTION_##OP] = \
    ck_find_vector_function(CK_VECTOR_LETTER, LANES, ARGUMENTS, #SCALAR, IS_FLOAT);
#define CK_FIND_1(OP, SCALAR) \
  CK_FIND(f32, CK_LANES_32, 1, 1, OP, SCALAR) CK_FIND(f64, CK_LANES_64, 1, 0, OP, SCALAR)
#define CK_FIND_2(OP, SCALAR) \
  CK_FIND(f32, CK_LANES_32, 2, 1, OP, SCALAR) CK_FIND(f64, CK_LANES_64, 2, 0, OP, SCALAR)
  CK_VECTOR_FUNCTIONS_1(CK_FIND_1)
  CK_VECTOR_FUNCTIONS_2(CK_FIND_2)
#undef CK_FIND
#undef CK_FIND_1
#undef CK_FIND_2
}

#define CK_SCALAR_32(OP, SCALAR) SCALAR##f,
#define CK_SCALAR_64(OP, SCALAR) SCALAR,
static float (*const f32_scalar_1[])(float) = {CK_VECTOR_FUNCTIONS_1(CK_SCALAR_32)};
static double (*const f64_scalar_1[])(double) = {CK_VECTOR_FUNCTIONS_1(CK_SCALAR_64)};
static float (*const f32_scalar_2[])(float, float) = {CK_VECTOR_FUNCTIONS_2(CK_SCALAR_32)};
static double (*const f64_scalar_2[])(double, double) = {CK_VECTOR_FUNCTIONS_2(CK_SCALAR_64)};
#undef CK_SCALAR_32
#undef CK_SCALAR_64

#if CK_HAS_X86_VARIANTS
#if CK_VECTOR_BYTES == 64
#define CK_MOVE "vmovups"
#define CK_MOVE_PAST_CACHES "vmovntps"
#define CK_REGISTER "%zmm"
#define CK_LEAVE "vzeroupper\n\t"
#elif CK_VECTOR_BYTES == 32
#define CK_MOVE "vmovups"
#define CK_MOVE_PAST_CACHES "vmovntps"
#define CK_REGISTER "%ymm"
#define CK_LEAVE "vzeroupper\n\t"
#else
#define CK_MOVE "movups"
#define CK_MOVE_PAST_CACHES "movntps"
#define CK_REGISTER "%xmm"
#define CK_LEAVE
#endif

// y[i] = f(a[i], b[i]) for i in 0..<count (at least 1), in vectors. A step is the bytes from one vector of an
// operand to the next, 0 for an operand that stays.
typedef struct ck_vector_call {
  void *f, *y;
  const void *a, *b;
  int64_t count, a_step, b_step;
} ck_vector_call;

#define CK_CALLER(NAME, STORE) \
  __attribute__((naked, noinline)) static void NAME(ck_vector_call *call) { \
    __asm__( \
      "pushq %rbp\n\t" \
      ".cfi_def_cfa_offset 16\n\t" \
      ".cfi_offset %rbp, -16\n\t" \
      "movq %rsp, %rbp\n\t" \
      ".cfi_def_cfa_register %rbp\n\t" \
      "pushq %rbx\n\t" \
      "pushq %r12\n\t" \
      "pushq %r13\n\t" \
      "pushq %r14\n\t" \
      "pushq %r15\n\t" \
      "pushq %rdi\n\t" \
      ".cfi_offset %rbx, -24\n\t" \
      ".cfi_offset %r12, -32\n\t" \
      ".cfi_offset %r13, -40\n\t" \
      ".cfi_offset %r14, -48\n\t" \
      ".cfi_offset %r15, -56\n\t" \
      "movq (%rdi), %rbx\n\t" \
      "movq 8(%rdi), %r12\n\t" \
      "movq 16(%rdi), %r13\n\t" \
      "movq 24(%rdi), %r14\n\t" \
      "movq 32(%rdi), %r15\n" \
      "1:\n\t" CK_MOVE " (%r13), " CK_REGISTER "0\n\t" CK_MOVE " (%r14), " CK_REGISTER "1\n\t" \
      "call *%rbx\n\t" STORE " " CK_REGISTER "0, (%r12)\n\t" \
      "movq (%rsp), %rdi\n\t" \
      "addq $" CK_STRING(CK_VECTOR_BYTES) ", %r12\n\t" \
      "addq 40(%rdi), %r13\n\t" \
      "addq 48(%rdi), %r14\n\t" \
      "decq %r15\n\t" \
      "jne 1b\n\t" CK_LEAVE \
      "popq %rdi\n\t" \
      "popq %r15\n\t" \
      "popq %r14\n\t" \
      "popq %r13\n\t" \
      "popq %r12\n\t" \
      "popq %rbx\n\t" \
      "popq %rbp\n\t" \
      ".cfi_def_cfa %rsp, 8\n\t" \
      "ret"); \
  }
CK_CALLER(ck_call_vector_function, CK_MOVE)
// Stores past the caches: the result lies on lines of its own.
CK_CALLER(ck_call_vector_function_past_caches, CK_MOVE_PAST_CACHES)
#undef CK_CALLER

static void ck_vector_apply(ck_vector_call call) { ck_call_vector_function(&call); }
static void ck_vector_apply_past_caches(ck_vector_call call) { ck_call_vector_function_past_caches(&call); }
#undef CK_MOVE
#undef CK_MOVE_PAST_CACHES
#undef CK_REGISTER
#undef CK_LEAVE
#endif

// `a_step` and `b_step` are 1, or 0 for a scalar operand.
#if CK_HAS_X86_VARIANTS
#define CK_DEFINE_APPLY(P, T, LANES) \
  static void P##_apply_vector(void *f, T *y, const T *a, int64_t a_step, const T *b, int64_t b_step, int64_t n) { \
    const P##v one = P##_splat(1), a0 = P##_splat(*a), b0 = P##_splat(*b); \
    const int64_t whole = n / LANES; \
    if (whole > 0) \
      ck_vector_apply((ck_vector_call){f, y, a_step ? (const void *)a : &a0, b_step ? (const void *)b : &b0, whole, \
                                       a_step * CK_VECTOR_BYTES, b_step * CK_VECTOR_BYTES}); \
    const int64_t i = whole * LANES, rest = n - i; \
    if (rest > 0) { \
      P##v x = a_step ? P##_load_first(a + i, rest, one) : a0, z = b_step ? P##_load_first(b + i, rest, one) : b0; \
      ck_vector_apply((ck_vector_call){f, &x, &x, &z, 1, 0, 0}); \
      P##_store_first(y + i, x, rest); \
    } \
  }
CK_DEFINE_APPLY(f32, float, CK_LANES_32)
CK_DEFINE_APPLY(f64, double, CK_LANES_64)
#undef CK_DEFINE_APPLY
#else
static void f32_apply_vector(void *f, float *y, const float *a, int64_t a_step, const float *b, int64_t b_step,
                             int64_t n) {
  (void)f, (void)y, (void)a, (void)a_step, (void)b, (void)b_step, (void)n;
}
static void f64_apply_vector(void *f, double *y, const double *a, int64_t a_step, const double *b, int64_t b_step,
                             int64_t n) {
  (void)f, (void)y, (void)a, (void)a_step, (void)b, (void)b_step, (void)n;
}
#endif

#define CK_DEFINE_APPLY(P, T) \
  static void P##_apply_1(int function, T *y, const T *a, int64_t n) { \
    if (n <= 0) return; \
    if (P##_vector_1[function]) { \
      P##_apply_vector(P##_vector_1[function], y, a, 1, a, 1, n); \
    } else { \
      T (*const f)(T) = P##_scalar_1[function]; \
      for (int64_t i = 0; i < n; i++) y[i] = f(a[i]); \
    } \
  } \
  static void P##_apply_2(int function, T *y, const T *a, int64_t a_step, const T *b, int64_t b_step, int64_t n) { \
    if (n <= 0) return; \
    if (P##_vector_2[function]) { \
      P##_apply_vector(P##_vector_2[function], y, a, a_step, b, b_step, n); \
    } else { \
      T (*const f)(T, T) = P##_scalar_2[function]; \
      for (int64_t i = 0; i < n; i++) y[i] = f(a[i * a_step], b[i * b_step]); \
    } \
  }
CK_DEFINE_APPLY(f32, float)
CK_DEFINE_APPLY(f64, double)
#undef CK_DEFINE_APPLY

#if CK_HAS_X86_VARIANTS
#define CK_DEFINE_APPLY(P, T, LANES) \
  static void P##_apply_past_caches(int function, T *y, const T *a, int64_t n) { \
    const int64_t whole = P##_vector_1[function] ? n / LANES : 0; \
    if (whole > 0) \
      ck_vector_apply_past_caches((ck_vector_call){P##_vector_1[function], y, a, a, whole, CK_VECTOR_BYTES, 0}); \
    P##_apply_1(function, y + whole * LANES, a + whole * LANES, n - whole * LANES); \
  }
CK_DEFINE_APPLY(f32, float, CK_LANES_32)
CK_DEFINE_APPLY(f64, double, CK_LANES_64)
#undef CK_DEFINE_APPLY
#endif

// The loop of an operation that is the vector library's.
#if CK_HAS_X86_VARIANTS
#define CK_OF_VECTOR_LIBRARY(OP) \
  static void CK_ID(OP)(CK_ARGUMENTS) { CK_ID(apply_1)(CK_FUNCTION_##OP, y_, a_, n); } \
  static void CK_ID(OP##_past_caches)(CK_ARGUMENTS) { CK_ID(apply_past_caches)(CK_FUNCTION_##OP, y_, a_, n); }
#else
#define CK_OF_VECTOR_LIBRARY(OP) \
  static void CK_ID(OP)(CK_ARGUMENTS) { CK_ID(apply_1)(CK_FUNCTION_##OP, y_, a_, n); }
#endif
