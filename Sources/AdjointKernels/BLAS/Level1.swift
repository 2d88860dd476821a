// Vectors, by address. The executor calls these; `Level1Spans.swift` checks extents and calls them too.
extension BLAS {
  /// Calls `body` for each piece: its length, and the offsets of its elements in both vectors.
  @inline(__always)
  private static func forEachPiece(
    _ count: Int, _ strideX: Int, _ strideY: Int, _ longest: Int, _ body: (Int32, Int, Int) -> Void
  ) {
    OpenBLAS.requireNarrowIntegers()
    let piece = piece(strideX, strideY, longest: longest)
    if count <= piece {
      if count > 0 { body(Int32(count), 0, 0) }
      return
    }
    var first = 0
    while first < count {
      let length = min(piece, count - first)
      body(
        Int32(length), offset(first, length, of: count, stride: strideX),
        offset(first, length, of: count, stride: strideY))
      first += length
    }
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package static func dot<Scalar: BLASScalar>(
    count: Int, x: UnsafePointer<Scalar>, strideX: Int = 1, y: UnsafePointer<Scalar>, strideY: Int = 1,
    longest: Int = longestCall
  ) -> Scalar {
    var sum: Scalar = 0
    forEachPiece(count, strideX, strideY, longest) { n, i, j in
      sum += OpenBLAS.call { Scalar._blas.dot(n, x + i, stride(strideX, Int(n)), y + j, stride(strideY, Int(n))) }
    }
    return sum
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package static func nrm2<Scalar: BLASScalar>(
    count: Int, x: UnsafePointer<Scalar>, strideX: Int = 1, longest: Int = longestCall
  ) -> Scalar {
    // The order of the elements does not matter, and BLAS refuses negative strides here.
    let step = abs(strideX)
    var norm: Scalar = 0
    forEachPiece(count, step, 1, longest) { n, i, _ in
      let part = OpenBLAS.call { Scalar._blas.nrm2(n, x + i, stride(step, Int(n))) }
      norm = i == 0 ? part : hypotenuse(norm, part)
    }
    return norm
  }

  /// √(a² + b²) of norms, scaled so that their squares do not overflow.
  private static func hypotenuse<Scalar: BLASScalar>(_ a: Scalar, _ b: Scalar) -> Scalar {
    guard !a.isNaN, !b.isNaN else { return .nan }
    let (large, small) = (max(a, b), min(a, b))
    guard large > 0, large.isFinite else { return large }
    return large * (1 + (small / large) * (small / large)).squareRoot()
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package static func asum<Scalar: BLASScalar>(
    count: Int, x: UnsafePointer<Scalar>, strideX: Int = 1, longest: Int = longestCall
  ) -> Scalar {
    let step = abs(strideX)
    var sum: Scalar = 0
    forEachPiece(count, step, 1, longest) { n, i, _ in
      sum += OpenBLAS.call { Scalar._blas.asum(n, x + i, stride(step, Int(n))) }
    }
    return sum
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package static func iamax<Scalar: BLASScalar>(
    count: Int, x: UnsafePointer<Scalar>, strideX: Int = 1, longest: Int = longestCall
  ) -> Int? {
    var best: Int?
    forEachPiece(count, strideX, 1, longest) { n, i, _ in
      let candidate = i / strideX + OpenBLAS.call { Scalar._blas.iamax(n, x + i, stride(strideX, Int(n))) }
      if best.map({ x[candidate * strideX].magnitude > x[$0 * strideX].magnitude }) ?? true { best = candidate }
    }
    return best
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package static func axpy<Scalar: BLASScalar>(
    count: Int, alpha: Scalar, x: UnsafePointer<Scalar>, strideX: Int = 1, y: UnsafeMutablePointer<Scalar>,
    strideY: Int = 1, longest: Int = longestCall
  ) {
    forEachPiece(count, strideX, strideY, longest) { n, i, j in
      OpenBLAS.call { Scalar._blas.axpy(n, alpha, x + i, stride(strideX, Int(n)), y + j, stride(strideY, Int(n))) }
    }
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package static func axpby<Scalar: BLASScalar>(
    count: Int, alpha: Scalar, x: UnsafePointer<Scalar>, strideX: Int = 1, beta: Scalar,
    y: UnsafeMutablePointer<Scalar>, strideY: Int = 1, longest: Int = longestCall
  ) {
    forEachPiece(count, strideX, strideY, longest) { n, i, j in
      OpenBLAS.call {
        Scalar._blas.axpby(n, alpha, x + i, stride(strideX, Int(n)), beta, y + j, stride(strideY, Int(n)))
      }
    }
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package static func scal<Scalar: BLASScalar>(
    count: Int, alpha: Scalar, x: UnsafeMutablePointer<Scalar>, strideX: Int = 1, longest: Int = longestCall
  ) {
    let step = abs(strideX)
    if alpha == 0 {
      // OpenBLAS writes zeros, in some versions even over NaN and infinities; IEEE 754 says 0 · NaN is NaN.
      for index in 0..<max(0, count) { x[index * step] *= alpha }
      return
    }
    forEachPiece(count, step, 1, longest) { n, i, _ in
      OpenBLAS.call { Scalar._blas.scal(n, alpha, x + i, stride(step, Int(n))) }
    }
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package static func copy<Scalar: BLASScalar>(
    count: Int, x: UnsafePointer<Scalar>, strideX: Int = 1, y: UnsafeMutablePointer<Scalar>, strideY: Int = 1,
    longest: Int = longestCall
  ) {
    forEachPiece(count, strideX, strideY, longest) { n, i, j in
      OpenBLAS.call { Scalar._blas.copy(n, x + i, stride(strideX, Int(n)), y + j, stride(strideY, Int(n))) }
    }
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package static func swap<Scalar: BLASScalar>(
    count: Int, x: UnsafeMutablePointer<Scalar>, strideX: Int = 1, y: UnsafeMutablePointer<Scalar>,
    strideY: Int = 1, longest: Int = longestCall
  ) {
    forEachPiece(count, strideX, strideY, longest) { n, i, j in
      OpenBLAS.call { Scalar._blas.swap(n, x + i, stride(strideX, Int(n)), y + j, stride(strideY, Int(n))) }
    }
  }
}
