import AdjointKernels
import CKernels

/// The operand repeated along axes of extent 1 and along new leading axes. The node's own shape is the target.
enum Broadcast: OperationDeclaration {
  static let samples = [([3, 1], [3, 4]), ([], [2, 3]), ([4], [2, 4]), ([1], [0])].map { (old: Shape, new: Shape) in
    Sample("\(old) to \(new)", [.uniform(old, -2...2)]) { [$0[0].expanded(to: new)] }
  }

  static let operation = Operation(
    "Broadcast", .elementwise(CK_COPY), .linear { node, g in [g.reduced(to: node.x[0].shape, from: node.node.shape)] },
    alias: .repetition)
}

extension Expression {
  /// Whatever this is, as an array of the shape.
  func expanded(to shape: Shape) -> Expression {
    if node?.shape == shape { return self }
    if isConstant { return constant(of: shape) }
    return Broadcast.operation.record(type, shape, self)
  }
}

extension Tensor {
  /// The elements repeated to fill a shape: axes are aligned from the last, and extents of 1 stretch.
  ///
  /// Derivative: the cotangent summed over the repeated axes.
  public func broadcast(to shape: Shape) -> Tensor {
    guard self.shape.broadcast(with: shape) == shape else {
      fatalError(
        "broadcast: shape \(self.shape) does not broadcast to \(shape); aligned from the last axis, extents must be "
          + "equal or 1")
    }
    return Tensor(expression.expanded(to: shape))
  }
}
