@_spi(Engine) import AdjointKernels

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

    var expression: Expression {
      switch self {
      case .shared(let expression), .batched(let expression), .diagonal(let expression): expression
      }
    }
  }

  let count: Int

  /// The parts of `outputs` when `seeds` have these values.
  func replay(_ outputs: [Node], _ seeds: [(node: Node, part: Part)]) -> [Part] {
    Walk.borrow { walk in
      // What depends on a seed has no value, so the walk comes by all of it.
      walk.go(from: seeds.lazy.map(\.node), .pending, stoppingAt: Walk.Ends(seeds.lazy.map(\.node)))
      var parts: ContiguousArray<Part?> = ContiguousArray(seeds.map(\.part))
      walk.go(from: outputs, .pending)
      for _ in parts.count..<walk.count { parts.append(nil) }
      for position in walk.sequence.indices where Int(walk.sequence[position]) >= seeds.count {
        let place = Int(walk.sequence[position])
        var operands: [Part] = []
        var depends = false
        for operand in walk.operandRange(place) {
          let other = Int(walk.operands[operand].place)
          if other >= 0, let part = parts[other] {
            operands.append(part)
            depends = true
          } else {
            operands.append(.shared(walk.operands[operand].expression))
          }
        }
        if depends { parts[place] = replayInMode(walk.recorded(place), operands) }
      }
      return outputs.map { output in walk[output].flatMap { parts[$0] } ?? .shared(Expression(output)) }
    }
  }

  /// What was recorded without tracking, although an operand is tracked, stays so.
  private func replayInMode(_ recorded: Recorded, _ parts: [Part]) -> Part {
    let isUntracked =
      GradientMode.isEnabled && recorded.node.tracking != .tracked && parts.contains { $0.expression.isTracked }
    return isUntracked
      ? GradientMode.$isEnabled.withValue(false) { replay(recorded, parts) } : replay(recorded, parts)
  }

  private func replay(_ recorded: Recorded, _ parts: [Part]) -> Part {
    if let result = diagonalReplay(recorded, parts) { return result }
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

  /// The operation's own way with diagonal batches, if it has one for these operands.
  private func diagonalReplay(_ recorded: Recorded, _ parts: [Part]) -> Part? {
    guard let batching = recorded.node.operation.diagonal else { return nil }
    var diagonals: [Expression?] = []
    var shared: [Expression?] = []
    var isDiagonal = false
    for (part, x) in zip(parts, recorded.x) {
      var (diagonal, common): (Expression?, Expression?)
      switch part {
      case .shared(let expression): common = expression
      case .batched: break
      case .diagonal(let expression):
        diagonal = expression.expanded(to: x.shape)
        isDiagonal = true
      }
      diagonals.append(diagonal)
      shared.append(common)
    }
    guard isDiagonal, let result = batching.apply(recorded, diagonals, shared) else { return nil }
    switch result {
    case .diagonal(let expression): return .diagonal(expression)
    case .batched(let expression): return .batched(expression)
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

/// The rule of operations along an axis: on a batch they are the same operation one axis further, with a copy of what the
/// examples share for each of them.
func batchedAlongside(_ shifted: @escaping @Sendable () -> Operation) -> Batching {
  { node, x, isBatched, count in
    let operands = zip(x, isBatched).map { $0.repeated(count, unless: $1) }
    return shifted().record(
      node.type, node.shape.inserting(count, at: 0), attribute: node.attribute, Operands(operands))
  }
}
