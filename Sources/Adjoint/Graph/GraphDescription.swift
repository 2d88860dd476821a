@_spi(Engine) import AdjointKernels

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
struct GraphDescription: ~Copyable {
  /// An array that the graph reads: the node that it belongs to says type, shape and strides.
  struct External {
    fileprivate(set) var node: Node
    fileprivate(set) var buffer: Buffer?
    var offset: Int { buffer == nil ? 0 : node.layout?.offset ?? 0 }
  }
  struct Number: Hashable, BitwiseCopyable {
    let bits: UInt64
    let type: ElementType
    let tag: UInt32
  }

  fileprivate(set) var words = Scratch<UInt64>()
  fileprivate(set) var digest: UInt64 = 0
  fileprivate(set) var externals: ContiguousArray<External> = []
  /// By position of a leaf on a tape: which array its gradient so far is.
  fileprivate(set) var gradients: [Int: Int] = [:]
  fileprivate(set) var numbers = Scratch<Number>()
  /// Whether two nodes with the same array count as two: they may have different ones next time.
  fileprivate var tellsNodesApart = false
  /// Whether everything that counts has been described.
  fileprivate(set) var isComplete = true
  /// Whether what somebody outside holds is kept.
  fileprivate var keepsHeld = true
  /// Whether what a tracked node has as an array anyway is kept.
  fileprivate(set) var keepsTracked = false
  /// Whether somebody wants a value when all is done.
  enum Wish: UInt8 {
    case none
    /// It is held by somebody who may ask for it.
    case held
    case root
  }
  /// By position.
  fileprivate(set) var wishes = Scratch<Wish>()
  // A buffer may be seen under a million layouts (each of its elements by itself): the first is found by the buffer, the others
  // by a digest of buffer and layout.
  private var firstOfBuffer = IdentityMap()
  private var firstOfView = IdentityMap()
  /// By external: the next of the same digest, `alone` or, for a buffer's first that is not its only one, `several`.
  private var following = Scratch<Int32>()
  private static let alone: Int32 = -1
  private static let several: Int32 = -2

  mutating func clear(keepingCapacity keeps: Bool) {
    words.removeAll()
    externals.removeAll(keepingCapacity: keeps)
    if !gradients.isEmpty { gradients.removeAll(keepingCapacity: keeps) }
    numbers.removeAll()
    wishes.removeAll()
    following.removeAll()
    firstOfBuffer.removeAll()
    firstOfView.removeAll()
    digest = 0
    isComplete = true
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
      if isSame(first, node, buffer) { return first }
      following[first] = Self.several
      if var index = firstOfView.insert(key: viewKey(node, buffer), externals.count) {
        while true {
          Counters.comparedViews()
          if isSame(index, node, buffer) { return index }
          if following[index] < 0 { break }
          index = Int(following[index])
        }
        following[index] = Int32(truncatingIfNeeded: externals.count)
      }
    }
    externals.append(External(node: node, buffer: buffer))
    following.append(Self.alone)
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

  /// Whether an external stands for a node's array in a buffer.
  private func isSame(_ index: Int, _ node: Node, _ buffer: Buffer) -> Bool {
    let other = externals[index].node
    if externals[index].buffer !== buffer { return false }
    return other === node
      || (!tellsNodesApart && other.type == node.type && other.shape == node.shape && other.layout == node.layout)
  }

  /// What equal views of a buffer have in common.
  private func viewKey(_ node: Node, _ buffer: Buffer) -> UInt {
    var digest = UInt64(UInt(bitPattern: ObjectIdentifier(buffer)))
    if tellsNodesApart {
      digest = digest.mixed(with: UInt64(UInt(bitPattern: ObjectIdentifier(node))))
    } else {
      digest = digest.mixed(with: UInt64(node.type.rawValue) | UInt64(node.shape.rank) << 8)
      for axis in 0..<node.shape.rank { digest = digest.mixed(with: UInt64(truncatingIfNeeded: node.shape[axis])) }
      if let layout = node.layout {
        digest = digest.mixed(with: UInt64(bitPattern: Int64(layout.offset)))
        for stride in layout.strides { digest = digest.mixed(with: UInt64(bitPattern: Int64(stride))) }
      }
    }
    return UInt(truncatingIfNeeded: digest)
  }

  /// The external that stands for a node's array in a buffer.
  func external(_ node: Node, in buffer: Buffer) -> Int? {
    guard let first = firstOfBuffer[buffer] else { return nil }
    if isSame(first, node, buffer) { return first }
    var index = firstOfView[key: viewKey(node, buffer)] ?? -1
    while index >= 0 && !isSame(index, node, buffer) { index = Int(following[index]) }
    return index >= 0 ? index : nil
  }

  /// The external of a buffer that is seen under one layout alone.
  func onlyExternal(in buffer: Buffer) -> Int? {
    firstOfBuffer[buffer].flatMap { following[$0] == Self.several ? nil : $0 }
  }

  /// The first external in a buffer.
  func external(in buffer: Buffer) -> Int? { firstOfBuffer[buffer] }

