import AdjointKernels
import Synchronization
import Testing

@testable import Adjoint

/// Elements in and out without copies.
@Suite struct ElementAccessTests {
  @Test func readingIsWithoutCopies() {
    let x = Tensor<Float>.arange(0, 100_000).evaluate()
    let before = BufferPool.shared.requestCount(ofAtLeast: 400_000)
    let sum = x.withSpan { elements in
      var sum = 0.0
      for index in elements.indices { sum += Double(elements[index]) }
      return sum
    }
    let last = x.withUnsafeBufferPointer { $0.last }
    #expect(sum == 99_999 * 50_000 && last == 99_999)
    #expect(BufferPool.shared.requestCount(ofAtLeast: 400_000) == before)
  }

  @Test(arguments: [[], [0], [3], [4, 5], [2, 0, 3], [2, 3, 4]])
  func anyLayoutIsReadRowByRow(_ shape: [Int]) {
    let count = shape.reduce(1, *)
    let x = Tensor((0..<count).map { Int32($0) }, shape: Shape(shape))
    var layouts = [x, x + 1]
    if shape.count > 1 { layouts += [x.transposed(0, 1), x.transposed(0, shape.count - 1)[.stride(by: 2)]] }
    for tensor in layouts {
      #expect(tensor.withSpan { span in span.indices.map { span[$0] } } == tensor.scalars, "\(shape)")
      #expect(tensor.withUnsafeBufferPointer { Array($0) } == tensor.scalars, "\(shape)")
    }
  }

  @Test func whatIsReadDoesNotChange() {
    let w = Tensor<Float>([1, 2, 3], requiresGrad: true)
    w.withSpan { elements in
      noGrad { w.assign(w * 2) }
      #expect(elements[0] == 1 && elements[2] == 3)
    }
    #expect(w.scalars == [2, 4, 6])
  }

  @Test func errorsPass() {
    struct Stop: Error, Equatable {}
    let x = Tensor<Double>([1])
    #expect(throws: Stop()) { try x.withSpan { (_) throws(Stop) in throw Stop() } }
    #expect(throws: Stop()) { try x.withUnsafeBufferPointer { (_) throws(Stop) in throw Stop() } }
    #expect(throws: Stop()) { try Tensor<Float>(initializing: [2]) { (_) throws(Stop) in throw Stop() } }
    #expect(throws: Stop()) { try Tensor<Float>(unsafeInitializing: [2]) { (_) throws(Stop) in throw Stop() } }
  }

  @Test func copiesOfMemory() {
    var numbers: [Double] = [1, 2, 3, 4, 5, 6]
    let x = numbers.withUnsafeBufferPointer { Tensor(copying: $0, shape: [2, 3]) }
    let y = Tensor(copying: numbers.span, shape: [3, 2])
    numbers[0] = 10
    #expect(x.array2D == [[1, 2, 3], [4, 5, 6]] && y.array2D == [[1, 2], [3, 4], [5, 6]])
    #expect(Tensor<Float>(copying: UnsafeBufferPointer(start: nil, count: 0), shape: [0, 4]).shape == [0, 4])
  }

  /// Memory that is taken over, at every alignment that elements can have, gives the bits that a copy of it gives.
  @Test(arguments: [1, 7, 64, 1000, 70_001], 0..<4)
  func memoryThatIsTakenOver(_ count: Int, _ shift: Int) {
    let counter = Counter()
    let values = (0..<count).map { Float($0 % 97) * 0.25 - 3 }
    do {
      let block = UnsafeMutablePointer<Float>.allocate(capacity: count + shift)
      let memory = UnsafeMutableBufferPointer(start: block + shift, count: count)
      _ = memory.initialize(from: values)
      let x = Tensor(unsafeTaking: memory, shape: [count]) {
        counter.value.add(1, ordering: .relaxed)
        ($0.baseAddress! - shift).deallocate()
      }
      #expect(x.withUnsafeBufferPointer { $0.baseAddress == UnsafePointer(memory.baseAddress) })
      let copy = Tensor(values)
      func results(_ x: Tensor<Float>) -> [UInt32] {
        [
          x.exp() * x + 1, x.sum().reshaped(1), x.tanh().cumulativeSum(axis: 0), x.sorted().values,
          x.outer(x[..<1]).flattened(), x.reshaped(1, count).matmul(x.reshaped(count, 1)).flattened(),
        ].flatMap { $0.scalars.map(\.bitPattern) }
      }
      #expect(results(x) == results(copy), "\(count) elements, \(shift) from the block's start")
      #expect(counter.value.load(ordering: .relaxed) == 0)
    }
    #expect(counter.value.load(ordering: .relaxed) == 1, "\(count) \(shift)")
  }

