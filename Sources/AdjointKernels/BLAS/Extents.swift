// Checks of the public wrappers. Each message names the routine, the operand, what it has and what it needs.
extension BLAS {
  /// The number of elements of a strided vector that fills a span.
  @inline(__always)
  static func elements(_ spanCount: Int, _ stride: Int, _ operand: StaticString, _ operation: StaticString) -> Int {
    guard stride != 0 else { fatalError("BLAS.\(operation): the stride of \(operand) must not be 0") }
    return spanCount == 0 ? 0 : (spanCount - 1) / abs(stride) + 1
  }

  /// Stops unless two vectors have as many elements.
  @inline(__always)
  static func requireEqual(_ x: Int, _ y: Int, _ operation: StaticString) {
    guard x == y else {
      fatalError("BLAS.\(operation): x has \(x) elements and y has \(y); they must have the same number")
    }
  }

  /// Stops unless a vector has as many elements as the matrix asks for.
  @inline(__always)
  static func require(
    vector operand: StaticString, _ spanCount: Int, stride: Int, holds count: Int, _ operation: StaticString
  ) {
    let actual = elements(spanCount, stride, operand, operation)
    guard actual == count else {
      fatalError("BLAS.\(operation): \(operand) has \(actual) elements where the extents ask for \(count)")
    }
  }

  /// Stops unless a matrix of these extents fits its span.
  @inline(__always)
  static func require(
    matrix operand: StaticString, _ spanCount: Int, rows: Int, columns: Int, leading: Int, _ operation: StaticString
  ) {
    guard rows >= 0, columns >= 0 else {
      fatalError("BLAS.\(operation): \(operand) cannot be \(rows) × \(columns); extents must not be negative")
    }
    guard leading >= max(1, columns) else {
      fatalError(
        "BLAS.\(operation): the leading dimension \(leading) of \(operand) is less than its \(columns) columns")
    }
    guard rows > 0, columns > 0 else { return }
    let (product, overflow) = (rows - 1).multipliedReportingOverflow(by: leading)
    guard !overflow, product <= spanCount - columns else {
      fatalError(
        "BLAS.\(operation): \(operand) has \(spanCount) elements, too few for \(rows) rows of \(columns) that start \(leading) apart"
      )
    }
  }
}
