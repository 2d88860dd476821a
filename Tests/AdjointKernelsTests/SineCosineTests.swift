import CKernels
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The loop that makes sines and cosines together, and what the two functions promise by themselves.
@Suite struct SineCosineTests {
  private func check<T: KernelElement & BinaryFloatingPoint>(_: T.Type) {
    for table in KernelTable.all {
      let values = T.left + [0x1p14, 32_768, 32_769, 1e6, 0x1p30, 0x1.0001p30, 1e20].map { T($0) }
      for count in checkedLengths where count <= values.count {
        let x = Array(values.suffix(count))
        var sines = x
        var cosines = x
        table.loop(CK_SIN, T.type)!(&sines, x, nil, nil, Int64(count))
        table.loop(CK_COS, T.type)!(&cosines, x, nil, nil, Int64(count))
        // Apart, then with each of the results in the place of the argument.
        for place in 0..<3 {
          var a = x
          var other = x
          var third = x
          a.withUnsafeMutableBytes { a in
            other.withUnsafeMutableBytes { other in
              third.withUnsafeMutableBytes { third in
                let sine = (place == 1 ? a : other).baseAddress
                let cosine = (place == 2 ? a : third).baseAddress
                table.sinesAndCosines(T.type)!(sine, cosine, a.baseAddress, Int64(count))
              }
            }
          }
          for i in 0..<count {
            let (sine, cosine) = (place == 1 ? a[i] : other[i], place == 2 ? a[i] : third[i])
            #expect(
              T.same(sine, sines[i]) && T.same(cosine, cosines[i]),
              "\(T.self) on \(table.name), \(count) elements, place \(place), x = \(x[i]): \(sine), \(cosine), not \(sines[i]), \(cosines[i])"
            )
          }
        }
      }
    }
  }

  @Test func pairsAreTheSingleFunctions() {
    check(Float.self)
    check(Double.self)
  }

  /// No neighbour changes a result: numbers beyond the bound of the quick reduction beside ordinary ones.
  @Test func resultsDoNotDependOnNeighbours() {
    for table in KernelTable.all {
      let loop = table.loop(CK_SIN, CK_FLOAT32)!
      for wide in [1e9, Float.infinity, -.infinity, .nan] {
        let x = (0..<64).map { $0 % 7 == 3 ? wide : Float($0) * 0.37 }
        var together = x
        loop(&together, x, nil, nil, 64)
        for i in 0..<64 {
          var alone = Float(0)
          loop(&alone, [x[i]], nil, nil, 1)
          #expect(Float.same(together[i], alone), "sin \(x[i]) beside \(wide) on \(table.name)")
        }
      }
    }
  }

  @Test func resultsStayWithinOne() {
    for table in KernelTable.all {
      var x: [Float] = []
      // Around every multiple of π/2 up to the bound, and beyond it.
      for k in 0..<25_000 {
        let near = Float(Double(k) * 1.5707963267948966)
        for step in -2...2 { x.append(Float(bitPattern: UInt32(Int(near.bitPattern) + (k > 0 ? step : abs(step))))) }
      }
      for operation in [CK_SIN, CK_COS] {
        var y = x
        table.loop(operation, CK_FLOAT32)!(&y, x, nil, nil, Int64(x.count))
        for i in x.indices where !(abs(y[i]) <= 1) {
          Issue.record("operation \(operation) of \(x[i]) on \(table.name) is \(y[i])")
        }
      }
      var one = Float(0)
      table.loop(CK_COS, CK_FLOAT32)!(&one, [Float(0)], nil, nil, 1)
      #expect(one == 1)
      var zero = Float(1)
      table.loop(CK_SIN, CK_FLOAT32)!(&zero, [-Float(0)], nil, nil, 1)
      #expect(zero == 0 && zero.sign == .minus)
    }
  }
}
