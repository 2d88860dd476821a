import AdjointKernels

/// Bytes to decode, in memory or in a file, with the name that errors give them.
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

  init(_ bytes: [UInt8], path: String, key: String? = nil) {
    storage = .memory(bytes)
    self.path = path
    self.key = key
  }

  init(path: String) throws(FileFormatError) {
    do {
      storage = .file(try ByteFile(reading: path))
    } catch {
      throw error.isNotFound ? .notFound(path: path) : .unreadable(path: path, reason: error.reason)
    }
    self.path = path
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
    guard count <= available else {
      throw .truncated(path: path, key: key, offset: offset, needed: count, available: available)
    }
    switch storage {
    case .memory(let bytes): return Array(bytes[offset..<offset + count])
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

  static func write(_ parts: [[UInt8]], to path: String) throws(FileFormatError) {
    do { try ByteFile.write(parts, to: path) } catch { throw .unwritable(path: path, reason: error.reason) }
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
