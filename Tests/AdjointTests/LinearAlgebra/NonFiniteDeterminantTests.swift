import Testing

@testable import Adjoint

/// A determinant with an infinity or NaN in its matrix has derivatives that come to an end: NaN, for that matrix alone.
@Suite struct NonFiniteDeterminantTests {
  @Test(arguments: [Double.infinity, -.infinity, .nan, 1e200]) func backward(entry: Double) {
    for order in [2, 3, 5, 20] {
      var elements = (0..<2 * order * order).map { Double(($0 * 37) % 23) / 7 - 1.5 }
      elements[order + 1] = entry
      let x = Tensor<Double>(elements, shape: [2, order, order], requiresGrad: true)
      // 1e200 becomes infinite on the way.
      let y = entry == 1e200 ? x * x : x
      y.determinant().sum().backward()
      let gradient = x.grad!.scalars
      #expect(gradient[..<(order * order)].contains { $0.isNaN }, "order \(order)")
      #expect(gradient[(order * order)...].allSatisfy { $0.isFinite }, "order \(order)")
      let tangent = hvp(of: { $0.determinant().sum() }, at: y.detached(), along: .ones(2, order, order))
      #expect(tangent.scalars[..<(order * order)].contains { $0.isNaN }, "order \(order)")
    }
  }
}
