/// What carries out a step.
public enum ExecutionRoute: Sendable, Hashable, CustomStringConvertible {
  /// Elementwise operations and reductions, tile after tile, all in one pass over memory.
  case tileKernels
  /// A kernel of its own.
  case kernel
  /// The same elements under other strides: nothing is done.
  case view
  /// A row-by-row copy of strided elements.
  case copy
  /// One number repeated.
  case fill

  public var description: String {
    switch self {
    case .tileKernels: "tile kernels"
    case .kernel: "own kernel"
    case .view: "view"
    case .copy: "copy"
    case .fill: "fill"
    }
  }
}
