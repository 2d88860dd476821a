@testable import Adjoint

extension Einsum: OperationDeclaration {
  static let samples: [Sample] =
    ([
      ("ij,jk->ik", [[2, 3], [3, 4]]), ("ij->ji", [[2, 3]]), ("ii->i", [[3, 3]]), ("ii", [[3, 3]]), ("ij->", [[2, 3]]),
      ("i,j->ij", [[2], [3]]), ("bij,bjk->bik", [[2, 3, 4], [2, 4, 2]]), ("...ij,...jk", [[2, 2, 3], [3, 4]]),
      ("ijk,jil->kl", [[2, 3, 4], [3, 2, 5]]), ("ij,jk,kl->il", [[2, 3], [3, 4], [4, 2]]), ("i,i->", [[4], [4]]),
      ("bi,bi->b", [[2, 3], [2, 3]]), ("iij,j->i", [[3, 3, 2], [2]]), ("ij,kj->ik", [[0, 3], [2, 3]]),
      (",i", [[], [3]]),
    ] as [(String, [Shape])]).map { equation, shapes in
      Sample("\(equation) \(shapes)", shapes.map { .uniform($0, -1...1) }) { [Expression.einsum(equation, $0)] }
    }
}
