import AdjointKernels

/// npy files: one array, as NumPy saves it (NEP 1).
///
/// Versions 1.0 to 3.0, both byte orders, C and Fortran order; every type of ``FileElement`` that NumPy has. Records,
/// complex numbers, strings and Python objects are refused by name: no pickled object is ever loaded.
public enum NPY {
  private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  /// Reads the array of a file, brought to row-major order and little-endian bytes.
  public static func read(_ path: String, limits: FileLimits = FileLimits()) throws(FileFormatError) -> FileTensor {
    try decode(FileBytes(path: path, limits: limits))
  }

  /// Reads an array from memory; `path` names it in errors.
  public static func decode(
    _ bytes: [UInt8], path: String = "<memory>", limits: FileLimits = FileLimits()
  ) throws(FileFormatError) -> FileTensor {
    try decode(FileBytes(bytes, path: path, limits: limits))
  }

  /// Writes an array in row-major order, as version 1.0.
  public static func write(_ tensor: FileTensor, to path: String) throws(FileFormatError) {
    try FileBytes.write([header(of: tensor, path: path), tensor.bytes], to: path)
  }

  /// The bytes of an npy file.
  public static func encode(_ tensor: FileTensor) throws(FileFormatError) -> [UInt8] {
    try header(of: tensor, path: "<memory>") + tensor.bytes
  }

  static func decode(_ file: FileBytes) throws(FileFormatError) -> FileTensor {
    let (header, place) = try header(of: file)
    return try tensor(header, file.read(at: place.lowerBound, count: place.count), place, file.path, file.key)
  }

  /// The array of a file in memory that nobody else needs: its elements are moved to the front, where a copy would take the
  /// memory again, and longer.
  static func decode(
    taking bytes: consuming [UInt8], path: String, key: String, limits: FileLimits
  ) throws(FileFormatError) -> FileTensor {
    let (header, place) = try header(of: FileBytes(copy bytes, path: path, key: key, limits: limits))
    bytes.removeFirst(place.lowerBound)
    return try tensor(header, bytes, place, path, key)
  }

  /// The header, and where the elements are: they end with the file.
  private static func header(of file: FileBytes) throws(FileFormatError) -> (NPYHeader, data: Range<Int>) {
    let (path, key) = (file.path, file.key)
    let start = try file.read(at: 0, count: min(file.count, 8))
    guard start.starts(with: magic.prefix(start.count)), !start.isEmpty else {
      throw .wrongFormat(path: path, key: key, expected: "an npy file", found: file.otherFormat)
    }
    // A prefix of the magic bytes is a file cut short, not another format.
    guard start.count == 8 else {
      throw .truncated(path: path, key: key, offset: 0, needed: 8, available: start.count)
    }
    let (major, minor) = (start[6], start[7])
    guard (1...3).contains(major) && minor == 0 else {
      throw .unsupportedVersion(path: path, key: key, version: "\(major).\(minor)")
    }
    let width = major == 1 ? 2 : 4
    let lengthBytes = try file.read(at: 8, count: width) + [0, 0]
    let length = Int(littleEndian(UInt32.self, lengthBytes, at: 0))
    guard length <= file.limits.headerBytes else {
      throw .headerTooLarge(path: path, key: key, length: UInt64(length), limit: file.limits.headerBytes)
    }
    let header = try parse(try file.read(at: 8 + width, count: length), offset: 8 + width, path: path, key: key)
    let dataStart = 8 + width + length
    let needed = FileTensor.byteCount(of: header.shape, header.elementType)!
    let found = file.count - dataStart
    guard found <= needed else {
      throw .trailingBytes(path: path, key: key, offset: dataStart + needed, count: found - needed)
    }
    guard found == needed else {
      throw .truncated(path: path, key: key, offset: dataStart, needed: needed, available: max(0, found))
    }
    return (header, dataStart..<dataStart + needed)
  }

  private static func tensor(
    _ header: NPYHeader, _ elements: consuming [UInt8], _ place: Range<Int>, _ path: String, _ key: String?
  ) throws(FileFormatError) -> FileTensor {
    var data = elements
    let size = header.elementType.size
    if header.elementType == .bool, let wrong = data.firstIndex(where: { $0 > 1 }) {
      throw .corrupted(
        path: path, key: key, offset: place.lowerBound + wrong, reason: "a Boolean is 0 or 1, not \(data[wrong])")
    }
    if header.bigEndian && size > 1 { reverse(&data, size: size) }
    if header.fortranOrder {
      guard ArrayMemory.has(data.count) else { throw .noMemory(path, key, data.count) }
      data = rowMajor(data, header.shape, size: size)
    }
    return FileTensor(header.elementType, header.shape, data, path: path, key: key)
  }

  private static func parse(
    _ text: [UInt8], offset: Int, path: String, key: String?
  ) throws(FileFormatError) -> NPYHeader {
    do {
      return try NPYHeader(parsing: text)
    } catch {
      switch error {
      case .malformed(let place, let reason):
        throw .malformedHeader(path: path, key: key, offset: offset + place, reason: reason)
      case .duplicate(let name, let place): throw .duplicateName(path: path, key: name, offset: offset + place)
      case .unknownType(let name): throw .unknownElementType(path: path, key: key, name: name)
      case .unsupported(let reason): throw .unsupported(path: path, key: key, reason: reason)
      case .shape(let reason): throw .invalidShape(path: path, key: key, reason: reason)
      }
    }
  }

  private static func reverse(_ data: inout [UInt8], size: Int) {
    for start in stride(from: 0, to: data.count, by: size) {
      for byte in 0..<size / 2 { data.swapAt(start + byte, start + size - 1 - byte) }
    }
  }

  /// The first axis runs fastest in the file; in the result the last one does.
  private static func rowMajor(_ data: [UInt8], _ wholeShape: [Int], size: Int) -> [UInt8] {
    // Axes of length 1 would be walked for every element.
    let shape = wholeShape.filter { $0 != 1 }
    if shape.count < 2 || data.isEmpty { return data }
    var (strides, step): ([Int], Int) = ([], size)
    for length in shape {
      strides.append(step)
      step *= length
    }
    var result: [UInt8] = []
    result.reserveCapacity(data.count)
    var index = [Int](repeating: 0, count: shape.count)
    var source = 0
    for _ in 0..<data.count / size {
      result.append(contentsOf: data[source..<source + size])
      var axis = shape.count - 1
      while axis >= 0 {
        index[axis] += 1
        source += strides[axis]
        if index[axis] < shape[axis] { break }
        source -= strides[axis] * shape[axis]
        index[axis] = 0
        axis -= 1
      }
    }
    return result
  }

  static func header(of tensor: FileTensor, path: String, key: String? = nil) throws(FileFormatError) -> [UInt8] {
    guard let text = NPYHeader(elementType: tensor.elementType, shape: tensor.shape).text else {
      throw .unsupported(
        path: path, key: key, reason: "NumPy has no \(tensor.elementType.rawValue): convert the array to float32 first")
    }
    // NumPy aligns the data to 64 bytes; the padding ends in a newline. 64 axes fit into version 1.0.
    let start = magic.count + 4
    let padding = (64 - (start + text.utf8.count + 1) % 64) % 64
    let body = Array(text.utf8) + [UInt8](repeating: 0x20, count: padding) + [0x0A]
    var result = magic + [1, 0]
    append(UInt64(body.count), size: 2, to: &result)
    return result + body
  }
}
