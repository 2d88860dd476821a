import AdjointKernels

/// What reading a file may cost: a file is not trusted with the reader's memory and time.
///
/// ```swift
/// var limits = FileLimits()
/// limits.headerBytes = 100_000_000     // as the reference implementation of safetensors
/// let file = try SafetensorsFile(path: path, limits: limits)
/// ```
///
/// Beyond a limit reading throws ``FileFormatError/headerTooLarge(path:key:length:limit:)`` or
/// ``FileFormatError/tooLarge(path:key:what:bytes:limit:)`` before it takes any memory. Within them it takes at most twice the file for
/// what is stored, twice the unpacked arrays for what is compressed, and 16 times the header. Time is linear in the same.
public struct FileLimits: Sendable, Hashable {
  /// The longest header, or zip directory: 16 MiB, which is enough for 150,000 tensors.
  public var headerBytes = 16 << 20

  /// The most bytes of arrays that one call reads: as much as the process has memory (its control group's limit, or the machine's).
  /// A sparse file of terabytes takes no room on a disk.
  public var arrayBytes = FileMemory.available

  /// The most bytes that the compressed arrays of one call may unpack to: 1 GiB, or what ``unpackedRatio`` allows if that is more.
  public var unpackedBytes = 1 << 30

  /// Compressed arrays may also unpack to so many times the length of their file: 16. Deflate reaches 1,032 on zeros.
  public var unpackedRatio = 16

  /// The limits that are used when none are given.
  public init() {}

  /// The most axes that an array in a file can have, which is NumPy's limit. A ``Tensor`` has at most ``Shape/largestRank``.
  static let largestRank = 64
}
