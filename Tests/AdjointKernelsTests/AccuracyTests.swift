import CKernels
import Foundation
import Testing

/// The errors of the transcendental functions, in units in the last place.
///
/// Float against the C library's Double functions over the bit patterns of all numbers; Double against values that
/// `Reference/make_reference.py` computed with many digits and rounded correctly. To measure densely and to write
/// the table of the documentation:
///
///     ADJOINT_ACCURACY_TABLE=Documentation/accuracy.md swift test --filter AccuracyTests
@Suite struct AccuracyTests {
  /// The largest error allowed: one unit on every instruction set with fused multiply-adds. Without them the C library
  /// computes Float through Double, and Double as well as it can.
  private static func bound(_ table: String, _ isFloat: Bool) -> Double {
    hasFusedFunctions(table) || isFloat ? 1 : 3
  }

  private static func hasFusedFunctions(_ table: String) -> Bool {
    #if arch(arm64)
      true
    #else
      table != "baseline"
    #endif
  }

  private static let names = mathematicalFunctions.map(\.name) + ["atan2", "hypot", "power"]

  struct Worst {
    var error = 0.0
    var argument = ""
  }

  /// [function][instruction set]
  typealias Errors = [String: [String: Worst]]

  private static let tablePath = ProcessInfo.processInfo.environment["ADJOINT_ACCURACY_TABLE"]

