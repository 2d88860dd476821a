import CKernels

extension Buffer {
  /// A buffer of `count` equal elements, given by their bits.
  public static func filled(_ bits: UInt64, _ type: ElementType, count: Int) -> Buffer {
    let result = Buffer(byteCount: count * type.size)
    guard count > 0 else { return result }
    // One thread fills a small array in less time than a program takes to be made.
    if count <= 32_768 {
      ck_fill(result.baseAddress, bits, Int64(count), Int32(type.size))
      return result
    }
    var builder = TileProgramBuilder(space: .elements([count]))
    let number = builder.scalar(type)
    builder.output(number, level: .full)
    builder.build().run(inputs: [], scalars: [bits], outputs: [result])
    return result
  }

  /// A buffer of `count` elements, each a reduction's result over nothing.
  public static func identity(_ reduction: TileReduction, _ type: ElementType, count: Int) -> Buffer {
    let result = Buffer(byteCount: count * type.size)
    if count > 0 { ck_fill_identity(reduction.rawValue, type.rawValue, result.baseAddress, Int64(count)) }
    return result
  }

  /// Copies one element.
  package func copyElement(at place: Int, from source: Buffer, at offset: Int, size: Int) {
    (baseAddress + place * size).copyMemory(from: source.baseAddress + offset * size, byteCount: size)
  }

  /// The elements of a strided array row by row.
  ///
  /// - Parameters: `offset` and `strides` are in elements.
  public func gathered(_ type: ElementType, shape: [Int], offset: Int, strides: [Int]) -> Buffer {
    let count = shape.reduce(1, *)
    let result = Buffer(byteCount: count * type.size)
    guard count > 0 else { return result }
    walk(type, shape: shape, offset: offset, strides: strides) { base, shape, strides, rank, start, length in
      ck_gather(
        result.baseAddress + start * type.size, base, rank, shape, strides, Int64(start), Int64(length),
        Int32(type.size))
    }
    return result
  }

  /// Writes consecutive elements of `source` to the places of a strided array in this buffer.
  ///
  /// The caller owns the buffer: nobody else may see it while it changes.
  package func spread(
    _ source: Buffer, sourceOffset: Int = 0, _ type: ElementType, shape: [Int], offset: Int, strides: [Int]
  ) {
    guard shape.reduce(1, *) > 0 else { return }
    walk(type, shape: shape, offset: offset, strides: strides) { base, shape, strides, rank, start, length in
      ck_spread(
        UnsafeMutablePointer(mutating: base), source.baseAddress + (sourceOffset + start) * type.size, rank, shape,
        strides, Int64(start), Int64(length), Int32(type.size))
    }
  }

  private func walk(
    _ type: ElementType, shape: [Int], offset: Int, strides: [Int],
    _ body: (UnsafePointer<CChar>, UnsafePointer<Int64>, UnsafePointer<Int64>, Int32, Int, Int) -> Void
  ) {
    let access = StridedAccess(shape: shape, strides: strides)
    let count = shape.reduce(1, *)
    let block = 65_536
    nonisolated(unsafe) let base = (baseAddress + offset * type.size).assumingMemoryBound(to: CChar.self)
    access.shape.map(Int64.init).withUnsafeBufferPointer { extents in
      access.strides.map { Int64($0 * type.size) }.withUnsafeBufferPointer { steps in
        // A scalar has no dimension; the walk wants one to point at.
        var one: Int64 = 1
        withUnsafePointer(to: &one) { one in
          nonisolated(unsafe) let extents = extents.baseAddress ?? one
          nonisolated(unsafe) let steps = steps.baseAddress ?? one
          nonisolated(unsafe) let body = body
          Parallelism.forEachBlock((count + block - 1) / block) { index in
            body(
              base, extents, steps, Int32(access.shape.count), index * block, min(block, count - index * block))
          }
        }
      }
    }
  }
}
