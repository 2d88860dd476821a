@testable import Adjoint

extension RunningExtremePosition: OperationDeclaration {
  static let samples = [true, false].flatMap { largest in
    ([([5], 0), ([3, 4], 0), ([2, 4, 2], 1), ([0], 0)] as [(Shape, Int)]).map { shape, axis in
      Sample("\(shape) axis \(axis) largest \(largest)", [.uniform(shape, -2...2)]) {
        [$0[0].gathered($0[0].runningExtremePositions(axis: axis, largest: largest), axis: axis)]
      }
    }
  }
}
