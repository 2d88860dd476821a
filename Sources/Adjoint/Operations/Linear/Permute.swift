import AdjointKernels

/// Axes in another order.
enum Permute {
  static func operation(_ order: [Int]) -> Operation {
    Operation(
      "Permute", tag: Permute.self, parameters: order,
      .view { _, layout in Layout(offset: layout.offset, strides: order.map { layout.strides[$0] }) },
      .linear { _, g in
        var inverse = order
        for (new, old) in order.enumerated() { inverse[old] = new }
        return [g.permuted(inverse)]
      },
      batching: { _, x, _, _ in x[0].permuted([0] + order.map { $0 + 1 }) })
  }
}

extension Expression {
  func permuted(_ order: [Int]) -> Expression {
    if order == Array(order.indices) { return self }
    let target = Shape(order.map { shape[$0] })
    if isConstant { return constant(of: target) }
    return Permute.operation(order).record(type, target, self)
  }

  /// The last two axes exchanged.
  func transposedMatrix() -> Expression {
    var order = Array(0..<shape.rank)
    order.swapAt(shape.rank - 1, shape.rank - 2)
    return permuted(order)
  }
}

extension Tensor {
  /// The axes in another order: axis k of the result is axis `order[k]` of the tensor. Nothing is copied.
  ///
  /// Derivative: the cotangent with the axes put back.
  public func permuted(_ order: [Int]) -> Tensor {
    let axes = order.map { shape.axis($0) ?? -1 }
    guard axes.sorted() == Array(0..<rank) else {
      fatalError(
        "permuted: \(order) is not an order of the axes of shape \(shape); every axis from 0 to \(rank - 1) must occur "
          + "once")
    }
    return Tensor(expression.permuted(axes))
  }

  /// The axes in another order.
  public func permuted(_ order: Int...) -> Tensor { permuted(order) }

  /// Two axes exchanged. Nothing is copied.
  public func transposed(_ first: Int, _ second: Int) -> Tensor {
    var order = Array(0..<rank)
    order.swapAt(shape.checkedAxis(first, "transposed"), shape.checkedAxis(second, "transposed"))
    return Tensor(expression.permuted(order))
  }

  /// The last two axes exchanged: the transpose of each matrix. Nothing is copied.
  public func transposed() -> Tensor {
    guard rank >= 2 else {
      fatalError("transposed: a tensor of shape \(shape) has no two axes to exchange; the rank must be at least 2")
    }
    return transposed(-2, -1)
  }
}

extension Shape {
  /// The axis counted from the front; negative axes count from the back.
  func checkedAxis(_ axis: Int, _ operation: String) -> Int {
    guard let index = self.axis(axis) else {
      fatalError(
        "\(operation): axis \(axis) is out of range for shape \(self) of rank \(rank); an axis lies in \(-rank)..<\(rank)"
      )
    }
    return index
  }
}
