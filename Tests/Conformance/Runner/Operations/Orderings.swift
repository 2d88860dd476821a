import Adjoint

extension OperationTable {
  /// What compares or accumulates along an axis.
  static var orderings: [String: Entry] {
    var table: [String: Entry] = [:]
    for name in ["argmax", "argmin", "sort", "topk", "cumsum", "cumprod"] {
      table[name] = { a in
        a.kind(0) == .real ? try ordering(name, try a.real(), a) : try ordering(name, try a.integer(), a)
      }
    }
    for name in ["max", "min"] {
      table[name] = { a in
        a.kind(0) == .real ? try extreme(name, try a.real(), a) : try extreme(name, try a.integer(), a)
      }
    }
    table["median"] = { a in
      guard let axis = try a.whole("dim") else { return [try a.real().median()] }
      let (values, indices) = try a.real().median(axis: axis, keepingDimensions: a.keepingDimensions())
      return [values, indices]
    }
    table["logcumsumexp"] = { a in [try a.real().cumulativeLogSumExp(axis: a.whole("dim", 0))] }
    table["softmax"] = { a in [try a.real().softmax(axis: a.whole("dim", -1))] }
    table["log_softmax"] = { a in [try a.real().logSoftmax(axis: a.whole("dim", -1))] }
    return table
  }

  private static func ordering<Scalar: TensorNumber>(
    _ name: String, _ x: Tensor<Scalar>, _ a: Arguments<Real>
  ) throws -> [any ConformanceTensor] {
    switch name {
    case "argmax":
      return [x.argmax(axis: try a.whole("dim"), keepingDimensions: try a.keepingDimensions())]
    case "argmin":
      return [x.argmin(axis: try a.whole("dim"), keepingDimensions: try a.keepingDimensions())]
    case "sort":
      let (values, indices) = x.sorted(axis: try a.whole("dim", -1), descending: try a.flag("descending"))
      return [values, indices]
    case "topk":
      let (values, indices) = x.topK(
        try a.whole("k", 1), axis: try a.whole("dim", -1), largest: try a.flag("largest", true))
      return [values, indices]
    case "cumsum": return [x.cumulativeSum(axis: try a.whole("dim", 0))]
    default: return [x.cumulativeProduct(axis: try a.whole("dim", 0))]
    }
  }

  private static func extreme<Scalar: TensorNumber>(
    _ name: String, _ x: Tensor<Scalar>, _ a: Arguments<Real>
  ) throws -> [any ConformanceTensor] {
    guard let axis = try a.whole("dim") else { return [name == "max" ? x.max() : x.min()] }
    let keeping = try a.keepingDimensions()
    let (values, indices) =
      name == "max" ? x.max(axis: axis, keepingDimensions: keeping) : x.min(axis: axis, keepingDimensions: keeping)
    return [values, indices]
  }
}
