import AdjointKernels

@testable import Adjoint

extension Convert: OperationDeclaration {
  static let samples = [
    Sample("to Int and back", [.uniform([3, 4], -5...5)], isSmooth: false, reference: { $0[0].rounded(.towardZero) }) {
      [$0[0].converted(to: .int64).converted(to: $0[0].type)]
    },
    Sample("to Bool and back", [.values([0, -0.0, 2, .nan], [4])], isSmooth: false, reference: { $0[0] != 0 ? 1 : 0 }) {
      [$0[0].converted(to: .bool).converted(to: $0[0].type)]
    },
  ]
}
