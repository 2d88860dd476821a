extension Buffer {
  /// Adds consecutive elements of `source` to those at the places of a strided array in this buffer. Floating-point types.
  ///
  /// The caller owns the buffer: nobody else may see it while it changes.
  package func accumulate(_ source: Buffer, _ type: ElementType, shape: [Int], offset: Int, strides: [Int]) {
    switch type {
    case .float32: accumulate(Float.self, source, shape, offset, strides)
    case .float64: accumulate(Double.self, source, shape, offset, strides)
    case .int64, .int32, .bool: fatalError("Buffer.accumulate: elements of \(type) are not added")
    }
  }

  private func accumulate<Element: BinaryFloatingPoint>(
    _: Element.Type, _ source: Buffer, _ shape: [Int], _ offset: Int, _ strides: [Int]
  ) {
    let (to, from) = (
      baseAddress.assumingMemoryBound(to: Element.self), source.baseAddress.assumingMemoryBound(to: Element.self)
    )
    if shape.contains(0) { return }
    let (length, step) = (shape.last ?? 1, strides.last ?? 1)
    var index = Array(repeating: 0, count: max(shape.count - 1, 0))
    var (row, done) = (offset, 0)
    while true {
      for k in 0..<length { to[row + k * step] += from[done + k] }
      done += length
      var axis = index.count - 1
      while axis >= 0 {
        index[axis] += 1
        row += strides[axis]
        if index[axis] < shape[axis] { break }
        row -= index[axis] * strides[axis]
        index[axis] = 0
        axis -= 1
      }
      if axis < 0 { return }
    }
  }
}
