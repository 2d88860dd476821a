/// Makes a failing case smaller as long as it still fails.
///
/// Only reductions that leave a valid program are tried: its values stay finite, so that the small case shows the fault
/// and not a pole.
public struct Shrinker {
  private let fails: (FuzzCase) -> Bool
  private var budget: Int

  /// `fails` is asked at most `budget` times. For a case that stops the process it must ask another process.
  public init(budget: Int = 600, fails: @escaping (FuzzCase) -> Bool) {
    self.fails = fails
    self.budget = budget
  }

  public mutating func shrink(_ original: FuzzCase) -> FuzzCase {
    var current = original
    while true {
      let before = current
      reduce(&current) { $0.smallerRepeats }
      dropTails(&current)
      reduce(&current) { $0.fewerOutputs }
      reduce(&current) { $0.fewerSteps }
      reduce(&current) { $0.smallerExtents }
      reduce(&current) { $0.simpler }
      if current == before || budget <= 0 { return current }
    }
  }

  /// Takes the first of the candidates that still fails, again and again.
  private mutating func reduce(_ current: inout FuzzCase, _ candidates: (FuzzCase) -> [FuzzCase]) {
    var isSmaller = true
    while isSmaller && budget > 0 {
      isSmaller = false
      for candidate in candidates(current) where candidate.program.isValid {
        guard budget > 0 else { return }
        budget -= 1
        if fails(candidate) {
          current = candidate
          isSmaller = true
          break
        }
      }
    }
  }

  /// Halves of long programs at once.
  private mutating func dropTails(_ current: inout FuzzCase) {
    reduce(&current) { test in
      let count = test.program.steps.count
      return [count / 2, count - count / 4, count - 1].filter { $0 >= 1 && $0 < count }.map { kept in
        test.changed { program in
          while program.steps.count > kept { program.dropStep(program.steps.count - 1) }
        }
      }
    }
  }
}

extension FuzzCase {
  func changed(_ change: (inout Program) -> Void) -> FuzzCase {
    var test = self
    change(&test.program)
    test.program.dropUnusedInputs()
    return test
  }

  var smallerRepeats: [FuzzCase] {
    let repeats = program.repeats
    return [1, repeats / 2, repeats * 3 / 4, repeats - 1].filter { $0 >= 1 && $0 < repeats }
      .map { fewer in changed { $0.repeats = fewer } }
  }

  var fewerOutputs: [FuzzCase] {
    guard program.outputs.count > 1 else { return [] }
    let count = program.outputs.count
    let halves = [Array(program.outputs.prefix(count / 2)), Array(program.outputs.suffix(count - count / 2))]
    let singles = program.outputs.indices.map { place in
      var outputs = program.outputs
      outputs.remove(at: place)
      return outputs
    }
    return (count > 3 ? halves + singles : singles).map { outputs in changed { $0.outputs = outputs } }
  }

  var fewerSteps: [FuzzCase] {
    program.steps.indices.reversed().map { index in changed { $0.dropStep(index) } }
  }

  var smallerExtents: [FuzzCase] {
    program.extents.indices.flatMap { axis in
      let extent = program.extents[axis]
      let least = axis == 0 && law != .steps ? 2 : 1
      return [least, extent / 2, extent * 3 / 4, extent * 15 / 16, extent - 1].filter { $0 >= least && $0 < extent }
        .map { smaller in changed { $0.extents[axis] = smaller } }
    }
  }

  /// Simpler numbers, data and inputs.
  var simpler: [FuzzCase] {
    var tests: [FuzzCase] = []
    for index in program.steps.indices {
      let step = program.steps[index]
      if step.motion != 0 { tests.append(changed { $0.steps[index].motion = 0 }) }
      if step.drift != 0 { tests.append(changed { $0.steps[index].drift = 0 }) }
      for number in [1.0, 0.5] where step.verb.family == .number && step.number != 1 && step.number != number {
        tests.append(changed { $0.steps[index].number = number })
      }
    }
    for index in program.inputs.indices where program.inputs[index].isDifferentiated {
      tests.append(changed { $0.inputs[index].isDifferentiated = false })
    }
    for index in program.carries.indices { tests.append(changed { $0.carries.remove(at: index) }) }
    if order != .forwards {
      var test = self
      test.order = .forwards
      tests.append(test)
    }
    return tests
  }
}

extension Program {
  /// Leaves a step out; who reads its value reads one of its operands, or an input, instead.
  mutating func dropStep(_ index: Int) {
    let place = inputs.count + index
    let shapes = facets()?.map(\.shape)
    let step = steps[index]
    let substitute =
      step.operands.first { shapes?[$0] == shapes?[place] }
      ?? (0..<place).last { shapes?[$0] == shapes?[place] } ?? step.operands[0]
    func moved(_ value: Int) -> Int { value == place ? substitute : value > place ? value - 1 : value }
    steps.remove(at: index)
    for later in steps.indices { steps[later].operands = steps[later].operands.map(moved) }
    var kept: [Int] = []
    for output in outputs.map(moved) where !kept.contains(output) { kept.append(output) }
    outputs = kept
    for carry in carries.indices { carries[carry].from = moved(carries[carry].from) }
  }

  /// Leaves out inputs that nothing reads, and whose absence moves only the numbers of values.
  mutating func dropUnusedInputs() {
    for index in inputs.indices.reversed() where inputs.count > 1 {
      let isRead =
        steps.contains { $0.operands.contains(index) } || outputs.contains(index)
        || carries.contains { $0.from == index || $0.input == index }
      if isRead { continue }
      inputs.remove(at: index)
      func moved(_ value: Int) -> Int { value > index ? value - 1 : value }
      for step in steps.indices { steps[step].operands = steps[step].operands.map(moved) }
      outputs = outputs.map(moved)
      carries = carries.map { Carry(input: moved($0.input), from: moved($0.from)) }
    }
  }
}
