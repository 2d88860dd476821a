/// Running sums of long lines, in parts that do not wait for each other.
///
/// A sum that waits for the one before takes four cycles an element. Lines are cut into parts of a fixed length: their sums
/// first, then for each part the sum of what is before it, and then the running sums of each part with that added. Four parts at
/// a time keep the adder busy, and groups of four go to different threads.
enum RunningSums {
  /// The length of a part; shorter lines have one.
  static let part = 1024

  static func lines<Element: BinaryFloatingPoint & BitwiseCopyable & SendableMetatype>(
    _ x: Buffer, _: Element.Type, _ extents: Scans.Extents, reversed: Bool
  ) -> Buffer {
    let (lines, count) = (extents.outer, extents.count)
    let result = Buffer(byteCount: lines * count * MemoryLayout<Element>.stride)
    let parts = (count + part - 1) / part
    let groups = (parts + 3) / 4
    let memory = Buffer(byteCount: lines * groups * 4 * MemoryLayout<Double>.stride)
    nonisolated(unsafe) let (x, y) = (
      x.baseAddress.assumingMemoryBound(to: Element.self), result.baseAddress.assumingMemoryBound(to: Element.self)
    )
    nonisolated(unsafe) let sums = memory.baseAddress.bindMemory(to: Double.self, capacity: lines * groups * 4)
    // Where an element of a line stands, and in which direction the next one is.
    let (last, step) = reversed ? (count - 1, -1) : (0, 1)

    // Several groups a block: waking a thread for 4,096 elements does not pay.
    let each = 4
    Parallelism.forEachBlock((lines * groups + each - 1) / each) { block in
      for group in block * each..<min(lines * groups, (block + 1) * each) {
        let line = x + group / groups * count + last
        let first = group % groups * 4 * part
        if first + 4 * part <= count {
          var (s0, s1, s2, s3) = (0.0, 0.0, 0.0, 0.0)
          let from = line + first * step
          for k in 0..<part {
            let at = from + k * step
            s0 += Double(at[0])
            s1 += Double(at[part * step])
            s2 += Double(at[2 * part * step])
            s3 += Double(at[3 * part * step])
          }
          (sums[4 * group], sums[4 * group + 1], sums[4 * group + 2], sums[4 * group + 3]) = (s0, s1, s2, s3)
        } else {
          for q in 0..<4 {
            var sum = 0.0
            for k in min(count, first + q * part)..<min(count, first + (q + 1) * part) { sum += Double(line[k * step]) }
            sums[4 * group + q] = sum
          }
        }
      }
    }
    for line in 0..<lines {
      var before = 0.0
      for k in line * groups * 4..<(line + 1) * groups * 4 {
        let own = sums[k]
        sums[k] = before
        before += own
      }
    }
    Parallelism.forEachBlock((lines * groups + each - 1) / each) { block in
      for group in block * each..<min(lines * groups, (block + 1) * each) {
        let line = group / groups * count + last
        let first = group % groups * 4 * part
        let (b0, b1, b2, b3) = (sums[4 * group], sums[4 * group + 1], sums[4 * group + 2], sums[4 * group + 3])
        if first + 4 * part <= count {
          var (s0, s1, s2, s3) = (0.0, 0.0, 0.0, 0.0)
          let (from, to) = (x + line + first * step, y + line + first * step)
          for k in 0..<part {
            let (at, into) = (from + k * step, to + k * step)
            s0 += Double(at[0])
            s1 += Double(at[part * step])
            s2 += Double(at[2 * part * step])
            s3 += Double(at[3 * part * step])
            into[0] = Element(b0 + s0)
            into[part * step] = Element(b1 + s1)
            into[2 * part * step] = Element(b2 + s2)
            into[3 * part * step] = Element(b3 + s3)
          }
        } else {
          for (q, before) in [b0, b1, b2, b3].enumerated() {
            var sum = 0.0
            for k in min(count, first + q * part)..<min(count, first + (q + 1) * part) {
              sum += Double(x[line + k * step])
              y[line + k * step] = Element(before + sum)
            }
          }
        }
      }
    }
    return result
  }
}
