@testable import Adjoint

extension LogicalAnd: OperationDeclaration {
  static let samples = Sample.binaryMask({ $0 && $1 }, operation)
}

extension LogicalOr: OperationDeclaration {
  static let samples = Sample.binaryMask({ $0 || $1 }, operation)
}

extension LogicalXor: OperationDeclaration {
  static let samples = Sample.binaryMask({ $0 != $1 }, operation)
}

extension LogicalNot: OperationDeclaration {
  static let samples = [
    Sample("[2, 5]", [.mask([2, 5])], isSmooth: false, reference: { $0[0] == 0 ? 1 : 0 }) { [operation.apply($0[0])] }
  ]
}

extension Sample {
  fileprivate static func binaryMask(
    _ reference: @escaping @Sendable (Bool, Bool) -> Bool, _ operation: Operation
  ) -> [Sample] {
    ([([2, 5], [2, 5]), ([4, 1], [3]), ([], [6])] as [(Shape, Shape)]).map { a, b in
      Sample(
        "\(a) \(b)", [.mask(a), .mask(b)], isSmooth: false, reference: { reference($0[0] != 0, $0[1] != 0) ? 1 : 0 }
      ) { [operation.apply($0[0], $0[1])] }
    }
  }
}
