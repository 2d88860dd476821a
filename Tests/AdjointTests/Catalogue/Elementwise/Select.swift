@testable import Adjoint

extension Select: OperationDeclaration {
  static let samples =
    ([([4], [4], [4]), ([3, 4], [4], [3, 1]), ([], [2, 1], [3]), ([2], [2], [])] as [(Shape, Shape, Shape)]).map {
      a, b, mask in
      Sample(
        "\(a) \(b) \(mask)", [.uniform(a, -2...2), .uniform(b, -2...2), .mask(mask)],
        reference: { $0[2] != 0 ? $0[0] : $0[1] }
      ) {
        [apply(mask: $0[2], $0[0], $0[1])]
      }
    }
}
