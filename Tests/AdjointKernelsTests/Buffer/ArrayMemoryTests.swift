import AdjointKernels
import Testing

/// Memory that may be refused.
@Suite struct ArrayMemoryTests {
  @Test func whatNoSystemHasIsRefused() {
    #expect(Buffer(ifPossible: 1 << 48) == nil)
    #expect(Buffer(ifPossible: -1) == nil)
    #expect(!ArrayMemory.has(1 << 48))
    #expect(!ArrayMemory.has(.max))
  }

  @Test(arguments: [0, 1, 4096, 100_000, 5 << 20]) func whatEverySystemHasIsGiven(_ byteCount: Int) {
    #expect(Buffer(ifPossible: byteCount)?.byteCount == byteCount)
    #expect(ArrayMemory.has(byteCount))
    let elements = [UInt8](repeating: 7, count: byteCount)
    #expect(Buffer.ifPossible(of: elements)?.elements(UInt8.self, count: byteCount) == elements)
  }
}
