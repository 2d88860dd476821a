// Checks of the public wrappers. Each message names the routine, the operand, what it has and what it needs.
extension LAPACK {
  /// Stops unless a matrix of these extents, stored column by column, fits its span.
  @inline(__always)
  static func require(
    matrix operand: StaticString, _ spanCount: Int, rows: Int, columns: Int, leading: Int, _ operation: StaticString
  ) {
    guard rows >= 0, columns >= 0 else {
      fatalError("LAPACK.\(operation): \(operand) cannot be \(rows) × \(columns); extents must not be negative")
    }
    guard leading >= max(1, rows) else {
      fatalError("LAPACK.\(operation): the leading dimension \(leading) of \(operand) is less than its \(rows) rows")
    }
    guard rows > 0, columns > 0 else { return }
    let (product, overflow) = (columns - 1).multipliedReportingOverflow(by: leading)
    guard !overflow, product <= spanCount - rows else {
      fatalError(
        "LAPACK.\(operation): \(operand) has \(spanCount) elements, too few for \(columns) columns of \(rows) that start \(leading) apart"
      )
    }
  }

  /// Stops unless a vector holds at least so many elements.
  @inline(__always)
  static func require(
    vector operand: StaticString, _ spanCount: Int, holds count: Int, _ operation: StaticString
  ) {
    guard spanCount >= count else {
      fatalError("LAPACK.\(operation): \(operand) has \(spanCount) elements where the extents ask for \(count)")
    }
  }

  /// Stops unless row exchanges stay inside of a matrix with n rows: LAPACK would follow them anywhere.
  @inline(__always)
  static func require(pivots: Span<Int32>, n: Int, _ operation: StaticString) {
    require(vector: "pivots", pivots.count, holds: n, operation)
    for index in 0..<n where pivots[index] < 1 || pivots[index] > n {
      fatalError("LAPACK.\(operation): pivots[\(index)] is \(pivots[index]); the matrix has the rows 1 to \(n)")
    }
  }
}
