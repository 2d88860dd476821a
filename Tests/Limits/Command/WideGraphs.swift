import Adjoint
import Foundation

typealias D = Tensor<Double>

/// A graph that is as wide or as deep as asked for, the leaves that it is differentiated by, and its value.
struct LargeGraph {
  let name: String
  /// The number of the graph's parts → its sum and its leaves.
  let make: (_ count: Int) -> (sum: D, leaves: [D])
  /// What comes out for so many parts: the value, and the sum of all gradients.
  let value: (_ count: Int) -> (Double, Double)
}

/// A balanced tree.
func tree(_ parts: [D]) -> D {
  var level = parts
  while level.count > 1 {
    var next: [D] = []
    next.reserveCapacity(level.count / 2 + 1)
    for index in stride(from: 0, to: level.count - 1, by: 2) { next.append(level[index] + level[index + 1]) }
    if level.count % 2 == 1 { next.append(level.last!) }
    level = next
  }
  return level[0]
}

func leftToRight(_ parts: [D]) -> D { parts.dropFirst().reduce(parts[0]) { $0 + $1 } }

/// Factors that add up to something exact: 0.5, 1, 0.5, 1 …
private func factor(_ index: Int) -> Double { index % 2 == 0 ? 0.5 : 1 }
private func factors(_ count: Int) -> Double { 0.5 * Double((count + 1) / 2) + Double(count / 2) }

private func expressions(_ x: D, _ count: Int) -> [D] { (0..<count).map { x * factor($0) } }
private func leaves(_ count: Int, _ shape: Shape = []) -> [D] {
  (0..<count).map { _ in D.ones(shape, requiresGrad: true) }
}

func largeGraphs() -> [LargeGraph] {
  let three = { D([1, 2, 3], requiresGrad: true) }
  let scalar = { D(2, requiresGrad: true) }
  let ofThree: (Int) -> (Double, Double) = { (6 * factors($0), 3 * factors($0)) }
  let ofScalar: (Int) -> (Double, Double) = { (2 * factors($0), factors($0)) }
  let ofLeaves: (Int) -> (Double, Double) = { (factors($0), factors($0)) }
  func one(_ leaf: @escaping () -> D, _ join: @escaping ([D]) -> D) -> (Int) -> (D, [D]) {
    { count in
      let x = leaf()
      return (join(expressions(x, count)).sum(), [x])
    }
  }
  func many(_ shape: Shape, _ join: @escaping ([D]) -> D) -> (Int) -> (D, [D]) {
    { count in
      let leaves = leaves(count, shape)
      return (join(leaves.enumerated().map { $1 * factor($0) }).sum(), leaves)
    }
  }
  return [
    LargeGraph(name: "tree", make: one(three, tree), value: ofThree),
    LargeGraph(name: "left-to-right", make: one(three, leftToRight), value: ofThree),
    LargeGraph(name: "concatenate", make: one(three) { .concatenate($0) }, value: ofThree),
    LargeGraph(name: "stack", make: one(three) { .stack($0) }, value: ofThree),
    LargeGraph(name: "scalar-tree", make: one(scalar, tree), value: ofScalar),
    LargeGraph(name: "scalar-left-to-right", make: one(scalar, leftToRight), value: ofScalar),
    LargeGraph(name: "scalar-stack", make: one(scalar) { .stack($0) }, value: ofScalar),
    LargeGraph(name: "leaves-tree", make: many([], tree), value: ofLeaves),
    LargeGraph(name: "leaves-left-to-right", make: many([], leftToRight), value: ofLeaves),
    LargeGraph(name: "leaves-stack", make: many([]) { .stack($0) }, value: ofLeaves),
    LargeGraph(name: "leaves-concatenate", make: many([1]) { .concatenate($0) }, value: ofLeaves),
    // Every element of one array by itself.
    LargeGraph(
      name: "elements",
      make: { count in
        let x = D.ones(count, requiresGrad: true)
        return (tree((0..<count).map { x[$0] * factor($0) }), [x])
      }, value: ofLeaves),
    LargeGraph(
      name: "elements-of-expression",
      make: { count in
        let x = D.ones(count, requiresGrad: true)
        let y = x * 1
        return (tree((0..<count).map { y[$0] * factor($0) }), [x])
      }, value: ofLeaves),
    LargeGraph(
      name: "split",
      make: { count in
        let x = D.ones(count, requiresGrad: true)
        return (tree(x.split(size: 1).enumerated().map { $1 * factor($0) }).sum(), [x])
      }, value: ofLeaves),
    // One chain of additions.
    LargeGraph(
      name: "deep",
      make: { count in
        let x = D([1, 2, 3], requiresGrad: true)
        var y = x
        for index in 0..<count { y = y + factor(index) }
        return (y.sum(), [x])
      }, value: { (6 + 3 * factors($0), 3) }),
    LargeGraph(
      name: "deep-routines",
      make: { count in
        let x = D([1, 2, 3], requiresGrad: true)
        var y = x
        for _ in 0..<count { y = y.rolled(by: 1, axis: 0) }
        return (y.sum(), [x])
      }, value: { _ in (6, 3) }),
  ]
}

/// Builds a graph, reads it and differentiates it twice (the second time gradients are added to), and checks what comes out.
func measure(_ graph: LargeGraph, _ count: Int) -> (
  record: Double, forward: Double, backward: [Double], release: Double
) {
  let (value, gradient) = graph.value(count)
  var built: (sum: D, leaves: [D])! = nil
  let record = seconds { built = graph.make(count) }
  let forward = seconds {
    let found = built.sum.item()
    if found != value { fail("\(graph.name) of \(count): the value is \(found) where \(value) is due") }
  }
  var backward: [Double] = []
  for round in 1...2 {
    backward.append(seconds { built.sum.backward(retainGraph: round == 1) })
    let found = built.leaves.reduce(0.0) { sum, leaf in leaf.grad!.scalars.reduce(sum) { $0 + $1 } }
    if found != gradient * Double(round) {
      fail("\(graph.name) of \(count): gradient \(round) adds up to \(found) where \(gradient * Double(round)) is due")
    }
  }
  let release = seconds { built = nil }
  return (record, forward, backward, release)
}

/// Measures graphs, each in a process of its own, because what one needed at most hides what the next does.
func measureGraphs(_ count: Int, only name: String?) {
  if let name {
    guard let graph = largeGraphs().first(where: { $0.name == name }) else { fail("there is no graph \(name)") }
    let times = measure(graph, count)
    let total = times.record + times.forward + times.backward[0] + times.backward[1] + times.release
    let parts = [times.record, times.forward] + times.backward + [times.release]
    print(
      "\(name.padding(toLength: 24, withPad: " ", startingAt: 0)) \(count): \(total.text()) s (record, read, two backward passes, "
        + "release: \(parts.map { $0.text(3) }.joined(separator: ", "))), at most \(Memory.peak.megabytes)")
    return
  }
  for graph in largeGraphs() {
    let child = Process()
    child.executableURL = Bundle.main.executableURL
    child.arguments = ["wide", "\(count)", graph.name]
    do { try child.run() } catch { fail("the graph \(graph.name) could not be started: \(error)") }
    child.waitUntilExit()
    if child.terminationStatus != 0 { fail("the graph \(graph.name) of \(count) parts failed") }
  }
}
