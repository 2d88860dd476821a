import AdjointKernels

/// A subscript's entries, resolved against a shape.
struct Selection {
  /// First place, step and number of places along each axis of the tensor.
  var starts: [Int] = []
  var steps: [Int] = []
  var extents = Shape()
  /// The shape without the axes of single places, and with the new ones.
  var shape = Shape()
  /// A mask or an index, and the axis of `shape` that it stands for (the first one, for a mask).
  var tensor: (axis: Int, term: SubscriptTerm.Kind)?

  init(_ terms: [SubscriptTerm], of source: Shape) {
    var taken = 0
    var ellipses = 0
    for term in terms {
      switch term.kind {
      case .place, .range, .index: taken += 1
      case .mask(let mask): taken += mask.rank
      case .ellipsis: ellipses += 1
      case .newAxis: break
      }
    }
    guard taken <= source.rank, ellipses <= 1 else {
      fatalError(
        "subscript: entries for \(taken) axes\(ellipses > 1 ? " and \(ellipses) ellipses" : "") on shape \(source) of "
          + "rank \(source.rank); there can be no more entries than axes, and one ellipsis at most")
    }
    for term in terms {
      switch term.kind {
      case .newAxis:
        Shape.checkRank(shape.rank + 1, "subscript")
        shape.append(1)
      case .ellipsis: for _ in taken..<source.rank { appendWhole(source) }
      case .place(let place): append(place: place, source)
      case .range(let from, let to, let step, let isClosed, let text):
        append(from: from, to: to, step: step, isClosed: isClosed, text, source)
      case .mask(let mask):
        take(term.kind)
        let axes = starts.count..<(starts.count + mask.rank)
        guard source[axes].elementsEqual(mask.shape) else {
          fatalError(
            "subscript: a mask of shape \(mask.shape) for axes \(axes) of shape \(source); the extents must be equal")
        }
        for _ in axes { appendWhole(source) }
      case .index:
        take(term.kind)
        appendWhole(source)
      }
    }
    while starts.count < source.rank { appendWhole(source) }
  }

  private mutating func take(_ kind: SubscriptTerm.Kind) {
    guard tensor == nil else {
      fatalError("subscript: more than one tensor among the entries; one mask or index at a time (gathered takes more)")
    }
    tensor = (shape.rank, kind)
  }

  private mutating func append(_ start: Int, _ step: Int, _ count: Int) {
    starts.append(start)
    steps.append(step)
    extents.append(count)
  }

  private mutating func appendWhole(_ source: Shape) {
    let extent = source[starts.count]
    append(0, 1, extent)
    Shape.checkRank(shape.rank + 1, "subscript")
    shape.append(extent)
  }

  private mutating func append(place: Int, _ source: Shape) {
    let axis = starts.count
    let extent = source[axis]
    guard place >= -extent && place < extent else {
      fatalError("subscript: place \(place) is out of range for axis \(axis) of extent \(extent) in shape \(source)")
    }
    append(place < 0 ? place + extent : place, 1, 1)
  }

  private mutating func append(
    from: Int?, to: Int?, step: Int, isClosed: Bool, _ text: String, _ source: Shape
  ) {
    let axis = starts.count
    let extent = source[axis]
    // Steps beyond the axis lead nowhere else than one that just leaves it, and places beyond it are refused below.
    let step = step > 0 ? Swift.min(step, extent + 1) : Swift.max(step, -extent - 1)
    func wrapped(_ place: Int) -> Int { place < 0 ? place + extent : Swift.min(place, extent + 1) }
    let first = from.map(wrapped) ?? (step > 0 ? 0 : extent - 1)
    let end = to.map { wrapped($0) + (isClosed ? 1 : 0) } ?? (step > 0 ? extent : -1)
    let isInside =
      step > 0
      ? first >= 0 && first <= end && end <= extent : first < Swift.max(extent, 0) && end >= -1 && end <= first
    guard step != 0, isInside || (step < 0 && extent == 0) else {
      fatalError(
        "subscript: \(text) does not lie within axis \(axis) of extent \(extent) in shape \(source); a range begins "
          + "before it ends and stays within the axis, and a step is not 0")
    }
    let count = step > 0 ? (end - first + step - 1) / step : Swift.max(0, (first - end - step - 1) / -step)
    append(Swift.max(first, 0), step, count)
    Shape.checkRank(shape.rank + 1, "subscript")
    shape.append(count)
  }
}

extension Tensor {
  func selecting(_ terms: [SubscriptTerm]) -> Tensor {
    let selection = Selection(terms, of: shape)
    // Slices have steps of at least 1: axes walked backward are reversed first.
    let backward = shape.indices.filter { selection.steps[$0] < 0 }
    let starts = shape.indices.map { axis in
      selection.steps[axis] < 0 ? shape[axis] - 1 - selection.starts[axis] : selection.starts[axis]
    }
    let part = Tensor(
      expression.flipped(backward).sliced(starts, selection.steps.map { Swift.abs($0) }, to: selection.extents)
        .reshaped(selection.shape))
    switch selection.tensor {
    case (let axis, .index(let index))?:
      return part.selecting(index.expression.wrapped(part.shape[axis]), index.shape, axis)
    case (let axis, .mask(let mask))?:
      let places = mask.truePlaces
      let flat = part.expression.reshaped(
        Shape(Array(part.shape[..<axis]) + [mask.count] + Array(part.shape[(axis + mask.rank)...])))
      let list = Expression(Node(Value(.of(places)), .int64, Shape(vector: places.count)))
      return Tensor(flat).selecting(list, Shape(vector: places.count), axis)
    default: return part
    }
  }

  /// The slices at an index, whose axes stand in place of one of this tensor.
  private func selecting(_ index: Expression, _ indexShape: Shape, _ axis: Int) -> Tensor {
    let list = index.reshaped(Shape(vector: indexShape.elementCount))
    return Tensor(
      expression.indexSelected(list, axis: axis, .subscript).reshaped(
        Shape(checking: Array(shape[..<axis]) + indexShape.dimensions + Array(shape[(axis + 1)...]), "subscript")))
  }
}

extension Tensor where Scalar == Bool {
  /// The places, row by row, where the mask is true. Evaluates.
  var truePlaces: [Int] {
    Indexing.truePlaces(node.evaluated().contiguous(.bool, shape).buffer, count: count)
  }

  /// The indices of the elements that are true, a row each: shape [number of them, rank]. Evaluates.
  public func nonzero() -> Tensor<Int> {
    let strides = shape.contiguousStrides
    let places = truePlaces
    let indices = places.flatMap { place in shape.indices.map { place / strides[$0] % shape[$0] } }
    return Tensor<Int>(indices, shape: Shape(places.count, rank))
  }
}

extension Tensor {
  /// The elements where a mask is true, in one row: `x[mask]` where the shapes broadcast. Evaluates the mask.
  ///
  /// Derivative: zeros with the cotangent where the mask is true.
  public func maskedSelect(_ mask: Tensor<Bool>) -> Tensor {
    if mask.shape == shape && rank > 0 { return self[mask] }
    guard let common = shape.broadcast(with: mask.shape) else {
      fatalError(Operation.broadcastMessage("maskedSelect", [shape, mask.shape]))
    }
    let line = Shape(vector: common.elementCount)
    return broadcast(to: common).reshaped(line)[mask.broadcast(to: common).reshaped(line)]
  }
}
