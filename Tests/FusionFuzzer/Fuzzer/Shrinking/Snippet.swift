import Foundation

extension Difference {
  /// The difference as one line; nil if a number in it is not finite.
  public var text: String? { (try? JSONEncoder().encode(self)).map { String(decoding: $0, as: UTF8.self) } }

  public init(text: String) throws { self = try JSONDecoder().decode(Difference.self, from: Data(text.utf8)) }
}

extension FuzzCase {
  /// The case as one line that `--check` and ``init(text:)`` read again.
  public var text: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return String(decoding: try! encoder.encode(self), as: UTF8.self)
  }

  public init(text: String) throws {
    self = try JSONDecoder().decode(FuzzCase.self, from: Data(text.utf8))
  }

  /// A test to paste: the case under its law, and for the laws of single runs the program in plain Swift too.
  public func snippet(_ difference: Difference?) -> String {
    var lines = [
      "/// Found by the fusion fuzzer: seed \(seed), law \(law).",
      "@Test func fuzzerSeed\(seed)() throws {",
      "  let test = try FuzzCase(text: #\"\"\"\n    \(text)\n    \"\"\"#)",
      "  #expect(test.check() == nil)", "}",
    ]
    if law == .rows || law == .steps || law == .loops {
      lines += ["", "/// The same without the fuzzer."] + plainTest(difference)
    } else {
      lines += ["", "/// Its program."] + functionCode
    }
    return lines.joined(separator: "\n")
  }

  private var scalar: String { program.isDouble ? "Double" : "Float" }

  private func plainTest(_ difference: Difference?) -> [String] {
    guard let shapes = program.facets()?.map(\.shape) else { return [] }
    var lines = ["@Test func fuzzerSeed\(seed)Plain() {"] + Self.numbersCode.map { "  " + $0 }
    lines += functionCode.map { "  " + $0 }
    func array(_ seed: UInt64, _ shape: [Int], _ range: String) -> String {
      let count = shape.reduce(1, *)
      return "Tensor<\(scalar)>(numbers(\(seed), \(count), \(range)).map { \(scalar)($0) }, shape: \(shape))"
    }
    lines.append("  let x = [")
    for index in program.inputs.indices {
      if let constant = program.inputs[index].constant {
        lines.append("    Tensor<\(scalar)>.full(\(shapes[index]), \(constant)),")
      } else {
        lines.append("    \(array(program.dataSeed(index, 0), shapes[index], "-1.5...1.5")),")
      }
    }
    lines.append("  ]")
    let points = program.differentiated
    if mode == .jvp || mode == .hvp {
      lines.append("  let t = [")
      for index in points {
        lines.append("    \(array(program.dataSeed(index, 1 << 32), shapes[index], "-1...1")),")
      }
      lines.append("  ]")
    }
    if !mode.isOfOutputs {
      lines.append("  let c = [")
      for (place, output) in program.outputs.enumerated() {
        lines.append("    \(array(program.dataSeed(place, 2 << 32), shapes[output], "-1...1")),")
      }
      lines.append("  ]")
    }
    let at = "[" + points.map { "x[\($0)]" }.joined(separator: ", ") + "]"
    lines.append("  let f = { (p: [Tensor<\(scalar)>]) in run(\(argumentsCode(points))) }")
    switch mode {
    case .value: lines.append("  let results = f(\(at))")
    case .jvp: lines.append("  let results = jvp(of: f, at: \(at), along: t).tangent")
    case .vjp: lines.append("  let results = vjp(of: f, at: \(at)).pullback(c)")
    case .hvp:
      lines.append("  let results = jvp(of: { vjp(of: f, at: $0).pullback(c) }, at: \(at), along: t).tangent")
    case .backward:
      lines += [
        "  let leaves = \(at).map { Tensor($0, requiresGrad: true) }",
        "  zip(f(leaves), c).map { ($0 * $1).sum() }.reduce(Tensor(0)) { $0 + $1 }.backward()",
        "  let results = leaves.map { $0.grad ?? .zeros(like: $0) }",
      ]
    }
    lines.append("  // Read in the order \(order).")
    lines.append("  let elements = results.map(\\.scalars)")
    if let difference {
      let expected = "\(scalar)(\(difference.expected))"
      let element = "elements[\(difference.array)][\(difference.place)]"
      let tolerance = max(abs(difference.expected) * 1e-6, .leastNormalMagnitude)
      lines.append("  #expect(abs(\(element) - \(expected)) <= \(scalar)(\(tolerance)))  // got \(difference.got)")
    }
    return lines + ["}"]
  }

  /// All inputs, with `p` in place of the differentiated ones.
  private func argumentsCode(_ points: [Int]) -> String {
    let names = program.inputs.indices.map { index in
      points.firstIndex(of: index).map { "p[\($0)]" } ?? "x[\(index)]"
    }
    return "[" + names.joined(separator: ", ") + "]"
  }

  /// The program as a Swift function.
  private var functionCode: [String] {
    guard let facets = program.facets() else { return [] }
    let isLoop = program.repeats > 1
    let indent = isLoop ? "    " : "  "
    let isRead = Set(program.steps.flatMap(\.operands) + program.outputs + program.carries.map(\.from))
    let counter = program.steps.contains { $0.drift != 0 || $0.motion != 0 } ? "k" : "_"
    var lines = ["func run(_ x: [Tensor<\(scalar)>]) -> [Tensor<\(scalar)>] {"]
    if isLoop { lines.append("  var x = x") }
    if isLoop { lines += ["  var results: [Tensor<\(scalar)>] = []", "  for \(counter) in 0..<\(program.repeats) {"] }
    func name(_ value: Int) -> String { value < program.inputs.count ? "x[\(value)]" : "v\(value)" }
    for (index, original) in program.steps.enumerated() {
      let place = program.inputs.count + index
      var step = original
      if !isLoop { (step.drift, step.motion) = (0, 0) }
      let code = step.code(
        step.operands.map(name), step.operands.map { facets[$0].shape }, result: facets[place].shape, scalar: scalar)
      lines.append(indent + (isRead.contains(place) ? "let v\(place)" : "_") + " = \(code)")
    }
    let results = "[" + program.outputs.map(name).joined(separator: ", ") + "]"
    if isLoop {
      lines.append("    results = \(results)")
      if !program.carries.isEmpty {
        // The results of the last repetition are those before anything is carried.
        lines.append("    let carried = [" + program.carries.map { name($0.from) }.joined(separator: ", ") + "]")
        for (place, carry) in program.carries.enumerated() { lines.append("    x[\(carry.input)] = carried[\(place)]") }
      }
      lines += ["  }", "  return results"]
    } else {
      lines.append("  return \(results)")
    }
    return lines + ["}"]
  }

  private static let numbersCode = [
    "func numbers(_ seed: UInt64, _ count: Int, _ range: ClosedRange<Double>) -> [Double] {",
    "  (0..<count).map { place in",
    "    var z = seed &+ UInt64(place) &* 0x9E37_79B9_7F4A_7C15",
    "    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9",
    "    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB",
    "    let fraction = Double((z ^ (z >> 31)) >> 11) * 0x1p-53",
    "    return range.lowerBound + fraction * (range.upperBound - range.lowerBound)",
    "  }",
    "}",
  ]
}
