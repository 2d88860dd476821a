@_spi(Engine) import AdjointKernels

/// A stream of random numbers: the counter-based generator Philox4×32-10.
///
/// A seed gives the same tensors on every machine with the same instruction set and whatever the number of
/// threads. A generator may be shared between tasks; which task draws first is then up to them, so give each its
/// own where that matters.
public final class RandomGenerator: Sendable {
  private let state: SpinLocked<(seed: UInt64, counter: UInt64)>

  /// A generator that starts from a seed.
  public init(seed: UInt64) { state = SpinLocked((seed, 0)) }

  /// The generator that is used where none is given. It starts from a fixed seed, as PyTorch's does.
  public static let shared: RandomGenerator = {
    let generator = RandomGenerator(seed: 67_280_421_310_721)
    _ = generator.state.heldDuringFork()
    return generator
  }()

  /// Starts again from a seed.
  public func manualSeed(_ seed: UInt64) { state.withLock { $0 = (seed, 0) } }

  /// Where a generator is in its stream.
  struct Position: Equatable, Sendable {
    var seed, counter: UInt64
  }

  func fill(_ distribution: Philox.Distribution, _ type: ElementType, count: Int) -> Buffer {
    let blocks = Philox.blocks(type, count: count)
    let start = self === Self.shared ? SharedDraws.position { advance(blocks) } : advance(blocks)
    return Philox.fill(distribution, type, count: count, key: start.seed, counter: start.counter)
  }

  /// Where the next numbers come from; whoever draws after them gets others.
  private func advance(_ blocks: UInt64) -> Position {
    state.withLock { state in
      let start = Position(seed: state.seed, counter: state.counter)
      state.counter += blocks
      return start
    }
  }
}

/// Seeds the shared generator.
public func manualSeed(_ seed: UInt64) { RandomGenerator.shared.manualSeed(seed) }

extension Tensor where Scalar: TensorFloatingPoint {
  /// Numbers drawn uniformly from [0, 1).
  public static func rand(
    _ shape: Shape, requiresGrad: Bool = false, generator: RandomGenerator = .shared
  ) -> Tensor {
    Tensor(
      generator.fill(.uniform, Scalar.elementType, count: shape.allocatable("rand", Scalar.elementType)), shape: shape
    ).leaf(requiresGrad: requiresGrad)
  }

  /// Numbers drawn uniformly from [0, 1).
  public static func rand(
    _ extents: Int..., requiresGrad: Bool = false, generator: RandomGenerator = .shared
  ) -> Tensor {
    rand(Shape(checking: extents, "rand"), requiresGrad: requiresGrad, generator: generator)
  }

  /// Numbers drawn from the normal distribution with mean 0 and variance 1.
  public static func randn(
    _ shape: Shape, requiresGrad: Bool = false, generator: RandomGenerator = .shared
  ) -> Tensor {
    Tensor(
      generator.fill(.normal, Scalar.elementType, count: shape.allocatable("randn", Scalar.elementType)), shape: shape
    ).leaf(requiresGrad: requiresGrad)
  }

  /// Numbers drawn from the normal distribution with mean 0 and variance 1.
  public static func randn(
    _ extents: Int..., requiresGrad: Bool = false, generator: RandomGenerator = .shared
  ) -> Tensor {
    randn(Shape(checking: extents, "randn"), requiresGrad: requiresGrad, generator: generator)
  }

  /// Uniform numbers in the shape of another tensor.
  public static func rand(like other: Tensor, generator: RandomGenerator = .shared) -> Tensor {
    rand(other.shape, generator: generator)
  }

  /// Normal numbers in the shape of another tensor.
  public static func randn(like other: Tensor, generator: RandomGenerator = .shared) -> Tensor {
    randn(other.shape, generator: generator)
  }
}

extension Tensor where Scalar == Int {
  /// Whole numbers drawn uniformly from `low ..< high`.
  public static func randint(
    _ low: Int = 0, _ high: Int, shape: Shape, generator: RandomGenerator = .shared
  ) -> Tensor {
    guard low < high else { fatalError("randint: from \(low) to \(high); the first must be below the second") }
    return Tensor(
      generator.fill(
        .integers(low: Int64(low), high: Int64(high)), .int64, count: shape.allocatable("randint", .int64)),
      shape: shape)
  }

  /// The numbers 0 ..< count in a random order, every order equally likely.
  public static func permutation(_ count: Int, generator: RandomGenerator = .shared) -> Tensor {
    guard count >= 0 else { fatalError("permutation: of \(count) numbers; the count must be at least 0") }
    _ = Shape(vector: count).allocatable("permutation", .int64)
    var order = Array(0..<count)
    // Fisher and Yates: position k swaps with one of 0...k. The modulus of a 63-bit draw is off by less than k·2⁻⁶³.
    let draws = generator.fill(.integers(low: 0, high: .max), .int64, count: Swift.max(count, 1))
      .elements(Int.self, count: count)
    for k in Swift.stride(from: count - 1, to: 0, by: -1) { order.swapAt(k, draws[k] % (k + 1)) }
    return Tensor(order)
  }
}
