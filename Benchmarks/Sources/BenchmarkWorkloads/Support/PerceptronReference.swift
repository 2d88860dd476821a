/// A perceptron with relu and cross entropy in plain loops, with its gradient written out by hand.
struct PerceptronReference {
  let layers: [Int]
  let images: [Double]
  let labels: [Int]

  /// The mean loss and its gradient with respect to weights and biases, in the order of the parameters.
  func lossAndGradients(_ parameters: [[Double]]) -> (loss: Double, gradients: [[Double]]) {
    var gradients = parameters.map { [Double](repeating: 0, count: $0.count) }
    var loss = 0.0
    for (sample, label) in labels.enumerated() {
      var activations = [Array(images[sample * layers[0]..<(sample + 1) * layers[0]])]
      for layer in 0..<layers.count - 1 {
        let isLast = layer == layers.count - 2
        activations.append(
          forward(activations[layer], parameters[2 * layer], parameters[2 * layer + 1], rectified: !isLast))
      }
      let scores = activations[layers.count - 1]
      let largest = scores.max()!
      let sum = scores.reduce(0) { $0 + Reference.exp($1 - largest) }
      loss += Reference.log(sum) + largest - scores[label]
      var back = scores.enumerated().map { index, score in
        (Reference.exp(score - largest) / sum - (index == label ? 1 : 0)) / Double(labels.count)
      }
      for layer in (0..<layers.count - 1).reversed() {
        back = backward(back, activations[layer], parameters[2 * layer], &gradients, layer)
      }
    }
    return (loss / Double(labels.count), gradients)
  }

  private func forward(_ x: [Double], _ weights: [Double], _ bias: [Double], rectified: Bool) -> [Double] {
    var y = bias
    for (i, value) in x.enumerated() where value != 0 {
      for j in 0..<y.count { y[j] += value * weights[i * y.count + j] }
    }
    return rectified ? y.map { max($0, 0) } : y
  }

  /// Adds a layer's gradients, and returns the gradient with respect to what went into it.
  private func backward(
    _ back: [Double], _ x: [Double], _ weights: [Double], _ gradients: inout [[Double]], _ layer: Int
  ) -> [Double] {
    let columns = back.count
    for j in 0..<columns { gradients[2 * layer + 1][j] += back[j] }
    guard layer > 0 else {
      for (i, value) in x.enumerated() {
        for j in 0..<columns { gradients[0][i * columns + j] += value * back[j] }
      }
      return []
    }
    var result = [Double](repeating: 0, count: x.count)
    for (i, value) in x.enumerated() where value > 0 {
      for j in 0..<columns {
        gradients[2 * layer][i * columns + j] += value * back[j]
        result[i] += weights[i * columns + j] * back[j]
      }
    }
    return result
  }
}
