import ArgumentParser
import BenchmarkCore

// How options are read. The parser's own message says "invalid value"; these say what would be valid.

/// A list of element types.
struct DataTypes: ExpressibleByArgument {
  var types: [DataType]

  init?(argument: String) {
    types = []
    for word in argument.split(separator: ",", omittingEmptySubsequences: false) {
      switch word {
      case "all": types += DataType.allCases
      case "float32", "float", "f32": types.append(.float32)
      case "float64", "double", "f64": types.append(.float64)
      default: return nil
      }
    }
  }

  init(_ types: [DataType]) { self.types = types }
}

/// A fraction, given as `5%`, `5` or `0.5%`: always percent.
struct Percentage: ExpressibleByArgument {
  var fraction: Double

  init(fraction: Double) { self.fraction = fraction }

  init?(argument: String) {
    let digits = argument.hasSuffix("%") ? String(argument.dropLast()) : argument
    guard let value = Double(digits.trimmingSpaces()), value >= 0, value.isFinite else { return nil }
    fraction = value / 100
  }

  var defaultValueDescription: String { "\(Units.fixed(fraction * 100, 1))%" }
}

extension String {
  fileprivate func trimmingSpaces() -> String { String(filter { $0 != " " }) }
}

/// A time: `0.5`, `0.5s`, `500ms`, `2m`.
struct Duration: ExpressibleByArgument {
  var seconds: Double

  init(seconds: Double) { self.seconds = seconds }

  init?(argument: String) {
    let units: [(String, Double)] = [("ms", 1e-3), ("s", 1), ("m", 60), ("", 1)]
    for (unit, scale) in units where argument.hasSuffix(unit) {
      guard let value = Double(argument.dropLast(unit.count)), value >= 0, value.isFinite else { return nil }
      seconds = value * scale
      return
    }
    return nil
  }

  var defaultValueDescription: String { "\(Units.fixed(seconds, 2))s" }
}

enum OutputFormat: String, CaseIterable, ExpressibleByArgument { case table, markdown, csv, json }

extension Style.Choice: ExpressibleByArgument {}

enum InstructionSet: String, CaseIterable, ExpressibleByArgument { case baseline, avx2, avx512 }
