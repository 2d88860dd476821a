/// npz files: arrays by name, each an npy file in a zip archive, as `numpy.savez` and `numpy.savez_compressed` write
/// them.
///
/// Stored and deflated members are read, checksums are verified, members that are not npy files are left alone.
/// Members are written stored: compressed floating-point data gain little and cost much.
public enum NPZ {
  /// Reads every array of a file. Large files of which few arrays are needed: see ``read(_:named:)``.
  public static func read(
    _ path: String, limits: FileLimits = FileLimits()
  ) throws(FileFormatError) -> [String: FileTensor] {
    try decode(FileBytes(path: path, limits: limits), only: nil)
  }

  /// Reads one array of a file.
  public static func read(
    _ path: String, named name: String, limits: FileLimits = FileLimits()
  ) throws(FileFormatError) -> FileTensor {
    try decode(FileBytes(path: path, limits: limits), only: name)[name]!
  }

  /// Reads every array from memory; `path` names the archive in errors.
  public static func decode(
    _ bytes: [UInt8], path: String = "<memory>", limits: FileLimits = FileLimits()
  ) throws(FileFormatError) -> [String: FileTensor] {
    try decode(FileBytes(bytes, path: path, limits: limits), only: nil)
  }

  /// Writes arrays to a file, sorted by name; the same arrays always give the same bytes.
  public static func write(_ tensors: [String: FileTensor], to path: String) throws(FileFormatError) {
    try FileBytes.write(parts(of: tensors, path: path), to: path)
  }

  /// The bytes of an archive of these arrays.
  public static func encode(_ tensors: [String: FileTensor]) throws(FileFormatError) -> [UInt8] {
    try parts(of: tensors, path: "<memory>").reduce(into: []) { $0 += $1 }
  }

  private static let suffix = ".npy"

  private static func decode(_ file: FileBytes, only wanted: String?) throws(FileFormatError) -> [String: FileTensor] {
    let archive = try ZipArchive(file)
    let members = archive.members.filter { $0.name.hasSuffix(suffix) }
    if members.isEmpty && !archive.members.isEmpty {
      throw .wrongFormat(
        path: file.path, key: nil, expected: "an npz file",
        found: archive.members.contains { $0.name == "data.pkl" || $0.name.hasSuffix("/data.pkl") }
          ? "a PyTorch checkpoint" : "a zip archive without .npy members")
    }
    func name(_ member: ZipArchive.Member) -> String { String(member.name.dropLast(suffix.count)) }
    let chosen = wanted.map { wanted in members.filter { name($0) == wanted } } ?? members
    if let wanted, chosen.isEmpty {
      throw .missingName(path: file.path, key: wanted, available: members.map(name))
    }
    try archive.check(chosen)
    var result: [String: FileTensor] = [:]
    for member in chosen {
      let name = name(member)
      result[name] = try NPY.decode(
        taking: archive.contents(of: member), path: file.path, key: name, limits: file.limits)
    }
    return result
  }

  private static func parts(of tensors: [String: FileTensor], path: String) throws(FileFormatError) -> [[UInt8]] {
    var contents: [(name: String, parts: [[UInt8]])] = []
    for name in tensors.keys.sorted() {
      let tensor = tensors[name]!
      contents.append((name + suffix, [try NPY.header(of: tensor, path: path, key: name), tensor.bytes]))
    }
    return try ZipArchive.stored(contents, path: path)
  }
}
