import Testing

@testable import Adjoint

/// A power has the same bits however its exponent is written: as a number, as an array of that number, among others.
@Suite struct PowerTests {
  private func check<Scalar: TensorFloatingPoint>(_: Scalar.Type) {
    let bases: [Scalar] =
      [0, -0.0, 1, -1, .infinity, -.infinity, .nan, .leastNonzeroMagnitude, .greatestFiniteMagnitude]
      + (0..<200).map { Scalar($0) / 7 - 9 } + (0..<50).map { Scalar($0) * 1e5 + 0.1 }
    for exponent in [2, 3, -1, 0.5, -0.5, 2.5, 0, 1, -2] as [Scalar] {
      let x = Tensor<Scalar>(bases).evaluate()
      let one = x.power(exponent).scalars
      let many = x.power(Tensor<Scalar>([Scalar](repeating: exponent, count: bases.count)).evaluate()).scalars
      let mixed = x.power(
        Tensor<Scalar>(bases.indices.map { $0 % 3 == 0 ? exponent : 1.25 }).evaluate()
      ).scalars
      for index in bases.indices {
        let name = "\(bases[index])^\(exponent) in \(Scalar.self)"
        #expect(one[index] == many[index] || one[index].isNaN && many[index].isNaN, "\(name)")
        #expect(one[index].sign == many[index].sign || one[index].isNaN, "\(name)")
        if index % 3 == 0 { #expect(one[index] == mixed[index] || one[index].isNaN && mixed[index].isNaN, "\(name)") }
        let base = Tensor<Scalar>(bases[index])
        let single = base.power(Tensor<Scalar>([exponent, 1.25]).evaluate()).scalars[0]
        #expect(one[index] == single || one[index].isNaN && single.isNaN, "\(name), one base")
      }
    }
  }

  @Test func float() { check(Float.self) }
  @Test func double() { check(Double.self) }
}
