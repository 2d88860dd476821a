import Foundation
import FusionFuzzer

/// What runs in a child.
enum Worker {
  /// Checks the cases of seeds, a line each failure. `--worker FROM END LAWS LIGHT PROGRESS`
  static func run(_ arguments: [String]) {
    let (from, end) = (UInt64(arguments[0])!, UInt64(arguments[1])!)
    let laws = arguments[2].split(separator: ",").map { Law(rawValue: String($0))! }
    let isLight = arguments[3] == "light"
    // The parent reads there which program it was that stopped this process.
    let progress = open(arguments[4], O_WRONLY)
    for seed in from..<end {
      var mark = seed
      _ = withUnsafeBytes(of: &mark) { pwrite(progress, $0.baseAddress, 8, 0) }
      if let difference = FuzzCase(seed: seed, laws: laws, isLight: isLight).check() {
        say("failed\t\(seed)\t\(difference)")
      }
      // So that the parent can stop a run by closing the pipe, and count.
      if seed % 64 == 63 { say("at\t\(seed)") }
    }
    say("done\t\(end)")
  }

  /// 0 if the case of a file passes, 3 if it fails.
  static func check(_ path: String) throws -> Int32 {
    let test = try FuzzCase(text: String(contentsOfFile: path, encoding: .utf8))
    guard let difference = test.check() else { return 0 }
    say(difference)
    say(difference.text ?? "")
    return 3
  }

  /// Makes a case smaller in this process, and writes each smaller one down, since the next may stop the process.
  static func shrink(_ path: String, into result: String) throws {
    let test = try FuzzCase(text: String(contentsOfFile: path, encoding: .utf8))
    let deadline = ContinuousClock.now + .seconds(30)
    var shrinker = Shrinker { candidate in
      guard ContinuousClock.now < deadline, candidate.check() != nil else { return false }
      try? candidate.text.write(toFile: result, atomically: true, encoding: .utf8)
      return true
    }
    _ = shrinker.shrink(test)
  }
}
