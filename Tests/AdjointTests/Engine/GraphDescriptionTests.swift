@_spi(Engine) import AdjointKernels
import Testing

@testable import Adjoint

/// What plans take for the same is the same: an operation whose parameters a description leaves out would be computed by
/// another one's plan.
@Suite struct GraphDescriptionTests {
  /// Operands that are not there yet, so that views are part of the description too.
  private func pending(_ leaves: [Expression]) -> [Expression] {
    leaves.map { $0.type.isFloatingPoint && !$0.isConstant ? Negate.operation.apply(Negate.operation.apply($0)) : $0 }
  }

  /// The description of a sample and its numbers; nil where that is not all: what reads no array but the leaves.
  private func words(_ trial: Trial) -> (words: ContiguousArray<UInt64>, numbers: [UInt64])? {
    let leaves = Draw(trial).leaves(.float64)
    let nodes = trial.sample.body(pending(leaves)).map(\.asNode)
    return Walk.borrow { walk in
      walk.go(from: nodes, .pending)
      if walk.entries.isEmpty || nodes.contains(where: { walk[$0] == nil }) { return nil }
      walk.describePending(nodes, keepsTracked: false)
      let own = Set(leaves.compactMap { $0.node.map { ObjectIdentifier($0) } })
      if walk.description.externals.contains(where: { !own.contains(ObjectIdentifier($0.node)) }) { return nil }
      let numbers = walk.description.numbers.indices.map { walk.description.numbers[$0].bits }
      return (walk.description.words.array, numbers)
    }
  }

  /// Node by node: no plan takes part.
  private func values(_ trial: Trial, _ draw: Draw) -> [[Double]] {
    let outputs = trial.sample.body(pending(draw.leaves(.float64)))
    let nodes = Walk.borrow { walk in
      walk.go(from: outputs.map(\.asNode), .all)
      return walk.sequence.indices.map { walk.node(at: $0) }
    }
    for node in nodes { node.evaluate() }
    return outputs.map(\.doubles)
  }

  @Test func equalDescriptionsEqualResults() {
    var groups: [ContiguousArray<UInt64>: [Trial]] = [:]
    for trial in Trial.all {
      // Numbers are no part of a description, by intention.
      if let found = words(trial) {
        groups[found.words + ContiguousArray(found.numbers), default: []].append(trial)
      }
    }
    #expect(groups.count > 300, "\(groups.count) different descriptions")
    for trials in groups.values {
      for trial in trials.dropFirst() {
        let draw = Draw(trials[0])
        let (first, other) = (values(trials[0], draw), values(trial, draw))
        for (a, b) in zip(first.joined(), other.joined()) where !(a == b || a.isNaN && b.isNaN) {
          Issue.record("\(trials[0]) and \(trial) have one description and give \(a) and \(b)")
          break
        }
      }
    }
  }

  /// A second recording of a sample finds the plan of the first.
  @Test func everySampleIsFoundAgain() {
    for trial in Trial.all {
      let draw = Draw(trial)
      for _ in 0..<2 { Evaluation.evaluateAll(trial.sample.body(pending(draw.leaves(.float64))).map(\.asNode)) }
      let counts = Counters.count {
        Evaluation.evaluateAll(trial.sample.body(pending(draw.leaves(.float64))).map(\.asNode))
      }
      #expect(counts.plansMade == 0, "\(trial): \(counts)")
    }
  }
}
