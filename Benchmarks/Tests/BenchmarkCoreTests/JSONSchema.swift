import Foundation

/// A JSON value.
indirect enum JSONValue: Decodable, Equatable {
  case null
  case boolean(Bool)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  init(from decoder: Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .boolean(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([JSONValue].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  init(_ data: Data) throws { self = try JSONDecoder().decode(JSONValue.self, from: data) }

  subscript(name: String) -> JSONValue? {
    if case .object(let members) = self { members[name] } else { nil }
  }

  var elements: [JSONValue] { if case .array(let elements) = self { elements } else { [] } }
  var members: [String: JSONValue] { if case .object(let members) = self { members } else { [:] } }
  var text: String? { if case .string(let text) = self { text } else { nil } }
  var number: Double? { if case .number(let number) = self { number } else { nil } }

  func isType(_ name: String) -> Bool {
    switch (name, self) {
    case ("null", .null), ("boolean", .boolean), ("number", .number), ("string", .string), ("array", .array),
      ("object", .object):
      true
    case ("integer", .number(let value)): value == value.rounded()
    default: false
    }
  }
}

/// A validator for the part of JSON Schema that the committed schema uses. A keyword that it does not know is an
/// error, so that nothing in the schema goes unchecked.
struct JSONSchema {
  let root: JSONValue

  init(_ data: Data) throws { root = try JSONValue(data) }

  /// What is wrong with a document, each with its place.
  func errors(in document: Data) throws -> [String] { errors(try JSONValue(document), root, "$") }

  private func errors(_ value: JSONValue, _ schema: JSONValue, _ place: String) -> [String] {
    schema.members.flatMap { keyword, rule -> [String] in
      switch keyword {
      case "$schema", "$defs", "title", "description": return []
      case "$ref":
        let name = rule.text?.split(separator: "/").last.map(String.init) ?? ""
        guard let definition = root["$defs"]?[name] else { return ["the schema does not define \(name)"] }
        return errors(value, definition, place)
      case "const": return value == rule ? [] : ["\(place): \(value) is not \(rule)"]
      case "enum": return rule.elements.contains(value) ? [] : ["\(place): \(value) is not one of \(rule)"]
      case "type":
        let names = rule.text.map { [$0] } ?? rule.elements.compactMap(\.text)
        return names.contains { value.isType($0) } ? [] : ["\(place): \(value) is not of type \(names)"]
      case "minimum":
        guard let number = value.number, number < rule.number ?? 0 else { return [] }
        return ["\(place): \(number) is below \(rule)"]
      case "items":
        return value.elements.enumerated().flatMap { errors($1, rule, "\(place)[\($0)]") }
      case "required":
        guard value.isType("object") else { return [] }
        return rule.elements.compactMap(\.text).filter { value[$0] == nil }.map { "\(place): \($0) is missing" }
      case "properties":
        return rule.members.flatMap { name, part in value[name].map { errors($0, part, "\(place).\(name)") } ?? [] }
      case "additionalProperties":
        let others = value.members.filter { schema["properties"]?[$0.key] == nil }
        return others.flatMap { name, member in
          rule == .boolean(false) ? ["\(place): \(name) is not allowed"] : errors(member, rule, "\(place).\(name)")
        }
      default: return ["the schema uses \(keyword), which this validator does not know"]
      }
    }
  }
}
