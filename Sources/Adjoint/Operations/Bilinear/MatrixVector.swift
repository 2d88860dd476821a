import AdjointKernels

/// The product of a matrix, or of its transpose if the attribute is 1, and a vector.
///
/// An operation of its own, and not a product of matrices between reshapes: a third of the nodes, and the derivative by
/// the vector needs no transposed view.
enum MatrixVector {
  static let operation = Operation(
    "MatVec",
    .opaque { call, values in
      let result = Buffer(byteCount: call.shape.elementCount * call.type.size)
      if call.shape.elementCount == 0 { return result }
      let shape = call.operandShapes[0]
      let matrix = MatrixMultiply.operand(
        values[0], shape, call.type, batch: Shape(), isTransposed: call.attribute == 1)
      let vector = values[1].contiguous(call.type, call.operandShapes[1])
      MatrixProduct.run(
        call.type, m: call.shape[0], n: 1, k: call.operandShapes[1][0], matrix,
        MatrixOperand(vector.buffer, offset: vector.offset, rowStride: 1, columnStride: 1, batchOffsets: [0]),
        into: result)
      return result
    },
    .bilinear(
      left: { node, g in
        let (rows, columns) = node.attribute == 0 ? (g, node.x[1]) : (node.x[1], g)
        return rows.reshaped(Shape(rows.shape[0], 1)) * columns
      },
      right: { node, g in node.x[0].product(with: g, isTransposed: node.attribute == 0) }),
    batching: { node, x, isBatched, count in
      let isTransposed = node.attribute == 1
      if !isBatched[0] {
        // The vectors are the rows of one matrix, and this is one GEMM.
        return x[1].matrixProduct(isTransposed ? x[0] : x[0].transposedMatrix())
      }
      let matrices = isTransposed ? x[0].transposedMatrix() : x[0]
      let vectors = x[1].reshaped(Shape(x[1].shape + [1]))
      return matrices.matrixProduct(vectors).reshaped(Shape(count, node.shape[0]))
    },
    diagonal: DiagonalBatching { node, d, shared in
      guard let matrix = shared[0], let d = d[1] else { return nil }
      let columns = node.attribute == 1 ? matrix : matrix.transposedMatrix()
      return .batched(columns * d.reshaped(Shape(d.shape.elementCount, 1)))
    },
    // A strided vector is copied first.
    work: { call, _ in .product(call, depth: call.operandShapes[1][0]) })
}

extension Expression {
  /// The product of this matrix, or of its transpose, and a vector that fits.
  func product(with vector: Expression, isTransposed: Bool) -> Expression {
    MatrixVector.operation.record(
      type, Shape(vector: shape[isTransposed ? 1 : 0]), attribute: isTransposed ? 1 : 0,
      Operands(Expression(asNode, value), Expression(vector.asNode, vector.value)))
  }
}
