import AdjointKernels
import Testing

@testable import Adjoint

/// What `Documentation/determinism.md` promises: equal bits whatever the number of threads, the tasks beside, the order of
/// reading and the passes that the work is cut into.
@Suite(.serialized) struct DeterminismTests {
  private struct Program: Sendable, CustomTestStringConvertible {
    let name: String
    let run: @Sendable () -> [Tensor<Float>]
    var testDescription: String { name }
  }

  private static func numbers(_ shape: Int..., seed: Int = 1) -> Tensor<Float> {
    let count = shape.reduce(1, *)
    return Tensor<Float>(
      (0..<count).map { Float(($0 &* 7919 &+ seed &* 104_729) % 20_011) / 10_000 - 1 }, shape: Shape(shape)
    )
    .evaluate()
  }

  /// Beyond blocks, tiles and caches, and a little more than a multiple of anything.
  private static let programs: [Program] = [
    Program(name: "sums") {
      let x = numbers(1_000_003)
      return [x.sum(), x.mean(), x.variance(), x.norm(), (x * x + 0.5).sum(), x.exp().mean()]
    },
    Program(name: "sums along axes") {
      let x = numbers(1_013, 997)
      return [
        x.sum(axis: 0), x.sum(axis: 1), x.variance(axes: [0]), x.variance(axes: [1]), (x * 2).exp().sum(axis: 0),
        x.softmax(axis: 1), x.softmax(axis: 0), x.logSumExp(axes: [0]),
      ]
    },
    Program(name: "extremes and scans") {
      let x = numbers(301, 1_009)
      return [
        x.max(), x.max(axis: 0).values, x.min(axis: 1).values, x.cumulativeSum(axis: 0), x.cumulativeSum(axis: 1),
      ]
    },
    Program(name: "products") {
      let (a, b, v) = (numbers(301, 517), numbers(517, 263, seed: 2), numbers(517, seed: 3))
      return [
        a.matmul(b), b.transposed().matmul(a.transposed()), a.matmul(v), v.matmul(b), v.dot(v),
        numbers(100_003).dot(numbers(100_003, seed: 4)),
        a.matmul(a.transposed()), numbers(7, 65, 33).matmul(numbers(7, 33, 70)),
      ]
    },
    Program(name: "convolutions") {
      let (x, w) = (numbers(3, 20, 33, 41).detached(), numbers(26, 10, 3, 2, seed: 2).detached())
      x.requiresGrad = true
      w.requiresGrad = true
      let y = x.convolution2D(w, stride: [1, 2], padding: 1, dilation: [2, 1], groups: 2)
      let z = numbers(5, 70_001).convolution1D(numbers(3, 5, 31, seed: 4)).maxPool1D(3)
      (y * y).sum().backward()
      return [
        y.detached(), x.grad!, w.grad!, z,
        numbers(1, 40, 7, 7).transposedConvolution2D(numbers(40, 9, 3, 3), stride: 2),
      ]
    },
    Program(name: "gradients of a network") {
      let (x, t) = (numbers(130, 300), numbers(130, 10, seed: 2))
      let (w, u) = (numbers(300, 257, seed: 3).detached(), numbers(257, 10, seed: 4).detached())
      w.requiresGrad = true
      u.requiresGrad = true
      let loss = meanSquaredError((x.matmul(w) * 0.1).tanh().matmul(u), t)
      loss.backward()
      return [loss.detached(), w.grad!, u.grad!]
    },
    Program(name: "gradients of a chain") {
      let x = numbers(40_009).detached()
      x.requiresGrad = true
      var y = x
      for _ in 0..<30 { y = (y * 0.9 + 0.1).sin() * x.sigmoid() }
      y.square().sum().backward()
      return [x.grad!]
    },
    Program(name: "draws") {
      let generator = RandomGenerator(seed: 7)
      return [Tensor<Float>.randn([100_003], generator: generator), Tensor<Float>.rand([1_003], generator: generator)]
    },
  ]

  private func bits(_ results: [Tensor<Float>]) -> [[UInt32]] {
    results.map { $0.scalars.map { $0.isNaN ? .max : $0.bitPattern } }
  }

  @Test(arguments: programs) private func anyNumberOfThreads(_ program: Program) {
    let threads = Parallelism.threads
    defer { Parallelism.threads = threads }
    var expected: [[UInt32]] = []
    for count in [1, 2, 3, 8] {
      Parallelism.threads = count
      let results = bits(program.run())
      if expected.isEmpty { expected = results }
      for index in results.indices where results[index] != expected[index] {
        Issue.record("\(program.name), result \(index): other bits on \(count) threads than on 1")
      }
    }
  }

  @Test(arguments: programs) private func anyOrderOfReading(_ program: Program) {
    let together = program.run()
    Evaluation.evaluateAll(together.map(\.node))
    let expected = bits(together)
    let backwards = program.run()
    for index in backwards.indices.reversed() { _ = backwards[index].scalars }
    #expect(bits(backwards) == expected, "\(program.name): other bits when read one by one, the last first")
  }

  @Test(arguments: programs) private func manyTasks(_ program: Program) async {
    let expected = bits(program.run())
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<4 { group.addTask { bits(program.run()) == expected } }
      for await isEqual in group { #expect(isEqual, "\(program.name): other bits beside other tasks") }
    }
  }
}
