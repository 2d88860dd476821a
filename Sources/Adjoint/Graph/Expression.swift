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
  /// Of a number: which one it is of those that a found plan is given anew, or is made from; 0 for any other.
  private(set) var tag: UInt32 = 0

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
  @inline(__always) var isConstant: Bool { node == nil || node!.isConstant }

  /// The bits of a number or a constant array, for rules that go by them: what they make of a number that a plan is given
  /// anew holds for this number alone, and is remembered.
  @inline(__always) var constantBits: UInt64? {
    guard let bits = numberBits else { return nil }
    if numberTag != 0 { NumberOrigins.current?.markRead(numberTag) }
    return bits
  }

  /// The bits of a number or a constant array, for passing them on.
  @inline(__always) var numberBits: UInt64? {
    // A local name for the node would count a reference.
    if node == nil { return scalar }
    return node.unsafelyUnwrapped.isConstant
      ? UInt64(bitPattern: Int64(node.unsafelyUnwrapped.attribute)) : nil
  }

  /// Where the number comes from.
  @inline(__always) var numberTag: UInt32 {
    if node == nil { return tag }
    return node.unsafelyUnwrapped.isConstant ? node.unsafelyUnwrapped.tag : 0
  }

  /// The node, made if this is a number.
  var asNode: Node { node ?? constant(of: Shape()).node! }

  /// This number, or this constant array's, as a constant array of a shape.
  func constant(of shape: Shape) -> Expression {
    .constant(bits: numberBits!, type, shape, tag: numberTag)
  }

  /// The same number or constant array from a known place.
  func tagged(_ tag: UInt32) -> Expression {
    guard node == nil else { return .constant(bits: numberBits!, type, shape, tag: tag) }
    var result = self
    result.tag = tag
    return result
  }

  /// A constant array: no memory until it is needed as one.
  static func constant(bits: UInt64, _ type: ElementType, _ shape: Shape, tag: UInt32 = 0) -> Expression {
    Expression(
      unevaluated: Node(
        Source.constant, type, shape, attribute: Int(Int64(bitPattern: bits)), operands: Operands(),
        pendingSince: .max, tracking: .none, tag: tag))
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
