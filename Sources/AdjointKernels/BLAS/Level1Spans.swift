// Vectors, by span.
extension BLAS {
  /// The sum of x_i·y_i; 0 for no elements.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public static func dot<Scalar: BLASScalar>(
    x: Span<Scalar>, strideX: Int = 1, y: Span<Scalar>, strideY: Int = 1
  ) -> Scalar {
    let count = elements(x.count, strideX, "x", "dot")
    requireEqual(count, elements(y.count, strideY, "y", "dot"), "dot")
    return x.withAddress { x in y.withAddress { y in dot(count: count, x: x, strideX: strideX, y: y, strideY: strideY) }
    }
  }

  /// The Euclidean norm √Σx_i², computed without overflow or underflow of the squares; 0 for no elements.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public static func nrm2<Scalar: BLASScalar>(x: Span<Scalar>, strideX: Int = 1) -> Scalar {
    let count = elements(x.count, strideX, "x", "nrm2")
    return x.withAddress { nrm2(count: count, x: $0, strideX: strideX) }
  }

  /// The sum of |x_i|; 0 for no elements.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public static func asum<Scalar: BLASScalar>(x: Span<Scalar>, strideX: Int = 1) -> Scalar {
    let count = elements(x.count, strideX, "x", "asum")
    return x.withAddress { asum(count: count, x: $0, strideX: strideX) }
  }

  /// The index i of the first x_i with the largest |x_i|, nil for no elements. Undefined if there are NaNs.
  ///
  /// The stride must be positive.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public static func iamax<Scalar: BLASScalar>(x: Span<Scalar>, strideX: Int = 1) -> Int? {
    guard strideX > 0 else { fatalError("BLAS.iamax: the stride of x must be positive, not \(strideX)") }
    let count = elements(x.count, strideX, "x", "iamax")
    return x.withAddress { iamax(count: count, x: $0, strideX: strideX) }
  }

  /// y := α·x + y. With α = 0, x is not read.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public static func axpy<Scalar: BLASScalar>(
    alpha: Scalar, x: Span<Scalar>, strideX: Int = 1, y: inout MutableSpan<Scalar>, strideY: Int = 1
  ) {
    let count = elements(x.count, strideX, "x", "axpy")
    requireEqual(count, elements(y.count, strideY, "y", "axpy"), "axpy")
    y.withAddress { y in
      x.withAddress { x in axpy(count: count, alpha: alpha, x: x, strideX: strideX, y: y, strideY: strideY) }
    }
  }

  /// y := α·x + β·y. With α = 0, x is not read; with β = 0, y is only written.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public static func axpby<Scalar: BLASScalar>(
    alpha: Scalar, x: Span<Scalar>, strideX: Int = 1, beta: Scalar, y: inout MutableSpan<Scalar>, strideY: Int = 1
  ) {
    let count = elements(x.count, strideX, "x", "axpby")
    requireEqual(count, elements(y.count, strideY, "y", "axpby"), "axpby")
    y.withAddress { y in
      x.withAddress { x in
        axpby(count: count, alpha: alpha, x: x, strideX: strideX, beta: beta, y: y, strideY: strideY)
      }
    }
  }

  /// x := α·x. NaN and infinities propagate for every α, 0 included.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public static func scal<Scalar: BLASScalar>(alpha: Scalar, x: inout MutableSpan<Scalar>, strideX: Int = 1) {
    let count = elements(x.count, strideX, "x", "scal")
    x.withAddress { scal(count: count, alpha: alpha, x: $0, strideX: strideX) }
  }

  /// y := x.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public static func copy<Scalar: BLASScalar>(
    x: Span<Scalar>, strideX: Int = 1, y: inout MutableSpan<Scalar>, strideY: Int = 1
  ) {
    let count = elements(x.count, strideX, "x", "copy")
    requireEqual(count, elements(y.count, strideY, "y", "copy"), "copy")
    y.withAddress { y in
      x.withAddress { x in copy(count: count, x: x, strideX: strideX, y: y, strideY: strideY) }
    }
  }

  /// Exchanges x and y.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public static func swap<Scalar: BLASScalar>(
    x: inout MutableSpan<Scalar>, strideX: Int = 1, y: inout MutableSpan<Scalar>, strideY: Int = 1
  ) {
    let count = elements(x.count, strideX, "x", "swap")
    requireEqual(count, elements(y.count, strideY, "y", "swap"), "swap")
    y.withAddress { y in
      x.withAddress { x in swap(count: count, x: x, strideX: strideX, y: y, strideY: strideY) }
    }
  }
}
