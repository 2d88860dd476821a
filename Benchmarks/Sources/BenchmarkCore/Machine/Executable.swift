#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The program that is running.
public enum Executable {
  /// Its file, links resolved where the system tells.
  public static let path: String = {
    var bytes = [CChar](repeating: 0, count: Int(PATH_MAX))
    let length = readlink("/proc/self/exe", &bytes, bytes.count - 1)
    guard length > 0 else { return CommandLine.arguments.first ?? "" }
    return String(decoding: bytes[..<length].map(UInt8.init(bitPattern:)), as: UTF8.self)
  }()

  /// A file at `name` in one of the folders above the program: where a build folder lies within its package.
  public static func fileAbove(_ name: String) -> String? {
    var parts = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    while !parts.isEmpty {
      let candidate = parts.joined(separator: "/") + "/" + name
      if access(candidate, R_OK) == 0 { return candidate }
      parts = parts.dropLast()
    }
    return nil
  }
}
