import AdjointKernels
import BenchmarkCore

/// Something that BLAS has a routine for, computed by that routine and by the kernels that the library runs.
public struct Route: Sendable {
  /// BLAS's name without the letter of the precision: `dot`.
  public var routine: String
  public var formula: String
  /// The tensor operations that mean it.
  public var operations: String
  public var sizes: [Int]
  /// Bytes moved and operations done for a size.
  public var cost: @Sendable (Int, DataType) -> Workload.Cost
  /// Both ways on the same arrays.
  public var prepare: @Sendable (Int, DataType) -> (blas: () -> Void, own: () -> Void)
}

/// The operations without a routine of their own in BLAS: what they are computed by.
public struct OperationGroup: Sendable, Codable {
  public var operations: String
  public var route: String
}

extension Route {
  /// The routes of everything that is not compared by `all`.
  public static let others = [
    OperationGroup(
      operations: "elementwise: + − · / exp log tanh sigmoid sin erf gelu power where …",
      route: "tile program, fused with its neighbours; functions in lanes of our own"),
    OperationGroup(
      operations: "sum mean max min variance logSumExp softmax layerNorm", route: "tile program with a reduction"),
    OperationGroup(operations: "SGD's step", route: "one batch of tile programs for all parameters"),
    OperationGroup(
      operations: "gather, slice, permute, concatenate", route: "strided copies, or none where a pass can read in place"
    ),
    OperationGroup(
      operations: "solve cholesky qr svd eigh",
      route: "LAPACKE: getrf (with trsm or trsv) potrf geqrf+orgqr gesdd syevd"),
  ]
}
