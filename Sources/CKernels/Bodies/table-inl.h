// The table of this variant.

#define CK_ONE(P, OP) {P##_##OP}
#define CK_THREE(P, OP) {P##_##OP##_vv, P##_##OP##_vs, P##_##OP##_sv}

#define CK_FLOATS_1(OP) [CK_##OP] = {[CK_FLOAT32] = CK_ONE(f32, OP), [CK_FLOAT64] = CK_ONE(f64, OP)},
#define CK_NUMBERS_1(OP) \
  [CK_##OP] = {[CK_FLOAT32] = CK_ONE(f32, OP), [CK_FLOAT64] = CK_ONE(f64, OP), [CK_INT64] = CK_ONE(i64, OP), \
               [CK_INT32] = CK_ONE(i32, OP)},
#define CK_ALL_1(OP) \
  [CK_##OP] = {[CK_FLOAT32] = CK_ONE(f32, OP), [CK_FLOAT64] = CK_ONE(f64, OP), [CK_INT64] = CK_ONE(i64, OP), \
               [CK_INT32] = CK_ONE(i32, OP), [CK_BOOL] = CK_ONE(bool, OP)},
#define CK_FLOATS_2(OP) [CK_##OP] = {[CK_FLOAT32] = CK_THREE(f32, OP), [CK_FLOAT64] = CK_THREE(f64, OP)},
#define CK_NUMBERS_2(OP) \
  [CK_##OP] = {[CK_FLOAT32] = CK_THREE(f32, OP), [CK_FLOAT64] = CK_THREE(f64, OP), \
               [CK_INT64] = CK_THREE(i64, OP), [CK_INT32] = CK_THREE(i32, OP)},
#define CK_ALL_2(OP) \
  [CK_##OP] = {[CK_FLOAT32] = CK_THREE(f32, OP), [CK_FLOAT64] = CK_THREE(f64, OP), \
               [CK_INT64] = CK_THREE(i64, OP), [CK_INT32] = CK_THREE(i32, OP), [CK_BOOL] = CK_THREE(bool, OP)},
#define CK_SELECTS(BITS) {select_##BITS##_vv, select_##BITS##_vs, select_##BITS##_sv, select_##BITS##_ss}
#define CK_MULTIPLY_ADDS(P) {P##_MULTIPLY_ADD_vv, P##_MULTIPLY_ADD_vs}
#define CK_NUMBER_REDUCTION(WAY, OP) \
  [CK_REDUCE_##OP] = {[CK_FLOAT32] = f32_##WAY##_##OP, [CK_FLOAT64] = f64_##WAY##_##OP, \
                      [CK_INT64] = i64_##WAY##_##OP, [CK_INT32] = i32_##WAY##_##OP},

static const ck_table CK_NAME(table) = {
  .isa = CK_VARIANT_ISA,
  .name = CK_STRING(CK_VARIANT),
  .loops = {
    CK_UNARY_FLOAT(CK_FLOATS_1)
    CK_UNARY_NUMBER(CK_NUMBERS_1)
    CK_UNARY_TEST(CK_ALL_1)
    CK_CONVERT(CK_ALL_1)
    CK_BINARY_FLOAT(CK_FLOATS_2)
    CK_BINARY_NUMBER(CK_NUMBERS_2)
    CK_BINARY_TEST(CK_ALL_2)
    [CK_SELECT] = {[CK_FLOAT32] = CK_SELECTS(32), [CK_FLOAT64] = CK_SELECTS(64), [CK_INT64] = CK_SELECTS(64),
                   [CK_INT32] = CK_SELECTS(32), [CK_BOOL] = CK_SELECTS(8)},
    [CK_MULTIPLY_ADD] = {[CK_FLOAT32] = CK_MULTIPLY_ADDS(f32), [CK_FLOAT64] = CK_MULTIPLY_ADDS(f64),
                         [CK_INT64] = CK_MULTIPLY_ADDS(i64), [CK_INT32] = CK_MULTIPLY_ADDS(i32)},
  },
  .rows = {
    CK_NUMBER_REDUCTION(rows, SUM)
    CK_NUMBER_REDUCTION(rows, PRODUCT)
    CK_NUMBER_REDUCTION(rows, MAX)
    CK_NUMBER_REDUCTION(rows, MIN)
    [CK_REDUCE_MEAN] = {[CK_FLOAT32] = f32_rows_MEAN, [CK_FLOAT64] = f64_rows_MEAN},
    [CK_REDUCE_ANY] = {[CK_BOOL] = bool_rows_ANY},
    [CK_REDUCE_ALL] = {[CK_BOOL] = bool_rows_ALL},
  },
  .columns = {
    CK_NUMBER_REDUCTION(columns, SUM)
    CK_NUMBER_REDUCTION(columns, PRODUCT)
    CK_NUMBER_REDUCTION(columns, MAX)
    CK_NUMBER_REDUCTION(columns, MIN)
    // Sums, which are divided when all of them are there.
    [CK_REDUCE_MEAN] = {[CK_FLOAT32] = f32_columns_SUM, [CK_FLOAT64] = f64_columns_SUM},
    [CK_REDUCE_ANY] = {[CK_BOOL] = bool_columns_ANY},
    [CK_REDUCE_ALL] = {[CK_BOOL] = bool_columns_ALL},
  },
  .store_past_caches = store_past_caches,
  .matrix_times_vector = {f32_matrix_times_vector, f64_matrix_times_vector},
  .sin_cos = {f32_sin_cos, f64_sin_cos},
  .vector_times_matrix = {f32_vector_times_matrix, f64_vector_times_matrix},
  .matrix_product = {f32_matrix_product, f64_matrix_product},
  .pass_block_rows = CK_PRODUCT_ROWS,
  .lay_out_weight = {f32_lay_out_weight, f64_lay_out_weight},
  .pass = {f32_pass, f64_pass},
  .weight_pass = {f32_weight_pass, f64_weight_pass},
  .finish_weight = {f32_finish_weight, f64_finish_weight},
  .dot = {f32_dot, f64_dot},
#if CK_HAS_X86_VARIANTS
#define CK_PAST_CACHES(OP) [CK_##OP] = {f32_##OP##_past_caches, f64_##OP##_past_caches},
  .loops_past_caches = {CK_TRANSCENDENTAL_1(CK_PAST_CACHES)},
#undef CK_PAST_CACHES
#endif
};

static const ck_random_table CK_NAME(random) = {
  .bits = philox_bits,
  .uniform_f32 = philox_uniform_f32,
  .uniform_f64 = philox_uniform_f64,
  .normal_f32 = philox_normal_f32,
  .normal_f64 = philox_normal_f64,
};

const ck_variant CK_NAME(ck_variant) = {&CK_NAME(table), &CK_NAME(random)};
