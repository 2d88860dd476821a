import Adjoint

/// What a program keeps, reads early or differentiates twice changes no result: values held by variables and read after
/// `backward()`, the loss read before it, two passes over one retained graph, gradients added up over two graphs.
struct HoldLaw<Scalar: TensorFloatingPoint> {
  let test: FuzzCase
  let shapes: [[Int]]

  private var program: Program { test.program }

  init(_ test: FuzzCase, _ shapes: [[Int]]) {
    self.test = test
    self.shapes = shapes
  }

  func check() -> Difference? {
    var random = SplitMix64(seed: test.choices)
    let inputs = program.tensors(Scalar.self)
    let leaves = program.differentiated.map { Tensor(inputs[$0], requiresGrad: true) }
    let cotangents = program.cotangents(Scalar.self, shapes: shapes)
    let rounds = 1 + random.below(2)
    var passes = 0
    var held: [Int: Tensor<Scalar>] = [:]
    var retained: [Int: Tensor<Scalar>] = [:]
    var losses: [Double] = []
    for round in 0..<rounds {
      var values = program.values(program.inputs(inputs, with: leaves))
      let loss = Fused<Scalar>.loss(program.outputs.map { values[$0] }, cotangents)
      guard loss.requiresGrad else { return nil }
      if round == 0 {
        for place in program.inputs.count..<program.valueCount where random.oneIn(4) {
          held[place] = values[place]
          // Only these make a tensor of their own in any case: a flipped row of one element may be that element.
          let isOwn = program.steps[place - program.inputs.count].verb.family == .unary
          if random.oneIn(3) && isOwn && values[place].requiresGrad {
            values[place].retainGrad()
            retained[place] = values[place]
          }
        }
      }
      if random.oneIn(4) { _ = values[random.below(values.count)].scalars }
      values = []
      if random.oneIn(2) { losses.append(Double(loss.item())) }
      if random.oneIn(3) {
        loss.backward(retainGraph: true)
        passes += 1
      }
      loss.backward()
      passes += 1
      losses.append(Double(loss.item()))
      // Only the first graph's values are held; its passes alone count for their gradients.
      if round == 0, let difference = compareRetained(retained, passes, inputs) { return difference }
    }
    return compare(leaves, held, losses, passes, inputs, cotangents)
  }

  private var stepwise: Stepwise<Scalar> { Stepwise(program: program) }

  private func compareRetained(
    _ retained: [Int: Tensor<Scalar>], _ passes: Int, _ inputs: [Tensor<Scalar>]
  ) -> Difference? {
    // In a loop a value's last repetition is the one that is held.
    guard !retained.isEmpty else { return nil }
    let cotangents = stepwise.run(.vjp, inputs, shapes: shapes).valueCotangents
    for (place, tensor) in retained {
      guard let cotangent = cotangents[place] else { continue }
      guard let gradient = tensor.grad else { continue }
      if let difference = Difference.between(
        "gradient of the held value", place, gradient.doubles, cotangent.doubles.map { $0 * Double(passes) },
        tolerance: loose)
      {
        return difference
      }
    }
    return nil
  }

  private func compare(
    _ leaves: [Tensor<Scalar>], _ held: [Int: Tensor<Scalar>], _ losses: [Double], _ passes: Int,
    _ inputs: [Tensor<Scalar>], _ cotangents: [Tensor<Scalar>]
  ) -> Difference? {
    let conditioning = Conditioning<Scalar>(program: program, mode: .backward, shapes: shapes)
    let gradients = leaves.map { leaf in
      leaf.grad?.doubles.map { $0 / Double(passes) } ?? Array(repeating: 0, count: leaf.count)
    }
    if let difference = conditioning.fault(
      "gradient (\(passes) passes)", got: gradients, expected: conditioning.results(inputs), inputs: inputs)
    {
      return difference
    }
    let values = stepwise.values(inputs)
    for (place, tensor) in held.sorted(by: { $0.key < $1.key }) {
      if let difference = Difference.between(
        "held value", place, tensor.doubles, values[place].doubles, tolerance: loose)
      {
        return difference
      }
    }
    // Every reading of the loss is that of the same program.
    let expected = Double(noGrad { Fused<Scalar>.loss(program.outputs.map { values[$0] }, cotangents) }.item())
    let count = program.outputs.reduce(0) { $0 + shapes[$1].reduce(1, *) }
    return Difference.between(
      "loss", 0, losses, losses.map { _ in expected }, tolerance: loose * Double(count).squareRoot())
  }

  private var loose: Double { Scalar.self == Float.self ? 2e-3 : 1e-8 }
}
