import Foundation
import Testing

@testable import Adjoint

/// Mistakes outside of any macro, whose expansions have lines of their own. The comments mark the lines that are to be named.
private enum Mistakes {
  static func forward() {
    let x = Tensor<Float>([[1, 2], [0, 3]], requiresGrad: true)
    detectAnomaly {
      let y = x * 2
      let z = y.log()  // forward
      _ = z + 1
    }
  }

  /// The value of √0 is fine, its slope is not.
  static func backward() {
    let x = Tensor<Double>([4, 0, 1], requiresGrad: true)
    detectAnomaly {
      let loss = x.sqrt().sum()  // backward
      loss.backward()
    }
  }

  /// 0/0, and NaN − NaN below it.
  static func several() {
    let (x, zero) = (Tensor<Double>([1, 0]), Tensor<Double>([1, 0]))
    detectAnomaly {
      let y = x / zero  // several
      let z = y - y
      print(z.sum().item())
    }
  }

  static func suspending() async {
    let x = Tensor<Double>([0, 1], requiresGrad: true)
    await detectAnomaly {
      await Task.yield()
      _ = x.log()  // suspending
    }
  }

  /// A library of the user's own between: the innermost of the user's functions is named.
  static func nested() {
    detectAnomaly { _ = [Tensor<Double>([1]), Tensor<Double>([0])].map(reciprocal) }
  }

  private static func reciprocal(_ x: Tensor<Double>) -> Tensor<Double> {
    1 / x  // nested
  }

  /// `file:line` of the line with a comment; optimised code knows the file's path within the package only.
  static func place(_ name: String) throws -> String {
    let lines = try String(contentsOfFile: #filePath, encoding: .utf8).split(
      separator: "\n", omittingEmptySubsequences: false)
    return
      "Tests/AdjointTests/Tape/AnomalyTests.swift:\(try #require(lines.firstIndex { $0.hasSuffix("  // \(name)") }) + 1)"
  }
}

/// `detectAnomaly` stops at the first operation that makes something not finite, and says where it was recorded.
@Suite struct AnomalyTests {
  private func expect(
    _ result: ExitTest.Result?, says parts: String..., location: SourceLocation = #_sourceLocation
  ) {
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    for part in parts {
      #expect(message.contains(part), "expected “\(part)” in: \(message)", sourceLocation: location)
    }
  }

  // MARK: Where it stops

