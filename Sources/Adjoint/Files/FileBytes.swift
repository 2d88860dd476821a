import AdjointKernels

/// Bytes to decode, in memory or in a file, with the name that errors give them and the limits that hold.
///
/// A file is read piece by piece at the places that its header names: reading one tensor of a large file costs that
/// tensor.
struct FileBytes: Sendable {
  private enum Storage: Sendable {
    case memory([UInt8])
    case file(ByteFile)
  }

  private let storage: Storage
  let path: String
  /// The archive member that errors name, if these bytes are one.
  let key: String?
  let limits: FileLimits

  init(_ bytes: [UInt8], path: String, key: String? = nil, limits: FileLimits) {
    storage = .memory(bytes)
    self.path = path
    self.key = key
    self.limits = limits
  }

  init(path: String, limits: FileLimits) throws(FileFormatError) {
    do {
      storage = .file(try ByteFile(reading: path))
    } catch {
      throw error.isNotFound ? .notFound(path: path) : .unreadable(path: path, reason: error.reason)
    }
    self.path = path
    self.limits = limits
    key = nil
  }

  var count: Int {
    switch storage {
    case .memory(let bytes): bytes.count
    case .file(let file): file.count
    }
  }

  /// Exactly `count` bytes at an offset, or ``FileFormatError/truncated(path:key:offset:needed:available:)``.
  func read(at offset: Int, count: Int) throws(FileFormatError) -> [UInt8] {
    let available = max(0, self.count - offset)
    guard offset <= self.count && count <= available else {
      throw .truncated(path: path, key: key, offset: offset, needed: count, available: available)
    }
    try check(arrays: count)
    switch storage {
    case .memory(let bytes):
      if offset == 0 && count == bytes.count { return bytes }
      guard ArrayMemory.has(count) else { throw .noMemory(path, key, count) }
      return Array(bytes[offset..<offset + count])
    case .file(let file):
      let bytes: [UInt8]
      do { bytes = try file.read(at: offset, count: count) } catch {
        throw .unreadable(path: path, reason: error.reason)
      }
      // The file may have been cut while it was read.
      guard bytes.count == count else {
        throw .truncated(path: path, key: key, offset: offset, needed: count, available: bytes.count)
      }
      return bytes
    }
  }

  /// Whether the arrays that one call reads may take so many bytes.
  func check(arrays bytes: Int) throws(FileFormatError) {
    guard bytes <= limits.arrayBytes else {
      throw .tooLarge(path: path, key: key, what: "the arrays", bytes: bytes, limit: limits.arrayBytes)
    }
  }

  /// Another format that the bytes begin like, or `nil`.
  var otherFormat: String? { (try? read(at: 0, count: min(count, 16))).flatMap { FileSignature.name(of: $0) } }

  static func write(_ parts: [[UInt8]], to path: String) throws(FileFormatError) {
    do { try ByteFile.write(parts, to: path) } catch { throw .unwritable(path: path, reason: error.reason) }
  }
}

/// What a file is by its first bytes.
enum FileSignature {
  private static let known: [(bytes: [UInt8], name: String)] = [
    ([0x93] + Array("NUMPY".utf8), "an npy file"),
    (Array("PK\u{3}\u{4}".utf8), "a zip archive, as npz files and PyTorch's checkpoints are"),
    (Array("PK\u{5}\u{6}".utf8), "an empty zip archive"),
    ([0x89] + Array("HDF\r\n\u{1A}\n".utf8), "an HDF5 file"),
    ([0x1F, 0x8B], "a gzip file"),
    (Array("GGUF".utf8), "a GGUF file"),
    ([0x80, 2], "a Python pickle"), ([0x80, 3], "a Python pickle"), ([0x80, 4], "a Python pickle"),
    ([0x80, 5], "a Python pickle"),
  ]

  /// The first 9 bytes or more decide.
  static func name(of start: [UInt8]) -> String? {
    if start.isEmpty { return "an empty file" }
    // Any length is a safetensors header's, so the brace behind it decides before the short signatures.
    if start.count >= 9 && start[8] == UInt8(ascii: "{") && start[4..<8].allSatisfy({ $0 == 0 }) {
      return "a safetensors file"
    }
    return known.first { start.starts(with: $0.bytes) }?.name
  }
}

/// A little-endian number at an offset of a byte array.
func littleEndian<Number: FixedWidthInteger>(_ type: Number.Type, _ bytes: [UInt8], at offset: Int) -> Number {
  var result: Number = 0
  for index in 0..<Number.bitWidth / 8 {
    result |= Number(truncatingIfNeeded: bytes[offset + index]) << Number(8 * index)
  }
  return result
}
