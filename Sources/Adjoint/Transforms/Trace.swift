@_spi(Engine) import AdjointKernels
import Synchronization

/// A function's graph between its inputs and outputs.
///
/// An input is a node of its own on top of the tensor that was given, so each transformation has its own variables and
/// can never take another's for them. Whether derivatives get a graph of their own is asked of the graph, too: they do if
/// an outer transformation or a tape is reached from the outputs, by way of the inputs or of what the function
/// captured.
struct Trace {
  let inputs: [Node]
  let outputs: [Node]
  private let reach = Reach()

  /// Whether a variable of somebody else's is reached from the outputs, once somebody has looked.
  private final class Reach: Sendable {
    private let state = Atomic<UInt8>(0)
    var known: Bool? {
      get {
        let state = state.load(ordering: .relaxed)
        return state == 0 ? nil : state == 2
      }
      set { state.store(newValue == true ? 2 : 1, ordering: .relaxed) }
    }
  }

  /// After the function has returned.
  init(inputs: [Node], outputs: [Node]) {
    for input in inputs { input.closeInput() }
    self.inputs = inputs
    self.outputs = outputs
    if inputs.contains(where: Self.leadsOut) { reach.known = true }
  }

  /// New nodes that stand for a function's floating-point inputs; still part of an outer graph, so that
  /// transformations nest.
  static func inputs(_ tensors: [AnyTensor], _ operation: String) -> [Node] {
    tensors.map { tensor in
      guard tensor.elementType.isFloatingPoint else {
        fatalError(
          "\(operation): an input of shape \(tensor.shape) has elements of type \(tensor.elementType); derivatives exist "
            + "for floating-point inputs only, so let the function capture the others")
      }
      return input(Expression(tensor.node))
    }
  }

  /// A variable in place of some elements, until it is closed.
  static func input(_ x: Expression) -> Node {
    let node = Source.input.record(x.type, x.shape, x).asNode
    node.setTracking(.tracked)
    node.markStart()
    return node
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
    recording(cotangents) { tape in
      Backward.cotangents(Array(zip(outputs, cotangents)), on: tape, targets: inputs) { _, _ in }
    }
  }

  /// The directional derivatives of the outputs; nil is zero.
  func pushforward(_ tangents: [Expression]) -> [Expression?] {
    recording(tangents) { tape in
      Forward.tangents(of: outputs, along: zip(inputs, tangents).map { ($0, $1) }, on: tape)
    }
  }

  /// Whether an outer transformation or tape differentiates through this one.
  var isNested: Bool {
    guard GradientMode.isEnabled else { return false }
    return reach.known ?? walked { reachesOut(on: $0) }
  }

  /// Derivatives have a graph of their own only if somebody differentiates them again.
  private func recording(_ along: [Expression], _ body: (Walk) -> [Expression?]) -> [Expression?] {
    let (results, isTracked) = walked { tape in
      let isTracked = GradientMode.isEnabled && (along.contains { $0.isTracked } || reachesOut(on: tape))
      return (GradientMode.$isEnabled.withValue(isTracked) { body(tape) }, isTracked)
    }
    return isTracked ? detachedInside(results) : results
  }

  /// The tape of the outputs. What lies below an input, or below the variable of a function that still runs, cannot depend
  /// on an input.
  private func walked<Result>(_ body: (Walk) -> Result) -> Result {
    Walk.borrow { tape in
      tape.go(from: outputs, .tape, stoppingAt: Walk.Ends(inputs, openVariables: true))
      return body(tape)
    }
  }

  private func reachesOut(on tape: Walk) -> Bool {
    if let known = reach.known { return known }
    let reaches = tape.entries.indices.contains { Self.isBeginning($0, on: tape) }
    reach.known = reaches
    return reaches
  }

  /// Whether something that somebody else differentiates by begins at a place: leaves, the examples of `vmap`, variables
  /// of functions that still run. An input of a function that has returned is none.
  private static func isBeginning(_ place: Int, on tape: Walk) -> Bool {
    guard tape.entries[place].isTracked else { return false }
    let node = tape.node(place)
    if node.operation === Source.input { return OpenInputs.contains(node) }
    return tape.operandRange(place).allSatisfy { tape.trackedPlace($0) < 0 }
  }

  /// Results as the caller may go on with them: those that depend on no variable but this trace's own are constants
  /// outside.
  func detachedInside(_ results: [Expression?]) -> [Expression?] {
    if inputs.allSatisfy(Self.leadsOut) { return results }
    let reaches = Self.reachOut(results.map { $0?.node }, inputs)
    return zip(results, reaches).map { result, reaches in reaches ? result : result?.detached() }
  }

  private static func leadsOut(_ input: Node) -> Bool { input.operands.a.isTracked }

  /// Which of some results depend on variables other than these inputs.
  private static func reachOut(_ results: [Node?], _ inputs: [Node]) -> [Bool] {
    Walk.borrow { tape in
      tape.go(from: results.lazy.compactMap { $0 }, .tape, stoppingAt: Walk.Ends(inputs, openVariables: true))
      var reaches = ContiguousArray(repeating: false, count: tape.count)
      for position in tape.sequence.indices {
        let place = Int(tape.sequence[position])
        reaches[place] = isBeginning(place, on: tape)
        // The walk went no further than these inputs, but their own graphs may.
        if tape.node(place).operation === Source.input && tape.operandRange(place).isEmpty && leadsOut(tape.node(place))
        {
          reaches[place] = true
        }
        for operand in tape.operandRange(place) {
          let other = tape.trackedPlace(operand)
          if other >= 0 && reaches[other] { reaches[place] = true }
        }
      }
      return results.map { result in result.flatMap { tape[$0] }.map { reaches[$0] } ?? false }
    }
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
