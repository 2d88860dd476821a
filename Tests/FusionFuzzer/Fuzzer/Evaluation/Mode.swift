import Adjoint

/// What is computed of a program.
public enum Mode: String, Codable, CaseIterable, Sendable {
  case value
  /// The directional derivatives of the outputs.
  case jvp
  /// The gradients of ⟨cotangents, outputs⟩, by a transformation.
  case vjp
  /// The directional derivatives of those: forward over reverse.
  case hvp
  /// The gradients again, by `backward()` of a scalar on leaves.
  case backward

  /// Whether the results belong to outputs; otherwise to differentiated inputs.
  var isOfOutputs: Bool { self == .value || self == .jvp }
}

/// How results are read.
public enum ReadingOrder: String, Codable, CaseIterable, Sendable {
  case forwards, backwards, shuffled
  /// All in one evaluation: they are concatenated and read once.
  case together
}

/// A program's results by one mode, read in some order: elements by output or by differentiated input.
struct Fused<Scalar: TensorFloatingPoint> {
  let program: Program
  let mode: Mode
  let order: ReadingOrder

  func run(_ inputs: [Tensor<Scalar>], shapes: [[Int]]) -> [[Double]] {
    run(inputs, tangents: program.tangents(Scalar.self), cotangents: program.cotangents(Scalar.self, shapes: shapes))
  }

  func run(
    _ inputs: [Tensor<Scalar>], tangents: [Tensor<Scalar>], cotangents: [Tensor<Scalar>]
  ) -> [[Double]] {
    let points = program.differentiated.map { inputs[$0] }
    let f = program.function(inputs)
    switch mode {
    case .value: return read(noGrad { f(points) })
    case .jvp: return read(jvp(of: f, at: points, along: tangents).tangent)
    case .vjp: return read(vjp(of: f, at: points).pullback(cotangents))
    case .hvp:
      return read(jvp(of: { vjp(of: f, at: $0).pullback(cotangents) }, at: points, along: tangents).tangent)
    case .backward:
      let leaves = points.map { Tensor($0, requiresGrad: true) }
      let loss = Self.loss(f(leaves), cotangents)
      if loss.requiresGrad { loss.backward() }
      return read(leaves.map { $0.grad ?? .zeros(like: $0) })
    }
  }

  /// Σ ⟨cotangent, output⟩
  static func loss(_ outputs: [Tensor<Scalar>], _ cotangents: [Tensor<Scalar>]) -> Tensor<Scalar> {
    var loss = Tensor<Scalar>(0)
    for (output, cotangent) in zip(outputs, cotangents) { loss = loss + (output * cotangent).sum() }
    return loss
  }

  func read(_ tensors: [Tensor<Scalar>]) -> [[Double]] {
    switch order {
    case .forwards: return tensors.map(\.doubles)
    case .backwards: return tensors.reversed().map(\.doubles).reversed()
    case .shuffled:
      var results = Array(repeating: [Double](), count: tensors.count)
      // A stride without a common factor visits every place.
      let stride = [7, 5, 3, 2, 1].first { tensors.count % $0 != 0 || tensors.count == 1 } ?? 1
      for turn in tensors.indices {
        let place = (turn * stride + 1) % tensors.count
        results[place] = tensors[place].doubles
      }
      return results
    case .together:
      let all = Tensor.concatenate(tensors.map { $0.reshaped($0.count) }).doubles
      var results: [[Double]] = []
      var start = 0
      for tensor in tensors {
        results.append(Array(all[start..<start + tensor.count]))
        start += tensor.count
      }
      return results
    }
  }
}
