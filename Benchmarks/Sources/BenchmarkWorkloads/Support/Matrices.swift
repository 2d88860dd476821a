import Adjoint
import BenchmarkCore

/// What products of an m × k and a k × n matrix cost.
enum MatrixCost {
  static let product: @Sendable (WorkloadCase) -> Workload.Cost = { item in
    let (m, k, n) = (item.shape[0], item.shape[1], item.shape[2])
    return .init(bytes: (m * k + k * n + m * n) * item.dataType.size, flops: 2 * m * k * n, items: 1)
  }
}

/// Checks of matrix products at some of their elements: a full reference would take longer than measuring.
enum MatrixCheck {
  /// c = a·b.
  static func product<Scalar: TensorFloatingPoint>(
    _ c: [Scalar], _ a: [Scalar], _ b: [Scalar], m: Int, k: Int, n: Int, transposedLeft: Bool = false
  ) -> String? {
    Check.elements(c, count: m * n, scale: Double(k).squareRoot(), limit: 256) { index in
      let (i, j) = (index / n, index % n)
      return (0..<k).reduce(0.0) { $0 + Double(transposedLeft ? a[$1 * m + i] : a[i * k + $1]) * Double(b[$1 * n + j]) }
    }
  }
}
