import Testing

@testable import Adjoint

@Suite struct FileTensorTests {
  @Test func valuesComeBack() {
    #expect(FileTensor([1.5, -2] as [Float]).values(as: Float.self) == [1.5, -2])
    #expect(FileTensor([1.5, -2] as [Float]).values(as: Double.self) == nil)
    #expect(FileTensor([Int8.min, -1, 0, .max]).values(as: Int8.self) == [.min, -1, 0, .max])
    #expect(FileTensor([UInt64.max, 0]).values(as: UInt64.self) == [.max, 0])
    #expect(FileTensor([Int.min, .max]).values(as: Int.self) == [.min, .max])
    #expect(FileTensor([true, false]).bytes == [1, 0])
    #expect(FileTensor(elementType: .bool, shape: [3], bytes: [0, 1, 2]).values() == [false, true, true])
    #expect(FileTensor([0x0102_0304 as Int32]).bytes == [4, 3, 2, 1])
    #expect(FileTensor([1, 2, 3, 4, 5, 6], shape: [2, 3]).shape == [2, 3])
    #expect(FileTensor(elementType: .float64, shape: [1 << 30, 0, 1 << 20], bytes: []).count == 0)
  }

  @Test func integersConvert() {
    let bytes = FileTensor([-1, 0, 1, 300, .max])
    #expect(bytes.converted(to: .uint8).values() == [255, 0, 1, 44, 255] as [UInt8])
    #expect(bytes.converted(to: .bool).values() == [true, false, true, true, true])
    #expect(bytes.converted(to: .float64).values() == [-1, 0, 1, 300, 0x1p63])
    #expect(FileTensor([UInt64.max, 1 << 63]).converted(to: .float32).values() == [0x1p64, 0x1p63] as [Float])
    #expect(FileTensor([UInt8.max]).converted(to: .int64).values() == [255])
    #expect(FileTensor([Int8(-5)]).converted(to: .int64).values() == [-5])
    #expect(FileTensor([UInt32.max]).converted(to: .float64).values() == [4_294_967_295.0])
  }

  @Test func floatsConvert() {
    let values = FileTensor([Double.nan, .infinity, -.infinity, -2.9, 2.9, 1e300, -0.0])
    #expect(values.converted(to: .int32).values() == [0, .max, .min, -2, 2, .max, 0] as [Int32])
    #expect(values.converted(to: .uint64).values() == [0, .max, 0, 0, 2, .max, 0] as [UInt64])
    #expect(values.converted(to: .bool).values() == [true, true, true, true, true, true, false])
    let single: [Float] = values.converted(to: .float32).values()!
    #expect(single[0].isNaN && single[1...3] == [.infinity, -.infinity, -2.9] && single[5] == .infinity)
    #expect(single[6].sign == .minus)
  }

  @Test func everyHalfSurvivesWidening() {
    for pattern in UInt16.min...UInt16.max {
      let value = HalfPrecision.widened(pattern)
      let brain = Double(Float(bitPattern: UInt32(pattern) << 16))
      if value.isNaN {
        #expect(HalfPrecision.rounded(value) & 0x7FFF == 0x7E00, "\(pattern)")
      } else {
        #expect(HalfPrecision.rounded(value) == pattern, "\(pattern)")
      }
      if !brain.isNaN { #expect(HalfPrecision.roundedToBrain(brain) == pattern, "\(pattern)") }
    }
  }

  static let halves: [(Double, UInt16)] = [
    // Ties to even, and the largest, smallest and nearly tied values.
    (1 + 0x1p-11, 0x3C00), (1 + 0x3p-11, 0x3C02), (65519.99, 0x7BFF), (65520, 0x7C00), (0x1p-25, 0), (0x1.8p-25, 1),
    (0x1.ffcp-15, 0x0400), (-0.0, 0x8000), (1 + 0x1p-11 + 0x1p-40, 0x3C01), (1e300, 0x7C00),
  ]

  @Test(arguments: halves) func halvesRoundToNearest(value: Double, expected: UInt16) {
    #expect(HalfPrecision.rounded(value) == expected, "\(value)")
  }

  static let brains: [(Double, UInt16)] = [
    (1 + 0x1p-8, 0x3F80), (1 + 0x3p-8, 0x3F82), (1 + 0x1p-8 + 0x1p-45, 0x3F81), (1 + 0x3p-8 - 0x1p-45, 0x3F81),
    (-1 - 0x1p-8 - 0x1p-45, 0xBF81), (1e300, 0x7F80), (-.infinity, 0xFF80), (0x1p-133, 1), (0x1p-134, 0),
    (0x1.8p-134, 1),
    (0x1.fep127, 0x7F7F), (0x1.ffp127, 0x7F80),
  ]

  @Test(arguments: brains) func brainFloatsRoundOnce(value: Double, expected: UInt16) {
    #expect(HalfPrecision.roundedToBrain(value) == expected, "\(value)")
  }
}
