import Testing

@testable import Adjoint

@Suite struct SafetensorsTests {
  /// A file of a header text and data.
  static func file(_ header: String, _ data: [UInt8] = [], length: UInt64? = nil) -> [UInt8] {
    var bytes: [UInt8] = []
    append(length ?? UInt64(header.utf8.count), size: 8, to: &bytes)
    return bytes + Array(header.utf8) + data
  }

  @Test func readsWhatTheReferenceImplementationWrote() throws {
    let file = try SafetensorsFile(path: Fixture.path("arrays.safetensors"))
    #expect(file.metadata == ["made by": "safetensors\n"])
    for type in FileElement.allCases {
      #expect(try file.tensor(named: type.rawValue) == Fixture.values(type), "\(type)")
    }
    #expect(try file.tensor(named: "scalar") == FileTensor([2.5], shape: []))
    #expect(try file.tensor(named: "empty") == FileTensor([Float](), shape: [0, 3]))
    #expect(try file.tensor(named: "ünïcode \"quoted\"") == FileTensor([0.0, 1, 2]))
    #expect(try file.tensors().count == file.names.count)
  }

  @Test func roundTrips() throws {
    var tensors = Dictionary(uniqueKeysWithValues: FileElement.allCases.map { ($0.rawValue, Fixture.values($0)) })
    tensors["a\"\\\n\u{1}é😀"] = FileTensor([Float.nan, -.infinity], shape: [1, 2, 1])
    tensors[""] = FileTensor([Int](), shape: [3, 0])
    let metadata = ["step": "12", "quo\"te": "tab\t"]
    try withTemporaryFolder { folder in
      let path = "\(folder)/round.safetensors"
      try SafetensorsFile.write(tensors, metadata: metadata, to: path)
      let file = try SafetensorsFile(path: path)
      #expect(try file.tensors() == tensors)
      #expect(file.metadata == metadata)
      for entry in file.entries { #expect(entry.range.lowerBound % entry.elementType.size == 0, "\(entry.name)") }
      // Written again over itself, and the same bytes in memory.
      try SafetensorsFile.write(tensors, metadata: metadata, to: path)
      let bytes = try SafetensorsFile.encode(tensors, metadata: metadata)
      #expect(try SafetensorsFile(bytes: bytes).tensors() == tensors)
      #expect(bytes.count == 8 + Int(bytes[0]) + Int(bytes[1]) << 8 + tensors.values.reduce(0) { $0 + $1.bytes.count })
    }
    #expect(try SafetensorsFile(bytes: SafetensorsFile.encode([:])).names == [])
  }

  static let malformed: [(name: String, bytes: [UInt8], kind: String)] = {
    let one = #""dtype":"U8","shape":[2],"data_offsets":[0,2]"#
    func tensor(_ dtype: String, _ shape: String, _ offsets: String, _ data: Int = 2) -> [UInt8] {
      file(
        #"{"a":{"dtype":\#(dtype),"shape":\#(shape),"data_offsets":\#(offsets)}}"#, [UInt8](repeating: 0, count: data))
    }
    return [
      ("empty", [], "truncated"),
      ("short length", [1, 0, 0], "truncated"),
      ("header too large", file("{}", length: 100_000_001), "headerTooLarge"),
      ("header near 2^64", file("{}", length: .max), "headerTooLarge"),
      ("header past the end", file("{}", length: 3), "truncated"),
      ("empty header", file(""), "malformedHeader"),
      ("space first", file(" {}"), "malformedHeader"),
      ("array", file("[]"), "malformedHeader"),
      ("text after", file("{}x"), "malformedHeader"),
      ("two values", file("{}{}"), "malformedHeader"),
      ("open object", file("{"), "malformedHeader"),
      ("trailing comma", file(#"{"a":{\#(one)},}"#, [0, 0]), "malformedHeader"),
      ("single quotes", file("{'a':{}}"), "malformedHeader"),
      ("NaN", file(#"{"a":{"dtype":"U8","shape":[NaN],"data_offsets":[0,2]}}"#, [0, 0]), "malformedHeader"),
      ("Infinity", file(#"{"a":Infinity}"#), "malformedHeader"),
      ("bad UTF-8", file("{\"") + [0xFF], "truncated_or_malformed"),
      ("control character", file("{\"a\u{1}\":{}}"), "malformedHeader"),
      ("lone surrogate", file(#"{"\ud800":{}}"#), "malformedHeader"),
      ("bad escape", file(#"{"\x":{}}"#), "malformedHeader"),
      ("leading zero", tensor("\"U8\"", "[02]", "[0,2]"), "malformedHeader"),
      ("deep nesting", file(#"{"a":"# + String(repeating: "[", count: 100_000)), "malformedHeader"),
      ("duplicate tensor", file(#"{"a":{\#(one)},"a":{\#(one)}}"#, [0, 0]), "duplicateName"),
      ("duplicate by escape", file(#"{"a":{\#(one)},"\u0061":{\#(one)}}"#, [0, 0]), "duplicateName"),
      ("duplicate field", file(#"{"a":{\#(one),"dtype":"U8"}}"#, [0, 0]), "duplicateName"),
      ("entry is a number", file(#"{"a":1}"#), "malformedHeader"),
      ("no dtype", file(#"{"a":{"shape":[2],"data_offsets":[0,2]}}"#, [0, 0]), "malformedHeader"),
      ("no shape", file(#"{"a":{"dtype":"U8","data_offsets":[0,2]}}"#, [0, 0]), "malformedHeader"),
      ("no offsets", file(#"{"a":{"dtype":"U8","shape":[2]}}"#, [0, 0]), "malformedHeader"),
      ("dtype is a number", tensor("8", "[2]", "[0,2]"), "malformedHeader"),
      ("unknown dtype", tensor("\"F8_E4M3\"", "[2]", "[0,2]"), "unknownElementType"),
      ("lower-case dtype", tensor("\"u8\"", "[2]", "[0,2]"), "unknownElementType"),
      ("fractional shape", tensor("\"U8\"", "[2.0]", "[0,2]"), "malformedHeader"),
      ("shape is a string", tensor("\"U8\"", "\"2\"", "[0,2]"), "malformedHeader"),
      ("negative shape", tensor("\"U8\"", "[-2]", "[0,2]"), "invalidShape"),
      ("huge shape", tensor("\"F64\"", "[4611686018427387904]", "[0,2]"), "invalidShape"),
      ("huge product", tensor("\"U8\"", "[4294967296,4294967296]", "[0,2]"), "invalidShape"),
      ("number beyond Int", tensor("\"U8\"", "[99999999999999999999]", "[0,2]"), "malformedHeader"),
      ("shape too large for the range", tensor("\"U8\"", "[3]", "[0,2]"), "sizeMismatch"),
      ("range too large for the shape", tensor("\"U16\"", "[2]", "[0,2]"), "sizeMismatch"),
      ("one offset", tensor("\"U8\"", "[2]", "[0]"), "malformedHeader"),
      ("reversed offsets", tensor("\"U8\"", "[2]", "[2,0]"), "invalidOffsets"),
      ("negative offset", tensor("\"U8\"", "[2]", "[-2,0]"), "invalidOffsets"),
      ("range past the end", tensor("\"U8\"", "[3]", "[0,3]"), "invalidOffsets"),
      ("gap in front", tensor("\"U8\"", "[1]", "[1,2]"), "unusedBytes"),
      ("bytes after", tensor("\"U8\"", "[2]", "[0,2]", 3), "unusedBytes"),
      ("data without tensors", file("{}", [1]), "unusedBytes"),
      (
        "overlap", file(#"{"a":{\#(one)},"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}"#, [0, 0, 0]),
        "overlappingOffsets"
      ),
      ("same range", file(#"{"a":{\#(one)},"b":{\#(one)}}"#, [0, 0]), "overlappingOffsets"),
      ("metadata is a list", file(#"{"__metadata__":[]}"#), "malformedHeader"),
      ("metadata holds a number", file(#"{"__metadata__":{"a":1}}"#), "malformedHeader"),
      ("Boolean of 2", file(#"{"a":{"dtype":"BOOL","shape":[2],"data_offsets":[0,2]}}"#, [1, 2]), "corrupted"),
    ]
  }()

  @Test(arguments: malformed.indices) func refuses(index: Int) {
    let (name, bytes, kind) = Self.malformed[index]
    let error = failure { () throws(FileFormatError) in
      try SafetensorsFile(bytes: bytes, path: "bad.safetensors").tensors()
    }
    if kind == "truncated_or_malformed" {
      #expect(error != nil, "\(name)")
    } else {
      #expect(error?.kind == kind, "\(name): \(error.map(\.description) ?? "accepted")")
    }
    #expect(error?.description.hasPrefix("bad.safetensors: ") == true, "\(name)")
  }

  @Test func invalidTextIsRefused() {
    var bytes = Self.file("{\"ab\":1}")
    bytes[10] = 0xC3
    let error = failure { () throws(FileFormatError) in try SafetensorsFile(bytes: bytes) }
    #expect(error == .malformedHeader(path: "<memory>", key: nil, offset: 9, reason: "the string is not valid UTF-8"))
  }

  @Test func errorsNameThePlace() {
    let path = Fixture.path("absent.safetensors")
    #expect(failure { () throws(FileFormatError) in try SafetensorsFile(path: path) } == .notFound(path: path))
    let folder = failure { () throws(FileFormatError) in try SafetensorsFile(path: Fixture.folder) }
    #expect(folder == .unreadable(path: Fixture.folder, reason: "Is a directory"))
    let missing = failure { () throws(FileFormatError) in try SafetensorsFile(bytes: Self.file("{}")).tensor(named: "w")
    }
    #expect(missing == .missingName(path: "<memory>", key: "w", available: []))
    let reserved = failure { () throws(FileFormatError) in try SafetensorsFile.encode(["__metadata__": FileTensor([1])])
    }
    #expect(reserved?.kind == "unsupported")
    let unwritable = failure { () throws(FileFormatError) in try SafetensorsFile.write([:], to: "\(path)/x") }
    #expect(unwritable?.kind == "unwritable")
    let overlap = Self.malformed.first { $0.name == "overlap" }!.bytes
    let error = failure { () throws(FileFormatError) in try SafetensorsFile(bytes: overlap, path: "f") }
    #expect(error?.description == "f: 'b': its data overlap those of 'a' at data offset 1")
  }

  @Test func survivesEveryTruncationAndChange() throws {
    let bytes = try SafetensorsFile.encode(
      ["a": FileTensor([1, 2], shape: [2]), "é": FileTensor([true], shape: [])], metadata: ["k": "v"])
    let (accepted, _) = torment(bytes) { (bytes) throws(FileFormatError) in
      _ = try SafetensorsFile(bytes: bytes).tensors()
    }
    #expect(accepted == [])
  }
}
