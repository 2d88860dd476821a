import Foundation

@testable import Adjoint

extension Sinc: OperationDeclaration {
  static let samples =
    Sample.unary(0.1...3, { Foundation.sin(.pi * $0) / (.pi * $0) }) { $0.sinc() }
    + Sample.unary(-0.07...0.07, { $0 == 0 ? 1 : Foundation.sin(.pi * $0) / (.pi * $0) }) { $0.sinc() }
}
