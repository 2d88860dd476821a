import AdjointKernels
import CKernels

/// The operand repeated along axes of extent 1 and along new leading axes. The node's own shape is the target.
enum Broadcast {
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
    _ = shape.checked("broadcast")
    guard self.shape.broadcast(with: shape) == shape else {
      fatalError(
        "broadcast: shape \(self.shape) does not broadcast to \(shape); aligned from the last axis, extents must be "
          + "equal or 1")
    }
    return Tensor(expression.expanded(to: shape))
  }
}
