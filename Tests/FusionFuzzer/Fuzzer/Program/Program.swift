/// A program on tensors as a plain value: what the laws run, what the shrinker makes smaller.
///
/// Its values are numbered: the inputs first, then one for each step. The steps are run `repeats` times; after each
/// time the carried inputs take the values that they are carried from, so that a loop is a program too.
public struct Program: Codable, Equatable, Sendable {
  /// The extents that input shapes are made of. Shrinking changes them, and everything else follows.
  var extents: [Int]
  var inputs: [Input]
  var steps: [Step]
  var repeats = 1
  var carries: [Carry] = []
  /// The numbers of the values that are the program's results.
  var outputs: [Int]
  var isDouble: Bool
  /// What the elements of the inputs follow from.
  var dataSeed: UInt64

  struct Input: Codable, Equatable, Sendable {
    /// Indices into the extents; −1 is an axis of extent 1.
    var axes: [Int]
    /// Equal elements that no array is made for, if set.
    var constant: Double?
    /// Whether derivatives with respect to it are taken.
    var isDifferentiated = true
  }

  struct Carry: Codable, Equatable, Sendable {
    var input: Int
    var from: Int
  }

  /// Where the elements of inputs lie.
  static let range = Interval(-1.5, 1.5)

  var valueCount: Int { inputs.count + steps.count }

  func shape(ofInput index: Int) -> [Int] { inputs[index].axes.map { $0 < 0 ? 1 : extents[$0] } }

  /// The steps of every repetition.
  var operationCount: Int { steps.count * repeats }

  /// Shape and range of every value, or nil if some step is none for its operands.
  func facets() -> [Facet]? {
    var facets: [Facet] = inputs.indices.map { index in
      let constant = inputs[index].constant
      return Facet(shape: shape(ofInput: index), range: constant.map { Interval($0, $0) } ?? Self.range)
    }
    for step in steps {
      guard step.operands.allSatisfy({ $0 < facets.count }),
        let facet = step.facet(step.operands.map { facets[$0] }, repeats: repeats)
      else { return nil }
      facets.append(facet)
    }
    return facets
  }

  /// Whether every step has a meaning, values stay finite over all repetitions, and there is something to compare.
  var isValid: Bool {
    guard !outputs.isEmpty, let facets = facets() else { return false }
    guard inputs.contains(where: { $0.constant == nil && $0.isDifferentiated }) else { return false }
    return carries.allSatisfy { carry in
      inputs[carry.input].constant == nil && facets[carry.from].shape == facets[carry.input].shape
        && facets[carry.from].range.isInside(Self.range)
    }
  }

  /// Whether every step works element by element: then the order of no sum can make a difference.
  var isElementwise: Bool { steps.allSatisfy { $0.verb.family.isElementwise } }

  /// The inputs with respect to which derivatives are taken.
  var differentiated: [Int] {
    inputs.indices.filter { inputs[$0].constant == nil && inputs[$0].isDifferentiated }
  }
}

/// One step: a verb, the values that it is applied to, and its numbers.
struct Step: Codable, Equatable, Sendable {
  var verb: Verb
  var operands: [Int]
  var number = 0.0
  /// What is added to the number in each repetition.
  var drift = 0.0
  /// Places, axes and extents before they are reduced to what the operand's shape allows, so that a step keeps a meaning
  /// when shapes shrink.
  var raw: [Int] = [0, 0, 0, 0]
  /// What is added to the place in each repetition.
  var motion = 0

  /// The step as it is in one of the repetitions.
  func inRepetition(_ index: Int) -> Step {
    if index == 0 || (drift == 0 && motion == 0) { return self }
    var step = self
    step.number += drift * Double(index)
    step.raw[1] += motion * index
    return step
  }
}
