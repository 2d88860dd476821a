import AdjointKernels

/// Which eigenvalues or singular values of a stack of matrices are equal to within rounding, or zero.
///
/// Their vectors are then one basis out of many, and formulas with 1/(λⱼ − λᵢ) say nothing about pairs of them.
struct RepeatedValues {
  struct Group {
    let positions: Range<Int>
    /// Singular values of zero, whose vectors may turn without regard to each other.
    let isZero: Bool
  }

  /// The order of the matrices' lists of values.
  let n: Int
  /// By matrix.
  let groups: [[Group]]

  /// nil where all values are apart, which is nearly always.
  init?(_ values: Expression, bound: Double, zerosCount: Bool) {
    guard values.shape.elementCount > 0 else { return nil }
    let n = values.shape[values.shape.rank - 1]
    let numbers = values.doubles
    self.n = n
    groups = stride(from: 0, to: numbers.count, by: n).map { start in
      let list = numbers[start..<start + n].map { $0 }
      // The largest magnitude is at one end.
      let largest = (list[0] * list[0] + list[n - 1] * list[n - 1]).squareRoot()
      var groups: [Group] = []
      var first = 0
      while first < n {
        let isZero = zerosCount && list[first].magnitude <= bound * largest
        var end = first + 1
        while end < n, isZero || (list[end] - list[end - 1]).magnitude <= bound * largest {
          // Equal values that are not zero end where zeros begin.
          if !isZero && zerosCount && list[end].magnitude <= bound * largest { break }
          end += 1
        }
        if end - first > 1 || isZero { groups.append(Group(positions: first..<end, isZero: isZero)) }
        first = end
      }
      return groups
    }
    if groups.allSatisfy(\.isEmpty) { return nil }
  }

  /// Of complex values, in no order: which matrices have equal ones, as one group each.
  init?(_ values: Pair, bound: Double, _ n: Int) {
    if values.re.shape.elementCount == 0 { return nil }
    let (re, im) = GradientMode.$isEnabled.withValue(false) { (values.re.doubles, values.im.doubles) }
    self.n = n
    groups = stride(from: 0, to: re.count, by: n).map { first in
      let places = first..<first + n
      let largest = places.map { re[$0] * re[$0] + im[$0] * im[$0] }.max()!
      func isNear(_ i: Int, _ j: Int) -> Bool {
        let (x, y) = (re[i] - re[j], im[i] - im[j])
        return x * x + y * y <= bound * bound * largest
      }
      let isApart = places.allSatisfy { i in (i + 1..<first + n).allSatisfy { !isNear(i, $0) } }
      return isApart ? [] : [Group(positions: 0..<n, isZero: false)]
    }
    if groups.allSatisfy(\.isEmpty) { return nil }
  }

  /// An array of matrices with a number for each pair of positions in a group, and one for the diagonal elsewhere.
  func pairs(
    _ batch: Shape, diagonal: Double, onlyZeros: Bool, _ number: (_ matrix: Int, _ group: Int) -> Double
  ) -> Expression {
    var result = [Double](repeating: 0, count: groups.count * n * n)
    for (matrix, list) in groups.enumerated() {
      let first = matrix * n * n
      for (index, group) in list.enumerated() where group.isZero || !onlyZeros {
        for i in group.positions { for j in group.positions { result[first + i * n + j] = number(matrix, index) } }
      }
      if !onlyZeros { for i in 0..<n { result[first + i * (n + 1)] = diagonal } }
    }
    return Tensor<Double>(result, shape: Shape(batch + [n, n])).expression
  }

  /// Whether a matrix in the vectors' basis, a tangent, leaves them as they are: no elements between equal values.
  func isDiagonal(_ p: Expression) -> Bool {
    if Evaluation.isSuspended || p.node?.isShielded == true { return false }
    let elements = GradientMode.$isEnabled.withValue(false) { p.detached().doubles }
    let bound = tolerance(p.type) * elements.reduce(0) { Swift.max($0, $1.magnitude) }
    return groups.enumerated().allSatisfy { matrix, list in
      list.allSatisfy { group in
        group.positions.allSatisfy { i in
          group.positions.allSatisfy { j in i == j || elements[(matrix * n + i) * n + j].magnitude <= bound }
        }
      }
    }
  }

  /// 1, and NaN for a matrix with repeated values.
  private func unknown(_ type: ElementType, _ batch: Shape) -> Expression {
    Tensor<Double>(groups.map { $0.isEmpty ? 1 : .nan }, shape: batch).expression.converted(to: type)
  }

  /// The same elements, with a derivative of NaN for matrices with repeated values: of what is right as it is, but whose
  /// formula's own derivative would be wrong there.
  func undifferentiable(_ x: Expression, _ batch: Shape) -> Expression {
    guard x.isTracked, GradientMode.isEnabled else { return x }
    let axes = Array(repeating: 1, count: x.shape.rank - batch.rank)
    let factor = unknown(x.type, batch).reshaped(Shape(batch + axes))
    return Self.undifferentiable.record(x.type, x.shape, x, factor)
  }

  private static let undifferentiable = Operation(
    "RepeatedValues", .view { _, layout in layout },
    .custom(
      jvp: { node, t in t[0].map { $0.expanded(to: node.x[0].shape) * node.x[1] } },
      vjp: { node, g in [g * node.x[1], nil] }))
}

extension RepeatedValues {
  /// Half of the digits: what agrees to them does not differ by chance.
  private func tolerance(_ type: ElementType) -> Double {
    (type == .float32 ? Double(Float.ulpOfOne) : Double.ulpOfOne).squareRoot()
  }

