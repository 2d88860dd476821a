import AdjointKernels

/// A type that tensors can hold: `Float`, `Double`, `Int`, `Int64`, `Int32` or `Bool`.
public protocol TensorScalar: BitwiseCopyable, Sendable, Equatable, Codable {
  /// How elements of this type are stored.
  static var elementType: ElementType { get }
  /// The element's bytes in the low bits of a word.
  var elementBits: UInt64 { get }
  init(elementBits: UInt64)
}

/// A scalar that can be added and multiplied: every one but `Bool`.
public protocol TensorNumber: TensorScalar, Numeric, Comparable {}

/// A scalar that gradients exist for: `Float` and `Double`.
public protocol TensorFloatingPoint: TensorNumber, BinaryFloatingPoint {}

/// A scalar that indexes and counts: the integers.
public protocol TensorInteger: TensorNumber, FixedWidthInteger {}

extension Float: TensorFloatingPoint {
  public static var elementType: ElementType { .float32 }
  public var elementBits: UInt64 { UInt64(bitPattern) }
  public init(elementBits: UInt64) { self.init(bitPattern: UInt32(truncatingIfNeeded: elementBits)) }
}

extension Double: TensorFloatingPoint {
  public static var elementType: ElementType { .float64 }
  public var elementBits: UInt64 { bitPattern }
  public init(elementBits: UInt64) { self.init(bitPattern: elementBits) }
}

extension Int: TensorInteger {
  public static var elementType: ElementType { .int64 }
  public var elementBits: UInt64 { UInt64(bitPattern: Int64(self)) }
  public init(elementBits: UInt64) { self = Int(Int64(bitPattern: elementBits)) }
}

extension Int64: TensorInteger {
  public static var elementType: ElementType { .int64 }
  public var elementBits: UInt64 { UInt64(bitPattern: self) }
  public init(elementBits: UInt64) { self = Int64(bitPattern: elementBits) }
}

extension Int32: TensorInteger {
  public static var elementType: ElementType { .int32 }
  public var elementBits: UInt64 { UInt64(UInt32(bitPattern: self)) }
  public init(elementBits: UInt64) { self = Int32(truncatingIfNeeded: Int64(bitPattern: elementBits)) }
}

extension Bool: TensorScalar {
  public static var elementType: ElementType { .bool }
  public var elementBits: UInt64 { self ? 1 : 0 }
  public init(elementBits: UInt64) { self = elementBits & 1 != 0 }
}
