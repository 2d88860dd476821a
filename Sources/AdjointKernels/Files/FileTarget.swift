#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The place that a file is written to: an open folder and a name in it.
///
/// Links are followed first, as `open` for writing follows them: the link stays a link and what it points to is written, whether
/// it is there already or not. The folder is held open, so whoever moves or replaces it meanwhile does not redirect the file.
final class FileTarget {
  let folder: Int32
  let name: [CChar]
  /// The status of the file that is there already.
  private let old: stat?

  var exists: Bool { old != nil }

  init(_ path: String) throws(ByteFileError) {
    (folder, name, old) = try Self.resolve(path)
    guard let old else { return }
    if let error = ByteFileError.notRegular(old.st_mode) { throw error }
    // The folder's permissions alone would let a write-protected file be replaced.
    if faccessat(folder, name, W_OK, AT_EACCESS) != 0 { throw ByteFileError(code: errno) }
  }

  deinit { close(folder) }

  private static func resolve(_ path: String) throws(ByteFileError) -> (Int32, [CChar], stat?) {
    try ByteFileError.check(path)
    // Bytes: a link's target need not be valid UTF-8.
    var place = Array(path.utf8)
    for _ in 0..<40 {
      let slash = place.lastIndex(of: UInt8(ascii: "/"))
      let folderPath = slash.map { $0 == 0 ? [UInt8(ascii: "/")] : Array(place[..<$0]) } ?? [UInt8(ascii: ".")]
      let name = terminated(place[(slash.map { $0 + 1 } ?? 0)...])
      if name.count == 1 { throw ByteFileError(code: place.isEmpty ? ENOENT : EISDIR) }
      let folder = try open(folderPath)
      var status = stat()
      if fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) != 0 {
        let code = errno
        if code == ENOENT { return (folder, name, nil) }
        close(folder)
        throw ByteFileError(code: code)
      }
      guard status.st_mode & S_IFMT == S_IFLNK else { return (folder, name, status) }
      defer { close(folder) }
      let size = 4096
      var length = -1
      let target = [UInt8](writing: size) { buffer, count in
        length = buffer.withMemoryRebound(to: CChar.self) { readlinkat(folder, name, $0.baseAddress!, size) }
        count = max(length, 0)
      }
      if length < 0 { throw ByteFileError(code: errno) }
      place = target.first == UInt8(ascii: "/") ? target : folderPath + [UInt8(ascii: "/")] + target
      if place.count > 1 << 16 { throw ByteFileError(code: ENAMETOOLONG) }
    }
    throw ByteFileError(code: ELOOP)
  }

  private static func terminated(_ bytes: some Sequence<UInt8>) -> [CChar] {
    bytes.map { CChar(bitPattern: $0) } + [0]
  }

  private static func open(_ folder: [UInt8]) throws(ByteFileError) -> Int32 {
    let path = terminated(folder)
    var descriptor = openat(AT_FDCWD, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    #if os(Linux)
      // A folder that may be written to but not listed (`O_PATH`, which Swift does not see).
      if descriptor < 0 && errno == EACCES {
        descriptor = openat(AT_FDCWD, path, 0o10_000_000 | O_DIRECTORY | O_CLOEXEC)
      }
    #endif
    guard descriptor >= 0 else { throw ByteFileError(code: errno) }
    return descriptor
  }

  /// The old file's owner and permissions for the new one. Where the owner or the group cannot be kept, the new one's group
  /// gets no permission that the old one's had.
  func handOnOwnership(to descriptor: Int32) {
    guard let old else { return }
    var mode = old.st_mode & 0o777
    var new = stat()
    if fstat(descriptor, &new) == 0, new.st_uid != old.st_uid || new.st_gid != old.st_gid,
      fchown(descriptor, old.st_uid, old.st_gid) != 0, new.st_gid != old.st_gid,
      fchown(descriptor, uid_t.max, old.st_gid) != 0
    {
      mode &= ~0o070
    }
    fchmod(descriptor, mode)
  }

  /// Gives the file of a temporary name the target's name.
  func take(_ temporary: [CChar]) throws(ByteFileError) {
    guard renameat(folder, temporary, folder, name) != 0 else { return }
    let code = errno
    unlinkat(folder, temporary, 0)
    throw ByteFileError(code: code)
  }

  /// Brings the folder's list of names to the disk.
  func synchronize() { _ = fsync(folder) }

  private static let (prefix, suffix) = (".adjoint-", ".partial")

  static func temporaryName() -> [CChar] {
    let digits = String(UInt64.random(in: .min ... .max), radix: 16)
    return terminated((prefix + String(repeating: "0", count: 16 - digits.count) + digits + suffix).utf8)
  }

  /// Removes the folder's temporary files whose writers are gone: their locks went with them.
  func removeLitter() {
    let list = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard list >= 0 else { return }
    guard let names = fdopendir(list) else {
      close(list)
      return
    }
    defer { closedir(names) }
    while let entry = readdir(names) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      guard name.count == Self.prefix.utf8.count + 16 + Self.suffix.utf8.count, name.starts(with: Self.prefix.utf8),
        name.suffix(Self.suffix.utf8.count).elementsEqual(Self.suffix.utf8)
      else { continue }
      let path = Self.terminated(name)
      let descriptor = openat(folder, path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
      guard descriptor >= 0 else { continue }
      var status = stat()
      if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_uid == geteuid(),
        flock(descriptor, LOCK_EX | LOCK_NB) == 0
      {
        unlinkat(folder, path, 0)
      }
      close(descriptor)
    }
  }
}
