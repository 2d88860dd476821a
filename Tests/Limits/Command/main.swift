/// What the library does at its limits, one program for all of them: each prints what it measured, or says what is wrong and ends
/// with 1.
///
///     swift run -c release limits wide 1000000          # graphs a million wide or deep: time and memory
///     swift run -c release limits wide 1000000 tree     # one of them
///     swift run -c release limits refuse --every 1      # memory refused at every request of every program, one after the other
///     swift run -c release limits stacks 1000000        # everything on stacks of 512 KiB
///     swift run -c release limits train 1000000         # steps without growth
///     swift run -c release limits large                 # arrays of more than 2³¹ elements; 19 GiB

import Foundation

let arguments = Array(CommandLine.arguments.dropFirst())

func fail(_ sentence: String) -> Never {
  FileHandle.standardError.write(Data("limits: \(sentence)\n".utf8))
  exit(1)
}

/// The number that follows the verb.
func number(_ standard: Int) -> Int { arguments.dropFirst().first.flatMap { Int($0) } ?? standard }

#if canImport(Glibc)
  // A core file helps nobody here.
  var none = rlimit(rlim_cur: 0, rlim_max: 0)
  setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
#endif

do {
  switch arguments.first {
  case "wide": measureGraphs(number(1_000_000), only: arguments.dropFirst(2).first)
  case "refuse" where arguments.count == 3 && arguments[1] != "--every":
    guard programs().indices.contains(number(-1)), let n = Int(arguments[2]) else { fail("refuse: no such program") }
    try runRefusing(n, programs()[number(-1)])
  case "refuse":
    let step = arguments.dropFirst(2).first.flatMap { Int($0) } ?? 1
    refuseAllocations(every: max(1, step), only: arguments.dropFirst(3).first)
  case "stacks": try useSmallStacks(number(1_000_000))
  case "train": train(number(1_000_000))
  case "large": useLargeArrays()
  default: fail("wide [count] [name], refuse [--every n] [name], stacks [count], train [count], large")
  }
} catch {
  fail("\(error)")
}
