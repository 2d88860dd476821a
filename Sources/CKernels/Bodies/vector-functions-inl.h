// Pointers to vector versions of the C library's functions: the platform's vector library where it has one, else
// the scalar function lane by lane.

typedef f32v (*f32_function_1)(f32v);
typedef f64v (*f64_function_1)(f64v);
typedef f32v (*f32_function_2)(f32v, f32v);
typedef f64v (*f64_function_2)(f64v, f64v);

#define CK_LANEWISE(OP, SCALAR) \
  static f32v f32_lanewise_##OP(f32v x) { \
    for (int i = 0; i < CK_LANES_32; i++) x[i] = SCALAR##f(x[i]); \
    return x; \
  } \
  static f64v f64_lanewise_##OP(f64v x) { \
    for (int i = 0; i < CK_LANES_64; i++) x[i] = SCALAR(x[i]); \
    return x; \
  }
CK_VECTOR_FUNCTIONS_1(CK_LANEWISE)
#undef CK_LANEWISE

#define CK_LANEWISE(OP, SCALAR) \
  static f32v f32_lanewise_##OP(f32v x, f32v z) { \
    for (int i = 0; i < CK_LANES_32; i++) x[i] = SCALAR##f(x[i], z[i]); \
    return x; \
  } \
  static f64v f64_lanewise_##OP(f64v x, f64v z) { \
    for (int i = 0; i < CK_LANES_64; i++) x[i] = SCALAR(x[i], z[i]); \
    return x; \
  }
CK_VECTOR_FUNCTIONS_2(CK_LANEWISE)
#undef CK_LANEWISE

#define CK_POINTER_32(OP, SCALAR) f32_lanewise_##OP,
#define CK_POINTER_64(OP, SCALAR) f64_lanewise_##OP,
static f32_function_1 f32_functions_1[] = {CK_VECTOR_FUNCTIONS_1(CK_POINTER_32)};
static f64_function_1 f64_functions_1[] = {CK_VECTOR_FUNCTIONS_1(CK_POINTER_64)};
static f32_function_2 f32_functions_2[] = {CK_VECTOR_FUNCTIONS_2(CK_POINTER_32)};
static f64_function_2 f64_functions_2[] = {CK_VECTOR_FUNCTIONS_2(CK_POINTER_64)};
#undef CK_POINTER_32
#undef CK_POINTER_64

static void ck_prepare_functions(void) {
  void *f;
#define CK_FIND(TYPE, LANES, ARGUMENTS, IS_FLOAT, OP, SCALAR) \
  f = ck_find_vector_function(CK_VECTOR_LETTER, LANES, ARGUMENTS, #SCALAR, IS_FLOAT); \
  if (f) TYPE##_functions_##ARGUMENTS[CK_FUNCTION_##OP] = (TYPE##_function_##ARGUMENTS)f;
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
