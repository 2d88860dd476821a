import CKernels
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How a loop's results must agree with the reference.
enum Agreement {
  /// Bit for bit.
  case exact
  /// Within so many units in the last place, special values exactly.
  case within(Double)
  /// The same, but of the result or of 1, whichever is larger: where cancellation leaves no correct digits.
  case withinOfOne(Double)
}

/// The lengths that meet every tail of every vector width.
let checkedLengths = Array(0...70) + [sampleCount]

private let guardByte: UInt8 = 0xA5

/// Calls `operation` for the lengths of `checkedLengths` on every instruction set and in place, and compares
/// with `reference`, which is called with the elements of the three operands.
func checkLoop<T: KernelElement, R: KernelElement>(
  _ name: String, _ operation: ck_operation, _ mode: ck_mode, _ a: [T], _ b: [T], _ c: [UInt8], _ result: R.Type,
  agreement: Agreement = .exact, reference: (T, T, UInt8) -> R
) {
  let aIsScalar = mode == CK_SCALAR_VECTOR || mode == CK_SCALAR_SCALAR
  let bIsScalar = mode == CK_VECTOR_SCALAR || mode == CK_SCALAR_SCALAR
  let expected = (0..<sampleCount).map { reference(a[aIsScalar ? 0 : $0], b[bIsScalar ? 0 : $0], c[$0]) }
  for table in KernelTable.all {
    guard let loop = table.loop(operation, T.type, mode) else {
      Issue.record("\(name) \(T.self) mode \(mode.rawValue) is missing from \(table.name)")
      continue
    }
    // The reference for shorter lengths is the long run itself where that is only near the expected values: the
    // result of an element must not depend on its position.
    var whole = [R](repeating: expected[0], count: sampleCount)
    whole.withUnsafeMutableBytes { y in loop(y.baseAddress!, a, b, c, Int64(sampleCount)) }
    for i in 0..<sampleCount where !agrees(whole[i], expected[i], agreement) {
      Issue.record(
        """
        \(name) \(T.self) mode \(mode.rawValue) on \(table.name): element \(i), a = \(a[aIsScalar ? 0 : i]), \
        b = \(b[bIsScalar ? 0 : i]): got \(whole[i]), expected \(expected[i])
        """)
      break
    }
    let size = MemoryLayout<R>.stride
    whole.withUnsafeBytes { whole in
      for n in checkedLengths {
        var y = [UInt8](repeating: guardByte, count: n * size + 64)
        y.withUnsafeMutableBytes { y in
          loop(y.baseAddress!, a, b, c, Int64(n))
          let good = n == 0 || memcmp(y.baseAddress!, whole.baseAddress!, n * size) == 0
          #expect(
            good, "\(name) \(T.self) mode \(mode.rawValue) on \(table.name): a run of \(n) differs from the long run")
          let kept = y[(n * size)...].allSatisfy { $0 == guardByte }
          #expect(kept, "\(name) \(T.self) mode \(mode.rawValue) on \(table.name): written past the end of \(n)")
        }
      }
      if MemoryLayout<T>.stride == size {
        checkInPlace(name, table, loop, mode, a, b, c, whole)
      }
    }
  }
}

private func checkInPlace<T: KernelElement>(
  _ name: String, _ table: KernelTable, _ loop: ck_loop, _ mode: ck_mode, _ a: [T], _ b: [T], _ c: [UInt8],
  _ whole: UnsafeRawBufferPointer
) {
  for n in [13, sampleCount] {
    let bytes = n * MemoryLayout<T>.stride
    if mode == CK_VECTOR_VECTOR || mode == CK_VECTOR_SCALAR {
      var y = a
      y.withUnsafeMutableBytes { y in
        loop(y.baseAddress!, y.baseAddress!, b, c, Int64(n))
        let good = memcmp(y.baseAddress!, whole.baseAddress!, bytes) == 0
        #expect(good, "\(name) \(T.self) mode \(mode.rawValue) on \(table.name): wrong when y is a, n = \(n)")
      }
    }
    if mode == CK_VECTOR_VECTOR || mode == CK_SCALAR_VECTOR {
      var y = b
      y.withUnsafeMutableBytes { y in
        loop(y.baseAddress!, a, y.baseAddress!, c, Int64(n))
        // Unary operations do not read b.
        let good = memcmp(y.baseAddress!, whole.baseAddress!, bytes) == 0
        #expect(good, "\(name) \(T.self) mode \(mode.rawValue) on \(table.name): wrong when y is b, n = \(n)")
      }
    }
  }
}

private func agrees<R: KernelElement>(_ got: R, _ expected: R, _ agreement: Agreement) -> Bool {
  let bound: Double
  let least: Double
  switch agreement {
  case .exact: return R.same(got, expected)
  case .within(let units): (bound, least) = (units, 0)
  case .withinOfOne(let units): (bound, least) = (units, 1)
  }
  switch (got, expected) {
  case (let got as Float, let expected as Float): return near(got, expected, bound, Float(least))
  case (let got as Double, let expected as Double): return near(got, expected, bound, least)
  default: return R.same(got, expected)
  }
}

private func near<F: BinaryFloatingPoint & KernelElement>(_ got: F, _ expected: F, _ bound: Double, _ least: F) -> Bool
{
  if F.same(got, expected) || got == expected { return true }
  guard !got.isNaN && !expected.isNaN else { return false }
  // A result that overflows may round to the last finite number and the other way round.
  let x = got.isInfinite ? F(signOf: got, magnitudeOf: F.greatestFiniteMagnitude) : got
  let y = expected.isInfinite ? F(signOf: expected, magnitudeOf: F.greatestFiniteMagnitude) : expected
  return Double(abs(x - y) / max(abs(y), least).ulp) <= bound
}
