import AdjointKernels

/// What lies between two elements whose ranks are around a quantile's.
public enum QuantileInterpolation: Sendable {
  /// The line between them.
  case linear
  /// The smaller one.
  case lower
  /// The larger one.
  case higher
  /// The nearer one; of two equally near ones that of even rank.
  case nearest
  /// The mean of the two.
  case midpoint
}

/// The element of a rank between 0 and the last along an axis, interpolated.
enum Quantile {}

extension Expression {
  /// One quantile a number of `fractions`, side by side along an axis that comes first; the reduced axis stays at extent 1.
  func quantiles(_ fractions: [Double], axis: Int, _ interpolation: QuantileInterpolation) -> Expression {
    let count = shape[axis]
    let sorted = gathered(sortedPositions(axis: axis, descending: false, count: count), axis: axis)
    func element(_ rank: Int) -> Expression { sorted.narrowed(axis: axis, start: rank, count: 1) }
    // NaN comes last in order, and is every quantile of its row.
    let last = element(count - 1)
    let hasNaN = IsNaN.operation.apply(last.detached())
    let parts = fractions.map { fraction -> Expression in
      let rank = fraction * Double(count - 1)
      let below = Int(rank.rounded(.down))
      let above = Int(rank.rounded(.up))
      let value: Expression =
        switch interpolation {
        case .linear where below == above: element(below)
        case .linear: element(below).mixed(with: element(above), rank - rank.rounded(.down))
        case .midpoint where below == above: element(below)
        case .midpoint: element(below).mixed(with: element(above), 0.5)
        case .lower: element(below)
        case .higher: element(above)
        case .nearest: element(Int(rank.rounded(.toNearestOrEven)))
        }
      return Select.apply(mask: hasNaN, last, value)
    }
    if parts.isEmpty { return .full(0, type, shape.keeping(1 << axis).inserting(0, at: 0)) }
    return .stacking(parts.map(\.asArray), axis: 0)
  }

  private func mixed(with end: Expression, _ weight: Double) -> Expression {
    let value = interpolated(to: end, number(weight))
    // An infinite end has no distance to the other, and is the result.
    return Select.apply(mask: IsFinite.operation.apply(value), value, self * number(1 - weight) + end * number(weight))
  }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// A quantile along an axis, or of all elements for nil: the element of rank `fraction`·(n − 1) in order.
  ///
  /// NaN in rows with NaN, and between −∞ and ∞; an infinite neighbour does not count where the rank is a whole number. Derivative:
  /// shared by the elements around the rank as the interpolation weighs them.
  public func quantile(
    _ fraction: Double, axis: Int? = nil, keepingDimensions: Bool = false,
    interpolation: QuantileInterpolation = .linear
  ) -> Tensor {
    quantile([fraction], axis: axis, keepingDimensions: keepingDimensions, interpolation: interpolation)
      .select(axis: 0, index: 0)
  }

  /// Several quantiles along an axis, or of all elements for nil; they are the first axis of the result.
  public func quantile(
    _ fractions: [Double], axis: Int? = nil, keepingDimensions: Bool = false,
    interpolation: QuantileInterpolation = .linear
  ) -> Tensor {
    guard fractions.allSatisfy({ $0 >= 0 && $0 <= 1 }) else {
      fatalError("quantile: fractions \(fractions); they must lie in 0...1")
    }
    let flat = axis == nil ? reshaped(Shape(vector: count)) : self
    let (x, index) = flat.walk(axis ?? 0, "quantile")
    guard x.shape[index] > 0 else {
      fatalError("quantile: shape \(shape) has no elements to choose from; the extent must be at least 1")
    }
    let target =
      axis == nil
      ? (keepingDimensions ? Shape(shape.map { _ in 1 }) : Shape())
      : shape(reducing: index, keepingDimensions: keepingDimensions)
    return Tensor(
      x.quantiles(fractions, axis: index, interpolation).reshaped(Shape([fractions.count] + target.dimensions)))
  }
}
