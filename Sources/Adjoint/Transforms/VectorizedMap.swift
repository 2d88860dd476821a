import AdjointKernels

/// A function of one example, as a function of a batch: `vmap(f)(xs)` is f of every slice of `xs` along an axis, all
/// computed at once.
///
/// ```swift
/// let perExample = vmap(grad(of: { (x: Tensor<Float>) in loss(x) }))   // one gradient per example
/// ```
///
/// Inside, the function sees tensors of one example's shape; it may not read elements, whose values are different for
/// every example; nor may it factorise or solve, which is computed at the call because it may fail: those operations
/// take stacks of matrices themselves. Tensors that it captures are shared. The results have the batch as axis `outAxis`. Operations that
/// know no batches are computed example by example.
public func vmap<Input: TensorTree, Output: TensorTree>(
  _ function: @escaping (Input) -> Output, inAxis: Int = 0, outAxis: Int = 0
) -> (Input) -> Output {
  { input in
    let batched = input.tensors.map { Expression($0.node).movingToFront(inAxis, "vmap") }
    guard let count = batched.first?.shape[0] else {
      fatalError("vmap: no tensors to map over; at least one is needed")
    }
    for operand in batched where operand.shape[0] != count {
      fatalError("vmap: batches of \(count) and \(operand.shape[0]) examples; all must have the same number")
    }
    let isTracked = GradientMode.isEnabled && batched.contains { $0.isTracked }
    let examples = batched.map { Placeholder.make($0.type, $0.shape.removing(axis: 0), isTracked: isTracked) }
    let output = GradientMode.$isEnabled.withValue(isTracked || GradientMode.isEnabled) {
      function(input.replacing(examples))
    }
    let batch = Batch(count: count)
    let outputs = output.tensors.map(\.node)
    let parts = batch.replay(outputs, zip(examples, batched).map { ($0, .batched($1)) })
    return output.replacing(
      zip(parts, outputs).map { part, node in
        batch.dense(part, node.shape).movingFromFront(outAxis, "vmap").asNode
      })
  }
}

/// One example of a batch: a shape without a value.
enum Placeholder {
  static let operation = Operation(
    "Example",
    .opaque { call, _ in
      fatalError(
        "vmap: the function reads the elements of an example of shape \(call.shape); inside vmap there are only shapes, "
          + "so compute with the tensor instead (where, comparisons)")
    },
    .linear { _, _ in [] })

  static func make(_ type: ElementType, _ shape: Shape, isTracked: Bool) -> Node {
    Node(
      operation, type, shape, operands: Operands(), pendingDepth: Operation.shieldedChain,
      tracking: isTracked ? .tracked : .none)
  }
}

extension Expression {
  /// An axis, counted from either end, as the first.
  func movingToFront(_ axis: Int, _ operation: String) -> Expression {
    let axis = shape.checkedAxis(axis, operation)
    return permuted([axis] + shape.indices.filter { $0 != axis })
  }

  /// The first axis in another place of the result.
  func movingFromFront(_ axis: Int, _ operation: String) -> Expression {
    let axis = shape.checkedAxis(axis, operation)
    var order = Array(1..<shape.rank)
    order.insert(0, at: axis)
    return permuted(order)
  }
}
