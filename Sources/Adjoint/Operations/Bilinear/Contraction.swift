import AdjointKernels

/// An array whose axes have labels: equal labels of two arrays are one index of their product.
struct LabelledArray {
  var array: Expression
  var labels: [Int]

  func extent(_ label: Int) -> Int { array.shape[labels.firstIndex(of: label)!] }

  /// The axes in the order of labels.
  func permuted(_ order: [Int]) -> Expression { array.permuted(order.map { labels.firstIndex(of: $0)! }) }

  /// Diagonals in place of repeated labels.
  func withoutRepeats() -> LabelledArray {
    var result = self
    while let second = result.labels.indices.first(where: { result.labels[..<$0].contains(result.labels[$0]) }) {
      let label = result.labels[second]
      let first = result.labels.firstIndex(of: label)!
      result.array = result.array.diagonal(0, first, second)
      result.labels.remove(at: second)
      result.labels.remove(at: first)
      result.labels.append(label)
    }
    return result
  }

  /// Summed over the axes whose labels are not kept.
  func summed(keeping kept: Set<Int>) -> LabelledArray {
    let mask = labels.indices.reduce(0) { kept.contains(labels[$1]) ? $0 : $0 | 1 << $1 }
    if mask == 0 { return self }
    return LabelledArray(
      array: array.sum(mask: mask, keepingDimensions: false), labels: labels.filter { kept.contains($0) })
  }

  /// The product of two arrays, summed over the labels that are not kept.
  ///
  /// Where there is something to sum this is a product of stacks of matrices: the operands' axes are permuted, which
  /// moves nothing, and joined to matrices, which copies only where strides cannot show it. Without sums, and for
  /// plain scalar products, it is one pass of multiplications.
  func contracted(with other: LabelledArray, keeping kept: Set<Int>) -> LabelledArray {
    let a = summed(keeping: kept.union(other.labels))
    let b = other.summed(keeping: kept.union(labels))
    let shared = a.labels.filter { b.labels.contains($0) }
    let batch = shared.filter { kept.contains($0) }
    let inner = shared.filter { !kept.contains($0) }
    let left = a.labels.filter { !shared.contains($0) }
    let right = b.labels.filter { !shared.contains($0) }
    if inner.isEmpty || (left.isEmpty && right.isEmpty) {
      let all = batch + left + right + inner
      let product = a.aligned(to: all) * b.aligned(to: all)
      return LabelledArray(array: product.expanded(to: Shape(all.map { a.or(b, $0) })), labels: all)
        .summed(keeping: kept)
    }
    let (rows, columns, depth) = (a.count(left), b.count(right), a.count(inner))
    let stack = batch.map { a.extent($0) }
    let first = a.permuted(batch + left + inner).reshaped(Shape(stack + [rows, depth]))
    let second = b.permuted(batch + inner + right).reshaped(Shape(stack + [depth, columns]))
    let target = Shape(stack + left.map { a.extent($0) } + right.map { b.extent($0) })
    return LabelledArray(array: first.matrixProduct(second).reshaped(target), labels: batch + left + right)
  }

  private func count(_ labels: [Int]) -> Int { labels.reduce(1) { $0 * extent($1) } }

  private func or(_ other: LabelledArray, _ label: Int) -> Int {
    labels.contains(label) ? extent(label) : other.extent(label)
  }

  /// The axes in the order of labels, with extents of 1 for those that this array has not.
  private func aligned(to order: [Int]) -> Expression {
    permuted(order.filter { labels.contains($0) })
      .reshaped(Shape(order.map { labels.contains($0) ? extent($0) : 1 }))
  }
}

