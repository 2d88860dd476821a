import CKernels

/// Random numbers from the counter-based generator Philox4×32-10 (Salmon et al., SC 2011).
///
/// Element i of a fill depends on the key and on the counter alone, so the numbers do not depend on how a fill is
/// split over threads.
public enum Philox {
  /// What a fill draws.
  public enum Distribution: Sendable {
    /// Uniform in [0, 1).
    case uniform
    /// Normal with mean 0 and variance 1.
    case normal
    /// Whole numbers in `low ..< high`, every one equally likely to within 2⁻⁶⁴; int64 only.
    case integers(low: Int64, high: Int64)
  }

  /// Counter steps that a fill of `count` elements takes.
  public static func blocks(_ type: ElementType, count: Int) -> UInt64 {
    let perBlock = type == .float32 ? 4 : 2
    return UInt64((count + perBlock - 1) / perBlock)
  }

  /// A buffer of `count` random numbers of type float32, float64 or int64.
  public static func fill(
    _ distribution: Distribution, _ type: ElementType, count: Int, key: UInt64, counter: UInt64
  ) -> Buffer {
    let result = Buffer(byteCount: count * type.size)
    nonisolated(unsafe) let base = result.baseAddress
    let block = 65_536
    Parallelism.forEachBlock((count + block - 1) / block) { index in
      let start = index * block
      let length = Int64(min(block, count - start))
      let at = base + start * type.size
      let offset = counter + blocks(type, count: start)
      let words = [UInt32(truncatingIfNeeded: key), UInt32(truncatingIfNeeded: key >> 32)]
      switch (distribution, type) {
      case (.uniform, .float32): ck_philox_uniform_f32(at.assumingMemoryBound(to: Float.self), words, offset, length)
      case (.uniform, .float64): ck_philox_uniform_f64(at.assumingMemoryBound(to: Double.self), words, offset, length)
      case (.normal, .float32): ck_philox_normal_f32(at.assumingMemoryBound(to: Float.self), words, offset, length)
      case (.normal, .float64): ck_philox_normal_f64(at.assumingMemoryBound(to: Double.self), words, offset, length)
      case (.integers(let low, let high), .int64):
        ck_philox_integers_i64(at.assumingMemoryBound(to: Int64.self), words, offset, length, low, high)
      default: fatalError("Philox: \(distribution) of type \(type); there is none")
      }
    }
    return result
  }
}
