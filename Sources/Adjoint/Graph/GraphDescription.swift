import AdjointKernels

/// What a node reads, in a description: another node, an array from outside, a number, or (on a tape) nothing that
/// counts.
struct Reference: Hashable, Sendable {
  enum Kind: UInt32 { case node, external, number }
  private let raw: UInt32

  init(_ kind: Kind, _ index: Int) { raw = UInt32(truncatingIfNeeded: index) << 2 | kind.rawValue }
  var kind: Kind { Kind(rawValue: raw & 3).unsafelyUnwrapped }
  var index: Int { Int(raw >> 2) }
  var word: UInt64 { UInt64(raw) }
}

/// The structure of a graph as a list of words, and apart from it what may differ between graphs of the same structure:
/// buffers, offsets and numbers.
///
/// Two graphs with equal words are computed by the same plan.
struct GraphDescription {
  /// An array that the graph reads: the node that it belongs to says type, shape and strides.
  struct External {
    fileprivate(set) var node: Node
    fileprivate(set) var buffer: Buffer?
    var offset: Int { buffer == nil ? 0 : node.layout?.offset ?? 0 }
  }
  struct Number: Hashable {
    let bits: UInt64
    let type: ElementType
    let tag: UInt32
  }

  fileprivate(set) var words: ContiguousArray<UInt64> = []
  fileprivate(set) var digest: UInt64 = 0
  fileprivate(set) var externals: ContiguousArray<External> = []
  /// By position of a leaf on a tape: which array its gradient so far is.
  fileprivate(set) var gradients: [Int: Int] = [:]
  fileprivate(set) var numbers: ContiguousArray<Number> = []
  /// What the operands of the walk are, in the order of its `operands`.
  fileprivate(set) var references: ContiguousArray<Reference> = []
  /// For each place of the walk, its position in the sequence.
  fileprivate(set) var positions: ContiguousArray<Int32> = []
  /// Whether two nodes with the same array count as two: they may have different ones next time.
  fileprivate var tellsNodesApart = false
  /// Whether what somebody outside holds is kept.
  fileprivate var keepsHeld = true
  /// Whether what a tracked node has as an array anyway is kept.
  fileprivate(set) var keepsTracked = false
  /// By position: whether the value is wanted when all is done.
  fileprivate(set) var isKept: ContiguousArray<Bool> = []
  /// By position: whether the value was asked for.
  fileprivate(set) var isRoot: ContiguousArray<Bool> = []
  /// By place: how often the walk's nodes refer to the node.
  fileprivate(set) var uses: ContiguousArray<Int32> = []
  // The externals of one buffer, which may be seen under several layouts, as a list.
  private var firstOfBuffer = IdentityMap()
  private var nextOfBuffer: ContiguousArray<Int32> = []

  mutating func clear(keepingCapacity keeps: Bool) {
    words.removeAll(keepingCapacity: keeps)
    externals.removeAll(keepingCapacity: keeps)
    if !gradients.isEmpty { gradients.removeAll(keepingCapacity: keeps) }
    numbers.removeAll(keepingCapacity: keeps)
    references.removeAll(keepingCapacity: keeps)
    positions.removeAll(keepingCapacity: keeps)
    isKept.removeAll(keepingCapacity: keeps)
    uses.removeAll(keepingCapacity: keeps)
    isRoot.removeAll(keepingCapacity: keeps)
    nextOfBuffer.removeAll(keepingCapacity: keeps)
    firstOfBuffer.removeAll()
    digest = 0
  }

  @inline(__always) fileprivate mutating func add(_ word: UInt64) {
    words.append(word)
    digest = digest.mixed(with: word)
  }

  fileprivate mutating func add(_ shape: Shape) {
    for axis in 0..<shape.rank { add(UInt64(truncatingIfNeeded: shape[axis])) }
  }

