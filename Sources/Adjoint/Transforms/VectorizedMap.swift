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
/// take stacks of matrices themselves. Tensors that it captures are shared. The results have the batch as axis `outAxis`.
/// Operations that know no batches are computed example by example.
public func vmap<Input: TensorTree, Output: TensorTree>(
  _ function: @escaping (Input) -> Output, inAxis: Int = 0, outAxis: Int = 0
) -> (Input) -> Output {
  { input in
    let tensors = input.tensors
    return mapped(tensors, tensors.map { _ in inAxis }, outAxis) { function(input.replacing($0)) }
  }
}

/// A function of several inputs, each one example, as a function of batches of them.
///
/// ```swift
/// let distances = vmap({ (a: Tensor<Float>, b: Tensor<Float>) in (a - b).norm() }, inAxes: [0, nil])
/// ```
///
/// - Parameters:
///   - inAxes: the axis of each input along which its examples lie, for all its tensors; nil for an input that all
///     examples share. By default axis 0 of all of them.
///   - outAxis: the axis of the results along which they lie.
public func vmap<First: TensorTree, Second: TensorTree, each Rest: TensorTree, Output: TensorTree>(
  _ function: @escaping (First, Second, repeat each Rest) -> Output, inAxes: [Int?]? = nil, outAxis: Int = 0
) -> (First, Second, repeat each Rest) -> Output {
  { (first: First, second: Second, rest: repeat each Rest) in
    var counts = [first.tensors.count, second.tensors.count]
    var tensors = first.tensors + second.tensors
    for tree in repeat each rest {
      counts.append(tree.tensors.count)
      tensors += tree.tensors
    }
    let axes = inAxes ?? counts.map { _ in 0 }
    guard axes.count == counts.count else {
      fatalError("vmap: inAxes has \(axes.count) entries for \(counts.count) inputs; there must be one for each")
    }
    let axisOfTensor = zip(axes, counts).flatMap { axis, count in Array(repeating: axis, count: count) }
    return mapped(tensors, axisOfTensor, outAxis) { nodes in
      var next = nodes.map { AnyTensor($0) }[...]
      return function(
        first.replacingTensors(&next), second.replacingTensors(&next), repeat (each rest).replacingTensors(&next))
    }
  }
}

/// The function of one example of each tensor that has an axis, for all examples.
private func mapped<Output: TensorTree>(
  _ tensors: [AnyTensor], _ axes: [Int?], _ outAxis: Int, _ function: ([Node]) -> Output
) -> Output {
  let batched = zip(tensors, axes).map { tensor, axis in
    axis.map { Expression(tensor.node).movingToFront($0, "vmap") }
  }
  guard let count = batched.lazy.compactMap({ $0 }).first?.shape[0] else {
    fatalError("vmap: no tensors to map over; at least one is needed")
  }
  for case .some(let operand) in batched where operand.shape[0] != count {
    fatalError("vmap: batches of \(count) and \(operand.shape[0]) examples; all must have the same number")
  }
  let isTracked = GradientMode.isEnabled && batched.contains { $0?.isTracked ?? false }
  let examples = zip(batched, tensors).map { batch, tensor in
    batch.map { Placeholder.make($0.type, $0.shape.removing(axis: 0), isTracked: isTracked) } ?? tensor.node
  }
  let output = GradientMode.$isEnabled.withValue(isTracked || GradientMode.isEnabled) { function(examples) }
  let batch = Batch(count: count)
  let outputs = output.tensors.map(\.node)
  let seeds = zip(examples, batched).compactMap { example, operand in
    operand.map { (node: example, part: Batch.Part.batched($0)) }
  }
  let parts = batch.replay(outputs, seeds)
  return output.replacing(
    zip(parts, outputs).map { part, node in
      batch.dense(part, node.shape).movingFromFront(outAxis, "vmap").asNode
    })
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
      operation, type, shape, operands: Operands(), pendingSince: .min,
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
