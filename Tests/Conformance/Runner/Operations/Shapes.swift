import Adjoint

extension OperationTable {
  /// What moves elements about, whatever their type.
  static var shapes: [String: Entry] {
    [
      "reshape": { a in
        let x = try a.tensor()
        return [x.reshaped(Shape(try a.wholes("shape") ?? x.shape.dimensions))]
      },
      "permute": { a in [try a.tensor().permuted(try a.wholes("dims") ?? [])] },
      "transpose": { a in
        let x = try a.tensor()
        let (first, second) = (try a.whole("dim0", 0), try a.whole("dim1", 1))
        return [x.rank == 0 ? x : x.transposed(first, second)]
      },
      "squeeze": { a in [try a.tensor().squeezed(axes: try a.wholes("dim"))] },
      "unsqueeze": { a in [try a.tensor().unsqueezed(axis: try a.whole("dim", 0))] },
      "expand": { a in
        let x = try a.tensor()
        return [x.expanded(to: try a.wholes("shape") ?? x.shape.dimensions)]
      },
      "flatten": { a in
        [try a.tensor().flattened(from: try a.whole("start_dim", 0), through: try a.whole("end_dim", -1))]
      },
      "flip": { a in [try a.tensor().flipped(axes: try a.wholes("dims") ?? [])] },
      "roll": { a in [try a.tensor().rolled(by: try a.wholes("shifts") ?? [0], axes: try a.wholes("dims"))] },
      "repeat": { a in [try a.tensor().repeated(try a.wholes("repeats") ?? [])] },
      "tril": { a in [try a.tensor().tril(diagonal: try a.whole("diagonal", 0))] },
      "triu": { a in [try a.tensor().triu(diagonal: try a.whole("diagonal", 0))] },
      "diagonal": { a in
        [
          try a.tensor().diagonal(
            offset: try a.whole("offset", 0), axes: try a.whole("dim1", 0), try a.whole("dim2", 1))
        ]
      },
      "diag_embed": { a in
        [
          try a.tensor().diagonalEmbedded(
            offset: try a.whole("offset", 0), axes: try a.whole("dim1", -2), try a.whole("dim2", -1))
        ]
      },
      "select": { a in [try a.tensor().select(axis: try a.whole("dim", 0), index: try a.whole("index", 0))] },
      "narrow": { a in
        [
          try a.tensor().narrowed(
            axis: try a.whole("dim", 0), start: try a.whole("start", 0), count: try a.whole("length", 0))
        ]
      },
      "slice": { a in
        [
          try a.tensor().slice(
            axis: try a.whole("dim", 0), start: try a.whole("start", 0), end: try a.whole("end", .max),
            step: try a.whole("step", 1))
        ]
      },
      "split": { a in
        try a.tensor().split(sizes: try a.wholes("sizes") ?? [], axis: try a.whole("dim", 0))
      },
      "cat": { a in [try joined(a.tensors(), try a.whole("dim", 0), stacking: false)] },
      "stack": { a in [try joined(a.tensors(), try a.whole("dim", 0), stacking: true)] },
      "pad": { a in [try a.tensor().padded(try a.wholes("pad") ?? [], with: try a.number("value", 0))] },
    ]
  }

  /// The parts side by side, all of the type of the first.
  private static func joined(
    _ parts: [any ConformanceTensor], _ axis: Int, stacking: Bool
  ) throws -> any ConformanceTensor {
    func join<Part: ConformanceTensor>(_ first: Part) throws -> any ConformanceTensor {
      let same = parts.compactMap { $0 as? Part }
      guard same.count == parts.count else { throw Unsupported(what: "cat of tensors of several types") }
      return stacking ? Part.stack(same, axis: axis) : Part.concatenate(same, axis: axis)
    }
    guard let first = parts.first else { throw Unsupported(what: "cat of nothing") }
    return try join(first)
  }
}
