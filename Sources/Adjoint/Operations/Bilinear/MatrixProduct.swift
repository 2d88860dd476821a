import AdjointKernels

/// The matrix products of two stacks of matrices, whose leading axes broadcast.
enum MatrixMultiply {
  static let operation = Operation(
    "MatMul",
    .opaque { call, values in
      let (m, n) = (call.shape[call.shape.rank - 2], call.shape[call.shape.rank - 1])
      let k = call.operandShapes[0][call.operandShapes[0].rank - 1]
      let result = Buffer(byteCount: call.shape.elementCount * call.type.size)
      if call.shape.elementCount == 0 { return result }
      if !call.type.isFloatingPoint {
        let batch = Shape(call.shape.dropLast(2))
        let operands = (0...1).map { index in
          let shape = call.operandShapes[index]
          return operand(values[index].contiguous(call.type, shape), shape, call.type, batch: batch)
        }
        IntegerProduct.run(call.type, m: m, n: n, k: k, operands[0], operands[1], into: result)
        return result
      }
      if call.operandShapes[1].rank == 2, call.operandShapes[0].rank > 2 {
        // One matrix on the right for the whole stack: the stack is one tall matrix.
        let rows = call.shape.elementCount / n
        let left = values[0].contiguous(call.type, call.operandShapes[0])
        let a = MatrixOperand(left.buffer, offset: 0, rowStride: k, columnStride: 1, batchOffsets: [0])
        MatrixProduct.run(
          call.type, m: rows, n: n, k: k, a, operand(values[1], call.operandShapes[1], call.type, batch: Shape()),
          into: result)
      } else {
        let batch = Shape(call.shape.dropLast(2))
        MatrixProduct.run(
          call.type, m: m, n: n, k: k, operand(values[0], call.operandShapes[0], call.type, batch: batch),
          operand(values[1], call.operandShapes[1], call.type, batch: batch), into: result)
      }
      return result
    },
    .bilinear(
      left: { node, g in g.matrixProduct(node.x[1].transposedMatrix()) },
      right: { node, g in node.x[0].transposedMatrix().matrixProduct(g) }),
    batching: { node, x, isBatched, count in
      let (a, b) = (x[0], x[1])
      if !isBatched[0] && a.shape.rank == 2 && b.shape.rank == 3 && b.shape[2] == 1 {
        // One matrix and a vector per example: the vectors are the rows of one matrix, and this is one GEMM.
        return b.reshaped(Shape(count, b.shape[1])).matrixProduct(a.transposedMatrix())
          .reshaped([count, a.shape[0], 1])
      }
      if isBatched[0] && !isBatched[1] && a.shape.rank == 3 && b.shape.rank == 2 {
        return a.reshaped(Shape(count * a.shape[1], a.shape[2])).matrixProduct(b)
          .reshaped([count, a.shape[1], b.shape[1]])
      }
      let rank = node.shape.rank
      return a.padded(to: rank, isBatched: isBatched[0]).matrixProduct(b.padded(to: rank, isBatched: isBatched[1]))
    },
    diagonal: DiagonalBatching { node, d, shared in
      // A matrix times a scaled unit vector is a scaled column: one pass over the matrix.
      if let a = shared[0], let d = d[1], a.shape.rank == 2, d.shape.rank == 2, d.shape[1] == 1 {
        let count = d.shape[0]
        let scaled = a.transposedMatrix() * d
        return .batched(scaled.reshaped([count, a.shape[0], 1]))
      }
      if let d = d[0], let b = shared[1], b.shape.rank == 2, d.shape.rank == 2, d.shape[0] == 1 {
        let count = d.shape[1]
        let scaled = b * d.reshaped(Shape(count, 1))
        return .batched(scaled.reshaped([count, 1, b.shape[1]]))
      }
      return nil
    },
    work: { call, _ in .product(call, depth: call.operandShapes[0][call.operandShapes[0].rank - 1]) })

