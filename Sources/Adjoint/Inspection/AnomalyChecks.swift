@_spi(Engine) import AdjointKernels

extension AnomalyMode {
  /// Remembers where a node was recorded, evaluates it and checks its value.
  static func examine(_ node: Node) {
    node.makeLeafState().origin = RecordingOrigin.current()
    suspended { checkValues(of: node) }
  }

  /// Evaluates what a node needs, operation by operation, and stops at the first value that is not finite.
  static func checkValues(of node: Node) {
    if let value = node.value {
      // A factorisation comes with its value.
      return check(node, node.operandArray, value)
    }
    let pending = Walk.borrow { walk in
      walk.go(from: [node], .pending)
      return walk.sequence.indices.map { walk.node(at: $0) }
    }
    for node in pending where node.operation !== Source.constant && node.value == nil {
      let operands = node.operandArray
      check(node, operands, node.evaluated())
    }
  }

  private static func check(_ node: Node, _ operands: [Expression], _ value: Value) {
    guard let (index, element) = value.firstNotFinite(node.type, node.shape) else { return }
    let culprit = operands.indices.first { place in
      let operand = operands[place]
      return (operand.value ?? operand.node?.value)?.firstNotFinite(operand.type, operand.shape) != nil
    }
    let cause = culprit.map { "; operand \($0) was not finite already" } ?? ""
    fatalError(
      "detectAnomaly: the value of \(node.operation.name) is \(element) at index \(index) "
        + "(forward; \(shapes(operands))\(cause)); \(node.operation.name) was recorded \(place(node))")
  }

  /// Checks the gradient of a node, all contributions added up.
  static func checkGradient(_ g: Expression, of node: Node) {
    guard let (index, element) = firstNotFinite(g) else { return }
    fatalError(
      "detectAnomaly: the gradient of the value of \(node.operation.name), of shape \(node.shape), is \(element) at "
        + "index \(index) (backward; added up or given); \(node.operation.name) was recorded \(place(node))")
  }

  /// Checks what a node's rule passes back to its operands.
  static func checkContributions(_ contributions: [Expression?], of recorded: Recorded) {
    for (operand, contribution) in contributions.enumerated() {
      guard let contribution, let (index, element) = firstNotFinite(contribution) else { continue }
      let name = recorded.node.operation.name
      fatalError(
        "detectAnomaly: the gradient that \(name) passes to its operand \(operand) is \(element) at index \(index) "
          + "(backward; \(shapes(recorded.x))); \(name) was recorded \(place(recorded.node))")
    }
  }

  private static func firstNotFinite(_ gradient: Expression) -> (index: [Int], element: Double)? {
    if let number = gradient.constant {
      return number.isFinite ? nil : (gradient.shape.map { _ in 0 }, number)
    }
    let node = gradient.node!
    // What depends on a placeholder has no elements of its own.
    guard !node.isShielded || node.value != nil else { return nil }
    return (gradient.value ?? node.evaluated()).firstNotFinite(node.type, node.shape)
  }

  private static func shapes(_ operands: [Expression]) -> String {
    switch operands.count {
    case 0: "it has no operands"
    case 1: "its operand has shape \(operands[0].shape)"
    default: "its operands have shapes \(operands.map(\.shape.description).joined(separator: " and "))"
    }
  }

  private static func place(_ node: Node) -> String {
    node.leafState?.origin?.description ?? "outside of detectAnomaly"
  }
}

extension Value {
  /// The first element in row-major order that is NaN or infinite.
  fileprivate func firstNotFinite(_ type: ElementType, _ shape: Shape) -> (index: [Int], element: Double)? {
    let place: (Int, Double)?
    switch type {
    case .float32:
      let elements = contiguous(type, shape).buffer.elements(Float.self, count: shape.elementCount)
      place = elements.firstIndex { !$0.isFinite }.map { ($0, Double(elements[$0])) }
    case .float64:
      let elements = contiguous(type, shape).buffer.elements(Double.self, count: shape.elementCount)
      place = elements.firstIndex { !$0.isFinite }.map { ($0, elements[$0]) }
    case .int64, .int32, .bool:
      place = nil
    }
    guard let (offset, element) = place else { return nil }
    var rest = offset
    var index: [Int] = []
    for extent in shape.reversed() {
      index.insert(rest % extent, at: 0)
      rest /= extent
    }
    // The sign of a NaN says nothing, and would be printed.
    return (index, element.isNaN ? .nan : element)
  }
}
