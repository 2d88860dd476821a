import Adjoint

/// x ↦ W₂·relu(W₁·x + b₁) + b₂, for a batch of rows x at a time.
struct Perceptron {
  let weights1, bias1, weights2, bias2: Tensor<Float>

  init(inputs: Int, hidden: Int, classes: Int) {
    weights1 = Self.weights(inputs, hidden)
    bias1 = .zeros(hidden, requiresGrad: true)
    weights2 = Self.weights(hidden, classes)
    bias2 = .zeros(classes, requiresGrad: true)
  }

  var parameters: [Tensor<Float>] { [weights1, bias1, weights2, bias2] }

  /// The scores of each class: [rows, inputs] → [rows, classes].
  func callAsFunction(_ x: Tensor<Float>) -> Tensor<Float> {
    let hidden = (x.matmul(weights1) + bias1).relu()
    return hidden.matmul(weights2) + bias2
  }

  /// Variance 2/inputs keeps the size of signals through relu (He et al. 2015, arXiv:1502.01852).
  private static func weights(_ inputs: Int, _ outputs: Int) -> Tensor<Float> {
    Tensor(.randn(inputs, outputs) * (2 / Float(inputs)).squareRoot(), requiresGrad: true)
  }
}
