import AdjointKernels
import Testing

@testable import Adjoint

/// What holds for every operation, on every sample of the catalogue.
@Suite struct LawTests {
  /// The values are those of a plain Double formula, element by element with broadcasting.
  @Test(arguments: Trial.referenced) func valuesFollowTheFormula(_ trial: Trial) throws {
    let draw = Draw(trial)
    let output = trial.sample.body(draw.leaves(.float64))[0]
    let got = output.doubles
    #expect(got.count == output.shape.elementCount)
    for (position, value) in got.enumerated() {
      let point = draw.values.indices.map { draw.values[$0][draw.shapes[$0].position(of: position, in: output.shape)] }
      let expected = trial.sample.reference!(point)
      #expect(
        isClose(value, expected, 1e-13, 1e-14),
        "\(trial): element \(position) at \(point) is \(value), expected \(expected)")
    }
  }

  /// ⟨J t, g⟩ = ⟨t, Jᵀ g⟩: forward and reverse mode are transposes of each other.
  @Test(arguments: Trial.smooth) func forwardAndReverseAreAdjoint(_ trial: Trial) {
    let probe = Probe(trial, Draw(trial))
    let tangents = Draw.directions(probe.inputShapes, seed: trial.seed)
    let cotangents = Draw.directions(probe.outputShapes, seed: trial.seed &+ 1)
    let forward = probe.derivatives(of: probe.results.map { probe.outputs[$0] }, along: tangents)
    let reverse = probe.gradients(cotangents).map(\.doubles)
    let (left, right) = (inner(forward, cotangents), inner(reverse, tangents))
    #expect(left.isFinite && isClose(left, right, 1e-11, 1e-11), "\(trial): ⟨J t, g⟩ is \(left), ⟨t, Jᵀ g⟩ is \(right)")
  }

  /// J t is the limit of central differences.
  @Test(arguments: Trial.smooth) func derivativesFollowFiniteDifferences(_ trial: Trial) {
    let draw = Draw(trial)
    let probe = Probe(trial, draw)
    let tangents = Draw.directions(probe.inputShapes, seed: trial.seed)
    let got = probe.derivatives(of: probe.results.map { probe.outputs[$0] }, along: tangents)
    let step = 1e-5
    let (after, before) = (Probe.moved(trial, draw, tangents, step), Probe.moved(trial, draw, tangents, -step))
    for (k, result) in probe.results.enumerated() {
      let differences = zip(after.outputs[result].doubles, before.outputs[result].doubles).map {
        ($0 - $1) / (2 * step)
      }
      expectClose(got[k], differences, 2e-7, 2e-8, "\(trial): derivative of output \(result)", isFinite: true)
    }
  }

  /// The derivative of the gradient is the limit of the gradient's central differences.
  @Test(arguments: Trial.smooth) func secondDerivativesFollowFiniteDifferences(_ trial: Trial) {
    let draw = Draw(trial)
    let probe = Probe(trial, draw)
    let tangents = Draw.directions(probe.inputShapes, seed: trial.seed)
    let cotangents = Draw.directions(probe.outputShapes, seed: trial.seed &+ 1)
    let got = probe.derivatives(of: probe.gradients(cotangents), along: tangents)
    let step = 1e-5
    let after = Probe.moved(trial, draw, tangents, step).gradients(cotangents).map(\.doubles)
    let before = Probe.moved(trial, draw, tangents, -step).gradients(cotangents).map(\.doubles)
    for k in got.indices {
      let differences = zip(after[k], before[k]).map { ($0 - $1) / (2 * step) }
      expectClose(
        got[k], differences, 1e-6, 1e-7, "\(trial): second derivative of input \(probe.live[k])", isFinite: true)
    }
  }

  /// Evaluated node by node, the graph of values and gradients gives what one fused evaluation gives.
  @Test(arguments: Trial.all) func fusedEqualsUnfused(_ trial: Trial) {
    func evaluate(nodeByNode: Bool) -> [[Double]] {
      let probe = Probe(trial, Draw(trial))
      let cotangents = Draw.directions(probe.outputShapes, seed: trial.seed &+ 1)
      let results = probe.outputs + (probe.results.isEmpty ? [] : probe.gradients(cotangents))
      let nodes = results.map(\.asNode)
      if nodeByNode { for node in operandsFirst(nodes) { _ = node.evaluated() } } else { Evaluation.evaluateAll(nodes) }
      return results.map(\.doubles)
    }
    let (fused, single) = (evaluate(nodeByNode: false), evaluate(nodeByNode: true))
    for k in fused.indices { expectClose(fused[k], single[k], 1e-13, 1e-14, "\(trial): result \(k), fused and single") }
  }

  /// In Float the values and gradients are those of Double within Float's precision.
  @Test(arguments: Trial.all) func floatFollowsDouble(_ trial: Trial) {
    func evaluate(_ type: ElementType) -> [[Double]] {
      let inputs = Draw(trial).leaves(type)
      let outputs = trial.sample.body(inputs)
      let live = inputs.filter { $0.type.isFloatingPoint }
      let roots = outputs.filter { $0.type.isFloatingPoint && $0.node != nil }.map { ($0.node!, Expression(1, type)) }
      let gradients = Backward.cotangents(roots, targets: live.map { $0.node! }) { _, _ in }
      return outputs.map(\.doubles) + gradients.map { $0?.doubles ?? [] }
    }
    let (narrow, wide) = (evaluate(.float32), evaluate(.float64))
    for k in narrow.indices { expectClose(narrow[k], wide[k], 2e-5, 2e-5, "\(trial): result \(k), Float and Double") }
  }

  /// Nodes below some roots, operands first.
  private func operandsFirst(_ roots: [Node]) -> [Node] {
    var order: [Node] = []
    var seen: Set<ObjectIdentifier> = []
    var stack = roots.map { ($0, false) }
    while let (node, isReady) = stack.popLast() {
      if isReady {
        order.append(node)
      } else if seen.insert(ObjectIdentifier(node)).inserted {
        stack.append((node, true))
        for operand in node.operands { if let child = operand.node { stack.append((child, false)) } }
      }
    }
    return order
  }
}

/// Whether two numbers agree: NaN with NaN, infinities exactly; a value that is not finite agrees with no finite one.
func isClose(_ got: Double, _ expected: Double, _ relative: Double, _ absolute: Double) -> Bool {
  if got.isNaN || expected.isNaN { return got.isNaN && expected.isNaN }
  if got.isInfinite || expected.isInfinite { return got == expected }
  return Swift.abs(got - expected) <= absolute + relative * Swift.abs(expected)
}

/// Records the first element that differs, or that is not finite where all have to be.
func expectClose(
  _ got: [Double], _ expected: [Double], _ relative: Double, _ absolute: Double, _ what: String, isFinite: Bool = false
) {
  #expect(got.count == expected.count, "\(what): \(got.count) elements, expected \(expected.count)")
  for (position, (a, b)) in zip(got, expected).enumerated()
  where !isClose(a, b, relative, absolute) || (isFinite && !a.isFinite) {
    Issue.record("\(what), element \(position): \(a), expected \(b)")
    return
  }
}

extension Shape {
  /// Where the element at a position of the broadcast shape comes from in an array of this shape.
  func position(of position: Int, in full: Shape) -> Int {
    var rest = position
    var result = 0
    var step = 1
    for back in stride(from: full.rank - 1, through: 0, by: -1) {
      let index = rest % full[back]
      rest /= full[back]
      let axis = back - (full.rank - rank)
      if axis >= 0 {
        if self[axis] != 1 { result += index * step }
        step *= self[axis]
      }
    }
    return result
  }
}
