import Adjoint

/// The same graph from contiguous, strided and broadcast leaves, in turn: each gives what contiguous copies give step by
/// step, and an optimizer's step moves the elements that belong to the leaf.
struct LayoutLaw<Scalar: TensorFloatingPoint> {
  let test: FuzzCase
  let shapes: [[Int]]

  init(_ test: FuzzCase, _ shapes: [[Int]]) {
    self.test = test
    self.shapes = shapes
  }

  func check() -> Difference? {
    var random = SplitMix64(seed: test.choices)
    // A structure is known after it was met a few times: contiguous ones first, or any.
    let turns = 3 + random.below(4)
    let plainTurns = random.below(turns)
    let isTracked = !random.oneIn(4)
    for turn in 0..<turns {
      let layouts = test.program.inputs.map { _ in
        turn < plainTurns ? .contiguous : random.element(of: LeafLayout.allCases)
      }
      let difference = check(
        layouts, variant: UInt64(turn % 2), isTracked: isTracked, steps: random.oneIn(2))
      if let difference { return difference }
    }
    return nil
  }

  private func check(_ layouts: [LeafLayout], variant: UInt64, isTracked: Bool, steps: Bool) -> Difference? {
    let program = test.program
    var plain = program.tensors(Scalar.self, variant: variant)
    var leaves: [Tensor<Scalar>] = []
    for index in program.differentiated {
      let elements = layouts[index].elements(program.elements(ofInput: index, variant: variant), shapes[index])
      plain[index] = Tensor(elements: elements, shapes[index])
      leaves.append(layouts[index].leaf(elements, shapes[index], ofTracked: isTracked))
    }
    let outputs = program.function(plain)(leaves)
    let cotangents = program.cotangents(Scalar.self, shapes: shapes)
    let loss = Fused<Scalar>.loss(outputs, cotangents)
    guard loss.requiresGrad else { return nil }
    loss.backward()
    let names = program.differentiated.map { "\(layouts[$0])" }.joined(separator: ", ")
    let conditioning = Conditioning<Scalar>(program: program, mode: .backward, shapes: shapes)
    let gradients = leaves.map { $0.grad?.doubles ?? Array(repeating: 0, count: $0.count) }
    if let difference = conditioning.fault(
      "gradient (leaves \(names))", got: gradients, expected: conditioning.results(plain), inputs: plain)
    {
      return difference
    }
    guard steps else { return nil }
    return checkStep(leaves, gradients, program.differentiated.map { plain[$0].doubles }, names)
  }

  private func checkStep(
    _ leaves: [Tensor<Scalar>], _ gradients: [[Double]], _ before: [[Double]], _ names: String
  ) -> Difference? {
    let trained = leaves.indices.filter { leaves[$0].grad != nil }
    guard !trained.isEmpty else { return nil }
    SGD(trained.map { leaves[$0] }, learningRate: 0.5).step()
    let expected = trained.map { index in zip(before[index], gradients[index]).map { $0 - 0.5 * $1 } }
    return Difference.first(
      "leaf after SGD (leaves \(names))", trained.map { leaves[$0].doubles }, expected,
      tolerance: Conditioning<Scalar>.tolerance)
  }
}