  /// For each matrix and group, what (gᵢ − gⱼ)/(λᵢ − λⱼ) goes to (gᵢ/sᵢ for a group of zeros), where g is the
  /// gradient of a function by the values; NaN where it has no limit, or none that can be shown.
  ///
  /// It has one if the function keeps its value when values of the group are exchanged (or change their sign at zero).
  /// Its Hessian H then maps a direction d in the group, of sum zero, to c·d, and c is the limit. d is taken at random and
  /// sent back through the graph of g: anything else than c·d, and anything that reaches g past the values by which these
  /// are told apart, shows that the function is none of these. This costs two backward passes over the graph of g.
  func limits(of g: Expression, _ values: Node, _ a: Expression) -> [[Double]] {
    let unknown = groups.map { [Double](repeating: .nan, count: $0.count) }
    if Evaluation.isSuspended || g.node?.isShielded == true || a.node?.isShielded == true { return unknown }
    return GradientMode.$isEnabled.withValue(false) {
      let gradient = g.expanded(to: values.shape).doubles
      guard let back = sentBack(directions, by: g, values, a) else { return unknown }
      return groups.indices.map { limits($0, gradient, back.along, back.size, tolerance(g.type)) }
    }
  }

  /// A direction without symmetries, and one to tell sizes by.
  private var directions: (along: [Double], size: [Double]) {
    var along = [Double](repeating: 0, count: groups.count * n)
    var size = along
    for (matrix, list) in groups.enumerated() {
      for group in list {
        let count = Double(group.positions.count)
        let numbers = group.positions.map { i -> Double in
          let x = 0.618_033_988_749_895 * Double(matrix * n + i + 1)
          return x - x.rounded(.down) + 0.25
        }
        let mean = group.isZero ? 0 : numbers.reduce(0, +) / count
        for (i, number) in zip(group.positions, numbers) {
          along[matrix * n + i] = number - mean
          size[matrix * n + i] = number
        }
      }
    }
    return (along, size)
  }

  private func limits(
    _ matrix: Int, _ gradient: [Double], _ along: [Double], _ size: [Double], _ tolerance: Double
  ) -> [Double] {
    let all = matrix * n..<(matrix + 1) * n
    let scale = all.reduce(0) { Swift.max($0, along[$1].magnitude, size[$1].magnitude) }
    let largest = all.reduce(0) { Swift.max($0, gradient[$1].magnitude) }
    let d = directions.along
    var limits: [Double] = []
    var rest = Set(all)
    for group in groups[matrix] {
      let places = group.positions.map { matrix * n + $0 }
      rest.subtract(places)
      let c = places.reduce(0) { $0 + along[$1] * d[$1] } / places.reduce(0) { $0 + d[$1] * d[$1] }
      let isMultiple = places.allSatisfy { (along[$0] - c * d[$0]).magnitude <= tolerance * scale }
      let least = group.isZero ? 0 : places.map { gradient[$0] }.min()!
      // Values that differ by rounding have gradients that do.
      let isEqual = places.allSatisfy { (gradient[$0] - least).magnitude <= tolerance * (largest + scale) }
      limits.append(isMultiple && isEqual ? c : .nan)
    }
    let isApart = rest.allSatisfy { along[$0].magnitude <= tolerance * scale }
    return isApart ? limits : limits.map { _ in .nan }
  }

  /// The Hessian's products with two directions; nil if the first of them reaches anything but the values.
  private func sentBack(
    _ directions: (along: [Double], size: [Double]), by g: Expression, _ values: Node, _ a: Expression
  ) -> (along: [Double], size: [Double])? {
    let zeros = [Double](repeating: 0, count: directions.along.count)
    guard let root = g.node, root.tracking == .tracked else { return (zeros, zeros) }
    let others = Walk.borrow { tape -> [Node] in
      tape.go(from: [root], .tape, stoppingAt: Walk.Ends([values]))
      return tape.entries.indices.compactMap { place -> Node? in
        let node = tape.node(place)
        guard tape.entries[place].isTracked, node !== values else { return nil }
        let isEnd = tape.operandRange(place).allSatisfy { tape.trackedPlace($0) < 0 }
        return isEnd || node === a.node || Self.isSpectral(node) ? node : nil
      }
    }
    let targets = [values] + others
    let sent = [directions.along, directions.size].map { direction in
      Walk.borrow { tape -> [[Double]?] in
        tape.go(from: [root], .tape, stoppingAt: Walk.Ends(targets))
        let seed = Tensor<Double>(direction, shape: values.shape).expression.converted(to: g.type)
        let cotangents = Backward.cotangents(
          [(root, seed.reduced(to: root.shape, from: values.shape))], on: tape, targets: targets, runsHooks: false
        ) { _, _ in }
        return cotangents.map { $0?.doubles }
      }
    }
    for (along, size) in zip(sent[0].dropFirst(), sent[1].dropFirst()) {
      let bound = tolerance(g.type) * (size ?? []).reduce(0) { Swift.max($0, $1.magnitude) }
      if let along, !along.allSatisfy({ $0.magnitude <= bound }) { return nil }
    }
    return (sent[0][0] ?? zeros, sent[1][0] ?? zeros)
  }

  /// Whether a result's elements belong to vectors of which others could have been found.
  private static func isSpectral(_ node: Node) -> Bool {
    [
      SymmetricEigenvalues.operation, Eigh.operation, SingularValues.operation, SVD.operation,
    ].contains { $0 === node.operation }
  }
}

extension Expression {
  /// The elements, evaluated.
  var doubles: [Double] { Tensor<Double>(converted(to: .float64)).scalars }
}
