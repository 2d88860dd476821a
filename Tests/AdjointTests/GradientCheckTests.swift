import Testing

@testable import Adjoint

@Suite struct GradientCheckTests {
  private let x = Tensor<Double>([[0.3, -1.2], [2.1, 0.7]])

  @Test(arguments: [1, 2]) func rightDerivativesPass(order: Int) throws {
    try checkGradients(of: { ($0.sin() * $0.exp()).sum(axis: 0) }, at: x, order: order)
    try checkGradients(of: { (x: [Tensor<Double>]) in x[0].matmul(x[1]).tanh() }, at: [x, x + 1], order: order)
    try checkGradients(of: { $0.square().sum() }, at: Tensor<Float>([0.5, -2]), order: order)
    try checkGradients(of: { (x: Tensor<Double>) in (x * 1e4).square() }, at: Tensor([1000, -3]), order: order)
  }

  @Test func aWrongRuleIsNamed() {
    let wrong = CustomOperation<Double>(
      "Square", forward: { $0[0].square() }, vectorJacobianProduct: { x, _, g in [g * x[0] * 2.001] },
      jacobianVectorProduct: { x, _, t in t[0]! * x[0] * 2 })
    let error = #expect(throws: GradientCheckError.self) { try checkGradients(of: { wrong($0) }, at: self.x) }
    guard case .disagreement("reverse", 1, 0, 0, 0, let derivative, let difference)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(abs(derivative - 0.6003) < 1e-9 && abs(difference - 0.6) < 1e-6)
    #expect(error!.description.contains("output entry 0 by entry 0 of input 0: reverse mode gives 0.6003"))
  }

  @Test func aWrongForwardRuleIsNamed() {
    let wrong = CustomOperation<Double>(
      "Square", forward: { $0[0].square() }, vectorJacobianProduct: { x, _, g in [g * x[0] * 2] },
      jacobianVectorProduct: { x, _, t in t[0]! })
    #expect {
      try checkGradients(of: { wrong($0) }, at: self.x)
    } throws: {
      if case .disagreement("forward", 1, 0, 0, 0, _, _)? = $0 as? GradientCheckError { true } else { false }
    }
  }

  @Test func aWrongSecondOrderIsFound() {
    // Right at first order, but its rule hides from differentiation that it depends on x.
    let wrong = CustomOperation<Double>(
      "Square", forward: { $0[0].square() }, vectorJacobianProduct: { x, _, g in [g * x[0].detached() * 2] })
    #expect(throws: Never.self) { try checkGradients(of: { wrong($0) }, at: self.x) }
    #expect {
      try checkGradients(of: { wrong($0) }, at: self.x, order: 2)
    } throws: {
      if case .disagreement(_, 2, 0, 0, 0, 0, _)? = $0 as? GradientCheckError { true } else { false }
    }
  }

  @Test func kinksAndInfinitiesAreRefused() {
    #expect {
      try checkGradients(of: { $0.relu() }, at: Tensor<Double>([1, 0]))
    } throws: {
      if case .kink(1, 0, 1, 1, let left, let right)? = $0 as? GradientCheckError {
        left == 0 && right == 1
      } else {
        false
      }
    }
    #expect {
      try checkGradients(of: { $0.log() }, at: Tensor<Double>([1, -1]))
    } throws: {
      if case .notFinite("the value", 1, _, _, 1, _)? = $0 as? GradientCheckError { true } else { false }
    }
    #expect {
      try checkGradients(of: { $0.sqrt() }, at: Tensor<Double>([0]))
    } throws: {
      if case .notFinite? = $0 as? GradientCheckError { true } else { false }
    }
  }

  private func expect(_ result: ExitTest.Result?, says text: String, location: SourceLocation = #_sourceLocation) {
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains(text), "expected “\(text)” in: \(message)", sourceLocation: location)
  }

  @Test func anOrderThatIsNone() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      try checkGradients(of: { $0 * 2 }, at: Tensor<Double>([1]), order: 3)
    }
    expect(result, says: "checkGradients: order 3; 1 and 2 are what can be checked")
  }

  @Test func anotherTypeOfElements() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      try checkGradients(of: { $0.converted(to: Double.self) }, at: Tensor<Float>([1]))
    }
    expect(result, says: "checkGradients: input 0 has elements of type float32 and the result float64")
  }
}
