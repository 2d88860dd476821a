/// The JSON header of a safetensors file: parsing with every check, and writing.
struct SafetensorsHeader {
  private(set) var entries: [SafetensorsFile.Entry] = []
  private(set) var metadata: [String: String] = [:]

  private static let metadataName = "__metadata__"

  /// - Parameters:
  ///   - text: the header's bytes, which begin at offset 8 of the file.
  ///   - dataCount: how many bytes follow the header.
  init(_ text: [UInt8], path: String, dataCount: Int) throws(FileFormatError) {
    guard text.first == UInt8(ascii: "{") else {
      throw .malformedHeader(path: path, key: nil, offset: 8, reason: "the header must begin with '{'")
    }
    let root: JSONValue
    do {
      root = try JSONText.parse(text)
    } catch {
      switch error {
      case .malformed(let offset, let reason):
        throw .malformedHeader(path: path, key: nil, offset: 8 + offset, reason: reason)
      case .duplicate(let name, let offset): throw .duplicateName(path: path, key: name, offset: 8 + offset)
      }
    }
    guard case .object(let members) = root else {
      throw .malformedHeader(path: path, key: nil, offset: 8, reason: "the header is not an object")
    }
    for (name, value) in members {
      if name == Self.metadataName {
        metadata = try Self.metadata(value, path: path)
      } else {
        entries.append(try Self.entry(name, value, path: path, dataCount: dataCount))
      }
    }
    try checkLayout(path: path, dataCount: dataCount)
  }

  private static func metadata(_ value: JSONValue, path: String) throws(FileFormatError) -> [String: String] {
    guard case .object(let members) = value else {
      throw .malformedHeader(path: path, key: metadataName, offset: 8, reason: "the metadata are not an object")
    }
    var result: [String: String] = [:]
    for (name, value) in members {
      guard case .string(let string) = value else {
        throw .malformedHeader(
          path: path, key: metadataName, offset: 8, reason: "the value of '\(name)' is not a string")
      }
      result[name] = string
    }
    return result
  }

  private static func entry(
    _ name: String, _ value: JSONValue, path: String, dataCount: Int
  ) throws(FileFormatError) -> SafetensorsFile.Entry {
    func malformed(_ reason: String) -> FileFormatError {
      .malformedHeader(path: path, key: name, offset: 8, reason: reason)
    }
    guard case .object(let members) = value else { throw malformed("a tensor is described by an object") }
    func field(_ field: String) throws(FileFormatError) -> JSONValue {
      guard let found = members.first(where: { $0.name == field }) else { throw malformed("'\(field)' is missing") }
      return found.value
    }
    func integers(_ field: JSONValue, _ label: String) throws(FileFormatError) -> [Int] {
      guard case .array(let elements) = field else { throw malformed("'\(label)' is not an array") }
      var result: [Int] = []
      for element in elements {
        guard case .integer(let integer) = element else {
          throw malformed("'\(label)' holds something else than integers")
        }
        result.append(integer)
      }
      return result
    }
    guard case .string(let typeName) = try field("dtype") else { throw malformed("'dtype' is not a string") }
    guard let elementType = FileElement(safetensorsName: typeName) else {
      throw .unknownElementType(path: path, key: name, name: typeName)
    }
    let shape = try integers(field("shape"), "shape")
    guard let needed = FileTensor.byteCount(of: shape, elementType) else {
      throw .invalidShape(path: path, key: name, reason: "\(shape) has a negative length or too many elements")
    }
    let offsets = try integers(field("data_offsets"), "data_offsets")
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

  /// The tensors must cover the data exactly: neither overlaps nor gaps, in which a second file could hide.
  private func checkLayout(path: String, dataCount: Int) throws(FileFormatError) {
    let sorted = entries.sorted {
      ($0.range.lowerBound, $0.range.upperBound, $0.name) < ($1.range.lowerBound, $1.range.upperBound, $1.name)
    }
    var (end, last) = (0, "")
    for entry in sorted {
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
