@testable import Adjoint

extension Embedding: OperationDeclaration {
  static let samples = ([[4], [2, 3], [], [0]] as [Shape]).map { shape in
    Sample("\(shape)", [.uniform([5, 3], -2...2), .indices(shape, below: 5)]) {
      [$0[0].embedding($0[1], padding: nil).square()]
    }
  }
}
