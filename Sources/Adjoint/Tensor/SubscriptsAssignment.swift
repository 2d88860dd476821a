import AdjointKernels

extension Tensor {
  /// Writes elements to selected places: in place where nothing else sees the buffer, else to a copy.
  mutating func write(_ newValue: Tensor, at terms: [SubscriptTerm]) {
    let isTrackedLeaf = node.tracking != .none && node.operation === Source.leaf
    if node.tracking != .none && !(isTrackedLeaf && !GradientMode.isEnabled) {
      fatalError(
        isTrackedLeaf
          ? "subscript: a leaf that requires a gradient is written to while operations are tracked; put the assignment "
            + "inside noGrad { }"
          : "subscript: this tensor is the result of \(node.operation.name) and tracked; only untracked tensors can be "
            + "written to (detached() gives one, and where, scatter and indexAdd are differentiable)")
    }
    if newValue.node.tracking != .none && GradientMode.isEnabled {
      fatalError(
        "subscript: the assigned tensor requires a gradient, which an assignment cannot pass on; use where, scatter or "
          + "concatenate, or assign its detached()")
    }
    let selection = Selection(terms, of: shape)
    let places = selection.tensor == nil ? nil : Self.places(terms, of: shape)
    let target = places?.shape ?? selection.shape
    guard newValue.shape.broadcast(with: target) == target else {
      fatalError(
        "subscript: a value of shape \(newValue.shape) for places of shape \(target); it must broadcast to them")
    }
    let source = newValue.expression.expanded(to: target).asNode.evaluated().contiguous(node.type, target)
    let type = node.type
    withOwnBuffer { buffer, shape in
      if let places {
        Indexing.putRows(
          into: buffer, type, index: places.node.evaluated().contiguous(.int64, target).buffer, source: source.buffer,
          outer: 1, extent: shape.elementCount, count: target.elementCount, inner: 1)
      } else {
        let strides = shape.contiguousStrides
        buffer.spread(
          source.buffer, type, shape: selection.extents.dimensions,
          offset: zip(selection.starts, strides).reduce(0) { $0 + $1.0 * $1.1 },
          strides: zip(selection.steps, strides).map(*))
      }
    }
  }

  /// Where in the buffer the selected elements lie.
  private static func places(_ terms: [SubscriptTerm], of shape: Shape) -> Tensor<Int> {
    Tensor<Int>(Expression.counting(shape.elementCount, shape: shape)).selecting(terms)
  }

  /// Hands a buffer with the elements row by row to `body`, which may write it, and makes it the tensor's.
  private mutating func withOwnBuffer(_ body: (Buffer, Shape) -> Void) {
    _ = node.evaluated()
    if node.isTapeEnd, node.tracking != .none || isKnownUniquelyReferenced(&node), let own = node.beginUpdate() {
      body(own, shape)
      return node.endUpdate(own)
    }
    let copy = node.value!.copied(node.type, shape)
    body(copy, shape)
    if node.tracking != .none {
      assign(Tensor(copy, shape: shape))
    } else {
      node = Node(Value(copy), node.type, shape)
    }
  }
}
