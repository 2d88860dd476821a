@testable import Adjoint

extension HouseholderProduct: OperationDeclaration {
  static let samples = ([([3, 3], [2]), ([2, 4, 3], [2, 3]), ([4, 1], [1]), ([3, 2], [0])] as [(Shape, Shape)]).map {
    vectors, factors in
    Sample("\(vectors) \(factors)", [.uniform(vectors, -1...1), .uniform(factors, 0.5...1.5)]) {
      [$0[0].householderProduct($0[1])]
    }
  }
}
