/// The JSON header of a safetensors file: parsing with every check, and writing.
///
/// The text is gone over once and becomes entries as it goes: no tree of it is made, so a header costs little more than its
/// entries do.
struct SafetensorsHeader {
  private(set) var entries: [SafetensorsFile.Entry] = []
  private(set) var metadata: [String: String] = [:]
  /// Where each name is in `entries`.
  private(set) var places: [String: Int] = [:]

  private static let metadataName = "__metadata__"

  /// - Parameters:
  ///   - text: the header's bytes, which begin at offset 8 of the file.
  ///   - dataCount: how many bytes follow the header.
  init(_ text: [UInt8], path: String, dataCount: Int) throws(FileFormatError) {
    guard text.first == UInt8(ascii: "{") else {
      throw .malformedHeader(path: path, key: nil, offset: 8, reason: "the header must begin with '{'")
    }
    var cursor = JSONText(bytes: text)
    // The first thing that is wrong with an entry; the text around it is still gone over, at no cost but time.
    var fault: FileFormatError?
    do throws(JSONFault) {
      var hasMetadata = false
      try cursor.members { (text, name, offset) throws(JSONFault) in
        if name == Self.metadataName {
          if hasMetadata { throw .duplicate(name: name, offset: offset) }
          hasMetadata = true
          try readMetadata(&text, path, &fault)
          return
        }
        let entry = try Entry(&text)
        if fault != nil { return }
        if places.updateValue(entries.count, forKey: name) != nil { throw .duplicate(name: name, offset: offset) }
        do throws(FileFormatError) {
          entries.append(try entry.checked(name, path: path, dataCount: dataCount))
        } catch {
          fault = error
        }
      }
      try cursor.end()
    } catch {
      switch error {
      case .malformed(let offset, let reason):
        throw .malformedHeader(path: path, key: nil, offset: 8 + offset, reason: reason)
      case .duplicate(let name, let offset): throw .duplicateName(path: path, key: name, offset: 8 + offset)
      }
    }
    if let fault { throw fault }
    try checkLayout(path: path, dataCount: dataCount)
  }

  private mutating func readMetadata(
    _ text: inout JSONText, _ path: String, _ fault: inout FileFormatError?
  ) throws(JSONFault) {
    func wrong(_ reason: String) -> FileFormatError {
      .malformedHeader(path: path, key: Self.metadataName, offset: 8, reason: reason)
    }
    guard text.next == UInt8(ascii: "{") else {
      try text.skip()
      fault = fault ?? wrong("the metadata are not an object")
      return
    }
    try text.members { (text, name, offset) throws(JSONFault) in
      guard text.next == UInt8(ascii: "\"") else {
        try text.skip()
        fault = fault ?? wrong("the value of '\(name)' is not a string")
        return
      }
      if metadata.updateValue(try text.string(), forKey: name) != nil {
        throw .duplicate(name: name, offset: offset)
      }
    }
  }

  /// A tensor's description as it stands in the text.
  private struct Entry {
    /// A field of the kind that it must have, or what it has instead.
    private enum Field<Value> {
      case missing, wrong(String)
      case value(Value)
    }

    private var dtype = Field<String>.missing
    private var shape = Field<[Int]>.missing
    private var offsets = Field<[Int]>.missing
    private var isObject = true

    init(_ text: inout JSONText) throws(JSONFault) {
      guard text.next == UInt8(ascii: "{") else {
        isObject = false
        try text.skip()
        return
      }
      var others: Set<String> = []
      try text.members { (text, name, offset) throws(JSONFault) in
        switch (name, dtype, shape, offsets) {
        case ("dtype", .missing, _, _):
          if text.next == UInt8(ascii: "\"") {
            dtype = .value(try text.string())
          } else {
            try text.skip()
            dtype = .wrong("is not a string")
          }
        case ("shape", _, .missing, _): shape = try Self.integers(&text)
        case ("data_offsets", _, _, .missing): offsets = try Self.integers(&text)
        case ("dtype", _, _, _), ("shape", _, _, _), ("data_offsets", _, _, _):
          throw .duplicate(name: name, offset: offset)
        default:
          if !others.insert(name).inserted { throw .duplicate(name: name, offset: offset) }
          try text.skip(depth: 2)
        }
      }
    }

    /// Integers, of which no more are kept than an array has axes, and one.
    private static func integers(_ text: inout JSONText) throws(JSONFault) -> Field<[Int]> {
      guard text.next == UInt8(ascii: "[") else {
        try text.skip()
        return .wrong("is not an array")
      }
      var (result, isWrong): ([Int], Bool) = ([], false)
      try text.elements { (text) throws(JSONFault) in
        guard text.next != UInt8(ascii: "["), text.next != UInt8(ascii: "{"),
          case .integer(let integer) = try text.value()
        else {
          if text.next == UInt8(ascii: "[") || text.next == UInt8(ascii: "{") { try text.skip(depth: 3) }
          isWrong = true
          return
        }
        if result.count <= FileLimits.largestRank { result.append(integer) }
      }
      return isWrong ? .wrong("holds something else than integers") : .value(result)
    }

