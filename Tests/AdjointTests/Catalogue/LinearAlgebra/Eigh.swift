@testable import Adjoint

extension Eigh: OperationDeclaration {
  static let samples: [Sample] = [[3, 3], [2, 4, 4], [1, 1], [0, 0]].map { (shape: Shape) in
    Sample("\(shape)", [.uniform(shape, -1...1)]) {
      let (values, vectors) = try! ($0[0] + $0[0].t).eigh()
      return [values, vectors.square(), (vectors * values.square().asRows).times(vectors.t)]
    }
  }
}
