import Synchronization
import Testing

@testable import Adjoint

@Suite struct CompiledTests {
  @Test func replaysAFunction() {
    let f = compiled { (x: Tensor<Double>, y: Tensor<Double>) in (x * y).sin().sum(axis: 0) + x.mean() }
    for seed in 0..<4 {
      let x = Tensor<Double>.full([5, 3], Double(seed) * 0.3)
      let y = Tensor<Double>.linspace(-1, 1, count: 15).reshaped(5, 3)
      #expect(f(x, y).scalars == ((x * y).sin().sum(axis: 0) + x.mean()).scalars)
    }
    let counts = Counters.count { _ = f(.ones(5, 3), .ones(5, 3)) }
    #expect(counts.plansMade == 0 && counts.plansFound == 0, "\(counts)")
  }

  @Test func shapesAreRecordedOneByOne() {
    let f = compiled { (x: Tensor<Float>) in x * 2 + 1 }
    for count in [1, 2, 3, 2, 1, 0] { #expect(f(.ones(count)).scalars == Array(repeating: 3, count: count)) }
  }

  /// One below, at and above the number from which recordings are found by key, and many more: none is made twice.
  @Test func manyShapesAreFoundAgain() {
    let recorded = Mutex(0)
    let f = compiled { (x: Tensor<Double>, y: Tensor<Double>) in
      recorded.withLock { $0 += 1 }
      return x.sum() + y * 2
    }
    for most in [7, 8, 9, 10, 200] {
      for _ in 0..<2 {
        for count in 0..<most {
          let result = f(.ones(count), .full([2, count % 3], 3)).scalars
          #expect(result == Array(repeating: Double(count) + 6, count: 2 * (count % 3)))
        }
      }
      #expect(recorded.withLock { $0 } == most)
    }
  }

  @Test func valueAndGradient() {
    let step = compiled(valueAndGrad(of: { (x: Tensor<Double>) in (x * x * 2).mean() }))
    for k in 1...4 {
      let x = Tensor<Double>([1, 2, 3]) * Double(k)
      let (value, gradient) = step(x)
      #expect(value.item() == 28.0 / 3 * Double(k * k))
      #expect(gradient.scalars == x.scalars.map { $0 * 4 / 3 })
    }
  }

  /// Captured leaves are read at each call, transposed or not.
  @Test func capturedLeavesMayChange() {
    let w = Tensor<Double>([[1, 2], [3, 4]], requiresGrad: true)
    let f = compiled { (x: Tensor<Double>) in w.transposed().matmul(x) + w.select(axis: 0, index: 1) }
    let x = Tensor<Double>([1, -1])
    for step in 0..<3 {
      let values = w.detached().scalars
      #expect(f(x).scalars == [values[0] - values[2] + values[2], values[1] - values[3] + values[3]], "step \(step)")
      noGrad { w.assign(w.detached() * 2 + 1) }
    }
  }

  @Test func resultsThatAreNotComputed() {
    let w = Tensor<Double>([5], requiresGrad: true)
    let f = compiled { (x: Tensor<Double>) in [x, w, Tensor<Double>.full([2], 7), x.reshaped(2, 1)] }
    let results = noGrad { f(Tensor<Double>([1, 2])) }
    #expect(results.map(\.scalars) == [[1, 2], [5], [7, 7], [1, 2]])
    #expect(results.allSatisfy { !$0.requiresGrad })
  }

  /// A function of captured leaves is called as it is where it has to be differentiated, and replayed elsewhere.
  @Test func capturedLeavesKeepTheirGradients() {
    let w = Tensor<Double>([5], requiresGrad: true)
    let f = compiled { (x: Tensor<Double>) in (x * w * w).sum() }
    let x = Tensor<Double>([3])
    f(x).backward()
    #expect(w.grad!.scalars == [30])
    #expect(noGrad { f(x) }.item() == 75)
    let counts = Counters.count { _ = noGrad { f(x) } }
    #expect(counts.plansMade == 0 && counts.plansFound == 0, "\(counts)")
    w.requiresGrad = false
    #expect(!f(x).requiresGrad && f(x).item() == 75)
    w.requiresGrad = true
    #expect(f(x).requiresGrad)
  }

  /// Under a transformation, the function itself is called.
  @Test func nestsWithTransformations() {
    let f = compiled { (x: Tensor<Double>) in (x * x * x).sum() }
    let x = Tensor<Double>([1, 2])
    #expect(grad(of: { f($0) })(x).scalars == [3, 12])
    #expect(jvp(of: { f($0) }, at: x, along: Tensor<Double>([1, 1])).tangent.item() == 15)
    #expect(vmap { (x: Tensor<Double>) in f(x) }(Tensor<Double>([[1, 2], [0, 1]])).scalars == [9, 1])
    let leaf = Tensor<Double>([1, 2], requiresGrad: true)
    f(leaf).backward()
    #expect(leaf.grad!.scalars == [3, 12])
    #expect(hessian(of: { f($0) }, at: x).scalars == [6, 0, 0, 12])
  }

  /// Two inputs may be the same tensor once and different ones later.
  @Test func equalInputs() {
    let f = compiled { (x: Tensor<Double>, y: Tensor<Double>) in x - y * 2 }
    let x = Tensor<Double>([1, 2])
    #expect(f(x, x).scalars == [-1, -2])
    #expect(f(x, Tensor<Double>([0, 1])).scalars == [1, 0])
  }

  @Test func refusesToRead() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = compiled { (x: Tensor<Float>) in x * x.sum().item() }(Tensor<Float>([1, 2]))
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("compiled: the function reads the elements of a Sum of shape [] inside itself"), "\(text)")
  }

  @Test func refusesBackward() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let w = Tensor<Float>([1, 2], requiresGrad: true)
      _ = compiled { (x: Tensor<Float>) in
        let loss = enableGrad { (x * w).sum() }
        loss.backward()
        return loss
      }(Tensor<Float>([1, 2]))
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("backward: the tensor of shape [] depends on the input of a function"), "\(text)")
  }

  @Test func explains() {
    let f = compiled { (x: Tensor<Float>) in (x * x + 1).sum() }
    #expect(f.explain(Tensor<Float>.ones(1000)).passCount == 1)
  }

  @Test func manyTasks() async {
    let f = compiled(valueAndGrad(of: { (x: Tensor<Double>) in (x.sin() * x).sum() }))
    nonisolated(unsafe) let step = f
    await withTaskGroup(of: Bool.self) { group in
      for task in 0..<8 {
        group.addTask {
          (0..<200).allSatisfy { round in
            let x = Tensor<Double>([Double(task), Double(round)])
            let (value, gradient) = step(x)
            return value.item() == (x.sin() * x).sum().item()
              && gradient.scalars == (x.cos() * x + x.sin()).scalars
          }
        }
      }
      for await isRight in group { #expect(isRight) }
    }
  }
}
