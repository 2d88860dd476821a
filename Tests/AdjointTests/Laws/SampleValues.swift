import AdjointKernels

@testable import Adjoint

/// One use of an operation on inputs drawn with a seed: what every law is checked on.
struct Trial: CustomStringConvertible, Sendable {
  let operation: String
  let sample: Sample
  let seed: UInt64

  var description: String { "\(operation), sample \(sample.label), seed \(seed)" }

  /// Every sample of the catalogue.
  static let all: [Trial] = Catalogue.operations.flatMap { declaration in
    declaration.samples.enumerated().map { index, sample in
      Trial(operation: "\(declaration)", sample: sample, seed: UInt64(index) &* 7919 &+ 17)
    }
  }

  /// Those with inputs that gradients flow to, at points where finite differences exist.
  static let smooth = all.filter { trial in
    trial.sample.isSmooth && trial.sample.inputs.contains { if case .uniform = $0 { true } else { false } }
  }

  /// Those with a plain Double formula.
  static let referenced = all.filter { $0.sample.reference != nil }
}

/// Drawn inputs: Double numbers, whatever the type of the array made of them.
struct Draw {
  let shapes: [Shape]
  var values: [[Double]]
  /// Int for indices, Bool for masks, nil for floating-point numbers.
  let types: [ElementType?]

  init(_ trial: Trial) {
    var generator = SplitMix(state: trial.seed)
    var shapes: [Shape] = []
    var values: [[Double]] = []
    var types: [ElementType?] = []
    for input in trial.sample.inputs {
      switch input {
      case .uniform(let shape, let range):
        shapes.append(shape)
        // Halfway between neighbouring Floats rounds alike in both types.
        values.append((0..<shape.elementCount).map { _ in Double(Float(Double.random(in: range, using: &generator))) })
        types.append(nil)
      case .values(let numbers, let shape):
        shapes.append(shape)
        values.append(numbers)
        types.append(nil)
      case .indices(let shape, let below):
        shapes.append(shape)
        values.append((0..<shape.elementCount).map { _ in Double(Int.random(in: 0..<below, using: &generator)) })
        types.append(.int64)
      case .mask(let shape):
        shapes.append(shape)
        values.append((0..<shape.elementCount).map { _ in Bool.random(using: &generator) ? 1 : 0 })
        types.append(.bool)
      }
    }
    self.shapes = shapes
    self.values = values
    self.types = types
  }

  /// The inputs as leaves; floating-point ones are tracked.
  func leaves(_ type: ElementType) -> [Expression] {
    values.indices.map { index in
      let node: Node
      switch types[index] ?? type {
      case .float32: node = Tensor<Float>(values[index].map { Float($0) }, shape: shapes[index]).node
      case .float64: node = Tensor<Double>(values[index], shape: shapes[index]).node
      case .bool: node = Tensor<Bool>(values[index].map { $0 != 0 }, shape: shapes[index]).node
      default: node = Tensor<Int>(values[index].map { Int($0) }, shape: shapes[index]).node
      }
      if types[index] == nil { node.setTracking(.tracked) }
      return Expression(node)
    }
  }

  /// Random numbers in the shapes of some expressions.
  static func directions(_ shapes: [Shape], seed: UInt64) -> [[Double]] {
    var generator = SplitMix(state: seed ^ 0xD1B5_4A32_D192_ED03)
    return shapes.map { shape in (0..<shape.elementCount).map { _ in Double.random(in: -1...1, using: &generator) } }
  }
}

/// SplitMix64 (Steele, Lea and Flood, 2014): a sequence that a seed repeats on every platform.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

extension Expression {
  /// The elements as Double numbers. Evaluates.
  var doubles: [Double] {
    let node = asNode
    switch type {
    case .float32: return Tensor<Float>(node).scalars.map { Double($0) }
    case .float64: return Tensor<Double>(node).scalars
    case .int64: return Tensor<Int>(node).scalars.map { Double($0) }
    case .int32: return Tensor<Int32>(node).scalars.map { Double($0) }
    case .bool: return Tensor<Bool>(node).scalars.map { $0 ? 1 : 0 }
    }
  }

  static func array(_ values: [Double], _ shape: Shape) -> Expression {
    Tensor<Double>(values, shape: shape).expression
  }
}

/// A function under test at a point, with everything in Double.
struct Probe {
  let draw: Draw
  let inputs: [Expression]
  let outputs: [Expression]
  /// The inputs and outputs that gradients run between.
  let live: [Int]
  let results: [Int]

  init(_ trial: Trial, _ draw: Draw) {
    self.draw = draw
    inputs = draw.leaves(.float64)
    outputs = trial.sample.body(inputs)
    let types = draw.types
    live = inputs.indices.filter { types[$0] == nil }
    let outputs = outputs
    results = outputs.indices.filter { outputs[$0].type.isFloatingPoint && outputs[$0].node != nil }
  }

  var inputShapes: [Shape] { live.map { inputs[$0].shape } }
  var outputShapes: [Shape] { results.map { outputs[$0].shape } }

  /// The gradients of Σ ⟨cotangent, output⟩, as expressions.
  func gradients(_ cotangents: [[Double]]) -> [Expression] {
    let roots = zip(results, cotangents).map { (outputs[$0].node!, Expression.array($1, outputs[$0].shape)) }
    let found = Backward.cotangents(roots, targets: live.map { inputs[$0].node! }) { _, _ in }
    return zip(live, found).map { $1 ?? .full(0, .float64, inputs[$0].shape) }
  }

  /// The derivatives of some expressions along tangents of the inputs.
  func derivatives(of expressions: [Expression], along tangents: [[Double]]) -> [[Double]] {
    let seeds = zip(live, tangents).map { (node: inputs[$0].node!, tangent: Expression.array($1, inputs[$0].shape)) }
    let found = Forward.tangents(of: expressions.map(\.asNode), along: seeds)
    return zip(expressions, found).map { $1?.doubles ?? Array(repeating: 0, count: $0.shape.elementCount) }
  }

  /// The same function at the inputs moved by `step` times the directions.
  static func moved(_ trial: Trial, _ draw: Draw, _ directions: [[Double]], _ step: Double) -> Probe {
    var moved = draw
    let live = draw.types.indices.filter { draw.types[$0] == nil }
    for (index, direction) in zip(live, directions) {
      moved.values[index] = zip(draw.values[index], direction).map { $0 + step * $1 }
    }
    return Probe(trial, moved)
  }
}

func inner(_ a: [[Double]], _ b: [[Double]]) -> Double {
  zip(a, b).reduce(0) { sum, pair in zip(pair.0, pair.1).reduce(sum) { $0 + $1.0 * $1.1 } }
}