extension LabelledArray {
  /// The product of any number of arrays, summed over the labels that the result does not name.
  static func contract(_ operands: [LabelledArray], to result: [Int]) -> Expression {
    let wanted = Set(result)
    var operands = operands
    for index in operands.indices {
      let others = operands.indices.reduce(into: wanted) { if $1 != index { $0.formUnion(operands[$1].labels) } }
      operands[index] = operands[index].withoutRepeats().summed(keeping: others)
    }
    let order = operands.count <= 10 ? exhaustiveOrder(operands, wanted) : greedyOrder(operands, wanted)
    for (first, second) in order {
      let (a, b) = (operands[first], operands[second])
      operands.remove(at: second)
      operands.remove(at: first)
      let kept = operands.reduce(into: wanted) { $0.formUnion($1.labels) }
      operands.append(a.contracted(with: b, keeping: kept))
    }
    return operands[0].permuted(result)
  }

  /// Pairs in the order of contraction, first < second: places in the list, from which both are removed and to
  /// whose end their product is added.
  typealias Order = [(first: Int, second: Int)]

  /// The order with the fewest multiplications: the best for every set of operands, from small sets to large ones.
  private static func exhaustiveOrder(_ operands: [LabelledArray], _ wanted: Set<Int>) -> Order {
    let count = operands.count
    if count < 2 { return [] }
    let extents = operands.reduce(into: [Int: Double]()) { extents, operand in
      for label in operand.labels { extents[label] = Double(operand.extent(label)) }
    }
    let sets = 1 << count
    var labels: [Set<Int>] = []
    for set in 0..<sets {
      let outside = operands.indices.reduce(into: wanted) {
        if set >> $1 & 1 == 0 { $0.formUnion(operands[$1].labels) }
      }
      let inside = operands.indices.reduce(into: Set<Int>()) {
        if set >> $1 & 1 == 1 { $0.formUnion(operands[$1].labels) }
      }
      labels.append(inside.intersection(outside))
    }
    var cost = Array(repeating: Double.infinity, count: sets)
    var half = Array(repeating: 0, count: sets)
    for set in 1..<sets {
      if set & (set - 1) == 0 {
        cost[set] = 0
        continue
      }
      var part = (set - 1) & set
      while part > 0 {
        let rest = set ^ part
        if part < rest {
          let here = labels[part].union(labels[rest]).reduce(1) { $0 * extents[$1]! }
          if cost[part] + cost[rest] + here < cost[set] {
            cost[set] = cost[part] + cost[rest] + here
            half[set] = part
          }
        }
        part = (part - 1) & set
      }
    }
    // From the whole down to pairs, then the other way round.
    var splits: [Int] = []
    var pending = [sets - 1]
    while let set = pending.popLast() {
      splits.append(set)
      pending += [half[set], set ^ half[set]].filter { $0 & ($0 - 1) != 0 }
    }
    var list = (0..<count).map { 1 << $0 }
    return splits.reversed().map { set in
      let places = [list.firstIndex(of: half[set])!, list.firstIndex(of: set ^ half[set])!].sorted()
      list.remove(at: places[1])
      list.remove(at: places[0])
      list.append(set)
      return (places[0], places[1])
    }
  }

  /// Again and again the pair whose product is cheapest.
  private static func greedyOrder(_ operands: [LabelledArray], _ wanted: Set<Int>) -> Order {
    let extents = operands.reduce(into: [Int: Double]()) { extents, operand in
      for label in operand.labels { extents[label] = Double(operand.extent(label)) }
    }
    var list = operands.map { Set($0.labels) }
    var order: Order = []
    while list.count > 1 {
      var best = (cost: Double.infinity, first: 0, second: 1)
      for first in list.indices {
        for second in list.indices where second > first {
          let cost = list[first].union(list[second]).reduce(1) { $0 * extents[$1]! }
          if cost < best.cost { best = (cost, first, second) }
        }
      }
      let both = list[best.first].union(list[best.second])
      list.remove(at: best.second)
      list.remove(at: best.first)
      list.append(both.intersection(list.reduce(into: wanted) { $0.formUnion($1) }))
      order.append((best.first, best.second))
    }
    return order
  }
}
