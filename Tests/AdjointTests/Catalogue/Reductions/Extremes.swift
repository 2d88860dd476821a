@testable import Adjoint

extension Maximal: OperationDeclaration {
  static let samples = extremeSamples(operation)

  fileprivate static func extremeSamples(_ operation: Operation) -> [Sample] {
    ([([2, 3, 4], [0]), ([2, 3, 4], [1]), ([2, 3, 4], [0, 2]), ([5], [0]), ([3, 4], [0, 1])] as [(Shape, [Int])]).map {
      shape, axes in
      Sample("\(shape) over \(axes)", [.uniform(shape, -2...2)]) {
        [$0[0].extreme(operation, mask: shape.mask(axes, "amax"))]
      }
    }
  }
}

extension Minimal: OperationDeclaration {
  static let samples = Maximal.extremeSamples(operation)
}
