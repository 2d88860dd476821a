import Foundation
import Testing

@testable import Adjoint

@Suite struct FileReadingTests {
  private static func file(_ descr: String, _ count: Int) -> [UInt8] {
    NPYTests.file("{'descr': '\(descr)', 'fortran_order': False, 'shape': (1,)}", [UInt8](repeating: 0, count: count))
  }

  /// `numpy.dtype(name)` of NumPy 2.4 on 64-bit Linux.
  static let names: [(FileElement, [String])] = [
    (.bool, ["?", "<?", "bool", "bool_", "b1", "|b1"]), (.int8, ["b", "|b", "int8", "byte", "i1"]),
    (.uint8, ["B", "<B", "uint8", "ubyte", "u1"]), (.int16, ["h", "<h", "int16", "short", "=i2"]),
    (.uint16, ["H", "uint16", "ushort", "|u2"]), (.int32, ["i", "<i", "int32", "intc", "<i4"]),
    (.uint32, ["I", "uint32", "uintc"]),
    (.int64, ["l", "q", "p", "n", "<l", "int64", "int", "int_", "long", "longlong", "intp"]),
    (.uint64, ["L", "Q", "P", "N", "uint64", "uint", "ulong", "ulonglong", "uintp"]),
    (.float16, ["e", "<e", "float16", "half"]), (.float32, ["f", "<f", "float32", "single"]),
    (.float64, ["d", "<d", "float64", "double", "float"]),
  ]

  @Test(arguments: names) func typeNamesOfNumPy(type: FileElement, names: [String]) throws {
    for name in names { #expect(try NPY.decode(Self.file(name, type.size)).elementType == type, "\(name)") }
    // With a byte order only letters and codes are names.
    for name in ["<float64", "|int", "==", "<", "", "f3", "Float32", "\(type)_"] where name != "bool_" {
      let error = failure { () throws(FileFormatError) in try NPY.decode(Self.file(name, type.size)) }
      #expect(error?.kind == "unknownElementType", "\(name)")
    }
    #expect(
      try NPY.decode(
        NPYTests.file("{'descr': '>d', 'fortran_order': False, 'shape': ()}", [63, 240, 0, 0, 0, 0, 0, 0]))
        == FileTensor([1.0], shape: []))
  }

