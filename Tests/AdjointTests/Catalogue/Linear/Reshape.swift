@testable import Adjoint

extension Reshape: OperationDeclaration {
  static let samples = [([2, 6], [3, 4]), ([4], [2, 2]), ([], [1, 1]), ([0, 3], [3, 0])].map {
    (old: Shape, new: Shape) in
    Sample("\(old) to \(new)", [.uniform(old, -2...2)]) { [$0[0].reshaped(new)] }
  }
}
