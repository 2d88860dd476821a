import AdjointKernels

extension Batch {
  /// The operation on diagonal batches where the result is diagonal again, or a product that need not be formed by
  /// multiplying with zeros; nil where all arrays are needed.
  func replayDiagonal(_ recorded: Recorded, _ parts: [Part]) -> Part? {
    let node = recorded.node
    let operation = node.operation
    let isDiagonal = parts.map { if case .diagonal = $0 { true } else { false } }
    guard isDiagonal.contains(true) else { return nil }
    func shared(_ index: Int) -> Expression? {
      if case .shared(let expression) = parts[index] { expression } else { nil }
    }
    func diagonal(_ index: Int) -> Expression? {
      if case .diagonal(let expression) = parts[index] { expression.expanded(to: recorded.x[index].shape) } else { nil }
    }
    /// Whether a factor of this shape repeats nothing of the diagonal's elements.
    func fits(_ index: Int) -> Bool { recorded.x[index].shape == node.shape }

    if operation === Multiply.operation {
      if let d = diagonal(0), let factor = shared(1), fits(0) { return .diagonal(d * factor) }
      if let factor = shared(0), let d = diagonal(1), fits(1) { return .diagonal(factor * d) }
    } else if operation === Divide.operation {
      if let d = diagonal(0), let divisor = shared(1), fits(0) { return .diagonal(d / divisor) }
    } else if operation === Negate.operation || operation === Input.operation || operation === Detach.operation {
      if let d = diagonal(0) { return .diagonal(operation.rerecord(node, Operands(d))) }
    } else if operation === Add.operation || operation === Subtract.operation {
      if let a = diagonal(0), let b = diagonal(1), fits(0), fits(1) {
        return .diagonal(operation.rerecord(node, Operands(a, b)))
      }
    } else if operation === Select.operation {
      // A mask chosen once for all examples, and zero on the other side.
      if let mask = shared(2), let d = diagonal(0), shared(1)?.constant == 0, fits(0) {
        return .diagonal(Select.apply(mask: mask, d, Expression(0, d.type)))
      }
      if let mask = shared(2), let d = diagonal(1), shared(0)?.constant == 0, fits(1) {
        return .diagonal(Select.apply(mask: mask, Expression(0, d.type), d))
      }
    } else if operation === Reshape.operation {
      if let d = diagonal(0) { return .diagonal(d.reshaped(node.shape)) }
    } else if operation === MatrixMultiply.operation {
      return matrixProduct(recorded, parts)
    } else if operation === MatrixVector.operation, let matrix = shared(0), let d = diagonal(1) {
      let columns = node.attribute == 1 ? matrix : matrix.transposedMatrix()
      return .batched(columns * d.reshaped(Shape(count, 1)))
    }
    return nil
  }

  /// A matrix times a scaled unit vector is a scaled column: one pass over the matrix.
  private func matrixProduct(_ recorded: Recorded, _ parts: [Part]) -> Part? {
    if case .shared(let a) = parts[0], case .diagonal(let d) = parts[1], a.shape.rank == 2,
      recorded.x[1].shape == Shape(count, 1)
    {
      let scaled = a.transposedMatrix() * d.expanded(to: Shape(count, 1))
      return .batched(scaled.reshaped([count, a.shape[0], 1]))
    }
    if case .diagonal(let d) = parts[0], case .shared(let b) = parts[1], b.shape.rank == 2,
      recorded.x[0].shape == Shape(1, count)
    {
      let scaled = b * d.expanded(to: Shape(1, count)).reshaped(Shape(count, 1))
      return .batched(scaled.reshaped([count, 1, b.shape[1]]))
    }
    return nil
  }
}
