import Testing

@testable import Adjoint

@Suite struct NPYTests {
  static func file(_ header: String, _ data: [UInt8] = [], version: (UInt8, UInt8) = (1, 0), length: Int? = nil)
    -> [UInt8]
  {
    var bytes: [UInt8] = [0x93] + Array("NUMPY".utf8) + [version.0, version.1]
    append(UInt64(length ?? header.utf8.count), size: version.0 == 1 ? 2 : 4, to: &bytes)
    return bytes + Array(header.utf8) + data
  }

  @Test func readsVersions() throws {
    for version in [2, 3] {
      #expect(try NPY.read(Fixture.path("version\(version).npy")) == Fixture.values(.float32), "version \(version)")
    }
    let odd = Self.file("{\"shape\":(2L,),'descr' : '<i2' ,'fortran_order':False}", [1, 0, 2, 0])
    #expect(try NPY.decode(odd) == FileTensor([1, 2] as [Int16]))
    #expect(
      try NPY.decode(Self.file("{'descr': '?', 'fortran_order': True, 'shape': ()}", [1]))
        == FileTensor([true], shape: []))
  }

  @Test func roundTrips() throws {
    try withTemporaryFolder { folder in
      for type in FileElement.allCases where type != .bfloat16 {
        try NPY.write(Fixture.values(type), to: "\(folder)/a.npy")
        #expect(try NPY.read("\(folder)/a.npy") == Fixture.values(type), "\(type)")
      }
    }
    for shape in [[], [0], [1], [0, 3], [2, 1, 3]] {
      let tensor = FileTensor((0..<shape.reduce(1, *)).map(Double.init), shape: shape)
      let bytes = try NPY.encode(tensor)
      #expect(try NPY.decode(bytes) == tensor, "\(shape)")
      #expect((bytes.count - tensor.bytes.count) % 64 == 0, "\(shape)")
    }
    let deep = FileTensor([1], shape: [Int](repeating: 1, count: 64))
    #expect(try NPY.decode(NPY.encode(deep)) == deep)
    let brain = failure { () throws(FileFormatError) in try NPY.encode(Fixture.values(.bfloat16)) }
    #expect(brain?.kind == "unsupported")
  }

  static let malformed: [(name: String, bytes: [UInt8], kind: String)] = [
    ("empty", [], "wrongFormat"),
    ("text", Array("hello, world".utf8), "wrongFormat"),
    ("magic only", [0x93] + Array("NUMPY".utf8), "truncated"),
    ("version 4", file("{}", version: (4, 0)), "unsupportedVersion"),
    ("version 1.1", file("{}", version: (1, 1)), "unsupportedVersion"),
    ("header past the end", file("{}", length: 50), "truncated"),
    ("header too large", file("{}", version: (2, 0), length: 1 << 30), "headerTooLarge"),
    ("no dictionary", file("[]"), "malformedHeader"),
    ("open dictionary", file("{'descr': '<f4', "), "malformedHeader"),
    ("open string", file("{'descr': '<f4"), "malformedHeader"),
    ("escape", file("{'de\\x73cr': '<f4'}"), "malformedHeader"),
    ("no descr", file("{'fortran_order': False, 'shape': ()}"), "malformedHeader"),
    ("no order", file("{'descr': '<f4', 'shape': ()}"), "malformedHeader"),
    ("no shape", file("{'descr': '<f4', 'fortran_order': False}"), "malformedHeader"),
    ("unknown field", file("{'descr': '<f4', 'fortran_order': False, 'shape': (), 'x': 'y'}"), "malformedHeader"),
    ("duplicate field", file("{'descr': '<f4', 'descr': '<f8', 'fortran_order': False, 'shape': ()}"), "duplicateName"),
    ("order is a string", file("{'descr': '<f4', 'fortran_order': 'no', 'shape': ()}"), "malformedHeader"),
    ("shape is no tuple", file("{'descr': '<f4', 'fortran_order': False, 'shape': (3)}"), "malformedHeader"),
    ("shape of strings", file("{'descr': '<f4', 'fortran_order': False, 'shape': ('3',)}"), "malformedHeader"),
    ("text after", file("{'descr': '<f4', 'fortran_order': False, 'shape': ()} x", [0, 0, 0, 0]), "malformedHeader"),
    ("negative length", file("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,)}"), "invalidShape"),
    ("overflow", file("{'descr': '<f8', 'fortran_order': False, 'shape': (4611686018427387904, 4)}"), "invalidShape"),
    (
      "overflow beside a zero", file("{'descr': '<f4', 'fortran_order': False, 'shape': (4611686018427387904, 4, 0)}"),
      "invalidShape"
    ),
    (
      "extent beyond Int", file("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,)}"),
      "invalidShape"
    ),
    (
      "leading zero", file("{'descr': '<f4', 'fortran_order': False, 'shape': (02,)}", [UInt8](repeating: 0, count: 8)),
      "malformedHeader"
    ),
    (
      "65 axes",
      file("{'descr': '|u1', 'fortran_order': False, 'shape': (\(String(repeating: "1,", count: 65)))}", [0]),
      "invalidShape"
    ),
    (
      "word with an order",
      file("{'descr': '<float64', 'fortran_order': False, 'shape': ()}", [UInt8](repeating: 0, count: 8)),
      "unknownElementType"
    ),
    ("objects", file("{'descr': '|O', 'fortran_order': False, 'shape': (1,)}"), "unknownElementType"),
    ("too little data", file("{'descr': '<f4', 'fortran_order': False, 'shape': (2,)}", [0, 0, 0, 0]), "truncated"),
    ("too much data", file("{'descr': '<i2', 'fortran_order': False, 'shape': (1,)}", [0, 0, 0]), "trailingBytes"),
    ("Boolean of 3", file("{'descr': '|b1', 'fortran_order': False, 'shape': (2,)}", [1, 3]), "corrupted"),
  ]

  @Test(arguments: malformed.indices) func refuses(index: Int) {
    let (name, bytes, kind) = Self.malformed[index]
    let error = failure { () throws(FileFormatError) in try NPY.decode(bytes, path: "bad.npy") }
    #expect(error?.kind == kind, "\(name): \(error.map(\.description) ?? "accepted")")
    #expect(error?.description.hasPrefix("bad.npy: ") == true, "\(name)")
  }

  @Test(arguments: [("complex", "unknownElementType"), ("record", "unsupported"), ("text", "unknownElementType")])
  func refusesWhatTensorsDoNotHave(name: String, kind: String) {
    let error = failure { () throws(FileFormatError) in try NPY.read(Fixture.path("\(name).npy")) }
    #expect(error?.kind == kind, "\(String(describing: error))")
  }

  @Test func survivesEveryTruncationAndChange() throws {
    let bytes = try NPY.encode(FileTensor([1, 2, 3, 4] as [Float], shape: [2, 2]))
    let (accepted, _) = torment(bytes) { (bytes) throws(FileFormatError) in _ = try NPY.decode(bytes) }
    #expect(accepted == [])
  }
}

