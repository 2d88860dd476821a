import AdjointKernels

/// softmax(q·kᵀ·scale + mask)·v.
enum Attention {}

extension Expression {
  /// eˣ / Σ eˣ along the last axis, and zeros where all elements are −∞.
  func softmaxAllowingNothing() -> Expression {
    if shape.elementCount == 0 { return self }
    let mask = 1 << (shape.rank - 1)
    let largest = detached().extreme(Maximal.operation, mask: mask)
    let isNothing = Equal.operation.apply(largest, number(-.infinity))
    let exponentials = (self - Select.apply(mask: isNothing, number(0), largest)).exp()
    let sum = Select.apply(mask: isNothing, number(1), exponentials.sum(mask: mask))
    return exponentials * (number(1) / sum)
  }
}

/// softmax(q·kᵀ·scale + mask)·v: each query's mean of the values, weighed by how well the keys fit (Vaswani et al., arXiv:1706.03762).
///
/// `query` is […, L, E], `key` […, S, E], `value` […, S, F] and the result […, L, F]; leading axes broadcast. The scale is 1/√E
/// where none is given. A query sees the keys where a mask [… L, S] is true, or with a score to which a mask's numbers are added; `isCausal`
/// lets query i see keys 0...i. Queries that see nothing give zeros.
public func scaledDotProductAttention<Scalar: TensorFloatingPoint>(
  _ query: Tensor<Scalar>, _ key: Tensor<Scalar>, _ value: Tensor<Scalar>, mask: Tensor<Bool>? = nil,
  bias: Tensor<Scalar>? = nil, isCausal: Bool = false, scale: Double? = nil
) -> Tensor<Scalar> {
  guard query.rank >= 2, key.rank >= 2, value.rank >= 2, query.shape.columns == key.shape.columns,
    key.shape.rows == value.shape.rows
  else {
    fatalError(
      "scaledDotProductAttention: shapes \(query.shape), \(key.shape) and \(value.shape); they are […, L, E], […, S, E] and "
        + "[…, S, F]")
  }
  let factor = scale ?? 1 / Double(query.shape.columns).squareRoot()
  var scores = (query * Scalar(factor)).matmul(key.transposed()).expression
  if let bias { scores = scores + bias.expression }
  if let mask { scores = Select.apply(mask: mask.expression, scores, scores.number(-.infinity)) }
  if isCausal {
    let seen = Expression.triangleMask(query.shape.rows, key.shape.rows, upper: false, diagonal: 0)
    scores = Select.apply(mask: seen, scores, scores.number(-.infinity))
  }
  return Tensor(scores.softmaxAllowingNothing()).matmul(value)
}
