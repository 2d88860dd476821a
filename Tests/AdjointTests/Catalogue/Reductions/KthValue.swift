@testable import Adjoint

extension RankedPosition: OperationDeclaration {
  static let samples = ([([5], 0, 2), ([3, 4], 0, 0), ([2, 4, 2], 1, 3), ([70], 0, 33)] as [(Shape, Int, Int)]).map {
    shape, axis, rank in
    Sample("rank \(rank) of \(shape) axis \(axis)", [.uniform(shape, -2...2)]) {
      [$0[0].gathered($0[0].rankedPosition(axis: axis, rank), axis: axis)]
    }
  }
}
