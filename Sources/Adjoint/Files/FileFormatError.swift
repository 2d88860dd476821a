/// Why a file of tensors could not be read or written.
///
/// Every case carries the path; where there is one, the name of the tensor or archive member (`key`) and the offset
/// in bytes from the start of the file, or of the archive member, at which the fault was seen. ``description`` is one
/// sentence.
public enum FileFormatError: Error, Equatable, Sendable {
  /// There is no file at the path.
  case notFound(path: String)
  /// The system refused to read the file.
  case unreadable(path: String, reason: String)
  /// The system refused to write the file.
  case unwritable(path: String, reason: String)
  /// The file does not begin, or end, as the format does; `found` says which known format begins so.
  case wrongFormat(path: String, key: String?, expected: String, found: String?)
  /// The format's version is unknown.
  case unsupportedVersion(path: String, key: String?, version: String)
  /// The file ends before what its header announces.
  case truncated(path: String, key: String?, offset: Int, needed: Int, available: Int)
  /// The file goes on after its last array.
  case trailingBytes(path: String, key: String?, offset: Int, count: Int)
  /// The header claims to be longer than any sensible one.
  case headerTooLarge(path: String, key: String?, length: UInt64, limit: Int)
  /// What is to be read takes more memory than ``FileLimits`` allow.
  case tooLarge(path: String, key: String?, what: String, bytes: Int, limit: Int)
  /// The header is not well-formed.
  case malformedHeader(path: String, key: String?, offset: Int, reason: String)
  /// Two arrays, or two fields of a header, have one name.
  case duplicateName(path: String, key: String, offset: Int)
  /// The type of the elements is not one of ``FileElement``.
  case unknownElementType(path: String, key: String?, name: String)
  /// A length is negative, or the number of bytes overflows.
  case invalidShape(path: String, key: String?, reason: String)
  /// The shape and the type need another number of bytes than there is.
  case sizeMismatch(path: String, key: String?, shape: [Int], elementType: FileElement, needed: Int, found: Int)
  /// The data's range is reversed or outside the file's data.
  case invalidOffsets(path: String, key: String, begin: Int, end: Int, limit: Int)
  /// Two tensors, or two members of an archive, share bytes.
  case overlappingOffsets(path: String, key: String, other: String, offset: Int)
  /// Bytes of the data belong to no tensor.
  case unusedBytes(path: String, offset: Int, count: Int)
  /// The data contradict themselves: a checksum, a compressed stream, a Boolean that is neither 0 nor 1.
  case corrupted(path: String, key: String?, offset: Int, reason: String)
  /// The format allows it, this reader or writer does not.
  case unsupported(path: String, key: String?, reason: String)
  /// A tensor's type cannot hold a value of the array; `index` counts in row-major order.
  case unrepresentable(path: String, key: String?, index: Int, value: String, elementType: FileElement)
  /// The file has no array of that name.
  case missingName(path: String, key: String, available: [String])
}

extension FileFormatError {
  /// There was no memory for what is in the file.
  static func noMemory(_ path: String, _ key: String?, _ byteCount: Int) -> FileFormatError {
    .unreadable(path: path, reason: "\(key.map { "'\($0)': " } ?? "")the system has no memory for \(byteCount) bytes")
  }
}

extension FileFormatError: CustomStringConvertible {
  /// One sentence that names the file, the array, the place and the rule that is broken.
  public var description: String {
    switch self {
    case .notFound(let path): "\(path): no such file"
    case .unreadable(let path, let reason): "\(path): cannot be read: \(reason)"
    case .unwritable(let path, let reason): "\(path): cannot be written: \(reason)"
    case .wrongFormat(let path, let key, let expected, let found):
      "\(at(path, key)): this is not \(expected)" + (found.map { " but \($0)" } ?? "")
    case .unsupportedVersion(let path, let key, let version): "\(at(path, key)): version \(version) is not supported"
    case .truncated(let path, let key, let offset, let needed, let available):
      "\(at(path, key)): \(needed) bytes are needed at offset \(offset), but only \(available) are left"
    case .trailingBytes(let path, let key, let offset, let count):
      "\(at(path, key)): \(count) bytes follow the end of the data at offset \(offset)"
    case .headerTooLarge(let path, let key, let length, let limit):
      "\(at(path, key)): the header claims \(length) bytes, the limit is \(limit) (FileLimits)"
    case .tooLarge(let path, let key, let what, let bytes, let limit):
      "\(at(path, key)): \(what) take \(bytes) bytes, the limit is \(limit) (FileLimits)"
    case .malformedHeader(let path, let key, let offset, let reason):
      "\(at(path, key)): malformed header at offset \(offset): \(shown(reason))"
    case .duplicateName(let path, let key, let offset):
      "\(path): the name '\(shown(key))' occurs a second time at offset \(offset)"
    case .unknownElementType(let path, let key, let name):
      "\(at(path, key)): the element type '\(shown(name))' is not supported"
    case .invalidShape(let path, let key, let reason): "\(at(path, key)): invalid shape: \(reason)"
    case .sizeMismatch(let path, let key, let shape, let elementType, let needed, let found):
      "\(at(path, key)): the shape \(shape) of \(elementType.rawValue) takes \(needed) bytes, but there are \(found)"
    case .invalidOffsets(let path, let key, let begin, let end, let limit):
      "\(at(path, key)): the data range \(begin) to \(end) does not lie within 0 to \(limit)"
    case .overlappingOffsets(let path, let key, let other, let offset):
      "\(at(path, key)): its data overlap those of '\(shown(other))' at data offset \(offset)"
    case .unusedBytes(let path, let offset, let count):
      "\(path): \(count) bytes at data offset \(offset) belong to no tensor"
    case .corrupted(let path, let key, let offset, let reason):
      "\(at(path, key)): corrupted data at offset \(offset): \(reason)"
    case .unsupported(let path, let key, let reason): "\(at(path, key)): \(reason)"
    case .unrepresentable(let path, let key, let index, let value, let elementType):
      "\(at(path, key)): element \(index) is \(value), which \(elementType.rawValue) cannot hold; "
        + "converted(to: .\(elementType.rawValue)) cuts it"
    case .missingName(let path, let key, let available):
      "\(path): there is no array '\(shown(key))'; there are \(available.prefix(12).map(shown).joined(separator: ", "))"
        + (available.count > 12 ? " and \(available.count - 12) more" : "")
    }
  }

  private func at(_ path: String, _ key: String?) -> String { key.map { "\(path): '\(shown($0))'" } ?? path }

  /// Text out of a file as a part of a sentence: cut when it is long, and on one line.
  private func shown(_ text: String) -> String {
    let scalars = text.unicodeScalars.prefix(200)
    var result = ""
    for scalar in scalars {
      result += scalar.properties.generalCategory == .control ? scalar.escaped(asASCII: true) : String(scalar)
    }
    return scalars.endIndex == text.unicodeScalars.endIndex ? result : result + "…"
  }
}
