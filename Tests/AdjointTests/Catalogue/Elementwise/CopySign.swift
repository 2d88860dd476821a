import Foundation

@testable import Adjoint

extension CopySign: OperationDeclaration {
  static let samples = Sample.binary(0.5...2, -2...2, { Foundation.copysign($0, $1) }) { operation.apply($0, $1) }
}
