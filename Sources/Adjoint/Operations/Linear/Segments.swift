import AdjointKernels

// Rows taken together by the segment that each belongs to: JAX's `segment_sum` and its kin. Segments need not lie side by side.
extension Tensor where Scalar: TensorNumber {
  /// The sums of the rows of each segment: y[s] = Σ x[i] over the rows i with segments[i] = s.
  ///
  /// Shapes: this [n, …], `segments` [n] with numbers in 0..<count, the result [count, …]; 0 where a segment has no row. A number
  /// outside stops the process when the value is computed. Derivative: each row gets its segment's cotangent.
  public func segmentSum(_ segments: Tensor<Int>, count: Int) -> Tensor {
    let (empty, places) = segmented(segments, count, .segmentSum, 0)
    return empty.scatterReducing(0, places, self, .sum, includingSelf: true, .segmentSum)
  }

  /// The products of the rows of each segment; 1 where a segment has no row. See ``segmentSum(_:count:)``.
  ///
  /// Derivative: the product of the others, right also where an element is 0.
  public func segmentProduct(_ segments: Tensor<Int>, count: Int) -> Tensor {
    let (empty, places) = segmented(segments, count, .segmentProduct, 1)
    return empty.scatterReducing(0, places, self, .product, includingSelf: true, .segmentProduct)
  }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// The means of the rows of each segment; NaN where a segment has no row. See ``segmentSum(_:count:)``.
  ///
  /// Derivative: each row gets its segment's cotangent over the number of rows.
  public func segmentMean(_ segments: Tensor<Int>, count: Int) -> Tensor {
    let (empty, places) = segmented(segments, count, .segmentMean, 0)
    let sums = empty.scatterReducing(0, places, self, .sum, includingSelf: true, .segmentMean)
    return sums / Tensor.ones(self.shape).segmentSum(segments, count: count)
  }

  /// The largest elements of each segment, column by column; −∞ where a segment has no row. See ``segmentSum(_:count:)``.
  ///
  /// Derivative: shared equally among ties.
  public func segmentMaximum(_ segments: Tensor<Int>, count: Int) -> Tensor {
    let (empty, places) = segmented(segments, count, .segmentMaximum, -.infinity)
    return empty.scatterReducing(0, places, self, .maximum, includingSelf: true, .segmentMaximum)
  }

  /// The smallest elements of each segment, column by column; ∞ where a segment has no row. See ``segmentSum(_:count:)``.
  ///
  /// Derivative: shared equally among ties.
  public func segmentMinimum(_ segments: Tensor<Int>, count: Int) -> Tensor {
    let (empty, places) = segmented(segments, count, .segmentMinimum, .infinity)
    return empty.scatterReducing(0, places, self, .minimum, includingSelf: true, .segmentMinimum)
  }
}

extension Tensor {
  /// What segments without rows hold, and the segment of every element.
  fileprivate func segmented(
    _ segments: Tensor<Int>, _ count: Int, _ use: IndexUse, _ identity: Double
  ) -> (empty: Tensor, places: Tensor<Int>) {
    guard rank >= 1, segments.rank == 1, segments.count == shape[0] else {
      fatalError(
        "\(use.name): segments of shape \(segments.shape) for rows of shape \(shape); there must be one for each row")
    }
    guard count >= 0 else { fatalError("\(use.name): \(count) segments; there must be at least 0") }
    let target = Shape([count] + shape.dropFirst()).checked(use.name)
    let column = segments.reshaped(Shape([segments.count] + shape.dropFirst().map { _ in 1 }))
    return (
      Tensor(Expression.full(identity, Scalar.elementType, target)), column.broadcast(to: shape)
    )
  }
}
