import Foundation

@testable import Adjoint

/// Iₙ(x) by its series.
@Sendable private func bessel(_ order: Int, _ x: Double) -> Double {
  var (term, sum) = (order == 0 ? 1 : x / 2, 0.0)
  for k in 1..<200 {
    sum += term
    term *= x * x / 4 / Double(k * (k + order))
  }
  return sum
}

extension BesselI0: OperationDeclaration {
  static let samples = Sample.unary(-6...6, { bessel(0, $0) }) { operation.apply($0) }
}

extension BesselI1: OperationDeclaration {
  static let samples = Sample.unary(-6...6, { bessel(1, $0) }) { operation.apply($0) }
}

extension ScaledBesselI0: OperationDeclaration {
  static let samples =
    ([0.5...20, -20 ... -0.5] as [ClosedRange<Double>]).flatMap { range in
      Sample.unary(range, { bessel(0, $0) * Foundation.exp(-Swift.abs($0)) }) { operation.apply($0) }
    }
}

extension ScaledBesselI1: OperationDeclaration {
  static let samples =
    ([0.5...20, -20 ... -0.5] as [ClosedRange<Double>]).flatMap { range in
      Sample.unary(range, { bessel(1, $0) * Foundation.exp(-Swift.abs($0)) }) { operation.apply($0) }
    }
}

extension BesselI: OperationDeclaration {
  static let samples = ([0.5...6, 10...30, -4 ... -1] as [ClosedRange<Double>]).flatMap { range in
    [2, 3, 7].map { (order: Double) in
      Sample("order \(order) in \(range)", [.uniform([5], range)]) { [operation.apply($0[0].number(order), $0[0])] }
    }
  }
}

extension BesselDecay: OperationDeclaration {
  static let samples = ([0.5...6, 27...33, -4 ... -1] as [ClosedRange<Double>]).flatMap { range in
    [0, 1, 2, 5].map { (order: Double) in
      Sample("order \(order) in \(range)", [.uniform([5], range)]) { [operation.apply($0[0].number(order), $0[0])] }
    }
  }
}
