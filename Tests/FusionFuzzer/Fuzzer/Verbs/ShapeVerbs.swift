import Adjoint

/// Views and copies. What a step does follows from its raw numbers and its operand's shape, so that it still has a
/// meaning when extents shrink.
extension Step {
  func axis(_ rank: Int) -> Int { raw[0] % max(rank, 1) }

  /// Start and end of a slice of an axis; the length is the same in every repetition.
  func span(_ extent: Int) -> (start: Int, end: Int) {
    let count = 1 + raw[2] % extent
    let start = raw[1] % (extent - count + 1)
    return (start, start + count)
  }

  var stride: Int { 1 + raw[3] % 3 }

  func otherAxis(_ rank: Int) -> Int { (axis(rank) + 1 + raw[1] % (rank - 1)) % rank }

  func shapeFacet(_ operands: [Facet]) -> Facet? {
    let x = operands[0]
    guard let shape = resultShape(x.shape, operands.last!.shape), shape.count <= 4 else { return nil }
    var range = x.range
    switch verb {
    case .concatenate, .stack: range = range.joined(operands[1].range)
    case .padded: range = range.joined(Interval(number, number))
    case .tril: range = range.joined(Interval(0, 0))
    default: break
    }
    return range.magnitude <= Self.bound ? Facet(shape: shape, range: range) : nil
  }

  private func resultShape(_ s: [Int], _ other: [Int]) -> [Int]? {
    let rank = s.count
    let a = axis(rank)
    var result = s
    switch verb {
    case .unsqueeze: result.insert(1, at: raw[0] % (rank + 1))
    case .broadcast:
      if let unit = s.firstIndex(of: 1) { result[unit] = 2 + raw[1] % 5 } else { result.insert(2 + raw[1] % 3, at: 0) }
    case .stack:
      guard s == other else { return nil }
      result.insert(2, at: raw[0] % (rank + 1))
    case .squeeze:
      guard let unit = s.firstIndex(of: 1) else { return nil }
      result.remove(at: unit)
    case _ where rank == 0: return nil
    case .slice:
      let (start, end) = span(s[a])
      result[a] = (end - start + stride - 1) / stride
    case .select: result.remove(at: a)
    case .flipped, .rolled, .gather: break
    case .padded: result[rank - 1] += raw[1] % 3 + raw[2] % 3
    case .repeated: result[a] *= 2
    case .indexSelect: result[a] = 1 + raw[3] % (s[a] + 2)
    case .split:
      guard s[a] % 2 == 0 else { return nil }
      result.replaceSubrange(a...a, with: [2, s[a] / 2])
    case .concatenate:
      guard other.count == rank else { return nil }
      for axis in 0..<rank where axis != a && s[axis] != other[axis] { return nil }
      result[a] += other[a]
    case _ where rank == 1: return nil
    case .transposed: result.swapAt(a, otherAxis(rank))
    case .flatten: result = [s.reduce(1, *)]
    case .merge:
      let first = raw[0] % (rank - 1)
      result.replaceSubrange(first...first + 1, with: [s[first] * s[first + 1]])
    case .tril: break
    default: return nil
    }
    return result
  }

  func applyShape<Scalar: TensorFloatingPoint>(_ operands: [Tensor<Scalar>]) -> Tensor<Scalar> {
    let x = operands[0]
    let s = x.shape.dimensions
    let a = axis(s.count)
    func target() -> Shape { Shape(resultShape(s, operands.last!.shape.dimensions)!) }
    switch verb {
    case .unsqueeze: return x.unsqueezed(axis: raw[0] % (s.count + 1))
    case .broadcast: return x.broadcast(to: target())
    case .stack: return .stack(operands, axis: raw[0] % (s.count + 1))
    case .squeeze: return x.squeezed(axis: s.firstIndex(of: 1)!)
    case .slice:
      let (start, end) = span(s[a])
      return x.slice(axis: a, start: start, end: end, step: stride)
    case .select: return x.select(axis: a, index: raw[1] % s[a])
    case .flipped: return x.flipped(a)
    case .rolled: return x.rolled(by: raw[1] % s[a], axis: a)
    case .padded: return x.padded([raw[1] % 3, raw[2] % 3], value: Scalar(number))
    case .repeated: return x.repeated(s.indices.map { $0 == a ? 2 : 1 })
    case .indexSelect: return x.indexSelect(axis: a, at: Tensor(places(1 + raw[3] % (s[a] + 2), below: s[a])))
    case .gather: return x.gathered(axis: a, at: Tensor(places(x.count, below: s[a]), shape: x.shape))
    case .concatenate: return .concatenate(operands, axis: a)
    case .transposed: return x.transposed(a, otherAxis(s.count))
    case .split, .flatten, .merge: return x.reshaped(target())
    case .tril: return x.tril(diagonal: raw[1] % 3 - 1)
    default: fatalError("\(verb) is not a verb of shapes")
    }
  }

  /// Indices with repetitions and gaps.
  private func places(_ count: Int, below extent: Int) -> [Int] {
    (0..<count).map { (raw[1] + $0 * (1 + raw[2] % 7)) % extent }
  }
}
