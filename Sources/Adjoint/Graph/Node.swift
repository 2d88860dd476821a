@_spi(Engine) import AdjointKernels
import Synchronization

/// One recorded operation: a lazy expression and an entry of the tape at once.
///
/// Shape, type and operation never change. Operands and value are guarded by a lock of a few instructions: the
/// value is set once (a leaf's may be replaced), the operands are dropped when nobody needs them any more.
final class Node: @unchecked Sendable {
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
  /// Of a constant: where its number comes from (`Expression.tag`).
  let tag: UInt32
  /// When, by the clock of recorded work, recording of the unevaluated graph below began, at the earliest.
  ///
  /// `.min` for what must not be evaluated at all: what depends on a placeholder of a transformation.
  @exclusivity(unchecked) private(set) var pendingSince: Int

  private let lock = SpinLock()
  private let flags: Atomic<UInt8>
  // The lock is what guards these; the runtime's own check of every access would cost more than the lock.
  @exclusivity(unchecked) private var storedOperands: Operands
  @exclusivity(unchecked) private var storedBuffer: Buffer?
  @exclusivity(unchecked) private var storedLayout: Layout?
  @exclusivity(unchecked) private var storedLeaf: LeafState?

  init(
    _ operation: Operation, _ type: ElementType, _ shape: Shape, attribute: Int = 0, operands: consuming Operands,
    pendingSince: Int, tracking: Tracking, tag: UInt32 = 0
  ) {
    self.operation = operation
    ownedOperation = operation.isShared ? nil : operation
    self.shape = shape
    elementCount = shape.possibleElementCount
    if elementCount < 0 { shape.refuse(operation.name) }
    self.attribute = attribute
    self.type = type
    self.tag = tag
    self.pendingSince = pendingSince
    flags = Atomic(tracking.rawValue)
    storedOperands = operands
  }

