import AdjointKernels

/// The operands of a node: up to two in place, which is what nearly all operations have.
///
/// Fields are read one by one where speed counts: copying an operand list costs a reference count per part.
struct Operands: Sendable, RandomAccessCollection {
  var a: Expression
  var b: Expression
  /// All of them, if there are more than two.
  private var more: [Expression]?
  private(set) var count: Int

  private static var nothing: Expression { @inline(__always) get { Expression(bits: 0, .bool) } }

  @inline(__always) init() {
    a = Self.nothing
    b = Self.nothing
    count = 0
  }

  @inline(__always) init(_ a: consuming Expression) {
    self.a = a
    b = Self.nothing
    count = 1
  }

  @inline(__always) init(_ a: consuming Expression, _ b: consuming Expression) {
    self.a = a
    self.b = b
    count = 2
  }

  init(_ operands: [Expression]) {
    switch operands.count {
    case 0: self.init()
    case 1: self.init(operands[0])
    case 2: self.init(operands[0], operands[1])
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
      return index == 0 ? a : b
    }
  }

  /// The operands, each counted once.
  var array: [Expression] {
    @inline(__always) get {
      switch count {
      case 0: []
      case 1: [a]
      case 2: [a, b]
      default: more!
      }
    }
  }

  /// Empties the list. The nodes that nothing else refers to have to be taken apart too: the first becomes `next`,
  /// which is enough for a chain, and the others are collected.
  mutating func release(_ next: inout Node?, _ others: inout [Node]) {
    Self.release(&a, &next, &others)
    if count > 1 { Self.release(&b, &next, &others) }
    if var list = more {
      more = nil
      for index in list.indices { Self.release(&list[index], &next, &others) }
    }
    count = 0
  }

  @inline(__always)
  private static func release(_ operand: inout Expression, _ next: inout Node?, _ others: inout [Node]) {
    var node = operand.node
    operand = nothing
    guard isKnownUniquelyReferenced(&node), node.unsafelyUnwrapped.hasOperands else { return }
    if next == nil { swap(&next, &node) } else { others.append(node.unsafelyUnwrapped) }
  }
}
