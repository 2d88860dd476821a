/// A map from nodes to numbers, for walks over graphs.
///
/// Open addressing by the node's address: a walk asks several times per node, and hashing for a `Dictionary` takes
/// longer than all else that it does there. The map refers to no node: it lasts as long as somebody else keeps them.
struct IdentityMap {
  // A slot's key is the node's address, 0 if it is free.
  private var keys: ContiguousArray<UInt>
  private var values: ContiguousArray<Int>
  private var count = 0
  private var shift: UInt64

  init() {
    keys = ContiguousArray(repeating: 0, count: 32)
    values = ContiguousArray(repeating: 0, count: 32)
    shift = 64 - 5
  }

  subscript(node: Node) -> Int? {
    get {
      let slot = slot(Self.key(node))
      return keys[slot] == 0 ? nil : values[slot]
    }
    set {
      guard let newValue else { fatalError("IdentityMap: numbers are never removed") }
      var place = slot(Self.key(node))
      if keys[place] == 0 {
        count += 1
        if 2 * count > keys.count {
          grow()
          place = slot(Self.key(node))
        }
        keys[place] = Self.key(node)
      }
      values[place] = newValue
    }
  }

  private static func key(_ node: Node) -> UInt { UInt(bitPattern: ObjectIdentifier(node)) }

  /// The slot of a key, or the free one where it belongs.
  private func slot(_ key: UInt) -> Int {
    // Fibonacci hashing: the product's high bits depend on all of the key's.
    var slot = Int(truncatingIfNeeded: (UInt64(key) &* 0x9E37_79B9_7F4A_7C15) >> shift)
    while keys[slot] != 0 && keys[slot] != key { slot = (slot + 1) & (keys.count - 1) }
    return slot
  }

  private mutating func grow() {
    let (oldKeys, oldValues) = (keys, values)
    keys = ContiguousArray(repeating: 0, count: 2 * oldKeys.count)
    values = ContiguousArray(repeating: 0, count: keys.count)
    shift -= 1
    for (key, value) in zip(oldKeys, oldValues) where key != 0 {
      let place = slot(key)
      keys[place] = key
      values[place] = value
    }
  }
}
