/// Powers of two that bring the rows and columns of a matrix to a size of about 1.
///
/// Cofactors are products of singular values, and those are right to a few units in the last place of the largest alone: in a matrix
/// whose rows differ by more than the type's digits, the small ones would be noise.
struct Equilibration {
  /// The exponents of the rows' sizes, and of the columns' after that.
  private let rows: [Int]
  private let columns: [Int]

  /// nil where rows and columns are of similar size.
  init?<Element: BinaryFloatingPoint>(_ a: UnsafeMutablePointer<Element>, _ n: Int) {
    var rows = [Int](repeating: 0, count: n)
    var columns = rows
    var isEven = true
    func find(_ exponents: inout [Int], _ magnitude: (Int, Int) -> Int?) {
      var (least, most) = (Int.max, Int.min)
      for i in 0..<n {
        var largest: Int?
        for j in 0..<n { if let exponent = magnitude(i, j) { largest = max(largest ?? exponent, exponent) } }
        guard let largest else { continue }
        exponents[i] = largest
        (least, most) = (min(least, largest), max(most, largest))
      }
      if least <= most && most - least > 20 { isEven = false }
    }
    func exponent(_ i: Int, _ j: Int) -> Int? { a[i * n + j] == 0 ? nil : Int(a[i * n + j].exponent) }
    find(&rows, exponent)
    find(&columns) { j, i in exponent(i, j).map { $0 - rows[i] } }
    if isEven { return nil }
    (self.rows, self.columns) = (rows, columns)
  }

  /// Brings a matrix, or a direction of it, to the rows' and columns' sizes.
  func apply<Element: BinaryFloatingPoint>(_ a: UnsafeMutablePointer<Element>) {
    let n = rows.count
    for i in 0..<n {
      for j in 0..<n { a[i * n + j] = Self.scaled(a[i * n + j], -rows[i] - columns[j]) }
    }
  }

  /// Turns cofactors of the matrix with even rows and columns, or their derivatives, times 2^exponent into those of the matrix as it was.
  func restoreCofactors<Element: BinaryFloatingPoint>(_ c: UnsafeMutablePointer<Element>, exponent: Int) {
    let n = rows.count
    let total = rows.reduce(0, +) + columns.reduce(0, +) + exponent
    for i in 0..<n {
      for j in 0..<n { c[i * n + j] = Self.scaled(c[i * n + j], total - rows[i] - columns[j]) }
    }
  }

  /// x · 2^exponent, ±∞ or 0 where that is too large or too small.
  static func scaled<Element: BinaryFloatingPoint>(_ x: Element, _ exponent: Int) -> Element {
    Element(ScaledNumber(Double(x), exponent: exponent).value)
  }
}
