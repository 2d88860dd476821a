/// Sebastiano Vigna's SplitMix64: a seed gives the same program and the same elements on every machine.
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Self.mixed(state)
  }

  static func mixed(_ word: UInt64) -> UInt64 {
    var z = word
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number in 0..<bound.
  mutating func below(_ bound: Int) -> Int { Int(next() >> 33) % bound }

  /// Whether an event with one chance in `count` happens.
  mutating func oneIn(_ count: Int) -> Bool { below(count) == 0 }

  mutating func element<Element>(of array: [Element]) -> Element { array[below(array.count)] }

  /// A number in 0..<1.
  mutating func fraction() -> Double { Double(next() >> 11) * 0x1p-53 }
}

extension SplitMix64 {
  /// The elements of an array: each is a function of the seed and of its place alone.
  static func elements(seed: UInt64, count: Int, from low: Double, to high: Double) -> [Double] {
    let scale = (high - low) * 0x1p-53
    return (0..<count).map { place in
      low + Double(mixed(seed &+ UInt64(place) &* 0x9E37_79B9_7F4A_7C15) >> 11) * scale
    }
  }
}
