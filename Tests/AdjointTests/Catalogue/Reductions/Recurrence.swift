@testable import Adjoint

extension Recurrence: OperationDeclaration {
  static let samples = [false, true].flatMap { transposed in
    ([([5], 0), ([3, 4], 0), ([2, 3, 2], 1), ([1], 0)] as [(Shape, Int)]).map { shape, axis in
      Sample("\(shape) axis \(axis) transposed \(transposed)", [.uniform(shape, -1...1), .uniform(shape, -1...1)]) {
        [$0[0].recurrence($0[1], axis: axis, transposed: transposed)]
      }
    }
  }
}
