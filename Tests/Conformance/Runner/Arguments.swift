import Adjoint
import AdjointKernels

/// An operation, an attribute or a combination of types that the tables do not know.
struct Unsupported: Error {
  let what: String
}

/// What one step of a program hands to its operation.
final class Arguments<Real: TensorFloatingPoint> {
  enum Input {
    case tensor(any ConformanceTensor)
    case number(Double)
    case nothing
  }

  /// The richest type among tensors and numbers, to which PyTorch promotes all of them.
  enum Kind: Int {
    case mask, integer, real
  }

  let operation: String
  let inputs: [Input]
  private let attributes: [String: JSONValue]
  /// Attributes that are tensors.
  private let tensorAttributes: [String: any ConformanceTensor]
  private var used: Set<String> = []

  init(_ step: ConformanceStep, _ inputs: [Input], _ tensors: [String: any ConformanceTensor]) {
    operation = step.operation
    attributes = step.attributes
    tensorAttributes = tensors
    self.inputs = inputs
  }

  /// The attributes that the operation never asked for.
  var unused: [String] { attributes.keys.filter { !used.contains($0) }.sorted() }

  // MARK: Tensors

  func has(_ index: Int) -> Bool {
    guard index < inputs.count else { return false }
    if case .nothing = inputs[index] { return false }
    return true
  }

  func tensor(_ index: Int = 0) throws -> any ConformanceTensor {
    guard index < inputs.count, case .tensor(let tensor) = inputs[index] else {
      throw Unsupported(what: "\(operation) without tensor \(index)")
    }
    return tensor
  }

  func tensors() throws -> [any ConformanceTensor] { try inputs.indices.map { try tensor($0) } }

  /// A floating-point tensor; numbers, integers and masks are converted.
  func real(_ index: Int = 0) throws -> Tensor<Real> {
    if index < inputs.count, case .number(let number) = inputs[index] { return Tensor(Real(number)) }
    switch try tensor(index) {
    case let x as Tensor<Real>: return x
    case let x as Tensor<Int>: return x.converted(to: Real.self)
    case let x as Tensor<Bool>: return x.converted(to: Real.self)
    default: throw Unsupported(what: "\(operation) on this type")
    }
  }

  func integer(_ index: Int = 0) throws -> Tensor<Int> {
    if index < inputs.count, case .number(let number) = inputs[index] { return Tensor(Int(number)) }
    switch try tensor(index) {
    case let x as Tensor<Int>: return x
    case let x as Tensor<Bool>: return x.converted(to: Int.self)
    default: throw Unsupported(what: "\(operation) on real numbers for integers")
    }
  }

  func mask(_ index: Int = 0) throws -> Tensor<Bool> {
    guard let mask = try tensor(index) as? Tensor<Bool> else {
      throw Unsupported(what: "\(operation) on numbers for a mask")
    }
    return mask
  }

  /// The number at a place, if it is one.
  func scalar(_ index: Int) -> Double? {
    guard index < inputs.count, case .number(let number) = inputs[index] else { return nil }
    return number
  }

  func kind(_ indices: Int...) -> Kind {
    var kind = Kind.mask
    for index in indices where index < inputs.count {
      let other: Kind =
        switch inputs[index] {
        case .tensor(let tensor): tensor is Tensor<Real> ? .real : tensor is Tensor<Int> ? .integer : .mask
        case .number(let number): number == number.rounded() ? .integer : .real
        case .nothing: .mask
        }
      if other.rawValue > kind.rawValue { kind = other }
    }
    return kind
  }

  // MARK: Attributes

  /// The value of an attribute; nil where it is absent or null.
  private func value(_ name: String) -> JSONValue? {
    used.insert(name)
    let value = attributes[name]
    return value == .null ? nil : value
  }

  func has(attribute name: String) -> Bool { value(name) != nil }

  /// An attribute that is a tensor, {"tensor": name} in the file.
  func tensor(attribute name: String) -> (any ConformanceTensor)? {
    used.insert(name)
    return tensorAttributes[name]
  }

  func real(attribute name: String) throws -> Tensor<Real>? {
    switch tensor(attribute: name) {
    case nil:
      if has(attribute: name) { throw Unsupported(what: "\(operation) with \(name) that is no tensor") }
      return nil
    case let x as Tensor<Real>: return x
    case let x as Tensor<Int>: return x.converted(to: Real.self)
    case let x as Tensor<Bool>: return x.converted(to: Real.self)
    default: throw Unsupported(what: "\(operation) with \(name) of this type")
    }
  }

  /// A list of numbers, or a tensor of them; one number is a list of one, and `isList` says which it was.
  func numbers(_ name: String) throws -> (values: [Double], isList: Bool)? {
    if let tensor = tensor(attribute: name) { return (tensor.reals, tensor.rank > 0) }
    guard let value = value(name) else { return nil }
    if let number = value.double { return ([number], false) }
    guard case .array(let entries) = value else { throw Unsupported(what: "\(operation) with \(name) \(value)") }
    return (
      try entries.map {
        guard let number = $0.double else { throw Unsupported(what: "\(operation) with \(name) \(value)") }
        return number
      }, true
    )
  }

  /// Two lists of whole numbers.
  func pairOfLists(_ name: String) throws -> ([Int], [Int])? {
    guard case .array(let entries)? = value(name), entries.count == 2 else { return nil }
    let lists = entries.map { entry -> [Int]? in
      if case .integer(let number) = entry { return [number] }
      guard case .array(let values) = entry else { return nil }
      return values.compactMap { if case .integer(let number) = $0 { number } else { nil } }
    }
    guard let first = lists[0], let second = lists[1] else { return nil }
    return (first, second)
  }

  func number(_ name: String, _ standard: Double) throws -> Double { try number(name) ?? standard }

  func number(_ name: String) throws -> Double? {
    guard let value = value(name) else { return nil }
    guard let number = value.double else { throw Unsupported(what: "\(operation) with \(name) \(value)") }
    return number
  }

  func whole(_ name: String) throws -> Int? {
    guard let value = value(name) else { return nil }
    switch value {
    case .integer(let number): return number
    case .array(let values) where values.count == 1:
      if case .integer(let number) = values[0] { return number }
    default: break
    }
    throw Unsupported(what: "\(operation) with \(name) \(value)")
  }

  func whole(_ name: String, _ standard: Int) throws -> Int { try whole(name) ?? standard }

  func flag(_ name: String, _ standard: Bool = false) throws -> Bool {
    guard let value = value(name) else { return standard }
    guard case .bool(let flag) = value else { throw Unsupported(what: "\(operation) with \(name) \(value)") }
    return flag
  }

  func text(_ name: String) -> String? { value(name)?.text }

  /// A list of whole numbers; one number is a list of one.
  func wholes(_ name: String) throws -> [Int]? {
    guard let value = value(name) else { return nil }
    if case .integer(let number) = value { return [number] }
    guard case .array(let values) = value else { throw Unsupported(what: "\(operation) with \(name) \(value)") }
    return try values.map { entry in
      guard case .integer(let number) = entry else { throw Unsupported(what: "\(operation) with \(name) \(value)") }
      return number
    }
  }

  /// The axes of a reduction: nil is all of them, and so is the empty list, as in PyTorch.
  func axes() throws -> [Int]? {
    guard let axes = try wholes("dim"), !axes.isEmpty else { return nil }
    return axes
  }

  func keepingDimensions() throws -> Bool { try flag("keepdim") }
}
