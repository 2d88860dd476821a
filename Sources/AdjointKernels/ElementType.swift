import CKernels

/// The type of an array's elements.
public enum ElementType: UInt8, Sendable, Hashable, CaseIterable, BitwiseCopyable {
  case float32, float64, int64, int32, bool

  /// Bytes per element. A Boolean is one byte that holds 0 or 1.
  @inlinable public var size: Int {
    switch self {
    case .float32, .int32: 4
    case .float64, .int64: 8
    case .bool: 1
    }
  }

  /// Whether the type is `Float` or `Double`.
  @inlinable public var isFloatingPoint: Bool { self == .float32 || self == .float64 }
}

/// An elementwise operation of the tile kernels; the C header declares what each computes.
public typealias TileOperation = ck_operation

/// A reduction of the tile kernels.
public typealias TileReduction = ck_reduction

extension ck_operation {
  /// The type of the result for operands of a type.
  package func resultType(of operand: ElementType) -> ElementType {
    switch self {
    case CK_IS_NAN, CK_IS_INF, CK_IS_FINITE, CK_LOGICAL_NOT, CK_EQUAL, CK_NOT_EQUAL, CK_LESS, CK_LESS_EQUAL,
      CK_GREATER, CK_GREATER_EQUAL, CK_LOGICAL_AND, CK_LOGICAL_OR, CK_LOGICAL_XOR, CK_TO_BOOL:
      .bool
    case CK_TO_FLOAT32: .float32
    case CK_TO_FLOAT64, CK_SQUARE_TO_FLOAT64: .float64
    case CK_TO_INT64: .int64
    case CK_TO_INT32: .int32
    default: operand
    }
  }
}
