import Adjoint
import Foundation

/// Reductions, scans and products. Sums may leave the bounds; the generator scales them down at once.
extension Step {
  private var keeps: Bool { raw[1] % 2 == 1 }

  func reductionFacet(_ x: Facet) -> Facet? {
    guard x.rank >= 1, x.count >= 1 else { return nil }
    let a = axis(x.rank)
    let extent = x.shape[a]
    let length = Double(extent)
    var reduced = x.shape
    if keeps { reduced[a] = 1 } else { reduced.remove(at: a) }
    let r = x.range
    switch verb {
    case .sumAll: return Facet(shape: [], range: Double(x.count) * r)
    case .sum: return Facet(shape: reduced, range: length * r)
    case .sumTwo:
      guard x.rank >= 2 else { return nil }
      return Facet(
        shape: Array(x.shape.dropLast(2)) + (keeps ? [1, 1] : []),
        range: Double(x.shape.suffix(2).reduce(1, *)) * r)
    case .mean: return Facet(shape: reduced, range: r)
    case .amax, .amin: return Facet(shape: reduced, range: r)
    case .logSumExp: return Facet(shape: reduced, range: Interval(r.low, r.high + Foundation.log(length)))
    case .norm: return r.isPositive ? Facet(shape: reduced, range: length.squareRoot() * r) : nil
    case .product:
      // Nowhere near 0: the derivative of a product divides by what is left out.
      guard r.isPositive, extent <= 8 else { return nil }
      return bounded(Facet(shape: reduced, range: Interval(pow(min(r.low, 1), length), pow(max(r.high, 1), length))))
    case .variance:
      guard extent >= 2 else { return nil }
      return bounded(Facet(shape: reduced, range: Interval(0, (r.high - r.low) * (r.high - r.low))))
    case .softmax: return Facet(shape: x.shape, range: Interval(0, 1))
    case .logSoftmax:
      let spread = r.high - r.low + Foundation.log(length)
      return bounded(Facet(shape: x.shape, range: Interval(-spread, 0)))
    case .cumulativeSum: return Facet(shape: x.shape, range: r.joined(length * r))
    case .cumulativeLogSumExp: return Facet(shape: x.shape, range: Interval(r.low, r.high + Foundation.log(length)))
    case .cumulativeProduct:
      return r.isPositive && r.high <= 1.5 && extent <= 6
        ? bounded(Facet(shape: x.shape, range: Interval(pow(min(r.low, 1), length), pow(max(r.high, 1), length)))) : nil
    default: return nil
    }
  }

  private func bounded(_ facet: Facet) -> Facet? { facet.range.magnitude <= Self.bound ? facet : nil }

  func matrixFacet(_ a: Facet, _ b: Facet) -> Facet? {
    if verb == .outer {
      guard a.rank == 1, b.rank == 1 else { return nil }
      return bounded(Facet(shape: a.shape + b.shape, range: a.range * b.range))
    }
    guard (1...3).contains(a.rank), (1...3).contains(b.rank) else { return nil }
    let inner = a.shape.last!
    guard inner == (b.rank == 1 ? b.shape[0] : b.shape[b.rank - 2]), inner <= 4096 else { return nil }
    guard let batch = Facet.broadcast([Array(a.shape.dropLast(2)), Array(b.shape.dropLast(2))]) else { return nil }
    let rows = a.rank == 1 ? [] : [a.shape[a.rank - 2]]
    let columns = b.rank == 1 ? [] : [b.shape[b.rank - 1]]
    return Facet(
      shape: batch + rows + columns, range: .symmetric(Double(inner) * a.range.magnitude * b.range.magnitude))
  }

  func applyReduction<Scalar: TensorFloatingPoint>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
    let a = axis(x.rank)
    switch verb {
    case .sumAll: return x.sum()
    case .sum: return x.sum(axis: a, keepingDimensions: keeps)
    case .sumTwo: return x.sum(axes: [-2, -1], keepingDimensions: keeps)
    case .mean: return x.mean(axis: a, keepingDimensions: keeps)
    case .amax: return x.amax(axis: a, keepingDimensions: keeps)
    case .amin: return x.amin(axis: a, keepingDimensions: keeps)
    case .logSumExp: return x.logSumExp(axis: a, keepingDimensions: keeps)
    case .norm: return x.norm(axis: a, keepingDimensions: keeps)
    case .product: return x.product(axis: a, keepingDimensions: keeps)
    case .variance: return x.variance(axis: a, keepingDimensions: keeps)
    case .softmax: return x.softmax(axis: a)
    case .logSoftmax: return x.logSoftmax(axis: a)
    case .cumulativeSum: return x.cumulativeSum(axis: a)
    case .cumulativeLogSumExp: return x.cumulativeLogSumExp(axis: a)
    case .cumulativeProduct: return x.cumulativeProduct(axis: a)
    default: fatalError("\(verb) is not a reduction")
    }
  }
}
