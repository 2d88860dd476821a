import Adjoint
import AdjointKernels

/// How a case ended.
public enum Verdict: Sendable, Equatable {
  case passed
  /// The first quantity that differs, and by how much.
  case failed(String)
  /// An operation or an attribute that the runner does not know.
  case unsupported(String)
}

extension ConformanceFolder {
  /// Runs one case and compares everything that it expects.
  public func run(_ test: ConformanceCase) -> Verdict {
    do {
      let difference =
        test.isSinglePrecision ? try firstDifference(test, Float.self) : try firstDifference(test, Double.self)
      return difference.map { .failed($0) } ?? .passed
    } catch let error as Unsupported {
      return .unsupported(error.what)
    } catch {
      return .failed("\(error)")
    }
  }

  private func firstDifference<Real: TensorFloatingPoint & FileScalar>(
    _ test: ConformanceCase, _: Real.Type
  ) throws -> String? {
    let comparison = Comparison(relative: test.relativeTolerance, absolute: test.absoluteTolerance)
    func real(_ key: String) throws -> Tensor<Real> {
      let file = try tensor(test, key).converted(to: Real.fileElement)
      return Tensor(file.values(as: Real.self)!, shape: Shape(file.shape))
    }
    /// The first difference between tensors and what the file holds under `prefix`.name.
    func compare(_ got: [any ConformanceTensor], _ names: [String], _ prefix: String) throws -> String? {
      for (name, got) in zip(names, got) {
        let expected = try tensor(test, "\(prefix).\(name)")
        if let difference = comparison.difference(got, expected) { return "\(prefix).\(name) \(difference)" }
      }
      return nil
    }

    var fixed: [String: any ConformanceTensor] = [:]
    for name in test.inputs where !test.differentiable.contains(name) { fixed[name] = try input(test, name, real) }
    let program = Program<Real>(test: test, table: OperationTable(), fixed: fixed)
    let variables = try test.differentiable.map { try real("in.\($0)") }

    let outputs = try program(variables)
    if test.expected.contains("output"), let difference = try compare(outputs, test.outputs, "out") {
      return difference
    }
    let floating = test.outputs.indices.filter { outputs[$0] is Tensor<Real> }
    func differentiated(_ variables: [Tensor<Real>]) throws -> [Tensor<Real>] {
      let outputs = try program(variables)
      return floating.map { outputs[$0] as! Tensor<Real> }
    }
    let names = floating.map { test.outputs[$0] }
    if test.expected.isDisjoint(with: ["vjp", "jvp", "hvp"]) { return nil }

    let cotangents =
      test.expected.isDisjoint(with: ["vjp", "hvp"]) ? [] : try names.map { try real("cotangent.\($0)") }
    if test.expected.contains("vjp") {
      let gradients = try vjp(of: differentiated, at: variables).pullback(cotangents)
      if let difference = try compare(gradients, test.differentiable, "vjp") { return difference }
    }
    if test.expected.isDisjoint(with: ["jvp", "hvp"]) { return nil }
    let tangents = try test.differentiable.map { try real("tangent.\($0)") }
    if test.expected.contains("jvp") {
      let derivatives = try jvp(of: differentiated, at: variables, along: tangents).tangent
      if let difference = try compare(derivatives, names, "jvp") { return difference }
    }
    if test.expected.contains("hvp") {
      // Forward over reverse: the derivative of the pullback, with the cotangents held fixed.
      let second = try jvp(
        of: { try vjp(of: differentiated, at: $0).pullback(cotangents) }, at: variables, along: tangents
      ).tangent
      if let difference = try compare(second, test.differentiable, "hvp") { return difference }
    }
    return nil
  }

  private func input<Real>(
    _ test: ConformanceCase, _ name: String, _ real: (String) throws -> Tensor<Real>
  ) throws -> any ConformanceTensor {
    let file = try tensor(test, "in.\(name)")
    let shape = Shape(file.shape)
    switch file.elementType {
    case .int64: return Tensor<Int>(file.values(as: Int.self)!, shape: shape)
    case .bool: return Tensor<Bool>(file.values(as: Bool.self)!, shape: shape)
    case .float64, .float32: return try real("in.\(name)")
    default: throw Unsupported(what: "inputs of type \(file.elementType.rawValue)")
    }
  }
}

/// When numbers count as equal.
struct Comparison {
  let relative, absolute: Double

  /// Where and by how much an array differs from the expected one; nil if it does not.
  func difference(_ got: any ConformanceTensor, _ expected: FileTensor) -> String? {
    guard got.shape.dimensions == expected.shape else {
      return "has shape \(got.shape), expected \(Shape(expected.shape))"
    }
    let numbers = expected.converted(to: .float64).values(as: Double.self)!
    var worst: (place: Int, got: Double, expected: Double, excess: Double)?
    var count = 0
    for (place, (g, e)) in zip(got.reals, numbers).enumerated() where !agrees(g, e) {
      count += 1
      let excess = abs(g - e) / (absolute + relative * abs(e))
      if worst == nil || excess > worst!.excess || !excess.isFinite { worst = (place, g, e, excess) }
    }
    guard let worst else { return nil }
    return "differs in \(count) of \(numbers.count) elements: at \(index(worst.place, got.shape)) got \(worst.got), "
      + "expected \(worst.expected), off by \(abs(worst.got - worst.expected)) (\(worst.excess) times the tolerance)"
  }

  private func agrees(_ got: Double, _ expected: Double) -> Bool {
    if expected.isNaN || got.isNaN { return expected.isNaN && got.isNaN }
    if expected.isInfinite || got.isInfinite { return got == expected }
    return abs(got - expected) <= absolute + relative * abs(expected)
  }

  private func index(_ place: Int, _ shape: Shape) -> [Int] {
    var rest = place
    return shape.dimensions.reversed().map { extent in
      defer { rest /= extent }
      return rest % extent
    }.reversed()
  }
}
