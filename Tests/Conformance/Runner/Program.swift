import Adjoint
import AdjointKernels

/// A case's program as a function of its tensors, in one precision.
struct Program<Real: TensorFloatingPoint> {
  let test: ConformanceCase
  let table: OperationTable<Real>
  /// Inputs that are no variables of differentiation.
  let fixed: [String: any ConformanceTensor]

  /// The outputs, in the order that the case names them.
  func callAsFunction(_ variables: [Tensor<Real>]) throws -> [any ConformanceTensor] {
    var values = fixed
    for (name, variable) in zip(test.differentiable, variables) { values[name] = variable }
    for step in test.program {
      let inputs = try step.inputs.map { input -> Arguments<Real>.Input in
        switch input {
        case .number(let number): return .number(number)
        case .nothing: return .nothing
        case .name(let name):
          guard let value = values[name] else { throw ConformanceFolderError(description: "\(test.name): no \(name)") }
          return .tensor(value)
        }
      }
      var tensors: [String: any ConformanceTensor] = [:]
      for (attribute, value) in step.attributes {
        guard let name = value["tensor"]?.text else { continue }
        guard let tensor = values[name] else { throw ConformanceFolderError(description: "\(test.name): no \(name)") }
        tensors[attribute] = tensor
      }
      let results = try table.apply(step, inputs, tensors)
      guard results.count == step.outputs.count else {
        throw Unsupported(what: "\(step.operation) with \(step.outputs.count) outputs")
      }
      for (name, result) in zip(step.outputs, results) { values[name] = result }
    }
    return try test.outputs.map { name in
      guard let value = values[name] else { throw ConformanceFolderError(description: "\(test.name): no \(name)") }
      return value
    }
  }
}

/// The operations of the vocabulary by their names.
struct OperationTable<Real: TensorFloatingPoint> {
  typealias Entry = (Arguments<Real>) throws -> [any ConformanceTensor]

  private let entries: [String: Entry]

  init() {
    var entries: [String: Entry] = [:]
    let families = [
      Self.elementwise, Self.arithmetic, Self.comparisons, Self.reductions, Self.orderings, Self.shapes, Self.indexing,
      Self.products, Self.losses, Self.linearAlgebra, Self.specialFunctions, Self.moreReductions, Self.moreShapes,
      Self.moreIndexing, Self.moreLosses, Self.moreAlgebra, Self.windows,
    ]
    for family in families { entries.merge(family) { first, _ in first } }
    self.entries = entries
  }

  func apply(
    _ step: ConformanceStep, _ inputs: [Arguments<Real>.Input], _ tensors: [String: any ConformanceTensor]
  ) throws -> [any ConformanceTensor] {
    guard let entry = entries[step.operation] else { throw Unsupported(what: step.operation) }
    let arguments = Arguments<Real>(step, inputs, tensors)
    let results = try entry(arguments)
    if let unknown = arguments.unused.first { throw Unsupported(what: "\(step.operation)(\(unknown):)") }
    return results
  }
}
