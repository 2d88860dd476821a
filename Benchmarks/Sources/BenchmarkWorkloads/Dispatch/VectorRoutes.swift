import AdjointKernels
import BenchmarkCore
import CKernels

/// The routines of BLAS's first level against the kernels that the library runs instead.
enum VectorRoutes {
  private static let sizes = [100, 1000, 10_000, 100_000, 1_000_000, 10_000_000]

  static let all = [
    route("dot", "Σ x·y", "x.dot(y)", reads: 2, writes: 0, flops: 2) {
      (type: DataType, n) in
      type == .float32 ? dot(n, Float.self) : dot(n, Double.self)
    },
    route("nrm2", "√Σ x²", "x.norm()", reads: 1, writes: 0, flops: 2) { type, n in
      type == .float32 ? norm(n, Float.self) : norm(n, Double.self)
    },
    route("asum", "Σ |x|", "x.abs().sum()", reads: 1, writes: 0, flops: 1) { type, n in
      type == .float32 ? absoluteSum(n, Float.self) : absoluteSum(n, Double.self)
    },
    route("axpy", "y + α·x", "y += a * x, SGD's step", reads: 2, writes: 1, flops: 2) { type, n in
      type == .float32 ? axpy(n, Float.self) : axpy(n, Double.self)
    },
    route("scal", "α·x", "x *= a", reads: 1, writes: 1, flops: 1) { type, n in
      type == .float32 ? scale(n, Float.self) : scale(n, Double.self)
    },
    route("copy", "x", "copies of contiguous elements", reads: 1, writes: 1, flops: 0) { type, n in
      type == .float32 ? copy(n, Float.self) : copy(n, Double.self)
    },
  ]

  private static func route(
    _ routine: String, _ formula: String, _ operations: String, reads: Int, writes: Int, flops: Int,
    _ prepare: @escaping @Sendable (DataType, Int) -> (blas: () -> Void, own: () -> Void)
  ) -> Route {
    Route(
      routine: routine, formula: formula, operations: operations, sizes: sizes,
      cost: { n, type in
        .init(
          bytes: (reads + writes) * n * type.size, flops: flops * n, items: n,
          footprint: max(reads, writes) * n * type.size)
      }, prepare: { prepare($1, $0) })
  }

  // MARK: Both ways

  private static func buffer<Scalar: ScalarMath>(_ n: Int, seed: UInt64, _ type: Scalar.Type) -> Buffer {
    Buffer.of(Inputs.uniform(n, seed: seed, type))
  }

  /// Rows that fit into a tile are planned as the library plans them.
  private static func reduced(_ n: Int) -> TileSpace {
    n <= TileSpace.longestTiledRow ? .rows(kept: [], reduced: [n]) : .longRows(kept: [], reduced: [n])
  }

  private static func dot<Scalar: ScalarMath & BLASScalar>(_ n: Int, _ type: Scalar.Type) -> (() -> Void, () -> Void) {
    let (x, y, result) = (buffer(n, seed: 1, type), buffer(n, seed: 2, type), buffer(1, seed: 3, type))
    let a = MatrixOperand(x, offset: 0, rowStride: n, columnStride: 1, batchOffsets: [0])
    let b = MatrixOperand(y, offset: 0, rowStride: 1, columnStride: 1, batchOffsets: [0])
    return (
      { _ = x.withSpan(of: type) { x in y.withSpan(of: type) { y in BLAS.dot(x: x, y: y) } } },
      { MatrixProduct.run(Scalar.elementType, m: 1, n: 1, k: n, a, b, into: result) }
    )
  }

  private static func norm<Scalar: ScalarMath & BLASScalar>(_ n: Int, _ type: Scalar.Type) -> (
    () -> Void, () -> Void
  ) {
    let (x, result) = (buffer(n, seed: 1, type), buffer(1, seed: 3, type))
    let program = reduction(n, Scalar.elementType, CK_SQUARE)
    return (
      { _ = x.withSpan(of: type) { BLAS.nrm2(x: $0) } },
      { program.run(inputs: [x], scalars: [], outputs: [result]) }
    )
  }

