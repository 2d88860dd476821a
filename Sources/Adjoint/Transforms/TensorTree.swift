import AdjointKernels

/// A tensor whose scalar type is not part of its own.
public struct AnyTensor: Sendable {
  let node: Node

  /// The tensor without its scalar type.
  public init<Scalar>(_ tensor: Tensor<Scalar>) { node = tensor.node }

  init(_ node: Node) { self.node = node }

  /// The extents, outermost axis first.
  public var shape: Shape { node.shape }

  /// The type of the elements.
  public var elementType: ElementType { node.type }

  /// The tensor with its scalar type.
  public func typed<Scalar>(_: Scalar.Type = Scalar.self) -> Tensor<Scalar> {
    guard node.type == Scalar.elementType else {
      fatalError("AnyTensor: elements of type \(node.type) are no \(Scalar.self)")
    }
    return Tensor(node)
  }
}

/// Tensors in a fixed arrangement: what a function under transformation takes and gives.
///
/// A tensor is one, and so are arrays, optionals and dictionaries of them; a model conforms to ``TensorStructure``, or by listing its parameters.
public protocol TensorTree {
  /// The tensors, in an order that depends on the arrangement alone.
  var tensors: [AnyTensor] { get }

  /// The same arrangement of other tensors, taken from the front of a list.
  func replacingTensors(_ next: inout ArraySlice<AnyTensor>) -> Self

  /// Adds what tells this arrangement from others of its type: how many elements an array has, the keys of a dictionary. Nothing
  /// unless a type says otherwise, as one must that holds arrays, optionals or dictionaries of tensors: by handing the call on
  /// to them. ``compiled(_:)`` records once for each arrangement.
  func addArrangement(to list: inout [AnyHashable])
}

extension TensorTree {
  public func addArrangement(to list: inout [AnyHashable]) {}
}

extension Tensor: TensorTree {
  public var tensors: [AnyTensor] { [AnyTensor(node)] }
  public func replacingTensors(_ next: inout ArraySlice<AnyTensor>) -> Tensor { next.removeFirst().typed() }
}

extension AnyTensor: TensorTree {
  public var tensors: [AnyTensor] { [self] }
  public func replacingTensors(_ next: inout ArraySlice<AnyTensor>) -> AnyTensor { next.removeFirst() }
}

extension Array: TensorTree where Element: TensorTree {
  public var tensors: [AnyTensor] { flatMap(\.tensors) }
  public func replacingTensors(_ next: inout ArraySlice<AnyTensor>) -> [Element] {
    map { $0.replacingTensors(&next) }
  }
  public func addArrangement(to list: inout [AnyHashable]) {
    list.append(count)
    for element in self { element.addArrangement(to: &list) }
  }
}

extension Optional: TensorTree where Wrapped: TensorTree {
  public var tensors: [AnyTensor] { map(\.tensors) ?? [] }
  public func replacingTensors(_ next: inout ArraySlice<AnyTensor>) -> Wrapped? {
    map { $0.replacingTensors(&next) }
  }
  public func addArrangement(to list: inout [AnyHashable]) {
    list.append(self != nil)
    self?.addArrangement(to: &list)
  }
}

extension Dictionary: TensorTree where Key: Comparable, Value: TensorTree {
  public var tensors: [AnyTensor] { keys.sorted().flatMap { self[$0]!.tensors } }
  public func replacingTensors(_ next: inout ArraySlice<AnyTensor>) -> [Key: Value] {
    var result = self
    for key in keys.sorted() { result[key] = self[key]!.replacingTensors(&next) }
    return result
  }
  public func addArrangement(to list: inout [AnyHashable]) {
    list.append(count)
    for key in keys.sorted() {
      list.append(key)
      self[key]!.addArrangement(to: &list)
    }
  }
}

extension TensorTree {
  func replacing(_ nodes: [Node]) -> Self {
    var rest = nodes.map { AnyTensor($0) }[...]
    return replacingTensors(&rest)
  }

  /// The same arrangement without a graph.
  var detachedTree: Self { replacing(tensors.map { Expression($0.node).detached().asNode }) }
}
