/// The elements of a tensor to be printed, read one by one in row-major order: a summary of a large tensor reads few.
enum PrintedElements {
  case floating((Int) -> Double)
  case integer((Int) -> Int64)
  case bool((Int) -> Bool)
}

/// Writes single elements at a common width, which PyTorch derives from the elements that are shown.
struct ElementWriter {
  private enum Style: Equatable { case verbatim, whole, decimals, scientific }

  private let elements: PrintedElements
  private let precision: Int
  private var style = Style.verbatim
  private(set) var width = 1

  /// - Parameter shown: the positions of the elements that will be written.
  init(_ elements: PrintedElements, shown: [Int], format: TensorFormat) {
    self.elements = elements
    precision = format.precision
    guard case .floating(let value) = elements else {
      for index in shown { width = max(width, plain(index).utf8.count) }
      return
    }
    style = .whole
    // Zeros, infinities and NaN adapt to the others: they count neither for the style nor for the width.
    let counted = shown.map(value).filter { $0.isFinite && $0 != 0 }
    guard let first = counted.first else { return }
    var (smallest, largest) = (first.magnitude, first.magnitude)
    for value in counted {
      smallest = min(smallest, value.magnitude)
      largest = max(largest, value.magnitude)
    }
    if format.scientific ?? (largest / smallest > 1000 || largest > 1e8 || smallest < 1e-4) {
      style = .scientific
    } else if counted.contains(where: { $0 != $0.rounded(.up) }) {
      style = .decimals
    }
    for value in counted { width = max(width, text(value).utf8.count) }
  }

  /// An element, right-aligned.
  func padded(_ index: Int) -> String {
    let text = plain(index)
    return String(repeating: " ", count: max(0, width - text.utf8.count)) + text
  }

  private func plain(_ index: Int) -> String {
    switch elements {
    case .floating(let value): text(value(index))
    case .integer(let value): String(value(index))
    case .bool(let value): String(value(index))
    }
  }

  private func text(_ value: Double) -> String {
    if value.isNaN { return "nan" }
    if value.isInfinite { return value < 0 ? "-inf" : "inf" }
    return switch style {
    case .scientific: DecimalText.scientific(value, digits: precision)
    case .decimals: DecimalText.fixed(value, digits: precision)
    // A point says that the elements are floating numbers.
    case .whole, .verbatim: DecimalText.fixed(value, digits: 0) + "."
    }
  }
}
