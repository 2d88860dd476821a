import Adjoint

extension OperationTable {
  /// Reading and writing at places in the widened vocabulary.
  static var moreIndexing: [String: Entry] {
    var table: [String: Entry] = [
      "take": { a in [try a.tensor().take(try a.integer(1))] },
      "masked_select": { a in [try a.tensor().maskedSelect(try a.mask(1))] },
      "embedding": { a in [embedding(try a.integer(0), try a.real(1), padding: try a.whole("padding_idx"))] },
    ]
    for name in ["index_copy", "index_fill", "scatter", "scatter_reduce", "masked_scatter"] {
      table[name] = { a in
        if name == "index_fill" {
          // The value may be a scalar tensor, by which it is differentiated.
          let value = try a.tensor(attribute: "value") ?? (a.has(2) && a.scalar(2) == nil ? a.tensor(2) : nil)
          let (axis, index) = (try a.whole("dim", 0), try a.integer(1))
          if let value = value as? Tensor<Real> { return [try a.real().indexFill(axis: axis, at: index, value)] }
          let number = try value?.reals.first ?? a.number("value") ?? a.scalar(2) ?? 0
          return [try a.tensor().indexFill(axis: axis, at: index, with: number)]
        }
        if name == "scatter", a.has(attribute: "value") || a.scalar(2) != nil, !a.has(attribute: "reduce") {
          let number = try a.number("value") ?? a.scalar(2) ?? 0
          return [try a.tensor().scatter(axis: try a.whole("dim", 0), at: try a.integer(1), with: number)]
        }
        switch a.kind(0, 2) {
        case .real: return try [placed(name, a.real(0), a, a.has(2) ? a.real(2) : nil)]
        default: return try [placed(name, a.integer(0), a, a.has(2) ? a.integer(2) : nil)]
        }
      }
    }
    return table
  }

  private static func placed<Scalar: TensorNumber>(
    _ name: String, _ x: Tensor<Scalar>, _ a: Arguments<Real>, _ operand: Tensor<Scalar>?
  ) throws -> Tensor<Scalar> {
    if name == "masked_scatter", let operand { return x.maskedScatter(try a.mask(1), operand) }
    let (axis, index) = (try a.whole("dim", 0), try a.integer(1))
    let number = try a.number("value") ?? a.scalar(2)
    let source =
      operand ?? Tensor<Double>(number ?? 0).converted(to: Scalar.self).broadcast(to: index.shape)
    if name == "index_copy" { return x.indexCopy(axis: axis, at: index, source) }
    guard let reduction = a.text("reduce") else { return x.scatter(axis: axis, at: index, source) }
    let reductions: [String: ScatterReduction] = [
      "sum": .sum, "add": .sum, "mean": .mean, "prod": .product, "multiply": .product, "amax": .maximum,
      "amin": .minimum,
    ]
    guard let kind = reductions[reduction] else { throw Unsupported(what: "\(name)(reduce: \(reduction))") }
    return x.scatterReduce(
      axis: axis, at: index, source, reduction: kind, includingSelf: try a.flag("include_self", true))
  }
}
