import AdjointKernels

/// Decompression of deflate streams (RFC 1951), for compressed npz archives.
///
/// zlib would be one more system package for one feature; this is two pages. It reads about as fast as a disk does,
/// not as zlib.
struct Inflate {
  struct Fault: Error, Equatable {
    /// How many bytes of the stream were read.
    let offset: Int
    let reason: String
  }

  private let input: [UInt8]
  private var offset = 0
  private var bits: UInt64 = 0
  private var bitCount = 0
  private var output: [UInt8] = []
  private let expected: Int

  /// The decompressed bytes, which must be exactly `count`.
  static func decompress(_ input: [UInt8], count: Int) throws(Fault) -> [UInt8] {
    // Deflate cannot gain more than 1,032 to 1: refuse an absurd claim before memory is taken for it.
    guard count / 1032 <= input.count else { throw Fault(offset: 0, reason: "the claimed size is impossible") }
    var stream = Inflate(input: input, expected: count)
    // The claim may still be a lie: more is taken as it is filled.
    try stream.reserve(min(count, 4 * input.count + 1024))
    while try !stream.block() {}
    guard stream.output.count == count else {
      throw stream.fault("the stream holds \(stream.output.count) bytes, not \(count)")
    }
    return stream.output
  }

  private init(input: [UInt8], expected: Int) {
    self.input = input
    self.expected = expected
  }

  private func fault(_ reason: String) -> Fault { Fault(offset: offset, reason: reason) }

  /// Makes at least `count` bits available if the input has them; past its end the stream reads as zeros.
  private mutating func fill(_ count: Int) {
    while bitCount < count {
      bits |= UInt64(offset < input.count ? input[offset] : 0) << UInt64(bitCount)
      offset += 1
      bitCount += 8
    }
  }

  private mutating func take(_ count: Int) throws(Fault) -> Int {
    if count == 0 { return 0 }
    fill(count)
    let value = Int(bits & (1 << UInt64(count) - 1))
    try drop(count)
    return value
  }

  private mutating func drop(_ count: Int) throws(Fault) {
    bits >>= UInt64(count)
    bitCount -= count
    if offset - bitCount / 8 > input.count { throw fault("the stream ends too early") }
  }

  /// Decodes one block; true after the last.
  private mutating func block() throws(Fault) -> Bool {
    let last = try take(1) == 1
    switch try take(2) {
    case 0: try stored()
    case 1: try compressed(Self.fixedLengths, Self.fixedDistances)
    case 2:
      let (lengths, distances) = try dynamicTables()
      try compressed(lengths, distances)
    default: throw fault("there is no block of type 3")
    }
    return last
  }

  private mutating func stored() throws(Fault) {
    try drop(bitCount % 8)
    let length = try take(16)
    guard try take(16) == length ^ 0xFFFF else { throw fault("a stored block's length and its complement differ") }
    // Whole bytes that were read ahead belong to the block.
    offset -= bitCount / 8
    (bits, bitCount) = (0, 0)
    guard length <= input.count - offset else { throw fault("the stream ends too early") }
    try grow(by: length)
    output.append(contentsOf: input[offset..<offset + length])
    offset += length
  }

  private mutating func grow(by count: Int) throws(Fault) {
    if output.count + count > expected { throw fault("the stream holds more than \(expected) bytes") }
    if output.count + count > output.capacity {
      try reserve(min(expected, max(2 * output.capacity, output.count + count)))
    }
  }

  /// Takes memory for so many bytes in all: an array that grows by itself stops the process where there is none.
  private mutating func reserve(_ count: Int) throws(Fault) {
    guard ArrayMemory.has(count) else { throw fault("the system has no memory for \(count) bytes") }
    output.reserveCapacity(count)
  }

  private mutating func compressed(_ lengths: Code, _ distances: Code) throws(Fault) {
    while true {
      let symbol = try decode(lengths)
      if symbol < 256 {
        try grow(by: 1)
        output.append(UInt8(symbol))
        continue
      }
      if symbol == 256 { return }
      guard symbol <= 285 else { throw fault("there is no length code \(symbol)") }
      let length = try Self.lengthBase[symbol - 257] + take(Self.lengthExtra[symbol - 257])
      let code = try decode(distances)
      guard code < 30 else { throw fault("there is no distance code \(code)") }
      let distance = try Self.distanceBase[code] + take(Self.distanceExtra[code])
      guard distance <= output.count else { throw fault("a distance reaches back before the first byte") }
      try grow(by: length)
      // Byte by byte: a copy may overlap itself.
      let start = output.count - distance
      for index in 0..<length { output.append(output[start + index]) }
    }
  }

