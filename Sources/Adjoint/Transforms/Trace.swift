import AdjointKernels
import CKernels

/// A function's graph between its inputs and outputs.
struct Trace {
  let inputs: [Node]
  let outputs: [Node]

  /// New nodes that stand for a function's floating-point inputs; still part of an outer graph, so that
  /// transformations nest.
  static func inputs(_ tensors: [AnyTensor], _ operation: String) -> [Node] {
    tensors.map { tensor in
      guard tensor.elementType.isFloatingPoint else {
        fatalError(
          "\(operation): an input of shape \(tensor.shape) has elements of type \(tensor.elementType); derivatives exist "
            + "for floating-point inputs only, so let the function capture the others")
      }
      let node = Source.input.record(tensor.elementType, tensor.shape, Expression(tensor.node)).asNode
      node.setTracking(.tracked)
      node.markStart()
      return node
    }
  }

  /// A tangent or cotangent without a value, that a replay puts a batch in place of. Nothing that depends on it may be
  /// evaluated before, and lose its operands.
  static func seed(like node: Node) -> Node {
    Node(
      Source.input, node.type, node.shape, operands: Operands(.full(0, node.type, node.shape)),
      pendingSince: .min, tracking: .none)
  }

  /// The gradients of ⟨cotangents, outputs⟩ with respect to the inputs; nil is zero.
  func pullback(_ cotangents: [Expression]) -> [Expression?] {
    recording(cotangents) { Backward.cotangents(Array(zip(outputs, cotangents)), targets: inputs) { _, _ in } }
  }

  /// The directional derivatives of the outputs; nil is zero.
  func pushforward(_ tangents: [Expression]) -> [Expression?] {
    recording(tangents) { Forward.tangents(of: outputs, along: zip(inputs, tangents).map { ($0, $1) }) }
  }

  /// Whether an outer transformation or tape differentiates through this one.
  var isNested: Bool { GradientMode.isEnabled && inputs.contains { $0.operands[0].isTracked } }

  /// Derivatives have a graph of their own only if somebody differentiates them again.
  private func recording<Result>(_ along: [Expression], _ body: () -> Result) -> Result {
    let isTracked = isNested || (GradientMode.isEnabled && along.contains { $0.isTracked })
    return GradientMode.$isEnabled.withValue(isTracked, operation: body)
  }
}

extension Array where Element == Expression? {
  /// The expressions, with arrays of zeros in the shape of `nodes` for what is missing.
  func zeroFilled(like nodes: [Node]) -> [Node] {
    zip(self, nodes).map { expression, node in
      (expression ?? .full(0, node.type, node.shape)).expanded(to: node.shape).asNode
    }
  }
}

/// Refuses tensors that do not have the shapes of others.
func checkShapes(_ name: String, _ given: [AnyTensor], _ expected: [Node], _ message: (Shape, Shape) -> String) {
  guard given.count == expected.count else {
    fatalError("\(name): \(given.count) tensors where \(expected.count) are expected, in the same arrangement")
  }
  for (given, expected) in zip(given, expected) where given.shape != expected.shape {
    fatalError("\(name): " + message(given.shape, expected.shape))
  }
}
