import Foundation
import Testing

@testable import AdjointKernels

/// No array of capacity 0 is made by the standard library's uninitialised initialiser, which would write to the object
/// that all empty arrays share.
@Suite struct UninitializedArrayTests {
  @Test func withoutACapacityNothingIsWritten() {
    let empty = [Int](writing: 0) { _, _ in Issue.record("the body was called for no elements") }
    #expect(empty.isEmpty)
    let two = [Int](writing: 3) { memory, count in
      memory[0] = 7
      memory[1] = 8
      count = 2
    }
    #expect(two == [7, 8])
  }

  @Test func readersOfNothingGiveNothing() throws {
    #expect(Buffer(byteCount: 0).elements(Double.self, count: 0).isEmpty)
    #expect(Buffer(byteCount: 8).elements(Double.self, count: 0).isEmpty)
    #expect(values(of: Float.self, from: []).isEmpty)
    #expect(values(of: Float.self, from: [1, 2, 3]).isEmpty)
    let file = try ByteFile(reading: #filePath)
    #expect(try file.read(at: 0, count: 0).isEmpty)
  }

  /// The write cannot be seen, since it writes what is there: the sources are asked instead.
  @Test func onlyOneInitialiserIsUsed() throws {
    let sources = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../Sources")
      .standardizedFileURL
    let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
    var users: [String] = []
    for case let file as URL in files where file.pathExtension == "swift" {
      if try String(contentsOf: file, encoding: .utf8).contains("unsafeUninitializedCapacity") {
        users.append(file.lastPathComponent)
      }
    }
    #expect(
      users == ["UninitializedArray.swift"],
      "\(users) name unsafeUninitializedCapacity; Array.init(writing:_:) is safe for no elements and is to be used")
  }
}
