import Adjoint

extension OperationTable {
  /// The widened vocabulary's reductions, and what compares or accumulates along an axis.
  static var moreReductions: [String: Entry] {
    var table: [String: Entry] = [:]
    for name in ["cummax", "cummin", "kthvalue", "aminmax", "nansum", "diff", "msort", "argsort"] {
      table[name] = { a in
        switch a.kind(0) {
        case .real: try ofNumbers(name, try a.real(), a) { try $0.real(attribute: $1) }
        default:
          try ofNumbers(name, try a.integer(), a) { a, name in
            try a.real(attribute: name)?.converted(to: Int.self)
          }
        }
      }
    }
    table["nanmean"] = { a in [try a.real().nanMean(axes: a.axes(), keepingDimensions: a.keepingDimensions())] }
    table["std_mean"] = { a in
      let (x, axes, correction, keeping) = try moments(a)
      let (deviation, mean) = x.standardDeviationAndMean(
        axes: axes, correction: correction, keepingDimensions: keeping)
      return [deviation, mean]
    }
    table["var_mean"] = { a in
      let (x, axes, correction, keeping) = try moments(a)
      let (variance, mean) = x.varianceAndMean(axes: axes, correction: correction, keepingDimensions: keeping)
      return [variance, mean]
    }
    table["quantile"] = quantile
    table["trapezoid"] = { a in
      let axis = try a.whole("dim", -1)
      if a.has(1) { return [try a.real(0).trapezoid(at: a.real(1), axis: axis)] }
      return [try a.real(0).trapezoid(distance: Real(a.number("dx", 1)), axis: axis)]
    }
    table["cumulative_trapezoid"] = { a in
      let axis = try a.whole("dim", -1)
      if a.has(1) { return [try a.real(0).cumulativeTrapezoid(at: a.real(1), axis: axis)] }
      return [try a.real(0).cumulativeTrapezoid(distance: Real(a.number("dx", 1)), axis: axis)]
    }
    return table
  }

  private static func moments(_ a: Arguments<Real>) throws -> (Tensor<Real>, [Int]?, Double, Bool) {
    (try a.real(), try a.axes(), try a.number("correction", 1), try a.keepingDimensions())
  }

  private static func ofNumbers<Scalar: TensorNumber>(
    _ name: String, _ x: Tensor<Scalar>, _ a: Arguments<Real>,
    _ attribute: (Arguments<Real>, String) throws -> Tensor<Scalar>?
  ) throws -> [any ConformanceTensor] {
    switch name {
    case "cummax", "cummin":
      let axis = try a.whole("dim", 0)
      let (values, indices) = name == "cummax" ? x.cumulativeMax(axis: axis) : x.cumulativeMin(axis: axis)
      return [values, indices]
    case "kthvalue":
      let (values, indices) = x.kthValue(
        try a.whole("k", 1), axis: try a.whole("dim", -1), keepingDimensions: try a.keepingDimensions())
      return [values, indices]
    case "aminmax":
      let (low, high) = x.aminmax(axis: try a.whole("dim"), keepingDimensions: try a.keepingDimensions())
      return [low, high]
    case "nansum": return [x.nanSum(axes: try a.axes(), keepingDimensions: try a.keepingDimensions())]
    case "msort": return [x.msort()]
    case "argsort":
      // Ours is stable in any case.
      _ = try a.flag("stable")
      return [x.argsort(axis: try a.whole("dim", -1), descending: try a.flag("descending"))]
    default:
      return [
        x.differences(
          order: try a.whole("n", 1), axis: try a.whole("dim", -1), prepending: try attribute(a, "prepend"),
          appending: try attribute(a, "append"))
      ]
    }
  }

  private static var quantile: Entry {
    { a in
      guard let fractions = try a.numbers("q") else { throw Unsupported(what: "quantile without q") }
      let name = a.text("interpolation") ?? "linear"
      let interpolations: [String: QuantileInterpolation] = [
        "linear": .linear, "lower": .lower, "higher": .higher, "nearest": .nearest, "midpoint": .midpoint,
      ]
      guard let interpolation = interpolations[name] else {
        throw Unsupported(what: "quantile(interpolation: \(name))")
      }
      let (x, axis, keeping) = (try a.real(), try a.whole("dim"), try a.keepingDimensions())
      if fractions.isList {
        return [
          x.quantile(fractions.values, axis: axis, keepingDimensions: keeping, interpolation: interpolation)
        ]
      }
      return [
        x.quantile(fractions.values[0], axis: axis, keepingDimensions: keeping, interpolation: interpolation)
      ]
    }
  }
}
