/// Changes files as somebody would who knows their formats.
package struct Mutator {
  package var random: FuzzRandom
  package var longest = 4096

  package init(seed: UInt64) { random = FuzzRandom(seed: seed) }

  /// A new input for a reader: one of its seeds (or, rarely, another's) after a few changes.
  package mutating func input(for reader: FuzzedReader) -> [UInt8] {
    let seeds = random.oneIn(50) ? Seeds.all : Seeds.files(for: reader)
    return changed(random.element(of: seeds), for: reader)
  }

  package mutating func changed(_ bytes: [UInt8], for reader: FuzzedReader) -> [UInt8] {
    var bytes = bytes
    for _ in 0...random.below(4) { change(&bytes, reader) }
    if bytes.count > longest { bytes.removeSubrange(longest...) }
    if random.oneIn(2) { repair(&bytes, reader) }
    return bytes
  }

  private static let numbers: [UInt64] = [
    0, 1, 2, 3, 7, 8, 16, 17, 63, 64, 65, 127, 128, 255, 256, 0x7FFF, 0x8000, 0xFFFF, 0x10000, 0x7FFF_FFFF, 0x8000_0000,
    0xFFFF_FFFF, 1 << 32, 1 << 40, 1 << 61, 1 << 62, 1 << 63, .max, .max - 1, .max >> 1, .max >> 1 - 7,
  ]

  private mutating func change(_ bytes: inout [UInt8], _ reader: FuzzedReader) {
    let place = random.below(bytes.count)
    if bytes.isEmpty {
      bytes.append(UInt8(truncatingIfNeeded: random.next()))
      return
    }
    switch random.below(12) {
    case 0: bytes[place] ^= 1 << UInt8(random.below(8))
    case 1: bytes[place] = UInt8(truncatingIfNeeded: random.next())
    case 2: bytes.removeSubrange(random.below(bytes.count)...)
    case 3: bytes.removeSubrange(place..<min(bytes.count, place + 1 + random.below(16)))
    case 4:
      let piece = bytes[place..<min(bytes.count, place + 1 + random.below(64))]
      bytes.insert(contentsOf: Array(piece), at: random.below(bytes.count))
    case 5:
      let other = random.element(of: Seeds.files(for: reader))
      if !other.isEmpty { bytes = Array(bytes[..<place]) + other[random.below(other.count)...] }
    case 6, 7:
      // A field: lengths, counts, offsets and sizes have 2, 4 or 8 bytes.
      let size = random.element(of: [2, 4, 8])
      var value = random.element(of: Self.numbers)
      if random.oneIn(3) { value = UInt64(truncatingIfNeeded: bytes.count - random.below(64) + 16) }
      let start = field(in: bytes, reader) ?? place
      for (index, byte) in Zip.number(value, size).enumerated() where start + index < bytes.count {
        bytes[start + index] = byte
      }
    case 8, 9: changeNumber(&bytes)
    case 10: bytes.insert(contentsOf: Array(random.element(of: Self.tokens).utf8), at: place)
    default:
      bytes.insert(contentsOf: (0...random.below(8)).map { _ in UInt8(truncatingIfNeeded: random.next()) }, at: place)
    }
  }

  /// The place of a binary field.
  private mutating func field(in bytes: [UInt8], _ reader: FuzzedReader) -> Int? {
    switch reader {
    case .npy: return 6 + random.below(4)
    case .safetensors: return 0
    case .json: return nil
    case .npz:
      let records = bytes.indices.dropLast(3).filter { bytes[$0] == 0x50 && bytes[$0 + 1] == 0x4B && bytes[$0 + 2] < 8 }
      return records.isEmpty ? nil : random.element(of: records) + 4 + random.below(52)
    }
  }

  private static let tokens = [
    "{", "}", "[", "]", "(", ")", ",", ":", "\"", "'", "\\", "\\u", "\\ud800", "-", ".", "e9", "L", "0", "02", "1e999",
    "NaN", "null",
    "true", "False", "descr", "shape", "fortran_order", "dtype", "data_offsets", "__metadata__", "<f4", ">i8", "<d",
    "|O", "F32",
    "BF16", "BOOL", "F8_E4M3", "\u{0}", "\u{FEFF}", "é", "PK\u{1}\u{2}", "PK\u{3}\u{4}", "PK\u{5}\u{6}", ".npy",
    "\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},", "(((((((((", "[[[[[[[[[",
  ]

  /// Replaces a number in the text.
  private mutating func changeNumber(_ bytes: inout [UInt8]) {
    let digits = bytes.indices.filter { (0x30...0x39).contains(bytes[$0]) }
    guard !digits.isEmpty else { return }
    let start = random.element(of: digits)
    var end = start
    while end < bytes.count, (0x30...0x39).contains(bytes[end]) { end += 1 }
    let value = random.element(of: Self.numbers)
    var text = "\(value)"
    switch random.below(8) {
    case 0: text = "-\(value)"
    case 1: text = "0\(value)"
    case 2: text = "\(value)\(value)"
    case 3: text = "\(random.below(40))"
    case 4: text = "\(value).5"
    default: break
    }
    bytes.replaceSubrange(start..<end, with: Array(text.utf8))
  }

  /// Makes lengths and checksums true again, so that what lies behind them is reached.
  private func repair(_ bytes: inout [UInt8], _ reader: FuzzedReader) {
    switch reader {
    case .npy:
      guard bytes.count > 12, let end = bytes.lastIndex(of: UInt8(ascii: "}")), end > 12 else { return }
      let wide = bytes[6] > 1
      for (index, byte) in Zip.number(UInt64(end + 1 - (wide ? 12 : 10)), wide ? 4 : 2).enumerated() {
        bytes[8 + index] = byte
      }
    case .safetensors:
      guard bytes.count > 8, let end = bytes.lastIndex(of: UInt8(ascii: "}")), end > 8 else { return }
      bytes.replaceSubrange(0..<8, with: Zip.number(UInt64(end + 1 - 8), 8))
    case .json: break
    case .npz: repairArchive(&bytes)
    }
  }

  private func repairArchive(_ bytes: inout [UInt8]) {
    func number(_ place: Int, _ size: Int) -> Int { (0..<size).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) } }
    var entries: [Int] = []
    var end: Int?
    for place in bytes.indices.dropLast(21) where bytes[place] == 0x50 && bytes[place + 1] == 0x4B {
      if bytes[place + 2] == 1 && bytes[place + 3] == 2 && place + 46 <= bytes.count { entries.append(place) }
      if bytes[place + 2] == 5 && bytes[place + 3] == 6 { end = place }
    }
    for entry in entries {
      let local = number(entry + 42, 4)
      guard local + 30 <= bytes.count, number(entry + 10, 2) == 0 else { continue }
      let start = local + 30 + number(local + 26, 2) + number(local + 28, 2)
      let count = number(entry + 20, 4)
      guard start + count <= bytes.count else { continue }
      let checksum = Zip.number(UInt64(Zip.checksum(bytes[start..<start + count])), 4)
      bytes.replaceSubrange(entry + 16..<entry + 20, with: checksum)
      bytes.replaceSubrange(entry + 24..<entry + 28, with: Zip.number(UInt64(count), 4))
    }
    guard let end, let first = entries.first, end > first else { return }
    bytes.replaceSubrange(end + 10..<end + 12, with: Zip.number(UInt64(entries.count), 2))
    bytes.replaceSubrange(end + 12..<end + 16, with: Zip.number(UInt64(end - first), 4))
    bytes.replaceSubrange(end + 16..<end + 20, with: Zip.number(UInt64(first), 4))
    bytes.replaceSubrange(end + 20..<end + 22, with: Zip.number(UInt64(bytes.count - end - 22), 2))
  }
}
