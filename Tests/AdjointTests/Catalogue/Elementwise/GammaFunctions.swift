import Foundation

@testable import Adjoint

extension LogGamma: OperationDeclaration {
  static let samples =
    Sample.unary(0.25...12, { Foundation.lgamma($0) }) { $0.logGamma() }
    + Sample.unary(-1.75 ... -1.25, { Foundation.lgamma($0) }) { $0.logGamma() }
}

extension Digamma: OperationDeclaration {
  /// ψ(x) = ψ(x + 60) − Σ 1/(x + k), by the first terms of the asymptotic series.
  @Sendable private static func reference(_ x: Double) -> Double {
    let far = x + 60
    let square = 1 / (far * far)
    let tail = Foundation.log(far) - 0.5 / far - square * (1.0 / 12 - square * (1.0 / 120 - square / 252))
    return (0..<60).reduce(tail) { $0 - 1 / (x + Double($1)) }
  }

  static let samples =
    Sample.unary(0.25...12, reference) { $0.digamma() } + Sample.unary(-1.75 ... -1.25, reference) { $0.digamma() }
}

extension HurwitzZeta: OperationDeclaration {
  static let samples =
    ([2, 3, 4, 6].flatMap { order in
      ([0.5...9, -1.75 ... -1.25] as [ClosedRange<Double>]).map { range in
        Sample("order \(order) in \(range)", [.uniform([5], range)]) { [$0[0].polygamma(order - 1)] }
      }
    })
}
