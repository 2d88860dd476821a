import CKernels
import Testing

@Suite struct RandomTests {
  private let tables = [CK_BASELINE, CK_AVX2, CK_AVX512].compactMap { ck_random_table_of($0) }

  /// The known answers that Random123 publishes for philox4x32 with 10 rounds.
  @Test(arguments: [
    (
      counter: [UInt32](repeating: 0, count: 4), key: [UInt32](repeating: 0, count: 2),
      answer: [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8] as [UInt32]
    ),
    (
      [UInt32](repeating: .max, count: 4), [UInt32](repeating: .max, count: 2),
      [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]
    ),
    (
      [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], [0xa409_3822, 0x299f_31d0],
      [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
    ),
  ])
  func knownAnswers(counter: [UInt32], key: [UInt32], answer: [UInt32]) {
    var out = [UInt32](repeating: 0, count: 4)
    ck_philox_block(counter, key, &out)
    #expect(out == answer)
  }

  @Test(arguments: [UInt64(0), 5, 0xffff_fffd, 0x1234_5678_9abc_def0])
  func fillsAreBlocksInOrder(offset: UInt64) {
    let key: [UInt32] = [7, 9]
    var expected: [UInt32] = []
    for block in 0..<UInt64(30) {
      let number = offset &+ block
      var out = [UInt32](repeating: 0, count: 4)
      ck_philox_block([UInt32(truncatingIfNeeded: number), UInt32(number >> 32), 0, 0], key, &out)
      expected += out
    }
    for table in tables {
      var y = [UInt32](repeating: 0, count: 120)
      table.pointee.bits(&y, key, offset, 120)
      #expect(y == expected)
    }
  }

  private func check<T: KernelElement & BinaryFloatingPoint>(
    _ name: String, _ perBlock: Int,
    _ fill: (UnsafePointer<ck_random_table>, UnsafeMutablePointer<T>, UInt64, Int64) -> Void
  ) {
    let whole = 1000
    var first = [T](repeating: 0, count: whole)
    fill(tables[0], &first, 3, Int64(whole))
    for (index, table) in tables.enumerated() {
      for n in Array(0...70) + [whole] {
        var y = [T](repeating: -99, count: n + 1)
        fill(table, &y, 3, Int64(n))
        #expect(Array(y[..<n]) == Array(first[..<n]), "\(name): table \(index), n = \(n)")
        #expect(y[n] == -99, "\(name): table \(index) writes past the end of \(n)")
      }
      // Cut at a multiple of 4.
      var cut = [T](repeating: 0, count: whole)
      cut.withUnsafeMutableBufferPointer { y in
        fill(table, y.baseAddress!, 3, 36)
        fill(table, y.baseAddress! + 36, 3 + UInt64(36 / perBlock), Int64(whole - 36))
      }
      #expect(cut == first, "\(name): table \(index) depends on the cut")
    }
  }

  @Test func everyFillIsTheSameOnEveryInstructionSetAndCut() {
    let key: [UInt32] = [0xdead_beef, 42]
    check("uniform", 4) { (table, y: UnsafeMutablePointer<Float>, offset, n) in
      table.pointee.uniform_f32(y, key, offset, n)
    }
    check("uniform", 2) { (table, y: UnsafeMutablePointer<Double>, offset, n) in
      table.pointee.uniform_f64(y, key, offset, n)
    }
    check("normal", 4) { (table, y: UnsafeMutablePointer<Float>, offset, n) in
      table.pointee.normal_f32(y, key, offset, n)
    }
    check("normal", 2) { (table, y: UnsafeMutablePointer<Double>, offset, n) in
      table.pointee.normal_f64(y, key, offset, n)
    }
  }

  private func moments(_ values: [Double]) -> [Double] {
    let mean = values.reduce(0, +) / Double(values.count)
    return [mean]
      + [2, 3, 4].map { power in
        values.reduce(0) { sum, x in
          let d = x - mean
          return sum + (power == 2 ? d * d : power == 3 ? d * d * d : d * d * d * d)
        } / Double(values.count)
      }
  }

  /// Moments within 5 standard errors of 20,000 numbers; a fixed key, so the outcome never changes.
  @Test func distributions() {
    let n = 20_000
    let key: [UInt32] = [1, 2]
    var u32 = [Float](repeating: 0, count: n)
    var u64 = [Double](repeating: 0, count: n)
    var z32 = u32
    var z64 = u64
    ck_philox_uniform_f32(&u32, key, 0, Int64(n))
    ck_philox_uniform_f64(&u64, key, 0, Int64(n))
    ck_philox_normal_f32(&z32, key, 0, Int64(n))
    ck_philox_normal_f64(&z64, key, 0, Int64(n))
    for values in [u32.map(Double.init), u64] {
      #expect(values.allSatisfy { $0 >= 0 && $0 < 1 })
      let m = moments(values)
      #expect(abs(m[0] - 0.5) < 0.0103 && abs(m[1] - 1 / 12) < 0.0027 && abs(m[3] - 1 / 80) < 0.0006, "\(m)")
    }
    for values in [z32.map(Double.init), z64] {
      let m = moments(values)
      #expect(abs(m[0]) < 0.036 && abs(m[1] - 1) < 0.05 && abs(m[2]) < 0.14 && abs(m[3] - 3) < 0.35, "\(m)")
      // Neighbours come from one pair of uniforms and are independent all the same.
      let product = zip(values, values.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 } / Double(n)
      #expect(abs(product) < 0.036, "\(product)")
    }
  }

  @Test func integersStayInTheirRange() {
    let n = 5_000
    let key: [UInt32] = [3, 4]
    for (low, high) in [(Int64(-3), Int64(4)), (0, 1), (.min, .max), (10, 1000)] {
      var y = [Int64](repeating: 0, count: n)
      ck_philox_integers_i64(&y, key, 0, Int64(n), low, high)
      #expect(y.allSatisfy { $0 >= low && $0 < high }, "[\(low), \(high))")
      if high == 4 {
        for value in low..<high {
          let count = y.count { $0 == value }
          #expect(abs(count - n / 7) < 125, "\(value) came \(count) times of \(n)")
        }
      }
      var tail = [Int64](repeating: 0, count: 100)
      ck_philox_integers_i64(&tail, key, 150, 100, low, high)
      #expect(tail == Array(y[300..<400]))
    }
  }
}
