import AdjointKernels

extension Operation {
  /// Chains of unevaluated operations longer than this are evaluated, so that what nobody reads stays bounded.
  static let longestPendingChain: Int32 = 400

  /// The chain length of a node that must not be evaluated, whatever is recorded on it: a placeholder of a transformation.
  /// The longest of the operands' chains decides, so everything above it is left alone too.
  static let shieldedChain: Int32 = 1 << 30

  /// Records the operation: makes its node and computes nothing.
  ///
  /// Every operand is moved into the node: copying one costs two reference counts, as much as computing a few
  /// hundred elements.
  ///
  /// `isKnown`: the caller has the value already, and gives it to the node.
  func record(
    _ type: ElementType, _ shape: Shape, attribute: Int = 0, _ operands: consuming Operands, isKnown: Bool = false
  ) -> Expression {
    var inherited = Inherited(self, shape, attribute)
    switch operands.count {
    case 0: break
    case 1: inherited.add(operands.a)
    case 2:
      inherited.add(operands.a)
      inherited.add(operands.b)
    default: operands.forEach { inherited.add($0) }
    }
    return finish(Node(self, type, shape, attribute: attribute, operands: operands, inherited), inherited, isKnown)
  }

  func record(_ type: ElementType, _ shape: Shape, attribute: Int = 0, _ x: consuming Expression) -> Expression {
    var inherited = Inherited(self, shape, attribute)
    inherited.add(x)
    return finish(Node(self, type, shape, attribute: attribute, operands: Operands(x), inherited), inherited)
  }

  func record(_ type: ElementType, _ shape: Shape, _ a: consuming Expression, _ b: consuming Expression) -> Expression {
    var inherited = Inherited(self, shape, 0)
    inherited.add(a)
    inherited.add(b)
    return finish(Node(self, type, shape, attribute: 0, operands: Operands(a, b), inherited), inherited)
  }

  @inline(__always)
  private func finish(_ node: consuming Node, _ inherited: Inherited, _ isKnown: Bool = false) -> Expression {
    if inherited.depth > AnomalyMode.slowRecordingDepth.load(ordering: .relaxed)
      && inherited.depth <= Self.shieldedChain && !isKnown
    {
      return Self.evaluatedAtOnce(node)
    }
    return Expression(unevaluated: node)
  }

  @inline(never) private static func evaluatedAtOnce(_ node: Node) -> Expression {
    if AnomalyMode.isRequested {
      AnomalyMode.examine(node)
    } else if node.pendingDepth > longestPendingChain {
      Evaluation.evaluate(node)
    } else {
      return Expression(unevaluated: node)
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
  private let operation: Operation
  /// The longest chain of unevaluated operations that ends in the node.
  private(set) var depth: Int32 = 1
  private var found = Tracking.none
  private(set) var structure: UInt64

  @inline(__always) init(_ operation: Operation, _ shape: Shape, _ attribute: Int) {
    self.operation = operation
    structure = operation.digest.mixed(with: shape.digest).mixed(with: UInt64(bitPattern: Int64(attribute)))
  }

  @inline(__always) mutating func add(_ operand: borrowing Expression) {
    // A local name for the node would count a reference.
    guard operand.node != nil else {
      structure = structure.mixed(with: operand.scalar)
      return
    }
    structure = structure.mixed(with: operand.node.unsafelyUnwrapped.structure)
    if operand.buffer == nil { depth = max(depth, operand.node.unsafelyUnwrapped.pendingDepth + 1) }
    let other = operand.node.unsafelyUnwrapped.tracking
    if other != .none && found != .tracked { found = other }
  }

  @inline(__always) var tracking: Tracking {
    if found == .none { return .none }
    return operation.isDifferentiable && GradientMode.isEnabled ? found : .none
  }
}

extension Expression {
  /// Whatever this is, as an array of the shape.
  func expanded(to shape: Shape) -> Expression {
    guard let node else { return .constant(bits: scalar, type, shape) }
    if node.shape == shape { return self }
    if let bits = constantBits { return .constant(bits: bits, type, shape) }
    return Broadcast.operation.record(type, shape, self)
  }
}
