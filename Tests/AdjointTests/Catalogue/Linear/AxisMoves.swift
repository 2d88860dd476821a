@testable import Adjoint

extension AxisMoves: OperationDeclaration {
  static let samples = [
    Sample("moved", [.uniform([2, 3, 4], -2...2)]) {
      [$0[0].onTensors({ $0.movedAxes([0, 2], to: [1, 0]) }, { $0.movedAxes([0, 2], to: [1, 0]) }).square()]
    },
    Sample("turned", [.uniform([2, 3], -2...2)]) {
      [$0[0].onTensors({ $0.rotated90(3) }, { $0.rotated90(3) }).square()]
    },
    Sample("parted", [.uniform([2, 6], -2...2)]) {
      [
        $0[0].onTensors({ $0.unflattened(axis: 1, sizes: [2, -1]) }, { $0.unflattened(axis: 1, sizes: [2, -1]) })
          .square()
      ]
    },
    Sample("tiled", [.uniform([2, 3], -2...2)]) { [$0[0].onTensors({ $0.tiled([2]) }, { $0.tiled([2]) }).square()] },
  ]
}

extension Expression {
  /// A function of tensors on an expression of either type.
  func onTensors(
    _ float: (Tensor<Float>) -> Tensor<Float>, _ double: (Tensor<Double>) -> Tensor<Double>
  ) -> Expression {
    type == .float32 ? float(Tensor<Float>(self)).expression : double(Tensor<Double>(self)).expression
  }

  /// A function of two tensors on expressions of either type.
  func onTensors(
    _ other: Expression, _ float: (Tensor<Float>, Tensor<Float>) -> Tensor<Float>,
    _ double: (Tensor<Double>, Tensor<Double>) -> Tensor<Double>
  ) -> Expression {
    type == .float32
      ? float(Tensor<Float>(self), Tensor<Float>(other)).expression
      : double(Tensor<Double>(self), Tensor<Double>(other)).expression
  }
}
