/// The members of a zip archive, as npz files use it: stored or deflated, without encryption; 64-bit sizes are read.
struct ZipArchive {
  struct Member {
    let name: String
    let method: Int
    let checksum: UInt32
    let packedCount: Int
    let count: Int
    /// Where the member's local header begins.
    let offset: Int
    /// Where the next member or the directory begins.
    var limit = 0
  }

  let members: [Member]
  private let bytes: FileBytes

  private static let endSignature: UInt32 = 0x0605_4B50
  private static let end64Signature: UInt32 = 0x0606_4B50
  private static let end64LocatorSignature: UInt32 = 0x0706_4B50
  private static let centralSignature: UInt32 = 0x0201_4B50
  private static let localSignature: UInt32 = 0x0403_4B50
  private static let localSize = 30

  init(_ bytes: FileBytes) throws(FileFormatError) {
    self.bytes = bytes
    let (count, offset, size) = try Self.directory(of: bytes)
    let directory = try bytes.read(at: offset, count: size)
    var (members, names, place): ([Member], Set<String>, Int) = ([], [], 0)
    for _ in 0..<count {
      let (member, next) = try Self.member(directory, at: place, directoryOffset: offset, bytes)
      if !names.insert(member.name).inserted {
        throw .duplicateName(path: bytes.path, key: member.name, offset: offset + place)
      }
      members.append(member)
      place = next
    }
    // Members that share bytes let a small archive claim any size.
    let order = members.indices.sorted { members[$0].offset < members[$1].offset }
    for (place, index) in order.enumerated() {
      let next = place + 1 < order.count ? order[place + 1] : nil
      members[index].limit = next.map { members[$0].offset } ?? offset
      let end = members[index].offset + Self.localSize + members[index].name.utf8.count + members[index].packedCount
      guard end <= members[index].limit else {
        if let next {
          throw .overlappingOffsets(
            path: bytes.path, key: members[next].name, other: members[index].name, offset: members[next].offset)
        }
        throw .malformedHeader(
          path: bytes.path, key: members[index].name, offset: members[index].offset,
          reason: "the member reaches into the directory")
      }
    }
    self.members = members
  }

  /// Whether the members that one call reads may take the memory that they claim.
  func check(_ chosen: [Member]) throws(FileFormatError) {
    func sum(_ members: [Member]) -> Int {
      members.reduce(0) { sum, member in
        let (result, overflow) = sum.addingReportingOverflow(member.count)
        return overflow ? .max : result
      }
    }
    try bytes.check(arrays: sum(chosen))
    let unpacked = sum(chosen.filter { $0.method != 0 })
    let (scaled, overflow) = bytes.count.multipliedReportingOverflow(by: bytes.limits.unpackedRatio)
    let limit = max(bytes.limits.unpackedBytes, overflow ? .max : scaled)
    guard unpacked <= limit else {
      throw .tooLarge(
        path: bytes.path, key: chosen.count == 1 ? chosen[0].name : nil, what: "the unpacked arrays", bytes: unpacked,
        limit: limit)
    }
  }

