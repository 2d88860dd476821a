import AdjointKernels

/// An array as a file holds it: a type, a shape and the elements' bytes.
public struct FileTensor: Sendable {
  /// The type of the elements.
  public let elementType: FileElement

  /// The lengths of the axes; empty for a single value.
  public let shape: [Int]

  /// The elements in row-major order, each little-endian.
  public let bytes: [UInt8]

  /// The file, and the array's name in it, that errors name.
  let path: String
  let key: String?

  /// The number of elements.
  public var count: Int { shape.contains(0) ? 0 : shape.reduce(1, *) }

  /// An array of raw elements, in row-major order and little-endian.
  ///
  /// The number of bytes must be the product of the shape times the size of the type; there are at most 64 axes, as in NumPy.
  public init(elementType: FileElement, shape: [Int], bytes: [UInt8]) {
    guard let needed = Self.byteCount(of: shape, elementType) else {
      fatalError("FileTensor: \(Self.fault(of: shape))")
    }
    guard needed == bytes.count else {
      fatalError("FileTensor: the shape \(shape) of \(elementType.rawValue) takes \(needed) bytes, not \(bytes.count)")
    }
    self.init(elementType, shape, bytes, path: "<memory>", key: nil)
  }

  /// An array whose shape was checked.
  init(_ elementType: FileElement, _ shape: [Int], _ bytes: [UInt8], path: String, key: String?) {
    self.elementType = elementType
    self.shape = shape
    self.bytes = bytes
    self.path = path
    self.key = key
  }

  /// An array of values. The shape is that of a list when it is not given.
  public init<Scalar: FileScalar>(_ values: [Scalar], shape: [Int]? = nil) {
    self.init(elementType: Scalar.fileElement, shape: shape ?? [values.count], bytes: AdjointKernels.bytes(of: values))
  }

  /// The elements, when they are of exactly this type; `nil` otherwise. See ``converted(to:)``.
  public func values<Scalar: FileScalar>(as type: Scalar.Type = Scalar.self) -> [Scalar]? {
    guard Scalar.fileElement == elementType else { return nil }
    // A byte that is neither 0 nor 1 is not a Bool that Swift could copy.
    if elementType == .bool { return bytes.map { Scalar(filePattern: UInt64($0)) } }
    return AdjointKernels.values(of: Scalar.self, from: bytes)
  }

  /// The bytes that a shape takes, or `nil` where ``fault(of:)`` says what is wrong with it.
  ///
  /// The product of the lengths other than 0 must fit too: whoever computes strides multiplies them.
  static func byteCount(of shape: [Int], _ elementType: FileElement) -> Int? {
    if shape.count > FileLimits.largestRank { return nil }
    var (total, isEmpty) = (elementType.size, false)
    for length in shape {
      if length < 0 { return nil }
      if length == 0 {
        isEmpty = true
        continue
      }
      let (product, overflow) = total.multipliedReportingOverflow(by: length)
      if overflow { return nil }
      total = product
    }
    return isEmpty ? 0 : total
  }

  static func fault(of shape: [Int]) -> String {
    shape.count > FileLimits.largestRank
      ? "\(shape.count) axes; there are at most \(FileLimits.largestRank)"
      : "\(shape) has a negative length or too many elements"
  }

  /// The bits of an element, zero-extended.
  func pattern(at index: Int, size: Int) -> UInt64 {
    var result: UInt64 = 0
    for byte in 0..<size { result |= UInt64(bytes[index * size + byte]) << UInt64(8 * byte) }
    return result
  }
}

/// Arrays are equal when type, shape and bytes are; where they were read does not matter.
extension FileTensor: Equatable {
  public static func == (a: FileTensor, b: FileTensor) -> Bool {
    a.elementType == b.elementType && a.shape == b.shape && a.bytes == b.bytes
  }
}

func append(_ pattern: UInt64, size: Int, to bytes: inout [UInt8]) {
  for byte in 0..<size { bytes.append(UInt8(truncatingIfNeeded: pattern >> UInt64(8 * byte))) }
}

/// A Swift type whose values a file can hold.
public protocol FileScalar: Sendable, BitwiseCopyable {
  /// The type in the file.
  static var fileElement: FileElement { get }
  /// The value's bits, zero-extended.
  var filePattern: UInt64 { get }
  /// The value of these bits.
  init(filePattern: UInt64)
}

extension FileScalar where Self: FixedWidthInteger {
  public var filePattern: UInt64 { UInt64(truncatingIfNeeded: self) & (UInt64.max >> UInt64(64 - Self.bitWidth)) }
  public init(filePattern: UInt64) { self.init(truncatingIfNeeded: filePattern) }
}

extension Int8: FileScalar { public static var fileElement: FileElement { .int8 } }
extension Int16: FileScalar { public static var fileElement: FileElement { .int16 } }
extension Int32: FileScalar { public static var fileElement: FileElement { .int32 } }
extension Int64: FileScalar { public static var fileElement: FileElement { .int64 } }
extension Int: FileScalar { public static var fileElement: FileElement { .int64 } }
extension UInt8: FileScalar { public static var fileElement: FileElement { .uint8 } }
extension UInt16: FileScalar { public static var fileElement: FileElement { .uint16 } }
extension UInt32: FileScalar { public static var fileElement: FileElement { .uint32 } }
extension UInt64: FileScalar { public static var fileElement: FileElement { .uint64 } }

extension Bool: FileScalar {
  public static var fileElement: FileElement { .bool }
  public var filePattern: UInt64 { self ? 1 : 0 }
  public init(filePattern: UInt64) { self = filePattern != 0 }
}

extension Float: FileScalar {
  public static var fileElement: FileElement { .float32 }
  public var filePattern: UInt64 { UInt64(bitPattern) }
  public init(filePattern: UInt64) { self.init(bitPattern: UInt32(truncatingIfNeeded: filePattern)) }
}

extension Double: FileScalar {
  public static var fileElement: FileElement { .float64 }
  public var filePattern: UInt64 { bitPattern }
  public init(filePattern: UInt64) { self.init(bitPattern: filePattern) }
}
