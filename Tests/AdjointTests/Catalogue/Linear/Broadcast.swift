@testable import Adjoint

extension Broadcast: OperationDeclaration {
  static let samples = [([3, 1], [3, 4]), ([], [2, 3]), ([4], [2, 4]), ([1], [0])].map { (old: Shape, new: Shape) in
    Sample("\(old) to \(new)", [.uniform(old, -2...2)]) { [$0[0].expanded(to: new)] }
  }
}
