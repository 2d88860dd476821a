import AdjointKernels
import Foundation
import Testing

@testable import Adjoint

/// How many pages of 4 KiB of this process are in memory; 0 where the system does not say.
private func residentPages() -> Int {
  let fields = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ") ?? []
  return fields.count > 1 ? Int(fields[1])! : 0
}

/// What stays in memory, and what does not.
@Suite(.serialized) struct GraphLifetimeTests {
  @Test func aSumOfLossesKeepsNoGraphs() async {
    let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
      let w = Tensor<Float>.ones(256, requiresGrad: true)
      let optimizer = SGD([w], learningRate: 1e-4, momentum: 0.9)
      var total: Tensor<Float> = 0
      var early = 0
      var earlyPages = 0
      for step in 0..<10_000 {
        optimizer.zeroGrad()
        let loss = ((w * 2 - 1).square() + w.exp()).mean()
        loss.backward()
        optimizer.step()
        total += loss
        if step == 2_000 {
          early = BufferPool.shared.statistics.bytesInUse
          earlyPages = residentPages()
        }
      }
      // 8,000 more steps with arrays of 1 KiB would keep 8 MB each if one of them stayed alive. What stays until somebody reads
      // the total is the losses' values, a block of 64 bytes each.
      let late = BufferPool.shared.statistics.bytesInUse
      guard late - early < 1_000_000 else { fatalError("\(early) bytes after 2,000 steps, \(late) after 10,000") }
      // Nodes are not buffers: a step that left its ten nodes behind would add 4 KB, 32 MB in all. Two stay: the loss with its
      // value, and its addition to the total.
      let pages = residentPages()
      guard pages - earlyPages < 4_000 else {
        fatalError("\(earlyPages) pages after 2,000 steps, \(pages) after 10,000")
      }
      guard total.item().isFinite else { fatalError("total \(total)") }
    }
    #expect(result != nil, "\(String(decoding: result?.standardErrorContent ?? [], as: UTF8.self))")
  }

  @Test func lossesThatNobodyDifferentiatesStayBounded() async {
    await #expect(processExitsWith: .success) {
      let w = Tensor<Float>.ones(256, requiresGrad: true)
      var total = noGrad { w.sum() }
      var early = 0
      for step in 0..<10_000 {
        total = noGrad { total + (w * Float(step)).sum() }
        if step == 2_000 { early = BufferPool.shared.statistics.bytesInUse }
      }
      let late = BufferPool.shared.statistics.bytesInUse
      guard late - early < 100_000 else { fatalError("\(early) bytes after 2,000 steps, \(late) after 10,000") }
      // 256·(0 + 1 + … + 9,999) and the first 256, in Float.
      guard abs(total.item() / 12_798_720_000 - 1) < 1e-3 else { fatalError("total \(total)") }
    }
  }

  /// y·y·2 with its mean and backward: nothing as large as x is allocated but x's gradient.
  @Test func theTutorialMakesNoIntermediateArray() async {
    await #expect(processExitsWith: .success) {
      let count = 1_000_000
      let x = Tensor<Float>.ones([count], requiresGrad: true)
      for (step, expected) in [1, 0].enumerated() {
        BufferPool.shared.resetCounters()
        let y = x + 2
        let mean = (y * y * 2).mean()
        mean.backward()
        let requests = BufferPool.shared.requestCount(ofAtLeast: 4 * count)
        // The first step makes the gradient; the next adds to it in place, or makes its successor.
        guard requests <= max(expected, 1) else { fatalError("step \(step): \(requests) arrays") }
        guard mean.item() == 18 else { fatalError("mean \(mean)") }
      }
      let gradient = x.grad!.scalars
      guard abs(gradient[0] / 24e-6 - 1) < 1e-5, gradient.allSatisfy({ $0 == gradient[0] }) else {
        fatalError("gradient \(gradient[0])")
      }
    }
  }

  #if DEBUG
    static let longChain = 100_000
  #else
    static let longChain = 1_000_000
  #endif

  /// Without recursion anywhere: evaluating, differentiating and releasing.
  @Test func aLongChain() {
    let x = Tensor<Double>([1, 2, 3], requiresGrad: true)
    var y = x
    for _ in 0..<Self.longChain { y = y + 0.5 }
    #expect(y.scalars == [1, 2, 3].map { $0 + 0.5 * Double(Self.longChain) })
    y.sum().backward()
    #expect(x.grad?.scalars == [1, 1, 1])
  }

  @Test func aLongChainThatIsDroppedUnread() {
    let x = Tensor<Double>([1, 2, 3], requiresGrad: true)
    weak var inner: Node?
    do {
      var y = x
      for step in 0..<Self.longChain {
        y = y * 0.5
        if step == 10 { inner = y.node }
      }
      #expect(inner != nil)
    }
    #expect(inner == nil)
    #expect(x.grad == nil)
  }

  /// A diamond on a diamond …: 2¹⁰⁰ paths, linear time.
  @Test func diamonds() {
    let x = Tensor<Double>([1], requiresGrad: true)
    var y = x
    for _ in 0..<100 { y = (y + y) * 0.5 }
    y.sum().backward()
    #expect(x.grad?.scalars == [1])
  }

  @Test func backwardReleasesTheGraph() {
    let x = Tensor<Double>([1, 2, 3], requiresGrad: true)
    weak var inner: Node?
    var loss: Tensor<Double>
    do {
      let y = x * x
      inner = y.node
      loss = y.sum()
    }
    #expect(inner != nil)
    loss.backward()
    #expect(inner == nil)
    #expect(loss.item() == 14)
    #expect(x.grad?.scalars == [2, 4, 6])
    loss = 0
  }
}
