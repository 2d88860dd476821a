@testable import Adjoint

extension TriangularSolve: OperationDeclaration {
  static let samples: [Sample] = [
    ([3, 3], [3, 2], true, true, false), ([3, 3], [3, 2], false, true, true),
    ([2, 3, 3], [4, 3], false, false, false),
    ([3, 3], [2, 3, 1], true, true, true), ([0, 0], [0, 2], true, true, false), ([1, 1], [1, 0], true, true, false),
  ].map { (a: Shape, b: Shape, upper: Bool, left: Bool, unit: Bool) in
    Sample("\(a) \(b) \(upper) \(left) \(unit)", [.uniform(a, 0.5...1.5), .uniform(b, -1...1)]) {
      [$0[0].triangularSolve($0[1], upper: upper, left: left, unitriangular: unit)]
    }
  }
}
