import AdjointKernels

/// Zeros, with the operands' elements added at evenly spaced places, in the operands' order: the sum of many placements.
///
/// What a loop over the elements or rows of an array differentiates into. Each placement is as large as the whole array: adding
/// them up one after the other takes as many passes over it as there are parts.
enum PlaceSum {
  /// `starts` and `steps`: those of all parts, one after the other.
  static func operation(_ starts: [Int], _ steps: [Int]) -> Operation {
    Operation(
      "PlaceSum", tag: PlaceSum.self, parameters: starts + steps,
      .opaque { call, values in
        let result = Buffer.filled(0, call.type, count: call.shape.elementCount)
        let strides = call.shape.contiguousStrides
        for (index, value) in values.enumerated() {
          let part = part(index, rank: strides.count)
          result.accumulate(
            value.contiguous(call.type, call.operandShapes[index]).buffer, call.type,
            shape: call.operandShapes[index].dimensions,
            offset: zip(starts[part], strides).reduce(0) { $0 + $1.0 * $1.1 }, strides: zip(steps[part], strides).map(*)
          )
        }
        return result
      },
      .linear { node, g in
        node.x.indices.map { index in
          let part = part(index, rank: node.node.shape.rank)
          return g.sliced(Array(starts[part]), Array(steps[part]), to: node.x[index].shape)
        }
      },
      batching: { node, x, isBatched, count in
        let parts = x.indices.map { part($0, rank: node.shape.rank) }
        return operation(parts.flatMap { [0] + starts[$0] }, parts.flatMap { [1] + steps[$0] }).record(
          node.type, node.shape.inserting(count, at: 0),
          Operands(zip(x, isBatched).map { $0.repeated(count, unless: $1) }))
      })
  }

  private static func part(_ index: Int, rank: Int) -> Range<Int> { index * rank..<(index + 1) * rank }
}

extension Expression {
  /// What is placed, if the expression is a placement that has not been computed.
  var placed: (part: Expression, starts: ArraySlice<Int>, steps: ArraySlice<Int>)? {
    guard buffer == nil, let node, node.operation.isPlacement else { return nil }
    let operands = node.operandArray
    guard operands.count == 1, operands[0].shape.rank == node.shape.rank else { return nil }
    let parameters = node.operation.parameters
    return (operands[0], parameters[..<node.shape.rank], parameters[node.shape.rank...])
  }

  /// The sum of placements in arrays of one shape.
  static func sum(ofPlacements placements: [Expression]) -> Expression {
    guard placements.count > 1 else { return placements[0] }
    let parts = placements.map { $0.placed! }
    return PlaceSum.operation(parts.flatMap(\.starts), parts.flatMap(\.steps)).record(
      placements[0].type, placements[0].shape, Operands(parts.map(\.part)))
  }
}
