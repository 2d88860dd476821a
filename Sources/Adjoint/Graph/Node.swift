import AdjointKernels
import Synchronization

/// One recorded operation: a lazy expression and an entry of the tape at once.
///
/// Shape, type and operation never change. Operands and value are guarded by a lock of a few instructions: the
/// value is set once (a leaf's may be replaced), the operands are dropped when nobody needs them any more.
final class Node: @unchecked Sendable {
  let operation: Operation
  let shape: Shape
  /// A number that the operation interprets: an axis mask, or the bits of a constant.
  let attribute: Int
  let type: ElementType
  /// How long the chain of unevaluated operations below was at recording.
  let pendingDepth: Int32

  /// A digest of the graph below: equal structures have equal digests, and others rarely do.
  let structure: UInt64

  private let spin = Atomic<UInt8>(0)
  private let flags: Atomic<UInt8>
  private var storedOperands: Operands
  private var storedValue: Value?
  private var storedLeaf: LeafState?

  init(
    _ operation: Operation, _ type: ElementType, _ shape: Shape, attribute: Int = 0, operands: consuming Operands,
    pendingDepth: Int32, tracking: Tracking, structure: UInt64 = 0
  ) {
    self.structure = structure
    self.operation = operation
    self.shape = shape
    self.attribute = attribute
    self.type = type
    self.pendingDepth = pendingDepth
    flags = Atomic(tracking.rawValue)
    storedOperands = operands
  }

  /// A leaf with a value.
  init(_ value: Value, _ type: ElementType, _ shape: Shape) {
    operation = Source.leaf
    self.shape = shape
    attribute = 0
    self.type = type
    pendingDepth = 0
    structure = shape.digest
    flags = Atomic(Tracking.none.rawValue)
    storedOperands = Operands()
    storedValue = value
  }

  // A long chain would otherwise be released by recursion, one stack frame or more per node.
  deinit {
    if storedOperands.isEmpty { return }
    var chain = storedOperands.takeNodes()
    while let node = chain.popLast() {
      var owned: Node? = consume node
      guard isKnownUniquelyReferenced(&owned) else { continue }
      chain.append(contentsOf: owned!.storedOperands.takeNodes())
    }
  }

  @inline(__always)
  func locked<Result>(_ body: () -> Result) -> Result {
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

  @inline(__always) var isLeaf: Bool { operation === Source.leaf || tracking == .none }

  @inline(__always) var value: Value? { locked { storedValue } }
  var operands: Operands { locked { storedOperands } }

  /// Sets the value if no other evaluation was first, and drops what is not needed once there is one.
  func publish(_ value: Value) {
    var dropped = Operands()
    locked {
      if storedValue == nil { storedValue = value }
      if tracking != .tracked { swap(&dropped, &storedOperands) }
    }
    if tracking == .tracked { releaseIfOrphaned() }
  }

  /// A tracked node whose operands' graphs have all been released leads nowhere: a sum of losses whose graphs are
  /// gone must not keep itself alive.
  private func releaseIfOrphaned() {
    let isOrphaned = inspect { _, operands in
      guard operation !== Source.leaf else { return false }
      for k in 0..<operands.count { if operands[k].node?.tracking == .tracked { return false } }
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

  /// Replaces a leaf's elements.
  func replaceValue(_ value: Value) { locked { storedValue = value } }

  /// Whether nothing but this leaf refers to its buffer.
  ///
  /// The caller may then write to it. A reader that comes later sees the new elements, as it should.
  func ownsBuffer() -> Bool {
    locked { storedValue != nil && storedValue!.layout == nil && isKnownUniquelyReferenced(&storedValue!.buffer) }
  }

  /// Reads value and operands under one lock, without copies.
  @inline(__always)
  func inspect<Result>(_ body: (borrowing Value?, borrowing Operands) -> Result) -> Result {
    locked { body(storedValue, storedOperands) }
  }

  var leafState: LeafState? { locked { storedLeaf } }

  func makeLeafState() -> LeafState {
    locked {
      if let storedLeaf { return storedLeaf }
      let made = LeafState()
      storedLeaf = made
      return made
    }
  }
}
