import AdjointKernels

/// An evaluated stack of matrices: what a factorisation starts from.
struct Matrices {
  /// The operand, with its value captured.
  let expression: Expression
  /// The elements, contiguous.
  let buffer: Buffer
  let batch: Shape
  let rows: Int
  let columns: Int

  var type: ElementType { expression.type }
  var count: Int { batch.elementCount }
  var least: Int { Swift.min(rows, columns) }

  func shape(_ extents: Int...) -> Shape { Shape(batch + extents) }

  /// Refuses NaN and infinities, on which LAPACK's iterations may not end.
  func checkFinite(_ routine: String) throws(LinearAlgebraError) {
    if let place = MatrixStack.firstNonFinite(type, buffer, rows: rows, columns: columns, count: count) {
      throw .nonFinite(routine: routine, batch: place.batch, row: place.row, column: place.column)
    }
  }

  /// Throws what stopped an LU factorisation, which looked for NaN as it copied.
  func check(_ failure: Failure?, _ routine: String) throws(LinearAlgebraError) {
    if (failure?.info ?? 0) < 0 { try checkFinite(routine) }
    if let failure { throw .singular(routine: routine, batch: failure.batch, pivot: failure.info - 1) }
  }
}

extension Expression {
  /// Evaluates the operand: failures that depend on data are thrown by the call, so it cannot wait.
  func matrices(_ routine: String, square: Bool = false) -> Matrices {
    checkMatrix(routine, square: square)
    let node = asNode
    let value = value ?? node.evaluated()
    return Matrices(
      expression: Expression(node, value), buffer: value.contiguous(type, shape).buffer,
      batch: shape.batch, rows: shape.rows, columns: shape.columns)
  }

  func checkMatrix(_ routine: String, square: Bool) {
    guard shape.rank >= 2 else {
      fatalError("\(routine): a tensor of shape \(shape) holds no matrices; the rank must be at least 2")
    }
    guard !square || shape.rows == shape.columns else {
      fatalError("\(routine): matrices of shape \(shape) are not square; the last two extents must be equal")
    }
  }
}

extension Shape {
  /// The axes before the last two.
  var batch: Shape { Shape(dropLast(2)) }
  var rows: Int { self[rank - 2] }
  var columns: Int { self[rank - 1] }

  /// For each position of a common batch, the number of the matrix in a stack of this batch shape; nil where they
  /// are one to one.
  func matrixNumbers(over common: Shape) -> [Int]? {
    if self == common { return nil }
    let steps = strides(contiguousStrides, over: common)
    var numbers = [0]
    for axis in common.indices {
      numbers = numbers.flatMap { base in (0..<common[axis]).map { base + $0 * steps[axis] } }
    }
    return numbers
  }
}

extension Operation {
  /// Records an operation whose value is known already.
  func record(
    _ type: ElementType, _ shape: Shape, value: Buffer, _ operands: Operands
  ) -> Expression {
    let node = record(type, shape, operands, isKnown: true).node!
    node.publish(Value(value))
    if AnomalyMode.isEnabled { AnomalyMode.examine(node) }
    return Expression(node)
  }

  /// A factorisation: computed at the call, before its node is recorded.
  static func evaluatedAtCall(
    _ name: String,
    jvp: @escaping @Sendable (Recorded, [Expression?]) -> Expression?,
    vjp: @escaping @Sendable (Recorded, Expression) -> [Expression?]
  ) -> Operation {
    Operation(
      name, .opaque { _, _ in fatalError("\(name): a factorisation has its value from the start") },
      .custom(jvp: jvp, vjp: vjp))
  }
}

extension Expression {
  /// An untracked array with a value.
  static func leaf(_ buffer: Buffer, _ type: ElementType, _ shape: Shape) -> Expression {
    Expression(Node(Value(buffer), type, shape))
  }

  /// The transpose of each matrix.
  var t: Expression { transposedMatrix() }

