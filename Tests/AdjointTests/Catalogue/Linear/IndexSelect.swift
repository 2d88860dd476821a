@testable import Adjoint

extension IndexSelect: OperationDeclaration {
  static let samples: [Sample] = [([4], 0, 3), ([3, 4], 1, 6), ([2, 3, 4], 1, 2), ([3, 2], 0, 0)].map {
    (shape: Shape, axis: Int, count: Int) in
    Sample("\(shape) axis \(axis) of \(count)", [.uniform(shape, -2...2), .indices([count], below: shape[axis])]) {
      [$0[0].indexSelected($0[1], axis: axis)]
    }
  }
}

extension IndexAdd: OperationDeclaration {
  static let samples: [Sample] = [([4], 0, 3), ([3, 4], 1, 6), ([2, 3, 4], 1, 2), ([3, 2], 0, 0)].map {
    (shape: Shape, axis: Int, count: Int) in
    var source = shape
    source[axis] = count
    return Sample(
      "\(shape) axis \(axis) of \(count)",
      [.uniform(shape, -2...2), .indices([count], below: shape[axis]), .uniform(source, -2...2)]
    ) { [$0[0].indexAdding($0[2], at: $0[1], axis: axis)] }
  }
}
