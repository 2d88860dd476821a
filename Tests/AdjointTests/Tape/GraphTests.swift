import Testing

@testable import Adjoint

/// The graph as a value: what it holds, how it prints, and that drawing it is safe.
@Suite struct GraphTests {
  @Test func nodesInTopologicalOrder() {
    let x = Tensor<Float>([1, 2, 3], requiresGrad: true)
    let data = Tensor<Float>([4, 5, 6])
    let y = x * data
    let graph = (y * y + 2).sum().graph
    #expect(graph.nodes.map(\.operation) == ["Leaf", "Leaf", "Multiply", "Square", "Add", "Sum"])
    #expect(
      graph.nodes.map(\.inputs) == [
        [], [], [.node(0), .node(1)], [.node(2)], [.node(3), .number(2)], [.node(4)],
      ])
    #expect(graph.nodes.map(\.requiresGrad) == [true, false, true, true, true, true])
    #expect(graph.nodes.map(\.isComputed) == [true, true, false, false, false, false])
    #expect(graph.nodes.map(\.isLeaf) == [true, true, false, false, false, false])
    #expect(graph.nodes.last?.shape == [] && graph.nodes[2].shape == [3] && graph.nodes[2].elementType == .float32)
  }

  @Test func printing() {
    let x = Tensor<Float>([1, 2, 3], requiresGrad: true)
    let y = x * x
    y.evaluate()
    #expect(
      (y + 2).sum().graph.description == """
        %0 = Leaf          [3] Float  requiresGrad, computed
        %1 = Square(%0)    [3] Float  requiresGrad, computed
        %2 = Add(%1, 2.0)  [3] Float  requiresGrad
        %3 = Sum(%2)       []  Float  requiresGrad
        """)
  }

  @Test func readingComputesNothing() {
    let x = Tensor<Float>([1, 2, 3], requiresGrad: true)
    let y = (x * 2).exp()
    _ = (y.graph.description, y.graph.dot)
    #expect(y.node.value == nil)
  }

  @Test func otherScalarsAndConstants() {
    let x = Tensor<Int64>([1, 2, 3])
    let graph = (x + Tensor<Int64>.ones(3)).graph
    #expect(graph.nodes.map(\.operation) == ["Leaf", "Constant", "Add"])
    #expect(graph.nodes.allSatisfy { $0.elementType == .int64 && !$0.requiresGrad })
    #expect((x .> 1).graph.nodes.last?.elementType == .bool)
  }

  /// What was released is gone from the graph too.
  @Test func aReleasedGraph() {
    let x = Tensor<Float>([1, 2, 3], requiresGrad: true)
    let loss = (x * x).sum()
    loss.backward()
    #expect(loss.graph.nodes.map(\.operation) == ["Sum"])
    #expect(loss.graph.nodes[0].inputs.isEmpty && loss.graph.nodes[0].isComputed)
  }

  /// The statements of the DOT language that `dot` consists of, each checked by its grammar.
  @Test func graphviz() throws {
    let x = Tensor<Float>([1, 2, 3], requiresGrad: true)
    let odd = Operation(
      foreign: "quote \" and \\ and\nline", x.node.operation.kernel, .none)
    let inner = Tensor<Float>(odd.record(.float32, [3], (x * 2).expression))
    let graph = (inner + x).graph
    let lines = graph.dot.split(separator: "\n").map(String.init)
    #expect(lines.first == "digraph Adjoint {" && lines.last == "}")
    let string = #""(\\["\\n]|[^"\\])*""#
    let attributes = #" \[[a-z]+=(\#(string)|[a-z]+)(, [a-z]+=(\#(string)|[a-z]+))*\]"#
    let statement = try Regex("  (node|n[0-9]+|n[0-9]+ -> n[0-9]+)(\(attributes))?;")
    for line in lines.dropFirst().dropLast() { #expect(line.wholeMatch(of: statement) != nil, "\(line)") }
    #expect(graph.dot.contains(#"quote \" and \\ and\nline"#))
    #expect(graph.dot.contains(#"n1 [label="Multiply(·, 2.0)\n[3] Float", shape=box"#))
    let edges = lines.filter { $0.contains("->") }
    #expect(edges.count == graph.nodes.reduce(0) { $0 + $1.inputs.compactMap(\.index).count })
    for edge in edges {
      let ends = edge.split { !$0.isNumber }.prefix(2).map { Int($0)! }
      #expect(ends[0] < ends[1], "\(edge)")
    }
  }

  /// Without recursion: neither reading nor printing depends on the depth.
  @Test func aLongChain() {
    let count = GraphLifetimeTests.longChain
    let x = Tensor<Double>([1], requiresGrad: true)
    var y = x
    for _ in 0..<count { y = y + 0.5 }
    let graph = y.graph
    #expect(graph.nodes.count == count + 1)
    #expect(graph.nodes.last?.inputs == [.node(count - 1), .number(0.5)])
  }

  @Test func diamonds() {
    var y = Tensor<Double>([1], requiresGrad: true)
    for _ in 0..<100 { y = y + y }
    #expect(y.graph.nodes.count == 101)
  }
}
