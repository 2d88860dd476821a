import Foundation

@testable import Adjoint

extension TwoArgumentArctangent: OperationDeclaration {
  static let samples = Sample.binary(0.5...2, -2...2, Foundation.atan2) { operation.apply($0, $1) }
}

extension Hypotenuse: OperationDeclaration {
  static let samples = Sample.binary(0.5...2, -2...2, Foundation.hypot) { operation.apply($0, $1) }
}
