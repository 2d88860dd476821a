/// An element whose place in the order is that of a whole number.
protocol OrderedElement: BitwiseCopyable, SendableMetatype {
  associatedtype Key: FixedWidthInteger & UnsignedInteger & BitwiseCopyable & Sendable & SendableMetatype

  /// A number that is smaller, equal or larger where the element is. NaN alone has the largest key of all.
  var orderingKey: Key { get }

  var isNaN: Bool { get }
}

// The bits of positive numbers are in order; those of negative ones are in the opposite order, and below.
extension Float: OrderedElement {
  @inline(__always) var orderingKey: UInt32 {
    if isNaN { return .max }
    // −0 and 0 are equal.
    let bits = (self + 0).bitPattern
    return bits ^ (UInt32(bitPattern: Int32(bitPattern: bits) >> 31) | 1 << 31)
  }
}

extension Double: OrderedElement {
  @inline(__always) var orderingKey: UInt64 {
    if isNaN { return .max }
    let bits = (self + 0).bitPattern
    return bits ^ (UInt64(bitPattern: Int64(bitPattern: bits) >> 63) | 1 << 63)
  }
}

extension Int64: OrderedElement {
  @inline(__always) var orderingKey: UInt64 { UInt64(bitPattern: self) ^ 1 << 63 }
  @inline(__always) var isNaN: Bool { false }
}

extension Int32: OrderedElement {
  @inline(__always) var orderingKey: UInt32 { UInt32(bitPattern: self) ^ 1 << 31 }
  @inline(__always) var isNaN: Bool { false }
}

extension UInt8: OrderedElement {
  @inline(__always) var orderingKey: UInt8 { self }
  @inline(__always) var isNaN: Bool { false }
}
