@testable import Adjoint

extension Interpolate: OperationDeclaration {
  static let samples =
    ([([4], [4], [4]), ([3, 1], [4], []), ([], [2], [2]), ([0], [1], [])] as [(Shape, Shape, Shape)]).map {
      a, b, weight in
      Sample(
        "\(a) \(b) \(weight)", [.uniform(a, -2...2), .uniform(b, -2...2), .uniform(weight, -1...2)],
        reference: { $0[0] + $0[2] * ($0[1] - $0[0]) }
      ) { [$0[0].interpolated(to: $0[1], $0[2])] }
    }
    + Sample.binary(-2...2, -2...2, { $0 + 0.25 * ($1 - $0) }) { $0.interpolated(to: $1, $0.number(0.25)) }
    + Sample.binary(-2...2, -2...2, { $0 + 0.75 * ($1 - $0) }) { $0.interpolated(to: $1, $0.number(0.75)) }
}

extension AddProduct: OperationDeclaration {
  static let samples = ([([4], [4], [4]), ([3, 1], [4], []), ([], [2], [2])] as [(Shape, Shape, Shape)]).map {
    x, a, b in
    Sample(
      "\(x) \(a) \(b)", [.uniform(x, -2...2), .uniform(a, -2...2), .uniform(b, -2...2)],
      reference: { $0[0] + 0.5 * $0[1] * $0[2] }
    ) { [$0[0].addingProduct($0[1], $0[2], value: 0.5)] }
  }
}
