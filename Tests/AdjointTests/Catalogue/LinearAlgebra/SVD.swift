@testable import Adjoint

extension SingularValues: OperationDeclaration {
  static let samples: [Sample] = [[3, 3], [4, 3], [3, 5], [2, 4, 2], [1, 1], [0, 2]].map { (shape: Shape) in
    Sample("\(shape)", [.uniform(shape, -1...1)]) { [try! $0[0].singularValues("svd")] }
  }
}

extension SVD: OperationDeclaration {
  static let samples: [Sample] = [[3, 3], [4, 3], [3, 5], [2, 4, 2], [1, 1], [0, 2]].map { (shape: Shape) in
    // The signs of the vectors are LAPACK's: a function that does not depend on them.
    Sample("\(shape)", [.uniform(shape, -1...1)]) {
      let (u, s, vh) = try! $0[0].svd(fullMatrices: false)
      return [u.square(), s, vh.square(), (u * s.square().asRows).times(vh)]
    }
  }
}
