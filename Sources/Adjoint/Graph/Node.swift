import AdjointKernels
import Synchronization

/// One recorded operation: a lazy expression and an entry of the tape at once.
///
/// Shape, type and operation never change. Operands and value are guarded by a lock of a few instructions: the
/// value is set once (a leaf's may be replaced), the operands are dropped when nobody needs them any more.
final class Node: @unchecked Sendable {
  ///
  /// Not counted: counting references to an operation would make every thread write to the same few words.
  /// Operations without parameters live forever; one made per call is owned by `ownedOperation`.
  unowned(unsafe) let operation: Operation
  private let ownedOperation: Operation?
  let shape: Shape
  /// Of the shape: it is asked for more often than the extents are.
  let elementCount: Int
  /// A number that the operation interprets: an axis mask, or the bits of a constant.
  let attribute: Int
  let type: ElementType
  /// How long the chain of unevaluated operations below was at recording.
  let pendingDepth: Int32

  /// A digest of the graph below: equal structures have equal digests, and others rarely do.
  let structure: UInt64

  private let spin = Atomic<UInt8>(0)
  private let flags: Atomic<UInt8>
  // The lock is what guards these; the runtime's own check of every access would cost more than the lock.
  @exclusivity(unchecked) private var storedOperands: Operands
  @exclusivity(unchecked) private var storedBuffer: Buffer?
  @exclusivity(unchecked) private var storedLayout: Layout?
  @exclusivity(unchecked) private var storedLeaf: LeafState?

  @inline(__always)
  convenience init(
    _ operation: Operation, _ type: ElementType, _ shape: Shape, attribute: Int, operands: consuming Operands,
    _ inherited: Inherited
  ) {
    self.init(
      operation, type, shape, attribute: attribute, operands: operands, pendingDepth: inherited.depth,
      tracking: inherited.tracking, structure: inherited.structure)
  }

  init(
    _ operation: Operation, _ type: ElementType, _ shape: Shape, attribute: Int = 0, operands: consuming Operands,
    pendingDepth: Int32, tracking: Tracking, structure: UInt64 = 0
  ) {
    self.structure = structure
    self.operation = operation
    ownedOperation = operation.isShared ? nil : operation
    self.shape = shape
    elementCount = shape.elementCount
    self.attribute = attribute
    self.type = type
    self.pendingDepth = pendingDepth
    flags = Atomic(tracking.rawValue)
    storedOperands = operands
  }

  /// A leaf with a value.
  init(_ value: Value, _ type: ElementType, _ shape: Shape) {
    operation = Source.leaf
    ownedOperation = nil
    self.shape = shape
    elementCount = shape.elementCount
    attribute = 0
    self.type = type
    pendingDepth = 0
    structure = shape.digest
    flags = Atomic(Tracking.none.rawValue | (value.layout == nil ? 0 : Self.stridedBit))
    storedOperands = Operands()
    storedBuffer = value.buffer
    storedLayout = value.layout
  }

  // A long chain would otherwise be released by recursion, one stack frame or more per node.
  deinit {
    if storedOperands.count == 0 { return }
    var next: Node?
    var others: [Node] = []
    storedOperands.release(&next, &others)
    while true {
      if next == nil { next = others.popLast() }
      guard let node = next.take() else { return }
      node.storedOperands.release(&next, &others)
    }
  }

  /// Only for the owner of the only reference.
  var hasOperands: Bool { storedOperands.count > 0 }

  @inline(__always)
  func locked<Result: ~Copyable>(_ body: () -> Result) -> Result {
    while spin.exchange(1, ordering: .acquiring) != 0 { Self.relax() }
    defer { spin.store(0, ordering: .releasing) }
    return body()
  }

  @inline(never) private static func relax() { Parallelism.yieldProcessor() }
}

/// Whether gradients flow through a node.
enum Tracking: UInt8 {
  /// Not tracked.
  case none = 0
  /// Tracked: the operands stay until `backward` releases them.
  case tracked = 1
  /// Was tracked, but the graph below has been released.
  case released = 2
}

