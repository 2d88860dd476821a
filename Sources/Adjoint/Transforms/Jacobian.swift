/// Which way a Jacobian is computed.
public enum JacobianMode: Sendable {
  /// Forward if the output has more elements than the input, else reverse.
  case automatic
  /// One tangent per input element.
  case forward
  /// One cotangent per output element.
  case reverse
}

/// The Jacobian of a function: element [i…, j…] is ∂y[i…]/∂x[j…], of shape `y.shape + x.shape`.
///
/// All rows (or columns) are computed in one batched pass: the identity matrix of cotangents (or tangents) stays
/// its diagonal through elementwise operations, and products with matrices are GEMMs.
///
/// - Parameters:
///   - function: the function, from one tensor to one tensor.
///   - x: where.
///   - mode: forward or reverse; by default what needs fewer.
///   - chunkSize: at most so many rows or columns at a time, which bounds the memory.
/// - Complexity: about min(count of x, count of y) times the function's cost.
public func jacobian<Scalar: TensorFloatingPoint>(
  of function: (Tensor<Scalar>) throws -> Tensor<Scalar>, at x: Tensor<Scalar>, mode: JacobianMode = .automatic,
  chunkSize: Int? = nil
) rethrows -> Tensor<Scalar> {
  try jacobian(of: function, at: x, mode, chunkSize, "jacobian")
}

private func jacobian<Scalar: TensorFloatingPoint>(
  of function: (Tensor<Scalar>) throws -> Tensor<Scalar>, at x: Tensor<Scalar>, _ mode: JacobianMode,
  _ chunkSize: Int?, _ name: String
) rethrows -> Tensor<Scalar> {
  if let chunkSize, chunkSize < 1 {
    fatalError("\(name): chunkSize is \(chunkSize); it must be at least 1")
  }
  let linear = try JacobianTrace(function, x, mode, name)
  return linear.recording {
    guard let chunkSize, chunkSize < linear.count else {
      return Tensor(linear.arranged(linear.dense(linear.whole())))
    }
    let chunks = stride(from: 0, to: linear.count, by: chunkSize).map { start in
      linear.chunk(start, Swift.min(chunkSize, linear.count - start))
    }
    return Tensor(linear.arranged(.concatenating(chunks, axis: 0)))
  }
}

/// The diagonal of the Jacobian of a function that works element by element, without the matrix: ∂y[i…]/∂x[i…].
///
/// nil if the function mixes elements, as far as its operations show.
public func jacobianDiagonal<Scalar: TensorFloatingPoint>(
  of function: (Tensor<Scalar>) throws -> Tensor<Scalar>, at x: Tensor<Scalar>
) rethrows -> Tensor<Scalar>? {
  let linear = try JacobianTrace(function, x, .reverse, "jacobianDiagonal")
  return linear.recording {
    guard linear.output.shape == x.shape, case .diagonal(let diagonal) = linear.whole() else { return nil }
    return Tensor(diagonal.expanded(to: x.shape))
  }
}

/// The Hessian of a scalar function: element [i…, j…] is ∂²y/∂x[i…]∂x[j…], of shape `x.shape + x.shape`.
///
/// Forward over reverse, all columns in one batched pass.
public func hessian<Scalar: TensorFloatingPoint>(
  of function: (Tensor<Scalar>) -> Tensor<Scalar>, at x: Tensor<Scalar>, chunkSize: Int? = nil
) -> Tensor<Scalar> {
  jacobian(of: { gradient(of: function, at: $0, name: "hessian") }, at: x, .forward, chunkSize, "hessian")
}

/// A function's derivative as a graph from a tangent (or cotangent) placeholder, ready to be replayed for a batch.
private struct JacobianTrace {
  private let trace: Trace
  let isForward: Bool
  /// Where the batch goes in.
  let seed: Node
  /// The derivative along the seed; nil where it is zero.
  let derivative: Node?

  init<Scalar>(
    _ function: (Tensor<Scalar>) throws -> Tensor<Scalar>, _ x: Tensor<Scalar>, _ mode: JacobianMode,
    _ name: String
  ) rethrows {
    let input = Trace.inputs(x.tensors, name)[0]
    let output = try enableGrad { try function(Tensor(input)) }.node
    let isForward =
      switch mode {
      case .automatic: output.shape.elementCount > input.shape.elementCount
      case .forward: true
      case .reverse: false
      }
    trace = Trace(inputs: [input], outputs: [output])
    self.isForward = isForward
    seed = Trace.seed(like: isForward ? input : output)
    let seed = Expression(seed)
    let result = isForward ? trace.pushforward([seed])[0] : trace.pullback([seed])[0]
    derivative = result?.expanded(to: isForward ? output.shape : input.shape).asNode
  }

  var input: Node { trace.inputs[0] }
  var output: Node { trace.outputs[0] }

  /// The matrix has a graph of its own only if somebody differentiates it again.
  func recording<Result>(_ body: () -> Result) -> Result {
    GradientMode.$isEnabled.withValue(trace.isNested, operation: body)
  }

  /// The number of rows or columns.
  var count: Int { seed.shape.elementCount }

  private var shape: Shape { isForward ? output.shape : input.shape }

  /// All of them.
  func whole() -> Batch.Part {
    guard let derivative else { return .batched(.full(0, input.type, shape.inserting(count, at: 0))) }
    return Batch(count: count).replay([derivative], [(seed, .diagonal(Expression(1, seed.type)))])[0]
  }

  func dense(_ part: Batch.Part) -> Expression { Batch(count: count).dense(part, shape) }

  /// Some of them, evaluated.
  func chunk(_ start: Int, _ length: Int) -> Expression {
    let batch = Batch(count: length)
    guard let derivative else { return .full(0, input.type, shape.inserting(length, at: 0)) }
    let rows = Expression.identityMatrix(length, length, seed.type)
      .placed(in: Shape(length, count), [0, start], [1, 1]).reshaped(seed.shape.inserting(length, at: 0))
    let part = batch.replay([derivative], [(seed, .batched(rows))])[0]
    let node = batch.dense(part, shape).asNode
    if !trace.isNested && !node.isShielded && !Evaluation.isSuspended { node.evaluate() }
    return Expression(node)
  }

  /// The batch as the output's axes followed by the input's.
  func arranged(_ rows: Expression) -> Expression {
    guard isForward else { return rows.reshaped(Shape(output.shape.dimensions + input.shape.dimensions)) }
    let columns = rows.reshaped(Shape(count, output.shape.elementCount)).transposedMatrix()
    return columns.reshaped(Shape(output.shape.dimensions + input.shape.dimensions))
  }
}
