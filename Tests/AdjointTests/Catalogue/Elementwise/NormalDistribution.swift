import Foundation

@testable import Adjoint

extension InverseErrorFunction: OperationDeclaration {
  static let samples =
    Sample.unary(-0.9...0.9, inverse) { operation.apply($0) }
    + Sample.unary(0.95...0.99, inverse) { operation.apply($0) }

  /// Newton's method on erf.
  @Sendable private static func inverse(_ x: Double) -> Double {
    var y = 0.0
    for _ in 0..<100 { y -= (Foundation.erf(y) - x) * Foundation.exp(y * y) * Double.pi.squareRoot() / 2 }
    return y
  }
}

extension ScaledComplementaryErrorFunction: OperationDeclaration {
  static let samples = Sample.unary(-2...5, { Foundation.exp($0 * $0) * Foundation.erfc($0) }) { operation.apply($0) }
}

extension NormalDistributionFunction: OperationDeclaration {
  static let samples = Sample.unary(-3...3, { Foundation.erfc(-$0 / 2.0.squareRoot()) / 2 }) {
    $0.normalDistributionFunction()
  }
}

extension LogNormalDistributionFunction: OperationDeclaration {
  static let samples = Sample.unary(-8...3, { Foundation.log(Foundation.erfc(-$0 / 2.0.squareRoot()) / 2) }) {
    operation.apply($0)
  }
}

extension ErrorIntegral: OperationDeclaration {
  static let samples = ([-2...0.4, 0.25...0.75, 1...12] as [ClosedRange<Double>]).flatMap { range in
    [0, 1, 2, 5].map { (order: Double) in
      Sample("order \(order) in \(range)", [.uniform([5], range)]) { [operation.apply($0[0].number(order), $0[0])] }
    }
  }
}
