/// The checksum of zip archives: the cyclic redundancy check with polynomial 0x04C11DB7, reflected.
enum CRC32 {
  /// Four tables let one step take four bytes.
  private static let tables: [[UInt32]] = {
    var first = [UInt32](repeating: 0, count: 256)
    for index in 0..<256 {
      var value = UInt32(index)
      for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
      first[index] = value
    }
    var tables = [first]
    for _ in 1..<4 { tables.append(tables.last!.map { $0 >> 8 ^ first[Int($0 & 0xFF)] }) }
    return tables
  }()

  /// The checksum of bytes, or of what stands before them and them.
  static func checksum(_ bytes: [UInt8], after start: UInt32 = 0) -> UInt32 {
    let (t0, t1, t2, t3) = (tables[0], tables[1], tables[2], tables[3])
    var value = ~start
    var offset = 0
    while offset + 4 <= bytes.count {
      value ^= littleEndian(UInt32.self, bytes, at: offset)
      value =
        t3[Int(value & 0xFF)] ^ t2[Int(value >> 8 & 0xFF)] ^ t1[Int(value >> 16 & 0xFF)] ^ t0[Int(value >> 24)]
      offset += 4
    }
    while offset < bytes.count {
      value = value >> 8 ^ t0[Int((value ^ UInt32(bytes[offset])) & 0xFF)]
      offset += 1
    }
    return ~value
  }
}
