import Adjoint
import AdjointKernels

/// What is wrong with a folder of cases, in a sentence.
public struct ConformanceFolderError: Error, CustomStringConvertible {
  public let description: String
}

/// A folder of cases: `cases.json` with the programs and `tensors.safetensors` with the numbers.
public struct ConformanceFolder: Sendable {
  public let cases: [ConformanceCase]
  private let tensors: SafetensorsFile

  public init(path: String) throws {
    let file = try ByteFile(reading: path + "/cases.json")
    let document = try JSONText.parse(try file.read(at: 0, count: file.count))
    guard case .array(let entries)? = document["cases"] else {
      throw ConformanceFolderError(description: "\(path)/cases.json: no array named cases")
    }
    cases = try entries.map { try ConformanceCase($0) }
    tensors = try SafetensorsFile(path: path + "/tensors.safetensors")
  }

  /// The array that the file holds under the case's name and a key: `in.a`, `vjp.a`, `out.t1`.
  func tensor(_ test: ConformanceCase, _ key: String) throws -> FileTensor {
    try tensors.tensor(named: "\(test.name)/\(key)")
  }
}

/// One program with what is expected of it.
public struct ConformanceCase: Sendable {
  public let name: String
  public let isSinglePrecision: Bool
  let relativeTolerance, absoluteTolerance: Double
  let inputs, differentiable, outputs: [String]
  let program: [ConformanceStep]
  /// The quantities to compare: output, vjp, jvp, hvp.
  let expected: Set<String>

  init(_ json: JSONValue) throws {
    guard let name = json["name"]?.text, let type = json["dtype"]?.text, let relative = json["rtol"]?.double,
      let absolute = json["atol"]?.double, let inputs = json["inputs"]?.texts,
      let differentiable = json["differentiable"]?.texts, let outputs = json["outputs"]?.texts,
      case .array(let steps)? = json["program"], case .object(let expected)? = json["expect"]
    else { throw ConformanceFolderError(description: "a case lacks a field: \(json)") }
    self.name = name
    isSinglePrecision = type == "float32"
    (relativeTolerance, absoluteTolerance) = (relative, absolute)
    (self.inputs, self.differentiable, self.outputs) = (inputs, differentiable, outputs)
    program = try steps.map { try ConformanceStep($0, of: name) }
    self.expected = Set(expected.filter { $0.value == .bool(true) }.map(\.name))
  }
}

/// One operation of a program.
struct ConformanceStep: Sendable {
  enum Input: Sendable {
    case name(String)
    case number(Double)
    case nothing
  }

  let operation: String
  let inputs: [Input]
  let attributes: [String: JSONValue]
  let outputs: [String]

  init(_ json: JSONValue, of name: String) throws {
    guard let operation = json["op"]?.text, case .array(let inputs)? = json["in"], let outputs = json["out"]?.texts
    else {
      throw ConformanceFolderError(description: "\(name): a step lacks op, in or out: \(json)")
    }
    self.operation = operation
    self.outputs = outputs
    self.inputs = try inputs.map { input in
      if let text = input.text { return .name(text) }
      if let number = input.double { return .number(number) }
      // Python's operations take truth values where they take numbers.
      if case .bool(let truth) = input { return .number(truth ? 1 : 0) }
      guard input == .null else {
        throw ConformanceFolderError(description: "\(name): the input \(input) is neither a name, a number nor null")
      }
      return .nothing
    }
    var attributes: [String: JSONValue] = [:]
    if case .object(let fields)? = json["attributes"] {
      for field in fields { attributes[field.name] = field.value }
    }
    self.attributes = attributes
  }
}

extension JSONValue {
  subscript(name: String) -> JSONValue? {
    guard case .object(let fields) = self else { return nil }
    return fields.first { $0.name == name }?.value
  }

  var text: String? {
    if case .string(let text) = self { text } else { nil }
  }

  /// A number; infinities and NaN are written as words.
  var double: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    case .string("inf"): .infinity
    case .string("-inf"): -.infinity
    case .string("nan"): .nan
    default: nil
    }
  }

  var texts: [String]? {
    guard case .array(let values) = self else { return nil }
    let texts = values.compactMap(\.text)
    return texts.count == values.count ? texts : nil
  }
}
