import Foundation
import FusionFuzzer
import Testing

/// Into the message of an exit test that fails.
private func report(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }

/// A bounded run of the fuzzer, each law in a process of its own: a program that stops one is a failure like any other.
/// `make fuzz-fusion` runs many more.
@Suite struct FusionFuzzerTests {
  @Test(arguments: Law.allCases) func law(_ law: Law) async {
    let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) { [law] in
      // Each law's programs are its own: the same seeds would give two laws the same ones.
      let first = UInt64(1_000_000 * (Law.allCases.firstIndex(of: law)! + 1))
      for seed in first..<first + (law == .rows || law == .steps ? 150 : 50) {
        let test = FuzzCase(seed: seed, laws: [law], isLight: true)
        // The last line is the program that stopped the process, if one did.
        report("seed \(seed), law \(law), \(test.mode), read \(test.order)\n\(test.text)")
        guard let difference = test.check() else { continue }
        report("\(difference)\n\(test.snippet(difference))")
        var shrinker = Shrinker(budget: 200) { $0.check() != nil }
        let smaller = shrinker.shrink(test)
        report("smaller: \(smaller.snippet(smaller.check()))")
        fatalError("law \(law) does not hold for seed \(seed): \(difference)")
      }
    }
    let message = String(decoding: result?.standardErrorContent.suffix(8000) ?? [], as: UTF8.self)
    #expect(result != nil, "\(message)")
  }

  /// A seed gives the same program always, and a program survives being written down.
  @Test func casesAreValues() throws {
    for seed in UInt64(0)..<200 {
      let test = FuzzCase(seed: seed, isLight: true)
      #expect(test == FuzzCase(seed: seed, isLight: true))
      #expect(try FuzzCase(text: test.text) == test)
      #expect(test.isValid, "seed \(seed)")
    }
  }

  /// The shrinker keeps what fails, and nothing else.
  @Test func shrinking() {
    var shrinker = Shrinker { $0.text.contains("\"tanh\"") }
    for seed in UInt64(0)..<400 {
      let test = FuzzCase(seed: seed, laws: [.rows], isLight: true)
      guard test.text.contains("\"tanh\"") else { continue }
      let smaller = shrinker.shrink(test)
      #expect(smaller.text.contains("\"tanh\"") && smaller.isValid && smaller.operationCount == 1, "\(smaller.text)")
      return
    }
    Issue.record("no program with a tanh")
  }
}
