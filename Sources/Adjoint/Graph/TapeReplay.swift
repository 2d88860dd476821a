@_spi(Engine) import AdjointKernels

/// What it takes to run a backward pass again without recording it: where the plan's arrays and numbers are found on a
/// tape of the same structure, and where its results go.
struct TapeReplay: Sendable {
  private enum Number: Sendable { case fixed(UInt64), given(Int), derived(Int) }

  private struct Gradient: Sendable {
    /// Of the leaf, on the tape.
    let position: Int
    /// The gradient so far, among the tape's arrays and among the plan's.
    let before: (external: Int, place: Int)?
    let output: Plan.Output
  }

  /// For each array of the plan, which of the tape's it is, and how much further on it begins.
  private let externals: [(index: Int, offset: Int)]
  private let numbers: [Number]
  private let derived: [NumberOrigins.Derived]
  /// The numbers that a rule has looked at, with the bits that they must have.
  private let fixed: [(number: Int, bits: UInt64)]
  /// Values of nodes on the tape: by position there.
  private let values: [(position: Int, output: Plan.Output)]
  private let gradients: [Gradient]
  /// Whether any leaf has a gradient already.
  private let addsToGradients: Bool

  /// nil if the recording used anything that a tape does not describe.
  init?(
    _ tape: Walk, _ origins: NumberOrigins, _ walk: Walk, _ plan: Plan,
    gradients: [(leaf: Node, gradient: Node, before: Node?)]
  ) {
    guard origins.isRepeatable else { return nil }
    let sources = walk.description.externals.compactMap { Self.source(of: $0, on: tape) }
    guard sources.count == walk.description.externals.count else { return nil }
    externals = sources
    derived = origins.derived
    numbers = walk.description.numbers.indices.map { index in
      let number = walk.description.numbers[index]
      let tag = Int(number.tag)
      if tag == 0 { return .fixed(number.bits) }
      return tag <= origins.count ? .given(tag - 1) : .derived(tag - 1 - origins.count)
    }
    fixed = origins.read.map { ($0, tape.description.numbers[$0].bits) }
    var leaves: [ObjectIdentifier: (leaf: Node, before: Node?)] = [:]
    for (leaf, gradient, before) in gradients {
      // Two leaves with one gradient: the second would be lost.
      guard leaves.updateValue((leaf, before), forKey: ObjectIdentifier(gradient)) == nil else { return nil }
    }
    // By array of the tape: which of the plan's it is, if it is one of them.
    enum Match { case none, one(Int), several }
    var places = ContiguousArray(repeating: Match.none, count: tape.description.externals.count)
    for (place, source) in sources.enumerated() {
      if case .none = places[source.index] {
        places[source.index] = .one(place)
      } else {
        places[source.index] = .several
      }
    }
    var values: [(position: Int, output: Plan.Output)] = []
    var found: [Gradient] = []
    for output in plan.outputs {
      let node = walk.node(at: output.position)
      if let (leaf, before) = leaves[ObjectIdentifier(node)] {
        guard let place = tape[leaf] else { return nil }
        let position = tape.position(place)
        // Another task may have added to a gradient between the walk and the recording.
        let described = tape.description.gradients[position]
        guard (described == nil) == (before == nil),
          described == before?.buffer.flatMap({ tape.description.external(in: $0) })
        else { return nil }
        guard let described else {
          found.append(Gradient(position: position, before: nil, output: output))
          continue
        }
        guard case .one(let before) = places[described] else { return nil }
        found.append(Gradient(position: position, before: (described, before), output: output))
      } else if let place = tape[node] {
        values.append((tape.position(place), output))
      }
    }
    guard found.count == gradients.count else { return nil }
    self.values = values
    self.gradients = found
    addsToGradients = found.contains { $0.before != nil }
  }

  /// Which array of the tape one of the plan's is, and how much further on it begins.
  ///
  /// How two arrays of the tape lie to each other in one buffer may be different next time: only the array itself, or the only
  /// one that can have been viewed, will do.
  private static func source(
    of external: GraphDescription.External, on tape: Walk
  ) -> (index: Int, offset: Int)? {
    if let index = tape.description.external(external.node, in: external.buffer!) { return (index, 0) }
    guard let only = tape.description.onlyExternal(in: external.buffer!) else { return nil }
    return (only, external.offset - tape.description.externals[only].offset)
  }

  /// Whether the numbers that rules have looked at are the same.
  func fits(_ description: borrowing GraphDescription) -> Bool {
    for (number, bits) in fixed where description.numbers[number].bits != bits { return false }
    return true
  }

