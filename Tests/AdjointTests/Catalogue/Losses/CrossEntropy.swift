@testable import Adjoint

extension NegativeLogLikelihood: OperationDeclaration {
  static let samples = ([([4, 3], [4], 3), ([3], [], 3), ([2, 3, 4], [2, 4], 3)] as [(Shape, Shape, Int)]).flatMap {
    scores, labels, classes in
    [
      Sample("\(scores)", [.uniform(scores, -2...0), .indices(labels, below: classes)]) {
        [$0[0].negativeLogLikelihood($0[1], .negativeLogLikelihood).losses]
      }
    ]
  }
}

extension CrossEntropy: OperationDeclaration {
  static let samples =
    ([([4, 3], [4], 3), ([3], [], 3), ([2, 3, 4], [2, 4], 3)] as [(Shape, Shape, Int)]).flatMap {
      scores, labels, classes in
      [0, 0.2].map { smoothing in
        Sample("\(scores) smoothing \(smoothing)", [.uniform(scores, -2...2), .indices(labels, below: classes)]) {
          [$0[0].crossEntropy($0[1], labelSmoothing: smoothing)]
        }
      }
    }
    + ([[4, 3], [3], [2, 3, 4]] as [Shape]).flatMap { shape in
      [0, 0.2].map { smoothing in
        Sample("\(shape) probabilities, smoothing \(smoothing)", [.uniform(shape, -2...2), .uniform(shape, 0...1)]) {
          [$0[0].crossEntropy(probabilities: $0[1], labelSmoothing: smoothing)]
        }
      }
    }
}