  private final class Counter: Sendable {
    let value = Atomic<Int>(0)
  }

  /// A pending operation, a view and an update keep or change the memory as they do a tensor's own.
  @Test func takenMemoryLivesAsLongAsItIsReferredTo() {
    let counter = Counter()
    func make() -> Tensor<Double> {
      let memory = UnsafeMutableBufferPointer<Double>.allocate(capacity: 4)
      _ = memory.initialize(from: [1, 2, 3, 4])
      return Tensor(unsafeTaking: memory, shape: [4]) {
        counter.value.add(1, ordering: .relaxed)
        $0.deallocate()
      }
    }
    var pending: Tensor<Double>? = make()[1...] * 2
    #expect(counter.value.load(ordering: .relaxed) == 0)
    #expect(pending!.scalars == [4, 6, 8])
    pending = nil
    #expect(counter.value.load(ordering: .relaxed) == 1)
    do {
      var x = make()
      let old = x
      x += 1
      #expect(x.scalars == [2, 3, 4, 5] && old.scalars == [1, 2, 3, 4])
      let leaf = Tensor(make(), requiresGrad: true)
      (leaf * leaf).sum().backward()
      SGD(leaf, learningRate: 0.5).step()
      #expect(leaf.scalars == [0, 0, 0, 0])
    }
    #expect(counter.value.load(ordering: .relaxed) == 3)
    let empty = Tensor<Float>(unsafeTaking: UnsafeMutableBufferPointer(start: nil, count: 0), shape: [0, 2]) { _ in
      counter.value.add(1, ordering: .relaxed)
    }
    #expect(empty.shape == [0, 2] && counter.value.load(ordering: .relaxed) == 4)
  }

  @Test func elementsAreWrittenToTheirPlaces() {
    let squares = Tensor<Float>(initializing: [2, 3]) { output in
      for k in 0..<6 { output.append(Float(k * k)) }
    }
    #expect(squares.array2D == [[0, 1, 4], [9, 16, 25]])
    let filled = Tensor<Int>(unsafeInitializing: [3]) { memory in
      for index in memory.indices { memory[index] = 7 * index }
    }
    #expect(filled.scalars == [0, 7, 14])
    #expect(Tensor<Bool>(initializing: [0]) { _ in }.count == 0)
    #expect(Tensor<Double>(initializing: []) { $0.append(3) }.item() == 3)
  }

  @Test func reflectionNeverEvaluates() {
    let x = Tensor<Float>([[1, 2], [3, 4]], requiresGrad: true)
    let pending = x * 3
    let mirror = Mirror(reflecting: pending)
    #expect(mirror.descendant("operation") as? String == "Multiply")
    #expect(mirror.descendant("shape") as? [Int] == [2, 2] && mirror.descendant("requiresGrad") as? Bool == true)
    let hasValue = pending.node.hasValue
    #expect(!hasValue)
    let labels = Mirror(reflecting: x).children.map { $0.label ?? "" }
    #expect(labels == ["shape", "requiresGrad", "scalars"])
    let scalars = Mirror(reflecting: x.detached().transposed()).descendant("scalars") as? [Float]
    #expect(scalars == [1, 3, 2, 4])
    let large = Tensor<Int>.arange(10_000).evaluate()
    #expect((Mirror(reflecting: large).descendant("scalars") as? [Int]) == Array(0..<1000))
    #expect((Mirror(reflecting: Tensor<Int>([])).descendant("scalars") as? [Int]) == [])
  }
}
