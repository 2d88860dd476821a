/// Zip archives of any fields, true or not.
package enum Zip {
  package struct Member {
    var name: [UInt8]
    var packed: [UInt8]
    var method: Int
    var count: Int
    var checksum: UInt32
    /// What the directory says instead of the place, the packed length and the length.
    package var offset: UInt64?
    package var claimedPacked: UInt64?
    package var claimedCount: UInt64?
    package var localName: [UInt8]?

    package init(_ name: String, _ packed: [UInt8], method: Int = 0, contents: [UInt8]? = nil) {
      self.init(bytes: Array(name.utf8), packed, method: method, contents: contents)
    }

    package init(bytes name: [UInt8], _ packed: [UInt8], method: Int = 0, contents: [UInt8]? = nil) {
      self.name = name
      self.packed = packed
      self.method = method
      count = (contents ?? packed).count
      checksum = Zip.checksum(contents ?? packed)
    }
  }

  /// - Parameter wide: with the fields of 64-bit archives.
  package static func archive(
    _ members: [Member], wide: Bool = false, comment: [UInt8] = [], claimedMembers: Int? = nil
  ) -> [UInt8] {
    var (file, directory): ([UInt8], [UInt8]) = ([], [])
    for member in members {
      let place = member.offset ?? UInt64(file.count)
      let packed = member.claimedPacked ?? UInt64(member.packed.count)
      let count = member.claimedCount ?? UInt64(member.count)
      func size(_ value: UInt64) -> [UInt8] { wide ? [0xFF, 0xFF, 0xFF, 0xFF] : number(value, 4) }
      let common =
        number(20, 2) + number(0x800, 2) + number(UInt64(member.method), 2) + number(0, 2) + number(0x21, 2)
        + number(UInt64(member.checksum), 4)
      if member.offset == nil {
        let name = member.localName ?? member.name
        file +=
          number(0x0403_4B50, 4) + common + number(UInt64(member.packed.count), 4) + number(UInt64(member.count), 4)
        file += number(UInt64(name.count), 2) + number(0, 2) + name + member.packed
      }
      let extra = wide ? number(1, 2) + number(24, 2) + number(count, 8) + number(packed, 8) + number(place, 8) : []
      directory += number(0x0201_4B50, 4) + number(20, 2) + common + size(packed) + size(count)
      directory += number(UInt64(member.name.count), 2) + number(UInt64(extra.count), 2) + number(0, 2) + number(0, 2)
      directory += number(0, 2) + number(0, 4) + size(place) + member.name + extra
    }
    let count = UInt64(claimedMembers ?? members.count)
    let start = UInt64(file.count)
    file += directory
    if wide {
      let place = UInt64(file.count)
      file += number(0x0606_4B50, 4) + number(44, 8) + number(45, 2) + number(45, 2) + number(0, 4) + number(0, 4)
      file += number(count, 8) + number(count, 8) + number(UInt64(directory.count), 8) + number(start, 8)
      file += number(0x0706_4B50, 4) + number(0, 4) + number(place, 8) + number(1, 4)
    }
    file += number(0x0605_4B50, 4) + number(0, 4) + number(min(count, 0xFFFF), 2) + number(min(count, 0xFFFF), 2)
    return file + number(UInt64(directory.count), 4) + number(start, 4) + number(UInt64(comment.count), 2) + comment
  }

  /// The bytes of a number, lowest first.
  package static func number(_ value: UInt64, _ size: Int) -> [UInt8] {
    (0..<size).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) }
  }

  package static func checksum(_ bytes: some Sequence<UInt8>) -> UInt32 {
    var value = UInt32.max
    for byte in bytes { value = value >> 8 ^ table[Int((value ^ UInt32(byte)) & 0xFF)] }
    return ~value
  }

  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
  }
}

/// Deflate streams.
package enum Deflate {
  /// Without compression.
  package static func stored(_ bytes: [UInt8]) -> [UInt8] {
    [1] + Zip.number(UInt64(bytes.count), 2) + Zip.number(UInt64(bytes.count ^ 0xFFFF), 2) + bytes
  }

  /// Literals of the fixed code.
  package static func fixed(_ bytes: [UInt8]) -> [UInt8] {
    var writer = BitWriter()
    writer.number(3, 2 + 1)
    for byte in bytes { byte < 144 ? writer.code(0x30 + Int(byte), 8) : writer.code(0x190 + Int(byte) - 144, 9) }
    writer.code(0, 7)
    return writer.bytes
  }

  /// `count` zeros in as few bytes as the fixed code has: 258 of them take 13 bits.
  package static func zeros(_ count: Int) -> [UInt8] {
    var writer = BitWriter()
    writer.number(3, 3)
    writer.code(0x30, 8)
    for _ in 0..<(count - 1) / 258 {
      // Length 258, distance 1.
      writer.code(0xC0 + 285 - 280, 8)
      writer.code(0, 5)
    }
    for _ in 0..<(count - 1) % 258 { writer.code(0x30, 8) }
    writer.code(0, 7)
    return writer.bytes
  }

  private struct BitWriter {
    var bytes: [UInt8] = []
    private var used = 8

    mutating func number(_ value: Int, _ count: Int) { for bit in 0..<count { append(value >> bit & 1) } }

    /// A code's first bit is its highest.
    mutating func code(_ value: Int, _ count: Int) { for bit in (0..<count).reversed() { append(value >> bit & 1) } }

    private mutating func append(_ bit: Int) {
      if used == 8 {
        bytes.append(0)
        used = 0
      }
      bytes[bytes.count - 1] |= UInt8(bit << used)
      used += 1
    }
  }
}