@Suite struct NPZTests {
  @Test func readsWhatNumPyWrote() throws {
    let arrays = try NPZ.read(Fixture.path("arrays.npz"))
    for type in FileElement.allCases where type != .bfloat16 {
      #expect(arrays[type.rawValue] == Fixture.values(type), "\(type)")
    }
    #expect(arrays["scalar"] == FileTensor([2.5], shape: []))
    #expect(arrays["empty"] == FileTensor([Float](), shape: [0, 3]))
    #expect(arrays.count == 14)
    #expect(try NPZ.read(Fixture.path("arrays.npz"), named: "int8") == Fixture.values(.int8))
  }

  @Test func readsCompressedFortranAndBigEndian() throws {
    let arrays = try NPZ.read(Fixture.path("compressed.npz"))
    #expect(arrays["fortran"] == FileTensor((0..<24).map(Double.init), shape: [2, 3, 4]))
    #expect(arrays["big_fortran"] == FileTensor(Array(0..<24), shape: [2, 3, 4]))
    #expect(arrays["big_float32"]?.values(as: Float.self) == [-1, -0.875, -0.75, -0.625, -0.5, -0.375])
    #expect(arrays["big_int16"]?.values(as: Int16.self) == [-3, -2, -1, 0, 1, 2])
    #expect(arrays["long"]?.values(as: Int32.self) == (0..<10_000).map { Int32($0 % 2000 / 7) })
    let noise = (0..<3000).map {
      UInt16(truncatingIfNeeded: (UInt64($0) &* 2_862_933_555_777_941_757 &+ 3_037_000_493) >> 40)
    }
    #expect(arrays["noise"]?.values(as: UInt16.self) == noise)
    #expect(arrays["short"]?.values(as: UInt8.self) == [1, 1, 1])
  }

