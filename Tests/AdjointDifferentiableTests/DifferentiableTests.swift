#if canImport(_Differentiation)
  import Adjoint
  import AdjointDifferentiable
  import Testing
  import _Differentiation

  @Suite struct DifferentiableTests {
    private let x = Tensor<Double>([1, -2, 3])

    @Test func gradientsOfNumbers() {
      let g = gradient(at: x, of: differentiableScalar { ($0 * $0 * $0).sum() })
      #expect(g.scalars == [3, 12, 27])
      let (value, gradient) = valueWithGradient(at: x, of: differentiableScalar { ($0 * 2).sum() })
      #expect(value == 4 && gradient.scalars == [2, 2, 2])
    }

    @Test func pullbacksOfTensors() {
      let (y, pullback) = valueWithPullback(at: x, of: differentiable { $0 * $0 })
      #expect(y.scalars == [1, 4, 9])
      #expect(pullback(Tensor([1, 10, 100])).scalars == [2, -40, 600])
      #expect(pullback(.zero).scalars == [0, 0, 0])
    }

    /// The compiler's derivative of the numbers around the tensors' own.
    @Test func compilerAndTapeTogether() {
      let squares = differentiableScalar { (x: Tensor<Double>) in (x * x).sum() }
      let f: @differentiable(reverse) (Tensor<Double>) -> Double = { x in squares(x) * squares(x) + 1 }
      #expect(gradient(at: x, of: f).scalars == [56, -112, 168])
    }
  }
#endif
