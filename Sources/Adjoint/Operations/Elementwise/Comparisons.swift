import AdjointKernels
import CKernels

/// x₀ = x₁.
enum Equal {
  static let operation = Operation.elementwise(undifferentiable: "Equal", CK_EQUAL)
}

/// x₀ ≠ x₁.
enum NotEqual {
  static let operation = Operation.elementwise(undifferentiable: "NotEqual", CK_NOT_EQUAL)
}

/// x₀ < x₁.
enum Less {
  static let operation = Operation.elementwise(undifferentiable: "Less", CK_LESS)
}

/// x₀ ≤ x₁.
enum LessOrEqual {
  static let operation = Operation.elementwise(undifferentiable: "LessOrEqual", CK_LESS_EQUAL)
}

/// x₀ > x₁.
enum Greater {
  static let operation = Operation.elementwise(undifferentiable: "Greater", CK_GREATER)
}

/// x₀ ≥ x₁.
enum GreaterOrEqual {
  static let operation = Operation.elementwise(undifferentiable: "GreaterOrEqual", CK_GREATER_EQUAL)
}

extension Tensor {
  private static func compare(_ operation: Operation, _ a: Expression, _ b: Expression) -> Tensor<Bool> {
    Tensor<Bool>(operation.apply(a, b))
  }
  private static func number(_ value: Scalar) -> Expression { Expression(bits: value.elementBits, Scalar.elementType) }

  /// A mask of where the elements are equal; NaN equals nothing. The shapes broadcast.
  public static func .== (a: Tensor, b: Tensor) -> Tensor<Bool> { compare(Equal.operation, a.expression, b.expression) }
  /// A mask of where the elements equal a number.
  public static func .== (a: Tensor, b: Scalar) -> Tensor<Bool> { compare(Equal.operation, a.expression, number(b)) }
  /// A mask of where the elements differ; NaN differs from everything. The shapes broadcast.
  public static func .!= (a: Tensor, b: Tensor) -> Tensor<Bool> {
    compare(NotEqual.operation, a.expression, b.expression)
  }
  /// A mask of where the elements differ from a number.
  public static func .!= (a: Tensor, b: Scalar) -> Tensor<Bool> { compare(NotEqual.operation, a.expression, number(b)) }
}

extension Tensor where Scalar: TensorNumber {
  /// A mask of where a < b; false where either is NaN. The shapes broadcast.
  public static func .< (a: Tensor, b: Tensor) -> Tensor<Bool> { compare(Less.operation, a.expression, b.expression) }
  /// A mask of where a < b; false where a is NaN.
  public static func .< (a: Tensor, b: Scalar) -> Tensor<Bool> { compare(Less.operation, a.expression, number(b)) }
  /// A mask of where a ≤ b; false where either is NaN. The shapes broadcast.
  public static func .<= (a: Tensor, b: Tensor) -> Tensor<Bool> {
    compare(LessOrEqual.operation, a.expression, b.expression)
  }
  /// A mask of where a ≤ b; false where a is NaN.
  public static func .<= (a: Tensor, b: Scalar) -> Tensor<Bool> {
    compare(LessOrEqual.operation, a.expression, number(b))
  }
  /// A mask of where a > b; false where either is NaN. The shapes broadcast.
  public static func .> (a: Tensor, b: Tensor) -> Tensor<Bool> {
    compare(Greater.operation, a.expression, b.expression)
  }
  /// A mask of where a > b; false where a is NaN.
  public static func .> (a: Tensor, b: Scalar) -> Tensor<Bool> { compare(Greater.operation, a.expression, number(b)) }
  /// A mask of where a ≥ b; false where either is NaN. The shapes broadcast.
  public static func .>= (a: Tensor, b: Tensor) -> Tensor<Bool> {
    compare(GreaterOrEqual.operation, a.expression, b.expression)
  }
  /// A mask of where a ≥ b; false where a is NaN.
  public static func .>= (a: Tensor, b: Scalar) -> Tensor<Bool> {
    compare(GreaterOrEqual.operation, a.expression, number(b))
  }
}

extension Tensor: Equatable {
  /// Whether the shapes are equal and all elements are: one answer, where `.==` gives a mask. Evaluates.
  public static func == (a: Tensor, b: Tensor) -> Bool {
    a.shape == b.shape && zip(a.scalars, b.scalars).allSatisfy { $0 == $1 }
  }
}
