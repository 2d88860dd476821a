import CKernels

/// Builds a ``TileProgram`` from operations on values, each assigned once.
public struct TileProgramBuilder {
  /// A value of the program under construction.
  public struct Value: Sendable, Hashable {
    public let number: Int32
    var index: Int { Int(number) }

    init(index: Int) { number = Int32(truncatingIfNeeded: index) }

    /// No value: the operand that an operation does not have.
    public static let none = Value(index: -1)
  }

  /// Whether a value has one element per element of the space, or one per row.
  public enum Level: UInt8, Sendable { case full, row }

  enum Source { case stream, scalar, instruction, accumulator }

  struct Entry {
    var source: Source
    var level: Level
    var type: ElementType
    /// One element serves the whole space.
    var isUniform = false
    var access: StridedAccess?
    var placed: PlacedAccess?
    var lastUse = -1
    var output: Int?
  }

  struct Step {
    var kind: ck_step
    var level: Level
    var code: UInt8
    var type: ElementType
    var mode = CK_VECTOR_VECTOR
    var y: Int
    /// The second result of a step that makes two.
    var second: Int?
    var operands: Operands
  }

  /// Up to three entries, in place: a list each would cost more than all else that a step costs.
  struct Operands {
    var a: Int32
    var b: Int32 = -1
    var c: Int32 = -1

    init(_ a: Int, _ b: Int = -1, _ c: Int = -1) {
      self.a = Int32(truncatingIfNeeded: a)
      self.b = Int32(truncatingIfNeeded: b)
      self.c = Int32(truncatingIfNeeded: c)
    }

    @inline(__always) func forEach(_ body: (Int) -> Void) {
      body(Int(a))
      if b >= 0 { body(Int(b)) }
      if c >= 0 { body(Int(c)) }
    }
  }

  let space: TileSpace
  let rowLength: Int
  let rowsPerTile: Int
  var entries: [Entry] = []
  var steps: [Step] = []
  var inputs: [Int] = []
  var scalars: [Int] = []
  var outputs: [Int] = []
  var accumulators: [(entry: Int, reduction: ck_reduction, type: ElementType)] = []

  public init(space: TileSpace) {
    self.space = space
    if case .rows(_, let reduced) = space {
      rowLength = reduced.reduce(1, *)
      // Short rows share a tile, so that the price of an instruction is paid per tile and not per row.
      rowsPerTile = rowLength >= 128 ? 1 : max(1, 1024 / max(rowLength, 1))
    } else {
      rowLength = 0
      rowsPerTile = 0
    }
  }

  /// An array to read. `strides` are in elements, one per dimension of the space (kept dimensions only when
  /// `level` is `.row`); 0 repeats an element.
  public mutating func input(_ type: ElementType, strides: [Int], level: Level = .full) -> Value {
    var level = level
    var access = StridedAccess(shape: level == .full ? space.shape : space.keptShape, strides: strides)
    if case .rows(let kept, _) = space, level == .full, strides[kept.count...].allSatisfy({ $0 == 0 }) {
      level = .row
      access = StridedAccess(shape: kept, strides: Array(strides[..<kept.count]))
    }
    entries.append(Entry(source: .stream, level: level, type: type, isUniform: access.isUniform, access: access))
    inputs.append(entries.count - 1)
    return Value(index: entries.count - 1)
  }

  /// Zeros, with an array's elements at evenly spaced places of the space.
  public mutating func input(_ type: ElementType, placed: PlacedAccess) -> Value {
    entries.append(Entry(source: .stream, level: .full, type: type, placed: placed))
    inputs.append(entries.count - 1)
    return Value(index: entries.count - 1)
  }

  /// A number that is given when the program runs.
  public mutating func scalar(_ type: ElementType) -> Value {
    entries.append(Entry(source: .scalar, level: .row, type: type, isUniform: true))
    scalars.append(entries.count - 1)
    return Value(index: entries.count - 1)
  }

  /// `operation(a)`, `operation(a, b)` or `operation(a, b, c)`, element by element.
  ///
  /// For `CK_SELECT` the operands are (if true, if false, mask).
  public mutating func apply(
    _ operation: ck_operation, _ a: Value, _ b: Value = .none, _ c: Value = .none, level: Level
  ) -> Value {
    let type = entries[a.index].type
    var (x, y, z) = (a.index, b.index, c.index)
    var mode = CK_VECTOR_VECTOR
    if y < 0 {
      x = vector(x, level)
    } else {
      if z >= 0 {
        z = vector(z, level)
        if operation == CK_MULTIPLY_ADD {
          if isSingle(x, level) { swap(&x, &y) }
          x = vector(x, level)
        }
      } else if isSingle(x, level) && isSingle(y, level) {
        x = vector(x, level)
      }
      mode = self.mode(&x, &y, level)
    }
    return append(
      CK_STEP_LOOP, level, operation.rawValue, type, mode, Operands(x, y, z), result: operation.resultType(of: type))
  }

  /// The value under another name: a step only where there is no array of the level yet.
  public mutating func copy(of operand: Value, level: Level) -> Value {
    let entry = entries[operand.index]
    if entry.source == .instruction && entry.level == level { return operand }
    return apply(CK_COPY, operand, level: level)
  }

