import AdjointKernels

extension FileTensor {
  /// The same values as elements of another type.
  ///
  /// - Floating to floating rounds to nearest, ties to even; beyond the largest finite value it is infinite; NaN
  ///   stays NaN.
  /// - Integers to floating round to nearest; integers to integers wrap around as `truncatingIfNeeded:` does.
  /// - Floating to integer cuts the fraction off and stops at the ends of the integer's range; NaN gives 0.
  /// - To Bool: whether the value is not zero (NaN is not zero). From Bool: 0 or 1.
  ///
  /// One pass over the elements; nothing is copied when the type is already the asked one.
  public func converted(to target: FileElement) -> FileTensor {
    guard target != elementType else { return self }
    if let bytes = convertedAtOnce(to: target) { return FileTensor(target, shape, bytes, path: path, key: key) }
    let (from, to) = (elementType.size, target.size)
    var result: [UInt8] = []
    result.reserveCapacity(count * to)
    for index in 0..<count {
      let pattern = pattern(at: index, size: from)
      let converted =
        elementType.isFloatingPoint
        ? Self.pattern(of: Self.floating(pattern, elementType), as: target)
        : Self.pattern(ofInteger: pattern, elementType, as: target)
      append(converted, size: to, to: &result)
    }
    return FileTensor(target, shape, result, path: path, key: key)
  }

  /// The conversions that models' weights go through, at the memory's speed.
  private func convertedAtOnce(to target: FileElement) -> [UInt8]? {
    switch (elementType, target) {
    case (.float32, .bfloat16): HalfConversion.brain(ofSingles: bytes)
    case (.float32, .float16): HalfConversion.half(ofSingles: bytes)
    case (.bfloat16, .float32): HalfConversion.singles(ofBrain: bytes)
    case (.float16, .float32): HalfConversion.singles(ofHalf: bytes)
    case (.float32, .float64): AdjointKernels.bytes(of: values(as: Float.self)!.map(Double.init))
    case (.float64, .float32): AdjointKernels.bytes(of: values(as: Double.self)!.map { Float($0) })
    case (.int64, .float32): AdjointKernels.bytes(of: values(as: Int64.self)!.map { Float($0) })
    case (.uint8, .float32): AdjointKernels.bytes(of: bytes.map { Float($0) })
    default: nil
    }
  }

  /// Every floating format widens to Double without rounding.
  private static func floating(_ pattern: UInt64, _ type: FileElement) -> Double {
    switch type {
    case .float16: HalfPrecision.widened(UInt16(truncatingIfNeeded: pattern))
    case .bfloat16: Double(Float(bitPattern: UInt32(truncatingIfNeeded: pattern) << 16))
    case .float32: Double(Float(filePattern: pattern))
    default: Double(bitPattern: pattern)
    }
  }

  private static func pattern(of value: Double, as target: FileElement) -> UInt64 {
    switch target {
    case .bool: value == 0 ? 0 : 1
    case .int8: Int8(clamping: whole(value)).filePattern
    case .int16: Int16(clamping: whole(value)).filePattern
    case .int32: Int32(clamping: whole(value)).filePattern
    case .int64: whole(value).filePattern
    case .uint8: UInt8(clamping: whole(value)).filePattern
    case .uint16: UInt16(clamping: whole(value)).filePattern
    case .uint32: UInt32(clamping: whole(value)).filePattern
    case .uint64: value.isNaN || value <= 0 ? 0 : value >= 0x1p64 ? .max : UInt64(value)
    case .float16: UInt64(HalfPrecision.rounded(value))
    case .bfloat16: UInt64(HalfPrecision.roundedToBrain(value))
    case .float32: Float(value).filePattern
    case .float64: value.filePattern
    }
  }

  private static func whole(_ value: Double) -> Int64 {
    if value.isNaN { return 0 }
    if value >= 0x1p63 { return .max }
    return value <= -0x1p63 ? .min : Int64(value)
  }

  private static func pattern(ofInteger pattern: UInt64, _ type: FileElement, as target: FileElement) -> UInt64 {
    let signed: Int64
    switch type {
    case .int8: signed = Int64(Int8(filePattern: pattern))
    case .int16: signed = Int64(Int16(filePattern: pattern))
    case .int32: signed = Int64(Int32(filePattern: pattern))
    default: signed = Int64(bitPattern: pattern)
    }
    switch target {
    case .bool: return pattern == 0 ? 0 : 1
    // By way of Double a 64-bit integer would be rounded twice.
    case .float32: return (type == .uint64 ? Float(pattern) : Float(signed)).filePattern
    case .float64: return (type == .uint64 ? Double(pattern) : Double(signed)).filePattern
    case .float16, .bfloat16: return Self.pattern(of: type == .uint64 ? Double(pattern) : Double(signed), as: target)
    default: return UInt64(bitPattern: signed) & (UInt64.max >> UInt64(64 - 8 * target.size))
    }
  }
}

/// IEEE 754 half precision and bfloat16 by their bits: Swift's `Float16` does not exist on every platform.
enum HalfPrecision {
  static func widened(_ half: UInt16) -> Double {
    let sign: Double = half & 0x8000 == 0 ? 1 : -1
    let exponent = Int(half >> 10 & 0x1F)
    let fraction = Double(half & 0x3FF)
    switch exponent {
    case 0: return sign * fraction * 0x1p-24
    case 31: return fraction == 0 ? sign * .infinity : .nan
    default: return sign * Double(sign: .plus, exponent: exponent - 15, significand: 1 + fraction * 0x1p-10)
    }
  }

  static func rounded(_ value: Double) -> UInt16 {
    let sign: UInt16 = value.sign == .minus ? 0x8000 : 0
    if value.isNaN { return sign | 0x7E00 }
    let magnitude = value.magnitude
    // Half of the last step below infinity rounds up to it.
    if magnitude >= 65520 { return sign | 0x7C00 }
    // Subnormal numbers are multiples of 2⁻²⁴; a carry into the exponent field is the right result.
    if magnitude < 0x1p-14 { return sign | UInt16((magnitude * 0x1p24).rounded(.toNearestOrEven)) }
    let exponent = Int(magnitude.exponent)
    let steps = (magnitude.significand * 1024).rounded(.toNearestOrEven)
    return sign | UInt16((exponent + 14) * 1024 + Int(steps))
  }

  static func roundedToBrain(_ value: Double) -> UInt16 {
    if value.isNaN { return value.sign == .minus ? 0xFFC0 : 0x7FC0 }
    let single = Float(value)
    var bits = single.bitPattern
    // Rounding to Float and then to bfloat16 would round twice. Rounded to odd instead (towards zero, and the last
    // digit says that something was cut off), the Float decides every tie as the Double would.
    if Double(single) != value {
      if Double(single).magnitude > value.magnitude { bits -= 1 }
      bits |= 1
    }
    // The carry may reach infinity, as it should; infinity itself carries nothing.
    return UInt16(truncatingIfNeeded: (bits &+ 0x7FFF &+ (bits >> 16 & 1)) >> 16)
  }
}
