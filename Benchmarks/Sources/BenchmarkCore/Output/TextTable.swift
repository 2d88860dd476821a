/// Rows of cells, laid out in columns.
public struct TextTable: Sendable {
  public struct Column: Sendable {
    public var title: String
    public var isNumber: Bool

    public init(_ title: String, isNumber: Bool = true) {
      self.title = title
      self.isNumber = isNumber
    }
  }

  public struct Cell: Sendable, ExpressibleByStringLiteral {
    public var text: String
    public var color: Style.Color?

    public init(_ text: String, _ color: Style.Color? = nil) {
      self.text = text
      self.color = color
    }

    public init(stringLiteral text: String) { self.init(text) }
  }

  public var columns: [Column]
  public var rows: [[Cell]]

  public init(_ columns: [Column], rows: [[Cell]] = []) {
    self.columns = columns
    self.rows = rows
  }

  /// Without the columns in which no row says anything.
  public func withoutEmptyColumns() -> TextTable {
    let kept = columns.indices.filter { index in rows.contains { !$0[index].text.isEmpty } }
    return TextTable(kept.map { columns[$0] }, rows: rows.map { row in kept.map { row[$0] } })
  }

  /// Aligned by spaces: words to the left, numbers to the right.
  public func aligned(_ style: Style) -> String {
    let widths = columns.indices.map { index in
      (rows.map { $0[index].text } + [columns[index].title]).map(TextTable.width).max()!
    }
    func line(_ cells: [Cell]) -> String {
      let padded = cells.indices.map { index in
        let padding = String(repeating: " ", count: widths[index] - TextTable.width(cells[index].text))
        let text = style.paint(cells[index].text, cells[index].color)
        if columns[index].isNumber { return padding + text }
        return index == cells.count - 1 ? text : text + padding
      }
      return padded.joined(separator: "  ")
    }
    let header = line(columns.map { Cell($0.title, .bold) })
    return ([header] + rows.map(line)).map { $0 + "\n" }.joined()
  }

  /// A Markdown table, aligned as well, so that its source can be read.
  public func markdown() -> String {
    let texts = rows.map { $0.map { $0.text.replacing("|", with: "\\|") } }
    let widths = columns.indices.map { index in
      max(3, (texts.map { $0[index] } + [columns[index].title]).map(TextTable.width).max()!)
    }
    func line(_ cells: [String]) -> String {
      let padded = cells.indices.map { index in
        let padding = String(repeating: " ", count: widths[index] - TextTable.width(cells[index]))
        return columns[index].isNumber ? padding + cells[index] : cells[index] + padding
      }
      return "| " + padded.joined(separator: " | ") + " |\n"
    }
    let rule = columns.indices.map { index in
      columns[index].isNumber
        ? String(repeating: "-", count: widths[index] - 1) + ":" : String(repeating: "-", count: widths[index])
    }
    return line(columns.map(\.title)) + line(rule) + texts.map(line).joined()
  }

  /// Comma-separated values (RFC 4180).
  public func csv() -> String {
    ([columns.map(\.title)] + rows.map { $0.map(\.text) }).map { fields in
      fields.map(TextTable.quoted).joined(separator: ",") + "\n"
    }.joined()
  }

  static func quoted(_ field: String) -> String {
    guard field.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return field }
    return "\"" + field.replacing("\"", with: "\"\"") + "\""
  }

  /// The columns that a text takes: characters, since none of ours is wide.
  static func width(_ text: String) -> Int { text.count }
}
