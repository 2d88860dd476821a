import Foundation
import Synchronization
import Testing

@testable import Adjoint

/// The writer replaces a file as a whole, follows links, keeps permissions, and leaves nothing behind.
@Suite struct FileWritingTests {
  private static func mode(_ path: String) throws -> Int {
    try #require(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
  }

  private static func names(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }

  @Test func permissionsStay() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/a.npy"
      try NPY.write(FileTensor([1]), to: path)
      let plain = "\(folder)/plain"
      #expect(FileManager.default.createFile(atPath: plain, contents: nil))
      for mode in [0o600, 0o640, 0o664, 0o777] {
        chmod(path, mode_t(mode))
        try NPY.write(FileTensor([2]), to: path)
        #expect(try Self.mode(path) == mode)
      }
      let new = "\(folder)/new.npy"
      try NPY.write(FileTensor([2]), to: new)
      // As any new file: what the process's mask leaves of 666.
      let mask = umask(0)
      umask(mask)
      #expect(try Self.mode(new) == 0o666 & ~Int(mask))
    }
  }

  @Test func linksStayLinks() throws {
    try withTemporaryFolder { folder in
      try FileManager.default.createDirectory(atPath: "\(folder)/data", withIntermediateDirectories: false)
      try NPY.write(FileTensor([1]), to: "\(folder)/data/a.npy")
      symlink("data/a.npy", "\(folder)/link")
      symlink("link", "\(folder)/second")
      symlink("data/new.npy", "\(folder)/dangling")
      symlink("loop", "\(folder)/loop")
      try NPY.write(FileTensor([2]), to: "\(folder)/second")
      #expect(try NPY.read("\(folder)/data/a.npy") == FileTensor([2]))
      try NPY.write(FileTensor([3]), to: "\(folder)/dangling")
      #expect(try NPY.read("\(folder)/data/new.npy") == FileTensor([3]))
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/second") == "link")
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/dangling") == "data/new.npy")
      let loop = failure { () throws(FileFormatError) in try NPY.write(FileTensor([3]), to: "\(folder)/loop") }
      #expect(loop?.kind == "unwritable")
      #expect(try Self.names("\(folder)/data") == ["a.npy", "new.npy"])
    }
  }

  @Test func onlyRegularFilesAreReplaced() throws {
    try withTemporaryFolder { folder in
      mkfifo("\(folder)/fifo", 0o600)
      symlink("fifo", "\(folder)/link")
      for path in [
        "\(folder)/fifo", "\(folder)/link", folder, "\(folder)/", "/dev/null", "", "\(folder)/a\u{0}b",
        "\(folder)/no/a",
      ] {
        let error = failure { () throws(FileFormatError) in try NPY.write(FileTensor([1]), to: path) }
        #expect(error?.kind == "unwritable", "\(path): \(String(describing: error))")
      }
      let names = try Self.names(folder)
      #expect(names == ["fifo", "link"])
    }
  }

  /// Somebody who guesses a temporary name cannot make the writer write there: the names that the old writer used.
  @Test func plantedFilesAreLeftAlone() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/a.npy"
      let victim = "\(folder)/victim"
      try Data([7]).write(to: URL(filePath: victim))
      symlink("victim", "\(path).\(getpid()).partial")
      try NPY.write(FileTensor([1]), to: path)
      #expect(try Data(contentsOf: URL(filePath: victim)) == Data([7]))
      #expect(try NPY.read(path) == FileTensor([1]))
    }
  }

  @Test func litterOfDeadWritersIsRemoved() throws {
    try withTemporaryFolder { folder in
      // Of a dead writer, of a living one, and two that only look like it.
      let litter = "\(folder)/.adjoint-0123456789abcdef.partial"
      let living = "\(folder)/.adjoint-0123456789abcdee.partial"
      for path in [
        litter, living, "\(folder)/.adjoint-notes.partial", "\(folder)/.adjoint-0123456789abcdef.partial.npy",
      ] {
        try Data([1]).write(to: URL(filePath: path))
      }
      let descriptor = open(living, O_RDONLY)
      defer { close(descriptor) }
      #expect(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
      try NPY.write(FileTensor([1]), to: "\(folder)/a.npy")
      try NPY.write(FileTensor([1]), to: "\(folder)/a.npy")
      #expect(
        try Self.names(folder) == [
          ".adjoint-0123456789abcdee.partial", ".adjoint-0123456789abcdef.partial.npy", ".adjoint-notes.partial",
          "a.npy",
        ])
    }
  }

  /// How often writers are set against each other or killed; `make soak` does it more often.
  private static func rounds(_ few: Int) -> Int {
    ProcessInfo.processInfo.environment["ADJOINT_WRITER_ROUNDS"].flatMap { Int($0) } ?? few
  }

  /// Writers of one path, in four threads and two processes: after each round the file is one writer's, whole.
  ///
  /// Threads of its own, not tasks: those of a full run of the tests queue behind thousands, while the two processes write on.
  @Test func concurrentWritersLeaveOneWholeFile() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/shared.safetensors"
      let writers = try (0..<2).map { _ in try WriterProcess(path, bytes: 100_000) }
      defer { for writer in writers { writer.end() } }
      for round in 0..<Self.rounds(50) {
        let errors = Mutex<[FileFormatError]>([])
        let done = DispatchGroup()
        for thread in 0..<4 {
          done.enter()
          Thread.detachNewThread {
            let bytes = [UInt8](repeating: UInt8(truncatingIfNeeded: round * 4 + thread), count: 50_000 + 1000 * thread)
            let error = failure { () throws(FileFormatError) in
              try SafetensorsFile.write(["x": FileTensor(bytes)], to: path)
            }
            if let error { errors.withLock { $0.append(error) } }
            done.leave()
          }
        }
        done.wait()
        #expect(errors.withLock { $0 } == [], "round \(round)")
        let bytes = try SafetensorsFile(path: path).tensor(named: "x").bytes
        #expect(bytes == [UInt8](repeating: bytes[0], count: bytes.count), "round \(round)")
      }
      for writer in writers { writer.kill() }
      try SafetensorsFile.write([:], to: path)
      #expect(try Self.names(folder) == ["shared.safetensors"])
    }
  }

  /// A writer that is killed, at any moment, loses nothing: the file is the old one or the new one, and the next writer leaves
  /// nothing beside it.
  @Test func killedWritersLoseNothing() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/killed.safetensors"
      try SafetensorsFile.write(["x": FileTensor([UInt8](repeating: 0, count: 2_000_000))], to: path)
      for round in 0..<Self.rounds(20) {
        let writer = try WriterProcess(path, bytes: 2_000_000)
        defer { writer.end() }
        // It is in the midst of a later one.
        writer.waitForFirstFile()
        usleep(UInt32(round * 7919 % 20_000))
        writer.kill()
        let bytes = try SafetensorsFile(path: path).tensor(named: "x").bytes
        #expect(bytes.count == 2_000_000 && bytes == [UInt8](repeating: bytes[0], count: bytes.count), "round \(round)")
        // Between two calls of the system a new file has a name of its own; who is killed there leaves it to the next writer, and
        // this one has removed that of the one before.
        #expect(try Self.names(folder).count <= 2, "round \(round)")
      }
      try SafetensorsFile.write([:], to: path)
      #expect(try Self.names(folder) == ["killed.safetensors"])
    }
  }
}

/// A process that writes a file over and over: `file-fuzzer --write PATH BYTES`.
private struct WriterProcess {
  private let process = Process()
  private let output = Pipe()

  init(_ path: String, bytes: Int) throws {
    let tests = URL(filePath: ProcessInfo.processInfo.arguments[0]).deletingLastPathComponent()
    process.executableURL = tests.appending(path: "file-fuzzer")
    process.arguments = ["--write", path, String(bytes)]
    process.standardOutput = output
    try process.run()
  }

  func waitForFirstFile() {
    #expect(output.fileHandleForReading.readData(ofLength: 1) == Data("\n".utf8))
  }

  func kill() {
    #expect(process.isRunning)
    end()
  }

  func end() {
    if process.isRunning { Foundation.kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
  }
}
