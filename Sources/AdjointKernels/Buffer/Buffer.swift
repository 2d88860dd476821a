/// An owned, aligned block of bytes.
///
/// The memory comes from `BufferPool.shared` and goes back there when the last reference is released, so that
/// making a buffer of a size that was used before touches no fresh pages. Its contents are unspecified until
/// they are written. The address is a multiple of 64, from 2 MiB up a multiple of 2 MiB. (Memory that a tensor took over
/// from somebody else is the exception: it lies where it lay, and no kernel asks for more.)
///
/// A buffer is shared by reference. Whoever writes it must be the only one who sees it: the library writes a
/// buffer once, before anybody else gets it, or after having checked that it is uniquely referenced.
public final class Buffer: @unchecked Sendable {
  /// The first byte.
  package let baseAddress: UnsafeMutableRawPointer

  /// The number of bytes asked for.
  public let byteCount: Int

  /// The number of bytes of the block, at least `byteCount`.
  public let capacity: Int

  /// Whoever the memory came from, to be released with the buffer; nil for the pool.
  private let owner: AdoptedMemory?

  /// Takes a block from the pool, which asks the system for a new one only when it has none that fits.
  ///
  /// Zero bytes are allowed. A negative count, or more than the system has, stops the process.
  public init(byteCount: Int) {
    guard byteCount >= 0 else { fatalError("Buffer: a buffer cannot have \(byteCount) bytes") }
    let block = BufferPool.shared.take(byteCount)
    self.byteCount = byteCount
    baseAddress = block.address
    capacity = block.capacity
    owner = nil
  }

  /// As `init(byteCount:)`, but nil where the system has no memory left: for data whose size is somebody else's claim.
  package init?(ifPossible byteCount: Int) {
    guard byteCount >= 0, let block = BufferPool.shared.takeIfPossible(byteCount) else { return nil }
    self.byteCount = byteCount
    baseAddress = block.address
    capacity = block.capacity
    owner = nil
  }

  /// A buffer of memory that was made elsewhere, which `release` gives back when the last reference is gone. It is aligned as it is.
  package init(adopting memory: UnsafeMutableRawBufferPointer, release: @escaping @Sendable () -> Void) {
    guard let address = memory.baseAddress else { fatalError("Buffer: no memory to take over") }
    baseAddress = address
    byteCount = memory.count
    capacity = memory.count
    owner = AdoptedMemory(release)
  }

  deinit {
    if owner == nil { BufferPool.shared.give(BufferPool.Block(address: baseAddress, capacity: capacity)) }
  }
}

/// Memory that is given back by a function of its owner's.
private final class AdoptedMemory: Sendable {
  private let release: @Sendable () -> Void

  init(_ release: @escaping @Sendable () -> Void) { self.release = release }

  deinit { release() }
}
