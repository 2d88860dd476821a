@testable import Adjoint

extension Attention: OperationDeclaration {
  static let samples = [false, true].map { isCausal in
    Sample("causal \(isCausal)", [.uniform([2, 3, 4], -1...1), .uniform([2, 5, 4], -1...1)]) { x in
      [
        x[0].onTensors(
          x[1], { scaledDotProductAttention($0, $1, $1, isCausal: isCausal) },
          { scaledDotProductAttention($0, $1, $1, isCausal: isCausal) })
      ]
    }
  }
}
