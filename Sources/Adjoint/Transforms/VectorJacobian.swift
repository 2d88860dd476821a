/// The value of a function and its pullback, the map from a cotangent of the value to those of the inputs:
/// v ↦ Jᵀ·v.
///
/// The pullback may be used any number of times, and is itself differentiable.
///
/// ```swift
/// let (value, pullback) = vjp(of: { x in x * x }, at: x)
/// let gradient = pullback(v)                        // 2·x·v
/// ```
///
/// - Complexity: the pullback costs about one to two times the function.
public func vjp<Input: TensorTree, Output: TensorTree>(
  of function: (Input) throws -> Output, at input: Input
) rethrows -> (value: Output, pullback: (Output) -> Input) {
  let inputs = Trace.inputs(input.tensors, "vjp")
  let output = try enableGrad { try function(input.replacing(inputs)) }
  let trace = Trace(inputs: inputs, outputs: output.tensors.map(\.node))
  return (output.detachedOutside(trace), { input.replacing(trace.gradients($0)) })
}

/// The value of a function of several inputs and its pullback, which gives a tuple.
public func vjp<First: TensorTree, Second: TensorTree, each Rest: TensorTree, Output: TensorTree>(
  of function: (First, Second, repeat each Rest) throws -> Output, at first: First, _ second: Second,
  _ rest: repeat each Rest
) rethrows -> (value: Output, pullback: (Output) -> (First, Second, repeat each Rest)) {
  var nodes: [Node] = []
  func traced<Tree: TensorTree>(_ tree: Tree) -> Tree {
    let inputs = Trace.inputs(tree.tensors, "vjp")
    nodes += inputs
    return tree.replacing(inputs)
  }
  let tracedFirst = traced(first)
  let tracedSecond = traced(second)
  let tracedRest = (repeat traced(each rest))
  let output = try enableGrad { try function(tracedFirst, tracedSecond, repeat each tracedRest) }
  let trace = Trace(inputs: nodes, outputs: output.tensors.map(\.node))
  let others = (repeat each rest)
  return (
    output.detachedOutside(trace),
    { cotangent in
      var next = trace.gradients(cotangent).map { AnyTensor($0) }[...]
      return (
        first.replacingTensors(&next), second.replacingTensors(&next),
        repeat (each others).replacingTensors(&next)
      )
    }
  )
}

extension Trace {
  fileprivate func tangents(_ tangent: some TensorTree, _ name: String) -> [Node] {
    checkShapes(name, tangent.tensors, inputs) {
      "a tangent of shape \($0) for an input of shape \($1); the two must be equal"
    }
    return pushforward(tangent.tensors.map { Expression($0.node) }).zeroFilled(like: outputs)
  }

  fileprivate func gradients(_ cotangent: some TensorTree) -> [Node] {
    checkShapes("vjp", cotangent.tensors, outputs) {
      "a cotangent of shape \($0) for a value of shape \($1); the two must be equal"
    }
    return pullback(cotangent.tensors.map { Expression($0.node) }).zeroFilled(like: inputs)
  }
}

/// The value of a function and its directional derivative J·t, by forward mode.
///
/// Forward mode is one pass beside the function's own; nothing is kept from operation to operation, however deep
/// the function. `tangent` has the arrangement and shapes of `input`.
public func jvp<Input: TensorTree, Output: TensorTree>(
  of function: (Input) throws -> Output, at input: Input, along tangent: Input
) rethrows -> (value: Output, tangent: Output) {
  let inputs = Trace.inputs(input.tensors, "jvp")
  let output = try enableGrad { try function(input.replacing(inputs)) }
  let trace = Trace(inputs: inputs, outputs: output.tensors.map(\.node))
  let pushed = output.replacing(trace.tangents(tangent, "jvp"))
  return (output.detachedOutside(trace), pushed)
}

/// The value of a function and its pushforward, the linear map t ↦ J·t, which may be used any number of times.
public func linearize<Input: TensorTree, Output: TensorTree>(
  of function: (Input) throws -> Output, at input: Input
) rethrows -> (value: Output, pushforward: (Input) -> Output) {
  try linearize(of: function, at: input, "linearize")
}

func linearize<Input: TensorTree, Output: TensorTree>(
  of function: (Input) throws -> Output, at input: Input, _ name: String
) rethrows -> (value: Output, pushforward: (Input) -> Output) {
  let inputs = Trace.inputs(input.tensors, name)
  let output = try enableGrad { try function(input.replacing(inputs)) }
  let trace = Trace(inputs: inputs, outputs: output.tensors.map(\.node))
  return (
    output.detachedOutside(trace),
    { output.replacing(trace.tangents($0, name)) }
  )
}

/// The transpose of a linear function: the map v ↦ Aᵀ·v for function(x) = A·x.
///
/// `example` gives the shapes of the function's input, and its elements where the function reads them. A function that is
/// not linear has no transpose; that it is linear is up to the caller.
public func linearTranspose<Input: TensorTree, Output: TensorTree>(
  of function: (Input) throws -> Output, like example: Input
) rethrows -> (Output) -> Input {
  let inputs = Trace.inputs(example.detachedTree.tensors, "linearTranspose")
  let output = try enableGrad { try function(example.replacing(inputs)) }
  let trace = Trace(inputs: inputs, outputs: output.tensors.map(\.node))
  return { cotangent in
    checkShapes("linearTranspose", cotangent.tensors, trace.outputs) {
      "a cotangent of shape \($0) for a value of shape \($1); the two must be equal"
    }
    return example.replacing(
      trace.pullback(cotangent.tensors.map { Expression($0.node) }).zeroFilled(like: trace.inputs))
  }
}

extension TensorTree {
  /// The outputs as the caller may go on with them: tracked by an outer graph if there is one, but not by this
  /// trace alone.
  func detachedOutside(_ trace: Trace) -> Self {
    guard trace.isNested else { return detachedTree }
    let nodes = tensors.map(\.node)
    return replacing(trace.detachedInside(nodes.map { Expression($0) }).zeroFilled(like: nodes))
  }
}
