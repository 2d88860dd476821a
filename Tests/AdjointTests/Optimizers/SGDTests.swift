import Testing

@testable import Adjoint

/// SGD against the numbers of PyTorch 2.15, which `Scripts/make_optimizer_fixtures.py` prints.
@Suite struct SGDTests {
  private func makeParameter() -> Tensor<Float> { Tensor([1, -2, 0.5, 3], requiresGrad: true) }

  /// The gradient of step k = 0, 1, …
  private func gradient(_ step: Int) -> Tensor<Float> {
    Tensor([0.5, -1, 2, 0.25]) * Float(step + 1) - 0.3 * Float(step)
  }

  private func expect(
    _ parameter: Tensor<Float>, _ expected: [Float], _ comment: String = "",
    location: SourceLocation = #_sourceLocation
  ) {
    // PyTorch rounds after each multiplication where a fused multiply-add rounds once.
    let isClose = zip(parameter.scalars, expected).allSatisfy { abs($0 - $1) <= 4 * max(1, abs($1)).ulp }
    #expect(
      isClose && parameter.count == expected.count, "\(comment): got \(parameter.scalars), PyTorch \(expected)",
      sourceLocation: location)
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let options: SGDOptions
    let parameters: [[Float]]
    var testDescription: String { name }
  }

  static let cases = [
    Case(
      name: "plain", options: SGDOptions(learningRate: 0.1),
      parameters: [
        [0.949999988, -1.89999998, 0.300000012, 2.9749999],
        [0.879999995, -1.66999996, -0.0700000003, 2.95499992],
        [0.790000021, -1.30999994, -0.610000014, 2.93999982],
        [0.680000007, -0.819999933, -1.32000005, 2.92999983],
      ]),
    Case(
      name: "momentum", options: SGDOptions(learningRate: 0.1, momentum: 0.9),
      parameters: [
        [0.949999988, -1.89999998, 0.300000012, 2.9749999],
        [0.834999979, -1.58000004, -0.25, 2.93249989],
        [0.641499996, -0.932000101, -1.28500009, 2.87924981],
        [0.357350022, 0.141199857, -2.92650032, 2.82132483],
      ]),
    Case(
      name: "dampening", options: SGDOptions(learningRate: 0.1, momentum: 0.9, dampening: 0.3),
      parameters: [
        [0.949999988, -1.89999998, 0.300000012, 2.9749999],
        [0.856000006, -1.64899993, -0.138999984, 2.93849993],
        [0.708400011, -1.1710999, -0.912100017, 2.89514995],
        [0.498560011, -0.397989929, -2.10488987, 2.84913492],
      ]),
    Case(
      name: "weight decay", options: SGDOptions(learningRate: 0.1, weightDecay: 0.05),
      parameters: [
        [0.944999993, -1.88999999, 0.297499985, 2.96000004],
        [0.870275021, -1.65055001, -0.0739875212, 2.92519999],
        [0.775923669, -1.28229725, -0.613617599, 2.89557409],
        [0.662044048, -0.785885751, -1.32054949, 2.87109613],
      ]),
    Case(
      name: "momentum and weight decay", options: SGDOptions(learningRate: 0.05, momentum: 0.8, weightDecay: 0.1),
      parameters: [
        [0.969999969, -1.93999994, 0.397500008, 2.97250009],
        [0.906149983, -1.76729989, 0.128512487, 2.92563748],
        [0.80553925, -1.44030344, -0.35732013, 2.86601925],
        [0.666022956, -0.926504731, -1.09919965, 2.79899454],
      ]),
    Case(
      name: "nesterov", options: SGDOptions(learningRate: 0.1, momentum: 0.9, nesterov: true),
      parameters: [
        [0.904999971, -1.80999994, 0.119999997, 2.9525001],
        [0.73149997, -1.29199994, -0.745000005, 2.89425015],
        [0.467349976, -0.348800004, -2.21650004, 2.83132505],
        [0.101614989, 1.10707998, -4.40385008, 2.76919246],
      ]),
    Case(
      name: "maximize", options: SGDOptions(learningRate: 0.1, momentum: 0.5, maximize: true),
      parameters: [
        [1.04999995, -2.0999999, 0.699999988, 3.0250001],
        [1.14499998, -2.37999988, 1.16999996, 3.05750012],
        [1.28250003, -2.87999988, 1.94499993, 3.08875012],
        [1.46125007, -3.61999989, 3.04250002, 3.11437511],
      ]),
    Case(
      name: "momentum, weight decay, nesterov and maximize",
      options: SGDOptions(learningRate: 0.03, momentum: 0.7, weightDecay: 0.02, nesterov: true, maximize: true),
      parameters: [
        [1.02447999, -2.04895997, 0.601490021, 3.00969005],
        [1.06619096, -2.17828202, 0.818829477, 3.01961327],
        [1.1259315, -2.4027462, 1.1680845, 3.02819347],
        [1.20424914, -2.73263526, 1.66041553, 3.03432918],
      ]),
    Case(
      name: "momentum, dampening, weight decay and maximize",
      options: SGDOptions(learningRate: 0.03, momentum: 0.7, dampening: 0.5, weightDecay: 0.02, maximize: true),
      parameters: [
        [1.01440001, -2.02880001, 0.559700012, 3.00570011],
        [1.03467572, -2.08285141, 0.656822085, 3.01178837],
        [1.06205833, -2.17406249, 0.805610478, 3.01739669],
        [1.09740746, -2.31075811, 1.01602066, 3.02191734],
      ]),
  ]

  @Test(arguments: cases) func stepsAsPyTorchDoes(_ given: Case) {
    let parameter = makeParameter()
    let optimizer = SGD([SGD.Group([parameter], given.options)])
    for (step, expected) in given.parameters.enumerated() {
      parameter.grad = gradient(step)
      optimizer.step()
      expect(parameter, expected, "\(given.name), step \(step)")
    }
  }

  /// A nil gradient leaves parameter and momentum alone; a gradient of zeros does not.
  @Test func nilAndZeroGradientsDiffer() {
    let skipped = makeParameter()
    let zeroed = makeParameter()
    for (parameter, middle) in [(skipped, nil), (zeroed, Tensor<Float>.zeros(4))] {
      let optimizer = SGD([parameter], learningRate: 0.1, momentum: 0.9, weightDecay: 0.01)
      for g in [gradient(0), middle, gradient(2)] {
        parameter.grad = g
        optimizer.step()
      }
    }
    expect(skipped, [0.812151015, -1.44430208, -0.421249539, 2.928828])
    expect(zeroed, [0.769084752, -1.35816956, -0.584042847, 2.90052915])
  }

  @Test func zeroGradForgetsOrZeroes() {
    let parameter = makeParameter()
    let optimizer = SGD([parameter], learningRate: 0.1)
    (parameter * 2).sum().backward()
    optimizer.zeroGrad(setToNil: false)
    #expect(parameter.grad?.scalars == [0, 0, 0, 0])
    (parameter * 2).sum().backward()
    #expect(parameter.grad?.scalars == [2, 2, 2, 2])
    optimizer.zeroGrad()
    #expect(parameter.grad == nil)
    optimizer.step()
    #expect(parameter.scalars == [1, -2, 0.5, 3])
  }

  @Test func theLearningRateMayChange() {
    let parameter = makeParameter()
    let optimizer = SGD([parameter], learningRate: 0.1, momentum: 0.9, weightDecay: 0.01)
    for (step, rate) in [0.1, 0.01, 0.2].enumerated() {
      optimizer.learningRate = rate
      parameter.grad = gradient(step)
      optimizer.step()
    }
    #expect(optimizer.learningRate == 0.2)
    expect(parameter, [0.545112312, -0.559242487, -1.82741296, 2.84453869])
  }

  @Test func groupsHaveTheirOwnOptions() {
    let (first, second) = (makeParameter(), makeParameter())
    let optimizer = SGD([
      SGD.Group([first], Self.cases[1].options), SGD.Group([second], Self.cases[5].options),
    ])
    for step in 0..<4 {
      for parameter in [first, second] { parameter.grad = gradient(step) }
      optimizer.step()
    }
    expect(first, Self.cases[1].parameters[3])
    expect(second, Self.cases[5].parameters[3])
    optimizer.groups[1].options.learningRate = 0
    for parameter in [first, second] { parameter.grad = gradient(4) }
    optimizer.step()
    expect(second, Self.cases[5].parameters[3])
    #expect(first.scalars != Self.cases[1].parameters[3])
  }

  @Test func restoredStateContinues() {
    let given = Self.cases[7]
    let before = makeParameter()
    let optimizer = SGD([SGD.Group([before], given.options)])
    for step in 0..<2 {
      before.grad = gradient(step)
      optimizer.step()
    }
    let state = optimizer.state
    let saved = Tensor(before.scalars)
    // What the first optimizer goes on to do must not reach the saved state.
    before.grad = gradient(0)
    optimizer.step()

    let after = Tensor(saved, requiresGrad: true)
    let restored = SGD([after], learningRate: 1)
    restored.restore(state)
    for step in 2..<4 {
      after.grad = gradient(step)
      restored.step()
      expect(after, given.parameters[step], "step \(step)")
    }
  }

  @Test func stateBeforeTheFirstStepHasNoBuffers() {
    let optimizer = SGD([makeParameter()], learningRate: 0.1, momentum: 0.9)
    #expect(optimizer.state.momentumBuffers.map { $0.map { $0 == nil } } == [[true]])
    #expect(optimizer.state.options == [SGDOptions(learningRate: 0.1, momentum: 0.9)])
  }

  @Test func theClosureIsTrackedAndItsLossReturned() {
    let parameter = makeParameter()
    let optimizer = SGD([parameter], learningRate: 0.1)
    let losses = (0..<3).map { _ in
      noGrad {
        optimizer.step {
          optimizer.zeroGrad()
          let loss = parameter.square().sum()
          loss.backward()
          return loss
        }.item()
      }
    }
    // p ← p − 0.2·p each time.
    for (step, loss) in losses.enumerated() {
      var expected: Float = 14.25
      for _ in 0..<step { expected *= 0.64 }
      #expect(abs(loss - expected) < 1e-5, "step \(step): loss \(loss), expected \(expected)")
    }
  }

  /// A graph recorded before an update keeps the elements that it was recorded with.
  @Test func anUpdateDoesNotReachAnEarlierGraph() {
    let parameter = makeParameter()
    let optimizer = SGD([parameter], learningRate: 0.1)
    let product = (parameter * parameter).sum()
    parameter.grad = gradient(0)
    optimizer.step()
    optimizer.zeroGrad()
    product.backward()
    #expect(product.item() == 14.25)
    #expect(parameter.grad?.scalars == [2, -4, 1, 6])
  }

  /// Parameters of both types in one optimizer, as trees: each as in an optimizer of its own.
  @Test func parametersOfSeveralTypes() {
    func run(_ step: (Tensor<Float>, Tensor<Double>, [String: Tensor<Double>]) -> [SGD]) -> [Double] {
      let (a, b) = (Tensor<Float>([1, 2, 3], requiresGrad: true), Tensor<Double>([4, 5], requiresGrad: true))
      let named = ["c": Tensor<Double>(6, requiresGrad: true)]
      let optimizers = step(a, b, named)
      for _ in 0..<3 {
        for optimizer in optimizers { optimizer.zeroGrad() }
        (a.square().sum().converted(to: Double.self) * b.sum() * named["c"]! * 1e-3).backward()
        for optimizer in optimizers { optimizer.step() }
      }
      // The state of each continues in another one.
      let continued = step(a, b, named)
      for (old, new) in zip(optimizers, continued) { new.restore(old.state) }
      for optimizer in continued { optimizer.step() }
      return a.scalars.map(Double.init) + b.scalars + named["c"]!.scalars
    }
    let together = run { [SGD($0, $1, $2, learningRate: 0.1, momentum: 0.9)] }
    let apart = run { a, b, c in
      [SGD(a, learningRate: 0.1, momentum: 0.9), SGD([b, c["c"]!], learningRate: 0.1, momentum: 0.9)]
    }
    let listed = run { a, b, c in
      [
        SGD([SGD.Group([AnyTensor(b), AnyTensor(a), AnyTensor(c["c"]!)], SGDOptions(learningRate: 0.1, momentum: 0.9))])
      ]
    }
    #expect(together == apart && together == listed)
  }

  /// Parameters of many sizes in one optimizer, each against the formula.
  @Test func manyParametersOfAllSizes() {
    let sizes = [0, 1, 3, 64, 1000, 5000, 20_001]
    let parameters = sizes.map { Tensor<Double>.full([$0], 1, requiresGrad: true) }
    let optimizer = SGD(parameters, learningRate: 0.5, momentum: 0.5)
    for _ in 0..<3 {
      for parameter in parameters { parameter.grad = Tensor.arange(Double(parameter.count)) }
      optimizer.step()
    }
    // The directions are g, 1.5·g, 1.75·g: 4.25·g in all.
    for parameter in parameters {
      let expected = (0..<parameter.count).map { (k: Int) -> Double in 1 - 2.125 * Double(k) }
      #expect(parameter.scalars == expected)
    }
  }
}