  fileprivate mutating func number(_ operand: Expression, sharing: Bool) -> Int {
    let number = Number(bits: operand.numberBits!, type: operand.type, tag: operand.numberTag)
    if sharing {
      // Only the most recent numbers are compared: finding every repetition would be quadratic.
      for index in numbers.indices.suffix(16).reversed() {
        let other = numbers[index]
        if other.bits == number.bits && other.type == number.type && other.tag == number.tag { return index }
      }
    }
    numbers.append(number)
    return numbers.count - 1
  }
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

  /// Describes a tape, with the gradients that its leaves have so far, for `backward`; false if the pass depends on
  /// anything else, such as a gradient that is no array yet.
  func describeTape(_ root: Node, seed: Node?, keepsTracked: Bool) -> Bool {
    guard isReplayable else { return false }
    describe(mode: keepsTracked ? 3 : 2, CollectionOfOne(root), seed: seed)
    return description.isComplete
  }

  private func describe(
    mode: UInt64, _ roots: some Sequence<Node>, base: Walk? = nil, seed: Node? = nil
  ) {
    let isTape = mode == 2 || mode == 3
    description.tellsNodesApart = mode == 4
    description.add(mode)
    description.keepsTracked = mode & 1 == 1
    description.keepsHeld = mode != 4
    for _ in sequence.indices { description.wishes.append(.none) }
    for root in roots { if let place = self[root] { description.wishes[position(place)] = .root } }
    if let seed { _ = description.external(seed, seed.buffer!) }
    for position in sequence.indices { describe(position, isTape, base) }
  }

  /// Whether there are references to a node besides the graph's and the walk's own.
  private func isHeld(_ place: Int, _ base: Walk?) -> Bool {
    var own = 2 * Int(entries[place].uses) + 1
    // The other walk's list of nodes, and its copies of the same operands.
    if let base, let other = base[entries[place].node] { own += Int(base.entries[other].uses) + 1 }
    let address = ObjectAddress(entries[place].node)
    return address.referenceCount > own
  }

  private func describe(_ position: Int, _ isTape: Bool, _ base: Walk?) {
    let place = Int(sequence[position])
    let range = operandRange(place)
    let isLeaf = isTape && entries[place].node.isTapeEnd
    if description.wishes[position] == .none && !isLeaf && description.keepsHeld && isHeld(place, base) {
      description.wishes[position] = .held
    }
    describeNode(entries[place].node, position, range.count)
    if isTape { describeTape(entries[place].node, position, isLeaf) }
    // In the other walk the same operands carry tags.
    let tagged = base == nil ? nil : base![entries[place].node].map { base!.operandRange($0) }
    for index in range {
      let child = operands[index].place
      if child != Self.outside && !isTape {
        let reference = Reference(.node, self.position(Int(child)))
        operands[index].reference = reference
        description.add(reference.word)
      } else if isNumber(index) {
        describeNumber(
          index, isTape, tagged.map { base!.operands[$0.lowerBound + index - range.lowerBound].expression })
      } else {
        describeOutside(index, child)
      }
    }
  }

  private func describeNumber(_ index: Int, _ isTape: Bool, _ tagged: Expression?) {
    let operand = operands[index].expression
    let reference = Reference(.number, description.number(tagged ?? operand, sharing: !isTape))
    operands[index].reference = reference
    var word = isTape ? 2 : reference.word
    word |= UInt64(operand.type.rawValue) << 32
    if let node = operand.node {
      description.add(word | UInt64(node.shape.rank + 1) << 40)
      description.add(node.shape)
    } else {
      description.add(word)
    }
  }

  /// An operand that was captured as an array, on a tape perhaps with the node that it came from.
  private func describeOutside(_ index: Int, _ child: Int32) {
    var word = UInt64(UInt32(bitPattern: child == Self.outside ? -1 : entries[Int(child)].position)) << 32
    if let node = operands[index].expression.node,
      let buffer = operands[index].expression.buffer ?? operands[index].found
    {
      let reference = Reference(.external, description.external(node, buffer))
      operands[index].reference = reference
      word |= reference.word
    } else {
      word |= 3
    }
    description.add(word)
  }

  @inline(__always)
  private func describeNode(_ node: Node, _ position: Int, _ operandCount: Int) {
    description.add(UInt64(node.operation.identity))
    var word = UInt64(node.type.rawValue)
    word |= UInt64(description.wishes[position].rawValue) << 10
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
      // Read once: another task may be adding to it.
      guard let buffer = gradient.buffer, gradient.isContiguous else {
        description.isComplete = false
        return
      }
      let external = description.external(gradient, buffer)
      description.gradients[position] = external
      description.add(Reference(.external, external).word << 1 | 1)
    } else if let buffer = node.buffer {
      description.add(Reference(.external, description.external(node, buffer)).word << 1 | 1)
    } else {
      description.add(0)
    }
  }

  /// Whether the operations of this tape allow that a backward pass depends on nothing but the description.
  private var isReplayable: Bool {
    for place in entries.indices {
      let node = entries[place].node
      if node.interceptsGradient || node.operation.hasForeignRule || node.operation === Source.input { return false }
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
