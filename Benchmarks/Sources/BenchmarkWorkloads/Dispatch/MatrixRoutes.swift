import AdjointKernels
import BenchmarkCore
import CKernels

/// The routines of BLAS's second and third level against tile programs; there is none for matrix products.
enum MatrixRoutes {
  static let all = [
    Route(
      routine: "gemv", formula: "a·x", operations: "a.matmul(x)", choice: .tile,
      sizes: [16, 64, 256],
      cost: { n, type in .init(bytes: (n * n + 2 * n) * type.size, flops: 2 * n * n, items: 1) },
      prepare: { n, type in type == .float32 ? ownVector(n, Float.self) : ownVector(n, Double.self) }),
    Route(
      routine: "gemv", formula: "a·x", operations: "a.matmul(x)", choice: .blas, sizes: [512, 1024, 4096],
      cost: { n, type in .init(bytes: (n * n + 2 * n) * type.size, flops: 2 * n * n, items: 1) },
      prepare: { n, type in type == .float32 ? vector(n, Float.self) : vector(n, Double.self) }),
    Route(
      routine: "ger", formula: "x·yᵀ", operations: "u.outer(v)", choice: .tile,
      sizes: [16, 64, 256, 1024, 4096],
      cost: { n, type in .init(bytes: (n * n + 2 * n) * type.size, flops: n * n, items: 1) },
      prepare: { n, type in type == .float32 ? outer(n, Float.self) : outer(n, Double.self) }),
    Route(
      routine: "gemm", formula: "a·b", operations: "a.matmul(b)", choice: .blas, sizes: [16, 64, 256, 1024],
      cost: { n, type in .init(bytes: 3 * n * n * type.size, flops: 2 * n * n * n, items: 1) },
      prepare: { n, type in type == .float32 ? product(n, Float.self) : product(n, Double.self) }),
  ]

  private static func buffer<Scalar: ScalarMath>(_ n: Int, seed: UInt64, _ type: Scalar.Type) -> Buffer {
    Buffer.of(Inputs.uniform(n, seed: seed, type))
  }

  /// The routine against the library's own loop for small matrices.
  private static func ownVector<Scalar: ScalarMath & BLASScalar>(
    _ n: Int, _ type: Scalar.Type
  ) -> (() -> Void, (() -> Void)?) {
    let routine = vector(n, type).0
    let target = buffer(n, seed: 3, type)
    let a = MatrixOperand(
      buffer(n * n, seed: 1, type), offset: 0, rowStride: n, columnStride: 1, batchOffsets: [0])
    let x = MatrixOperand(buffer(n, seed: 2, type), offset: 0, rowStride: 1, columnStride: 1, batchOffsets: [0])
    return (routine, { MatrixProduct.run(Scalar.elementType, m: n, n: 1, k: n, a, x, into: target) })
  }

  private static func vector<Scalar: ScalarMath & BLASScalar>(
    _ n: Int, _ type: Scalar.Type
  ) -> (() -> Void, (() -> Void)?) {
    let (a, x) = (buffer(n * n, seed: 1, type), buffer(n, seed: 2, type))
    var y = buffer(n, seed: 3, type)
    let target = buffer(n, seed: 3, type)
    var builder = TileProgramBuilder(space: .rows(kept: [n], reduced: [n]))
    let rows = builder.input(Scalar.elementType, strides: [n, 1])
    let columns = builder.input(Scalar.elementType, strides: [0, 1])
    let products = builder.apply(CK_MULTIPLY, rows, columns, level: .full)
    builder.output(builder.reduce(CK_REDUCE_SUM, products), level: .row)
    let program = builder.build()
    return (
      {
        a.withSpan(of: type) { a in
          x.withSpan(of: type) { x in
            Buffer.withMutableSpan(&y, of: type) { y in
              BLAS.gemv(m: n, n: n, alpha: 1, a: a, lda: n, x: x, beta: 0, y: &y)
            }
          }
        }
      },
      { program.run(inputs: [a, x], scalars: [], outputs: [target]) }
    )
  }

  /// The routine adds to its result, so it is cleared first: the price of a new outer product.
  private static func outer<Scalar: ScalarMath & BLASScalar>(
    _ n: Int, _ type: Scalar.Type
  ) -> (() -> Void, (() -> Void)?) {
    let (x, y) = (buffer(n, seed: 1, type), buffer(n, seed: 2, type))
    var a = buffer(n * n, seed: 3, type)
    let target = buffer(n * n, seed: 3, type)
    var builder = TileProgramBuilder(space: .elements([n, n]))
    let column = builder.input(Scalar.elementType, strides: [1, 0])
    let row = builder.input(Scalar.elementType, strides: [0, 1])
    builder.output(builder.apply(CK_MULTIPLY, column, row, level: .full), level: .full)
    let program = builder.build()
    return (
      {
        x.withSpan(of: type) { x in
          y.withSpan(of: type) { y in
            Buffer.withMutableSpan(&a, of: type) { a in
              BLAS.scal(alpha: 0, x: &a)
              BLAS.ger(m: n, n: n, alpha: 1, x: x, y: y, a: &a, lda: n)
            }
          }
        }
      },
      { program.run(inputs: [x, y], scalars: [], outputs: [target]) }
    )
  }

  private static func product<Scalar: ScalarMath & BLASScalar>(
    _ n: Int, _ type: Scalar.Type
  ) -> (() -> Void, (() -> Void)?) {
    let (a, b) = (buffer(n * n, seed: 1, type), buffer(n * n, seed: 2, type))
    var c = buffer(n * n, seed: 3, type)
    return (
      {
        a.withSpan(of: type) { a in
          b.withSpan(of: type) { b in
            Buffer.withMutableSpan(&c, of: type) { c in
              BLAS.gemm(m: n, n: n, k: n, alpha: 1, a: a, lda: n, b: b, ldb: n, beta: 0, c: &c, ldc: n)
            }
          }
        }
      }, nil
    )
  }
}

extension Route {
  /// Every comparison.
  public static let all = VectorRoutes.all + MatrixRoutes.all
}
