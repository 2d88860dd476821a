import AdjointKernels

/// X with A·X = B, or X·A = B, for triangular A. Operands A and B.
enum TriangularSolve {
  static func operation(upper: Bool, left: Bool, unitriangular: Bool) -> Operation {
    Operation(
      "SolveTriangular", tag: TriangularSolve.self,
      parameters: [upper ? 1 : 0, left ? 1 : 0, unitriangular ? 1 : 0],
      .opaque { call, values in
        let (shape, order) = (call.operandShapes[0], call.operandShapes[0].columns)
        let result = values[1].expandedCopy(call.type, from: call.operandShapes[1], to: call.shape)
        let isTransposed = values[0].isTransposedStack(shape)
        let a = isTransposed ? values[0].buffer : values[0].contiguous(call.type, shape).buffer
        TriangularSystem.solve(
          call.type, a, order: order, upper: upper != isTransposed, transposed: isTransposed, left: left,
          unitriangular: unitriangular, into: result, m: call.shape.rows, n: call.shape.columns,
          count: call.shape.batch.elementCount, matrixOf: shape.batch.matrixNumbers(over: call.shape.batch))
        return result
      },
      .custom(
        jvp: { node, t in
          let a = node.x[0]
          var right = t[1]?.expanded(to: node.x[1].shape)
          if let tangent = t[0] {
            let triangle = tangent.expanded(to: a.shape).keepingTriangle(
              upper: upper, diagonal: unitriangular ? (upper ? 1 : -1) : 0)
            let product = left ? triangle.times(node.y) : node.y.times(triangle)
            right = right.map { $0 - product } ?? -product
          }
          return right.map { a.triangularSolve($0, upper: upper, left: left, unitriangular: unitriangular) }
        },
        vjp: { node, g in
          let right = node.x[0].t.triangularSolve(g, upper: !upper, left: left, unitriangular: unitriangular)
          let full = left ? -right.times(node.y.t) : -node.y.t.times(right)
          return [full.keepingTriangle(upper: upper, diagonal: unitriangular ? (upper ? 1 : -1) : 0), right]
        }))
  }
}

extension Value {
  /// Whether the buffer holds the transposes of the matrices, contiguous from its start.
  func isTransposedStack(_ shape: Shape) -> Bool {
    guard let layout, layout.offset == 0 else { return false }
    var expected = Shape(shape.batch + [shape.columns, shape.rows]).contiguousStrides
    expected.swapAt(expected.count - 1, expected.count - 2)
    return layout.strides == expected
  }

  /// The elements repeated to fill a shape, in a buffer that nobody else has.
  func expandedCopy(_ type: ElementType, from shape: Shape, to target: Shape) -> Buffer {
    buffer.gathered(
      type, shape: target.dimensions, offset: offset, strides: shape.strides(strides(shape), over: target))
  }
}

extension Expression {
  /// The solution, with infinities where the diagonal has zeros; lazily.
  func triangularSolve(_ b: Expression, upper: Bool, left: Bool = true, unitriangular: Bool = false) -> Expression {
    checkMatrix("solveTriangular", square: true)
    b.checkMatrix("solveTriangular", square: false)
    guard let batch = shape.batch.broadcast(with: b.shape.batch),
      (left ? b.shape.rows : b.shape.columns) == shape.columns
    else {
      fatalError(
        "solveTriangular: shapes \(shape) and \(b.shape) do not fit; the \(left ? "second last" : "last") extent of "
          + "the right-hand side must be the order of the matrices, and the leading axes must broadcast")
    }
    return TriangularSolve.operation(upper: upper, left: left, unitriangular: unitriangular).record(
      type, Shape(batch + [b.shape.rows, b.shape.columns]),
      Operands(Expression(asNode, value), Expression(b.asNode, b.value)))
  }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// X with A·X = B (`left`) or X·A = B, for triangular A (this tensor), of which only the named triangle is read.
  ///
  /// Shapes: A […, n, n], B […, n, k] (or […, k, n]); leading axes broadcast. With `unitriangular` the diagonal counts
  /// as ones. Computed by BLAS's `trsm` on row-major memory; a transposed view is read where it lies. Derivatives:
  /// A⁻ᵀ·g for B, and the triangle of −A⁻ᵀ·g·Xᵀ for A. A rank-1 B is one column.
  ///
  /// - Throws: `singular` where the diagonal holds an exact zero.
  public func solveTriangular(
    _ b: Tensor, upper: Bool, left: Bool = true, unitriangular: Bool = false
  ) throws(LinearAlgebraError) -> Tensor {
    let a = expression.matrices("solveTriangular", square: true)
    if !unitriangular, let failure = TriangularSystem.firstZero(a.type, a.buffer, n: a.rows, count: a.count) {
      throw .singular(routine: "solveTriangular", batch: failure.batch, pivot: failure.info - 1)
    }
    if b.rank == 1 && left {
      let column = a.expression.triangularSolve(
        b.expression.asColumns, upper: upper, left: left, unitriangular: unitriangular)
      return Tensor(column.reshaped(Shape(column.shape.dropLast())))
    }
    return Tensor(a.expression.triangularSolve(b.expression, upper: upper, left: left, unitriangular: unitriangular))
  }
}
