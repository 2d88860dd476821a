import AdjointKernels

/// A diagonal of each matrix that two axes make: the two axes go, and one along the diagonal comes last.
enum Diagonal {
  static func operation(_ offset: Int, _ first: Int, _ second: Int) -> Operation {
    Operation(
      "Diagonal", tag: Diagonal.self, parameters: [offset, first, second],
      .view { _, layout in diagonal(of: layout.strides, layout.offset, offset, first, second) },
      .linear { node, g in [g.onDiagonal(offset, first, second, of: node.x[0].shape)] },
      batching: batchedAlongside { operation(offset, first + 1, second + 1) })
  }

  /// Where the diagonal's elements lie among those of an array with these strides.
  static func diagonal(of strides: [Int], _ start: Int, _ offset: Int, _ first: Int, _ second: Int) -> Layout {
    let rest = strides.indices.filter { $0 != first && $0 != second }.map { strides[$0] }
    let skipped = offset >= 0 ? offset * strides[second] : -offset * strides[first]
    return Layout(offset: start + skipped, strides: rest + [strides[first] + strides[second]])
  }
}

/// Zeros, with the operand's last axis along a diagonal: the transpose of taking one.
enum DiagonalPlace {
  static func operation(_ offset: Int, _ first: Int, _ second: Int) -> Operation {
    Operation(
      "DiagonalPlace", tag: DiagonalPlace.self, parameters: [offset, first, second],
      .opaque { call, values in
        let result = Buffer.filled(0, call.type, count: call.shape.elementCount)
        let places = Diagonal.diagonal(of: call.shape.contiguousStrides, 0, offset, first, second)
        result.spread(
          values[0].contiguous(call.type, call.operandShapes[0]).buffer, call.type,
          shape: call.operandShapes[0].dimensions, offset: places.offset, strides: places.strides)
        return result
      },
      .linear { _, g in [g.diagonal(offset, first, second)] },
      batching: batchedAlongside { operation(offset, first + 1, second + 1) })
  }
}

extension Expression {
  func diagonal(_ offset: Int, _ first: Int, _ second: Int) -> Expression {
    let length = Swift.max(
      0, Swift.min(shape[first] + Swift.min(offset, 0), shape[second] - Swift.max(offset, 0)))
    var target = Shape(shape.indices.filter { $0 != first && $0 != second }.map { shape[$0] })
    target.append(length)
    if isConstant { return constant(of: target) }
    return Diagonal.operation(offset, first, second).record(type, target, self)
  }

  func onDiagonal(_ offset: Int, _ first: Int, _ second: Int, of target: Shape) -> Expression {
    DiagonalPlace.operation(offset, first, second).record(type, target, Expression(asNode, value))
  }

  func diagonalEmbedded(_ offset: Int, _ first: Int, _ second: Int) -> Expression {
    let extent = shape[shape.rank - 1] + Swift.abs(offset)
    var rest = Array(shape.dropLast())
    for axis in [first, second].sorted() { rest.insert(extent, at: axis) }
    return onDiagonal(offset, first, second, of: Shape(rest))
  }
}

extension Tensor {
  /// A diagonal of each matrix made by two axes: it becomes the last axis, and the two are dropped. Nothing is copied.
  ///
  /// Offset 0 is the main diagonal, positive ones lie above it, and an offset beyond the matrix gives no elements.
  /// Derivative: the cotangent on the diagonal, zeros elsewhere.
  public func diagonal(offset: Int = 0, axes first: Int = 0, _ second: Int = 1) -> Tensor {
    let (first, second) = (shape.checkedAxis(first, "diagonal"), shape.checkedAxis(second, "diagonal"))
    guard first != second else {
      fatalError("diagonal: both axes are axis \(first) of shape \(shape); they must differ")
    }
    // Beyond the matrix there is nothing, however far.
    let offset = Swift.min(Swift.max(offset, -shape[first]), shape[second])
    return Tensor(expression.diagonal(offset, first, second))
  }

  /// Matrices with the last axis on a diagonal and zeros elsewhere; `axes` are those of the result.
  ///
  /// Derivative: the cotangent's diagonal.
  public func diagonalEmbedded(offset: Int = 0, axes first: Int = -2, _ second: Int = -1) -> Tensor {
    guard rank >= 1 else { fatalError("diagonalEmbedded: a scalar has no last axis; the rank must be at least 1") }
    Shape.checkRank(rank + 1, "diagonalEmbedded")
    let wide = shape.inserting(1, at: 0)
    let (first, second) = (wide.checkedAxis(first, "diagonalEmbedded"), wide.checkedAxis(second, "diagonalEmbedded"))
    guard first != second else {
      fatalError("diagonalEmbedded: both axes are axis \(first) of the result; they must differ")
    }
    let extent = shape[rank - 1].addingClamped(Int(clamping: offset.magnitude))
    var target = shape
    target[rank - 1] = extent
    target.append(extent)
    _ = target.checked("diagonalEmbedded", "offset \(offset) and shape \(shape)")
    return Tensor(expression.diagonalEmbedded(offset, first, second))
  }
}