  /// The product of each pair of matrices.
  func times(_ other: Expression) -> Expression { matrixProduct(other) }

  /// Vectors as columns, and as rows.
  var asColumns: Expression { reshaped(Shape(shape + [1])) }
  var asRows: Expression { reshaped(shape.inserting(1, at: shape.rank - 1)) }

  /// The rectangle of some rows and columns.
  func block(rows: Range<Int>, columns: Range<Int>) -> Expression {
    narrowed(axis: shape.rank - 2, start: rows.lowerBound, count: rows.count)
      .narrowed(axis: shape.rank - 1, start: columns.lowerBound, count: columns.count)
  }

  /// A part of a packed result: the matrices that begin at a place of the last axis.
  func unpacked(from start: Int, _ rows: Int, _ columns: Int) -> Expression {
    narrowed(axis: shape.rank - 1, start: start, count: rows * columns)
      .reshaped(Shape(shape.dropLast() + [rows, columns]))
  }

  /// A part of a packed result: the vectors that begin at a place of the last axis.
  func unpacked(from start: Int, _ count: Int) -> Expression {
    narrowed(axis: shape.rank - 1, start: start, count: count)
  }

  /// Arrays as rows of one array per matrix.
  static func packing(_ parts: [Expression], batch: Shape) -> Expression {
    let flat = parts.map { $0.reshaped(Shape(batch + [$0.shape.dropFirst(batch.rank).reduce(1, *)])) }
    return .concatenating(flat, axis: batch.rank)
  }

  /// Zeros outside a triangle: what stays is column − row ≥ `diagonal` (upper), or ≤ `diagonal`.
  func keepingTriangle(upper: Bool, diagonal: Int = 0) -> Expression {
    Select.apply(
      mask: .triangleMask(shape.rows, shape.columns, upper: upper, diagonal: diagonal), self, number(0))
  }

  /// Zeros off the main diagonals: of matrices, what is on them; of vectors, matrices with the vectors on them.
  var diagonalMatrices: Expression {
    Select.apply(mask: .diagonalMask(shape[shape.rank - 1]), asRows, number(0))
  }

  /// The main diagonals.
  var matrixDiagonal: Expression {
    let (m, n) = (shape.rows, shape.columns)
    let flat = reshaped(Shape(shape.batch + [m * n]))
    var steps = Array(repeating: 1, count: flat.shape.rank)
    steps[steps.count - 1] = n + 1
    return flat.sliced(
      Array(repeating: 0, count: steps.count), steps, to: Shape(shape.batch + [Swift.min(m, n)]))
  }

  static func triangleMask(_ rows: Int, _ columns: Int, upper: Bool, diagonal: Int) -> Expression {
    var mask = [Bool](repeating: false, count: rows * columns)
    for row in 0..<rows {
      let first = upper ? Swift.min(Swift.max(row + diagonal, 0), columns) : 0
      let end = upper ? columns : Swift.min(Swift.max(row + diagonal + 1, 0), columns)
      if first < end { for column in first..<end { mask[row * columns + column] = true } }
    }
    return leaf(.of(mask), .bool, Shape(rows, columns))
  }

  static func diagonalMask(_ n: Int) -> Expression {
    leaf(.of((0..<n * n).map { $0 % (n + 1) == 0 }), .bool, Shape(n, n))
  }

  /// 1/x where |x| exceeds a bound, and 0 elsewhere.
  func reciprocal(beyond bound: Expression) -> Expression {
    let isSmall = LogicalAnd.operation.apply(
      LessOrEqual.operation.apply(self, bound), GreaterOrEqual.operation.apply(self, -bound))
    return Select.apply(mask: isSmall, number(0), number(1) / Select.apply(mask: isSmall, number(1), self))
  }

  /// The unit round-off times a size: the relative error that LAPACK leaves.
  func roundOff(_ size: Int) -> Double {
    (type == .float32 ? Double(Float.ulpOfOne) : Double.ulpOfOne) * Double(Swift.max(size, 1))
  }
}
