import AdjointKernels

extension Operation {
  /// Chains of unevaluated operations longer than this are evaluated, so that what nobody reads stays bounded.
  static let longestPendingChain: Int32 = 400

  /// The chain length of a node that must not be evaluated, whatever is recorded on it: a placeholder of a transformation.
  /// The longest of the operands' chains decides, so everything above it is left alone too.
  static let shieldedChain: Int32 = 1 << 30

  /// Records the operation: makes its node and computes nothing.
  ///
  /// `isKnown`: the caller has the value already, and gives it to the node.
  func record(
    _ type: ElementType, _ shape: Shape, attribute: Int = 0, _ operands: Operands, isKnown: Bool = false
  ) -> Expression {
    var depth: Int32 = 0
    var tracking = Tracking.none
    var structure = digest.mixed(with: shape.digest).mixed(with: UInt64(bitPattern: Int64(attribute)))
    for k in 0..<operands.count {
      let operand = operands[k]
      guard let node = operand.node else {
        structure = structure.mixed(with: operand.scalar)
        continue
      }
      structure = structure.mixed(with: node.structure)
      if operand.buffer == nil { depth = max(depth, node.pendingDepth) }
      let other = node.tracking
      if other != .none && tracking != .tracked { tracking = other }
    }
    if tracking != .none {
      if case .none = rule {
        tracking = .none
      } else if !GradientMode.isEnabled {
        tracking = .none
      }
    }
    let node = Node(
      self, type, shape, attribute: attribute, operands: operands, pendingDepth: depth + 1, tracking: tracking,
      structure: structure)
    if depth >= AnomalyMode.slowRecordingDepth.load(ordering: .relaxed) && depth < Self.shieldedChain && !isKnown {
      return Self.evaluatedAtOnce(node)
    }
    return Expression(node, nil)
  }

  @inline(never) private static func evaluatedAtOnce(_ node: Node) -> Expression {
    if AnomalyMode.isRequested {
      AnomalyMode.examine(node)
    } else if node.pendingDepth > longestPendingChain {
      Evaluation.evaluate(node)
    } else {
      return Expression(node, nil)
    }
    return Expression(node)
  }

  func record(_ type: ElementType, _ shape: Shape, attribute: Int = 0, _ x: Expression) -> Expression {
    record(type, shape, attribute: attribute, Operands(x))
  }

  /// Records the same operation, parameters and all, on other operands of the same shapes.
  func rerecord(_ node: Node, _ operands: Operands) -> Expression {
    record(node.type, node.shape, attribute: node.attribute, operands)
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
