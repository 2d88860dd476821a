/// The cases that a selection of workloads, types, sizes, shapes and thread counts gives.
public struct CaseSelection: Sendable {
  public var workloads: [Workload]
  public var dataTypes: [DataType]
  /// Nil for each workload's default sizes.
  public var sizes: SizeList?
  public var shapes: ShapeList?
  public var threads: [Int]

  public init(
    workloads: [Workload], dataTypes: [DataType], sizes: SizeList? = nil, shapes: ShapeList? = nil, threads: [Int]
  ) {
    self.workloads = workloads
    self.dataTypes = dataTypes
    self.sizes = sizes
    self.shapes = shapes
    self.threads = threads
  }

  /// The cases in order, and a sentence for each workload that the selection leaves out.
  public func cases() -> (cases: [WorkloadCase], skipped: [String]) {
    var cases: [WorkloadCase] = []
    var skipped: [String] = []
    for workload in workloads {
      let extents = extents(of: workload, &skipped)
      let types = dataTypes.filter(workload.dataTypes.contains)
      if types.isEmpty {
        skipped.append("\(workload.id) runs in \(workload.dataTypes.map(\.rawValue).joined(separator: ", ")) only")
      }
      for type in types {
        for (size, shape) in extents {
          for count in threads {
            cases.append(
              WorkloadCase(workload: workload, dataType: type, size: size, shape: shape, threads: count))
          }
        }
      }
    }
    return (cases, skipped)
  }

  private func extents(of workload: Workload, _ skipped: inout [String]) -> [(Int?, [Int])] {
    if let shapes {
      guard let ranks = workload.ranks else {
        skipped.append("\(workload.id) takes --size, not --shape")
        return []
      }
      let fitting = shapes.shapes.filter { ranks.contains($0.count) }
      if fitting.count < shapes.shapes.count {
        let rule = ranks.lowerBound == ranks.upperBound ? "\(ranks.lowerBound)" : "\(ranks.lowerBound) or more"
        skipped.append("\(workload.id) takes shapes of \(rule) extents")
      }
      return fitting.map { (nil, $0) }
    }
    let sizes = sizes?.sizes ?? workload.defaultSizes
    for size in sizes where size > workload.largestSize {
      skipped.append("\(workload.id) takes sizes up to \(workload.largestSize), not \(size)")
    }
    return sizes.filter { $0 <= workload.largestSize }.map { ($0, workload.shape($0)) }
  }
}