  /// Runs the plan on a tape; false, and nothing done, if somebody else changes a gradient at the same time.
  func run(_ plan: Plan, on tape: Walk) -> Bool {
    if !addsToGradients {
      fillTable(tape)
      runPlan(plan, on: tape)
      for gradient in gradients { put(gradient, nil, false, plan, tape) }
      return true
    }
    var taken: ContiguousArray<Node?> = []
    guard takeGradients(tape, &taken) else { return false }
    fillTable(tape)
    var isInPlace = ContiguousArray(repeating: false, count: gradients.count)
    for index in gradients.indices {
      guard let place = gradients[index].before?.place else { continue }
      // Written in place if nobody else refers to the gradient, or to its buffer.
      if isKnownUniquelyReferenced(&taken[index]), let buffer = taken[index]!.beginUpdate() {
        tape.table.buffers[place] = buffer
        isInPlace[index] = true
      } else {
        tape.table.buffers[place] = taken[index]!.buffer
      }
    }
    for _ in tape.table.buffers.count..<plan.placeCount { tape.table.buffers.append(nil) }
    for index in gradients.indices where isInPlace[index] {
      tape.table.buffers[gradients[index].output.location.place] = tape.table.buffers[gradients[index].before!.place]
    }
    runPlan(plan, on: tape)
    for index in gradients.indices { put(gradients[index], taken[index], isInPlace[index], plan, tape) }
    return true
  }

  private func runPlan(_ plan: Plan, on tape: Walk) {
    plan.run(tape.table) { _ in fatalError("TapeReplay: an operation of the user's own") }
    for (position, output) in values {
      tape.node(at: position).publish(plan.value(output.location, output.shape, tape.table))
    }
  }

  /// Takes each gradient so far out of its leaf: whoever wants it waits, and nothing is lost.
  private func takeGradients(_ tape: Walk, _ taken: inout ContiguousArray<Node?>) -> Bool {
    taken.reserveCapacity(gradients.count)
    for gradient in gradients {
      guard let before = gradient.before else {
        taken.append(nil)
        continue
      }
      let leaf = tape.node(at: gradient.position)
      guard let node = leaf.leafState?.take(holding: tape.description.externals[before.external].buffer) else {
        for (other, node) in zip(gradients, taken) {
          if let node { tape.node(at: other.position).leafState!.put(node) }
        }
        return false
      }
      taken.append(node)
    }
    // The description's own references would hide that nobody else has any.
    for gradient in gradients {
      if let before = gradient.before { tape.description.forget(before.external, standIn: tape.node(0)) }
    }
    return true
  }

  private func fillTable(_ tape: Walk) {
    for (index, offset) in externals {
      let external = tape.description.externals[index]
      tape.table.buffers.append(external.buffer)
      tape.table.offsets.append(external.offset + offset)
    }
    let derived = derivedNumbers(tape)
    for number in numbers {
      switch number {
      case .fixed(let bits): tape.table.numbers.append(bits)
      case .given(let index): tape.table.numbers.append(tape.description.numbers[index].bits)
      case .derived(let index): tape.table.numbers.append(derived[index])
      }
    }
  }

  /// The numbers that the recording calculated, from those of this tape.
  private func derivedNumbers(_ tape: Walk) -> [UInt64] {
    var results: [UInt64] = []
    let given = tape.description.numbers.count
    for number in derived {
      func bits(_ bits: UInt64, _ tag: UInt32) -> UInt64 {
        if tag == 0 { return bits }
        let index = Int(tag) - 1
        return index < given ? tape.description.numbers[index].bits : results[index - given]
      }
      results.append(number.arithmetic(bits(number.a, number.aTag), bits(number.b, number.bTag), number.type))
    }
    return results
  }

  private func put(_ gradient: Gradient, _ old: Node?, _ isInPlace: Bool, _ plan: Plan, _ tape: Walk) {
    let leaf = tape.node(at: gradient.position)
    if isInPlace, let old {
      // The gradient's own node, with new elements in its buffer.
      old.endUpdate(tape.table.buffers[gradient.output.location.place]!)
      return leaf.leafState!.put(old)
    }
    let new = Node(plan.value(gradient.output.location, leaf.shape, tape.table), leaf.type, leaf.shape)
    if old != nil { return leaf.leafState!.put(new) }
    let state = leaf.makeLeafState()
    if !state.start(new) { state.accumulate(Expression(new), shape: leaf.shape) }
  }
}
