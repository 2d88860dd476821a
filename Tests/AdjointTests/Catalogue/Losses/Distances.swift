@testable import Adjoint

extension Distances: OperationDeclaration {
  static let samples = [
    Sample("cosine", [.uniform([2, 3], 0.5...2), .uniform([2, 3], -2...2)]) {
      [$0[0].cosineSimilarity($0[1], mask: 2, epsilon: 1e-8)]
    },
    Sample("all pairs", [.uniform([2, 3], 0.5...2), .uniform([4, 3], -2 ... -0.5)]) { x in
      [x[0].onTensors(x[1], { $0.cdist($1) }, { $0.cdist($1) })]
    },
    Sample("all pairs, order 1", [.uniform([2, 3], 0.5...2), .uniform([4, 3], -2 ... -0.5)]) { x in
      [x[0].onTensors(x[1], { $0.cdist($1, order: 1) }, { $0.cdist($1, order: 1) })]
    },
  ]
}

extension Normalize: OperationDeclaration {
  static let samples = ([1, 2, 3] as [Double]).map { order in
    Sample("order \(order)", [.uniform([3, 4], 0.5...2)]) { [$0[0].normalized(order, mask: 2, epsilon: 1e-12)] }
  }
}
