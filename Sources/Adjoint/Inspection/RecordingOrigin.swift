#if canImport(Runtime)
  import Runtime
  #if canImport(Glibc)
    // The Runtime module needs it, and does not say so when the standard library is linked statically.
    import Glibc
  #endif
#endif

/// Where an operation was recorded: the first caller outside of this library.
///
/// Public operations take no file and line of their own, which operators could not do anyway. The call stack is captured as
/// addresses; it is looked up only to be printed.
final class RecordingOrigin: Sendable {
  #if canImport(Runtime)
    private let backtrace: Backtrace?
  #endif

  private init() {
    #if canImport(Runtime)
      backtrace = try? Backtrace.capture(algorithm: .auto, limit: 64)
    #endif
  }

  static func current() -> RecordingOrigin { RecordingOrigin() }

  /// `at file:line`, or the function's name where the program has no debug information.
  var description: String {
    #if canImport(Runtime)
      let options: Backtrace.SymbolicationOptions = [.showInlineFrames, .showSourceLocations]
      let symbols = backtrace?.symbolicated(options: options)?.frames.compactMap(\.symbol) ?? []
      let caller = symbols.first { symbol in
        guard let location = symbol.sourceLocation, location.line > 0 else { return false }
        return !Self.isOurs(location.path) && !location.path.hasPrefix("<") && !Self.isSystem(symbol.rawName)
      }
      if let location = caller?.sourceLocation { return "at \(location.path):\(location.line)" }
      let function = symbols.first { symbol in
        !symbol.rawName.hasPrefix("$s7Adjoint") && !Self.isSystem(symbol.rawName) && symbol.name != "<unknown>"
      }
      if let function { return "in \(function.name)" }
    #endif
    return "somewhere in detectAnomaly (the program has no debug information to say where)"
  }

  /// Whether a file is one of this library's. Debug information of optimised modules has paths relative to wherever the
  /// compiler was started, so the last two folders decide: `Sources/Adjoint`.
  private static func isOurs(_ path: String) -> Bool {
    let folders = path.split(separator: "/").dropLast()
    return folders.indices.dropLast().contains { folders[$0] == ours[0] && folders[$0 + 1] == ours[1] }
      && (!path.hasPrefix("/") || path.hasPrefix(sources))
  }

  private static let ours = sources.split(separator: "/").suffix(2).map { String($0) }

  /// The folder of this library's sources.
  private static let sources = String(#filePath.dropLast("Inspection/RecordingOrigin.swift".count))

  /// Whether a function is one of the standard library's: it has a line too where it was inlined.
  private static func isSystem(_ rawName: String) -> Bool { rawName.hasPrefix("$sS") || rawName.hasPrefix("$ss") }
}
