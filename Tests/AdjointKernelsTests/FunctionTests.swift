import CKernels
import Testing

/// What the transcendental functions promise beside their accuracy: the same bits on every instruction set with fused
/// multiply-adds, independence of an element from its neighbours, signs of zeros.
@Suite struct FunctionTests {
  private static let unary =
    mathematicalFunctions.map { ($0.name, $0.operation) } + specialFunctions.map { ($0.name, $0.operation) }
  private static let binary = mathematicalFunctions2.map { ($0.name, $0.operation) } + [("logAddExp", CK_LOG_ADD_EXP)]

  /// Special values, patterns from all over the type, and numbers of ordinary size.
  private static func arguments<T: KernelElement & BinaryFloatingPoint>(_: T.Type, key: UInt32) -> [T] {
    var bits = [UInt32](repeating: 0, count: 40_000)
    ck_philox_bits(&bits, [key, 16], 0, Int64(bits.count))
    var values = key % 2 == 0 ? T.left : T.right
    for i in stride(from: 0, to: bits.count, by: 2) {
      let pattern = UInt64(bits[i]) << 32 | UInt64(bits[i + 1])
      let ordinary = T(Int64(bitPattern: pattern)) * T(sign: .plus, exponent: T.Exponent(-60 - i % 12), significand: 1)
      let any: T = T.self == Float.self ? T(Float(bitPattern: bits[i])) : T(Double(bitPattern: pattern))
      values += [any, ordinary]
    }
    return values
  }

  private func check<T: KernelElement & BinaryFloatingPoint>(_: T.Type) {
    let fused = KernelTable.all.filter { $0.name != "baseline" }
    guard let first = fused.first else { return }
    let (x, z) = (Self.arguments(T.self, key: 2), Self.arguments(T.self, key: 3))
    for (name, operation) in Self.unary + Self.binary {
      var expected = x
      first.loop(operation, T.type)!(&expected, x, z, nil, Int64(x.count))
      for table in fused.dropFirst() {
        var y = x
        table.loop(operation, T.type)!(&y, x, z, nil, Int64(x.count))
        let bad = x.indices.first { !T.same(y[$0], expected[$0]) }
        #expect(
          bad == nil, "\(name) \(T.self) of \(x[bad ?? 0]), \(z[bad ?? 0]) on \(table.name) and \(first.name)")
      }
    }
  }

  @Test func bitsAreTheSameOnEveryInstructionSet() {
    check(Float.self)
    check(Double.self)
  }

  private func checkNeighbours<T: KernelElement & BinaryFloatingPoint>(_: T.Type) {
    let odd: [T] = [
      .nan, .infinity, -.infinity, 0, -T.zero, .leastNonzeroMagnitude, -.leastNormalMagnitude / 2,
      .greatestFiniteMagnitude, -1, T(sign: .plus, exponent: 100, significand: 1.5),
    ]
    for table in KernelTable.all {
      for (name, operation) in Self.unary + Self.binary {
        let x = (0..<160).map { T($0 % 23) * 0.11 - 0.9 }
        let z = (0..<160).map { T($0 % 19) * 0.23 - 1.1 }
        var alone = x
        for i in x.indices { table.loop(operation, T.type)!(&alone[i], [x[i]], [z[i]], nil, 1) }
        for (k, wide) in odd.enumerated() {
          var mixed = x
          for i in stride(from: k % 3, to: mixed.count, by: 3) { mixed[i] = wide }
          var together = mixed
          table.loop(operation, T.type)!(&together, mixed, z, nil, Int64(mixed.count))
          let bad = x.indices.first { mixed[$0] == x[$0] && !T.same(together[$0], alone[$0]) }
          #expect(bad == nil, "\(name) \(T.self) of \(x[bad ?? 0]) beside \(wide) on \(table.name)")
        }
      }
    }
  }

  @Test func resultsDoNotDependOnNeighbours() {
    checkNeighbours(Float.self)
    checkNeighbours(Double.self)
  }

  private func checkOddFunctions<T: KernelElement & BinaryFloatingPoint>(_: T.Type) {
    let odd = [
      CK_EXPM1, CK_LOG1P, CK_SIN, CK_TAN, CK_ASIN, CK_ATAN, CK_SINH, CK_TANH, CK_ASINH, CK_ATANH, CK_ERF,
    ]
    // erf has the slope 2/√π, and a subnormal number times that is rounded.
    for table in KernelTable.all {
      for operation in odd {
        for x in [-T.zero, .leastNonzeroMagnitude, -.leastNonzeroMagnitude, -.leastNormalMagnitude] as [T] {
          var y = T(1)
          table.loop(operation, T.type)!(&y, [x], nil, nil, 1)
          let good = operation == CK_ERF ? y.sign == x.sign && (x != 0 || y == 0) : T.same(y, x)
          #expect(good, "operation \(operation) \(T.self) of \(x) on \(table.name) is \(y)")
        }
      }
    }
  }

  @Test func tinyNumbersKeepTheirSigns() {
    checkOddFunctions(Float.self)
    checkOddFunctions(Double.self)
  }

  /// Arguments that a thin sample missed once: each was two units off in the vector library.
  @Test func knownHardCases() {
    let cases: [(String, ck_operation, Double, Double)] = [
      ("asin", CK_ASIN, -0.5303209859553357, -0.5589791323637834),
      ("expm1", CK_EXPM1, 0.35586344513849516, 0.4274126148226659),
      ("sinh", CK_SINH, 0.797482394519021, 0.8847416596384962),
      ("tan", CK_TAN, 0.11732337210202747, 0.11786466247991519),
    ]
    for table in KernelTable.all {
      for (name, operation, x, expected) in cases {
        var y = 0.0
        table.loop(operation, CK_FLOAT64)!(&y, [x], nil, nil, 1)
        let limit = table.name == "baseline" ? 2.0 : 1.0
        #expect(abs(y - expected) <= limit * expected.ulp, "\(name)(\(x)) on \(table.name) is \(y), not \(expected)")
      }
    }
  }
}
