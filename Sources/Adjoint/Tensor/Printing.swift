extension TensorFormat {
  /// A tensor as PyTorch prints it: `tensor(`, the elements in nested brackets and aligned columns, the suffixes,
  /// `)`.
  ///
  /// An empty tensor that is not a vector is given the suffix `size: [0, 3]` before the others.
  func text(shape: [Int], elements: PrintedElements, suffixes: [String] = []) -> String {
    let layout = TensorLayout(shape: shape, format: self)
    let writer = ElementWriter(elements, shown: layout.shown, format: self)
    let empty = shape.contains(0)
    let contents = "tensor(" + (empty ? "[]" : layout.text(writer, indent: 7))
    return finish(contents, suffixes: (empty && shape.count != 1 ? ["size: \(shape)"] : []) + suffixes)
  }

  /// Suffixes go on the last line while they fit, and on lines of their own, aligned with the brackets, when they do
  /// not.
  private func finish(_ contents: String, suffixes: [String]) -> String {
    var result = contents
    let lastLine = contents.utf8.lastIndex(of: UInt8(ascii: "\n")).map {
      contents.utf8.distance(from: $0, to: contents.utf8.endIndex) - 1
    }
    // PyTorch counts the closing bracket and the comma in.
    var column = (lastLine ?? contents.utf8.count) + 2
    for suffix in suffixes {
      if column + suffix.utf8.count + 2 > lineWidth {
        result += ",\n" + String(repeating: " ", count: 7) + suffix
        column = 7 + suffix.utf8.count
      } else {
        result += ", " + suffix
        column += suffix.utf8.count + 2
      }
    }
    return result + ")"
  }
}

/// Which elements are shown, and the brackets, commas and line breaks around them.
struct TensorLayout {
  private let shape: [Int]
  private let strides: [Int]
  private let format: TensorFormat
  private let summarizes: Bool

  init(shape: [Int], format: TensorFormat) {
    self.shape = shape
    self.format = format
    var (strides, step) = ([Int](repeating: 0, count: shape.count), 1)
    for axis in shape.indices.reversed() {
      strides[axis] = step
      step = shape.contains(0) ? 0 : step * shape[axis]
    }
    self.strides = strides
    summarizes = step > format.threshold
  }

  /// The positions along an axis that are shown; `nil` for the dots between them.
  private func places(_ axis: Int) -> [Int?] {
    let (length, edge) = (shape[axis], format.edgeItems)
    guard summarizes && length - edge > edge else { return Array(0..<length) }
    return Array(0..<edge) + [nil] + Array(length - edge..<length)
  }

  /// The positions of the elements that are shown.
  var shown: [Int] {
    if shape.contains(0) { return [] }
    var result = [0]
    for axis in shape.indices {
      let places = places(axis).compactMap { $0 }
      result = result.flatMap { start in places.map { start + $0 * strides[axis] } }
    }
    return result
  }

  func text(_ writer: ElementWriter, indent: Int) -> String {
    shape.isEmpty ? writer.padded(0) : block(0, start: 0, indent: indent, writer)
  }

  private func block(_ axis: Int, start: Int, indent: Int, _ writer: ElementWriter) -> String {
    let margin = String(repeating: " ", count: indent + 1)
    if axis == shape.count - 1 {
      let items = places(axis).map { place in place.map { writer.padded(start + $0) } ?? " ..." }
      let perLine = max(1, (format.lineWidth - indent) / (writer.width + 2))
      let lines = stride(from: 0, to: items.count, by: perLine).map {
        items[$0..<min($0 + perLine, items.count)].joined(separator: ", ")
      }
      return "[" + lines.joined(separator: ",\n" + margin) + "]"
    }
    let blocks = places(axis).map { place in
      place.map { block(axis + 1, start: start + $0 * strides[axis], indent: indent + 1, writer) } ?? "..."
    }
    // Matrices are separated by an empty line, stacks of matrices by two.
    let breaks = String(repeating: "\n", count: shape.count - 1 - axis)
    return "[" + blocks.joined(separator: "," + breaks + margin) + "]"
  }
}
