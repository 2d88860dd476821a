@_spi(Engine) import AdjointKernels
import CKernels

extension Planner {
  /// Decides, from the last pass to the first, which values a later pass reads as arrays and which it computes
  /// again. Returns the nodes of earlier passes that each pass computes again.
  mutating func demandArrays() -> [ContiguousArray<Int32>] {
    var inlined: [ContiguousArray<Int32>] = Array(repeating: [], count: passes.count)
    // By position: the last pass that looked at the node as something to compute again.
    var seen = ContiguousArray(repeating: Int32(-1), count: pass.count)
    var pending: ContiguousArray<Int32> = []
    for index in passes.indices.reversed() where !passes[index].isSingle {
      pending.append(contentsOf: passes[index].members)
      while let position = pending.popLast() {
        let isRenaming = items[Int(position)].alias == .renaming
        for operand in operands(Int(position)) {
          let unresolved = reference(operand)
          let reference = isRenaming ? unresolved : resolve(unresolved)
          guard reference.kind == .node, Int(pass[reference.index]) != index, !isMaterialized[reference.index],
            !isPlacement(reference.index),
            seen[reference.index] != Int32(index)
          else { continue }
          if let nodes = recomputed(reference.index, in: passes[index].space) {
            for node in nodes where seen[Int(node)] != Int32(index) {
              seen[Int(node)] = Int32(index)
              inlined[index].append(node)
              pending.append(node)
            }
          } else {
            isMaterialized[reference.index] = true
          }
        }
      }
      // A reshape inside a pass that must be an array is a view of its operand's array.
      for member in passes[index].members.reversed() where isMaterialized[Int(member)] {
        if items[Int(member)].alias == .renaming {
          isMaterialized[reference(operands(Int(member)).lowerBound).index] = true
        }
      }
    }
    return inlined
  }

  /// Operations up to this cost are cheaper to compute again than to write to memory and read back.
  private static let cheapestArray = 6

  /// What somebody holds but has not asked for is not kept either where it is cheaper to compute again.
  mutating func dropCheapValues() {
    for position in isKept.indices where isKept[position] && walk.description.wishes[position] != .root {
      isMaterialized[position] = false
      if recomputed(position, in: nil) == nil {
        isMaterialized[position] = true
      } else {
        isKept[position] = false
      }
    }
  }

  /// The few cheap nodes that a value of another pass is computed from again, or nil if it had better be an array.
  private func recomputed(_ position: Int, in space: Int32?) -> ContiguousArray<Int32>? {
    // Most values are not: they are found out without making a list.
    guard items[position].kind == .elementwise, space == nil || items[position].space == space!,
      TileOperation(rawValue: items[position].code).cost <= Self.cheapestArray
    else { return nil }
    var nodes: ContiguousArray<Int32> = []
    var cost = 0
    var pending: ContiguousArray<Int32> = [Int32(truncatingIfNeeded: position)]
    while let next = pending.popLast() {
      if nodes.contains(next) { continue }
      let item = items[Int(next)]
      guard item.kind == .elementwise, space == nil || item.space == space! else { return nil }
      nodes.append(next)
      cost += TileOperation(rawValue: item.code).cost
      if cost > Self.cheapestArray { return nil }
      for operand in operands(Int(next)) {
        let reference = resolve(reference(operand))
        if reference.kind == .node, !isMaterialized[reference.index], !isPlacement(reference.index) {
          pending.append(Int32(truncatingIfNeeded: reference.index))
        }
      }
    }
    return nodes
  }
}

extension TileOperation {
  /// Roughly, in additions.
  fileprivate var cost: Int {
    switch self {
    case CK_ADD, CK_SUBTRACT, CK_MULTIPLY, CK_NEGATE, CK_ABS, CK_SQUARE, CK_COPY, CK_RELU, CK_MAXIMUM, CK_MINIMUM,
      CK_SELECT, CK_EQUAL, CK_NOT_EQUAL, CK_LESS, CK_LESS_EQUAL, CK_GREATER, CK_GREATER_EQUAL, CK_MULTIPLY_ADD,
      CK_LOGICAL_AND, CK_LOGICAL_OR, CK_LOGICAL_NOT, CK_LOGICAL_XOR, CK_SIGN:
      1
    case CK_DIVIDE, CK_SQRT, CK_RECIPROCAL: 3
    default: 10
    }
  }
}
