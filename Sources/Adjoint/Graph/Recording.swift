@_spi(Engine) import AdjointKernels
import CKernels

extension Operation {
  /// Records the operation: makes its node and computes nothing.
  ///
  /// Every operand is moved into the node: copying one costs two reference counts, as much as computing a few
  /// hundred elements.
  ///
  /// `isKnown`: the caller has the value already, and gives it to the node.
  func record(
    _ type: ElementType, _ shape: Shape, attribute: Int = 0, _ operands: consuming Operands, isKnown: Bool = false
  ) -> Expression {
    var inherited = Inherited()
    switch operands.count {
    case 0: break
    case 1: inherited.add(operands.a)
    case 2:
      inherited.add(operands.a)
      inherited.add(operands.b)
    default: operands.forEach { inherited.add($0) }
    }
    return finish(type, shape, attribute, operands, inherited, isKnown)
  }

  func record(_ type: ElementType, _ shape: Shape, attribute: Int = 0, _ x: consuming Expression) -> Expression {
    var inherited = Inherited()
    inherited.add(x)
    return finish(type, shape, attribute, Operands(x), inherited)
  }

  func record(_ type: ElementType, _ shape: Shape, _ a: consuming Expression, _ b: consuming Expression) -> Expression {
    var inherited = Inherited()
    inherited.add(a)
    inherited.add(b)
    return finish(type, shape, 0, Operands(a, b), inherited)
  }

  @inline(__always)
  private func finish(
    _ type: ElementType, _ shape: Shape, _ attribute: Int, _ operands: consuming Operands, _ inherited: Inherited,
    _ isKnown: Bool = false
  ) -> Expression {
    let time = Int(ck_advance_work_clock(Int64(1 + inherited.bytes / PendingWork.bytesPerUnit)))
    let since = min(inherited.since, time - 1)
    let node = Node(
      self, type, shape, attribute: attribute, operands: operands, pendingSince: since,
      tracking: inherited.tracking(isDifferentiable))
    if isKnown { return Expression(unevaluated: node) }
    if isView || time &- since > PendingWork.limit || RecordingObserver.isSomewhere {
      return Self.finishSlowly(node, time)
    }
    return Expression(unevaluated: node)
  }

  @inline(never) private static func finishSlowly(_ node: Node, _ time: Int) -> Expression {
    if node.operation.isView { node.viewOperand() }
    if node.isShielded { return Expression(node) }
    if RecordingObserver.isSomewhere { RecordingObserver.collector?.observe(node) }
    if RecordingObserver.isSomewhere, let observer = RecordingObserver.current {
      observer.observe(node)
    } else if time &- node.pendingSince > PendingWork.limit && !node.hasValue {
      PendingWork.bound(node, time)
    }
    return Expression(node)
  }

  /// Records the same operation, parameters and all, on other operands of the same shapes.
  func rerecord(_ node: Node, _ operands: Operands) -> Expression {
    record(node.type, node.shape, attribute: node.attribute, operands)
  }
}

/// What a node takes over from its operands.
struct Inherited {
  /// Since when the graph below is pending.
  private(set) var since = Int.max
  /// Bytes of captured arrays.
  private(set) var bytes = 0
  private var found = Tracking.none

  @inline(__always) init() {}

  @inline(__always) mutating func add(_ operand: borrowing Expression) {
    // A local name for the node would count a reference.
    guard operand.node != nil else { return }
    if operand.buffer == nil {
      since = min(since, operand.node.unsafelyUnwrapped.pendingSince)
    } else {
      bytes += operand.buffer.unsafelyUnwrapped.byteCount
    }
    let other = operand.node.unsafelyUnwrapped.tracking
    if other != .none && found != .tracked { found = other }
  }

  @inline(__always) func tracking(_ isDifferentiable: Bool) -> Tracking {
    if found == .none { return .none }
    return isDifferentiable && GradientMode.isEnabled ? found : .none
  }
}

/// How much may wait to be computed.
///
/// A unit of work is a node, or 10,000 bytes of an array that a node holds on to. A clock counts the units that each
/// thread records; what has been recorded since a graph began to wait bounds what the graph can be, without a walk. When
/// the bound is passed the graph is measured, and evaluated if it really is that large; otherwise it waits on, with a
/// bound corrected to what was found. So measuring costs less than a visit per recorded node, whatever the graph's shape.
enum PendingWork {
  static let bytesPerUnit = 10_000
  /// Of the bound. A graph of half as much is evaluated when it is measured.
  static let limit = 1 << 18

  @inline(never) static func bound(_ node: Node, _ time: Int) {
    let units = Walk.borrow { walk in
      walk.go(from: CollectionOfOne(node), .pending)
      return walk.count + walk.capturedBytes / bytesPerUnit
    }
    if units > limit / 2 { Evaluation.evaluate(node) } else { node.correctPending(since: time - units) }
  }
}

extension Walk {
  /// The bytes of the different arrays that the walk's nodes hold on to.
  fileprivate var capturedBytes: Int {
    var seen = IdentityMap()
    var bytes = 0
    for index in operands.indices {
      if let buffer = operands[index].expression.buffer ?? operands[index].found, seen.insert(buffer, 0) == nil {
        bytes += buffer.byteCount
      }
    }
    return bytes
  }
}

extension Node {
  /// Views of what is computed are made at once: nothing but their strides has to be found, and where they begin is no
  /// part of a graph's structure then.
  fileprivate func viewOperand() {
    guard case .view(let function) = operation.kernel, elementCount > 0, !Evaluation.isSuspended else { return }
    let operand = operands[0]
    guard let buffer = operand.buffer, let source = operand.node else { return }
    let call = Call(
      type: type, shape: shape, attribute: attribute, operandShapes: [source.shape], operandTypes: [type])
    let layout = source.layout ?? Layout(offset: 0, strides: source.shape.contiguousStrides)
    guard let result = function(call, layout) else { return }
    publish(Value(buffer, result.isContiguous(shape) ? nil : result))
  }
}
