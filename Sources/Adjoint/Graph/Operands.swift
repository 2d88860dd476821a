import AdjointKernels

/// The operands of a node: up to three in place.
struct Operands: Sendable, RandomAccessCollection {
  private var a: Expression?
  private var b: Expression?
  private var c: Expression?
  private var more: [Expression]?
  private(set) var count = 0

  init() {}
  @inline(__always) init(_ a: Expression) {
    self.a = a
    count = 1
  }
  @inline(__always) init(_ a: Expression, _ b: Expression) {
    self.a = a
    self.b = b
    count = 2
  }
  init(_ operands: [Expression]) {
    count = operands.count
    if count <= 3 {
      if count > 0 { a = operands[0] }
      if count > 1 { b = operands[1] }
      if count > 2 { c = operands[2] }
    } else {
      more = operands
    }
  }

  var startIndex: Int { 0 }
  var endIndex: Int { count }

  subscript(index: Int) -> Expression {
    if let more { return more[index] }
    return index == 0 ? a! : index == 1 ? b! : c!
  }

  /// Empties the list and returns the nodes that it held.
  mutating func takeNodes() -> [Node] {
    let nodes = compactMap(\.node)
    self = Operands()
    return nodes
  }
}
