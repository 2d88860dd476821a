import AdjointKernels

/// Rows of a table by their numbers.
enum Embedding {}

extension Expression {
  func embedding(_ index: Expression, padding: Int?) -> Expression {
    let list = index.reshaped(Shape(vector: index.shape.elementCount))
    var rows = indexSelected(list, axis: 0, .embedding)
    if let padding {
      // The row of the padding is read, and gets no gradient.
      let isPadding = Equal.operation.apply(list, list.number(Double(padding))).asColumns
      rows = Select.apply(mask: isPadding, rows.detached(), rows)
    }
    return rows.reshaped(Shape(index.shape + [shape[1]]))
  }
}

/// The rows of a table [numbers, width] at the places of an index of any shape: [index's shape…, width].
///
/// A place outside the table stops the process when the value is computed. Derivative: the cotangent's rows added at their
/// places; none at `padding`, whose row is read like any other. A negative padding counts from the end.
public func embedding<Scalar: TensorFloatingPoint>(
  _ index: Tensor<Int>, _ table: Tensor<Scalar>, padding: Int? = nil
) -> Tensor<Scalar> {
  guard table.rank == 2 else {
    fatalError("embedding: a table of shape \(table.shape); it must be a matrix with one row for each number")
  }
  let place = padding.map { $0 < 0 ? $0 + table.shape[0] : $0 }
  if let place, place < 0 || place >= table.shape[0] {
    fatalError("embedding: the padding \(padding!) is no row of a table of shape \(table.shape)")
  }
  return Tensor(table.expression.embedding(index.expression, padding: place))
}
