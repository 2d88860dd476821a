import AdjointKernels

/// The operands of a node: up to three in place.
///
/// Fields are read one by one where speed counts: copying an operand list costs a reference count per part.
struct Operands: Sendable, RandomAccessCollection {
  private(set) var a: Expression
  private(set) var b: Expression
  private(set) var c: Expression
  private var more: [Expression]?
  private(set) var count: Int

  private static var nothing: Expression { Expression(bits: 0, .bool) }

  @inline(__always) init() {
    a = Self.nothing
    b = Self.nothing
    c = Self.nothing
    count = 0
  }

  @inline(__always) init(_ a: Expression) {
    self.a = a
    b = Self.nothing
    c = Self.nothing
    count = 1
  }

  @inline(__always) init(_ a: Expression, _ b: Expression) {
    self.a = a
    self.b = b
    c = Self.nothing
    count = 2
  }

  @inline(__always) init(_ a: Expression, _ b: Expression, _ c: Expression) {
    self.a = a
    self.b = b
    self.c = c
    count = 3
  }

  init(_ operands: [Expression]) {
    switch operands.count {
    case 0: self.init()
    case 1: self.init(operands[0])
    case 2: self.init(operands[0], operands[1])
    case 3: self.init(operands[0], operands[1], operands[2])
    default:
      self.init()
      more = operands
      count = operands.count
    }
  }

  var startIndex: Int { 0 }
  var endIndex: Int { count }

  subscript(index: Int) -> Expression {
    @inline(__always) get {
      if let more { return more[index] }
      return index == 0 ? a : index == 1 ? b : c
    }
  }

  /// Empties the list into `chain`: the nodes that nothing else refers to, which have to be taken apart too.
  mutating func release(into chain: inout [Node]) {
    var old = Operands()
    swap(&old, &self)
    Self.release(&old.a, into: &chain)
    Self.release(&old.b, into: &chain)
    Self.release(&old.c, into: &chain)
    if var more = old.more {
      old.more = nil
      for index in more.indices { Self.release(&more[index], into: &chain) }
    }
  }

  @inline(__always)
  private static func release(_ operand: inout Expression, into chain: inout [Node]) {
    var node = operand.node
    operand = nothing
    if isKnownUniquelyReferenced(&node), node!.hasOperands { chain.append(node!) }
  }
}