  @Test func roundTrips() throws {
    let tensors = ["a": FileTensor([1.5, 2], shape: [2, 1]), "b/c": FileTensor([true]), "é": FileTensor([Int8]())]
    try withTemporaryFolder { folder in
      try NPZ.write(tensors, to: "\(folder)/a.npz")
      #expect(try NPZ.read("\(folder)/a.npz") == tensors)
    }
    #expect(try NPZ.decode(NPZ.encode([:])) == [:])
    #expect(try NPZ.encode(tensors) == NPZ.encode(tensors))
  }

  @Test func refusesDamage() throws {
    var bytes = try NPZ.encode(["a": FileTensor([1, 2, 3])])
    let data = bytes.count - 100
    bytes[data] ^= 1
    #expect(failure { () throws(FileFormatError) in try NPZ.decode(bytes) }?.kind == "corrupted")
    bytes[data] ^= 1
    let missing = failure { () throws(FileFormatError) in try NPZ.read(Fixture.path("arrays.npz"), named: "w") }
    #expect(missing?.kind == "missingName")
    #expect(failure { () throws(FileFormatError) in try NPZ.decode([]) }?.kind == "wrongFormat")
    #expect(
      failure { () throws(FileFormatError) in try NPZ.decode(Fixture.bytes2("version2.npy")) }?.kind == "wrongFormat")
    let directory = bytes.count - 22 - 46 - "a.npy".utf8.count
    for (offset, value, kind) in [
      (8, 1, "unsupported"), (10, 12, "unsupported"), (24, 7, "corrupted"), (0, 0, "malformedHeader"),
      (42, 3, "malformedHeader"), (23, 0xFF, "malformedHeader"),
    ] {
      var copy = bytes
      copy[directory + offset] = UInt8(value)
      let error = failure { () throws(FileFormatError) in try NPZ.decode(copy) }
      #expect(error?.kind == kind, "offset \(offset): \(error.map(\.description) ?? "accepted")")
    }
  }

  @Test(arguments: ["stored", "compressed"]) func survivesEveryTruncationAndChange(kind: String) throws {
    var bytes = try NPZ.encode(["a": FileTensor([1, 2] as [Int8]), "b": FileTensor([true])])
    if kind == "compressed" {
      // A whole compressed archive is long: some of its bytes are enough.
      bytes = try Fixture.bytes("compressed.npz")
      for index in stride(from: 0, to: bytes.count, by: 61) {
        var copy = bytes
        copy[index] ^= 0x55
        _ = failure { () throws(FileFormatError) in try NPZ.decode(copy) }
        let cut = Array(bytes[..<index])
        #expect(failure { () throws(FileFormatError) in try NPZ.decode(cut) } != nil, "\(index)")
      }
      return
    }
    let (accepted, _) = torment(bytes) { (bytes) throws(FileFormatError) in _ = try NPZ.decode(bytes) }
    #expect(accepted == [])
  }
}

@Suite struct InflateTests {
  @Test func decodesFixedAndStoredBlocks() throws {
    // zlib's raw output for "aaaaaaaaaa" and for an empty input.
    #expect(try Inflate.decompress([0x4B, 0x84, 0x03, 0x00], count: 10) == [UInt8](repeating: 0x61, count: 10))
    #expect(try Inflate.decompress([0x03, 0x00], count: 0) == [])
    #expect(try Inflate.decompress([0x01, 0x02, 0x00, 0xFD, 0xFF, 7, 8], count: 2) == [7, 8])
    #expect(try Inflate.decompress([0x00, 0x01, 0x00, 0xFE, 0xFF, 7, 0x03, 0x00], count: 1) == [7])
  }

  static let broken: [([UInt8], Int)] = [
    ([], 1), ([0x03], 0), ([0x07], 0), ([0x4B, 0x84, 0x03, 0x00], 9), ([0x4B, 0x84, 0x03, 0x00], 11),
    ([0x01, 0x02, 0x00, 0xFD, 0xFE, 7, 8], 2), ([0x01, 0x02, 0x00, 0xFD, 0xFF, 7], 2), ([0x03, 0x02], 3),
    ([0x4B], 1 << 40),
    ([0xFD, 0xFF, 0xFF, 0xFF], 4),
  ]

  @Test(arguments: broken) func refusesBrokenStreams(stream: [UInt8], count: Int) {
    #expect(throws: Inflate.Fault.self) { try Inflate.decompress(stream, count: count) }
  }

  @Test func checksums() {
    #expect(CRC32.checksum(Array("123456789".utf8)) == 0xCBF4_3926)
    #expect(CRC32.checksum([]) == 0)
  }
}

extension Fixture {
  static func bytes2(_ name: String) -> [UInt8] { (try? bytes(name)) ?? [] }
}