  /// Each format as each other one: the error says what the file is.
  @Test func otherFormatsAreNamed() throws {
    let tensors = ["a": FileTensor([1.5])]
    let files: [(String, [UInt8])] = [
      ("an npy file", try NPY.encode(tensors["a"]!)),
      ("a zip archive, as npz files and PyTorch's checkpoints are", try NPZ.encode(tensors)),
      ("a safetensors file", try SafetensorsFile.encode(tensors)),
      ("an HDF5 file", [0x89] + Array("HDF\r\n\u{1A}\n".utf8) + [0, 0]),
      ("a gzip file", [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0]), ("a Python pickle", [0x80, 4, 0x95, 1, 0, 0, 0, 0, 0, 0]),
    ]
    let readers = ["an npy file", "a whole zip archive", "a safetensors file"]
    func read(_ bytes: [UInt8], as format: Int) throws(FileFormatError) {
      switch format {
      case 0: _ = try NPY.decode(bytes)
      case 1: _ = try NPZ.decode(bytes)
      default: _ = try SafetensorsFile(bytes: bytes)
      }
    }
    for (place, (found, bytes)) in files.enumerated() {
      for (other, expected) in readers.enumerated() {
        let error = failure { () throws(FileFormatError) in try read(bytes, as: other) }
        let wrong = FileFormatError.wrongFormat(path: "<memory>", key: nil, expected: expected, found: found)
        #expect(error == (place == other ? nil : wrong), "\(found) as \(expected)")
      }
    }
    #expect(
      FileFormatError.wrongFormat(path: "a.npy", key: nil, expected: "a safetensors file", found: "an npy file")
        .description
        == "a.npy: this is not a safetensors file but an npy file")
  }

  @Test func limitsHoldAndCanBeSet() throws {
    let tensor = FileTensor([UInt8](repeating: 1, count: 1000))
    var limits = FileLimits()
    limits.arrayBytes = 999
    let (npy, npz) = (try NPY.encode(tensor), try NPZ.encode(["a": tensor]))
    let safetensors = try SafetensorsFile.encode(["a": tensor])
    #expect(failure { () throws(FileFormatError) in try NPY.decode(npy, limits: limits) }?.kind == "tooLarge")
    #expect(failure { () throws(FileFormatError) in try NPZ.decode(npz, limits: limits) }?.kind == "tooLarge")
    let file = try SafetensorsFile(bytes: safetensors, limits: limits)
    #expect(failure { () throws(FileFormatError) in try file.tensors() }?.kind == "tooLarge")
    #expect(failure { () throws(FileFormatError) in try file.tensor(named: "a") }?.kind == "tooLarge")
    limits = FileLimits()
    limits.headerBytes = 40
    #expect(failure { () throws(FileFormatError) in try NPY.decode(npy, limits: limits) }?.kind == "headerTooLarge")
    #expect(failure { () throws(FileFormatError) in try NPZ.decode(npz, limits: limits) }?.kind == "headerTooLarge")
    #expect(
      failure { () throws(FileFormatError) in try SafetensorsFile(bytes: safetensors, limits: limits) }?.kind
        == "headerTooLarge")
    // A long header of metadata is read when it is allowed.
    let long = ["x": String(repeating: "m", count: 17 << 20)]
    let bytes = try SafetensorsFile.encode([:], metadata: long)
    #expect(failure { () throws(FileFormatError) in try SafetensorsFile(bytes: bytes) }?.kind == "headerTooLarge")
    limits.headerBytes = 100_000_000
    #expect(try SafetensorsFile(bytes: bytes, limits: limits).metadata == long)
    let compressed = try Fixture.bytes("compressed.npz")
    limits.unpackedBytes = 1000
    limits.unpackedRatio = 1
    let error = failure { () throws(FileFormatError) in try NPZ.decode(compressed, limits: limits) }
    #expect(error?.kind == "tooLarge", "\(String(describing: error))")
    limits.unpackedRatio = 100
    #expect(try NPZ.decode(compressed, limits: limits).count > 1)
  }

  @Test func tensorsRefuseWhatTheyCannotHold() throws {
    func refused<Scalar: TensorScalar>(_ file: FileTensor, _: Scalar.Type) -> FileFormatError? {
      failure { () throws(FileFormatError) in try Tensor<Scalar>(file) }
    }
    let path = "<memory>"
    #expect(
      refused(FileTensor([1, 3.5]), Int.self)
        == .unrepresentable(path: path, key: nil, index: 1, value: "3.5", elementType: .int64))
    #expect(refused(FileTensor([Double.nan]), Int32.self)?.kind == "unrepresentable")
    #expect(refused(FileTensor([Float.infinity]), Int.self)?.kind == "unrepresentable")
    #expect(refused(FileTensor([0x1p63]), Int.self)?.kind == "unrepresentable")
    #expect(refused(FileTensor([1 << 31]), Int32.self)?.kind == "unrepresentable")
    #expect(refused(FileTensor([UInt64.max]), Int.self)?.kind == "unrepresentable")
    #expect(refused(FileTensor([2]), Bool.self)?.kind == "unrepresentable")
    #expect(refused(FileTensor([0.5]).converted(to: .bfloat16), Int.self)?.kind == "unrepresentable")
    #expect(try Tensor<Int>(FileTensor([1, 3.5]).converted(to: .int64)).scalars == [1, 3])
    #expect(try Tensor<Int>(FileTensor([-3.0, -0x1p63])).scalars == [-3, .min])
    #expect(try Tensor<Bool>(FileTensor([0, 1.0])).scalars == [false, true])
    #expect(try Tensor<Float>(FileTensor([1 << 24 + 1])).scalars == [0x1p24])
    let deep = try NPY.decode(NPY.encode(FileTensor([1.0], shape: [Int](repeating: 1, count: 17))))
    #expect(
      refused(deep, Double.self) == .invalidShape(path: path, key: nil, reason: "17 axes; a tensor has at most 16"))
    // No elements, and still no tensor: its strides would overflow.
    for shape in [[Int.max, 0], [1 << 40, 1 << 10, 0]] {
      let empty = FileTensor(elementType: .bool, shape: shape, bytes: [])
      #expect(
        refused(empty, Bool.self) == .invalidShape(path: path, key: nil, reason: "\(shape) has too many elements"))
    }
    // Few enough bytes as they are, too many as Float.
    let wide = FileTensor(elementType: .uint8, shape: [1 << 61, 2, 0], bytes: [])
    #expect(refused(wide, Float.self)?.kind == "invalidShape")
    try withTemporaryFolder { folder in
      try NPZ.write(["x": FileTensor([0.5])], to: "\(folder)/a.npz")
      let error = refused(try NPZ.read("\(folder)/a.npz", named: "x"), Int.self)
      #expect(
        error?.description
          == "\(folder)/a.npz: 'x': element 0 is 0.5, which int64 cannot hold; converted(to: .int64) cuts it")
    }
  }

  /// The loops on whole arrays give what the exact conversions give, one by one.
  @Test func halvesConvertInBulk() {
    let all = (0...UInt32(UInt16.max)).map { UInt16($0) }
    let halves = FileTensor(elementType: .float16, shape: [65_536], bytes: FileTensor(all).bytes)
    let wide: [Float] = halves.converted(to: .float32).values()!
    for (pattern, value) in zip(all, wide) {
      let expected = HalfPrecision.widened(pattern)
      #expect(value.isNaN ? expected.isNaN : Double(value).bitPattern == expected.bitPattern, "\(pattern)")
    }
    // Every 8,191st single: all exponents, with all kinds of fractions; and all that lie beside a half.
    var patterns = stride(from: 0, through: Int(UInt32.max), by: 8191).map { UInt32($0) }
    for value in wide { patterns += [value.bitPattern &- 1, value.bitPattern, value.bitPattern &+ 1] }
    for pattern in all { patterns += [0x7FFF, 0x8000, 0x8001].map { UInt32(pattern) << 16 | $0 } }
    let singles = FileTensor(patterns.map { Float(bitPattern: $0) })
    let half: [UInt16] = FileTensor(
      elementType: .uint16, shape: singles.shape, bytes: singles.converted(to: .float16).bytes
    ).values()!
    let brain: [UInt16] = FileTensor(
      elementType: .uint16, shape: singles.shape, bytes: singles.converted(to: .bfloat16).bytes
    ).values()!
    var wrong: [UInt32] = []
    for (place, pattern) in patterns.enumerated() {
      let value = Double(Float(bitPattern: pattern))
      // A signalling NaN's sign survives the conversion to Double as well.
      if half[place] != HalfPrecision.rounded(value) || brain[place] != HalfPrecision.roundedToBrain(value) {
        wrong.append(pattern)
      }
    }
    #expect(wrong == [], "\(wrong.prefix(5))")
  }

  /// Linear time: headers that took minutes are read, or refused, within the run of a test.
  @Test func longHeadersAreRead() throws {
    let count = 100_000
    let entries = (0..<count).map { "\"t\($0)\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[\($0),\($0 + 1)]}" }
    let text = Array("{\(entries.joined(separator: ","))}".utf8)
    let bytes =
      (0..<8).map { UInt8(truncatingIfNeeded: text.count >> (8 * $0)) } + text + [UInt8](repeating: 3, count: count)
    let file = try SafetensorsFile(bytes: bytes)
    #expect(file.names.count == count)
    #expect(try file.tensor(named: "t99999") == FileTensor([3 as UInt8]))
  }
}
