/// How a tensor is written out: the options of PyTorch's `set_printoptions`, as a value and not as global state.
///
/// ```swift
/// print(x)                                            // tensor([ 1.0517,  2.2719, -0.3606])
/// print(x.formatted(TensorFormat(precision: 2)))      // tensor([ 1.05,  2.27, -0.36])
/// ```
public struct TensorFormat: Sendable, Hashable {
  /// Digits after the decimal point.
  public var precision: Int { didSet { check() } }

  /// Tensors of more elements than this are summarised.
  public var threshold: Int { didSet { check() } }

  /// How many elements a summary shows at each end of an axis.
  public var edgeItems: Int { didSet { check() } }

  /// The columns of a line, at which vectors and suffixes wrap.
  public var lineWidth: Int { didSet { check() } }

  /// Whether floating numbers are written as `1.2345e+05`; `nil` decides by the numbers: the largest is more than
  /// 1,000 times the smallest, or above 10⁸, or the smallest is below 10⁻⁴ (zeros and numbers that are not finite
  /// aside).
  public var scientific: Bool?

  public init(
    precision: Int = 4, threshold: Int = 1000, edgeItems: Int = 3, lineWidth: Int = 80, scientific: Bool? = nil
  ) {
    self.precision = precision
    self.threshold = threshold
    self.edgeItems = edgeItems
    self.lineWidth = lineWidth
    self.scientific = scientific
    check()
  }

  private func check() {
    guard precision >= 0 && precision <= 1100 && threshold >= 0 && edgeItems >= 0 && lineWidth > 0 else {
      fatalError(
        "TensorFormat: precision \(precision) must lie in 0...1100 (no number has more digits), threshold \(threshold) "
          + "and edgeItems \(edgeItems) must not be negative, lineWidth \(lineWidth) must be positive")
    }
  }
}
