/// The type of the elements of an array in a file.
///
/// Files hold more types than tensors compute with: a reader keeps what the file says, and
/// ``FileTensor/converted(to:)`` brings it to a type that a tensor has.
public enum FileElement: String, Sendable, Hashable, CaseIterable {
  case bool, int8, int16, int32, int64, uint8, uint16, uint32, uint64, float16, bfloat16, float32, float64

  /// Bytes per element. A Boolean is one byte that holds 0 or 1.
  public var size: Int {
    switch self {
    case .bool, .int8, .uint8: 1
    case .int16, .uint16, .float16, .bfloat16: 2
    case .int32, .uint32, .float32: 4
    case .int64, .uint64, .float64: 8
    }
  }

  /// Whether the type is one of the floating-point formats.
  public var isFloatingPoint: Bool {
    switch self {
    case .float16, .bfloat16, .float32, .float64: true
    default: false
    }
  }

  /// The name in a safetensors header.
  var safetensorsName: String {
    switch self {
    case .bool: "BOOL"
    case .int8: "I8"
    case .int16: "I16"
    case .int32: "I32"
    case .int64: "I64"
    case .uint8: "U8"
    case .uint16: "U16"
    case .uint32: "U32"
    case .uint64: "U64"
    case .float16: "F16"
    case .bfloat16: "BF16"
    case .float32: "F32"
    case .float64: "F64"
    }
  }

  init?(safetensorsName name: String) {
    guard let found = Self.allCases.first(where: { $0.safetensorsName == name }) else { return nil }
    self = found
  }

  /// The kind and size in an npy header, without the byte order: `f4`. NumPy has no name for bfloat16.
  var numpyName: String? {
    switch self {
    case .bool: "b1"
    case .int8, .int16, .int32, .int64: "i\(size)"
    case .uint8, .uint16, .uint32, .uint64: "u\(size)"
    case .float16, .float32, .float64: "f\(size)"
    case .bfloat16: nil
    }
  }

  /// The type that NumPy understands by a name: as it writes them (`f4`), by letter (`d`), or in words (`float64`), which have no
  /// byte order. C's `long` has 64 bits on every system that this package supports.
  init?(numpyName name: String, hasOrder: Bool) {
    if let found = Self.allCases.first(where: { $0.numpyName == name }) {
      self = found
      return
    }
    switch name {
    case "?": self = .bool
    case "b": self = .int8
    case "B": self = .uint8
    case "h": self = .int16
    case "H": self = .uint16
    case "i": self = .int32
    case "I": self = .uint32
    case "l", "q", "p", "n": self = .int64
    case "L", "Q", "P", "N": self = .uint64
    case "e": self = .float16
    case "f": self = .float32
    case "d": self = .float64
    default:
      guard !hasOrder, let found = Self.words[name] else { return nil }
      self = found
    }
  }

  private static let words: [String: FileElement] = [
    "bool": .bool, "bool_": .bool, "int8": .int8, "byte": .int8, "int16": .int16, "short": .int16, "int32": .int32,
    "intc": .int32, "int64": .int64, "int": .int64, "int_": .int64, "long": .int64, "longlong": .int64, "intp": .int64,
    "uint8": .uint8, "ubyte": .uint8, "uint16": .uint16, "ushort": .uint16, "uint32": .uint32, "uintc": .uint32,
    "uint64": .uint64, "uint": .uint64, "ulong": .uint64, "ulonglong": .uint64, "uintp": .uint64, "float16": .float16,
    "half": .float16, "float32": .float32, "single": .float32, "float64": .float64, "double": .float64,
    "float": .float64,
  ]
}
