@testable import Adjoint

extension SortedPositions: OperationDeclaration {
  static let samples = [true, false].flatMap { descending in
    ([([5], 0, 5), ([3, 4], 0, 3), ([2, 4, 2], 1, 2), ([0], 0, 0)] as [(Shape, Int, Int)]).map { shape, axis, count in
      Sample("\(count) of \(shape) axis \(axis) descending \(descending)", [.uniform(shape, -2...2)]) {
        [$0[0].gathered($0[0].sortedPositions(axis: axis, descending: descending, count: count), axis: axis)]
      }
    }
  }
}

extension SelectedPositions: OperationDeclaration {
  static let samples = [true, false].flatMap { largest in
    ([([5], 0, 5), ([3, 4], 0, 2), ([2, 70], 1, 1), ([0], 0, 0)] as [(Shape, Int, Int)]).map { shape, axis, count in
      Sample("\(count) of \(shape) axis \(axis) largest \(largest)", [.uniform(shape, -2...2)]) {
        [$0[0].gathered($0[0].selectedPositions(axis: axis, largest: largest, count: count), axis: axis)]
      }
    }
  }
}
