#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Recurrences along one axis.
///
/// Arrays are contiguous and seen as (outer, count, inner). Floating-point sums and products run in Double, whatever
/// the element: the error of a Float result is its own rounding.
public enum Scans {
  /// How an array is walked.
  public struct Extents: Sendable {
    public let outer, count, inner: Int

    public init(outer: Int, count: Int, inner: Int) {
      self.outer = outer
      self.count = count
      self.inner = inner
    }

    var total: Int { outer * count * inner }
  }

  /// y[k] = x[0] + … + x[k], or x[k] + … + x[count − 1] if reversed.
  public static func sums(_ x: Buffer, _ type: ElementType, _ extents: Extents, reversed: Bool) -> Buffer {
    switch type {
    case .float32 where extents.inner == 1 && extents.count > RunningSums.part:
      RunningSums.lines(x, Float.self, extents, reversed: reversed)
    case .float64 where extents.inner == 1 && extents.count > RunningSums.part:
      RunningSums.lines(x, Double.self, extents, reversed: reversed)
    case .float32:
      scan(x, Float.self, extents, reversed: reversed, from: 0.0) { sum, x in (sum + Double(x), Float(sum + Double(x)))
      }
    case .float64: scan(x, Double.self, extents, reversed: reversed, from: 0.0) { sum, x in (sum + x, sum + x) }
    case .int64: scan(x, Int64.self, extents, reversed: reversed, from: 0) { sum, x in (sum &+ x, sum &+ x) }
    case .int32: scan(x, Int32.self, extents, reversed: reversed, from: 0) { sum, x in (sum &+ x, sum &+ x) }
    case .bool: fatalError("Scans: Booleans have no sums")
    }
  }

  /// y[k] = x[0] · … · x[k].
  public static func products(_ x: Buffer, _ type: ElementType, _ extents: Extents) -> Buffer {
    switch type {
    case .float32, .float64: RunningProducts.products(x, type, extents)
    case .int64: scan(x, Int64.self, extents, from: 1) { product, x in (product &* x, product &* x) }
    case .int32: scan(x, Int32.self, extents, from: 1) { product, x in (product &* x, product &* x) }
    case .bool: fatalError("Scans: Booleans have no products")
    }
  }

  /// y[k] = ln(e^x[0] + … + e^x[k]), without overflow.
  ///
  /// The running sum is kept as e^largest · sum with a scale that changes when a larger element comes, so that each
  /// element costs one exponential and one logarithm, and errors do not build up through repeated logarithms.
  public static func logSumExps(_ x: Buffer, _ type: ElementType, _ extents: Extents) -> Buffer {
    logSumExps(x, type, extents) { state, x in
      let next = state.with(x)
      return (next, next.value)
    }
  }

  /// e^(x[k] − y[k]) for the running y[k] of ``logSumExps(_:_:_:)``, or e^(y[k − 1] − y[k]) for what is left: the shares of the last
  /// element and of those before it, from sums that are not rounded to the type. 0 where all elements so far are −∞, and NaN behind
  /// an infinite one.
  public static func logSumExpShares(
    _ x: Buffer, _ type: ElementType, _ extents: Extents, ofElement: Bool
  ) -> Buffer {
    logSumExps(x, type, extents) { state, x in
      let next = state.with(x)
      return (next, ofElement ? next.share(of: x) : next.share(of: state))
    }
  }

  /// A running sum of exponentials: e^largest · sum.
  private struct ExponentialSum {
    var largest = -Double.infinity
    var sum = 0.0

    var value: Double { largest.isInfinite ? largest : largest + log(sum) }

    @inline(__always) func with(_ x: Double) -> ExponentialSum {
      if x <= largest {
        return ExponentialSum(largest: largest, sum: largest == x && x.isInfinite ? sum : sum + exp(x - largest))
      }
      return ExponentialSum(largest: x, sum: largest == -.infinity ? 1 : sum * exp(largest - x) + 1)
    }

    @inline(__always) func share(of x: Double) -> Double {
      largest == -.infinity ? 0 : exp(x - largest) / sum
    }

    @inline(__always) func share(of earlier: ExponentialSum) -> Double {
      if earlier.sum == 0 { return largest == .infinity ? .nan : 0 }
      return exp(earlier.largest - largest) * (earlier.sum / sum)
    }
  }

  @inline(__always)
  private static func logSumExps(
    _ x: Buffer, _ type: ElementType, _ extents: Extents,
    _ step: @Sendable (ExponentialSum, Double) -> (ExponentialSum, Double)
  ) -> Buffer {
    if type == .float32 {
      return scan(x, Float.self, extents, from: ExponentialSum()) { state, x in
        let (next, value) = step(state, Double(x))
        return (next, Float(value))
      }
    }
    return scan(x, Double.self, extents, from: ExponentialSum(), step)
  }

