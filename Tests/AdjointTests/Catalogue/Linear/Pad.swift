@testable import Adjoint

extension Pad: OperationDeclaration {
  static let samples: [Sample] = [
    ([3], [1, 2], 0), ([2, 3], [1, 0, 0, 2], 1.5), ([4], [-1, 2], 2), ([0], [1, 1], 3),
  ]
  .map { (shape: Shape, padding: [Int], number: Double) in
    Sample("\(shape) by \(padding)", [.uniform(shape, -2...2)]) {
      [$0[0].padded(padding, Expression(number, $0[0].type))]
    }
  }
}
