@_spi(Engine) import AdjointKernels

private typealias RecordedNode = Node

/// What a tensor is computed from, as a value: the recorded operations with their shapes, in topological order.
///
/// ```swift
/// print((x * x).sum().graph)
/// // %0 = Leaf        [3] Float  requiresGrad, computed
/// // %1 = Square(%0)  [3] Float  requiresGrad
/// // %2 = Sum(%1)     []  Float  requiresGrad
/// ```
///
/// It is the record as it is at the time, and computes nothing. What was released (by `backward()`, or because an untracked
/// result has its value) is not in it any more: such a node stands without inputs.
public struct ComputationGraph: Sendable {
  /// What an operation reads.
  public enum Input: Sendable, Hashable {
    /// The result of another node, by its position in ``ComputationGraph/nodes``.
    case node(Int)
    /// A number that broadcasts.
    case number(Double)

    /// The position of the node, or nil for a number.
    public var index: Int? { if case .node(let index) = self { index } else { nil } }
  }

  /// A recorded operation, a leaf or a constant.
  public struct Node: Sendable, Hashable {
    /// The operation's name: `Multiply`, `Sum`; `Leaf` and `Constant` are the ends of the graph.
    public let operation: String
    public let shape: Shape
    public let elementType: ElementType
    /// What it reads, in the order of its operands; every node stands behind those that it reads.
    public let inputs: [Input]
    public let requiresGrad: Bool
    public let isLeaf: Bool
    /// Whether its elements are there already.
    public let isComputed: Bool
  }

  /// The nodes, each behind those that it reads; the last one is the tensor itself.
  public let nodes: [Node]

  fileprivate init(_ root: RecordedNode) {
    nodes = Walk.borrow { walk in
      walk.go(from: CollectionOfOne(root), .all)
      var positions = Array(repeating: 0, count: walk.count)
      for place in positions.indices { positions[place] = walk.position(place) }
      return walk.sequence.indices.map { position in
        let node = walk.node(at: position)
        let inputs = walk.operandRange(Int(walk.sequence[position])).map { operand in
          walk.operands[operand].expression.node == nil
            ? Input.number(walk.operands[operand].expression.constant!)
            : .node(positions[Int(walk.operands[operand].place)])
        }
        return Node(
          operation: node.operation.name, shape: node.shape, elementType: node.type, inputs: inputs,
          requiresGrad: node.tracking != .none, isLeaf: node.isLeaf, isComputed: node.hasValue)
      }
    }
  }
}

extension Tensor {
  /// What this tensor is computed from, as a value that can be read, printed and drawn. Computes nothing.
  ///
  /// - Complexity: linear in the number of nodes.
  public var graph: ComputationGraph { ComputationGraph(node) }
}

extension ComputationGraph: CustomStringConvertible {
  /// A line per node: its number, operation, inputs, shape and type.
  public var description: String {
    let rows = nodes.enumerated().map { index, node in
      let marks = [node.requiresGrad ? "requiresGrad" : nil, node.isComputed ? "computed" : nil].compactMap { $0 }
      return ["%\(index) = \(node.call)", "\(node.shape)", node.elementType.swiftName, marks.joined(separator: ", ")]
    }
    return TextTable.lines(rows, separators: ["  ", " ", "  "]).joined(separator: "\n")
  }

  /// The graph in the DOT language of Graphviz: leaves as ellipses, what has its elements filled.
  ///
  /// ```swift
  /// import Foundation
  ///
  /// try loss.graph.dot.write(toFile: "loss.dot", atomically: true, encoding: .utf8)  // dot -Tsvg loss.dot -o loss.svg
  /// ```
  public var dot: String {
    var text = "digraph Adjoint {\n  node [fontname=\"monospace\"];\n"
    for (index, node) in nodes.enumerated() {
      let label = "\(node.callWithoutNodes)\n\(node.shape) \(node.elementType.swiftName)".dotEscaped
      let shape = node.inputs.isEmpty ? "ellipse" : "box"
      let style = node.isComputed ? ", style=filled, fillcolor=\"gray90\"" : ""
      let color = node.requiresGrad ? ", color=\"blue\"" : ""
      text += "  n\(index) [label=\"\(label)\", shape=\(shape)\(style)\(color)];\n"
    }
    for (index, node) in nodes.enumerated() {
      for (place, input) in node.inputs.enumerated() {
        guard let other = input.index else { continue }
        text += "  n\(other) -> n\(index)\(node.inputs.count > 1 ? " [taillabel=\"\(place)\"]" : "");\n"
      }
    }
    return text + "}\n"
  }
}

extension ComputationGraph.Node {
  /// `Multiply(%0, 2.0)`.
  fileprivate var call: String {
    if inputs.isEmpty { return operation }
    let names = inputs.map { input in
      switch input {
      case .node(let index): "%\(index)"
      case .number(let number): "\(number)"
      }
    }
    return "\(operation)(\(names.joined(separator: ", ")))"
  }

  /// The same where edges say which nodes are meant.
  fileprivate var callWithoutNodes: String {
    if !inputs.contains(where: { $0.index == nil }) { return operation }
    let names = inputs.map { input in if case .number(let number) = input { "\(number)" } else { "·" } }
    return "\(operation)(\(names.joined(separator: ", ")))"
  }
}

extension String {
  /// The text as part of a quoted string of the DOT language.
  fileprivate var dotEscaped: String {
    var result = ""
    for character in self {
      switch character {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      default: result.append(character)
      }
    }
    return result
  }
}

extension ElementType {
  /// The scalar type as it is written in `Tensor<Float>`.
  var swiftName: String {
    switch self {
    case .float32: "Float"
    case .float64: "Double"
    case .int64: "Int64"
    case .int32: "Int32"
    case .bool: "Bool"
    }
  }
}
