import Adjoint

extension OperationTable {
  /// What moves elements about in the widened vocabulary, whatever their type.
  static var moreShapes: [String: Entry] {
    [
      "movedim": { a in
        [try a.tensor().movedAxes(try a.wholes("source") ?? [], to: try a.wholes("destination") ?? [])]
      },
      "tile": { a in [try a.tensor().tiled(try a.wholes("dims") ?? [])] },
      "repeat_interleave": { a in
        let (x, axis) = (try a.tensor(), try a.whole("dim"))
        // The counts may be an operand too.
        if a.has(1) { return [x.repeatedInterleaved(try a.integer(1).scalars, axis: axis)] }
        guard let counts = try a.numbers("repeats") else {
          throw Unsupported(what: "repeat_interleave without repeats")
        }
        let whole = counts.values.map { Int($0) }
        return [counts.isList ? x.repeatedInterleaved(whole, axis: axis) : x.repeatedInterleaved(whole[0], axis: axis)]
      },
      "rot90": { a in
        let axes = try a.wholes("dims") ?? [0, 1]
        guard axes.count == 2 else { throw Unsupported(what: "rot90 over \(axes.count) axes") }
        return [try a.tensor().rotated90(try a.whole("k", 1), axes: axes[0], axes[1])]
      },
      "unfold": { a in
        let (axis, size, step) = (try a.whole("dimension", 0), try a.whole("size", 1), try a.whole("step", 1))
        let x = try a.tensor()
        if x.rank > 0 { return [x.unfolded(axis: axis, size: size, step: step)] }
        let windows = x.unsqueezed(axis: 0).unfolded(axis: 0, size: size, step: step)
        return [windows.narrowed(axis: 0, start: 0, count: 1).squeezed(axes: [0])]
      },
      "unflatten": { a in
        [try a.tensor().unflattened(axis: try a.whole("dim", 0), sizes: try a.wholes("sizes") ?? [])]
      },
      "chunk": { a in try a.tensor().chunked(try a.whole("chunks", 1), axis: try a.whole("dim", 0)) },
    ]
  }
}
