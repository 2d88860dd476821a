#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Reading the files in which Linux describes a machine.
enum SystemFile {
  /// The contents, nil where there is no such file. Files of /proc state no size: they are read to their end.
  static func contents(_ path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&piece, 1, piece.count, file)
      guard count > 0 else { break }
      bytes += piece[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The contents without the white space around them.
  static func line(_ path: String) -> String? {
    contents(path).map { $0.trimmed() }
  }

  /// The value of the first `name : value` or `name=value` line, quotes removed.
  static func value(of name: String, in text: String) -> String? {
    for line in text.split(separator: "\n") {
      guard let mark = line.firstIndex(where: { $0 == ":" || $0 == "=" }) else { continue }
      if String(line[..<mark]).trimmed() == name {
        return String(line[line.index(after: mark)...].filter { $0 != "\"" }).trimmed()
      }
    }
    return nil
  }
}

extension String {
  /// Without white space at both ends.
  func trimmed() -> String {
    let start = drop(while: \.isWhitespace)
    return String(start.reversed().drop(while: \.isWhitespace).reversed())
  }
}