extension Node {
  private static let trackingBits: UInt8 = 3
  private static let computedBit: UInt8 = 4
  private static let retainsGradBit: UInt8 = 8
  private static let startBit: UInt8 = 16
  fileprivate static let stridedBit: UInt8 = 32
  private static let hooksBit: UInt8 = 64

  @inline(__always) var tracking: Tracking {
    Tracking(rawValue: flags.load(ordering: .relaxed) & Self.trackingBits)!
  }

  func setTracking(_ tracking: Tracking) {
    var old = flags.load(ordering: .relaxed)
    while true {
      let (done, found) = flags.compareExchange(
        expected: old, desired: (old & ~Self.trackingBits) | tracking.rawValue, ordering: .relaxed)
      if done { return }
      old = found
    }
  }

  /// Whether an earlier plan computed this node without keeping its value: the next one keeps it.
  var wasComputed: Bool { flags.load(ordering: .relaxed) & Self.computedBit != 0 }
  func markComputed() { flags.bitwiseOr(Self.computedBit, ordering: .relaxed) }

  var retainsGrad: Bool { flags.load(ordering: .relaxed) & Self.retainsGradBit != 0 }
  func markRetainsGrad() { flags.bitwiseOr(Self.retainsGradBit, ordering: .relaxed) }

  /// Whether hooks want to see the gradient.
  var hasHooks: Bool { flags.load(ordering: .relaxed) & Self.hooksBit != 0 }
  func setHasHooks(_ hasHooks: Bool) {
    if hasHooks {
      flags.bitwiseOr(Self.hooksBit, ordering: .relaxed)
    } else {
      flags.bitwiseAnd(~Self.hooksBit, ordering: .relaxed)
    }
  }

  /// Whether `backward` does more here than any pattern knows of.
  @inline(__always) var interceptsGradient: Bool {
    flags.load(ordering: .relaxed) & (Self.retainsGradBit | Self.hooksBit) != 0
  }

  /// Whether gradients end here although the node was computed: a function's input, or a result made a leaf.
  var isStart: Bool { flags.load(ordering: .relaxed) & Self.startBit != 0 }
  func markStart() { flags.bitwiseOr(Self.startBit, ordering: .relaxed) }

  /// Whether the node collects a gradient by itself.
  var collectsGradient: Bool {
    operation === Source.leaf || retainsGrad || (isStart && operation !== Input.operation)
  }

  @inline(__always) var isLeaf: Bool {
    operation === Source.leaf || tracking == .none || (isStart && operation !== Input.operation)
  }

  @inline(__always) var buffer: Buffer? { locked { storedBuffer } }
  var value: Value? { locked { storedBuffer.map { Value($0, storedLayout) } } }

  /// Whether the value that was captured from this node lies row by row from its buffer's start.
  @inline(__always) var isContiguous: Bool { flags.load(ordering: .relaxed) & Self.stridedBit == 0 }

  /// How the elements lie in the buffer: set with the first value, and the same ever after.
  var layout: Layout? { locked { storedLayout } }
  var operands: Operands { locked { storedOperands } }

  /// The operands as an array, each counted once.
  var operandArray: [Expression] { locked { storedOperands.array } }

  /// The operands as a single loop takes them, if one can.
  @inline(__always) func directOperands() -> DirectOperands? { locked { DirectOperands(&storedOperands) } }

  @inline(__always) var hasValue: Bool { locked { storedBuffer != nil } }

  /// Sets the value if no other evaluation was first, and drops what is not needed once there is one.
  func publish(_ value: Value) {
    var dropped = Operands()
    if value.layout != nil { flags.bitwiseOr(Self.stridedBit, ordering: .relaxed) }
    locked {
      if storedBuffer == nil {
        storedLayout = value.layout
        storedBuffer = value.buffer
      }
      if tracking != .tracked { swap(&dropped, &storedOperands) }
    }
    if tracking == .tracked { releaseIfOrphaned() }
  }

  /// Sets a value that lies row by row.
  func publish(contiguous buffer: consuming Buffer) {
    var new: Buffer? = buffer
    var dropped = Operands()
    let isTracked = tracking == .tracked
    locked {
      if storedBuffer == nil { swap(&new, &storedBuffer) }
      if !isTracked { swap(&dropped, &storedOperands) }
    }
    if isTracked { releaseIfOrphaned() }
  }

