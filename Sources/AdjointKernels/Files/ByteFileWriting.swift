#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension ByteFile {
  /// Writes the parts one after the other. The file appears whole or not at all, and is on the disk when the call returns; a
  /// reader of the old file keeps it.
  ///
  /// The parts go to a new file in the same folder, which then takes the name. On Linux that file has no name until it is
  /// whole (`O_TMPFILE`), so a process that is killed leaves nothing behind. Where it has to have a name, the name is random and
  /// never followed or overwritten, and its writer holds a lock on it: a later writer in the folder removes those without a
  /// living writer.
  package static func write(_ parts: [[UInt8]], to path: String) throws(ByteFileError) {
    let target = try FileTarget(path)
    if try !writeNameless(parts, to: target) { try writeNamed(parts, to: target) }
    target.removeLitter()
    target.synchronize()
  }

  /// False where the system or the folder's file system has no files without names.
  private static func writeNameless(_ parts: [[UInt8]], to target: FileTarget) throws(ByteFileError) -> Bool {
    #if os(Linux)
      // `O_TMPFILE` is a macro that Swift does not see.
      let descriptor = openat(target.folder, ".", 0o20_000_000 | O_DIRECTORY | O_WRONLY | O_CLOEXEC, 0o666)
      guard descriptor >= 0 else { return false }
      defer { close(descriptor) }
      _ = flock(descriptor, LOCK_EX | LOCK_NB)
      try fill(descriptor, parts, target)
      let source = "/proc/self/fd/\(descriptor)"
      if !target.exists && linkat(AT_FDCWD, source, target.folder, target.name, AT_SYMLINK_FOLLOW) == 0 { return true }
      // A name that is taken can only be taken over from another name.
      for _ in 0..<100 {
        let temporary = FileTarget.temporaryName()
        if linkat(AT_FDCWD, source, target.folder, temporary, AT_SYMLINK_FOLLOW) != 0 {
          if errno == EEXIST { continue }
          // Without /proc, for one.
          return false
        }
        try target.take(temporary)
        return true
      }
    #endif
    return false
  }

  private static func writeNamed(_ parts: [[UInt8]], to target: FileTarget) throws(ByteFileError) {
    for _ in 0..<100 {
      let temporary = FileTarget.temporaryName()
      let descriptor = openat(
        target.folder, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666 as mode_t)
      if descriptor < 0 && errno == EEXIST { continue }
      guard descriptor >= 0 else { throw ByteFileError(code: errno) }
      defer { close(descriptor) }
      _ = flock(descriptor, LOCK_EX | LOCK_NB)
      // Somebody who tidied up between the two calls above may have taken the file for litter.
      var status = stat()
      guard fstat(descriptor, &status) == 0, status.st_nlink > 0 else { continue }
      do { try fill(descriptor, parts, target) } catch {
        unlinkat(target.folder, temporary, 0)
        throw error
      }
      return try target.take(temporary)
    }
    throw ByteFileError(code: EEXIST)
  }

  private static func fill(_ descriptor: Int32, _ parts: [[UInt8]], _ target: FileTarget) throws(ByteFileError) {
    var failure: Int32 = 0
    for part in parts where failure == 0 {
      part.withUnsafeBytes { buffer in
        var done = 0
        while done < buffer.count {
          let put = put(descriptor, buffer.baseAddress! + done, min(buffer.count - done, 1 << 30))
          if put < 0 && errno == EINTR { continue }
          if put <= 0 {
            failure = put < 0 ? errno : EIO
            break
          }
          done += put
        }
      }
    }
    if failure != 0 { throw ByteFileError(code: failure) }
    target.handOnOwnership(to: descriptor)
    while fsync(descriptor) != 0 {
      // Some file systems cannot; what they keep is theirs to decide.
      if errno == EINVAL || errno == EROFS || errno == ENOTSUP { break }
      if errno != EINTR { throw ByteFileError(code: errno) }
    }
  }

  // Inside the class the system's `write` is hidden by the method above.
  private static func put(_ descriptor: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
    #if canImport(Glibc)
      Glibc.write(descriptor, bytes, count)
    #elseif canImport(Musl)
      Musl.write(descriptor, bytes, count)
    #else
      Darwin.write(descriptor, bytes, count)
    #endif
  }
}
