/// A map from objects to numbers, for walks over graphs.
///
/// Open addressing by the object's address: a walk asks several times per node, and hashing for a `Dictionary` takes
/// longer than all else that it does there. The map refers to no object: it lasts as long as somebody else keeps them.
/// Emptying it costs nothing: an entry counts only with the map's present generation.
struct IdentityMap {
  private struct Slot {
    var key: UInt = 0
    var generation: UInt32 = 0
    var value: Int32 = 0
  }

  private var slots: ContiguousArray<Slot>
  private var generation: UInt32 = 1
  private var count = 0
  private var shift: UInt64
  private static let smallest = 64

  init() {
    slots = ContiguousArray(repeating: Slot(), count: Self.smallest)
    shift = 64 - 6
  }

  mutating func removeAll() {
    // A map that has grown beyond all proportion is made anew.
    if slots.count > 4096 && count < slots.count / 64 { self = IdentityMap() }
    count = 0
    generation &+= 1
    if generation == 0 { self = IdentityMap() }
  }

  @inline(__always) subscript(object: AnyObject) -> Int? { self[key: Self.key(object)] }

  /// The number of any other word that identifies something.
  @inline(__always) subscript(key key: UInt) -> Int? {
    let place = place(key)
    return slots[place].generation == generation ? Int(slots[place].value) : nil
  }

  /// The number of an object that may be there already; if it is not, it gets `value`, and the answer is nil.
  @inline(__always) mutating func insert(_ object: AnyObject, _ value: Int) -> Int? {
    insert(key: Self.key(object), value)
  }

  @inline(__always) mutating func insert(key: UInt, _ value: Int) -> Int? {
    var place = place(key)
    if slots[place].generation == generation { return Int(slots[place].value) }
    count += 1
    if 2 * count > slots.count {
      grow()
      place = self.place(key)
    }
    slots[place] = Slot(key: key, generation: generation, value: Int32(truncatingIfNeeded: value))
    return nil
  }

  private static func key(_ object: AnyObject) -> UInt { UInt(bitPattern: ObjectIdentifier(object)) }

  /// The slot of a key, or the free one where it belongs.
  @inline(__always) private func place(_ key: UInt) -> Int {
    // Fibonacci hashing: the product's high bits depend on all of the key's.
    var place = Int(truncatingIfNeeded: (UInt64(key) &* 0x9E37_79B9_7F4A_7C15) >> shift)
    while slots[place].generation == generation && slots[place].key != key { place = (place + 1) & (slots.count - 1) }
    return place
  }

  private mutating func grow() {
    let old = slots
    slots = ContiguousArray(repeating: Slot(), count: 2 * old.count)
    shift -= 1
    for slot in old where slot.generation == generation { slots[place(slot.key)] = slot }
  }
}
