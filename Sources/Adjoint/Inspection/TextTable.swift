/// Columns of text.
enum TextTable {
  /// The rows with their cells padded to columns, which `separators` stand between; two spaces beyond those. Columns in
  /// `right` are aligned on the right.
  static func lines(_ rows: [[String]], separators: [String] = [], right: Set<Int> = []) -> [String] {
    var widths: [Int] = []
    for row in rows {
      for (column, cell) in row.enumerated() {
        if column == widths.count { widths.append(0) }
        widths[column] = max(widths[column], cell.count)
      }
    }
    return rows.map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        line += right.contains(column) ? padding + cell : cell + padding
        if column < row.count - 1 { line += column < separators.count ? separators[column] : "  " }
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}