  private mutating func dynamicTables() throws(Fault) -> (Code, Code) {
    let (literals, distances, codes) = (try take(5) + 257, try take(5) + 1, try take(4) + 4)
    guard literals <= 286 && distances <= 30 else { throw fault("a block declares too many codes") }
    var small = [UInt8](repeating: 0, count: 19)
    for index in 0..<codes { small[Self.order[index]] = UInt8(try take(3)) }
    guard let code = Code(small) else { throw fault("the code lengths' code is not a prefix code") }
    var lengths: [UInt8] = []
    while lengths.count < literals + distances {
      let symbol = try decode(code)
      switch symbol {
      case 0..<16: lengths.append(UInt8(symbol))
      case 16:
        guard let previous = lengths.last else { throw fault("a repetition without a first length") }
        lengths += [UInt8](repeating: previous, count: try take(2) + 3)
      case 17: lengths += [UInt8](repeating: 0, count: try take(3) + 3)
      default: lengths += [UInt8](repeating: 0, count: try take(7) + 11)
      }
    }
    guard lengths.count == literals + distances else { throw fault("a repetition goes past the last code") }
    guard lengths[256] != 0 else { throw fault("the block has no end code") }
    guard let first = Code(Array(lengths[..<literals])), let second = Code(Array(lengths[literals...])) else {
      throw fault("a block's codes are not a prefix code")
    }
    return (first, second)
  }

  private mutating func decode(_ code: Code) throws(Fault) -> Int {
    fill(15)
    let entry = code.table[Int(bits & code.mask)]
    guard entry != 0 else { throw fault("no symbol has these bits") }
    try drop(Int(entry & 15))
    return Int(entry >> 4)
  }

  /// A canonical Huffman code as one table from the next bits to symbol · 16 + length; 0 where no symbol is.
  private struct Code {
    let table: [UInt16]
    let mask: UInt64

    /// `nil` when the lengths oversubscribe the code, or leave it incomplete (one single symbol may: RFC 1951,
    /// 3.2.7).
    init?(_ lengths: [UInt8]) {
      let longest = Int(lengths.max() ?? 0)
      var counts = [Int](repeating: 0, count: 16)
      for length in lengths where length > 0 { counts[Int(length)] += 1 }
      var (next, code, left) = ([Int](repeating: 0, count: 16), 0, 1)
      for length in 1..<16 {
        left = left * 2 - counts[length]
        if left < 0 { return nil }
        code = (code + counts[length - 1]) * 2
        next[length] = code
      }
      if left > 0 && counts.reduce(0, +) > 1 { return nil }
      var table = [UInt16](repeating: 0, count: 1 << longest)
      for (symbol, length) in lengths.enumerated() where length > 0 {
        // The stream gives a code's first bit lowest: reverse it, and repeat it over the bits that do not matter.
        var (value, reversed) = (next[Int(length)], 0)
        next[Int(length)] += 1
        for _ in 0..<length {
          reversed = reversed << 1 | value & 1
          value >>= 1
        }
        for place in stride(from: reversed, to: table.count, by: 1 << Int(length)) {
          table[place] = UInt16(symbol) << 4 | UInt16(length)
        }
      }
      self.table = table
      mask = UInt64(table.count - 1)
    }
  }

  private static let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
  private static let lengthBase = [
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
  ]
  private static let lengthExtra = [
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
  ]
  private static let distanceBase = [
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
    8193, 12289, 16385, 24577,
  ]
  private static let distanceExtra = [
    0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
  ]
  private static let fixedLengths = Code(
    [UInt8](repeating: 8, count: 144) + [UInt8](repeating: 9, count: 112) + [UInt8](repeating: 7, count: 24)
      + [UInt8](repeating: 8, count: 8))!
  private static let fixedDistances = Code([UInt8](repeating: 5, count: 32))!
}
