import AdjointKernels
import CKernels

/// Σ x over axes.
enum Sum {
  static let operation = Operation(
    "Sum", .reduction(CK_REDUCE_SUM),
    // The cotangent repeated along the reduced axes: its readers repeat it, no array is made.
    .linear { node, g in [g.keeping(node.x[0].shape.keeping(node.attribute)).expanded(to: node.x[0].shape)] })
}

/// Σ x / n over axes.
enum Mean {
  static let operation = Operation(
    "Mean", .reduction(CK_REDUCE_MEAN),
    .linear { node, g in
      let x = node.x[0]
      let share = Expression(1, x.type) / Expression(Double(x.shape.count(of: node.attribute)), x.type)
      return [g.keeping(x.shape.keeping(node.attribute)).scaled(by: share).expanded(to: x.shape)]
    })
}

extension Expression {
  /// The sum over the axes of a mask, which stay at extent 1.
  func sum(mask: Int, keepingDimensions: Bool = true) -> Expression {
    guard node != nil, mask != 0 else { return self }
    if let number = constant, type.isFloatingPoint {
      return .full(
        number * Double(shape.count(of: mask)), type, keepingDimensions ? shape.keeping(mask) : shape.removing(mask))
    }
    return reduce(Sum.operation, mask: mask, keepingDimensions: keepingDimensions)
  }

  func mean(mask: Int, keepingDimensions: Bool = true) -> Expression {
    guard node != nil, mask != 0 else { return self }
    // Of nothing: NaN.
    if shape.count(of: mask) == 0 {
      return sum(mask: mask, keepingDimensions: keepingDimensions) / Expression(0, type)
    }
    if let number = constant {
      return .full(number, type, keepingDimensions ? shape.keeping(mask) : shape.removing(mask))
    }
    return reduce(Mean.operation, mask: mask, keepingDimensions: keepingDimensions)
  }
}

extension Tensor where Scalar: TensorNumber {
  /// Σ x over all elements.
  ///
  /// Chunks of 512 elements are summed in lanes and added in Double: to first order the error is at most 12·u·Σ|x| in Float,
  /// u = 2⁻²⁴, and (16 + n/512)·u·Σ|x| in Double, u = 2⁻⁵³, with the same bits for any number of threads. The sum of nothing
  /// is 0; integers wrap. Derivative: 1 everywhere.
  public func sum() -> Tensor {
    Tensor(expression.sum(mask: shape.mask(nil, "sum"), keepingDimensions: false))
  }

  /// Σ x over some axes; `[]` is none. Reduced axes are dropped unless `keepingDimensions`.
  ///
  /// Innermost axes of n elements in all, short enough to stay in a tile, are summed in lanes: an error of at most
  /// (n/128 + 10)·u·Σ|x| in Float, (n/64 + 10)·u·Σ|x| in Double; longer ones like the sum of all elements. Other axes are
  /// chains of at most 1,024 elements, in Double whatever the type, whose sums are added as a tree.
  ///
  /// Derivative: the cotangent repeated along the reduced axes.
  public func sum(axes: [Int], keepingDimensions: Bool = false) -> Tensor {
    Tensor(expression.sum(mask: shape.mask(axes, "sum"), keepingDimensions: keepingDimensions))
  }

  /// Σ x over one axis.
  public func sum(axis: Int, keepingDimensions: Bool = false) -> Tensor {
    sum(axes: [axis], keepingDimensions: keepingDimensions)
  }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// The arithmetic mean of all elements; NaN if there are none. It is in the range also where their sum is not.
  ///
  /// Derivative: 1/n everywhere.
  public func mean() -> Tensor {
    Tensor(expression.mean(mask: shape.mask(nil, "mean"), keepingDimensions: false))
  }

  /// The arithmetic mean over some axes. Reduced axes are dropped unless `keepingDimensions`.
  public func mean(axes: [Int], keepingDimensions: Bool = false) -> Tensor {
    Tensor(expression.mean(mask: shape.mask(axes, "mean"), keepingDimensions: keepingDimensions))
  }

  /// The arithmetic mean over one axis.
  public func mean(axis: Int, keepingDimensions: Bool = false) -> Tensor {
    mean(axes: [axis], keepingDimensions: keepingDimensions)
  }
}
