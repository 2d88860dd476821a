import BenchmarkCore

/// Every workload, in the order in which tables show them.
public enum Catalogue {
  public static let workloads: [Workload] =
    Tutorial.workloads + Loops.workloads + Scaling.workloads
    + Transcendental.workloads + Elementwise.workloads + Reductions.workloads
    + RowReductions.workloads + MatrixProducts.workloads + Convolutions.workloads + Jacobians.workloads
    + Optimizers.workloads
    + Training.workloads + LinearAlgebra.workloads + Direct.workloads + Startup.workloads + Naive.workloads

  public static var ids: [String] { workloads.map(\.id) }

  /// The workloads that filters mean; all of them without a filter.
  public static func select(_ filters: [String]) throws -> [Workload] {
    let ids = Set(try Filter.select(filters, from: ids))
    return workloads.filter { ids.contains($0.id) }
  }
}