  private func checkBounds(_ errors: Errors, _ type: String) {
    for (name, worsts) in errors {
      for (table, worst) in worsts {
        let limit = Self.bound(table, type == "Float")
        #expect(
          worst.error <= limit, "\(name) \(type) on \(table): \(worst.error) ulp at \(worst.argument), bound \(limit)")
      }
    }
  }

  @Test func float() throws {
    checkBounds(floatErrors(stride: 40_099), "Float")
  }

  @Test func double() throws {
    checkBounds(try doubleErrors(), "Double")
  }

  @Test(.enabled(if: tablePath != nil)) func writeTable() throws {
    let floats = floatErrors(stride: 1_021)
    let doubles = try doubleErrors()
    let tables = KernelTable.all.map(\.name)
    var text = """
      # Accuracy of the transcendental kernels

      The functions are written once, on lanes, and give the same bits on every instruction set with fused
      multiply-adds (AVX2, AVX-512, NEON): `FunctionTests` and `make test-aarch64` compare them. Each is within one unit in
      the last place in both types. The baseline of x86-64, without fused multiply-adds, calls the C library's Double
      functions one by one, for Float too. `logaddexp` and `xlogy` are made of these functions; the first promises no
      digits where its terms cancel, the second rounds twice.

      Float: every 1,021st bit pattern (pairs: 783,000 random ones), compared with the C library's Double functions;
      `make test-functions` does it for all 2³² arguments. Double: the arguments of
      `Tests/AdjointKernelsTests/Reference/references.txt`, compared with correctly rounded values (so an error of 1
      may be just over one half); `make test-functions` compares a million more with MPFR's 120 digits.
      Arithmetic, square roots and rounding are exact or correctly rounded and the same on every instruction set.

      Over all 2³² Floats the largest errors were, with the Double kernels as reference: acosh 0.87, asinh 0.90, atanh 0.64, cosh 0.73,
      erf 0.89, erfc 0.86, log2 0.92, sigmoid 0.78, tanh 1.00; over every third: acos 0.68, asin 0.71, atan 0.91, log1p 0.90,
      sinh 0.80; over every 16th: exp 0.91, exp2 0.85, log 0.80, log10 0.84. Double, 60,000 random arguments (erf 300,000)
      against MPFR: tanh 0.99, the others below 0.9.

      Regenerate this table with

          ADJOINT_ACCURACY_TABLE=Documentation/accuracy.md swift test --filter AccuracyTests

      | function |\(tables.map { " Float \($0) |" }.joined())\(tables.map { " Double \($0) |" }.joined())
      |---|\(tables.map { _ in "---:|---:|" }.joined())

      """
    for name in Self.names.sorted() {
      let cells = [floats, doubles].flatMap { errors in
        tables.map { errors[name]?[$0].map { String(format: "%.2f", $0.error) } ?? "–" }
      }
      text += "| \(name) | \(cells.joined(separator: " | ")) |\n"
    }
    try text.write(toFile: Self.tablePath!, atomically: true, encoding: .utf8)
  }

  private func floatErrors(stride: UInt32) -> Errors {
    var errors: Errors = [:]
    let tables = KernelTable.all
    let block = 8192
    var x = [Float](repeating: 0, count: block)
    var y = x
    for f in mathematicalFunctions {
      var worsts = [Worst](repeating: Worst(), count: tables.count)
      var next: UInt64 = 0
      while next <= UInt64(UInt32.max) {
        var n = 0
        while n < block && next <= UInt64(UInt32.max) {
          x[n] = Float(bitPattern: UInt32(next))
          n += 1
          next += UInt64(stride)
        }
        let exact = (0..<n).map { f.value(Double(x[$0])) }
        for (index, table) in tables.enumerated() {
          table.loop(f.operation, CK_FLOAT32)!(&y, x, nil, nil, Int64(n))
          for i in 0..<n {
            let error = floatError(y[i], exact[i])
            if error > worsts[index].error { worsts[index] = Worst(error: error, argument: "\(x[i])") }
          }
        }
      }
      for (index, table) in tables.enumerated() { errors[f.name, default: [:]][table.name] = worsts[index] }
    }
    for f in mathematicalFunctions2 where Self.names.contains(f.name) {
      let (x, z) = floatPairs(count: max(20_000, Int(800_000_000 / stride)))
      let exact = x.indices.map { f.value(Double(x[$0]), Double(z[$0])) }
      for table in tables {
        var y = x
        var worst = Worst()
        table.loop(f.operation, CK_FLOAT32)!(&y, x, z, nil, Int64(x.count))
        for i in x.indices {
          let error = floatError(y[i], exact[i])
          if error > worst.error { worst = Worst(error: error, argument: "\(x[i]), \(z[i])") }
        }
        errors[f.name, default: [:]][table.name] = worst
      }
    }
    return errors
  }

  /// Half of them any numbers at all, half of them of ordinary size.
  private func floatPairs(count: Int) -> (x: [Float], z: [Float]) {
    var bits = [UInt32](repeating: 0, count: 2 * count)
    ck_philox_bits(&bits, [20, 26], 0, Int64(bits.count))
    var x: [Float] = []
    var z: [Float] = []
    for i in 0..<count {
      let any = (Float(bitPattern: bits[2 * i]), Float(bitPattern: bits[2 * i + 1]))
      let ordinary = (Float(bits[2 * i]) * 0x1p-28, Float(Int32(bitPattern: bits[2 * i + 1])) * 0x1p-26)
      x.append(i % 2 == 0 ? any.0 : ordinary.0)
      z.append(i % 2 == 0 ? any.1 : ordinary.1)
    }
    return (x, z)
  }

  /// A wrong special value is infinitely wrong; a result beyond the largest finite number counts as the next one.
  private func floatError(_ got: Float, _ exact: Double) -> Double {
    let rounded = Float(exact)
    if got == rounded { return rounded.isInfinite ? 0 : abs(Double(got) - exact) / Double(rounded.ulp) }
    if got.isNaN || rounded.isNaN { return got.isNaN && rounded.isNaN ? 0 : .infinity }
    let limit = Float.greatestFiniteMagnitude
    if rounded.isInfinite || got.isInfinite {
      return abs(got) >= limit && abs(rounded) >= limit && (got < 0) == (rounded < 0) ? 1 : .infinity
    }
    return abs(Double(got) - exact) / Double(rounded.ulp)
  }

  private func doubleErrors() throws -> Errors {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    let text = try String(contentsOf: folder.appending(path: "Reference/references.txt"), encoding: .utf8)
    var errors: Errors = [:]
    for section in text.split(separator: "= ") {
      let lines = section.split(separator: "\n")
      let name = String(lines[0])
      let values = lines.dropFirst().map { line in
        line.split(separator: " ").map { Double(bitPattern: UInt64($0, radix: 16)!) }
      }
      let arguments = (0..<(values[0].count - 1)).map { column in values.map { $0[column] } }
      let unary = mathematicalFunctions.first { $0.name == name }?.operation
      let binary = mathematicalFunctions2.first { $0.name == name }?.operation
      let operation = try #require(unary ?? binary, "references.txt names an unknown function: \(name)")
      for table in KernelTable.all {
        var y = [Double](repeating: 0, count: values.count)
        table.loop(operation, CK_FLOAT64)!(&y, arguments[0], arguments.last!, nil, Int64(values.count))
        var worst = Worst()
        for (i, row) in values.enumerated() {
          let expected = row.last!
          let error = y[i] == expected ? 0 : abs(y[i] - expected) / expected.ulp
          // Not `>`: NaN must not pass.
          if !(error <= worst.error) {
            worst = Worst(error: error.isNaN ? .infinity : error, argument: "\(row.dropLast())")
          }
        }
        errors[name, default: [:]][table.name] = worst
      }
    }
    return errors
  }
}