  /// A leaf with a value.
  init(_ value: Value, _ type: ElementType, _ shape: Shape) {
    operation = Source.leaf
    ownedOperation = nil
    self.shape = shape
    elementCount = shape.possibleElementCount
    if elementCount < 0 { shape.refuse("Tensor") }
    attribute = 0
    self.type = type
    tag = 0
    pendingSince = .max
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

  /// Sets how long the graph below has been pending, before anybody else has the node.
  func correctPending(since time: Int) { pendingSince = time }

  /// Whether the node must not be evaluated: it depends on a placeholder.
  @inline(__always) var isShielded: Bool { pendingSince == .min }
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

// MARK: Marks

extension Node {
  private static let trackingBits: UInt8 = 3
  private static let updatingBit: UInt8 = 4
  private static let retainsGradBit: UInt8 = 8
  private static let startBit: UInt8 = 16
  fileprivate static let stridedBit: UInt8 = 32
  private static let hooksBit: UInt8 = 64
  private static let variableBit: UInt8 = 128

  private func marks(_ bits: UInt8) -> Bool { flags.load(ordering: .relaxed) & bits != 0 }
  private func set(_ bits: UInt8, _ on: Bool) {
    if on { flags.bitwiseOr(bits, ordering: .relaxed) } else { flags.bitwiseAnd(~bits, ordering: .relaxed) }
  }

  @inline(__always) var tracking: Tracking {
    Tracking(rawValue: flags.load(ordering: .relaxed) & Self.trackingBits).unsafelyUnwrapped
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

  /// Whether the array is one repeated number for ever: nobody has written to it, or made it a variable.
  @inline(__always) var isConstant: Bool {
    operation === Source.constant && flags.load(ordering: .relaxed) & (Self.variableBit | Self.trackingBits) == 0
  }

  var retainsGrad: Bool { marks(Self.retainsGradBit) }
  func markRetainsGrad() { set(Self.retainsGradBit, true) }

  /// Whether hooks want to see the gradient.
  var hasHooks: Bool { marks(Self.hooksBit) }
  func setHasHooks(_ hasHooks: Bool) { set(Self.hooksBit, hasHooks) }

  /// Whether `backward` does more here than any plan knows of.
  @inline(__always) var interceptsGradient: Bool { marks(Self.retainsGradBit | Self.hooksBit) }

  /// Whether gradients end here although the node was computed: the input of a function that runs at the moment, or a
  /// result made a leaf.
  var isStart: Bool { marks(Self.startBit) }
  func markStart() { set(Self.startBit, true) }

  /// The function has returned: from now on only its own derivative knows its input as a variable.
  func closeInput() { set(Self.startBit, false) }

  /// Whether the node is the end of a tape: made by the user, or a result that the user made a leaf.
  @inline(__always) var isTapeEnd: Bool {
    operation === Source.leaf || (isStart && operation !== Source.input)
  }

  /// Whether the node collects a gradient by itself.
  var collectsGradient: Bool { isTapeEnd || retainsGrad }

  /// The one definition of a leaf: the end of a tape, or not on one at all.
  @inline(__always) var isLeaf: Bool { tracking == .none || isTapeEnd }
}

// MARK: Value and operands

extension Node {
  // The lock's two halves are called one by one where it counts: a generic function between them is not specialized in
  // every place.

  /// Waits until no update of the elements is under way, holding the lock.
  @inline(__always) private func acquireSettled() {
    lock.acquire()
    while flags.load(ordering: .relaxed) & Self.updatingBit != 0 { waitForUpdate() }
  }

  @inline(never) private func waitForUpdate() {
    lock.release()
    Parallelism.yieldProcessor()
    lock.acquire()
  }

  @inline(__always) var buffer: Buffer? {
    acquireSettled()
    let buffer = storedBuffer
    lock.release()
    return buffer
  }

  var value: Value? {
    acquireSettled()
    let (buffer, layout) = (storedBuffer, storedLayout)
    lock.release()
    return buffer.map { Value($0, layout) }
  }

  /// Whether the value that was captured from this node lies row by row from its buffer's start.
  @inline(__always) var isContiguous: Bool { flags.load(ordering: .relaxed) & Self.stridedBit == 0 }

  /// How the elements lie in the buffer: set with the first value, and the same ever after.
  var layout: Layout? { isContiguous ? nil : lock.withLock { storedLayout } }
  var operands: Operands { lock.withLock { storedOperands } }

  /// The operands as an array, each counted once.
  var operandArray: [Expression] { lock.withLock { storedOperands.array } }

  /// The operands as a single loop takes them, if one can.
  @inline(__always) func directOperands() -> DirectOperands? {
    lock.acquire()
    let result = DirectOperands(&storedOperands)
    lock.release()
    return result
  }

  @inline(__always) var hasValue: Bool {
    acquireSettled()
    let result = storedBuffer != nil
    lock.release()
    return result
  }

  /// Appends the operands to a list, unless there is a value and `orValue` wants that instead.
  @inline(__always)
  func read(into list: inout ContiguousArray<Walk.Operand>, orValue: Bool) -> Buffer? {
    acquireSettled()
    if orValue, storedBuffer != nil {
      let buffer = storedBuffer
      lock.release()
      return buffer
    }
    let count = storedOperands.count
    if count == 1 || count == 2 {
      list.append(Walk.Operand(storedOperands.a))
      if count == 2 { list.append(Walk.Operand(storedOperands.b)) }
    } else if count > 2 {
      for operand in storedOperands.array { list.append(Walk.Operand(operand)) }
    }
    lock.release()
    return nil
  }

  /// Sets the value if no other evaluation was first, and drops what is not needed once there is one.
  func publish(_ value: consuming Value) {
    var new: Buffer? = value.buffer
    let layout = value.layout
    var dropped = Operands()
    let isTracked = tracking == .tracked
    lock.acquire()
    if storedBuffer == nil {
      if layout != nil {
        flags.bitwiseOr(Self.stridedBit, ordering: .relaxed)
        storedLayout = layout
      }
      swap(&new, &storedBuffer)
    }
    if !isTracked { swap(&dropped, &storedOperands) }
    lock.release()
    if isTracked { releaseIfOrphaned() }
  }

  /// A tracked node whose operands' graphs have all been released leads nowhere: a sum of losses whose graphs are
  /// gone must not keep itself alive.
  private func releaseIfOrphaned() {
    if isTapeEnd || operation === Source.input { return }
    lock.acquire()
    var isOrphaned = storedOperands.a.node?.tracking != .tracked && storedOperands.b.node?.tracking != .tracked
    if storedOperands.count > 2 {
      for operand in storedOperands.array where operand.node?.tracking == .tracked { isOrphaned = false }
    }
    lock.release()
    if isOrphaned { releaseGraph() }
  }

  /// Drops the operands: the value is known, or will never be asked for.
  func releaseGraph() {
    var dropped = Operands()
    lock.acquire()
    swap(&dropped, &storedOperands)
    lock.release()
    setTracking(.released)
  }
}

// MARK: Updates in place

extension Node {
  /// Takes the elements out for an update in place, if nothing but this node refers to them and they lie row by row.
  ///
  /// Readers wait until `endUpdate`, which must follow soon; whoever holds a buffer taken before keeps the old elements.
  func beginUpdate() -> Buffer? {
    var taken: Buffer?
    lock.acquire()
    if storedLayout == nil, isKnownUniquelyReferenced(&storedBuffer) {
      swap(&taken, &storedBuffer)
      flags.bitwiseOr(Self.updatingBit | Self.variableBit, ordering: .relaxed)
    }
    lock.release()
    return taken
  }

  /// Puts the elements back, changed.
  func endUpdate(_ buffer: consuming Buffer) {
    var new: Buffer? = buffer
    lock.acquire()
    swap(&new, &storedBuffer)
    flags.bitwiseAnd(~Self.updatingBit, ordering: .relaxed)
    lock.release()
  }

  /// Replaces the elements of a leaf by others, given row by row; its own keep their places in the buffer.
  func replaceElements(_ buffer: consuming Buffer) {
    var new: Buffer? = buffer
    if let layout {
      // A view of a larger array: what was captured before finds its elements by the same strides, so they keep their
      // places in a copy of that array.
      let old = self.buffer!
      let whole = old.gathered(type, shape: [old.byteCount / type.size], offset: 0, strides: [1])
      whole.spread(new!, type, shape: shape.dimensions, offset: layout.offset, strides: layout.strides)
      new = whole
    }
    acquireSettled()
    swap(&new, &storedBuffer)
    flags.bitwiseOr(Self.variableBit, ordering: .relaxed)
    lock.release()
  }

  /// Whether this is the node's buffer.
  func holds(_ buffer: Buffer?) -> Bool {
    acquireSettled()
    let result = storedBuffer === buffer
    lock.release()
    return result
  }
}

// MARK: What a leaf collects

extension Node {
  var leafState: LeafState? { lock.withLock { storedLeaf } }

  func makeLeafState() -> LeafState {
    lock.withLock {
      if let storedLeaf { return storedLeaf }
      let made = LeafState()
      storedLeaf = made
      return made
    }
  }
}
