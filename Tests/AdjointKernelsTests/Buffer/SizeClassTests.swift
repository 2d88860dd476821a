import Testing

@testable import AdjointKernels

@Suite struct SizeClassTests {
  @Test func classesCoverEverySizeWithoutGapOrOverlap() {
    for index in 1..<SizeClass.count {
      #expect(SizeClass.size(index) > SizeClass.size(index - 1))
      #expect(SizeClass.index(SizeClass.size(index)) == index)
      #expect(SizeClass.index(SizeClass.size(index - 1) + 1) == index)
    }
    #expect(SizeClass.index(1) == 0)
  }

  @Test(arguments: [1, 64, 65, 255, 256, 257, 4096, 4097, 100_000, 2 << 20, (2 << 20) + 1, 40_000_000])
  func aBlockHoldsTheRequestAndWastesAtMostAQuarter(byteCount: Int) {
    let capacity = SizeClass.capacity(byteCount)
    #expect(capacity >= byteCount)
    #expect(capacity <= max(byteCount + byteCount / 4, byteCount + 63))
  }
}
