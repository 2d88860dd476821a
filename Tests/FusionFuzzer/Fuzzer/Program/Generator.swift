/// Makes a random program, all of whose values are finite and all of whose derivatives are moderate.
struct Generator {
  var random: SplitMix64
  var style: Style
  private var program: Program
  private var facets: [Facet] = []
  private var unread: [Int] = []

  /// The verbs for this program: one in a few programs keeps to a handful of verbs, whose patterns then repeat.
  private var families: [[Verb]]

  static func program(_ random: inout SplitMix64, _ style: Style) -> Program {
    var generator = Generator(random, style)
    random = SplitMix64(seed: random.next())
    return generator.make()
  }

  private init(_ random: SplitMix64, _ style: Style) {
    self.random = random
    self.style = style
    program = Program(
      extents: style.extents, inputs: [], steps: [], repeats: style.repeats, outputs: [], isDouble: style.isDouble,
      dataSeed: self.random.next())
    families = [Verb.unary, Verb.number, Verb.several, Verb.several]
    if style.hasShapes { families += [Verb.shape, Verb.shape, Verb.reduction, Verb.matrix] }
    if self.random.oneIn(4) {
      for place in families.indices {
        families[place] = (0..<3).map { _ in self.random.element(of: families[place]) }
      }
    }
    if style.hasShapes || style.repeats > 1 {
      // The order of a sum may flip a comparison after it: fewer of those.
      let isCalm = self.random.oneIn(2)
      if isCalm { families = families.map { $0.filter { !$0.jumps } }.filter { !$0.isEmpty } }
    }
  }

  private mutating func make() -> Program {
    makeInputs()
    while program.steps.count < style.stepCount { addStep() }
    if style.repeats > 1 { addCarries() }
    chooseOutputs()
    return program
  }

  private mutating func makeInputs() {
    let all = Array(style.extents.indices)
    for index in 0..<1 + random.below(style.isWide ? 8 : 4) {
      var axes = all
      if index > 0 && !random.oneIn(2) {
        axes = axes.map { random.oneIn(2) ? -1 : $0 }
        if random.oneIn(3) { axes.removeFirst(random.below(axes.count + 1)) }
      }
      var input = Program.Input(axes: axes)
      if index > 0 && random.oneIn(10) { input.constant = Double(random.below(13) - 6) / 4 }
      if index > 0 && random.oneIn(6) { input.isDifferentiated = false }
      program.inputs.append(input)
    }
    facets = program.facets()!
    unread = Array(facets.indices)
  }

  /// A value: rather one that nobody has read yet, or a recent one.
  private mutating func operand() -> Int {
    switch random.below(10) {
    case 0..<5 where !unread.isEmpty: unread[random.below(unread.count)]
    case 0..<8: max(0, facets.count - 1 - random.below(4))
    default: random.below(facets.count)
    }
  }

  private mutating func addStep() {
    for _ in 0..<20 {
      let verb = random.element(of: random.element(of: families))
      var step = Step(verb: verb, operands: (0..<verb.operandCount).map { _ in operand() })
      if verb == .matmul || verb == .concatenate || verb == .stack || verb == .outer { fit(&step) }
      step.number = number()
      step.raw = (0..<4).map { _ in random.below(1 << 20) }
      if style.repeats > 1 && random.oneIn(3) {
        if verb == .addNumber || verb == .numberMinus { step.drift = 0.5 / Double(style.repeats) }
        if verb == .slice || verb == .select || verb == .rolled { step.motion = 1 + random.below(3) }
      }
      if append(step) { return }
      let guarded = guardedOperand(verb)
      if guarded < step.operands.count {
        step.operands[guarded] = madePositive(step.operands[guarded])
        if append(step) { return }
      }
    }
    _ = append(Step(verb: .sin, operands: [operand()]))
  }

