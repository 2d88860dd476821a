@testable import Adjoint

extension MedianPosition: OperationDeclaration {
  static let samples = ([([5], 0), ([3, 4], 0), ([2, 4, 2], 1)] as [(Shape, Int)]).map { shape, axis in
    Sample("\(shape) axis \(axis)", [.uniform(shape, -2...2)]) {
      [$0[0].gathered($0[0].medianPosition(axis: axis), axis: axis)]
    }
  }
}

extension Median: OperationDeclaration {
  static let samples = ([[5], [3, 4], [1]] as [Shape]).map { shape in
    Sample("\(shape)", [.uniform(shape, -2...2)]) { [$0[0].median()] }
  }
}
