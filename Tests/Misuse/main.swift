/// Calls the public functions with what they must refuse, each call in a process of its own, and compares the sentences.
///
///     swift run -c release misuse            # all, against Tests/Misuse/sentences.txt
///     swift run -c release misuse --record   # writes that file: read the difference before it is committed
///     swift run -c release misuse --case N   # one, in this process
///
///     swift run -c release misuse --every N  # every N-th
///
/// Whatever the file says, a sentence begins with the name of the function that was called and comes from this package,
/// not from the runtime.

import Foundation
import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

let arguments = CommandLine.arguments.dropFirst()
let misuses = allMisuses()
if arguments.first == "--case", let number = arguments.dropFirst().first.flatMap({ Int($0) }) {
  #if canImport(Glibc)
    // A core file helps nobody here.
    var none = rlimit(rlim_cur: 0, rlim_max: 0)
    setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
  #endif
  do { try misuses[number].call() } catch {
    FileHandle.standardError.write(Data("threw \(error)\n".utf8))
    exit(2)
  }
  exit(0)
}

/// What a child said, as one line, and how it ended.
func outcome(_ number: Int) -> String {
  let child = Process()
  child.executableURL = Bundle.main.executableURL
  child.arguments = ["--case", "\(number)"]
  child.environment = ProcessInfo.processInfo.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
  let pipe = Pipe()
  child.standardError = pipe
  child.standardOutput = FileHandle.nullDevice
  do { try child.run() } catch { return "could not be started: \(error)" }
  let pid = child.processIdentifier
  let watch = DispatchWorkItem { kill(pid, SIGKILL) }
  DispatchQueue.global().asyncAfter(deadline: .now() + 60, execute: watch)
  let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  child.waitUntilExit()
  watch.cancel()
  if child.terminationReason == .exit { return child.terminationStatus == 0 ? "accepted" : text.trimmed }
  if child.terminationStatus == SIGKILL { return "did not end within a minute" }
  guard let mark = text.range(of: "Fatal error: ") else { return "trapped without a sentence: \(text.trimmed)" }
  // A debug build goes on with the stack.
  let end = text.range(of: "\nCurrent stack trace:")?.lowerBound ?? text.endIndex
  return mark.upperBound <= end ? String(text[mark.upperBound..<end]).trimmed : text.trimmed
}

extension String {
  var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}

/// What is wrong with a sentence whatever it should be; nil for nothing.
func fault(_ sentence: String, _ misuse: Misuse) -> String? {
  if misuse.name == "accepted" { return sentence == "accepted" ? nil : "is no acceptance" }
  if !sentence.hasPrefix(misuse.name + ": ") { return "does not begin with “\(misuse.name): ”" }
  if sentence.contains("\n") { return "is more than one line" }
  return nil
}

let stride = arguments.first == "--every" ? arguments.dropFirst().first.flatMap({ Int($0) }) ?? 1 : 1
let chosen = Array(Swift.stride(from: 0, to: misuses.count, by: max(stride, 1)))
let outcomes = Mutex<[Int: String]>([:])
DispatchQueue.concurrentPerform(iterations: chosen.count) { index in
  let number = chosen[index]
  // Memory differs from machine to machine.
  let sentence = outcome(number).replacing(/at most \d+ bytes of memory/, with: "at most … bytes of memory")
  outcomes.withLock { $0[number] = sentence }
}
let sentences = outcomes.withLock { $0 }
func line(_ number: Int) -> String { "\(misuses[number].text) → \(sentences[number]!)" }

let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("sentences.txt")
if arguments.first == "--record" {
  try (chosen.map(line).joined(separator: "\n") + "\n").write(to: file, atomically: true, encoding: .utf8)
}
let recorded = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init)
var faults = 0
for number in chosen {
  if let fault = fault(sentences[number]!, misuses[number]) {
    faults += 1
    print("misuse \(number): the outcome \(fault): \(line(number))")
  } else if number >= recorded.count || recorded[number] != line(number) {
    faults += 1
    print(
      "misuse \(number): \(line(number))\n  where sentences.txt has: \(number < recorded.count ? recorded[number] : "nothing")"
    )
  }
}
if recorded.count != misuses.count {
  faults += 1
  print("misuse: sentences.txt has \(recorded.count) lines for \(misuses.count) calls")
}
let allowedCount = chosen.count { misuses[$0].name == "accepted" }
print(
  "misuse: \(chosen.count - allowedCount) misuses and \(allowedCount) calls at the limits of what is allowed, \(faults) of them "
    + "with another outcome than they must have")
exit(faults == 0 ? 0 : 1)
