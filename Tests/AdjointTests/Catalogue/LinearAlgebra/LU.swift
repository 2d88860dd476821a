@testable import Adjoint

extension LU: OperationDeclaration {
  static let samples: [Sample] = [[3, 3], [4, 3], [3, 5], [2, 4, 2], [1, 1], [0, 2]].map { (shape: Shape) in
    Sample("\(shape)", [.uniform(shape, -1...1)]) {
      let (_, l, u) = try! $0[0].lu()
      return [l, u]
    }
  }
}
