import FileFuzzer
import Foundation
import Testing

@testable import Adjoint

/// Files that mean harm are refused: no crash, no hang, no memory beyond what is documented.
@Suite(.serialized) struct HostileFileTests {
  @Test func areRefused() async {
    // In a process of its own: what one file makes it do is seen, and a crash is a failure.
    await #expect(processExitsWith: .success) {
      // A file that hangs a reader ends this process. No limit of speed: all of them take seconds.
      alarm(300)
      let parent = getppid()
      Thread.detachNewThread {
        while getppid() == parent { sleep(1) }
        exit(1)
      }
      var trial = HostileTrial()
      try withTemporaryFolder { folder in
        for (name, bytes) in HostileFiles.all {
          let path = "\(folder)/hostile"
          try Data(bytes).write(to: URL(filePath: path))
          trial.read(path, name, bytes: bytes.count)
        }
        try trial.readSpecialFiles(folder)
      }
      print("\(trial.count) files, \(trial.faults.count) faults")
      for fault in trial.faults { FileHandle.standardError.write(Data("\(fault)\n".utf8)) }
      exit(trial.faults.isEmpty && trial.count >= 250 ? 0 : 1)
    }
  }

  @Test func inMemoryToo() {
    for (name, bytes) in HostileFiles.all where bytes.count < 1 << 20 {
      for reader in FuzzedReader.allCases {
        let fault = reader.fault(bytes)
        #expect(fault == nil, "\(name) as \(reader)")
      }
    }
  }
}

/// Reads files as every format and notes what should not have happened.
private struct HostileTrial {
  var count = 0
  var faults: [String] = []
  private var limits = FileLimits()

  init() { limits.unpackedBytes = 32 << 20 }

  mutating func read(_ path: String, _ name: String, bytes: Int) {
    count += 1
    let limits = limits
    note(name, bytes) { () throws(FileFormatError) in _ = try Tensor<Float>(NPY.read(path, limits: limits)) }
    note(name, bytes) { () throws(FileFormatError) in
      for tensor in try NPZ.read(path, limits: limits).values { _ = try Tensor<Int>(tensor) }
    }
    note(name, bytes) { () throws(FileFormatError) in
      for tensor in try SafetensorsFile(path: path, limits: limits).tensors().values { _ = try Tensor<Bool>(tensor) }
    }
  }

  private mutating func note(_ name: String, _ bytes: Int, _ body: () throws(FileFormatError) -> Void) {
    let before = Self.status("VmRSS")
    // Forgets the peak so far.
    try? "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8)
    var text = ""
    do throws(FileFormatError) {
      try body()
      // A few are well-formed to some reader: an archive with an array, an empty list of tensors.
    } catch {
      text = error.description
    }
    let taken = Self.status("VmHWM") - before
    // Twice the file, 16 times its header, and what unpacking may take; 8 MiB for the allocator.
    let limit =
      max(16 * min(bytes, limits.headerBytes), 2 * bytes, name.contains("npz") ? 3 * limits.unpackedBytes : 0) + 8 << 20
    if taken > limit { faults.append("\(name): took \(taken) bytes for a file of \(bytes)") }
    if text.contains("\n") || text.utf8.count > 4096 { faults.append("\(name): the error is '\(text.prefix(300))'") }
  }

  private static func status(_ field: String) -> Int {
    let text = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix(field) } ?? ""
    return 1024 * (Int(line.filter(\.isNumber)) ?? 0)
  }

  /// What is not a regular file, or is not what it seems.
  mutating func readSpecialFiles(_ folder: String) throws {
    let files = FileManager.default
    func refuse(_ path: String, _ name: String) {
      count += 1
      // A compiler of today stops at an array of closures with typed errors.
      let errors = [
        failure { () throws(FileFormatError) in try NPY.read(path) },
        failure { () throws(FileFormatError) in try NPZ.read(path) },
        failure { () throws(FileFormatError) in try SafetensorsFile(path: path) },
      ]
      for error in errors {
        guard let error else {
          faults.append("\(name): was read")
          continue
        }
        if !["unreadable", "notFound", "wrongFormat", "tooLarge", "truncated", "headerTooLarge"].contains(error.kind) {
          faults.append("\(name): \(error)")
        }
      }
    }
    mkfifo("\(folder)/fifo", 0o600)
    symlink("loop", "\(folder)/loop")
    symlink("nowhere", "\(folder)/dangling")
    symlink("fifo", "\(folder)/link to a fifo")
    for name in ["fifo", "loop", "dangling", "link to a fifo"] { refuse("\(folder)/\(name)", name) }
    for path in [
      "/dev/zero", "/dev/null", "/dev/tty", "/dev/stdin", "/proc/self/mem", "/proc/kmsg", "/proc/self/maps", folder, "",
      "/",
    ] {
      refuse(path, path)
    }
    try Data(NPY.encode(FileTensor([1]))).write(to: URL(filePath: "\(folder)/a.npy"))
    refuse("\(folder)/a.npy\u{0}.txt", "NUL in the path")
    refuse("\(folder)/\(String(repeating: "x", count: 300))", "a name too long")
    refuse("\(folder)/a.npy/b.npy", "a file as a folder")
    let secret = "\(folder)/secret"
    if files.createFile(atPath: secret, contents: Data([1]), attributes: [.posixPermissions: 0]) {
      refuse(secret, "unreadable")
    }
    // Sparse files: terabytes of nothing behind a header that asks for them.
    let length = 1 << 42
    let heads: [(String, [UInt8])] = [
      ("sparse npy", Seeds.npy("{'descr': '|u1', 'fortran_order': False, 'shape': (\(length - 128),)}", [])),
      ("sparse zeros", [0]), ("sparse zip", Array("PK\u{3}\u{4}".utf8)),
    ]
    for (name, head) in heads {
      let path = "\(folder)/sparse"
      try Data(head).write(to: URL(filePath: path))
      truncate(path, length - 128 + (head.count > 10 ? head.count : 0))
      read(path, name, bytes: 1 << 20)
    }
    let text = #"{"a":{"dtype":"U8","shape":[\#(length)],"data_offsets":[0,\#(length)]}}"#
    let path = "\(folder)/sparse.safetensors"
    try Data(Zip.number(UInt64(text.utf8.count), 8) + Array(text.utf8)).write(to: URL(filePath: path))
    truncate(path, 8 + text.utf8.count + length)
    read(path, "sparse safetensors", bytes: 1 << 20)
    let error = failure { () throws(FileFormatError) in try SafetensorsFile(path: path).tensor(named: "a") }
    if error?.kind != "tooLarge" && error?.kind != "unreadable" {
      faults.append("sparse safetensors: \(String(describing: error))")
    }
  }
}
