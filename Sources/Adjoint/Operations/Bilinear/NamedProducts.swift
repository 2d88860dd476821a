import AdjointKernels

/// Products under the names of their ranks: all are matrix products.
enum NamedProducts {}

extension Tensor where Scalar: TensorNumber {
  /// The product of two matrices, [m, k] · [k, n].
  ///
  /// Derivatives: g·bᵀ and aᵀ·g.
  public func mm(_ other: Tensor) -> Tensor {
    checkRanks("mm", 2, other, 2)
    return Tensor(expression.matmul(other.expression, "mm"))
  }

  /// The products of two stacks of matrices of the same length, [b, m, k] · [b, k, n].
  ///
  /// Derivatives: g·bᵀ and aᵀ·g.
  public func bmm(_ other: Tensor) -> Tensor {
    checkRanks("bmm", 3, other, 3)
    guard shape[0] == other.shape[0] else {
      fatalError("bmm: shapes \(shape) and \(other.shape); both must have the same number of matrices")
    }
    return Tensor(expression.matmul(other.expression, "bmm"))
  }

  /// The product of a matrix and a vector, [m, k] · [k].
  ///
  /// Derivatives: g·vᵀ and aᵀ·g.
  public func mv(_ vector: Tensor) -> Tensor {
    checkRanks("mv", 2, vector, 1)
    return Tensor(expression.matmul(vector.expression, "mv"))
  }

  /// The scalar product of two vectors of the same length.
  ///
  /// Derivatives: g times the other vector.
  public func dot(_ other: Tensor) -> Tensor {
    checkRanks("dot", 1, other, 1)
    return Tensor(expression.matmul(other.expression, "dot"))
  }

  /// The outer product of two vectors: y[i, j] = a[i]·b[j].
  ///
  /// Derivatives: g·b and gᵀ·a.
  public func outer(_ other: Tensor) -> Tensor {
    checkRanks("outer", 1, other, 1)
    _ = Shape(count, other.count).checked("outer")
    return Tensor(expression.reshaped(Shape(count, 1)) * other.expression)
  }

  /// beta·c + alpha·a·b for this tensor c, which broadcasts to the shape of the product of two matrices.
  ///
  /// A beta of 0 leaves c out and an alpha of 0 the product, NaN and ∞ included. Derivatives: beta·g, alpha·g·bᵀ and alpha·aᵀ·g.
  public func addingMatrixProduct(_ a: Tensor, _ b: Tensor, alpha: Scalar = 1, beta: Scalar = 1) -> Tensor {
    a.checkRanks("addingMatrixProduct", 2, b, 2)
    let product = Tensor(a.expression.matmul(b.expression, "addingMatrixProduct"))
    guard product.shape.broadcast(with: shape) == product.shape else {
      fatalError(
        "addingMatrixProduct: shape \(shape) does not broadcast to the product's shape \(product.shape)")
    }
    return combined(with: product, alpha, beta)
  }

  /// beta·self + alpha·product in the product's shape. As in BLAS, what has the factor 0 is not read.
  func combined(with product: Tensor, _ alpha: Scalar, _ beta: Scalar) -> Tensor {
    let own = beta == 0 ? nil : beta == 1 ? self : self * beta
    if alpha == 0 { return own?.broadcast(to: product.shape) ?? .zeros(product.shape) }
    let scaled = alpha == 1 ? product : product * alpha
    return own.map { $0 + scaled } ?? scaled
  }

  private func checkRanks(_ name: String, _ own: Int, _ other: Tensor, _ others: Int) {
    guard rank == own, other.rank == others else {
      fatalError(
        "\(name): shapes \(shape) and \(other.shape); the ranks must be \(own) and \(others) (matmul takes all ranks)")
    }
  }
}
