import Adjoint

extension OperationTable {
  /// Reading and writing at places given by tensors.
  static var indexing: [String: Entry] {
    [
      "index_select": { a in
        [try a.tensor().indexSelect(axis: try a.whole("dim", 0), at: try a.integer(1))]
      },
      "gather": { a in [try a.tensor().gathered(axis: try a.whole("dim", 0), at: try a.integer(1))] },
      "take_along_dim": { a in [try a.tensor().takeAlongAxis(try a.whole("dim"), at: try a.integer(1))] },
      "scatter_add": { a in
        let axis = try a.whole("dim", 0)
        if a.kind(0, 2) == .real { return [try a.real().scatterAdd(axis: axis, at: a.integer(1), a.real(2))] }
        return [try a.integer().scatterAdd(axis: axis, at: a.integer(1), a.integer(2))]
      },
      "index_add": { a in
        let (axis, alpha) = (try a.whole("dim", 0), try a.number("alpha", 1))
        if a.kind(0, 2) == .real {
          return [try a.real().indexAdd(axis: axis, at: a.integer(1), a.real(2), alpha: Real(alpha))]
        }
        return [try a.integer().indexAdd(axis: axis, at: a.integer(1), a.integer(2), alpha: Int(alpha))]
      },
      "masked_fill": { a in
        [try a.tensor().maskedFill(try a.mask(1), with: try a.number("value") ?? a.scalar(2) ?? 0)]
      },
    ]
  }
}
