import AdjointKernels

/// Sums of products in Einstein's notation.
enum Einsum {}

/// The labels of an equation: letters by their number, axes of an ellipsis by negative numbers, −1 the last one.
private struct Equation {
  let text: String
  var inputs: [[Int]] = []
  var output: [Int] = []

  init(_ text: String, _ shapes: [Shape]) {
    self.text = text
    let plain = text.filter { !$0.isWhitespace }
    let sides = plain.split(separator: "->", omittingEmptySubsequences: false)
    guard sides.count <= 2 else { fail("it has more than one arrow") }
    let terms = sides[0].split(separator: ",", omittingEmptySubsequences: false)
    guard terms.count == shapes.count else { fail("it names \(terms.count) tensors and \(shapes.count) are given") }
    for (term, shape) in zip(terms, shapes) {
      let letters = term.filter { $0 != "." }.count
      guard term.contains(".") ? letters <= shape.rank : letters == shape.rank else {
        fail("\"\(term)\" does not fit a tensor of shape \(shape), which has \(shape.rank) axes")
      }
      inputs.append(labels(term, ellipsis: shape.rank - letters))
    }
    let widest = inputs.joined().filter { $0 < 0 }.map { -$0 }.max() ?? 0
    if sides.count == 2 {
      output = labels(sides[1], ellipsis: widest)
      for label in output where label >= 0 && !inputs.joined().contains(label) {
        fail("the result names \(Self.letter(label)), which no tensor has")
      }
      guard Set(output).count == output.count else { fail("the result names an index twice") }
    } else {
      // Without an arrow: the ellipsis, then every letter that occurs once, in the order of the alphabet.
      let letters = inputs.joined().filter { $0 >= 0 }
      let counts = letters.reduce(into: [Int: Int]()) { $0[$1, default: 0] += 1 }
      output = Array((0..<widest).map { $0 - widest }) + counts.filter { $0.value == 1 }.keys.sorted()
    }
  }

  private func labels(_ term: Substring, ellipsis count: Int) -> [Int] {
    var result: [Int] = []
    var rest = term
    var hasEllipsis = false
    while let next = rest.first {
      if rest.hasPrefix("...") {
        guard !hasEllipsis else { fail("\"\(term)\" has more than one ellipsis") }
        hasEllipsis = true
        result += (0..<count).map { $0 - count }
        rest = rest.dropFirst(3)
      } else if next.isASCII, next.isLetter {
        result.append(Int(next.asciiValue!))
        rest = rest.dropFirst()
      } else {
        fail("\"\(next)\" in \"\(term)\" is neither a letter nor part of \"...\"")
      }
    }
    return result
  }

  static func letter(_ label: Int) -> String {
    label < 0 ? "an axis of the ellipsis" : String(UnicodeScalar(UInt8(label)))
  }

  func fail(_ reason: String) -> Never { fatalError("einsum: the equation \"\(text)\" cannot be used: \(reason)") }
}

extension Expression {
  static func einsum(_ text: String, _ tensors: [Expression]) -> Expression {
    let equation = Equation(text, tensors.map(\.shape))
    var extents: [Int: Int] = [:]
    for (labels, tensor) in zip(equation.inputs, tensors) {
      for (label, extent) in zip(labels, tensor.shape) {
        let known = extents[label] ?? 1
        guard known == 1 || extent == 1 || known == extent else {
          equation.fail(
            "\(Equation.letter(label)) stands for axes of extents \(known) and \(extent), which must be equal or 1")
        }
        extents[label] = known == 1 ? extent : known
      }
    }
    _ = Shape(checking: equation.output.map { extents[$0] ?? 1 }, "einsum")
    // An axis of extent 1 that others stretch adds nothing to the product: it is dropped.
    let operands = zip(equation.inputs, tensors).map { labels, tensor in
      let kept = labels.indices.filter { tensor.shape[$0] == extents[labels[$0]] }
      return LabelledArray(
        array: tensor.reshaped(Shape(kept.map { tensor.shape[$0] })), labels: kept.map { labels[$0] })
    }
    return LabelledArray.contract(operands, to: equation.output)
  }
}

extension Tensor where Scalar: TensorNumber {
  /// A sum of products in Einstein's notation: `einsum("ij,jk->ik", a, b)` is the matrix product.
  ///
  /// Every letter is an index, shared by the axes it names; indices that the result does not name are summed over. A
  /// letter twice in one term takes the diagonal. `...` stands for further axes, which broadcast. Without an arrow the
  /// result has the ellipsis and then every letter that occurs once, in alphabetical order. Tensors are multiplied two at
  /// a time, in the order with the fewest multiplications, by matrix products where there is a sum. Derivatives: sums of
  /// products again.
  public static func einsum(_ equation: String, _ tensors: [Tensor]) -> Tensor {
    guard !tensors.isEmpty else { fatalError("einsum: no tensors; the equation \"\(equation)\" needs at least one") }
    return Tensor(Expression.einsum(equation, tensors.map(\.expression)))
  }

  /// A sum of products in Einstein's notation.
  public static func einsum(_ equation: String, _ tensors: Tensor...) -> Tensor { einsum(equation, tensors) }

  /// The products of all elements, summed over pairs of axes: axis `axes[k]` with the other's `otherAxes[k]`.
  ///
  /// The result has the remaining axes of this tensor and then those of the other. One matrix product. An axis of extent 1
  /// goes with any other axis.
  public func tensordot(_ other: Tensor, axes: [Int], _ otherAxes: [Int]) -> Tensor {
    let (own, others) = (
      axes.map { shape.checkedAxis($0, "tensordot") }, otherAxes.map { other.shape.checkedAxis($0, "tensordot") }
    )
    // Where one of two axes has extent 1 the other is summed by itself, as in PyTorch.
    let stretched = zip(own, others).filter { shape[$0] != other.shape[$1] }
    if !stretched.isEmpty, stretched.allSatisfy({ shape[$0] == 1 || other.shape[$1] == 1 }) {
      return sum(axes: stretched.filter { other.shape[$0.1] == 1 }.map(\.0), keepingDimensions: true).tensordot(
        other.sum(axes: stretched.filter { shape[$0.0] == 1 }.map(\.1), keepingDimensions: true), axes: axes, otherAxes)
    }
    guard own.count == others.count, Set(own).count == own.count, Set(others).count == others.count,
      stretched.isEmpty
    else {
      fatalError(
        "tensordot: axes \(axes) of shape \(shape) and \(otherAxes) of shape \(other.shape); there must be as many of "
          + "one as of the other, each once, with equal extents or extent 1")
    }
    _ = Shape(
      checking: shape.indices.filter { !own.contains($0) }.map { shape[$0] }
        + other.shape.indices.filter { !others.contains($0) }.map { other.shape[$0] }, "tensordot")
    var labels = other.shape.indices.map { rank + $0 }
    for (a, b) in zip(own, others) { labels[b] = a }
    let rest = shape.indices.filter { !own.contains($0) } + labels.filter { $0 >= rank }
    return Tensor(
      LabelledArray.contract(
        [
          LabelledArray(array: expression, labels: Array(shape.indices)),
          LabelledArray(array: other.expression, labels: labels),
        ], to: rest))
  }

  /// The products of all elements, summed over the last `count` axes of this tensor and the first of the other.
  public func tensordot(_ other: Tensor, axes count: Int = 2) -> Tensor {
    guard count >= 0, count <= rank, count <= other.rank else {
      fatalError("tensordot: \(count) axes of shapes \(shape) and \(other.shape); both must have as many")
    }
    return tensordot(other, axes: Array((rank - count)..<rank), Array(0..<count))
  }
}
