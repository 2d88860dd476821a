import AdjointKernels

// Concrete depths, not one generic function: a literal of numbers takes its type from `[[Scalar]]`, where a protocol would leave it Double.
extension Tensor {
  /// A matrix of rows that are arrays: variables, literals, or both.
  ///
  /// ```swift
  /// let rows: [[Float]] = [[1, 2], [3, 4], [5, 6]]
  /// let matrix = Tensor(rows)                  // shape [3, 2]
  /// let scale: Double = 2
  /// let pair = Tensor([[scale, 0], [0, 1]])
  /// ```
  ///
  /// No rows give shape [0, 0], rows without elements [n, 0]. The elements are copied once; ``array2D`` is the way back.
  ///
  /// - Precondition: all rows have as many elements.
  @_disfavoredOverload
  public init(_ rows: [[Scalar]]) {
    let columns = rows.first?.count ?? 0
    for (index, row) in rows.enumerated() where row.count != columns {
      refuseRagged("row \(index)", row.count, "row 0", columns)
    }
    let shape = Shape(rows.count, columns)
    self.init(Buffer.ofRows(rows, count: shape.allocatable("Tensor", Scalar.elementType)), shape: shape)
  }

  /// A tensor of three axes from arrays of rows.
  ///
  /// No arrays give shape [0, 0, 0]. The elements are copied once; ``array3D`` is the way back.
  ///
  /// - Precondition: all arrays have as many rows, and all rows as many elements.
  @_disfavoredOverload
  public init(_ matrices: [[[Scalar]]]) {
    let rows = matrices.first?.count ?? 0
    let columns = matrices.first?.first?.count ?? 0
    for (index, matrix) in matrices.enumerated() {
      if matrix.count != rows { refuseRagged("array \(index)", matrix.count, "array 0", rows) }
      for (inner, row) in matrix.enumerated() where row.count != columns {
        refuseRagged("row \(inner) of array \(index)", row.count, "row 0 of array 0", columns)
      }
    }
    let shape: Shape = [matrices.count, rows, columns]
    let count = shape.allocatable("Tensor", Scalar.elementType)
    self.init(Buffer.ofRows(matrices.lazy.joined(), count: count), shape: shape)
  }

  /// The elements of a tensor of one axis. Evaluates.
  ///
  /// The same as ``scalars``, which takes any shape, but stops the process where the tensor has not one axis.
  public var array1D: [Scalar] {
    requireRank(1, "array1D")
    return scalars
  }

  /// The rows of a matrix as arrays: the way back from `Tensor([[1, 2], [3, 4]])`. Evaluates, and copies the elements once.
  ///
  /// ```swift
  /// let matrix: Tensor<Float> = [[1, 2], [3, 4]]
  /// for row in matrix.array2D { print(row) }   // [1.0, 2.0], then [3.0, 4.0]
  /// ```
  ///
  /// - Precondition: the tensor has two axes; others are reshaped first, or read through ``scalars``.
  public var array2D: [[Scalar]] {
    requireRank(2, "array2D")
    return contiguousBuffer.rows(Scalar.self, from: 0, count: shape[0], length: shape[1], for: "array2D")
  }

  /// The elements of a tensor of three axes as arrays of rows. Evaluates, and copies the elements once.
  ///
  /// - Precondition: the tensor has three axes.
  public var array3D: [[[Scalar]]] {
    requireRank(3, "array3D")
    let (buffer, count, length) = (contiguousBuffer, shape[1], shape[2])
    return (0..<shape[0]).map {
      buffer.rows(Scalar.self, from: $0 * count * length, count: count, length: length, for: "array3D")
    }
  }

  /// The elements row by row, for as long as this is held.
  var contiguousBuffer: Buffer { node.evaluated().contiguous(node.type, node.shape).buffer }

  private func requireRank(_ rank: Int, _ name: String) {
    guard self.rank == rank else {
      fatalError(
        "\(name): the tensor has shape \(shape), rank \(self.rank); the rank must be \(rank) (reshape it first, or read scalars)"
      )
    }
  }
}

extension Tensor where Scalar: TensorFloatingPoint {
  /// A leaf that is a matrix of rows.
  @_disfavoredOverload
  public init(_ rows: [[Scalar]], requiresGrad: Bool) { self = Tensor(rows).leaf(requiresGrad: requiresGrad) }

  /// A leaf of three axes from arrays of rows.
  @_disfavoredOverload
  public init(_ matrices: [[[Scalar]]], requiresGrad: Bool) {
    self = Tensor(matrices).leaf(requiresGrad: requiresGrad)
  }
}

@inline(never) private func refuseRagged(_ part: String, _ count: Int, _ first: String, _ expected: Int) -> Never {
  fatalError(
    "Tensor: \(part) of the nested array has length \(count) and \(first) has length \(expected); the lengths must be equal"
  )
}
