import Foundation
import FusionFuzzer

/// Random programs under laws that need no reference.
///
/// The programs run in children: one that stops the process is a failure like any other, and the run goes on behind it.
@main struct FusionFuzzerCommand {
  static func main() throws {
    var arguments = Array(CommandLine.arguments.dropFirst())
    switch arguments.first {
    case "--worker": Worker.run(Array(arguments.dropFirst()))
    case "--check": exit(try Worker.check(arguments[1]))
    case "--case": say(FuzzCase(seed: UInt64(arguments[1])!, laws: try Options.laws(arguments.dropFirst(2).first)).text)
    case "--shrink": try Worker.shrink(arguments[1], into: arguments[2])
    case "--help", "-h": say(usage)
    default:
      let options = try Options(&arguments)
      let report = try Supervisor(options).run()
      say(report.summary)
      exit(report.failures.isEmpty ? 0 : 1)
    }
  }

  static let usage = """
    fusion-fuzzer [--from SEED] [--count PROGRAMS] [--minutes M] [--laws rows,steps,loops,layouts,repetition,holds]
                  [--shrink N] [--stop-after FAILURES] [--light]
    fusion-fuzzer --case SEED [LAWS]    print the case of a seed, chosen among these laws, as one line
    fusion-fuzzer --check FILE          run one case, as printed so or in a failure's test

      --from        first seed (0)
      --count       how many seeds (1,000,000, or without end if minutes are given)
      --minutes     stop after so many
      --shrink      how many failures to make smaller (8)
      --stop-after  stop after so many failures (100)
      --light       no large programs
    """
}

struct Options {
  var from: UInt64 = 0
  var count: UInt64?
  var minutes: Double?
  var laws = Law.allCases
  var shrinks = 8
  var stopAfter = 100
  var isLight = false

  init(_ arguments: inout [String]) throws {
    while !arguments.isEmpty {
      let name = arguments.removeFirst()
      if name == "--light" {
        isLight = true
        continue
      }
      guard !arguments.isEmpty else { throw UsageError(name) }
      let value = arguments.removeFirst()
      switch name {
      case "--from": from = try number(value, name)
      case "--count": count = try number(value, name)
      case "--minutes": minutes = try number(value, name)
      case "--shrink": shrinks = try number(value, name)
      case "--stop-after": stopAfter = try number(value, name)
      case "--laws": laws = try Self.laws(value)
      default: throw UsageError(name)
      }
    }
  }

  static func laws(_ text: String?) throws -> [Law] {
    guard let text else { return Law.allCases }
    return try text.split(separator: ",").map { name in
      guard let law = Law(rawValue: String(name)) else { throw UsageError(String(name)) }
      return law
    }
  }

  private func number<Number: LosslessStringConvertible>(_ text: String, _ name: String) throws -> Number {
    guard let number = Number(text) else { throw UsageError("\(name) \(text)") }
    return number
  }

  /// One behind the last seed.
  var end: UInt64 { from &+ (count ?? (minutes == nil ? 1_000_000 : 1 << 62)) }
}

struct UsageError: Error, CustomStringConvertible {
  let description: String
  init(_ argument: String) { description = "\(argument)?\n\(FusionFuzzerCommand.usage)" }
}
