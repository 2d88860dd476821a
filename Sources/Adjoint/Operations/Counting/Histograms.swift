import AdjointKernels

extension Tensor where Scalar == Int {
  /// How often each of the numbers 0, 1, … occurs, up to the largest that does; at least `minimumCount` of them.
  ///
  /// Evaluates the tensor: the result's extent depends on it. Negative numbers stop the process.
  public func bincount(minimumCount: Int = 0) -> Tensor<Int> {
    bincount(weights: Tensor<Int>.ones(shape), minimumCount: minimumCount)
  }

  /// The sum of the weights of each of the numbers 0, 1, …, up to the largest that occurs; at least `minimumCount` of them.
  ///
  /// Evaluates the numbers. Derivative: for the weights, the cotangent at their numbers.
  @_disfavoredOverload
  public func bincount<Weight: TensorNumber>(weights: Tensor<Weight>, minimumCount: Int = 0) -> Tensor<Weight> {
    guard shape == weights.shape else {
      fatalError("bincount: weights of shape \(weights.shape) for numbers of shape \(shape); the two must be equal")
    }
    let numbers = scalars
    if let negative = numbers.first(where: { $0 < 0 }) {
      fatalError("bincount: the number \(negative) is negative; numbers must be at least 0")
    }
    let extent = Swift.max(minimumCount, (numbers.max() ?? -1) + 1)
    let line = Shape(vector: count)
    return Tensor<Weight>.zeros(extent).indexAdd(axis: 0, at: reshaped(line), weights.reshaped(line))
  }

  /// Ones at the numbers' places along a new last axis of `classes` elements, zeros elsewhere.
  ///
  /// Without `classes` there are as many as the largest number says, which evaluates the tensor. Numbers outside give zeros.
  public func oneHot(classes: Int? = nil) -> Tensor<Int> {
    let classes = classes ?? ((scalars.max() ?? -1) + 1)
    guard classes >= 0 else { fatalError("oneHot: \(classes) classes; there must be at least 0") }
    return (unsqueezed(axis: -1) .== Tensor.arange(classes)).converted(to: Int.self)
  }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// How many elements lie in each of `bins` parts of equal width of a range, and the edges of the parts.
  ///
  /// Without a range it is that of the elements, half a unit wider on both sides if they are all equal. A part contains its
  /// lower edge, the last one its upper edge too; what lies outside, and NaN, is not counted. Evaluates the tensor.
  public func histogram(bins: Int, range: ClosedRange<Scalar>? = nil) -> (counts: Tensor<Int>, edges: Tensor) {
    guard bins >= 1 else { fatalError("histogram: \(bins) bins; there must be at least 1") }
    let elements = scalars
    var (low, high) = (Double(range?.lowerBound ?? 0), Double(range?.upperBound ?? 0))
    if range == nil, let least = elements.min(), let most = elements.max() {
      (low, high) = (Double(least), Double(most))
    }
    guard low.isFinite, high.isFinite else {
      fatalError("histogram: a range from \(low) to \(high); it must be finite (give one where elements are not)")
    }
    if low == high { (low, high) = (low - 0.5, high + 0.5) }
    var counts = [Int](repeating: 0, count: bins)
    for element in elements {
      let x = Double(element)
      guard x >= low && x <= high else { continue }
      counts[Swift.min(Int((x - low) / (high - low) * Double(bins)), bins - 1)] += 1
    }
    return (Tensor<Int>(counts), Tensor.linspace(Scalar(low), Scalar(high), count: bins + 1))
  }
}

extension Tensor where Scalar: TensorNumber {
  /// The different elements in ascending order, where in this list each element is, and how often it occurs.
  ///
  /// Every NaN is different from all others, and comes last. Evaluates the tensor. Not differentiable.
  public func unique() -> (values: Tensor, inverse: Tensor<Int>, counts: Tensor<Int>) {
    let flat = Tensor(expression.detached()).reshaped(Shape(vector: count))
    let (sorted, order) = flat.sorted()
    var (firsts, counts) = ([Int](), [Int]())
    var inverse = [Int](repeating: 0, count: count)
    let elements = sorted.scalars
    for (place, position) in order.scalars.enumerated() {
      if place == 0 || elements[place] != elements[place - 1] {
        firsts.append(place)
        counts.append(0)
      }
      counts[counts.count - 1] += 1
      inverse[position] = firsts.count - 1
    }
    return (
      sorted.indexSelect(axis: 0, at: Tensor<Int>(firsts)), Tensor<Int>(inverse, shape: shape), Tensor<Int>(counts)
    )
  }
}

/// Which axis the first of several lists runs along.
public enum MeshIndexing: Sendable {
  /// The first list along the first axis, as matrices are indexed.
  case matrix
  /// The first list along the second axis, as x and y are drawn.
  case cartesian
}

extension Tensor {
  /// Lists as grids: each repeated along an axis for every other one.
  ///
  /// Nothing is copied until arrays are needed. Derivative: the cotangent summed over the copies.
  public static func meshgrid(_ lists: [Tensor], indexing: MeshIndexing = .matrix) -> [Tensor] {
    for list in lists where list.rank > 1 {
      fatalError("meshgrid: a tensor of shape \(list.shape); there must be lists only")
    }
    var axes = Array(lists.indices)
    if indexing == .cartesian && lists.count > 1 { axes.swapAt(0, 1) }
    var full = Shape(Array(repeating: 1, count: lists.count))
    for (list, axis) in zip(lists, axes) { full[axis] = list.count }
    return zip(lists, axes).map { list, axis in
      var column = Shape(full.map { _ in 1 })
      column[axis] = list.count
      return list.reshaped(column).broadcast(to: full)
    }
  }
}