  /// The number of members, and where their directory lies: the end record says so, which is the last thing in the
  /// file but for a comment of at most 65,535 bytes.
  private static func directory(of bytes: FileBytes) throws(FileFormatError) -> (count: Int, offset: Int, size: Int) {
    let notZip = FileFormatError.wrongFormat(
      path: bytes.path, key: nil, expected: "a whole zip archive", found: bytes.otherFormat)
    let tailStart = max(0, bytes.count - 22 - 65_535)
    let tail = try bytes.read(at: tailStart, count: bytes.count - tailStart)
    guard
      let end = stride(from: tail.count - 22, through: 0, by: -1).first(where: {
        littleEndian(UInt32.self, tail, at: $0) == endSignature
          && Int(littleEndian(UInt16.self, tail, at: $0 + 20)) == tail.count - $0 - 22
      })
    else { throw notZip }
    var count = UInt64(littleEndian(UInt16.self, tail, at: end + 10))
    var size = UInt64(littleEndian(UInt32.self, tail, at: end + 12))
    var offset = UInt64(littleEndian(UInt32.self, tail, at: end + 16))
    if end >= 20, littleEndian(UInt32.self, tail, at: end - 20) == end64LocatorSignature {
      let place = littleEndian(UInt64.self, tail, at: end - 20 + 8)
      guard place <= UInt64(bytes.count) else { throw notZip }
      let record = try bytes.read(at: Int(place), count: 56)
      guard littleEndian(UInt32.self, record, at: 0) == end64Signature else { throw notZip }
      count = littleEndian(UInt64.self, record, at: 32)
      size = littleEndian(UInt64.self, record, at: 40)
      offset = littleEndian(UInt64.self, record, at: 48)
    }
    let whole = UInt64(bytes.count)
    // A member takes at least 46 bytes of the directory.
    guard size <= UInt64(bytes.limits.headerBytes) else {
      throw .headerTooLarge(path: bytes.path, key: nil, length: size, limit: bytes.limits.headerBytes)
    }
    guard offset <= whole, size <= whole - offset, count <= size / 46 else {
      throw .malformedHeader(
        path: bytes.path, key: nil, offset: tailStart + end, reason: "the directory does not lie within the archive")
    }
    return (Int(count), Int(offset), Int(size))
  }

  private static func member(
    _ directory: [UInt8], at place: Int, directoryOffset: Int, _ bytes: FileBytes
  ) throws(FileFormatError) -> (Member, next: Int) {
    func malformed(_ reason: String) -> FileFormatError {
      .malformedHeader(path: bytes.path, key: nil, offset: directoryOffset + place, reason: reason)
    }
    guard place + 46 <= directory.count, littleEndian(UInt32.self, directory, at: place) == centralSignature else {
      throw malformed("an entry of the directory is missing")
    }
    func short(_ offset: Int) -> Int { Int(littleEndian(UInt16.self, directory, at: place + offset)) }
    func long(_ offset: Int) -> UInt64 { UInt64(littleEndian(UInt32.self, directory, at: place + offset)) }
    let (nameCount, extraCount, commentCount) = (short(28), short(30), short(32))
    let extraStart = place + 46 + nameCount
    let next = extraStart + extraCount + commentCount
    guard next <= directory.count else { throw malformed("an entry of the directory is cut off") }
    guard let name = String(validating: directory[place + 46..<extraStart], as: UTF8.self) else {
      throw malformed("a member's name is not valid UTF-8")
    }
    if short(8) & 1 != 0 {
      throw .unsupported(path: bytes.path, key: name, reason: "encrypted archives are not supported")
    }
    var (packed, count, offset) = (long(20), long(24), long(42))
    // In a 64-bit archive the fields that do not fit follow in an extra field, in this order.
    var extra = extraStart
    while extra + 4 <= extraStart + extraCount {
      let identifier = littleEndian(UInt16.self, directory, at: extra)
      let end = extra + 4 + Int(littleEndian(UInt16.self, directory, at: extra + 2))
      guard end <= extraStart + extraCount else { throw malformed("an extra field is cut off") }
      var field = extra + 4
      func wide(_ value: inout UInt64) {
        guard identifier == 1, value == 0xFFFF_FFFF, field + 8 <= end else { return }
        value = littleEndian(UInt64.self, directory, at: field)
        field += 8
      }
      wide(&count)
      wide(&packed)
      wide(&offset)
      extra = end
    }
    guard packed <= UInt64(bytes.count), offset <= UInt64(bytes.count), count <= UInt64(Int.max) else {
      throw malformed("the member '\(name)' does not lie within the archive")
    }
    let member = Member(
      name: name, method: short(10), checksum: littleEndian(UInt32.self, directory, at: place + 16),
      packedCount: Int(packed), count: Int(count), offset: Int(offset))
    return (member, next)
  }

