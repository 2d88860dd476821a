import AdjointKernels

@testable import Adjoint

extension Scatter: OperationDeclaration {
  static let samples: [Sample] = [
    Sample(
      "[2, 3] axis 1",
      [.uniform([2, 3], -2...2), .uniform([2, 2], -2...2)]
    ) { x in
      let index = Expression(Node(Value(.of([2, 0, 1, 2] as [Int64])), .int64, [2, 2]))
      return [x[0].scattering(x[1], at: index, axis: 1, operation(1))]
    }
  ]
}
