import AdjointKernels

/// Replays a recorded graph for a batch of values of some of its nodes, all at once.
///
/// The batch is axis 0 of every batched array. A *diagonal* batch stands for one example per element of a shape,
/// where example i is zero but at element i: what an identity matrix of cotangents looks like, and what it stays
/// through elementwise operations. It is kept as its diagonal until something mixes elements.
struct Batch {
  enum Part {
    /// The same for every example.
    case shared(Expression)
    case batched(Expression)
    /// The diagonal, in the shape of one example.
    case diagonal(Expression)
  }

  let count: Int

  /// The parts of `outputs` when `seeds` have these values.
  func replay(_ outputs: [Node], _ seeds: [(node: Node, part: Part)]) -> [Part] {
    var parts: [ObjectIdentifier: Part] = [:]
    for (node, part) in seeds { parts[ObjectIdentifier(node)] = part }
    for recorded in Self.order(outputs, stoppingAt: Set(parts.keys)) {
      let operands = recorded.x.map { x in x.node.flatMap { parts[ObjectIdentifier($0)] } ?? .shared(x) }
      parts[ObjectIdentifier(recorded.node)] = replay(recorded, operands)
    }
    return outputs.map { parts[ObjectIdentifier($0)] ?? .shared(Expression($0)) }
  }

  /// The unevaluated nodes that depend on a seed, operands first; without recursion.
  private static func order(_ outputs: [Node], stoppingAt seeds: Set<ObjectIdentifier>) -> [Recorded] {
    var order: [Recorded] = []
    var depends: [ObjectIdentifier: Bool] = [:]
    for seed in seeds { depends[seed] = true }
    var stack: [(node: Node, operands: Operands, next: Int)] = []
    for output in outputs where depends[ObjectIdentifier(output)] == nil {
      stack.append((output, output.operands, 0))
      while let top = stack.last {
        var next = top.next
        var child: Node?
        while next < top.operands.count {
          if let node = top.operands[next].node, depends[ObjectIdentifier(node)] == nil {
            child = node
            break
          }
          next += 1
        }
        stack[stack.count - 1].next = next
        if let child {
          stack.append((child, child.operands, 0))
          continue
        }
        stack.removeLast()
        let isAffected = top.operands.contains { $0.node.map { depends[ObjectIdentifier($0)]! } ?? false }
        depends[ObjectIdentifier(top.node)] = isAffected
        if isAffected { order.append(Recorded(top.node, top.operands.array)) }
      }
    }
    return order
  }

  private func replay(_ recorded: Recorded, _ parts: [Part]) -> Part {
    if let result = replayDiagonal(recorded, parts) { return result }
    let node = recorded.node
    var isBatched: [Bool] = []
    var x: [Expression] = []
    for (part, operand) in zip(parts, recorded.x) {
      switch part {
      case .shared(let expression):
        x.append(expression)
        isBatched.append(false)
      case .batched(let expression):
        x.append(expression)
        isBatched.append(true)
      case .diagonal:
        x.append(dense(part, operand.shape))
        isBatched.append(true)
      }
    }
    if !isBatched.contains(true) { return .shared(node.operation.rerecord(node, Operands(x))) }
    switch node.operation.kernel {
    case .elementwise:
      let padded = x.indices.map { x[$0].padded(to: node.shape.rank, isBatched: isBatched[$0]) }
      return .batched(
        node.operation.record(
          node.type, node.shape.inserting(count, at: 0), attribute: node.attribute, Operands(padded)))
    case .reduction:
      return .batched(
        node.operation.record(
          node.type, node.shape.inserting(count, at: 0), attribute: node.attribute << 1, Operands(x)))
    case .source, .view, .opaque:
      if let batching = node.operation.batching { return .batched(batching(node, x, isBatched, count)) }
      return .batched(oneByOne(node, x, isBatched))
    }
  }

  /// Every example by itself, for operations that know no batches.
  private func oneByOne(_ node: Node, _ x: [Expression], _ isBatched: [Bool]) -> Expression {
    if count == 0 { return .full(0, node.type, node.shape.inserting(0, at: 0)) }
    let examples = (0..<count).map { index in
      let operands = x.indices.map { k in
        guard isBatched[k] else { return x[k] }
        return x[k].narrowed(axis: 0, start: index, count: 1).reshaped(x[k].shape.removing(axis: 0))
      }
      return node.operation.rerecord(node, Operands(operands)).reshaped(node.shape.inserting(1, at: 0))
    }
    return .concatenating(examples, axis: 0)
  }

  /// The arrays of all examples.
  func dense(_ part: Part, _ shape: Shape) -> Expression {
    switch part {
    case .shared(let expression): return expression.expanded(to: shape).repeated(count, unless: false)
    case .batched(let expression): return expression
    case .diagonal(let diagonal):
      let identity = Expression.identityMatrix(count, count, diagonal.type)
      return (identity * diagonal.expanded(to: shape).reshaped(Shape(vector: count)))
        .reshaped(shape.inserting(count, at: 0))
    }
  }
}

extension Expression {
  /// A copy per example, unless this has one already.
  func repeated(_ count: Int, unless isBatched: Bool) -> Expression {
    isBatched ? self : expanded(to: shape.inserting(count, at: 0))
  }

  /// The example's axes aligned with those of a result of `rank` axes, behind the batch.
  func padded(to rank: Int, isBatched: Bool) -> Expression {
    guard isBatched, shape.rank - 1 < rank else { return self }
    let ones = Array(repeating: 1, count: rank - shape.rank + 1)
    return reshaped(Shape([shape[0]] + ones + shape.dropFirst()))
  }
}