  /// Values whose shapes match, where chance alone would hardly find them.
  private mutating func fit(_ step: inout Step) {
    for _ in 0..<10 {
      let shapes = step.operands.map { facets[$0].shape }
      switch step.verb {
      case .matmul:
        if let inner = shapes[0].last, let b = Optional(shapes[1]), !b.isEmpty, inner == b[max(0, b.count - 2)] {
          return
        }
      case .outer: if shapes[0].count == 1 && shapes[1].count == 1 { return }
      default: if shapes[0] == shapes[1] { return }
      }
      step.operands = [operand(), operand()]
    }
  }

  private mutating func number() -> Double {
    switch random.below(8) {
    case 0: [0, 1, -1, 2, 0.5, -0.5][random.below(6)]
    case 1..<5: Double(random.below(33) - 16) / 8
    default: 3 * random.fraction() - 1.5
    }
  }

  /// The operand that must be positive, or a number beyond all of them.
  private func guardedOperand(_ verb: Verb) -> Int {
    switch verb {
    case .log, .log1p, .sqrt, .rsqrt, .reciprocal, .numberOver, .powerNumber, .power, .hypot, .norm, .product: 0
    case .divide, .atan2: 1
    default: .max
    }
  }

  /// x² + 0.5, of a value that is not too large for it.
  private mutating func madePositive(_ operand: Int) -> Int {
    var operand = operand
    if facets[operand].range.magnitude > 2 { operand = appended(Step(verb: .tanh, operands: [operand])) ?? operand }
    guard let squared = appended(Step(verb: .square, operands: [operand])) else { return operand }
    return appended(Step(verb: .addNumber, operands: [squared], number: 0.5)) ?? operand
  }

  private mutating func appended(_ step: Step) -> Int? { append(step) ? facets.count - 1 : nil }

  /// Adds a step if it has a meaning; after a sum that is too large, one that scales it down.
  private mutating func append(_ step: Step) -> Bool {
    guard let facet = step.facet(step.operands.map { facets[$0] }, repeats: style.repeats),
      facet.count <= style.largestCount
    else { return false }
    let place = facets.count
    program.steps.append(step)
    facets.append(facet)
    unread.removeAll { step.operands.contains($0) }
    unread.append(place)
    guard facet.range.magnitude > 4 else { return true }
    var scale = 1.0
    while scale * facet.range.magnitude > 2 { scale /= 2 }
    if facet.range.magnitude > Step.bound || random.oneIn(2) {
      _ = append(Step(verb: .timesNumber, operands: [place], number: scale))
    }
    return true
  }

  /// Inputs that take the value of a step after each repetition.
  private mutating func addCarries() {
    let candidates = program.inputs.indices.filter { program.inputs[$0].constant == nil }
    for input in candidates.prefix(1 + random.below(3)) {
      let fitting = facets.indices.filter { $0 >= program.inputs.count && facets[$0].shape == facets[input].shape }
      guard !fitting.isEmpty else { continue }
      let from = fitting[max(0, fitting.count - 1 - random.below(3))]
      let bounded = Step(verb: random.element(of: [.sin, .tanh, .cos, .erf]), operands: [from])
      guard facets[from].range.isInside(Program.range) || append(bounded) else { continue }
      let place = facets[from].range.isInside(Program.range) ? from : facets.count - 1
      program.carries.append(.init(input: input, from: place))
    }
    if program.carries.isEmpty { program.repeats = 1 }
  }

  private mutating func chooseOutputs() {
    let steps = Array(program.inputs.count..<program.valueCount)
    if style.isWide { return program.outputs = steps }
    var outputs = unread.filter { $0 >= program.inputs.count }.suffix(1 + random.below(4)).map { $0 }
    outputs += program.carries.map(\.from).filter { !outputs.contains($0) }
    // Values that others go on with are kept as well.
    for _ in 0..<random.below(3) {
      let other = random.element(of: steps)
      if !outputs.contains(other) { outputs.append(other) }
    }
    program.outputs = outputs
  }
}
