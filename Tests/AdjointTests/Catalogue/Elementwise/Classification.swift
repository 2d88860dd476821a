@testable import Adjoint

extension IsNaN: OperationDeclaration {
  static let samples = [
    Sample("[5]", [special], isSmooth: false, reference: { $0[0].isNaN ? 1 : 0 }) { [operation.apply($0[0])] }
  ]

  fileprivate static let special = Sample.Input.values([0, .nan, .infinity, -.infinity, -1.5], [5])
}

extension IsInfinite: OperationDeclaration {
  static let samples = [
    Sample("[5]", [IsNaN.special], isSmooth: false, reference: { $0[0].isInfinite ? 1 : 0 }) {
      [operation.apply($0[0])]
    }
  ]
}

extension IsFinite: OperationDeclaration {
  static let samples = [
    Sample("[5]", [IsNaN.special], isSmooth: false, reference: { $0[0].isFinite ? 1 : 0 }) { [operation.apply($0[0])] }
  ]
}
