/// A value of a JSON text. Objects keep their order; a repeated name is an error, not a choice.
package enum JSONValue: Equatable, Sendable {
  case object([(name: String, value: JSONValue)])
  case array([JSONValue])
  case string(String)
  /// A number without fraction and exponent that fits.
  case integer(Int)
  case number(Double)
  case bool(Bool)
  case null

  package static func == (first: JSONValue, second: JSONValue) -> Bool {
    switch (first, second) {
    case (.object(let a), .object(let b)):
      a.count == b.count && zip(a, b).allSatisfy { $0.name == $1.name && $0.value == $1.value }
    case (.array(let a), .array(let b)): a == b
    case (.string(let a), .string(let b)): a == b
    case (.integer(let a), .integer(let b)): a == b
    case (.number(let a), .number(let b)): a == b
    case (.bool(let a), .bool(let b)): a == b
    case (.null, .null): true
    default: false
    }
  }
}

/// What is wrong with a JSON text, and where.
package enum JSONFault: Error, Equatable {
  case malformed(offset: Int, reason: String)
  case duplicate(name: String, offset: Int)
}

/// A strict parser of JSON texts (RFC 8259): no NaN, no comments, no trailing commas, no repeated names, valid UTF-8
/// only.
///
/// Foundation's parsers keep the last of two equal names and say nothing of offsets; and linking Foundation doubles
/// the start-up time of a small process.
package struct JSONText {
  private let bytes: [UInt8]
  private var offset = 0

  /// Headers are at most three deep; the limit keeps a hostile text from exhausting the stack.
  private static let deepest = 32

  /// The value that is the whole text, but for white space around it.
  package static func parse(_ bytes: [UInt8]) throws(JSONFault) -> JSONValue {
    var text = JSONText(bytes: bytes)
    let value = try text.value(depth: 0)
    try text.end()
    return value
  }

  /// Nothing but white space may follow.
  package mutating func end() throws(JSONFault) {
    skipSpace()
    if offset < bytes.count { throw fault("text after the end of the value") }
  }

  package init(bytes: [UInt8]) { self.bytes = bytes }

  /// A fault at the present place.
  package func fault(_ reason: String) -> JSONFault { .malformed(offset: offset, reason: reason) }

  /// The byte at the present place, or `nil` at the end.
  package var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { offset += 1 }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    offset += 1
    return true
  }

  /// The next value, with all that is in it.
  package mutating func value(depth: Int = 0) throws(JSONFault) -> JSONValue {
    if depth > Self.deepest { throw fault("nested more than \(Self.deepest) deep") }
    skipSpace()
    guard let next else { throw fault("the text ends where a value should begin") }
    switch next {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    case UInt8(ascii: "N"), UInt8(ascii: "I"): throw fault("NaN and Infinity are not JSON")
    default: throw fault("no value begins with byte \(next)")
    }
  }

  private mutating func word(_ word: String, _ value: JSONValue) throws(JSONFault) -> JSONValue {
    for byte in word.utf8 {
      if next != byte { throw fault("'\(word)' expected") }
      offset += 1
    }
    return value
  }

  private mutating func object(depth: Int) throws(JSONFault) -> JSONValue {
    var members: [(name: String, value: JSONValue)] = []
    var names: Set<String> = []
    try self.members { (text, name, start) throws(JSONFault) in
      if !names.insert(name).inserted { throw .duplicate(name: name, offset: start) }
      members.append((name, try text.value(depth: depth + 1)))
    }
    return .object(members)
  }

  /// Goes over an object: `body` is called behind each name's colon, with the name and its offset, and must go over the value.
  package mutating func members(
    _ body: (inout JSONText, _ name: String, _ offset: Int) throws(JSONFault) -> Void
  ) throws(JSONFault) {
    skipSpace()
    guard take("{") else { throw fault("'{' expected") }
    skipSpace()
    if take("}") { return }
    repeat {
      skipSpace()
      let start = offset
      let name = try string()
      skipSpace()
      if !take(":") { throw fault("':' expected") }
      skipSpace()
      try body(&self, name, start)
      skipSpace()
    } while take(",")
    if !take("}") { throw fault("',' or '}' expected") }
  }

  /// Goes over an array: `body` must go over each element.
  package mutating func elements(_ body: (inout JSONText) throws(JSONFault) -> Void) throws(JSONFault) {
    guard take("[") else { throw fault("'[' expected") }
    skipSpace()
    if take("]") { return }
    repeat {
      skipSpace()
      try body(&self)
      skipSpace()
    } while take(",")
    if !take("]") { throw fault("',' or ']' expected") }
  }

  /// Goes over a value of any kind and keeps nothing of it, so repeated names within it pass.
  package mutating func skip(depth: Int = 0) throws(JSONFault) {
    if depth > Self.deepest { throw fault("nested more than \(Self.deepest) deep") }
    switch next {
    case UInt8(ascii: "{"): try self.members { (text, _, _) throws(JSONFault) in try text.skip(depth: depth + 1) }
    case UInt8(ascii: "["): try self.elements { (text) throws(JSONFault) in try text.skip(depth: depth + 1) }
    default: _ = try value(depth: depth)
    }
  }

  private mutating func array(depth: Int) throws(JSONFault) -> JSONValue {
    var values: [JSONValue] = []
    try self.elements { (text) throws(JSONFault) in values.append(try text.value(depth: depth + 1)) }
    return .array(values)
  }

  private mutating func number() throws(JSONFault) -> JSONValue {
    let start = offset
    _ = take("-")
    if take("0") {
      if isDigit(next) { throw fault("a number has no leading zero") }
    } else {
      try digits()
    }
    var whole = true
    if take(".") {
      whole = false
      try digits()
    }
    if take("e") || take("E") {
      whole = false
      if !take("+") { _ = take("-") }
      try digits()
    }
    let text = String(decoding: bytes[start..<offset], as: UTF8.self)
    if whole, let integer = Int(text) { return .integer(integer) }
    // A text of digits is a number for every length, if only an infinite one.
    return .number(Double(text) ?? .infinity)
  }

  private func isDigit(_ byte: UInt8?) -> Bool {
    byte.map { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ?? false
  }

  private mutating func digits() throws(JSONFault) {
    if !isDigit(next) { throw fault("a digit expected") }
    while isDigit(next) { offset += 1 }
  }

  package mutating func string() throws(JSONFault) -> String {
    if next != UInt8(ascii: "\"") { throw fault("a string in quotation marks expected") }
    let start = offset
    offset += 1
    var (text, from): ([UInt8], Int) = ([], offset)
    while true {
      guard offset < bytes.count else { throw fault("the text ends within a string") }
      let byte = bytes[offset]
      if byte == UInt8(ascii: "\"") {
        // Most strings have no escapes and are one piece of the text.
        let isWhole = text.isEmpty
        if !isWhole { text += bytes[from..<offset] }
        let end = offset
        offset += 1
        guard
          let result = isWhole
            ? String(validating: bytes[from..<end], as: UTF8.self) : String(validating: text, as: UTF8.self)
        else { throw .malformed(offset: start, reason: "the string is not valid UTF-8") }
        return result
      }
      if byte < 0x20 { throw fault("a control character within a string must be escaped") }
      offset += 1
      if byte == UInt8(ascii: "\\") {
        text += bytes[from..<offset - 1]
        text += try escape()
        from = offset
      }
    }
  }

  private mutating func escape() throws(JSONFault) -> [UInt8] {
    guard let byte = next else { throw fault("the text ends within a string") }
    offset += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "u"):
      var unit = try hexadecimal()
      if (0xD800..<0xDC00).contains(unit) {
        guard take("\\"), take("u") else { throw fault("half of a surrogate pair") }
        let low = try hexadecimal()
        guard (0xDC00..<0xE000).contains(low) else { throw fault("half of a surrogate pair") }
        unit = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(unit) else { throw fault("half of a surrogate pair") }
      return Array(String(Character(scalar)).utf8)
    default:
      offset -= 1
      throw fault("no such escape")
    }
  }

  private mutating func hexadecimal() throws(JSONFault) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
        throw fault("four hexadecimal digits expected")
      }
      value = value << 4 | UInt32(digit)
      offset += 1
    }
    return value
  }

  /// A string as JSON writes it.
  package static func quoted(_ string: String) -> String {
    var result = "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\u{0}"..<" ":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
