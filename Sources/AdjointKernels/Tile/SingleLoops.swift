import CKernels

extension Buffer {
  /// One elementwise operation on one or two operands, each a contiguous array, the only element of one, or a number;
  /// on the calling thread.
  package static func elementwise(
    _ operation: TileOperation, _ type: ElementType, count: Int, resultSize: Int, _ a: Buffer?, _ aBits: UInt64,
    isRepeated aIsRepeated: Bool, _ b: Buffer?, _ bBits: UInt64, isRepeated bIsRepeated: Bool
  ) -> Buffer {
    let y = Buffer(byteCount: count * resultSize)
    let mode =
      aIsRepeated
      ? (bIsRepeated ? CK_SCALAR_SCALAR : CK_SCALAR_VECTOR) : (bIsRepeated ? CK_VECTOR_SCALAR : CK_VECTOR_VECTOR)
    withUnsafePointer(to: aBits) { aBits in
      withUnsafePointer(to: bBits) { bBits in
        ck_run_loop(
          operation.rawValue, type.rawValue, mode.rawValue, y.baseAddress,
          a.map { UnsafeRawPointer($0.baseAddress) } ?? UnsafeRawPointer(aBits),
          b.map { UnsafeRawPointer($0.baseAddress) } ?? UnsafeRawPointer(bBits), Int64(count))
      }
    }
    return y
  }

  /// The reduction of a whole contiguous array, on the calling thread.
  package static func reduction(_ reduction: TileReduction, _ type: ElementType, count: Int, _ a: Buffer) -> Buffer {
    let y = Buffer(byteCount: type.size)
    ck_run_reduction(reduction.rawValue, type.rawValue, y.baseAddress, a.baseAddress, Int64(count))
    return y
  }
}
