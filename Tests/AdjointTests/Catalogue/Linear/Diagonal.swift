@testable import Adjoint

extension Diagonal: OperationDeclaration {
  static let samples: [Sample] = [
    ([3, 4], 0, 0, 1), ([3, 4], 2, 0, 1), ([3, 4], -1, 1, 0), ([2, 3, 4], 1, 0, 2), ([2, 3], 5, 0, 1),
    ([0, 3], 0, 0, 1),
  ].map { (shape: Shape, offset: Int, first: Int, second: Int) in
    Sample("\(shape) offset \(offset) axes \(first), \(second)", [.uniform(shape, -2...2)]) {
      [$0[0].diagonal(offset, first, second)]
    }
  }
}

extension DiagonalPlace: OperationDeclaration {
  static let samples: [Sample] = [([3], 0), ([2, 3], 1), ([3], -2), ([0], 0)].map { (shape: Shape, offset: Int) in
    Sample("\(shape) offset \(offset)", [.uniform(shape, -2...2)]) {
      [$0[0].diagonalEmbedded(offset, shape.rank - 1, shape.rank)]
    }
  }
}