  /// The number of an array among the externals.
  fileprivate mutating func external(_ node: Node, _ buffer: Buffer) -> Int {
    if let first = firstOfBuffer.insert(buffer, externals.count) {
      var index = first
      while true {
        let other = externals[index].node
        if other === node || (!tellsNodesApart && other.type == node.type && other.shape == node.shape && other.layout == node.layout) {
          return index
        }
        let next = Int(nextOfBuffer[index])
        if next < 0 { break }
        index = next
      }
      nextOfBuffer[index] = Int32(truncatingIfNeeded: externals.count)
    }
    externals.append(External(node: node, buffer: buffer))
    nextOfBuffer.append(-1)
    add(UInt64(node.type.rawValue) | UInt64(node.shape.rank) << 8 | (node.isContiguous ? 0 : 1 << 16))
    add(node.shape)
    if let layout = node.layout { for stride in layout.strides { add(UInt64(bitPattern: Int64(stride))) } }
    return externals.count - 1
  }

  /// Lets go of an array.
  mutating func forget(_ external: Int, standIn: Node) {
    externals[external].node = standIn
    externals[external].buffer = nil
  }

  /// The first external in a buffer.
  func external(in buffer: Buffer) -> Int? { firstOfBuffer[buffer] }

  fileprivate mutating func number(_ operand: Expression, sharing: Bool) -> Int {
    let number = Number(bits: operand.numberBits!, type: operand.type, tag: operand.numberTag)
    if sharing {
      // Only the most recent numbers are compared: finding every repetition would be quadratic.
      for index in numbers.indices.suffix(16).reversed() where numbers[index] == number { return index }
    }
    numbers.append(number)
    return numbers.count - 1
  }

  /// Whether the next word ends a list: words of nodes cannot be mistaken for it.
  fileprivate mutating func header(_ word: UInt64) { add(word) }
}

extension Walk {
  /// Describes the pending graph below `roots` for evaluation.
  ///
  /// Kept are the roots, and what somebody outside the walk holds: a variable, or a graph that is not evaluated now.
  /// `base` is a walk over part of the same graph whose numbers' tags hold here too.
  func describePending(_ roots: some Sequence<Node>, keepsTracked: Bool, base: Walk? = nil) {
    describe(mode: keepsTracked ? 1 : 0, roots, base: base)
  }

  /// Describes the pending graph below a function's results, whatever arrays it will be given.
  func describeFunction(_ results: some Sequence<Node>) { describe(mode: 4, results) }

  /// Describes a tape, with the gradients that its leaves have so far, for `backward`.
  func describeTape(_ root: Node, seed: Node?, keepsTracked: Bool) {
    describe(mode: keepsTracked ? 3 : 2, CollectionOfOne(root), seed: seed)
  }

  private func describe(
    mode: UInt64, _ roots: some Sequence<Node>, base: Walk? = nil, seed: Node? = nil
  ) {
    let isTape = mode == 2 || mode == 3
    description.tellsNodesApart = mode == 4
    description.header(mode)
    description.keepsTracked = mode & 1 == 1
    description.keepsHeld = mode != 4
    countUses()
    for _ in nodes.indices {
      description.isKept.append(false)
      description.isRoot.append(false)
      description.positions.append(0)
    }
    for (position, place) in sequence.enumerated() {
      description.positions[Int(place)] = Int32(truncatingIfNeeded: position)
    }
    for _ in operands.indices { description.references.append(Reference(.number, 0)) }
    for root in roots {
      if let place = self[root] {
        description.isKept[Int(description.positions[place])] = true
        description.isRoot[Int(description.positions[place])] = true
      }
    }
    if let seed { _ = description.external(seed, seed.buffer!) }
    for position in sequence.indices { describe(position, isTape, base) }
  }

  private func countUses() {
    for _ in nodes.indices { description.uses.append(0) }
    for place in operandPlaces where place != Self.outside { description.uses[Int(place)] += 1 }
  }

  /// How many references to a node are the graph's and the walk's own.
  private func ownReferences(_ place: Int) -> Int { 2 * Int(description.uses[place]) + 1 }

  private func isHeld(_ place: Int, _ base: Walk?) -> Bool {
    var own = ownReferences(place)
    // The other walk's list of nodes, and its copies of the same operands.
    if let base, let other = base[nodes[place]] { own += Int(base.description.uses[other]) + 1 }
    return referenceCount(of: nodes[place]) > own
  }

