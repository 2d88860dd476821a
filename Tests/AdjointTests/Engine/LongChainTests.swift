import Adjoint
import Testing

/// Loops whose elements do not fit into one tile, differentiated by `backward()`: each element's gradient is what the same
/// loop gives on 500 elements at a time.
@Suite struct LongChainTests {
  private struct Gradients: Equatable {
    var start: [Double] = []
    var factor: [Double] = []
  }

  /// In a process of its own: a chain too long for the engine read a null pointer.
  @Test(arguments: [20, 40, 80]) func gradientsOfALoopBeyondATile(_ steps: Int) async {
    let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) { [steps] in
      let count = 20_000
      let start = (0..<count).map { Double($0 % 977) / 977 - 0.4 }
      let factor = (0..<count).map { Double($0 % 1013) / 1013 + 0.2 }
      let whole = Self.gradients(start, factor, steps)
      var parts = Gradients()
      for first in stride(from: 0, to: count, by: 500) {
        let part = Self.gradients(Array(start[first..<first + 500]), Array(factor[first..<first + 500]), steps)
        parts.start += part.start
        parts.factor += part.factor
      }
      let wrong = (0..<count).filter { place in
        let start = abs(whole.start[place] - parts.start[place])
        let factor = abs(whole.factor[place] - parts.factor[place])
        return start > 1e-12 || factor > 1e-12
      }
      if let first = wrong.first {
        fatalError(
          "\(wrong.count) of \(count) elements are wrong; the first is \(first): \(whole.start[first]), expected "
            + "\(parts.start[first])")
      }
    }
    #expect(result != nil, "\(steps) steps: \(String(decoding: result?.standardErrorContent ?? [], as: UTF8.self))")
  }

  private static func gradients(_ start: [Double], _ factor: [Double], _ steps: Int) -> Gradients {
    let start = Tensor(start, requiresGrad: true)
    let factor = Tensor(factor, requiresGrad: true)
    var s = start
    var c = Tensor<Double>.zeros(like: start)
    for k in 0..<steps {
      let z = s * factor + 0.01 * Double(k)
      c = z.sigmoid() * c + (z * 0.5).tanh() * Tensor.where(z .> 0, z, z * 0.1)
      s = c.tanh() * (s + 0.1).sigmoid()
    }
    (s * s + c).sum().backward()
    return Gradients(start: start.grad!.scalars, factor: factor.grad!.scalars)
  }
}
