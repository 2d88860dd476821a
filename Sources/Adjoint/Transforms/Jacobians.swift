/// The Jacobians of a function of several tensors, one for each: in the place of a tensor x stands ∂y[i…]/∂x[j…], of shape
/// `y.shape + x.shape`.
///
/// ```swift
/// let parts = jacobians(of: { (p: [String: Tensor<Double>]) in p["a"]! * p["b"]! }, at: parameters)
/// parts["a"]                                        // ∂y/∂a
/// ```
///
/// All rows of all of them are computed in one batched pass in reverse mode.
///
/// - Parameters:
///   - function: the function, from an array, a dictionary or another arrangement of tensors to one tensor.
///   - input: where.
///   - chunkSize: at most so many rows at a time, which bounds the memory.
/// - Complexity: about count of y times the function's cost.
public func jacobians<Input: TensorTree, Scalar: TensorFloatingPoint>(
  of function: (Input) throws -> Tensor<Scalar>, at input: Input, chunkSize: Int? = nil
) rethrows -> Input {
  let inputs = Trace.inputs(input.tensors, "jacobians")
  let output = try enableGrad { try function(input.replacing(inputs)) }
  return input.replacing(JacobianRows(inputs, output.node, "jacobians").matrices(chunkSize))
}

/// The Jacobians of a function of several inputs, as a tuple.
public func jacobians<
  First: TensorTree, Second: TensorTree, each Rest: TensorTree, Scalar: TensorFloatingPoint
>(
  of function: (First, Second, repeat each Rest) throws -> Tensor<Scalar>, at first: First, _ second: Second,
  _ rest: repeat each Rest, chunkSize: Int? = nil
) rethrows -> (First, Second, repeat each Rest) {
  var nodes: [Node] = []
  func traced<Tree: TensorTree>(_ tree: Tree) -> Tree {
    let inputs = Trace.inputs(tree.tensors, "jacobians")
    nodes += inputs
    return tree.replacing(inputs)
  }
  let tracedFirst = traced(first)
  let tracedSecond = traced(second)
  let tracedRest = (repeat traced(each rest))
  let output = try enableGrad { try function(tracedFirst, tracedSecond, repeat each tracedRest) }
  var next = JacobianRows(nodes, output.node, "jacobians").matrices(chunkSize).map { AnyTensor($0) }[...]
  return (
    first.replacingTensors(&next), second.replacingTensors(&next), repeat (each rest).replacingTensors(&next)
  )
}

/// The derivatives of one output by several inputs, row by row of their Jacobians.
private struct JacobianRows {
  let trace: Trace
  let output: Node
  let name: String

  init(_ inputs: [Node], _ output: Node, _ name: String) {
    trace = Trace(inputs: inputs, outputs: [output])
    self.output = output
    self.name = name
  }

  func matrices(_ chunkSize: Int?) -> [Node] {
    let count = output.shape.elementCount
    let length = chunkSize ?? Swift.max(count, 1)
    guard length >= 1 else { fatalError("\(name): chunkSize is \(length); it must be at least 1") }
    let seed = Trace.seed(like: output)
    let gradients = trace.pullback([Expression(seed)]).zeroFilled(like: trace.inputs)
    return GradientMode.$isEnabled.withValue(trace.isNested) {
      let isWhole = count <= length
      let chunks: [[Expression]] = stride(from: 0, to: Swift.max(count, 1), by: length).map { start in
        let batch = Batch(count: isWhole ? count : Swift.min(length, count - start))
        let seedPart: Batch.Part =
          isWhole
          ? .diagonal(Expression(1, seed.type))
          : .batched(
            Expression.identityMatrix(count, count, seed.type).narrowed(axis: 0, start: start, count: batch.count)
              .reshaped(seed.shape.inserting(batch.count, at: 0)))
        let parts = batch.replay(gradients, [(seed, seedPart)])
        let rows = zip(parts, trace.inputs).map { batch.dense($0, $1.shape).asNode }
        // What a chunk needs in between is gone before the next one begins.
        if !isWhole && !trace.isNested { Evaluation.evaluateAll(rows) }
        return rows.map { Expression($0) }
      }
      return trace.inputs.indices.map { index in
        let rows = isWhole ? chunks[0][index] : Expression.concatenating(chunks.map { $0[index] }, axis: 0)
        return rows.reshaped(Shape(output.shape.dimensions + trace.inputs[index].shape.dimensions)).asNode
      }
    }
  }
}
