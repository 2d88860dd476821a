import Adjoint

extension OperationTable {
  /// From many elements to fewer.
  static var reductions: [String: Entry] {
    var table: [String: Entry] = [:]
    table["sum"] = { a in
      let (axes, keeping) = (try a.axes(), try a.keepingDimensions())
      switch a.kind(0) {
      case .real: return [sum(try a.real(), axes, keeping)]
      case .integer: return [sum(try a.integer(), axes, keeping)]
      case .mask: return [try a.mask().sum(axes: axes, keepingDimensions: keeping)]
      }
    }
    table["mean"] = { a in
      let x = try a.real()
      let axes = try a.axes() ?? Array(x.shape.indices)
      return [x.mean(axes: axes, keepingDimensions: try a.keepingDimensions())]
    }
    table["prod"] = { a in
      let (axes, keeping) = (try a.axes(), try a.keepingDimensions())
      if a.kind(0) == .real { return [try a.real().product(axes: axes, keepingDimensions: keeping)] }
      return [try a.integer().product(axes: axes, keepingDimensions: keeping)]
    }
    table["amax"] = { a in
      let (axes, keeping) = (try a.axes(), try a.keepingDimensions())
      if a.kind(0) == .real { return [try a.real().amax(axes: axes, keepingDimensions: keeping)] }
      return [try a.integer().amax(axes: axes, keepingDimensions: keeping)]
    }
    table["amin"] = { a in
      let (axes, keeping) = (try a.axes(), try a.keepingDimensions())
      if a.kind(0) == .real { return [try a.real().amin(axes: axes, keepingDimensions: keeping)] }
      return [try a.integer().amin(axes: axes, keepingDimensions: keeping)]
    }
    table["logsumexp"] = { a in
      [try a.real().logSumExp(axes: a.axes(), keepingDimensions: a.keepingDimensions())]
    }
    table["all"] = { a in try truth(a) { $0.all(axes: $1, keepingDimensions: $2) } }
    table["any"] = { a in try truth(a) { $0.any(axes: $1, keepingDimensions: $2) } }
    table["count_nonzero"] = { a in try truth(a) { $0.countNonzero(axes: $1, keepingDimensions: $2) } }
    table["var"] = { a in
      [
        try a.real().variance(
          axes: a.axes(), correction: a.number("correction", 1), keepingDimensions: a.keepingDimensions())
      ]
    }
    table["std"] = { a in
      [
        try a.real().standardDeviation(
          axes: a.axes(), correction: a.number("correction", 1), keepingDimensions: a.keepingDimensions())
      ]
    }
    table["vector_norm"] = { a in
      [
        try a.real().norm(
          order: a.number("ord", 2), axes: a.axes(), keepingDimensions: a.keepingDimensions())
      ]
    }
    return table
  }

  private static func sum<Scalar: TensorNumber>(
    _ x: Tensor<Scalar>, _ axes: [Int]?, _ keeping: Bool
  ) -> Tensor<Scalar> {
    x.sum(axes: axes ?? Array(x.shape.indices), keepingDimensions: keeping)
  }

  private static func truth(
    _ a: Arguments<Real>, _ function: (Tensor<Bool>, [Int]?, Bool) -> any ConformanceTensor
  ) throws -> [any ConformanceTensor] {
    let mask: Tensor<Bool>
    switch a.kind(0) {
    case .real: mask = try a.real().converted(to: Bool.self)
    case .integer: mask = try a.integer().converted(to: Bool.self)
    case .mask: mask = try a.mask()
    }
    return [function(mask, try a.axes(), try a.keepingDimensions())]
  }
}
