/// Eight tasks read, record, differentiate and update the same tensors for a while: nothing may crash, hang, tear or get lost.
///
///     make test-torture MINUTES=5

import Adjoint
import Foundation

/// What the tasks of a round do with what they share, and what must hold at the end of a read.
struct Torment: Sendable {
  let name: String
  let tasks: [@Sendable (_ until: Date) async -> Int]
}

func fail(_ sentence: String) -> Never {
  FileHandle.standardError.write(Data("torture: \(sentence)\n".utf8))
  exit(1)
}

/// Repeats until the time is over; how often.
@Sendable func repeated(_ until: Date, _ body: @Sendable (Int) -> Void) -> Int {
  var count = 0
  while Date() < until {
    for _ in 0..<50 {
      body(count)
      count += 1
    }
  }
  return count
}

/// One task assigns arrays of one number, others read: every read is of one number.
func assignments(size: Int) -> Torment {
  let w = Tensor<Float>.zeros(size, requiresGrad: true)
  let read: @Sendable (Date) async -> Int = { until in
    repeated(until) { _ in
      let values = w.detached().scalars
      if !values.allSatisfy({ $0 == values[0] }) { fail("assign of \(size): a read mixes \(Set(values).prefix(4))") }
    }
  }
  return Torment(
    name: "assign and read, \(size)",
    tasks: [
      { until in repeated(until) { k in noGrad { w.assign(.full([size], Float(k))) } } },
      { until in repeated(until) { k in noGrad { w.assign(Tensor<Float>.ones(size) * Float(-k)) } } },
      read, read, read, read,
      { until in
        repeated(until) { _ in
          // A graph that was recorded before an update keeps its elements.
          let values = (w * 2).scalars
          if !values.allSatisfy({ $0 == values[0] }) {
            fail("assign of \(size): a graph mixes \(Set(values).prefix(4))")
          }
        }
      },
      { until in repeated(until) { _ in _ = w.requiresGrad && w.isLeaf && w.grad == nil } },
    ])
}

/// An optimizer's steps while others read and record: every element of a parameter has taken the same steps.
func steps(size: Int) -> Torment {
  let w = Tensor<Float>.zeros(size, requiresGrad: true)
  nonisolated(unsafe) let optimizer = SGD([w], learningRate: 1, momentum: 0.5)
  let read: @Sendable (Date) async -> Int = { until in
    repeated(until) { _ in
      let values = w.detached().scalars
      if !values.allSatisfy({ $0 == values[0] }) { fail("SGD of \(size): a read mixes \(Set(values).prefix(4))") }
    }
  }
  return Torment(
    name: "SGD and read, \(size)",
    tasks: [
      { until in
        repeated(until) { k in
          w.grad = .full([size], k % 2 == 0 ? 1 : -1)
          optimizer.step()
        }
      },
      read, read, read, read,
      { until in repeated(until) { _ in _ = (w * 3 + 1).sum().item() } },
      { until in repeated(until) { _ in _ = w.grad?.scalars.count } },
      { until in repeated(until) { _ in _ = "\(w.detached().sum())" } },
    ])
}

/// Eight tasks add to the gradient of one leaf: none of their contributions is lost.
func gradients() -> Torment {
  let x = Tensor<Double>([1, 2, 3], requiresGrad: true)
  let rounds = 200
  return Torment(
    name: "backward into one leaf",
    tasks: [
      { until in
        var count = 0
        while Date() < until {
          x.grad = nil
          await withTaskGroup(of: Void.self) { group in
            for task in 0..<8 {
              group.addTask {
                for round in 0..<rounds {
                  if (round + task) % 3 == 0 { (x * x).sum().backward() } else { (x.square() * 1).sum().backward() }
                }
              }
            }
          }
          let expected = [2.0, 4, 6].map { $0 * 8 * Double(rounds) }
          if x.grad!.scalars != expected { fail("backward: \(x.grad!.scalars) where \(expected) is due") }
          count += 8 * rounds
        }
        return count
      }
    ])
}

/// One unevaluated graph that all tasks evaluate at once.
func sharedGraphs() -> Torment {
  Torment(
    name: "one graph, eight readers",
    tasks: [
      { until in
        var count = 0
        while Date() < until {
          let x = Tensor<Double>.linspace(0, 1, count: 200 + count % 700)
          let shared = ((x * 3).sin() + x).exp()
          let results = (0..<8).map { k in (shared * Double(k)).sum() + shared.amax() }
          let values = await withTaskGroup(of: (Int, Double).self) { group in
            for (k, result) in results.enumerated() { group.addTask { (k, result.item()) } }
            var values = Array(repeating: 0.0, count: 8)
            for await (k, value) in group { values[k] = value }
            return values
          }
          let (sum, top) = (shared.sum().item(), shared.amax().item())
          for k in 0..<8 where abs(values[k] - (sum * Double(k) + top)) > 1e-9 * (1 + sum * 8) {
            fail("a shared graph: result \(k) is \(values[k]) where \(sum * Double(k) + top) is due")
          }
          count += 8
        }
        return count
      }
    ])
}

let minutes = CommandLine.arguments.dropFirst().first.flatMap { Double($0) } ?? 1
let torments = [
  assignments(size: 5_000), assignments(size: 3), steps(size: 5_000), steps(size: 100), gradients(), sharedGraphs(),
]
let each = minutes * 60 / Double(torments.count)
for torment in torments {
  let until = Date() + each
  let counts = await withTaskGroup(of: Int.self) { group in
    for task in torment.tasks { group.addTask { await task(until) } }
    var counts: [Int] = []
    for await count in group { counts.append(count) }
    return counts
  }
  print("torture: \(torment.name): \(counts.reduce(0, +)) times, nothing torn or lost")
}
