import AdjointKernels

/// A list that all passes of a plan share: an entry counts for the pass that made it, and nothing has to be emptied.
struct Stamped<Value> {
  private var stamps: ContiguousArray<Int32>
  private var values: ContiguousArray<Value>

  init(count: Int, _ value: Value) {
    stamps = ContiguousArray(repeating: -1, count: count)
    values = ContiguousArray(repeating: value, count: count)
  }

  @inline(__always) subscript(index: Int, of pass: Int32) -> Value? {
    get { stamps[index] == pass ? values[index] : nil }
    set {
      guard let newValue else { return }
      stamps[index] = pass
      values[index] = newValue
    }
  }
}

/// The operations of a pass with their operands, so that equal ones are computed once.
///
/// Open addressing by a digest of one multiplication a word: a `Dictionary` hashes longer than the rest of an operation's
/// emission takes.
struct ExpressionTable {
  struct Key: Equatable {
    let code, kind, level: UInt8
    let a, b, c: TileProgramBuilder.Value

    fileprivate var digest: UInt64 {
      UInt64(code) << 16 | UInt64(kind) << 8 | UInt64(level)
    }
  }

  private var slots: ContiguousArray<(pass: Int32, key: Key, value: TileProgramBuilder.Value)> = []
  private var pass: Int32 = -1
  private static let none = TileProgramBuilder.Value.none
  private static let free = Key(code: 0, kind: 0, level: 0, a: none, b: none, c: none)

  /// Begins a pass.
  mutating func begin(_ pass: Int32, members: Int) {
    self.pass = pass
    var size = max(slots.count, 64)
    while size < 4 * members { size *= 2 }
    if size > slots.count { slots = ContiguousArray(repeating: (-1, Self.free, Self.none), count: size) }
  }

  /// The value of a key, or the slot where it belongs.
  func find(_ key: Key) -> (value: TileProgramBuilder.Value?, slot: Int) {
    let digest = key.digest.mixed(with: key.a.word).mixed(with: key.b.word).mixed(with: key.c.word)
    var slot = Int(truncatingIfNeeded: digest >> 20) & (slots.count - 1)
    while slots[slot].pass == pass {
      if slots[slot].key == key { return (slots[slot].value, slot) }
      slot = (slot + 1) & (slots.count - 1)
    }
    return (nil, slot)
  }

  mutating func insert(_ key: Key, _ value: TileProgramBuilder.Value, at slot: Int) {
    slots[slot] = (pass, key, value)
  }
}

extension TileProgramBuilder.Value {
  fileprivate var word: UInt64 { UInt64(UInt32(bitPattern: number)) }
}
