/// What may stand between the brackets of a tensor: a place, a range, a marker, a mask or an index.
///
/// ```swift
/// x[0]                  // the first slice
/// x[1..., 2]            // rows from 1 on, column 2
/// x[.ellipsis, -1]      // the last element of every row
/// x[.stride(by: -1)]    // the rows in reverse order
/// x[.newAxis, 0..<2]    // a new axis in front
/// x[x .> 0]             // the elements where the mask is true
/// x[Tensor<Int>([2, 0])]
/// ```
public protocol TensorSubscript {
  /// The subscript's meaning.
  var term: SubscriptTerm { get }
}

/// One entry of a tensor's subscript.
public struct SubscriptTerm: Sendable, TensorSubscript {
  enum Kind: Sendable {
    case place(Int)
    case range(from: Int?, to: Int?, step: Int, isClosed: Bool, text: String)
    case newAxis
    case ellipsis
    case mask(Tensor<Bool>)
    case index(Tensor<Int>)
  }

  let kind: Kind

  public var term: SubscriptTerm { self }

  static func range(from: Int?, to: Int?, step: Int = 1, isClosed: Bool = false, _ text: String) -> SubscriptTerm {
    SubscriptTerm(kind: .range(from: from, to: to, step: step, isClosed: isClosed, text: text))
  }
}

extension TensorSubscript where Self == SubscriptTerm {
  /// All the axes that no other entry takes.
  public static var ellipsis: SubscriptTerm { SubscriptTerm(kind: .ellipsis) }

  /// A new axis of extent 1.
  public static var newAxis: SubscriptTerm { SubscriptTerm(kind: .newAxis) }

  /// A whole axis.
  public static var all: SubscriptTerm { .range(from: nil, to: nil, "all") }

  /// Every `step`-th place from `start` on, before `end`; from the last place backward if the step is negative.
  ///
  /// Without `start` or `end` the axis's own ends are meant. Negative places count from the back.
  public static func stride(from start: Int? = nil, to end: Int? = nil, by step: Int) -> SubscriptTerm {
    let text =
      "stride(\(start.map { "from: \($0), " } ?? "")\(end.map { "to: \($0), " } ?? "")by: \(step))"
    return .range(from: start, to: end, step: step, text)
  }
}

/// A place along an axis, which is dropped; a negative one counts from the back.
extension Int: TensorSubscript {
  public var term: SubscriptTerm { SubscriptTerm(kind: .place(self)) }
}

extension Range: TensorSubscript where Bound == Int {
  public var term: SubscriptTerm { .range(from: lowerBound, to: upperBound, "\(self)") }
}

extension ClosedRange: TensorSubscript where Bound == Int {
  public var term: SubscriptTerm { .range(from: lowerBound, to: upperBound, isClosed: true, "\(self)") }
}

extension PartialRangeFrom: TensorSubscript where Bound == Int {
  public var term: SubscriptTerm { .range(from: lowerBound, to: nil, "\(lowerBound)...") }
}

extension PartialRangeUpTo: TensorSubscript where Bound == Int {
  public var term: SubscriptTerm { .range(from: nil, to: upperBound, "..<\(upperBound)") }
}

extension PartialRangeThrough: TensorSubscript where Bound == Int {
  public var term: SubscriptTerm { .range(from: nil, to: upperBound, isClosed: true, "...\(upperBound)") }
}

extension Tensor: TensorSubscript {
  /// A mask selects where it is true, and takes as many axes as it has; an index selects slices along one axis, which
  /// its own axes replace.
  public var term: SubscriptTerm {
    switch self {
    case let mask as Tensor<Bool>: return SubscriptTerm(kind: .mask(mask))
    case let index as Tensor<Int>: return SubscriptTerm(kind: .index(index))
    case let index as Tensor<Int64>: return SubscriptTerm(kind: .index(index.converted(to: Int.self)))
    case let index as Tensor<Int32>: return SubscriptTerm(kind: .index(index.converted(to: Int.self)))
    default:
      fatalError(
        "subscript: a tensor of \(Scalar.self) selects nothing; a subscript is a tensor of Bool (a mask) or of integers"
      )
    }
  }
}

extension Tensor {
  /// The elements that a list of entries selects, one per axis from the first one on; axes without an entry are whole.
  ///
  /// Places and ranges copy nothing; ranges must lie within their axis. A mask or an index may stand among them, once.
  /// Derivative: zeros with the cotangent in the selected places. Setting writes to the selected places of this variable
  /// alone: in place where nothing else refers to the elements, in a copy otherwise; see ``assign(_:)`` for leaves.
  public subscript(_ entries: [any TensorSubscript]) -> Tensor {
    get { selecting(entries.map(\.term)) }
    set { write(newValue, at: entries.map(\.term)) }
  }

  /// The elements that an entry selects along the first axis.
  public subscript(_ a: some TensorSubscript) -> Tensor {
    get { self[[a]] }
    set { self[[a]] = newValue }
  }

  /// The elements that two entries select.
  public subscript(_ a: some TensorSubscript, _ b: some TensorSubscript) -> Tensor {
    get { self[[a, b]] }
    set { self[[a, b]] = newValue }
  }

  /// The elements that three entries select.
  public subscript(_ a: some TensorSubscript, _ b: some TensorSubscript, _ c: some TensorSubscript) -> Tensor {
    get { self[[a, b, c]] }
    set { self[[a, b, c]] = newValue }
  }

  /// The elements that four entries select.
  public subscript(
    _ a: some TensorSubscript, _ b: some TensorSubscript, _ c: some TensorSubscript, _ d: some TensorSubscript
  ) -> Tensor {
    get { self[[a, b, c, d]] }
    set { self[[a, b, c, d]] = newValue }
  }

  /// The elements that five entries select; more are given as an array.
  public subscript(
    _ a: some TensorSubscript, _ b: some TensorSubscript, _ c: some TensorSubscript, _ d: some TensorSubscript,
    _ e: some TensorSubscript
  ) -> Tensor {
    get { self[[a, b, c, d, e]] }
    set { self[[a, b, c, d, e]] = newValue }
  }
}