    func checked(
      _ name: String, path: String, dataCount: Int
    ) throws(FileFormatError) -> SafetensorsFile.Entry {
      func malformed(_ reason: String) -> FileFormatError {
        .malformedHeader(path: path, key: name, offset: 8, reason: reason)
      }
      func field<Value>(_ field: Field<Value>, _ label: String) throws(FileFormatError) -> Value {
        switch field {
        case .missing: throw malformed("'\(label)' is missing")
        case .wrong(let reason): throw malformed("'\(label)' \(reason)")
        case .value(let value): return value
        }
      }
      guard isObject else { throw malformed("a tensor is described by an object") }
      let typeName = try field(dtype, "dtype")
      guard let elementType = FileElement(safetensorsName: typeName) else {
        throw .unknownElementType(path: path, key: name, name: typeName)
      }
      let shape = try field(shape, "shape")
      guard let needed = FileTensor.byteCount(of: shape, elementType) else {
        throw .invalidShape(path: path, key: name, reason: FileTensor.fault(of: shape))
      }
      let offsets = try field(offsets, "data_offsets")
      guard offsets.count == 2 else { throw malformed("'data_offsets' holds \(offsets.count) numbers, not 2") }
      let (begin, end) = (offsets[0], offsets[1])
      guard 0 <= begin && begin <= end else {
        throw .invalidOffsets(path: path, key: name, begin: begin, end: end, limit: max(0, dataCount))
      }
      guard end - begin == needed else {
        throw .sizeMismatch(
          path: path, key: name, shape: shape, elementType: elementType, needed: needed, found: end - begin)
      }
      guard end <= dataCount else {
        throw .invalidOffsets(path: path, key: name, begin: begin, end: end, limit: max(0, dataCount))
      }
      return .init(name: name, elementType: elementType, shape: shape, range: begin..<end)
    }
  }

  /// The tensors must cover the data exactly: neither overlaps nor gaps, in which a second file could hide.
  private func checkLayout(path: String, dataCount: Int) throws(FileFormatError) {
    func precedes(_ a: SafetensorsFile.Entry, _ b: SafetensorsFile.Entry) -> Bool {
      (a.range.lowerBound, a.range.upperBound) < (b.range.lowerBound, b.range.upperBound)
    }
    // Writers list them in this order.
    let isSorted = zip(entries, entries.dropFirst()).allSatisfy { !precedes($1, $0) }
    var (end, last) = (0, "")
    for entry in isSorted ? entries : entries.sorted(by: precedes) {
      let begin = entry.range.lowerBound
      if begin < end { throw .overlappingOffsets(path: path, key: entry.name, other: last, offset: begin) }
      if begin > end { throw .unusedBytes(path: path, offset: end, count: begin - end) }
      (end, last) = (entry.range.upperBound, entry.name)
    }
    if end < dataCount { throw .unusedBytes(path: path, offset: end, count: dataCount - end) }
  }

  /// The length and the header of a file, and the order of the tensors' data after it.
  static func text(
    of tensors: [String: FileTensor], metadata: [String: String], path: String
  ) throws(FileFormatError) -> (bytes: [UInt8], order: [String]) {
    if tensors[metadataName] != nil {
      throw .unsupported(path: path, key: metadataName, reason: "this name is reserved for the metadata")
    }
    let order = tensors.keys.sorted { (-tensors[$0]!.elementType.size, $0) < (-tensors[$1]!.elementType.size, $1) }
    var members: [String] = []
    if !metadata.isEmpty {
      let pairs = metadata.keys.sorted().map { "\(JSONText.quoted($0)):\(JSONText.quoted(metadata[$0]!))" }
      members.append("\"\(metadataName)\":{\(pairs.joined(separator: ","))}")
    }
    var offset = 0
    for name in order {
      let tensor = tensors[name]!
      let shape = tensor.shape.map(String.init).joined(separator: ",")
      let end = offset + tensor.bytes.count
      let type = tensor.elementType.safetensorsName
      members.append(
        "\(JSONText.quoted(name)):{\"dtype\":\"\(type)\",\"shape\":[\(shape)],\"data_offsets\":[\(offset),\(end)]}")
      offset = end
    }
    var text = Array("{\(members.joined(separator: ","))}".utf8)
    // Spaces bring the data to a multiple of 8.
    text += [UInt8](repeating: 0x20, count: (8 - text.count % 8) % 8)
    var length: [UInt8] = []
    append(UInt64(text.count), size: 8, to: &length)
    return (length + text, order)
  }
}
