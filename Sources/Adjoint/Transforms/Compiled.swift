@_spi(Engine) import AdjointKernels

/// A function whose computation is recorded once per combination of shapes, and replayed afterwards without recording.
///
/// ```swift
/// let step = compiled(valueAndGrad(of: loss))
/// for batch in batches {
///   let (value, gradient) = step(batch)     // recorded at the first call of each shape
/// }
/// ```
///
/// The counterpart of `jax.jit` and `torch.compile`, without a compiler: what is kept is the plan of fused passes that an
/// evaluation would follow. The function runs when a combination of shapes and types is new, and then never again: what it
/// prints, counts or draws at random happens at recording only. Leaves that it captures are read at each call, so
/// parameters may be updated in between: leaves that require gradients, or were made of elements. Other captured tensors
/// (results, views, and what `zeros` and `full` made and nobody wrote to) and Swift numbers are constants.
///
/// A function that reads a value (`item()`, `scalars`, printing, a factorisation) or calls `backward()` inside itself
/// stops the process with a sentence. Under another transformation, and where its results are to be tracked, because inputs
/// or captured tensors are, the function is called as it is: call it in ``noGrad(_:)`` where that is not wanted. The
/// results of a replay have their values and are not tracked.
///
/// May be called from many tasks at once.
///
/// - Complexity: per call, the passes of the plan and a small constant for each input, captured leaf and result.
public struct CompiledFunction<Output, each Input: TensorTree> {
  private let function: (repeat each Input) -> Output
  private let outputTensors: (Output) -> [AnyTensor]
  private let replaced: (Output, inout ArraySlice<AnyTensor>) -> Output
  private let recordings = SpinLocked(CompiledRecordings<Output>())

  fileprivate init(
    _ function: @escaping (repeat each Input) -> Output, _ outputTensors: @escaping (Output) -> [AnyTensor],
    _ replaced: @escaping (Output, inout ArraySlice<AnyTensor>) -> Output
  ) {
    self.function = function
    self.outputTensors = outputTensors
    self.replaced = replaced
  }

  /// The function's value.
  public func callAsFunction(_ input: repeat each Input) -> Output {
    let tensors = Self.tensors(repeat each input)
    if CompiledRecording.mustCallPlainly(tensors) { return function(repeat each input) }
    let (recording, arrangement) = recording(for: tensors, repeat each input)
    if recording.mustCallPlainly { return function(repeat each input) }
    var results = recording.run(tensors)[...]
    return replaced(arrangement, &results)
  }

  /// How a call with these inputs is computed.
  public func explain(_ input: repeat each Input) -> ExecutionPlan {
    recording(for: Self.tensors(repeat each input), repeat each input).recording.explanation
  }

  private static func tensors(_ input: repeat each Input) -> [AnyTensor] {
    var tensors: [AnyTensor] = []
    for tree in repeat each input { tensors += tree.tensors }
    return tensors
  }

  private func recording(
    for tensors: [AnyTensor], _ input: repeat each Input
  ) -> (recording: CompiledRecording, arrangement: Output) {
    var arrangement: [AnyHashable] = []
    for tree in repeat each input { tree.addArrangement(to: &arrangement) }
    // Compared outside the lock, where what others make of equality may take its time.
    let key = recordings.withLock { $0.isLong } ? CompiledRecording.key(tensors, arrangement) : nil
    let candidates = recordings.withLock { $0.candidates(key) }
    if let known = candidates.first(where: { $0.recording.fits(tensors, arrangement) }) { return known }
    var output: Output?
    let recording = CompiledRecording(tensors, arrangement) { arguments in
      var next = arguments.map { AnyTensor($0) }[...]
      let result = function(repeat (each input).replacingTensors(&next))
      output = result
      return outputTensors(result).map(\.node)
    }
    let made = (recording: recording, arrangement: output!)
    let madeKey = CompiledRecording.key(tensors, arrangement)
    recordings.withLock { $0.append(made, madeKey) }
    return made
  }
}

/// What a compiled function has recorded, each with its results' arrangement: few are compared one by one, of many only those with the
/// same key, so that a thousand combinations of shapes cost a call no more than ten.
private struct CompiledRecordings<Output> {
  typealias Known = (recording: CompiledRecording, arrangement: Output)
  private static var most: Int { 8 }

  private var all: [Known] = []
  private var byKey: [Int: [Known]] = [:]

  var isLong: Bool { all.count > Self.most }

  /// Those that may fit, for the key that is asked for once there are many.
  func candidates(_ key: Int?) -> [Known] {
    guard let key else { return all }
    return byKey[key] ?? []
  }

  mutating func append(_ made: Known, _ key: Int) {
    all.append(made)
    byKey[key, default: []].append(made)
  }
}

/// Records a function once per combination of shapes and replays its plan afterwards; see ``CompiledFunction``.
public func compiled<each Input: TensorTree, Output: TensorTree>(
  _ function: @escaping (repeat each Input) -> Output
) -> CompiledFunction<Output, repeat each Input> {
  CompiledFunction(function, { $0.tensors }, { $0.replacingTensors(&$1) })
}

/// Records a function with two results once per combination of shapes and replays its plan afterwards; see
/// ``CompiledFunction``.
@_disfavoredOverload
public func compiled<each Input: TensorTree, First: TensorTree, Second: TensorTree>(
  _ function: @escaping (repeat each Input) -> (First, Second)
) -> CompiledFunction<(First, Second), repeat each Input> {
  CompiledFunction(
    function, { $0.0.tensors + $0.1.tensors }, { ($0.0.replacingTensors(&$1), $0.1.replacingTensors(&$1)) })
}

/// Records a function's value and gradient once per combination of shapes and replays the plan afterwards; see
/// ``CompiledFunction``.
public func compiled<each Input: TensorTree, Value: TensorTree, Gradient: TensorTree>(
  _ function: @escaping (repeat each Input) -> (value: Value, gradient: Gradient)
) -> CompiledFunction<(value: Value, gradient: Gradient), repeat each Input> {
  CompiledFunction(
    function, { $0.value.tensors + $0.gradient.tensors },
    { (value: $0.value.replacingTensors(&$1), gradient: $0.gradient.replacingTensors(&$1)) })
}
