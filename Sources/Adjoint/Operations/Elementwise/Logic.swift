import AdjointKernels
import CKernels

/// Both.
enum LogicalAnd {
  static let operation = Operation.elementwise(undifferentiable: "LogicalAnd", CK_LOGICAL_AND)
}

/// Either or both.
enum LogicalOr {
  static let operation = Operation.elementwise(undifferentiable: "LogicalOr", CK_LOGICAL_OR)
}

/// Exactly one.
enum LogicalXor {
  static let operation = Operation.elementwise(undifferentiable: "LogicalXor", CK_LOGICAL_XOR)
}

/// Neither more nor less than false.
enum LogicalNot {
  static let operation = Operation.elementwise(undifferentiable: "LogicalNot", CK_LOGICAL_NOT)
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
