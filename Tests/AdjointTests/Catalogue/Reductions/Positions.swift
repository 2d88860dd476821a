@testable import Adjoint

extension ExtremePosition: OperationDeclaration {
  static let samples = [true, false].flatMap { largest in
    ([([5], 0), ([3, 4], 0), ([2, 3, 2], 1), ([2, 3], 1)] as [(Shape, Int)]).map { shape, axis in
      Sample("\(shape) axis \(axis) largest \(largest)", [.uniform(shape, -2...2)], isSmooth: false) {
        [$0[0].extremePosition(axis: axis, largest: largest, "argmax")]
      }
    }
  }
}

extension ExtremeElement: OperationDeclaration {
  static let samples = [true, false].flatMap { largest in
    ([([5], 0), ([3, 4], 0), ([2, 3, 2], 1)] as [(Shape, Int)]).map { shape, axis in
      Sample("\(shape) axis \(axis) largest \(largest)", [.uniform(shape, -2...2)]) {
        [$0[0].gathered($0[0].extremePosition(axis: axis, largest: largest, "max"), axis: axis)]
      }
    }
  }
}
