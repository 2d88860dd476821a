/// Assigns the values of a program to registers by one scan over its steps.
///
/// A register holds a tile of one element size at one level, so that only loops, which allow it, ever find
/// their result in the place of an operand. A result takes the register of an operand that dies at the
/// same step, if the sizes agree: that keeps the tiles in the first-level cache.
struct RegisterAllocation {
  /// The register of an entry, or −1 for streams, scalars, accumulators and results written in place.
  private(set) var register: ContiguousArray<Int32>
  /// Element size of each register and whether it holds full tiles.
  private(set) var registers: ContiguousArray<(size: Int, level: TileProgramBuilder.Level)> = []
  /// Free registers by size and level.
  private var free: [ContiguousArray<Int32>]

  init(_ program: borrowing TileProgramBuilder) {
    register = ContiguousArray(repeating: -1, count: program.entries.count)
    free = Array(repeating: [], count: 18)
    for (position, step) in program.steps.enumerated() {
      let operands = step.operands
      release(Int(operands.a), at: position, program)
      if operands.b >= 0 && operands.b != operands.a { release(Int(operands.b), at: position, program) }
      if operands.c >= 0 && operands.c != operands.a && operands.c != operands.b {
        release(Int(operands.c), at: position, program)
      }
      take(step.y, program)
      if let second = step.second { take(second, program) }
      // Only now: two results of one step lie in different registers.
      releaseUnread(step.y, program)
      if let second = step.second { releaseUnread(second, program) }
    }
  }

  private static func pool(_ size: Int, _ level: TileProgramBuilder.Level) -> Int { size * 2 + Int(level.rawValue) }

  private mutating func give(_ r: Int32) {
    free[Self.pool(registers[Int(r)].size, registers[Int(r)].level)].append(r)
  }

  private mutating func release(_ operand: Int, at position: Int, _ program: borrowing TileProgramBuilder) {
    if program.entries[operand].lastUse == position, register[operand] >= 0 { give(register[operand]) }
  }

  private mutating func releaseUnread(_ result: Int, _ program: borrowing TileProgramBuilder) {
    if program.entries[result].lastUse < 0, register[result] >= 0 { give(register[result]) }
  }

  private mutating func take(_ result: Int, _ program: borrowing TileProgramBuilder) {
    let (size, level) = (program.entries[result].type.size, program.entries[result].level)
    guard program.entries[result].source == .instruction, program.entries[result].output == nil else { return }
    if let r = free[Self.pool(size, level)].popLast() {
      register[result] = r
    } else {
      register[result] = Int32(registers.count)
      registers.append((size, level))
    }
  }
}
