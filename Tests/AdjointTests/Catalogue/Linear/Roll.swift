@testable import Adjoint

extension Roll: OperationDeclaration {
  static let samples: [Sample] = [([5], 2, 0), ([2, 3], -1, 1), ([4, 3], 7, 0), ([0, 3], 1, 0)].map {
    (shape: Shape, shift: Int, axis: Int) in
    Sample("\(shape) by \(shift) axis \(axis)", [.uniform(shape, -2...2)]) { [$0[0].rolled(axis: axis, by: shift)] }
  }
}
