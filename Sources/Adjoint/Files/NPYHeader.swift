/// The header of an npy file: a Python dictionary literal with exactly `descr`, `fortran_order` and `shape`.
struct NPYHeader: Equatable {
  var elementType: FileElement
  var bigEndian = false
  var fortranOrder = false
  var shape: [Int]

  /// What can be wrong, before the file's name is known.
  enum Fault: Error {
    case malformed(offset: Int, reason: String)
    case duplicate(name: String, offset: Int)
    case unknownType(String)
    case unsupported(String)
    case shape(String)
  }

  init(elementType: FileElement, shape: [Int]) {
    self.elementType = elementType
    self.shape = shape
  }

  init(parsing text: [UInt8]) throws(Fault) {
    var literal = PythonLiteral(text)
    let members = try literal.dictionary()
    var (type, fortran, lengths): (String?, Bool?, [Int]?) = (nil, nil, nil)
    for (name, value, offset) in members {
      switch (name, value) {
      case ("descr", .string(let string)): type = string
      case ("fortran_order", .bool(let bool)): fortran = bool
      case ("shape", .tuple(let tuple)): lengths = tuple
      case ("descr", _), ("fortran_order", _), ("shape", _):
        throw .malformed(offset: offset, reason: "'\(name)' has a value of the wrong kind")
      default: throw Self.unknownField(name, offset)
      }
    }
    guard let type else { throw .malformed(offset: 0, reason: "'descr' is missing") }
    guard let fortran else { throw .malformed(offset: 0, reason: "'fortran_order' is missing") }
    guard let lengths else { throw .malformed(offset: 0, reason: "'shape' is missing") }
    var name = Substring(type)
    let order = name.first.flatMap { "<>|=".contains($0) ? $0 : nil }
    if order != nil { name = name.dropFirst() }
    bigEndian = order == ">"
    guard let element = FileElement(numpyName: String(name), hasOrder: order != nil) else { throw .unknownType(type) }
    elementType = element
    fortranOrder = fortran
    shape = lengths
    if FileTensor.byteCount(of: shape, elementType) == nil { throw .shape(FileTensor.fault(of: shape)) }
  }

  fileprivate static func unknownField(_ name: String, _ offset: Int) -> Fault {
    .malformed(offset: offset, reason: "'\(name)' is not a field of this header")
  }

  /// The header as NumPy writes it, or `nil` where NumPy has no such type.
  var text: String? {
    guard let name = elementType.numpyName else { return nil }
    let order = elementType.size == 1 ? "|" : "<"
    let lengths = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
    return "{'descr': '\(order)\(name)', 'fortran_order': False, 'shape': (\(lengths)), }"
  }
}

/// The part of Python's literals that an npy header uses.
private struct PythonLiteral {
  enum Value {
    case string(String)
    case bool(Bool)
    case tuple([Int])
  }

  private let bytes: [UInt8]
  private var offset = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  private func fault(_ reason: String) -> NPYHeader.Fault { .malformed(offset: offset, reason: reason) }

  private mutating func peek() -> UInt8? {
    while offset < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[offset]) { offset += 1 }
    return offset < bytes.count ? bytes[offset] : nil
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard peek() == UInt8(ascii: character) else { return false }
    offset += 1
    return true
  }

  private mutating func demand(_ character: Unicode.Scalar) throws(NPYHeader.Fault) {
    if !take(character) { throw fault("'\(character)' expected") }
  }

  mutating func dictionary() throws(NPYHeader.Fault) -> [(name: String, value: Value, offset: Int)] {
    try demand("{")
    var members: [(name: String, value: Value, offset: Int)] = []
    while !take("}") {
      _ = peek()
      let start = offset
      let name = try string()
      // At once: a header may have any number of them.
      guard ["descr", "fortran_order", "shape"].contains(name) else { throw NPYHeader.unknownField(name, start) }
      if members.contains(where: { $0.name == name }) { throw .duplicate(name: name, offset: start) }
      try demand(":")
      members.append((name, try value(), start))
      if !take(",") {
        try demand("}")
        break
      }
    }
    if peek() != nil { throw fault("text after the end of the dictionary") }
    return members
  }

  private mutating func value() throws(NPYHeader.Fault) -> Value {
    switch peek() {
    case UInt8(ascii: "'"), UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "("): return .tuple(try tuple())
    case UInt8(ascii: "["): throw .unsupported("arrays of records are not supported")
    case UInt8(ascii: "T"): return try word("True", true)
    case UInt8(ascii: "F"): return try word("False", false)
    default: throw fault("a value expected")
    }
  }

  private mutating func word(_ word: String, _ value: Bool) throws(NPYHeader.Fault) -> Value {
    guard bytes[offset...].starts(with: word.utf8) else { throw fault("'\(word)' expected") }
    offset += word.utf8.count
    return .bool(value)
  }

  private mutating func string() throws(NPYHeader.Fault) -> String {
    guard let quote = peek(), quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else {
      throw fault("a string in quotation marks expected")
    }
    let start = offset + 1
    guard let end = bytes[start...].firstIndex(where: { $0 == quote || $0 == UInt8(ascii: "\\") }), bytes[end] == quote,
      let text = String(validating: bytes[start..<end], as: UTF8.self)
    else { throw fault("a string without an end, with escapes, or not in UTF-8") }
    offset = end + 1
    return text
  }

  private mutating func tuple() throws(NPYHeader.Fault) -> [Int] {
    try demand("(")
    var result: [Int] = []
    while !take(")") {
      if result.count == FileLimits.largestRank {
        throw .shape("more than \(FileLimits.largestRank) axes")
      }
      result.append(try integer())
      if !take(",") {
        // One value in parentheses is no tuple.
        if result.count == 1 { throw fault("',' expected") }
        try demand(")")
        break
      }
    }
    return result
  }

  private mutating func integer() throws(NPYHeader.Fault) -> Int {
    let isNegative = take("-")
    guard let first = peek(), isDigit(first) else { throw fault("an integer expected") }
    let start = offset
    var value = 0
    while offset < bytes.count, isDigit(bytes[offset]) {
      let (product, tooLarge) = value.multipliedReportingOverflow(by: 10)
      let (sum, overflow) = product.addingReportingOverflow(Int(bytes[offset] - UInt8(ascii: "0")))
      if tooLarge || overflow { throw .shape("an extent does not fit into 64 bits") }
      value = sum
      offset += 1
    }
    // Octal in Python 2, an error in Python 3.
    if offset - start > 1 && first == UInt8(ascii: "0") { throw fault("an integer with a leading zero") }
    // Python 2 wrote long integers with an L.
    _ = take("L")
    return isNegative ? -value : value
  }

  private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
