/// Single precision to and from the 16-bit formats, whole arrays at a time: no branches, so that the compiler makes vectors of
/// it. The arrays are those of files: bytes, little-endian.
package enum HalfConversion {
  /// Rounds to nearest, ties to even.
  package static func brain(ofSingles bytes: [UInt8]) -> [UInt8] {
    map(bytes, UInt32.self, UInt16.self) { bits in
      let rounded = UInt16(truncatingIfNeeded: (bits &+ 0x7FFF &+ (bits >> 16 & 1)) >> 16)
      let nan = UInt16(truncatingIfNeeded: bits >> 16) & 0x8000 | 0x7FC0
      return bits & 0x7FFF_FFFF > 0x7F80_0000 ? nan : rounded
    }
  }

  package static func singles(ofBrain bytes: [UInt8]) -> [UInt8] {
    map(bytes, UInt16.self, UInt32.self) { UInt32($0) << 16 }
  }

  /// Rounds to nearest, ties to even. Adding a power of two that is chosen by the exponent makes the processor round at the right
  /// bit, subnormal results included; the scaling before makes what is too large infinite.
  package static func half(ofSingles bytes: [UInt8]) -> [UInt8] {
    map(bytes, UInt32.self, UInt16.self) { bits in
      let twice = bits &+ bits
      let scaled = Float(bitPattern: bits & 0x7FFF_FFFF) * 0x1p112 * 0x1p-110
      let exponent = max(twice & 0xFF00_0000, 0x7100_0000)
      let sum = (Float(bitPattern: (exponent >> 1) &+ 0x0780_0000) + scaled).bitPattern
      let magnitude = (sum >> 13 & 0x7C00) &+ (sum & 0x0FFF)
      let sign = bits >> 16 & 0x8000
      return UInt16(truncatingIfNeeded: sign | (twice > 0xFF00_0000 ? 0x7E00 : magnitude))
    }
  }

  /// Exact. A NaN keeps its sign and becomes quiet.
  package static func singles(ofHalf bytes: [UInt8]) -> [UInt8] {
    map(bytes, UInt16.self, UInt32.self) { half in
      let word = UInt32(half) << 16
      let twice = word &+ word
      let normal = Float(bitPattern: (twice >> 4) &+ (0xE0 << 23)) * 0x1p-112
      let subnormal = Float(bitPattern: (twice >> 17) | (126 << 23)) - 0.5
      let bits = twice < 1 << 27 ? subnormal.bitPattern : normal.bitPattern
      let nan: UInt32 = twice > 0xF800_0000 ? 0x7FC0_0000 : bits
      return (word & 0x8000_0000) | nan
    }
  }

  @inline(__always)
  private static func map<From: BitwiseCopyable, To: BitwiseCopyable>(
    _ bytes: [UInt8], _: From.Type, _: To.Type, _ convert: (From) -> To
  ) -> [UInt8] {
    let count = bytes.count / MemoryLayout<From>.size
    return [UInt8](writing: count * MemoryLayout<To>.size) { buffer, initialized in
      let target = UnsafeMutableRawPointer(buffer.baseAddress!)
      bytes.withUnsafeBytes { source in
        for index in 0..<count {
          let value = source.baseAddress!.loadUnaligned(fromByteOffset: index * MemoryLayout<From>.size, as: From.self)
          target.storeBytes(of: convert(value), toByteOffset: index * MemoryLayout<To>.size, as: To.self)
        }
      }
      initialized = count * MemoryLayout<To>.size
    }
  }
}
