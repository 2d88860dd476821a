import AdjointKernels

/// The lower or upper triangle of matrices, zeros elsewhere: a selection by a mask that is never stored.
enum Triangle {}

extension Expression {
  /// 0, 1, … in a shape of that many elements, as an evaluated leaf.
  static func counting(_ count: Int, from start: Int = 0, shape: Shape) -> Expression {
    Expression(Node(Value(.of((0..<count).map { Int64(start + $0) })), .int64, shape))
  }

  func triangle(lower: Bool, _ diagonal: Int) -> Expression {
    let (rows, columns) = (shape[shape.rank - 2], shape[shape.rank - 1])
    // Beyond these every element is on one side; clamping keeps the sums far from overflow.
    let diagonal = Swift.min(Swift.max(diagonal, -rows - columns), rows + columns)
    let column = Expression.counting(columns, shape: Shape(vector: columns))
    let row = Expression.counting(rows, from: diagonal, shape: Shape(rows, 1))
    let mask = (lower ? LessOrEqual.operation : GreaterOrEqual.operation).apply(column, row)
    return Select.apply(mask: mask, self, Expression(0, type))
  }
}

extension Tensor {
  /// The elements on and below a diagonal of each matrix of […, m, n]; zeros elsewhere.
  ///
  /// Diagonal 0 is the main one, positive ones lie above it. Derivative: the lower triangle of the cotangent.
  public func tril(diagonal: Int = 0) -> Tensor { triangle("tril", lower: true, diagonal) }

  /// The elements on and above a diagonal of each matrix of […, m, n]; zeros elsewhere.
  ///
  /// Diagonal 0 is the main one, positive ones lie above it. Derivative: the upper triangle of the cotangent.
  public func triu(diagonal: Int = 0) -> Tensor { triangle("triu", lower: false, diagonal) }

  private func triangle(_ name: String, lower: Bool, _ diagonal: Int) -> Tensor {
    guard rank >= 2 else {
      fatalError("\(name): a tensor of shape \(shape) is no stack of matrices; the rank must be at least 2")
    }
    if count == 0 { return self }
    Shape(vector: shape[rank - 1]).checkMemory(name, .int64)
    Shape(vector: shape[rank - 2]).checkMemory(name, .int64)
    return Tensor(expression.triangle(lower: lower, diagonal))
  }
}