  private func describe(_ position: Int, _ isTape: Bool, _ base: Walk?) {
    let place = Int(sequence[position])
    let range = operandRange(place)
    let isLeaf = isTape && nodes[place].isTapeEnd
    if !description.isKept[position] && !isLeaf && description.keepsHeld && isHeld(place, base) { description.isKept[position] = true }
    describeNode(nodes[place], position, range.count, isTape)
    if isTape { describeTape(nodes[place], position, isLeaf) }
    let isShared = !isTape
    // In the other walk the same operands carry tags.
    let tagged = base.flatMap { base in base[nodes[place]].map { base.operandRange($0) } }
    for index in range {
      let child = operandPlaces[index]
      if child != Self.outside && !isTape {
        let reference = Reference(.node, Int(description.positions[Int(child)]))
        description.references[index] = reference
        description.add(reference.word)
      } else if isNumber(index) {
        let operand = tagged.map { base!.operands[$0.lowerBound + index - range.lowerBound] } ?? operands[index]
        let reference = Reference(.number, description.number(operand, sharing: isShared))
        description.references[index] = reference
        description.add(
          (isShared ? reference.word : 2) | UInt64(operand.type.rawValue) << 32
            | (operand.node == nil ? 0 : UInt64(operand.node!.shape.rank + 1) << 40))
        if operand.node != nil { description.add(operand.node!.shape) }
      } else {
        describeOutside(index, child)
      }
    }
  }

  /// An operand that was captured as an array, on a tape perhaps with the node that it came from.
  private func describeOutside(_ index: Int, _ child: Int32) {
    var word = UInt64(UInt32(bitPattern: child == Self.outside ? -1 : description.positions[Int(child)])) << 32
    if let node = operands[index].node, let buffer = operands[index].buffer ?? found[index] {
      let reference = Reference(.external, description.external(node, buffer))
      description.references[index] = reference
      word |= reference.word
    } else {
      word |= 3
    }
    description.add(word)
  }

  @inline(__always)
  private func describeNode(_ node: Node, _ position: Int, _ operandCount: Int, _ isTape: Bool) {
    description.add(UInt64(node.operation.identity))
    var word = UInt64(node.type.rawValue)
    if description.isKept[position] { word |= 1 << 8 }
    if description.isRoot[position] { word |= 1 << 10 }
    if node.tracking == .tracked { word |= 1 << 9 }
    word |= UInt64(node.shape.rank) << 16
    word |= UInt64(node.operation.parameters.count) << 24
    word |= UInt64(operandCount) << 40
    description.add(word)
    description.add(UInt64(bitPattern: Int64(node.attribute)))
    description.add(node.shape)
    for parameter in node.operation.parameters { description.add(UInt64(bitPattern: Int64(parameter))) }
  }

  private func describeTape(_ node: Node, _ position: Int, _ isLeaf: Bool) {
    if isLeaf {
      guard let gradient = node.leafState?.gradient else { return description.add(0) }
      // Tape descriptions are made only where this has a value (`isReplayable`).
      let external = description.external(gradient, gradient.buffer!)
      description.gradients[position] = external
      description.add(Reference(.external, external).word << 1 | 1)
    } else if let buffer = node.buffer {
      description.add(Reference(.external, description.external(node, buffer)).word << 1 | 1)
    } else {
      description.add(0)
    }
  }

  /// Whether the backward pass over this tape depends on nothing but its description.
  var isReplayable: Bool {
    for place in nodes.indices {
      let node = nodes[place]
      if node.interceptsGradient || node.operation.hasForeignRule || (node.isStart && !node.isTapeEnd) { return false }
      if node.isTapeEnd, let gradient = node.leafState?.gradient, !gradient.hasValue || !gradient.isContiguous {
        return false
      }
    }
    return true
  }
}

extension UInt64 {
  /// A digest of this and another word: one multiplication each, for tables whose entries are compared anyway.
  @inline(__always) func mixed(with word: UInt64) -> UInt64 {
    let product = (self ^ word) &* 0xD6E8_FEB8_6659_FD93
    return product ^ (product >> 32)
  }
}
