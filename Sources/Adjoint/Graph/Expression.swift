import AdjointKernels

/// An untyped handle on a node, together with the value that the node had when the handle was made; or a number.
///
/// Rules are written with expressions. An operand that has a value is captured as that value, so a later
/// update of a parameter never reaches a graph that was recorded before. A number has no shape of its own: it
/// broadcasts to whatever it meets.
struct Expression: Sendable {
  let node: Node?
  /// The elements that the node had when the handle was made; how they lie in the buffer is the node's to know.
  let buffer: Buffer?
  let scalar: UInt64
  let type: ElementType

  @inline(__always) init(_ node: Node) {
    self.node = node
    buffer = node.buffer
    scalar = 0
    type = node.type
  }

  /// A node that has no value yet.
  @inline(__always) init(unevaluated node: consuming Node) {
    type = node.type
    self.node = node
    buffer = nil
    scalar = 0
  }

  @inline(__always) init(_ node: Node, _ value: Value?) {
    self.node = node
    buffer = value?.buffer
    scalar = 0
    type = node.type
  }

  @inline(__always) init(bits: UInt64, _ type: ElementType) {
    node = nil
    buffer = nil
    scalar = bits
    self.type = type
  }

  /// A number, rounded to the type.
  @inline(__always) init(_ number: Double, _ type: ElementType) {
    self.init(bits: ScalarBits.encode(number, type), type)
  }

  /// The node's elements at the time, if it had any.
  var value: Value? { buffer.map { Value($0, node!.layout) } }

  var shape: Shape { node?.shape ?? Shape() }

  /// The number, if this is one or a constant array.
  var constant: Double? {
    guard let bits = constantBits else { return nil }
    return ScalarBits.decode(bits, type)
  }

  /// Whether this is a number or a constant array.
  @inline(__always) var isConstant: Bool { node == nil || node!.operation === Source.constant }

  @inline(__always) var constantBits: UInt64? {
    // A local name for the node would count a reference.
    if node == nil { return scalar }
    return node.unsafelyUnwrapped.operation === Source.constant
      ? UInt64(bitPattern: Int64(node.unsafelyUnwrapped.attribute)) : nil
  }

  /// The node, made if this is a number.
  var asNode: Node { node ?? Expression.constant(bits: scalar, type, Shape()).node! }

  /// A constant array: no memory until it is needed as one.
  static func constant(bits: UInt64, _ type: ElementType, _ shape: Shape) -> Expression {
    Expression(
      Node(
        Source.constant, type, shape, attribute: Int(Int64(bitPattern: bits)), operands: Operands(), pendingDepth: 0,
        tracking: .none, structure: bits.mixed(with: shape.digest)), nil)
  }

  static func full(_ number: Double, _ type: ElementType, _ shape: Shape) -> Expression {
    constant(bits: ScalarBits.encode(number, type), type, shape)
  }

  var isTracked: Bool { node?.tracking == .tracked }
}

/// Numbers as the low bytes of 64 bits, in their own representation.
enum ScalarBits {
  static func encode(_ number: Double, _ type: ElementType) -> UInt64 {
    switch type {
    case .float32: UInt64(Float(number).bitPattern)
    case .float64: number.bitPattern
    case .int64: UInt64(bitPattern: Int64(number))
    case .int32: UInt64(UInt32(bitPattern: Int32(number)))
    case .bool: number != 0 ? 1 : 0
    }
  }

  static func decode(_ bits: UInt64, _ type: ElementType) -> Double {
    switch type {
    case .float32: Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
    case .float64: Double(bitPattern: bits)
    case .int64: Double(Int64(bitPattern: bits))
    case .int32: Double(Int32(truncatingIfNeeded: Int64(bitPattern: bits)))
    case .bool: bits & 1 != 0 ? 1 : 0
    }
  }
}

/// Leaves and constants: the ends of a graph.
enum Source {
  static let leaf = Operation("Leaf", .source, .none)
  static let constant = Operation("Constant", .source, .none)
}