  /// A tracked node whose operands' graphs have all been released leads nowhere: a sum of losses whose graphs are
  /// gone must not keep itself alive.
  private func releaseIfOrphaned() {
    if operation === Source.leaf || isStart { return }
    let isOrphaned = locked {
      for k in 0..<storedOperands.count { if storedOperands[k].node?.tracking == .tracked { return false } }
      return true
    }
    if isOrphaned { releaseGraph() }
  }

  /// Drops the operands: the value is known, or will never be asked for.
  func releaseGraph() {
    var dropped = Operands()
    locked { swap(&dropped, &storedOperands) }
    setTracking(.released)
  }

  /// Replaces a leaf's elements by others in the same layout.
  func replaceBuffer(_ buffer: Buffer) {
    var old: Buffer? = buffer
    locked { swap(&old, &storedBuffer) }
  }

  /// Whether nothing but this leaf refers to its buffer.
  ///
  /// The caller may then write to it. A reader that comes later sees the new elements, as it should.
  func ownsBuffer() -> Bool {
    locked { storedLayout == nil && isKnownUniquelyReferenced(&storedBuffer) }
  }

  /// Whether this is the node's buffer.
  func holds(_ buffer: Buffer?) -> Bool { locked { storedBuffer === buffer } }

  var leafState: LeafState? { locked { storedLeaf } }

  func makeLeafState() -> LeafState {
    locked {
      if let storedLeaf { return storedLeaf }
      let made = LeafState()
      storedLeaf = made
      return made
    }
  }

  /// Compares value and operands with those of a pattern's entry, and binds what is met first.
  @inline(__always)
  func bind(_ pattern: Pattern, _ index: Int, _ binding: Pattern.Binding) -> Bool {
    locked {
      if pattern.entries[index].isLeaf {
        // A leaf's value counts only where an operand captured it.
      } else if pattern.entries[index].value >= 0 {
        guard storedBuffer != nil, storedLayout == pattern.entries[index].layout,
          Pattern.take(storedBuffer!, pattern.entries[index].value, binding)
        else { return false }
      } else if storedBuffer != nil {
        return false
      }
      if !pattern.entries[index].isWalked { return true }
      let first = pattern.entries[index].operands.lowerBound
      let count = pattern.entries[index].operands.upperBound - first
      guard storedOperands.count == count else { return false }
      if count > 2 {
        var operands = storedOperands.array
        for k in 0..<count where !Self.bind(&operands[k], pattern, first + k, binding) { return false }
        return true
      }
      if count > 0, !Self.bind(&storedOperands.a, pattern, first, binding) { return false }
      return count < 2 || Self.bind(&storedOperands.b, pattern, first + 1, binding)
    }
  }

  /// `inout`, though nothing changes: a field of an object is copied to be borrowed.
  @inline(__always)
  private static func bind(
    _ operand: inout Expression, _ pattern: Pattern, _ index: Int, _ binding: Pattern.Binding
  ) -> Bool {
    let value = pattern.operands[index].value
    if value >= 0 {
      guard operand.buffer != nil, Pattern.take(operand.buffer.unsafelyUnwrapped, value, binding) else { return false }
    } else if operand.buffer != nil {
      return false
    }
    let node = pattern.operands[index].node
    if node >= 0 {
      guard operand.node != nil else { return false }
      if pattern.operands[index].isNewNode {
        binding.nodes[binding.count] = operand.node
        binding.count += 1
        return true
      }
      return binding.nodes[node] === operand.node
    }
    if value >= 0 {
      guard operand.node != nil else { return false }
      return operand.node!.shape == pattern.operands[index].shape && operand.node!.type == pattern.operands[index].type
        && operand.node!.layout == pattern.operands[index].layout
        && (pattern.mode == .evaluate || operand.node!.tracking != .tracked)
    }
    return operand.constantBits == pattern.operands[index].bits && operand.type == pattern.operands[index].type
      && (operand.node == nil
        ? pattern.operands[index].shape.rank == 0 : operand.node!.shape == pattern.operands[index].shape)
  }
}
