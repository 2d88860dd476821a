import AdjointKernels

extension Expression {
  /// Reduces over the axes of a mask, with or without keeping them at extent 1.
  ///
  /// Axes that do not lie side by side are reduced group by group, innermost first: every reduction recorded
  /// here splits that way.
  func reduce(_ operation: Operation, mask: Int, keepingDimensions: Bool) -> Expression {
    guard mask != 0 else { return self }
    if mask == 1 && shape.rank == 1 && shape[0] != 1 {
      return operation.record(type, keepingDimensions ? [1] : [], attribute: 1, self)
    }
    // An axis of extent 1 has nothing to reduce: the planner would find no place for such a reduction.
    let units = shape.indices.reduce(0) { mask >> $1 & 1 == 1 && shape[$1] == 1 ? $0 | 1 << $1 : $0 }
    if units != 0 {
      return reduce(operation, mask: mask & ~units, keepingDimensions: true)
        .reshaped(keepingDimensions ? shape.keeping(mask) : shape.removing(mask))
    }
    var groups: [Int] = []
    var inGroup = false
    for axis in shape.indices {
      let isReduced = mask >> axis & 1 == 1
      if isReduced && !inGroup { groups.append(0) }
      if isReduced { groups[groups.count - 1] |= 1 << axis }
      inGroup = isReduced
    }
    var result = self
    for group in groups.dropFirst().reversed() {
      result = operation.record(type, result.shape.keeping(group), attribute: group, result)
    }
    let last = groups[0]
    if groups.count > 1 && !keepingDimensions {
      result = operation.record(type, result.shape.keeping(last), attribute: last, result)
      return result.reshaped(shape.removing(mask))
    }
    let target = keepingDimensions ? result.shape.keeping(last) : result.shape.removing(last)
    return operation.record(type, target, attribute: last, result)
  }
}

extension Shape {
  /// The axes as a mask: all of them for nil.
  func mask(_ axes: [Int]?, _ operation: String) -> Int {
    guard rank < 63 else { fatalError("\(operation): rank \(rank) is beyond the 62 axes that a reduction takes") }
    guard let axes else { return (1 << rank) - 1 }
    if rank == 0 && !axes.isEmpty {
      // A scalar may be given axis 0 or −1, as in PyTorch; there is nothing to reduce.
      _ = Shape(vector: 1).mask(axes, operation)
      return 0
    }
    var mask = 0
    for axis in axes {
      // As in PyTorch, a scalar may be reduced over its only imaginable axis.
      if rank == 0 && (axis == 0 || axis == -1) { continue }
      let bit = 1 << checkedAxis(axis, operation)
      guard mask & bit == 0 else {
        fatalError("\(operation): axis \(axis) is named twice in \(axes) for shape \(self); each axis may occur once")
      }
      mask |= bit
    }
    return mask
  }

  /// The number of elements that are reduced into one.
  func count(of mask: Int) -> Int {
    indices.reduce(1) { mask >> $1 & 1 == 1 ? $0 * self[$1] : $0 }
  }
}
