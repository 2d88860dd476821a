/// Bytes as text: base 64 of RFC 4648 with padding, and nothing else accepted.
///
/// Foundation has it, and the library does not depend on Foundation.
enum Base64 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let padding = UInt8(ascii: "=")

  /// The value of each character, 64 for what is none.
  private static let values: [UInt8] = {
    var table = [UInt8](repeating: 64, count: 256)
    for (value, character) in alphabet.enumerated() { table[Int(character)] = UInt8(value) }
    return table
  }()

  static func encode(_ bytes: Span<UInt8>) -> String {
    let (table, count) = (alphabet, bytes.count)
    var text: [UInt8] = []
    text.reserveCapacity((count + 2) / 3 * 4)
    var place = 0
    while place < count {
      let left = Swift.min(3, count - place)
      var word = UInt32(bytes[place]) << 16
      if left > 1 { word |= UInt32(bytes[place + 1]) << 8 }
      if left > 2 { word |= UInt32(bytes[place + 2]) }
      text.append(table[Int(word >> 18)])
      text.append(table[Int(word >> 12 & 63)])
      text.append(left > 1 ? table[Int(word >> 6 & 63)] : padding)
      text.append(left > 2 ? table[Int(word & 63)] : padding)
      place += 3
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// nil for a text that is not what `encode` writes for any bytes.
  static func decode(_ string: String) -> [UInt8]? {
    let (text, table) = (Array(string.utf8), values)
    guard text.count % 4 == 0 else { return nil }
    let padded = text.last == padding ? (text[text.count - 2] == padding ? 2 : 1) : 0
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count / 4 * 3)
    for start in stride(from: 0, to: text.count, by: 4) {
      let dropped = start + 4 == text.count ? padded : 0
      var word: UInt32 = 0
      for k in 0..<4 {
        let value = k < 4 - dropped ? table[Int(text[start + k])] : 0
        if value == 64 { return nil }
        word = word << 6 | UInt32(value)
      }
      // The bits that padding leaves over are 0, so that equal bytes are equal texts.
      if dropped > 0 && word & (dropped == 1 ? 0xFF : 0xFFFF) != 0 { return nil }
      bytes.append(UInt8(truncatingIfNeeded: word >> 16))
      if dropped < 2 { bytes.append(UInt8(truncatingIfNeeded: word >> 8)) }
      if dropped < 1 { bytes.append(UInt8(truncatingIfNeeded: word)) }
    }
    return bytes
  }
}
