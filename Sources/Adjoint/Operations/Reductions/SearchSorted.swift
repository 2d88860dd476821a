import AdjointKernels

/// How many elements of a sorted line come before each value.
enum SearchSorted {
  static func operation(_ afterEqual: Bool) -> Operation {
    Operation(
      "SearchSorted", tag: SearchSorted.self, parameters: [afterEqual ? 1 : 0],
      .opaque { call, values in
        let (sorted, wanted) = (call.operandShapes[0], call.operandShapes[1])
        let type = call.operandTypes[0]
        let count = sorted.rank == 1 ? wanted.elementCount : wanted[wanted.rank - 1]
        return Ordering.searchPositions(
          values[0].contiguous(type, sorted).buffer, values[1].contiguous(type, wanted).buffer, type,
          lines: sorted.rank == 1 ? 1 : sorted.dropLast().reduce(1, *), extent: sorted[sorted.rank - 1], count: count,
          isShared: sorted.rank == 1, afterEqual: afterEqual)
      }, .none)
  }
}

extension Expression {
  func positions(of values: Expression, afterEqual: Bool) -> Expression {
    SearchSorted.operation(afterEqual).record(.int64, values.shape, Operands(asArray, values.asArray))
  }
}

extension Tensor where Scalar: TensorNumber {
  /// Where values would go in this sorted tensor to keep it sorted: how many elements of the last axis come before each.
  ///
  /// This is a list, or has the values' leading axes. Equal elements stay behind the value, or come before it with
  /// `afterEqual`. NaN is larger than every number. Binary search; elements that are not in order give positions without meaning.
  public func searchSorted(_ values: Tensor, afterEqual: Bool = false) -> Tensor<Int> {
    guard rank == 1 || (rank == values.rank && rank > 1 && shape.dropLast().elementsEqual(values.shape.dropLast()))
    else {
      fatalError(
        "searchSorted: values of shape \(values.shape) in sorted lines of shape \(shape); there must be one line, or one for "
          + "each line of values")
    }
    return Tensor<Int>(expression.positions(of: values.expression, afterEqual: afterEqual))
  }
}
