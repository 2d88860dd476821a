@testable import Adjoint

extension LinearLayer: OperationDeclaration {
  static let samples =
    ([([4, 3], [2, 3], [2]), ([3], [2, 3], [2]), ([2, 4, 3], [5, 3], [5])] as [(Shape, Shape, Shape)]).map {
      x, weight, bias in
      Sample("\(x) \(weight)", [.uniform(x, -1...1), .uniform(weight, -1...1), .uniform(bias, -1...1)]) {
        [$0[0].matmul($0[1].transposedMatrix()) + $0[2]]
      }
    }
}
