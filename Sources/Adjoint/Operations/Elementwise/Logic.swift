import AdjointKernels
import CKernels

/// Both.
enum LogicalAnd: OperationDeclaration {
  static let operation = Operation.elementwise(undifferentiable: "LogicalAnd", CK_LOGICAL_AND)

  static let samples = Sample.binaryMask({ $0 && $1 }, operation)
}

/// Either or both.
enum LogicalOr: OperationDeclaration {
  static let operation = Operation.elementwise(undifferentiable: "LogicalOr", CK_LOGICAL_OR)

  static let samples = Sample.binaryMask({ $0 || $1 }, operation)
}

/// Exactly one.
enum LogicalXor: OperationDeclaration {
  static let operation = Operation.elementwise(undifferentiable: "LogicalXor", CK_LOGICAL_XOR)

  static let samples = Sample.binaryMask({ $0 != $1 }, operation)
}

/// Neither more nor less than false.
enum LogicalNot: OperationDeclaration {
  static let operation = Operation.elementwise(undifferentiable: "LogicalNot", CK_LOGICAL_NOT)

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

extension Tensor where Scalar == Bool {
  /// Where both masks are true. The shapes broadcast.
  public static func .& (a: Tensor, b: Tensor) -> Tensor {
    Tensor(LogicalAnd.operation.apply(a.expression, b.expression))
  }
  /// Where either mask is true. The shapes broadcast.
  public static func .| (a: Tensor, b: Tensor) -> Tensor {
    Tensor(LogicalOr.operation.apply(a.expression, b.expression))
  }
  /// Where exactly one mask is true. The shapes broadcast.
  public static func .^ (a: Tensor, b: Tensor) -> Tensor {
    Tensor(LogicalXor.operation.apply(a.expression, b.expression))
  }
  /// Where the mask is false.
  public static prefix func .! (a: Tensor) -> Tensor { a.logicalNot() }
  /// Where the mask is false.
  public func logicalNot() -> Tensor { Tensor(LogicalNot.operation.apply(expression)) }
}