  /// The reduction of a full value over the space's reduced dimensions.
  ///
  /// In a space of `rows` the result is a value at row level; elsewhere it can only be an output.
  public mutating func reduce(_ reduction: ck_reduction, _ operand: Value) -> Value {
    let type = entries[operand.index].type
    let a = vector(operand.index, .full)
    if case .rows = space {
      return append(CK_STEP_REDUCE_ROWS, .row, reduction.rawValue, type, CK_VECTOR_VECTOR, Operands(a), result: type)
    }
    let kind = if case .columns = space { CK_STEP_ACCUMULATE_COLUMNS } else { CK_STEP_ACCUMULATE }
    entries.append(Entry(source: .accumulator, level: .row, type: type))
    let y = entries.count - 1
    accumulators.append((y, reduction, type))
    add(Step(kind: kind, level: .full, code: reduction.rawValue, type: type, y: y, operands: Operands(a)))
    return Value(index: y)
  }

  /// Makes a value a result of the program: results are numbered in the order of these calls.
  public mutating func output(_ value: Value, level: Level) {
    var index = value.index
    if entries[index].source != .accumulator {
      if isSingle(index, level) || entries[index].level != level {
        index = vector(index, level)
      } else if entries[index].source != .instruction || entries[index].output != nil {
        index =
          append(
            CK_STEP_LOOP, level, CK_COPY.rawValue, entries[index].type, CK_VECTOR_VECTOR, Operands(index),
            result: entries[index].type
          ).index
      }
    }
    entries[index].output = outputs.count
    outputs.append(index)
  }

  private func isSingle(_ index: Int, _ level: Level) -> Bool {
    let entry = entries[index]
    return entry.isUniform || (level == .full && entry.level == .row && rowsPerTile == 1)
  }

  private mutating func mode(_ a: inout Int, _ b: inout Int, _ level: Level) -> ck_mode {
    let (aIsSingle, bIsSingle) = (isSingle(a, level), isSingle(b, level))
    if !aIsSingle { a = vector(a, level) }
    if !bIsSingle { b = vector(b, level) }
    return switch (aIsSingle, bIsSingle) {
    case (false, false): CK_VECTOR_VECTOR
    case (false, true): CK_VECTOR_SCALAR
    case (true, false): CK_SCALAR_VECTOR
    case (true, true): CK_SCALAR_SCALAR
    }
  }

  /// The operand as one element per element of the level.
  private mutating func vector(_ index: Int, _ level: Level) -> Int {
    let entry = entries[index]
    if isSingle(index, level) {
      return append(CK_STEP_FILL, level, 0, entry.type, CK_VECTOR_VECTOR, Operands(index), result: entry.type).index
    }
    if entry.level == level { return index }
    return append(CK_STEP_EXPAND, .full, 0, entry.type, CK_VECTOR_VECTOR, Operands(index), result: entry.type).index
  }

  private mutating func append(
    _ kind: ck_step, _ level: Level, _ code: UInt8, _ type: ElementType, _ mode: ck_mode, _ operands: Operands,
    result: ElementType
  ) -> Value {
    entries.append(Entry(source: .instruction, level: level, type: result))
    let y = entries.count - 1
    add(Step(kind: kind, level: level, code: code, type: type, mode: mode, y: y, operands: operands))
    return Value(index: y)
  }

  private mutating func add(_ step: Step) {
    let position = steps.count
    step.operands.forEach { entries[$0].lastUse = position }
    steps.append(step)
  }

  /// The finished program.
  public consuming func build() -> TileProgram {
    pairSinesWithCosines()
    return TileProgram(self)
  }

  /// One step makes the sine and the cosine of the same value for little more than the price of one of them.
  private mutating func pairSinesWithCosines() {
    struct Argument: Hashable { let entry: Int, level: Level, isSine: Bool }
    var seen: [Argument: Int] = [:]
    var removed: Set<Int> = []
    for (position, step) in steps.enumerated() where step.kind == CK_STEP_LOOP {
      guard step.code == CK_SIN.rawValue || step.code == CK_COS.rawValue else { continue }
      let isSine = step.code == CK_SIN.rawValue
      let argument = Argument(entry: Int(step.operands.a), level: step.level, isSine: isSine)
      let partner = Argument(entry: Int(step.operands.a), level: step.level, isSine: !isSine)
      guard let first = seen.removeValue(forKey: partner) else {
        seen[argument] = position
        continue
      }
      let earlier = steps[first].y
      steps[first].kind = CK_STEP_SIN_COS
      steps[first].y = isSine ? step.y : earlier
      steps[first].second = isSine ? earlier : step.y
      removed.insert(position)
    }
    guard !removed.isEmpty else { return }
    steps = steps.indices.filter { !removed.contains($0) }.map { steps[$0] }
    for entry in entries.indices { entries[entry].lastUse = -1 }
    for (position, step) in steps.enumerated() {
      step.operands.forEach { entries[$0].lastUse = position }
    }
  }
}
