import Adjoint

/// Well-formed files to begin with, small, of every kind that the readers know.
package enum Seeds {
  package static func files(for reader: FuzzedReader) -> [[UInt8]] {
    switch reader {
    case .npy: npy
    case .npz: npz
    case .safetensors: safetensors
    case .json: json.map { Array($0.utf8) }
    }
  }

  /// All of them: a reader may be handed another one's file.
  package static let all = FuzzedReader.allCases.flatMap { files(for: $0) }

  /// An npy file of a header's text.
  package static func npy(_ header: String, _ data: [UInt8], version: UInt8 = 1) -> [UInt8] {
    let text = Array(header.utf8)
    let length = (0..<(version == 1 ? 2 : 4)).map { UInt8(truncatingIfNeeded: text.count >> (8 * $0)) }
    return [0x93] + Array("NUMPY".utf8) + [version, 0] + length + text + data
  }

  private static let npy: [[UInt8]] = {
    var files = [
      npy("{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3), }\n", [UInt8](0..<24)),
      npy("{'descr': '>i2', 'fortran_order': False, 'shape': (3,), }\n", [UInt8](0..<6)),
      npy("{'descr': 'float64', 'fortran_order': True, 'shape': (1, 2, 1, 2), }", [UInt8](0..<32), version: 2),
      npy("{\"shape\":(2L,),'descr':'?','fortran_order':False}", [1, 0], version: 3),
    ]
    for tensor in tensors.values { files.append((try? NPY.encode(tensor)) ?? []) }
    return files
  }()

  private static let tensors: [String: FileTensor] = [
    "a": FileTensor([1.5, -2, 3.25, 0] as [Float], shape: [2, 2]), "b": FileTensor([true, false]),
    "scalar": FileTensor([Double.nan], shape: []), "empty": FileTensor([Int](), shape: [3, 0]),
    "n": FileTensor([Int32.min, 7, .max], shape: [3, 1]), "h": FileTensor([0.5, 1, 2.5]).converted(to: .float16),
  ]

  private static let npz: [[UInt8]] = {
    var files = [(try? NPZ.encode(tensors)) ?? [], (try? NPZ.encode([:])) ?? []]
    let array = (try? NPY.encode(FileTensor([UInt8](repeating: 7, count: 40)))) ?? []
    files.append(Zip.archive([Zip.Member("x.npy", Deflate.stored(array), method: 8, contents: array)]))
    files.append(Zip.archive([Zip.Member("x.npy", Deflate.fixed(array), method: 8, contents: array)]))
    files.append(Zip.archive([Zip.Member("x.npy", array), Zip.Member("notes.txt", [1, 2, 3])], wide: true))
    return files
  }()

  private static let safetensors: [[UInt8]] = {
    var all = tensors
    all["w"] = FileTensor([1, 2, 3, 4] as [Float], shape: [4]).converted(to: .bfloat16)
    let text = #"{"a\u0062":{"shape":[2],"x":[{},null],"dtype":"U8","data_offsets":[0,2]}}"#
    return [
      (try? SafetensorsFile.encode(all, metadata: ["format": "pt", "é\n": "\u{1F600}"])) ?? [],
      (try? SafetensorsFile.encode(["x": FileTensor([1.5])])) ?? [], (try? SafetensorsFile.encode([:])) ?? [],
      [UInt8(text.utf8.count), 0, 0, 0, 0, 0, 0, 0] + Array(text.utf8) + [1, 2],
    ]
  }()

  private static let json = [
    #"{"a":[1,-2.5e3,true,false,null,"\u00e9\ud83d\ude00\n"],"b":{"c":{}},"":[]}"#, "[[[[1]]]]", "-0.0", #""x""#,
  ]
}