  /// A member's bytes, decompressed and checked.
  func contents(of member: Member) throws(FileFormatError) -> [UInt8] {
    let (path, key) = (bytes.path, member.name)
    func malformed(_ reason: String) -> FileFormatError {
      .malformedHeader(path: path, key: key, offset: member.offset, reason: reason)
    }
    let local = try bytes.read(at: member.offset, count: Self.localSize)
    guard littleEndian(UInt32.self, local, at: 0) == Self.localSignature else {
      throw malformed("the member's header is missing")
    }
    let nameCount = Int(littleEndian(UInt16.self, local, at: 26))
    let start = member.offset + Self.localSize + nameCount + Int(littleEndian(UInt16.self, local, at: 28))
    guard start + member.packedCount <= member.limit else { throw malformed("the member reaches into what follows it") }
    guard try bytes.read(at: member.offset + Self.localSize, count: nameCount).elementsEqual(member.name.utf8) else {
      throw malformed("the member has another name in its own header than in the directory")
    }
    let packed = try bytes.read(at: start, count: member.packedCount)
    let result: [UInt8]
    switch member.method {
    case 0:
      guard packed.count == member.count else {
        throw .corrupted(
          path: path, key: key, offset: start, reason: "a stored member of \(member.count) bytes has \(packed.count)")
      }
      result = packed
    case 8:
      do {
        result = try Inflate.decompress(packed, count: member.count)
      } catch {
        throw .corrupted(path: path, key: key, offset: start + min(error.offset, packed.count), reason: error.reason)
      }
    default:
      throw .unsupported(
        path: path, key: key, reason: "compression method \(member.method) is not supported, only stored and deflated")
    }
    guard CRC32.checksum(result) == member.checksum else {
      throw .corrupted(path: path, key: key, offset: start, reason: "the checksum does not match")
    }
    return result
  }

  /// An archive of stored members, in parts to be written one after the other.
  static func stored(_ contents: [(name: String, parts: [[UInt8]])], path: String) throws(FileFormatError) -> [[UInt8]]
  {
    var (result, directory, offset): ([[UInt8]], [UInt8], Int) = ([], [], 0)
    for (name, parts) in contents {
      let count = parts.reduce(0) { $0 + $1.count }
      let checksum = parts.reduce(0) { CRC32.checksum($1, after: $0) }
      guard count < 0xFFFF_FFFF && offset < 0xFFFF_FFFF && name.utf8.count < 0xFFFF else {
        throw .unsupported(path: path, key: name, reason: "archives of 4 GiB and more are not written: use safetensors")
      }
      // Version 2.0, names in UTF-8, stored, 1 January 1980: the same arrays give the same bytes.
      var common: [UInt8] = []
      for (value, size) in [(20, 2), (0x800, 2), (0, 2), (0, 2), (0x21, 2), (Int(checksum), 4), (count, 4), (count, 4)]
      {
        append(UInt64(value), size: size, to: &common)
      }
      append(UInt64(name.utf8.count), size: 2, to: &common)
      append(0, size: 2, to: &common)
      var local: [UInt8] = []
      append(UInt64(localSignature), size: 4, to: &local)
      local += common + Array(name.utf8)
      append(UInt64(centralSignature), size: 4, to: &directory)
      append(20, size: 2, to: &directory)
      directory += common
      for (value, size) in [(0, 2), (0, 2), (0, 2), (0, 4), (offset, 4)] {
        append(UInt64(value), size: size, to: &directory)
      }
      directory += Array(name.utf8)
      result += [local] + parts
      offset += local.count + count
    }
    guard contents.count < 0xFFFF && offset + directory.count < 0xFFFF_FFFF else {
      throw .unsupported(path: path, key: nil, reason: "archives of 4 GiB and more are not written: use safetensors")
    }
    var end: [UInt8] = []
    for (value, size) in [
      (Int(endSignature), 4), (0, 2), (0, 2), (contents.count, 2), (contents.count, 2), (directory.count, 4),
      (offset, 4), (0, 2),
    ] {
      append(UInt64(value), size: size, to: &end)
    }
    return result + [directory, end]
  }
}
