@_spi(Engine) import AdjointKernels

/// The value of a function whose intermediate results are not kept for the backward pass, but computed again there.
///
/// ```swift
/// let hidden = checkpointed(x) { x in (x.matmul(w1).tanh()).matmul(w2).tanh() }
/// ```
///
/// Memory between forward and backward is that of `input` and the result; the price is one more evaluation of the
/// function. `input` is any arrangement of tensors (``TensorTree``). What the function captures gets its gradients
/// as well, leaves at the values that they have in the backward pass. Random numbers that it draws from the shared generator are the same ones the second time; numbers from a generator
/// of its own are not. Derivatives of every order, both modes, and checkpoints within checkpoints are right.
///
/// Nothing is gained where nothing is tracked, or where there are no values yet (inside `vmap` and `compiled`): then it is a
/// plain call. The function is evaluated at the call.
/// PyTorch's `torch.utils.checkpoint(use_reentrant=False)`; source: Griewank and Walther, 2000.
public func checkpointed<Input: TensorTree, Scalar: TensorFloatingPoint>(
  _ input: Input, _ function: @escaping (Input) -> Tensor<Scalar>
) -> Tensor<Scalar> {
  let given = input.tensors.map(\.node)
  guard GradientMode.isEnabled, !Evaluation.isSuspended, !given.contains(where: { $0.isShielded }) else {
    return function(input)
  }
  let call = Checkpoint.Call(input, function)
  let ((inputs, result), draws) = SharedDraws.recorded { call.computed(given.map { Expression($0) }) }
  let checkpoint = Checkpoint(call: call, draws: draws)
  guard result.tracking == .tracked else { return Tensor(result) }
  // It captured an example of a `vmap`.
  if result.isShielded { return SharedDraws.replayed(draws) { function(input) } }
  let captured = Checkpoint.captured(by: result, inputs)
  let value = result.evaluated().contiguous(result.type, result.shape).buffer
  let operation = Operation(
    foreign: "Checkpoint", .opaque { _, _ in fatalError("Checkpoint: it has its value from the start") },
    .custom(
      jvp: { node, t in
        let (inputs, result) = checkpoint.computed(Array(node.x.prefix(given.count)), captured)
        let seeds = zip(inputs + captured, t).compactMap { node, t in t.map { (node: node, tangent: $0) } }
        return Walk.borrow { tape in
          tape.go(from: [result], .tape, stoppingAt: Walk.Ends(inputs + captured))
          return Forward.tangents(of: [result], along: seeds, on: tape)[0]
        }
      },
      vjp: { node, g in
        let (inputs, result) = checkpoint.computed(Array(node.x.prefix(given.count)), captured)
        return Walk.borrow { tape in
          tape.go(from: [result], .tape, stoppingAt: Walk.Ends(inputs + captured))
          return Backward.cotangents(
            [(result, g)], on: tape, targets: inputs + captured, runsHooks: false
          ) { _, _ in }
        }
      }))
  let operands = given.map { Expression($0) } + captured.map { Expression($0) }
  return Tensor(operation.record(result.type, result.shape, value: value, Operands(operands)))
}

/// The function of a checkpoint and what it takes to call it again with the same random numbers.
private struct Checkpoint: Sendable {
  let call: Call
  let draws: [RandomGenerator.Position]

  /// Records the function again on stand-ins for its inputs.
  func computed(_ inputs: [Expression], _ captured: [Node]) -> (inputs: [Node], result: Node) {
    OpenInputs.reopening(captured) { SharedDraws.replayed(draws) { call.computed(inputs) } }
  }

  /// The variables that the result depends on besides the inputs: leaves, and inputs of functions that transformations run
  /// at the moment. What lies below those is theirs to differentiate.
  static func captured(by result: Node, _ inputs: [Node]) -> [Node] {
    Walk.borrow { tape in
      tape.go(from: [result], .tape, stoppingAt: Walk.Ends(inputs, openVariables: true))
      return tape.entries.indices.filter { tape.entries[$0].isTracked && tape.operandRange($0).isEmpty }.map {
        tape.node($0)
      }
      .filter { node in !inputs.contains { $0 === node } }
    }
  }

  struct Call: @unchecked Sendable {
    /// From new inputs to the result's node. The function is the user's: it is called by whoever runs the backward pass.
    private let run: ([Node]) -> Node

    init<Input: TensorTree, Scalar: TensorFloatingPoint>(
      _ input: Input, _ function: @escaping (Input) -> Tensor<Scalar>
    ) {
      // The arrangement alone is kept, not the graph behind its tensors.
      let arrangement = input.detachedTree
      run = { function(arrangement.replacing($0)).node }
    }

    /// Records the function on stand-ins for its inputs.
    func computed(_ inputs: [Expression]) -> (inputs: [Node], result: Node) {
      // Of the elements that the inputs had then, whatever has become of them.
      let standIns = inputs.map { $0.type.isFloatingPoint ? Trace.input($0) : $0.asNode }
      let result = enableGrad { run(standIns) }
      for node in standIns where node.operation === Source.input { node.closeInput() }
      return (standIns, result)
    }
  }
}
