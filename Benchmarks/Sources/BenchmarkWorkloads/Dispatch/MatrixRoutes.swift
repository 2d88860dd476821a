import AdjointKernels
import BenchmarkCore
import CKernels

/// The routines of BLAS's second and third level against the kernels that the library runs instead.
enum MatrixRoutes {
  static let all = [
    Route(
      routine: "gemv", formula: "a·x", operations: "a.matmul(x)", sizes: [16, 64, 256, 512, 1024, 4096],
      cost: { n, type in .init(bytes: (n * n + 2 * n) * type.size, flops: 2 * n * n, items: 1) },
      prepare: { n, type in type == .float32 ? vector(n, Float.self) : vector(n, Double.self) }),
    Route(
      routine: "ger", formula: "x·yᵀ", operations: "u.outer(v)",
      sizes: [16, 64, 256, 1024, 4096],
      cost: { n, type in .init(bytes: (n * n + 2 * n) * type.size, flops: n * n, items: 1) },
      prepare: { n, type in type == .float32 ? outer(n, Float.self) : outer(n, Double.self) }),
    Route(
      routine: "gemm", formula: "a·b", operations: "a.matmul(b)", sizes: [16, 64, 256, 1024],
      cost: { n, type in .init(bytes: 3 * n * n * type.size, flops: 2 * n * n * n, items: 1) },
      prepare: { n, type in type == .float32 ? product(n, Float.self) : product(n, Double.self) }),
  ]

  private static func buffer<Scalar: ScalarMath>(_ n: Int, seed: UInt64, _ type: Scalar.Type) -> Buffer {
    Buffer.of(Inputs.uniform(n, seed: seed, type))
  }

  private static func vector<Scalar: ScalarMath & BLASScalar>(
    _ n: Int, _ type: Scalar.Type
  ) -> (() -> Void, () -> Void) {
    let (a, x) = (buffer(n * n, seed: 1, type), buffer(n, seed: 2, type))
    var y = buffer(n, seed: 3, type)
    let target = buffer(n, seed: 3, type)
    let left = MatrixOperand(a, offset: 0, rowStride: n, columnStride: 1, batchOffsets: [0])
    let right = MatrixOperand(x, offset: 0, rowStride: 1, columnStride: 1, batchOffsets: [0])
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
      { MatrixProduct.run(Scalar.elementType, m: n, n: 1, k: n, left, right, into: target) }
    )
  }

  /// The routine adds to its result, so it is cleared first: the price of a new outer product.
  private static func outer<Scalar: ScalarMath & BLASScalar>(
    _ n: Int, _ type: Scalar.Type
  ) -> (() -> Void, () -> Void) {
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
  ) -> (() -> Void, () -> Void) {
    let (a, b) = (buffer(n * n, seed: 1, type), buffer(n * n, seed: 2, type))
    var c = buffer(n * n, seed: 3, type)
    let target = buffer(n * n, seed: 3, type)
    let left = MatrixOperand(a, offset: 0, rowStride: n, columnStride: 1, batchOffsets: [0])
    let right = MatrixOperand(b, offset: 0, rowStride: n, columnStride: 1, batchOffsets: [0])
    return (
      {
        a.withSpan(of: type) { a in
          b.withSpan(of: type) { b in
            Buffer.withMutableSpan(&c, of: type) { c in
              BLAS.gemm(m: n, n: n, k: n, alpha: 1, a: a, lda: n, b: b, ldb: n, beta: 0, c: &c, ldc: n)
            }
          }
        }
      },
      { MatrixProduct.run(Scalar.elementType, m: n, n: n, k: n, left, right, into: target) }
    )
  }
}

extension Route {
  /// Every comparison.
  public static let all = VectorRoutes.all + MatrixRoutes.all
}
