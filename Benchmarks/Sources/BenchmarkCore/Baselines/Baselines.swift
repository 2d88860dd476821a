#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Results saved under a name, for this user on this machine: figures of another machine mean nothing here.
public enum Baselines {
  /// `$XDG_DATA_HOME/adjoint-bench`, by default `~/.local/share/adjoint-bench`.
  public static func folder(_ environment: [String: String] = ProcessInfo.processInfo.environment) -> String {
    let home = environment["HOME"] ?? "."
    let data = environment["XDG_DATA_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? home + "/.local/share"
    return data + "/adjoint-bench"
  }

  /// The file of a name. What looks like a path (it has a slash, or ends in `.json`) is one.
  public static func path(_ name: String) throws(SelectionError) -> String {
    if name.contains("/") || name.hasSuffix(".json") { return name }
    guard !name.isEmpty, !name.hasPrefix("."), !name.hasPrefix("-") else {
      throw SelectionError("'\(name)' cannot be the name of a saved result")
    }
    return "\(folder())/\(name).json"
  }

  /// Writes a result with its samples, and returns the file's path.
  public static func save(_ report: Report, as name: String) throws -> String {
    let path = try path(name)
    let parent = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    do {
      if !parent.isEmpty {
        try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
      }
      try report.json(withSamples: true).write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw SelectionError("the result cannot be written to \(path)")
    }
    return path
  }

  /// Reads a saved result.
  public static func load(_ name: String) throws -> Report {
    let path = try path(name)
    guard let data = FileManager.default.contents(atPath: path) else {
      let known = names()
      let hint = known.isEmpty ? "none is saved yet (run --save NAME)" : "saved are: \(known.joined(separator: ", "))"
      throw SelectionError("there is no saved result '\(name)'; \(hint)")
    }
    return try Report(json: data, name: path)
  }

  /// The names of what is saved.
  public static func names() -> [String] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder())) ?? []
    return files.filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()
  }
}
