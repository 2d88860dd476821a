import AdjointKernels

/// An n-dimensional array whose operations are recorded, evaluated when a value is needed, and differentiable.
///
/// A tensor is a handle on a node of a graph. An operation makes a new node and computes nothing; reading
/// elements, printing, `backward()` and an optimizer's `step()` evaluate what they need, fused into as few
/// passes over memory as possible.
///
/// ```swift
/// let x = Tensor<Float>([1, 2, 3], requiresGrad: true)
/// (x * x).sum().backward()
/// print(x.grad!)   // tensor([2., 4., 6.])
/// ```
///
/// Tensors are values: no operation changes one that somebody else sees. The exception is a *leaf* made with
/// `requiresGrad: true`: it has identity, and every handle on it sees its gradient and its updates.
///
/// Tensors may be used from many tasks at once.
public struct Tensor<Scalar: TensorScalar>: Sendable {
  // A variable, because only of a variable one can ask whether nothing else refers to the node.
  var node: Node

  init(_ node: Node) {
    assert(node.type == Scalar.elementType)
    self.node = node
  }

  init(_ expression: consuming Expression) { self.init(expression.node ?? expression.asNode) }

  var expression: Expression { Expression(node) }

  /// The extents, outermost axis first; `[]` for a scalar.
  public var shape: Shape { node.shape }

  /// The number of axes.
  public var rank: Int { node.shape.rank }

  /// The number of elements.
  public var count: Int { node.shape.elementCount }

  /// The elements in row-major order. Evaluates.
  ///
  /// Inside a function under a transformation (`grad`, `vjp`, `jvp`, `jacobian`, …) what is read is a constant: derivatives know
  /// nothing of it, as with PyTorch's `item()`. Under `vmap` and `compiled` there are no elements, and reading stops the
  /// process with a sentence.
  public var scalars: [Scalar] {
    let value = node.evaluated().contiguous(node.type, node.shape)
    return value.buffer.elements(Scalar.self, count: node.shape.elementCount, for: "scalars")
  }

  /// The only element. Evaluates; inside a function under a transformation the same holds as for ``scalars``.
  ///
  /// - Precondition: the tensor has exactly one element.
  public func item() -> Scalar {
    guard node.shape.elementCount == 1 else {
      fatalError(
        "item: the tensor has shape \(shape), \(count) elements; only a tensor of one element has an item "
          + "(scalars gives them all)")
    }
    let value = node.evaluated()
    return value.buffer.element(Scalar.self, at: value.offset)
  }

  /// Evaluates the tensor now, and returns it.
  @discardableResult
  public func evaluate() -> Tensor {
    node.evaluate()
    return self
  }
}