  private static func absoluteSum<Scalar: ScalarMath & BLASScalar>(
    _ n: Int, _ type: Scalar.Type
  ) -> (() -> Void, () -> Void) {
    let (x, result) = (buffer(n, seed: 1, type), buffer(1, seed: 3, type))
    let program = reduction(n, Scalar.elementType, CK_ABS)
    return (
      { _ = x.withSpan(of: type) { BLAS.asum(x: $0) } },
      { program.run(inputs: [x], scalars: [], outputs: [result]) }
    )
  }

  private static func reduction(_ n: Int, _ type: ElementType, _ operation: ck_operation) -> TileProgram {
    var builder = TileProgramBuilder(space: reduced(n))
    let a = builder.input(type, strides: [1])
    builder.output(builder.reduce(CK_REDUCE_SUM, builder.apply(operation, a, level: .full)), level: .row)
    return builder.build()
  }

  private static func axpy<Scalar: ScalarMath & BLASScalar>(_ n: Int, _ type: Scalar.Type) -> (
    () -> Void, () -> Void
  ) {
    let x = buffer(n, seed: 1, type)
    var y = buffer(n, seed: 2, type)
    let target = buffer(n, seed: 2, type)
    var builder = TileProgramBuilder(space: .elements([n]))
    let a = builder.input(Scalar.elementType, strides: [1])
    let b = builder.input(Scalar.elementType, strides: [1])
    let factor = builder.scalar(Scalar.elementType)
    builder.output(builder.apply(CK_MULTIPLY_ADD, a, factor, b, level: .full), level: .full)
    let program = builder.build()
    // Small enough that many calls overflow nothing.
    let bits = Scalar(1e-6).elementBits
    return (
      {
        x.withSpan(of: type) { x in
          Buffer.withMutableSpan(&y, of: type) { y in BLAS.axpy(alpha: 1e-6, x: x, y: &y) }
        }
      },
      { program.run(inputs: [x, target], scalars: [bits], outputs: [target]) }
    )
  }

  private static func scale<Scalar: ScalarMath & BLASScalar>(_ n: Int, _ type: Scalar.Type) -> (
    () -> Void, () -> Void
  ) {
    var x = buffer(n, seed: 1, type)
    let target = buffer(n, seed: 1, type)
    var builder = TileProgramBuilder(space: .elements([n]))
    let a = builder.input(Scalar.elementType, strides: [1])
    let factor = builder.scalar(Scalar.elementType)
    builder.output(builder.apply(CK_MULTIPLY, a, factor, level: .full), level: .full)
    let program = builder.build()
    // −1 keeps magnitudes as they are, and no library has a shortcut for it.
    let bits = Scalar(-1).elementBits
    return (
      { Buffer.withMutableSpan(&x, of: type) { BLAS.scal(alpha: -1, x: &$0) } },
      { program.run(inputs: [target], scalars: [bits], outputs: [target]) }
    )
  }

  private static func copy<Scalar: ScalarMath & BLASScalar>(_ n: Int, _ type: Scalar.Type) -> (
    () -> Void, () -> Void
  ) {
    let x = buffer(n, seed: 1, type)
    var y = buffer(n, seed: 2, type)
    let target = buffer(n, seed: 2, type)
    var builder = TileProgramBuilder(space: .elements([n]))
    let a = builder.input(Scalar.elementType, strides: [1])
    builder.output(builder.apply(CK_COPY, a, level: .full), level: .full)
    let program = builder.build()
    return (
      { x.withSpan(of: type) { x in Buffer.withMutableSpan(&y, of: type) { y in BLAS.copy(x: x, y: &y) } } },
      { program.run(inputs: [x], scalars: [], outputs: [target]) }
    )
  }
}
