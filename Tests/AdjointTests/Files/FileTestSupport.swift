import Foundation

@testable import Adjoint

enum Fixture {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Fixtures/Files").path

  static func path(_ name: String) -> String { "\(folder)/\(name)" }

  static func bytes(_ name: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(filePath: path(name)))) }

  /// The formula of `Scripts/make_file_fixtures.py`.
  static func values(_ type: FileElement, count: Int = 6) -> FileTensor {
    let index = 0..<count
    let values =
      switch type {
      case .bool: FileTensor(index.map { $0 % 3 == 0 })
      case .float16, .bfloat16, .float32, .float64: FileTensor(index.map { Double($0) / 8 - 1 })
      case .uint8, .uint16, .uint32, .uint64: FileTensor(Array(index))
      default: FileTensor(index.map { $0 - 3 })
      }
    return FileTensor(elementType: type, shape: [2, 3], bytes: values.converted(to: type).bytes)
  }
}

/// Runs with a folder that is removed afterwards.
func withTemporaryFolder(_ body: (String) throws -> Void) throws {
  let folder = FileManager.default.temporaryDirectory.appending(path: "adjoint-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  try body(folder.path)
}

extension FileFormatError {
  /// The case's name: what a table of malformed inputs compares.
  var kind: String { Mirror(reflecting: self).children.first!.label! }
}

/// The error of a closure, or `nil`.
func failure<Result>(_ body: () throws(FileFormatError) -> Result) -> FileFormatError? {
  do {
    _ = try body()
    return nil
  } catch {
    return error
  }
}

/// What a decoder makes of every truncation, and of every byte changed three ways, of a file. Crashes are the
/// failures.
func torment(_ bytes: [UInt8], _ decode: ([UInt8]) throws(FileFormatError) -> Void) -> (accepted: [Int], changed: Int) {
  let accepted = (0..<bytes.count).filter { count in
    failure { () throws(FileFormatError) in try decode(Array(bytes[..<count])) } == nil
  }
  var changed = 0
  for index in bytes.indices {
    for mask: UInt8 in [0x01, 0x80, 0xFF] {
      var copy = bytes
      copy[index] ^= mask
      if failure({ () throws(FileFormatError) in try decode(copy) }) == nil { changed += 1 }
    }
  }
  return (accepted, changed)
}
