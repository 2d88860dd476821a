import Adjoint
import BenchmarkCore

/// One full step of training a multilayer perceptron: 784-256-128-10, relu, cross entropy, SGD with momentum 0.9.
enum Training {
  static let layers = [784, 256, 128, 10]

  static let workloads = [
    Workload(
      id: "training/mlp", summary: "a training step of a 784-256-128-10 perceptron: forward, backward, SGD",
      kind: .arithmetic, sizeMeaning: "images per batch", defaultSizes: [128], largestSize: 65_536,
      shape: { [$0, layers[0]] }, bytesFormula: "5·p·s + b·784·s, p = 235,146 parameters",
      flopsFormula: "6·b·p − 2·b·784·256",
      cost: { item in
        let weights = zip(layers, layers.dropFirst()).map { $0 * $1 }
        let count = weights.reduce(0, +) + layers.dropFirst().reduce(0, +)
        let batch = item.shape[0]
        // The gradient with respect to the images is not needed: one product less.
        let flops = 6 * batch * weights.reduce(0, +) - 2 * batch * weights[0]
        return .init(bytes: (5 * count + item.count) * item.dataType.size, flops: flops, items: batch)
      },
      prepare: { item in prepared(item, { prepare(item, $0) }, { prepare(item, $0) }) })
  ]

  private static func prepare<Scalar: TensorFloatingPoint>(
    _ item: WorkloadCase, _ type: Scalar.Type
  ) -> PreparedWorkload {
    let batch = item.shape[0]
    let images = Inputs.tensor([batch, layers[0]], in: 0...1, seed: 1, type)
    let digits = (0..<batch).map { $0 * 7 % 10 }
    let labels = Tensor<Int>(digits)
    var parameters: [Tensor<Scalar>] = []
    for (index, (inputs, outputs)) in zip(layers, layers.dropFirst()).enumerated() {
      let reach = 1 / Double(inputs).squareRoot()
      let seed = UInt64(2 * index + 2)
      parameters.append(Inputs.tensor([inputs, outputs], in: -reach...reach, seed: seed, type, requiresGrad: true))
      parameters.append(Inputs.tensor([outputs], in: -reach...reach, seed: seed + 1, type, requiresGrad: true))
    }
    let optimizer = SGD(parameters, learningRate: 0.01, momentum: 0.9)
    let network = parameters

    func loss() -> Tensor<Scalar> {
      let first = (images.matmul(network[0]) + network[1]).relu()
      let second = (first.matmul(network[2]) + network[3]).relu()
      return crossEntropy(second.matmul(network[4]) + network[5], labels)
    }
    func step() {
      optimizer.zeroGrad()
      loss().backward()
      optimizer.step()
    }
    return PreparedWorkload(
      run: step,
      verify: {
        let before = network.map { $0.scalars.map { Double($0) } }
        let reference = PerceptronReference(layers: layers, images: images.scalars.map { Double($0) }, labels: digits)
        let (want, gradients) = reference.lossAndGradients(before)
        let got = loss().item()
        step()
        if let difference = Check.number(got, want, tolerance: 1e-4) { return "loss: \(difference)" }
        // The first momentum buffer is the gradient itself, so the parameters show it.
        for (index, parameter) in network.enumerated() {
          let difference = Check.elements(
            parameter.scalars, count: before[index].count, scale: 0.1, tolerance: Check.tolerance(type)
          ) { before[index][$0] - 0.01 * gradients[index][$0] }
          if let difference { return "parameter \(index): \(difference)" }
        }
        return nil
      })
  }
}
