import AdjointKernels

@testable import Adjoint

extension Eig: OperationDeclaration {
  static let samples: [Sample] = [[3, 3], [2, 4, 4], [1, 1], [0, 0]].map { (shape: Shape) in
    Sample("\(shape)", [.uniform(shape, -1...1)]) { inputs in
      // Distinct real parts on the diagonal keep the order of the values.
      let n = shape.rows
      let spread = Expression.leaf(.of((0..<n).map { Double(3 * $0) }), .float64, [n]).converted(to: inputs[0].type)
      let result = try! (inputs[0] + spread.diagonalMatrices).eig(vectors: true)
      return [result.values.re, result.values.im, result.vectors.re.square() + result.vectors.im.square()]
    }
  }
}