  /// s[k] = b[k] + a[k]·s[k − 1], where a[0] does not matter; or its transpose with respect to b,
  /// s[k] = b[k] + a[k + 1]·s[k + 1].
  public static func recurrence(
    _ a: Buffer, _ b: Buffer, _ type: ElementType, _ extents: Extents, transposed: Bool
  ) -> Buffer {
    type == .float32
      ? recurrence(a, b, Float.self, extents, transposed: transposed)
      : recurrence(a, b, Double.self, extents, transposed: transposed)
  }

  private static func recurrence<Element: BinaryFloatingPoint & BitwiseCopyable & SendableMetatype>(
    _ a: Buffer, _ b: Buffer, _: Element.Type, _ extents: Extents, transposed: Bool
  ) -> Buffer {
    let result = Buffer(byteCount: extents.total * MemoryLayout<Element>.stride)
    nonisolated(unsafe) let (a, b, s) = (
      a.baseAddress.assumingMemoryBound(to: Element.self), b.baseAddress.assumingMemoryBound(to: Element.self),
      result.baseAddress.assumingMemoryBound(to: Element.self)
    )
    let (count, inner) = (extents.count, extents.inner)
    if inner == 1 {
      Parallelism.forEachRange(count: extents.outer, cost: 4 * count) { range in
        for line in range {
          var state = 0.0
          for step in 0..<count {
            let at = line * count + (transposed ? count - 1 - step : step)
            state = Double(b[at]) + (step == 0 ? 0 : Double(a[transposed ? at + 1 : at]) * state)
            s[at] = Element(state)
          }
        }
      }
      return result
    }
    strips(extents, of: Double.self) { first, width, states in
      for step in 0..<count {
        let at = first + (transposed ? count - 1 - step : step) * inner
        if step == 0 {
          for i in 0..<width { states[i] = Double(b[at + i]) }
        } else {
          let factors = a + (transposed ? at + inner : at)
          for i in 0..<width { states[i] = Double(b[at + i]) + Double(factors[i]) * states[i] }
        }
        for i in 0..<width { s[at + i] = Element(states[i]) }
      }
    }
    return result
  }

  @inline(__always)
  private static func scan<Element: BitwiseCopyable & SendableMetatype, State: Sendable & SendableMetatype>(
    _ x: Buffer, _: Element.Type, _ extents: Extents, reversed: Bool = false, from start: State,
    _ step: @Sendable (State, Element) -> (State, Element)
  ) -> Buffer {
    let result = Buffer(byteCount: extents.total * MemoryLayout<Element>.stride)
    nonisolated(unsafe) let (x, y) = (
      x.baseAddress.assumingMemoryBound(to: Element.self), result.baseAddress.assumingMemoryBound(to: Element.self)
    )
    let (count, inner) = (extents.count, extents.inner)
    if inner == 1 {
      Parallelism.forEachRange(count: extents.outer, cost: 4 * count, group: 4) { range in
        // Four lines at a time: each waits for itself alone.
        var line = range.lowerBound
        while line + 4 <= range.upperBound {
          var (s0, s1, s2, s3) = (start, start, start, start)
          for k in 0..<count {
            let at = line * count + (reversed ? count - 1 - k : k)
            (s0, y[at]) = step(s0, x[at])
            (s1, y[at + count]) = step(s1, x[at + count])
            (s2, y[at + 2 * count]) = step(s2, x[at + 2 * count])
            (s3, y[at + 3 * count]) = step(s3, x[at + 3 * count])
          }
          line += 4
        }
        while line < range.upperBound {
          var state = start
          for k in 0..<count {
            let at = line * count + (reversed ? count - 1 - k : k)
            (state, y[at]) = step(state, x[at])
          }
          line += 1
        }
      }
      return result
    }
    strips(extents, of: State.self) { first, width, states in
      states.initialize(repeating: start, count: width)
      for k in 0..<count {
        let at = first + (reversed ? count - 1 - k : k) * inner
        for i in 0..<width { (states[i], y[at + i]) = step(states[i], x[at + i]) }
      }
    }
    return result
  }

  /// Runs `body` for strips of neighbouring lines, with memory for a state of each: it is given where the strip begins and how
  /// wide it is. A strip's states stay in the fastest cache while rows go by.
  @inline(__always)
  static func strips<State: SendableMetatype>(
    _ extents: Extents, of _: State.Type, _ body: @Sendable (Int, Int, UnsafeMutablePointer<State>) -> Void
  ) {
    let widest = 256
    let (count, inner) = (extents.count, extents.inner)
    guard extents.total > 0 else { return }
    let perRow = (inner + widest - 1) / widest
    Parallelism.forEachRange(count: extents.outer * perRow, cost: 4 * count * min(inner, widest)) { range in
      withUnsafeTemporaryAllocation(of: State.self, capacity: widest) { states in
        for strip in range {
          let (outer, start) = (strip / perRow, strip % perRow * widest)
          body(outer * count * inner + start, min(widest, inner - start), states.baseAddress!)
        }
      }
    }
  }
}