  @Test func aForwardValue() async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) { Mistakes.forward() }
    expect(
      result,
      says: "detectAnomaly: the value of Log is -inf at index [1, 0] (forward; its operand has shape [2, 2]); "
        + "Log was recorded at ", "\(try Mistakes.place("forward"))\n")
  }

  @Test func aBackwardValue() async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) { Mistakes.backward() }
    expect(
      result,
      says: "detectAnomaly: the gradient that Sqrt passes to its operand 0 is inf at index [1] (backward; its operand "
        + "has shape [3]); Sqrt was recorded at ", "\(try Mistakes.place("backward"))\n")
  }

  @Test func theFirstOfSeveral() async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) { Mistakes.several() }
    expect(
      result,
      says: "the value of Divide is nan at index [1] (forward; its operands have shapes [2] and [2])",
      try Mistakes.place("several"))
  }

  @Test func theInnermostCaller() async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) { Mistakes.nested() }
    expect(result, says: "is inf at index [0]", try Mistakes.place("nested"))
  }

  @Test func anOperandThatWasNotFinite() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let x = Tensor<Double>([1, .infinity])
      detectAnomaly { _ = Tensor<Double>([1, 1]) * x }
    }
    expect(result, says: "the value of Multiply is inf at index [1]", "operand 1 was not finite already")
  }

  /// Recorded before, computed inside: checked, but nobody knows from where.
  @Test func whatWasRecordedBefore() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let y = Tensor<Double>([0, 1], requiresGrad: true).log()
      detectAnomaly { _ = y.exp().sum() }
    }
    expect(result, says: "the value of Log is -inf at index [0]", "Log was recorded outside of detectAnomaly")
  }

  @Test func aGivenGradient() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let x = Tensor<Double>([1, 2], requiresGrad: true)
      detectAnomaly { (x * 3).backward(Tensor([1, .nan])) }
    }
    expect(result, says: "the gradient of the value of Multiply, of shape [2], is nan at index [1] (backward")
  }

  @Test func asynchronousFunctions() async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      await Mistakes.suspending()
    }
    expect(result, says: "the value of Log is -inf at index [0]", try Mistakes.place("suspending"))
  }

  @Test func gradientsAsValuesAndFunctions() async {
    let values = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let x = Tensor<Double>([0, 1], requiresGrad: true)
      detectAnomaly { _ = gradients(of: x.sqrt().sum(), withRespectTo: [x]) }
    }
    expect(values, says: "the gradient that Sqrt passes to its operand 0 is inf at index [0]")
    let function = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      detectAnomaly { _ = grad(of: { (x: Tensor<Double>) in x.sqrt().sum() })([0, 1]) }
    }
    expect(
      function, says: "the gradient that Sqrt passes to its operand 0 is inf at index [0]", "Sqrt was recorded at ")
  }

  /// A hook's replacement is checked like any gradient.
  @Test func whatAHookReturns() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let x = Tensor<Double>([1, 2], requiresGrad: true)
      let y = x * 3
      y.registerHook { $0 / 0 }
      detectAnomaly { y.sum().backward() }
    }
    expect(result, says: "the gradient of the value of Multiply, of shape [2], is inf at index [0]")
  }

  // MARK: Where it does not

  @Test func finiteWorkIsLeftAlone() throws {
    let x = Tensor<Double>([1, 2, 3], requiresGrad: true)
    func work() throws -> [Tensor<Double>] {
      x.zeroGrad()
      let y = (x * x).exp().softmax(axis: 0)
      let loss = (y * y).sum() + (x.log() * 2).mean()
      loss.backward()
      let square = x.reshaped(3, 1).matmul(x.reshaped(1, 3)) + Tensor([[1, 0, 0], [0, 1, 0], [0, 0, 1]])
      let factor = try square.cholesky()
      return [
        y, loss, x.grad!, factor, jacobian(of: { $0 * $0.sum() }, at: x.detached()),
        hessian(of: { ($0 * $0 * $0).sum() }, at: x.detached()), vmap { $0 * 2 }(x.detached()),
        hvp(of: { $0.exp().sum() }, at: x.detached(), along: [1, 0, 1]),
        jvp(of: { $0.sin() }, at: x.detached(), along: [1, 0, 1]).tangent,
        gradients(of: (x * x * x).sum(), withRespectTo: [x], createGraph: true)[0],
      ]
    }
    let expected = try work().map(\.scalars)
    let found = try detectAnomaly(work).map(\.scalars)
    for (a, b) in zip(found, expected) {
      #expect(zip(a, b).allSatisfy { abs($0 - $1) <= 1e-12 * abs($1) }, "\(a), expected \(b)")
    }
  }

  @Test func integersAndTruthValuesAreNotChecked() {
    detectAnomaly {
      let x = Tensor<Int64>([1, 2, .max])
      #expect((x * 2).scalars == [2, 4, -2])
      #expect((x .> 1).scalars == [false, true, true])
    }
  }

  @Test func itEndsWithItsBody() async throws {
    struct Failure: Error {}
    #expect(throws: Failure.self) { try detectAnomaly { throw Failure() } }
    await #expect(throws: Failure.self) {
      try await detectAnomaly {
        await Task.yield()
        throw Failure()
      }
    }
    #expect(!AnomalyMode.isEnabled)
    #expect((Tensor<Double>([0]).log() * 2).item() == -.infinity)
  }

  /// The mode of one task is nobody else's.
  @Test func otherTasksAreLeftAlone() async {
    await withTaskGroup(of: Double.self) { group in
      for index in 0..<16 {
        group.addTask {
          if index.isMultiple(of: 2) {
            return await detectAnomaly {
              await Task.yield()
              return (Tensor<Double>([1]).log() + Double(index)).item()
            }
          }
          await Task.yield()
          return Tensor<Double>([0]).log().item()
        }
      }
      for await value in group { #expect(value >= 0 || value == -.infinity) }
    }
  }
}
