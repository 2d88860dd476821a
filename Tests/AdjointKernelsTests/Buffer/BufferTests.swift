import Testing

@testable import AdjointKernels

@Suite struct BufferTests {
  @Test(arguments: [0, 1, 63, 64, 65, 4096, 5000, 1 << 20, 3 << 20])
  func addressesAreAligned(byteCount: Int) {
    let buffer = Buffer(byteCount: byteCount)
    let alignment = byteCount >= 2 << 20 ? 2 << 20 : 64
    #expect(Int(bitPattern: buffer.baseAddress) % alignment == 0)
    #expect(buffer.byteCount == byteCount)
    #expect(buffer.capacity >= byteCount)
  }

  @Test func elementsAreReadAndWritten() {
    var buffer = Buffer(byteCount: 4 * 8)
    Buffer.withMutableSpan(&buffer, of: Int.self) { span in
      #expect(span.count == 4)
      for index in span.indices { span[index] = index * index }
    }
    let sum = buffer.withSpan(of: Int.self) { span in span.indices.reduce(0) { $0 + span[$1] } }
    #expect(sum == 14)
    #expect(buffer.withSpan(of: Int32.self) { $0.count } == 8)
    #expect(buffer.withSpan(of: SIMD4<Int>.self) { $0.count } == 1)
  }

  @Test func aBufferOfNoBytesHasNoElements() {
    var buffer = Buffer(byteCount: 0)
    #expect(buffer.withSpan(of: Float.self) { $0.isEmpty })
    #expect(Buffer.withMutableSpan(&buffer, of: Float.self) { $0.isEmpty })
  }

  @Test func errorsOfTheBodyPassThrough() {
    struct Stop: Error {}
    let buffer = Buffer(byteCount: 8)
    #expect(throws: Stop.self) { try buffer.withSpan(of: Int.self) { _ throws(Stop) in throw Stop() } }
  }

  @Test func writingASharedBufferStopsTheProcess() async {
    let outcome1 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var buffer = Buffer(byteCount: 8)
      let other = buffer
      Buffer.withMutableSpan(&buffer, of: Int.self) { $0[0] = 1 }
      withExtendedLifetime(other) {}
    }
    #expect(
      message(outcome1).contains("Buffer.withMutableSpan: the buffer of 8 bytes is shared, so it cannot be written"))
  }

  @Test func impossibleSizesStopTheProcess() async {
    let outcome2 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Buffer(byteCount: -1)
    }
    #expect(message(outcome2).contains("Buffer: a buffer cannot have -1 bytes"))
    let outcome3 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Buffer(byteCount: 1 << 46)
    }
    #expect(message(outcome3).contains("Buffer: the system has no memory for 70368744177664 bytes"))
    let outcome4 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Buffer(byteCount: .max)
    }
    #expect(message(outcome4).contains("Buffer: the system has no memory for 9223372036854775807 bytes"))
  }
}
