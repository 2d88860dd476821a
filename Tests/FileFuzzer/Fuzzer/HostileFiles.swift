import Adjoint

/// Files that mean harm, for every reader: what lies behind each name may be handed to any of them.
package enum HostileFiles {
  package static let all: [(name: String, bytes: [UInt8])] = npy + npz + safetensors + others

  private static func header(_ type: String, _ shape: String, order: String = "False") -> String {
    "{'descr': \(type), 'fortran_order': \(order), 'shape': \(shape), }"
  }

  private static let extents = [
    "(4611686018427387904, 4, 0)", "(0, 9223372036854775807, 9223372036854775807)", "(9223372036854775807,)",
    "(9223372036854775808,)", "(-1,)", "(-9223372036854775808,)", "(4294967296, 4294967296)", "(1099511627776,)",
    "(02,)", "(1.0,)", "(NaN,)", "(1e3,)", "(True,)", "('1',)", "(None,)", "((1,),)", "[1]", "1", "(1 2)", "(,)",
    "(1,,2)",
    "(--1,)", "(+1,)", "(1_0,)", "(0x10,)", "(\u{661},)", "(1", "()()", "(99999999999999999999999999999999999999999,)",
    "(-0,)", "(3037000500, 3037000500)", "(2147483648, 2147483648, 2)", "(1, 18446744073709551615)",
  ]

  private static let types = [
    "'|O'", "'<c8'", "'<U4'", "'|S3'", "'<M8[ns]'", "'|V8'", "'<f16'", "'<f3'", "'f'*9", "''", "'<'", "'<<f4'",
    "[('a', '<f4')]",
    "('<f4', (2,))", "'float128'", "'<float64'", "'\u{0}'", "'<f4\u{0}'", "None", "4", "'i9223372036854775808'",
  ]

  private static let npy: [(String, [UInt8])] = {
    var files: [(String, [UInt8])] = []
    let data = [UInt8](repeating: 1, count: 64)
    for (index, shape) in extents.enumerated() {
      files.append(("npy shape \(index) \(shape)", Seeds.npy(header("'<f4'", shape), index % 2 == 0 ? data : [])))
    }
    for type in types { files.append(("npy type \(type)", Seeds.npy(header(type, "(1,)"), data))) }
    let many = (0..<80_000).map { "'k\($0)': 1, " }.joined()
    let text = header("'<f4'", "(16,)")
    files += [
      ("npy 80,000 keys", Seeds.npy("{" + many + "}", data, version: 2)),
      (
        "npy 80,000 true keys",
        Seeds.npy("{" + String(repeating: "'descr': '<f4', ", count: 80_000) + "}", data, version: 2)
      ),
      (
        "npy a million axes",
        Seeds.npy(header("'|u1'", "(" + String(repeating: "1,", count: 1_000_000) + ")"), [1], version: 2)
      ),
      ("npy deep nesting", Seeds.npy(header("'|u1'", String(repeating: "(", count: 60_000)), [1])),
      ("npy spaces", Seeds.npy(String(repeating: " ", count: 4_000_000), [1], version: 2)),
      ("npy long string", Seeds.npy("{'" + String(repeating: "x", count: 4_000_000), [1], version: 2)),
      (
        "npy long number",
        Seeds.npy(header("'|u1'", "(" + String(repeating: "9", count: 4_000_000) + ",)"), [1], version: 2)
      ),
      ("npy invalid UTF-8", Seeds.npy("{'descr': '", [0xFF, 0xFE, 0xC0, 0x80])),
      ("npy two headers", Seeds.npy(text + text, data)),
      ("npy Booleans", Seeds.npy(header("'|b1'", "(64,)"), data.map { $0 + 6 })),
      ("npy version 9", [0x93] + Array("NUMPY".utf8) + [9, 0, 4, 0] + data),
      ("npy magic", [0x93] + Array("NUMPY".utf8)),
      ("npy length 4 GB", [0x93] + Array("NUMPY".utf8) + [2, 0, 0xFF, 0xFF, 0xFF, 0xFF] + data),
      ("npy trailing", Seeds.npy(text, data + data)), ("npy cut", Array(Seeds.npy(text, data).dropLast(1))),
      ("npy no data", Seeds.npy(text, [])), ("npy empty header", Seeds.npy("", [])),
      ("npy 64 axes of 2", Seeds.npy(header("'|u1'", "(" + String(repeating: "2,", count: 64) + ")"), data)),
    ]
    return files
  }()

  private static let npz: [(String, [UInt8])] = {
    let array = Seeds.npy(header("'|u1'", "(40,)"), [UInt8](repeating: 3, count: 40))
    func zeros(_ count: Int) -> [UInt8] {
      Seeds.npy(header("'|u1'", "(\(count),)"), []) + [UInt8](repeating: 0, count: count)
    }
    var files: [(String, [UInt8])] = []
    // One deflated member of 100 MB behind 400 names.
    let bomb = Deflate.zeros(1 << 20)
    var overlapping = [Zip.Member("0.npy", bomb, method: 8, contents: [])]
    overlapping[0].claimedCount = 1 << 27
    for index in 1..<400 {
      var member = Zip.Member("\(index).npy", bomb, method: 8, contents: [])
      (member.offset, member.claimedCount) = (0, 1 << 27)
      overlapping.append(member)
    }
    files.append(("npz overlapping members", Zip.archive(overlapping)))
    for (name, count) in [
      ("2 GB", 1 << 31), ("50 GB", 50 << 30), ("2^62", 1 << 62), ("2^63", 1 << 63), ("2^64-1", UInt64.max),
    ] {
      var member = Zip.Member("a.npy", Deflate.zeros(1 << 21), method: 8, contents: [])
      member.claimedCount = count
      files.append(("npz claims \(name)", Zip.archive([member], wide: true)))
      member = Zip.Member("a.npy", array)
      member.claimedCount = count
      files.append(("npz stored claims \(name)", Zip.archive([member], wide: true)))
      member.claimedCount = nil
      member.claimedPacked = count
      files.append(("npz packed claims \(name)", Zip.archive([member], wide: true)))
      member.claimedPacked = nil
      member.offset = count
      files.append(("npz offset \(name)", Zip.archive([Zip.Member("b.npy", array), member], wide: true)))
    }
    for claimed in [0, 1, 2, 3, 70_000] where claimed != 1 {
      files.append(
        ("npz \(claimed) members of 1", Zip.archive([Zip.Member("a.npy", array)], wide: true, claimedMembers: claimed)))
    }
    var lie = Zip.Member("a.npy", array)
    lie.localName = Array("b.npy".utf8)
    var beyond = Zip.Member("a.npy", [])
    beyond.localName = [UInt8](repeating: 0x61, count: 5)
    var nameBeyond = Zip.archive([beyond])
    nameBeyond[26] = 0xFF
    nameBeyond[27] = 0xFF
    let good = Zip.archive([Zip.Member("a.npy", array)])
    files += [
      ("npz two names for a member", Zip.archive([lie])), ("npz name beyond the end", nameBeyond),
      ("npz same name twice", Zip.archive([Zip.Member("a.npy", array), Zip.Member("a.npy", array)])),
      ("npz invalid UTF-8", Zip.archive([Zip.Member(bytes: [0xFF, 0x2E, 0x6E, 0x70, 0x79], array)])),
      ("npz without arrays", Zip.archive([Zip.Member("data.txt", array)])),
      ("npz PyTorch", Zip.archive([Zip.Member("model/data.pkl", array)])),
      ("npz method 99", Zip.archive([Zip.Member("a.npy", array, method: 99)])),
      ("npz in npz", Zip.archive([Zip.Member("a.npy", good)])),
      ("npz name of 60,000", Zip.archive([Zip.Member(String(repeating: "n", count: 60_000) + ".npy", array)])),
      ("npz end only", Array(good.suffix(22))), ("npz start only", Array(good.dropLast(22))),
      ("npz text before", Array("text".utf8) + good),
      ("npz comment with an end", Zip.archive([Zip.Member("a.npy", array)], comment: Array(good.suffix(22)))),
      ("npz many members", Zip.archive((0..<20_000).map { Zip.Member("\($0).txt", []) })),
      (
        "npz one zero, claimed a gigabyte",
        {
          var m = Zip.Member("a.npy", Deflate.fixed([0]), method: 8, contents: []); m.claimedCount = 1 << 30;
          return Zip.archive([m])
        }()
      ),
      (
        "npz bomb of 512 MB",
        {
          var m = Zip.Member("a.npy", Deflate.zeros(1 << 22), method: 8, contents: zeros(0)); m.claimedCount = 1 << 29;
          return Zip.archive([m])
        }()
      ),
    ]
    for (name, stream) in streams {
      files.append(("npz stream: \(name)", Zip.archive([Zip.Member("a.npy", stream, method: 8, contents: array)])))
    }
    for index in 0..<22 {
      var cut = good
      for place in 0..<8 where cut.count - 22 + index + place < cut.count { cut[cut.count - 22 + index + place] = 0xFF }
      files.append(("npz end record, bytes from \(index)", cut))
    }
    return files
  }()

  private static let streams: [(String, [UInt8])] = [
    ("empty", []), ("type 3", [7]), ("stored, lengths differ", [1, 4, 0, 0, 0]),
    ("stored beyond the end", [1, 0xFF, 0xFF, 0, 0]),
    ("fixed, cut", [3]), ("distance before the start", [0x63, 0x00, 0x42, 0x00, 0x00]), ("dynamic, cut", [5, 0xC0]),
    ("dynamic, no codes", [5] + [UInt8](repeating: 0, count: 40)),
    ("dynamic, all ones", [5] + [UInt8](repeating: 0xFF, count: 40)),
    ("endless empty blocks", [UInt8](repeating: 0, count: 5000)),
    ("stored blocks of nothing", (0..<2000).flatMap { _ in [0, 0, 0, 0xFF, 0xFF] as [UInt8] }),
  ]

  private static let safetensors: [(String, [UInt8])] = {
    func file(_ text: String, _ data: [UInt8] = [1, 2], length: UInt64? = nil) -> [UInt8] {
      Zip.number(length ?? UInt64(text.utf8.count), 8) + Array(text.utf8) + data
    }
    func tensor(_ type: String, _ shape: String, _ offsets: String, _ data: [UInt8] = [1, 2]) -> [UInt8] {
      file("{\"a\":{\"dtype\":\(type),\"shape\":\(shape),\"data_offsets\":\(offsets)}}", data)
    }
    var files: [(String, [UInt8])] = []
    for length in [0, 1, 7, 1000, 100_000_000, 1 << 32, 1 << 62, 1 << 63, UInt64.max] {
      files.append(("safetensors header of \(length)", file("{}", length: length)))
    }
    for shape in [
      "[4611686018427387904,4,0]", "[-1]", "[9223372036854775807]", "[9223372036854775808]", "[1e400]", "[02]", "[2.0]",
      "[null]",
      "[[2]]", "{}", "2", "\"2\"", "[4294967296,4294967296]", "[NaN]", "[2,]",
      "[" + String(repeating: "1,", count: 100) + "2]",
      "[0,0,9223372036854775807,3]", "[" + String(repeating: "0,", count: 1_000_000) + "0]", "[3037000500,3037000500]",
      "[1,2,3",
    ] {
      files.append(("safetensors shape \(shape.prefix(40))", tensor("\"U8\"", shape, "[0,2]")))
    }
    for offsets in [
      "[0,9223372036854775807]", "[-9223372036854775808,9223372036854775807]", "[2,0]", "[0,1]", "[0,3]", "[1,3]",
      "[0]", "[]",
      "[0,2,4]", "[0.0,2.0]", "[\"0\",\"2\"]", "null", "[0,2e0]", "[9223372036854775807,9223372036854775807]", "[-2,0]",
      "[1000000000000,1000000000002]",
    ] {
      files.append(("safetensors offsets \(offsets)", tensor("\"U8\"", "[2]", offsets)))
    }
    for type in [
      "\"F8_E4M3\"", "\"C64\"", "\"\"", "null", "7", "\"u8\"", "\"\\ud800\"", "\"F32\\u0000\"", "[]", "\"BOOL\"",
    ] {
      files.append(("safetensors type \(type)", tensor(type, "[2]", "[0,2]", [3, 2])))
    }
    for text in [
      "[]", "null", "{", "{\"a\":1}", "{\"a\":[]}", "{\"a\":{}}", "{\"__metadata__\":1}",
      "{\"__metadata__\":{\"a\":1}}", "{}{}", "{\"a\"}",
      "{\"a\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[0,2],\"dtype\":\"U8\"}}",
      "{\"__metadata__\":{},\"__metadata__\":{}}",
      "{\"a\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[0,2]},\"\\u0061\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[2,2]}}",
      "{\"a\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[0,2]},\"b\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[1,2]}}",
      "{\"a\u{1}\":{}}", "{'a':1}", "{\"a\":tru}", "{\"a\":-}", "{\"a\":1.}", "{\"a\":\"\\x\"}",
      "{\"a\":\"\\ud800\\u0041\"}", "{\"a\":/**/1}",
    ] {
      files.append(("safetensors text \(text.prefix(60))", file(text)))
    }
    let entries = (0..<300_000).map { "\"\($0)\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}" }.joined(
      separator: ",")
    files += [
      ("safetensors many entries, cut", file("{" + entries, [])),
      ("safetensors header of 20 MB", file("{" + entries + "," + entries, [])),
      ("safetensors deep objects", file(String(repeating: "{\"a\":", count: 200_000), [])),
      ("safetensors deep arrays", file("{\"a\":" + String(repeating: "[", count: 1_000_000), [])),
      ("safetensors long string", file("{\"" + String(repeating: "x", count: 5_000_000), [])),
      ("safetensors numbers", file("{\"a\":[" + String(repeating: "1,", count: 5_000_000) + "1]}", [])),
      (
        "safetensors unknown fields",
        file("{\"a\":{" + (0..<300_000).map { "\"f\($0)\":0," }.joined() + "\"z\":0}}", [])
      ),
      (
        "safetensors metadata",
        file("{\"__metadata__\":{" + (0..<400_000).map { "\"\($0)\":\"\"," }.joined() + "\"z\":0}}", [])
      ),
      ("safetensors long digits", file("{\"a\":" + String(repeating: "9", count: 3_000_000) + "}", [])),
      ("safetensors invalid UTF-8", Zip.number(6, 8) + [0x7B, 0x22, 0xC3, 0x28, 0x22, 0x7D]),
      ("safetensors byte order mark", file("\u{FEFF}{}")), ("safetensors gap", file("{}", [1])),
    ]
    return files
  }()

  private static let others: [(String, [UInt8])] = [
    ("empty", []), ("one byte", [0x93]), ("nine zeros", [UInt8](repeating: 0, count: 9)),
    ("text", Array("hello, world\n".utf8)),
    ("ones", [UInt8](repeating: 0xFF, count: 4096)),
    ("HDF5", [0x89] + Array("HDF\r\n\u{1A}\n".utf8) + [UInt8](repeating: 0, count: 64)),
    ("gzip", [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3]), ("pickle", [0x80, 4, 0x95, 1, 2, 3, 4, 5, 6, 7, 8, 9]),
    ("GGUF", Array("GGUF".utf8) + [3, 0, 0, 0, 1, 1, 1, 1, 1]), ("JSON", Array("{\"a\": 1, \"b\": 2}".utf8)),
  ]
}