  /// The operand as BLAS reads it; copied only where no flags and leading dimension describe it.
  static func operand(
    _ value: Value, _ shape: Shape, _ type: ElementType, batch: Shape, isTransposed: Bool = false
  ) -> MatrixOperand {
    let (rows, columns) = (shape[shape.rank - 2], shape[shape.rank - 1])
    var value = value
    var strides = value.strides(shape)
    if !MatrixOperand.isReadable(
      rowStride: strides[shape.rank - 2], columnStride: strides[shape.rank - 1], rows: rows, columns: columns)
    {
      value = value.contiguous(type, shape)
      strides = shape.contiguousStrides
    }
    let lead = Shape(shape.dropLast(2)).strides(Array(strides.dropLast(2)), over: batch)
    var offsets = [0]
    for axis in batch.indices {
      offsets = offsets.flatMap { base in (0..<batch[axis]).map { base + $0 * lead[axis] } }
    }
    let (rowStride, columnStride) = (strides[shape.rank - 2], strides[shape.rank - 1])
    return MatrixOperand(
      value.buffer, offset: value.offset, rowStride: isTransposed ? columnStride : rowStride,
      columnStride: isTransposed ? rowStride : columnStride, batchOffsets: offsets)
  }
}

extension Work {
  /// Products of matrices whose inner extent is `depth`.
  static func product(_ call: Call, depth: Int) -> Work {
    Work(route: depth == 0 ? .fill : .kernel, operationCount: call.shape.elementCount.multipliedClamped(by: 2 * depth))
  }
}

extension Expression {
  /// The product of stacks of matrices; ranks are at least 2.
  func matrixProduct(_ other: Expression, _ name: String = "matmul") -> Expression {
    let (a, b) = (shape, other.shape)
    guard let batch = Shape(a.dropLast(2)).broadcast(with: Shape(b.dropLast(2))), a[a.rank - 1] == b[b.rank - 2] else {
      fatalError(
        "\(name): shapes \(a) and \(b) do not fit; the last extent of the first must equal the second last of the "
          + "second, and the leading axes must broadcast")
    }
    let target = Shape(batch + [a[a.rank - 2], b[b.rank - 1]]).checked(name)
    return MatrixMultiply.operation.record(
      type, target, Operands(Expression(asNode, value), Expression(other.asNode, other.value)))
  }

  /// The product of vectors, matrices and stacks of matrices, by PyTorch's rules for each rank.
  func matmul(_ other: Expression, _ name: String = "matmul") -> Expression {
    let (a, b) = (shape, other.shape)
    guard a.rank > 0, b.rank > 0 else {
      fatalError("\(name): shapes \(a) and \(b); both operands need at least one axis (use * for scalars)")
    }
    guard a[a.rank - 1] == b[Swift.max(b.rank - 2, 0)] else {
      fatalError(
        "\(name): shapes \(a) and \(b) do not fit; the last extent of the first, \(a[a.rank - 1]), must equal the "
          + "\(b.rank == 1 ? "only" : "second last") extent of the second, \(b[Swift.max(b.rank - 2, 0)])")
    }
    if type.isFloatingPoint {
      if a.rank == 2 && b.rank == 1 { return product(with: other, isTransposed: false) }
      if a.rank == 1 && b.rank == 2 { return other.product(with: self, isTransposed: true) }
    }
    let left = a.rank == 1 ? reshaped(Shape(1, a[0])) : self
    let right = b.rank == 1 ? other.reshaped(Shape(b[0], 1)) : other
    let product = left.matrixProduct(right, name)
    var target = product.shape
    if b.rank == 1 { target = target.removing(axis: target.rank - 1) }
    if a.rank == 1 { target = target.removing(axis: target.rank - (b.rank == 1 ? 1 : 2)) }
    return product.reshaped(target)
  }
}

extension Tensor where Scalar: TensorNumber {
  /// The matrix product, by PyTorch's rules: vector·vector is a scalar, matrix·vector a vector, and leading axes
  /// of stacks of matrices broadcast.
  ///
  /// Computed by CBLAS; transposed and strided operands are read where they lie. Integers wrap. Derivatives: g·bᵀ and
  /// aᵀ·g.
  public func matmul(_ other: Tensor) -> Tensor { Tensor(expression.matmul(other.expression)) }
}
