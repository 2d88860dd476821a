import AdjointKernels
import Foundation
import Testing

@testable import Adjoint

/// Tests/Limits at sizes that a test can have; `make test-limits`, `make soak` and `make test-large` go further.
@Suite struct LimitsTests {
  private func run(_ arguments: String...) throws -> (status: Int32, report: String) {
    let child = Process()
    child.executableURL = try #require(Bundle.main.executableURL).resolvingSymlinksInPath().deletingLastPathComponent()
      .appendingPathComponent("limits")
    child.arguments = arguments
    let pipe = Pipe()
    child.standardOutput = pipe
    child.standardError = pipe
    try child.run()
    let report = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    child.waitUntilExit()
    return (child.terminationReason == .exit ? child.terminationStatus : -child.terminationStatus, report)
  }

  @Test func wideAndDeepGraphs() throws {
    let (status, report) = try run("wide", "3000")
    #expect(status == 0, "\(report)")
  }

  /// Every 23rd request of every program for memory is refused.
  @Test func refusedMemory() throws {
    let (status, report) = try run("refuse", "--every", "23")
    #expect(status == 0, "\(report)")
  }

  @Test func stacksOfHalfAMebibyte() throws {
    let (status, report) = try run("stacks", "20000")
    #expect(status == 0, "\(report)")
    #expect(report.contains("of stack, by"), "\(report)")
  }

  @Test func stepsWithoutGrowth() throws {
    let (status, report) = try run("train", "5000")
    #expect(status == 0, "\(report)")
  }
}

#if os(Linux)
  /// The process's address space is limited to what it has and so many bytes more.
  private func limitMemory(to bytes: Int) {
    let pages = Int(try! String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")[0])!
    var limit = rlimit()
    limit.rlim_cur = rlim_t(pages * sysconf(Int32(_SC_PAGESIZE)) + bytes)
    limit.rlim_max = limit.rlim_cur
    setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
  }

  /// Where there is no memory for an array, one sentence says so, or a typed error.
  @Suite struct MemoryRefusalTests {
    private func sentence(_ result: ExitTest.Result?) -> String {
      String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    }

    @Test func scalars() async {
      let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let x = Tensor<Double>.ones(20_000_000).evaluate()
        limitMemory(to: 40 << 20)
        _ = x.scalars
      }
      #expect(
        sentence(result).contains(
          /Fatal error: scalars: the system has no memory for 160000000 bytes; buffers in use hold \d+ bytes/),
        "\(sentence(result))")
    }

    @Test func buffers() async {
      let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        let x = Tensor<Double>.ones(20_000_000).evaluate()
        limitMemory(to: 40 << 20)
        _ = (x * 2).evaluate()
      }
      #expect(
        sentence(result).contains(
          /Fatal error: Buffer: the system has no memory for 16000\d+ bytes; buffers in use hold \d+ bytes/),
        "\(sentence(result))")
    }

    @Test func files() async {
      let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
        try withTemporaryFolder { folder in
          let path = folder + "/large.npy"
          try NPY.write(FileTensor(Tensor<Float>.ones(30_000_000)), to: path)
          BufferPool.shared.trim()
          limitMemory(to: 30 << 20)
          do {
            _ = try NPY.read(path)
            fatalError("120 MB were read where there are 30")
          } catch let error as FileFormatError {
            guard case .unreadable(path, _) = error else { fatalError("\(error)") }
          }
        }
      }
      #expect(result != nil, "\(sentence(result))")
    }
  }
#endif
