import AdjointKernels

extension FileTensor {
  /// The first value that a type cannot hold, as errors show it. Floating-point types hold every number, rounded.
  func firstValue(thatDoesNotFit target: FileElement) -> (index: Int, value: String)? {
    if target == elementType || target.isFloatingPoint { return nil }
    switch elementType {
    case .float16, .bfloat16: return converted(to: .float32).firstValue(thatDoesNotFit: target)
    case .float32: return first(Float.self) { !Self.fits(Double($0), target) }
    case .float64: return first(Double.self) { !Self.fits($0, target) }
    case .bool: return nil
    case .int8: return first(Int8.self) { !Self.fits(Int64($0), target) }
    case .int16: return first(Int16.self) { !Self.fits(Int64($0), target) }
    case .int32: return first(Int32.self) { !Self.fits(Int64($0), target) }
    case .int64: return first(Int64.self) { !Self.fits($0, target) }
    case .uint8: return first(UInt8.self) { !Self.fits(Int64($0), target) }
    case .uint16: return first(UInt16.self) { !Self.fits(Int64($0), target) }
    case .uint32: return first(UInt32.self) { !Self.fits(Int64($0), target) }
    case .uint64: return first(UInt64.self) { $0 > Int64.max || !Self.fits(Int64($0), target) }
    }
  }

  private func first<Value: FileScalar & CustomStringConvertible>(
    _: Value.Type, where isWrong: (Value) -> Bool
  ) -> (index: Int, value: String)? {
    let values = AdjointKernels.values(of: Value.self, from: bytes)
    return values.firstIndex(where: isWrong).map { ($0, values[$0].description) }
  }

  private static func fits(_ value: Double, _ target: FileElement) -> Bool {
    // NaN is not equal to itself, and beyond ±2⁵³ every double is whole.
    guard value.rounded(.towardZero) == value, value >= -0x1p63, value < 0x1p63 else { return false }
    return fits(Int64(value), target)
  }

  /// The integer types that tensors have.
  private static func fits(_ value: Int64, _ target: FileElement) -> Bool {
    switch target {
    case .bool: value == 0 || value == 1
    case .int32: Int32(exactly: value) != nil
    default: true
    }
  }
}
