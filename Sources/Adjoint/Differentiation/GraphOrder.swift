/// The tracked graph below some roots, in an order in which operands come before their users.
///
/// One walk, without recursion, that also finds the place of every operand: what goes over the graph afterwards
/// works with numbers and looks nothing up.
struct GraphOrder {
  /// The nodes in the order of their discovery: a node's index here is its place.
  private(set) var nodes: ContiguousArray<Recorded> = []
  /// The places in an order in which operands come before their users.
  private(set) var sequence: ContiguousArray<Int> = []
  // The places of all nodes' operands, −1 for what is not tracked; those of node i begin at `firstOperand[i]`.
  private var operandPlaces: ContiguousArray<Int> = []
  private var firstOperand: ContiguousArray<Int> = []
  private var places = IdentityMap()

  /// Walks from the roots, but not below the nodes of `ends`.
  init(_ roots: some Sequence<Node>, stoppingAt ends: Set<ObjectIdentifier> = []) {
    // A place and the next operand to look at.
    var stack: ContiguousArray<(place: Int, next: Int)> = []
    for root in roots where root.tracking == .tracked && places[root] == nil {
      stack.append((discover(root, ends), 0))
      visit: while let (top, next) = stack.last {
        for index in next..<operandCount(top) {
          guard let child = nodes[top].x[index].node, child.tracking == .tracked else { continue }
          if let known = places[child] {
            operandPlaces[firstOperand[top] + index] = known
            continue
          }
          stack[stack.count - 1].next = index + 1
          let place = discover(child, ends)
          operandPlaces[firstOperand[top] + index] = place
          stack.append((place, 0))
          continue visit
        }
        sequence.append(top)
        stack.removeLast()
      }
    }
    firstOperand.append(operandPlaces.count)
  }

  private mutating func discover(_ node: Node, _ ends: Set<ObjectIdentifier>) -> Int {
    let place = nodes.count
    places[node] = place
    nodes.append(Recorded(node))
    firstOperand.append(operandPlaces.count)
    if ends.isEmpty || !ends.contains(ObjectIdentifier(node)) {
      for _ in nodes[place].x.indices { operandPlaces.append(-1) }
    }
    return place
  }

  private func operandCount(_ place: Int) -> Int {
    (place + 1 < firstOperand.count ? firstOperand[place + 1] : operandPlaces.count) - firstOperand[place]
  }

  /// The place of a node that the walk met.
  subscript(node: Node) -> Int? { places[node] }

  /// The places of a node's operands, −1 for what is not tracked; none for an end.
  func operands(_ place: Int) -> ArraySlice<Int> { operandPlaces[firstOperand[place]..<firstOperand[place + 1]] }
}
