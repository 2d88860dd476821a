/// The gradient of a scalar function, as a function.
///
/// ```swift
/// let slope = grad(of: { (x: Tensor<Double>) in x.sin().sum() })
/// slope(x)                                          // cos x
/// grad(of: { grad(of: f)($0).sum() })(x)            // second derivatives
/// ```
///
/// The function may capture variables of functions around it and leaves of the tape; the gradient is differentiable by them,
/// as it is by its argument. A gradient that depends on captured tensors with `requiresGrad` is tracked, except in
/// ``noGrad(_:)``.
///
/// - Complexity: about two to three times the function.
public func grad<Input: TensorTree, Scalar: TensorFloatingPoint>(
  of function: @escaping (Input) -> Tensor<Scalar>
) -> (Input) -> Input {
  { gradient(of: function, at: $0, name: "grad") }
}

/// The gradients of a scalar function of several inputs, as a function that gives a tuple.
public func grad<First: TensorTree, Second: TensorTree, each Rest: TensorTree, Scalar: TensorFloatingPoint>(
  of function: @escaping (First, Second, repeat each Rest) -> Tensor<Scalar>
) -> (First, Second, repeat each Rest) -> (First, Second, repeat each Rest) {
  { (first: First, second: Second, rest: repeat each Rest) in
    let (value, pullback) = vjp(of: function, at: first, second, repeat each rest)
    checkScalar(value, "grad")
    return pullback(Tensor<Scalar>.full(value.shape, 1))
  }
}

/// The value and the gradient of a scalar function, as a function; both come from one evaluation.
public func valueAndGrad<Input: TensorTree, Scalar: TensorFloatingPoint>(
  of function: @escaping (Input) -> Tensor<Scalar>
) -> (Input) -> (value: Tensor<Scalar>, gradient: Input) {
  { input in
    let inputs = Trace.inputs(input.tensors, "valueAndGrad")
    let value = enableGrad { function(input.replacing(inputs)) }
    checkScalar(value, "valueAndGrad")
    let trace = Trace(inputs: inputs, outputs: [value.node])
    let gradient = trace.pullback([.full(1, Scalar.elementType, value.shape)]).zeroFilled(like: inputs)
    let result = (value: value.detachedOutside(trace), gradient: input.replacing(gradient))
    Evaluation.evaluateAll([value.node] + result.gradient.tensors.map(\.node))
    return result
  }
}

func checkScalar<Scalar: TensorFloatingPoint>(_ value: Tensor<Scalar>, _ name: String) {
  guard value.count == 1 else {
    fatalError(
      "\(name): the function's value has shape \(value.shape); only a scalar has a gradient (use vjp or jacobian)")
  }
}

/// The product of a scalar function's Hessian with a vector, H·v, without the Hessian: forward over reverse.
///
/// - Complexity: about two to three times the gradient.
public func hvp<Input: TensorTree, Scalar: TensorFloatingPoint>(
  of function: @escaping (Input) -> Tensor<Scalar>, at input: Input, along vector: Input
) -> Input {
  linearize(of: { gradient(of: function, at: $0, name: "hvp") }, at: input, "hvp").pushforward(vector)
}

/// The product of a vector with a scalar function's Hessian, vᵀ·H, by reverse over reverse.
///
/// Equal to ``hvp(of:at:along:)`` wherever second derivatives commute.
public func vhp<Input: TensorTree, Scalar: TensorFloatingPoint>(
  of function: @escaping (Input) -> Tensor<Scalar>, at input: Input, along vector: Input
) -> Input {
  checkShapes("vhp", vector.tensors, input.tensors.map(\.node)) {
    "a vector of shape \($0) for an input of shape \($1); the two must be equal"
  }
  let inputs = Trace.inputs(input.tensors, "vhp")
  let slope = enableGrad { gradient(of: function, at: input.replacing(inputs), name: "vhp") }
  let trace = Trace(inputs: inputs, outputs: slope.tensors.map(\.node))
  return input.replacing(trace.pullback(vector.tensors.map { Expression($0.node) }).zeroFilled(like: inputs))
}

/// The gradient of a scalar function of one tree.
func gradient<Input: TensorTree, Scalar: TensorFloatingPoint>(
  of function: (Input) -> Tensor<Scalar>, at input: Input, name: String
) -> Input {
  let inputs = Trace.inputs(input.tensors, name)
  let value = enableGrad { function(input.replacing(inputs)) }
  checkScalar(value, name)
  let trace = Trace(inputs: inputs, outputs: [value.node])
  return input.replacing(trace.pullback([.full(1, Scalar.elementType, value.shape)]).zeroFilled(like: inputs))
}
