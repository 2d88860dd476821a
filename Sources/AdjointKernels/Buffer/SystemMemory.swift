#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Blocks of memory from the system: what the pool is filled from.
enum SystemMemory {
  /// A block of a capacity that `SizeClass` gives, or nil when the system has none left.
  static func allocate(_ capacity: Int) -> UnsafeMutableRawPointer? {
    if capacity >= SizeClass.smallestMapped { return map(capacity) }
    var block: UnsafeMutableRawPointer?
    return posix_memalign(&block, 64, capacity) == 0 ? block : nil
  }

  static func release(_ block: UnsafeMutableRawPointer, _ capacity: Int) {
    if capacity >= SizeClass.smallestMapped {
      munmap(block, capacity)
    } else {
      free(block)
    }
  }

  /// A mapping aligned to 2 MiB.
  ///
  /// `posix_memalign` would do, but glibc keeps large freed blocks in its heap once its threshold has grown, and
  /// memory that the pool gives back should be back.
  private static func map(_ capacity: Int) -> UnsafeMutableRawPointer? {
    let alignment = SizeClass.smallestMapped
    let (reserved, overflow) = capacity.addingReportingOverflow(alignment)
    guard !overflow,
      let start = mmap(nil, reserved, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0), start != MAP_FAILED
    else { return nil }
    let head = -Int(bitPattern: start) & (alignment - 1)
    if head > 0 { munmap(start, head) }
    let block = start + head
    let tail = reserved - head - capacity
    if tail > 0 { munmap(block + capacity, tail) }
    #if os(Linux)
      // One page fault for 2 MiB instead of 512: filling fresh memory is several times faster.
      madvise(block, capacity, MADV_HUGEPAGE)
    #endif
    return block
  }

  /// The memory that this process may use: the machine's, or its control group's limit if that is lower.
  static let available: Int = {
    let pages = sysconf(Int32(_SC_PHYS_PAGES))
    let size = sysconf(Int32(_SC_PAGESIZE))
    let machine = pages > 0 && size > 0 ? pages * size : 4 << 30
    return min(machine, ProcessLimits.current.memoryLimit ?? machine)
  }()
}
