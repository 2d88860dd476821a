import Adjoint
import AdjointKernels
import Foundation
import Interposer
import Synchronization

/// Runs a program with its n-th request for memory refused: it must throw a typed error and leave nothing behind, stop with a
/// sentence (the parent looks at that), or have the right result because there were fewer requests.
func runRefusing(_ n: Int, _ program: Program) throws {
  BufferPool.shared.limit = 0
  // What is made once, and never given back, is made here.
  let expected = try program.run()
  let before = BufferPool.shared.statistics.bytesInUse
  interposer_refuse(Int64(n))
  var thrown: (any Error)?
  var result: [Double]?
  do { result = try program.run() } catch { thrown = error }
  let requests = interposer_stop()
  if let thrown {
    let after = BufferPool.shared.statistics.bytesInUse
    if after != before {
      fail("\(program.name): \(after - before) bytes are left in use after request \(n) was refused: \(thrown)")
    }
    if try program.run() != expected { fail("\(program.name): another result after request \(n) was refused") }
    print("threw \(thrown)")
  } else if result! != expected {
    fail("\(program.name): a wrong result after request \(n) of \(requests) was refused")
  } else {
    print(n == 0 ? "\(requests)" : requests < n ? "had fewer" : "did without")
  }
}

/// What the children said and how they ended.
private struct Outcomes {
  var requests = 0
  var stopped = 0
  var threw = 0
  var didWithout = 0
  var faults: [String] = []
}

/// Refuses every `step`-th request of every program, each in a process of its own.
func refuseAllocations(every step: Int, only name: String?) {
  if interposer_works() == 0 { return print("limits: no memory can be refused on this system") }
  var faults = 0
  for (number, program) in programs().enumerated() where name == nil || name == program.name {
    guard let count = Int(child(["refuse", "\(number)", "0"]).output) else {
      fail("\(program.name): \(child(["refuse", "\(number)", "0"]))")
    }
    let outcomes = Mutex(Outcomes(requests: count))
    let chosen = Array(stride(from: 1 + number % step, through: count, by: step))
    DispatchQueue.concurrentPerform(iterations: chosen.count) { index in
      let n = chosen[index]
      let result = child(["refuse", "\(number)", "\(n)"])
      outcomes.withLock { outcomes in
        if result.isSignal, let sentence = result.sentence {
          outcomes.stopped += 1
          if !sentence.contains(/^[\w.]+: the system has no memory for \d+ bytes; buffers in use hold \d+ bytes$/) {
            outcomes.faults.append("request \(n): \(sentence)")
          }
        } else if !result.isSignal && result.status == 0 {
          if result.output.hasPrefix("threw") { outcomes.threw += 1 } else { outcomes.didWithout += 1 }
        } else {
          outcomes.faults.append("request \(n): \(result)")
        }
      }
    }
    let found = outcomes.withLock { $0 }
    print(
      "limits: \(program.name): \(found.requests) requests for memory, \(chosen.count) of them refused: \(found.stopped) stopped with "
        + "their sentence, \(found.threw) threw a typed error and left nothing, \(found.didWithout) did without, "
        + "\(found.faults.count) faults")
    for fault in found.faults.prefix(5) { print("  \(fault)") }
    faults += found.faults.count
  }
  if faults > 0 { fail("\(faults) faults") }
}

/// How a child ended.
struct Ending: CustomStringConvertible {
  var output: String
  var errors: String
  var status: Int32
  var isSignal: Bool

  /// What the child said as it stopped, without the stack of a debug build.
  var sentence: String? {
    guard let mark = errors.range(of: "Fatal error: ") else { return nil }
    let end = errors[mark.upperBound...].firstIndex(of: "\n") ?? errors.endIndex
    return String(errors[mark.upperBound..<end]).trimmingCharacters(in: .whitespacesAndNewlines)
  }

  var description: String {
    "\(isSignal ? "signal" : "exit") \(status) \(output) \(errors.suffix(400))".trimmingCharacters(
      in: .whitespacesAndNewlines)
  }
}

/// Runs this program again, with other arguments.
func child(_ arguments: [String]) -> Ending {
  let child = Process()
  child.executableURL = Bundle.main.executableURL
  child.arguments = arguments
  child.environment = ProcessInfo.processInfo.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
  let (output, errors) = (Pipe(), Pipe())
  child.standardOutput = output
  child.standardError = errors
  do { try child.run() } catch { fail("a child could not be started: \(error)") }
  // Neither is longer than a pipe holds.
  let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  let sentence = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  child.waitUntilExit()
  return Ending(
    output: text.trimmingCharacters(in: .whitespacesAndNewlines), errors: sentence, status: child.terminationStatus,
    isSignal: child.terminationReason == .uncaughtSignal)
}
