import Adjoint

/// Where a leaf's elements lie in memory.
enum LeafLayout: String, CaseIterable, Sendable {
  case contiguous, offset, transposed, stepped, flipped, selected, broadcast

  /// A tracked leaf of these elements: a view of a larger array, made of a tracked one or of one that is not.
  ///
  /// What lies between and around them is a number that no program makes, so that reading it shows.
  func leaf<Scalar: TensorFloatingPoint>(
    _ elements: [Double], _ shape: [Int], ofTracked isTracked: Bool
  ) -> Tensor<Scalar> {
    func whole(_ elements: [Double], _ shape: [Int]) -> Tensor<Scalar> {
      let tensor = Tensor<Scalar>(elements: elements, shape)
      return isTracked ? Tensor(tensor, requiresGrad: true) : tensor
    }
    let leaf = view(elements, shape, whole).evaluate().detached()
    leaf.requiresGrad = true
    return leaf
  }

  private func view<Scalar: TensorFloatingPoint>(
    _ elements: [Double], _ shape: [Int], _ whole: ([Double], [Int]) -> Tensor<Scalar>
  ) -> Tensor<Scalar> {
    let rank = shape.count
    let strange = 1000.0
    switch self {
    case .offset where rank >= 1:
      let row = shape.dropFirst().reduce(1, *)
      let around = { (rows: Int) in Array(repeating: strange, count: rows * row) }
      return whole(around(3) + elements + around(2), [shape[0] + 5] + shape.dropFirst())
        .narrowed(axis: 0, start: 3, count: shape[0])
    case .transposed where rank >= 2:
      let (rows, columns) = (shape[rank - 2], shape[rank - 1])
      var stored = elements
      for matrix in 0..<elements.count / (rows * columns) {
        let base = matrix * rows * columns
        for i in 0..<rows { for j in 0..<columns { stored[base + j * rows + i] = elements[base + i * columns + j] } }
      }
      return whole(stored, shape.dropLast(2) + [columns, rows]).transposed(rank - 2, rank - 1)
    case .stepped where rank >= 1:
      let stored = elements.flatMap { [$0, strange] }
      return whole(stored, shape.dropLast() + [2 * shape[rank - 1]]).slice(axis: rank - 1, step: 2)
    case .flipped where rank >= 1:
      let row = shape.dropFirst().reduce(1, *)
      let stored = (0..<shape[0]).reversed().flatMap { elements[$0 * row..<($0 + 1) * row] }
      return whole(stored, shape).flipped(0)
    case .selected:
      let stored = elements.flatMap { [strange, $0, strange] }
      return whole(stored, shape + [3]).select(axis: rank, index: 1)
    case .broadcast where rank >= 1:
      // The caller has made the elements equal along the first axis.
      let row = shape.dropFirst().reduce(1, *)
      return whole(Array(elements.prefix(row)), [1] + shape.dropFirst()).broadcast(to: Shape(shape))
    default: return whole(elements, shape)
    }
  }

  /// The elements that this layout can hold: those of the first row everywhere, if it is a broadcast one.
  func elements(_ elements: [Double], _ shape: [Int]) -> [Double] {
    guard self == .broadcast, shape.count >= 1 else { return elements }
    let row = shape.dropFirst().reduce(1, *)
    return (0..<shape[0]).flatMap { _ in elements.prefix(row) }
  }
}
