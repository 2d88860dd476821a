/// A safetensors file: tensors by name behind a JSON header.
///
/// The format (<https://github.com/huggingface/safetensors>) is an 8-byte little-endian header length, a JSON object
/// that gives every tensor's `dtype`, `shape` and `data_offsets`, and the data. The reader trusts nothing: lengths,
/// offsets, overlaps, gaps and sizes are checked before any data are touched, as the reference implementation does.
///
/// Opening reads the header; ``tensor(named:)`` reads that tensor's bytes and no others.
public struct SafetensorsFile: Sendable {
  /// What the header says of a tensor.
  public struct Entry: Sendable, Equatable {
    public let name: String
    public let elementType: FileElement
    public let shape: [Int]
    /// Where the tensor's bytes lie, from the start of the data.
    public let range: Range<Int>
  }

  /// The tensors in the order of the header.
  public let entries: [Entry]

  /// The free-form strings under `__metadata__`.
  public let metadata: [String: String]

  private let bytes: FileBytes
  private let dataStart: Int
  private let places: [String: Int]

  /// The names in the order of the header.
  public var names: [String] { entries.map(\.name) }

  /// Opens a file and checks its header.
  public init(path: String, limits: FileLimits = FileLimits()) throws(FileFormatError) {
    try self.init(FileBytes(path: path, limits: limits))
  }

  /// Checks the header of a file in memory; `path` names it in errors.
  public init(bytes: [UInt8], path: String = "<memory>", limits: FileLimits = FileLimits()) throws(FileFormatError) {
    try self.init(FileBytes(bytes, path: path, limits: limits))
  }

  private init(_ bytes: FileBytes) throws(FileFormatError) {
    let start = try bytes.read(at: 0, count: min(bytes.count, 16))
    if start.count < 9 || start[8] != UInt8(ascii: "{"), let found = FileSignature.name(of: start), !start.isEmpty {
      throw .wrongFormat(path: bytes.path, key: nil, expected: "a safetensors file", found: found)
    }
    let length = littleEndian(UInt64.self, try bytes.read(at: 0, count: 8), at: 0)
    guard length <= UInt64(bytes.limits.headerBytes) else {
      throw .headerTooLarge(path: bytes.path, key: nil, length: length, limit: bytes.limits.headerBytes)
    }
    let text = try bytes.read(at: 8, count: Int(length))
    let header = try SafetensorsHeader(text, path: bytes.path, dataCount: bytes.count - 8 - Int(length))
    entries = header.entries
    metadata = header.metadata
    places = header.places
    dataStart = 8 + Int(length)
    self.bytes = bytes
  }

  /// Reads one tensor.
  public func tensor(named name: String) throws(FileFormatError) -> FileTensor {
    guard let place = places[name] else { throw .missingName(path: bytes.path, key: name, available: names) }
    let entry = entries[place]
    let data = try bytes.read(at: dataStart + entry.range.lowerBound, count: entry.range.count)
    if entry.elementType == .bool, let wrong = data.firstIndex(where: { $0 > 1 }) {
      throw .corrupted(
        path: bytes.path, key: name, offset: dataStart + entry.range.lowerBound + wrong,
        reason: "a Boolean is 0 or 1, not \(data[wrong])")
    }
    return FileTensor(entry.elementType, entry.shape, data, path: bytes.path, key: name)
  }

  /// Reads every tensor.
  public func tensors() throws(FileFormatError) -> [String: FileTensor] {
    // They cover the data exactly.
    try bytes.check(arrays: bytes.count - dataStart)
    var result: [String: FileTensor] = [:]
    for name in names { result[name] = try tensor(named: name) }
    return result
  }

  /// Writes tensors to a file, which appears whole or not at all.
  ///
  /// Larger element types come first and names are sorted within a type, so that every tensor is aligned to its
  /// elements and the same tensors always give the same bytes.
  public static func write(
    _ tensors: [String: FileTensor], metadata: [String: String] = [:], to path: String
  ) throws(FileFormatError) {
    let (header, order) = try SafetensorsHeader.text(of: tensors, metadata: metadata, path: path)
    try FileBytes.write([header] + order.map { tensors[$0]!.bytes }, to: path)
  }

  /// The bytes of a file of these tensors.
  public static func encode(
    _ tensors: [String: FileTensor], metadata: [String: String] = [:]
  ) throws(FileFormatError) -> [UInt8] {
    let (header, order) = try SafetensorsHeader.text(of: tensors, metadata: metadata, path: "<memory>")
    return order.reduce(into: header) { $0 += tensors[$1]!.bytes }
  }
}
