/// Assigns the values of a program to registers by one scan over its steps.
///
/// A register holds a tile of one element size at one level, so that only loops, which allow it, ever find
/// their result in the place of an operand. A result takes the register of an operand that dies at the
/// same step, if the sizes agree: that keeps the tiles in the first-level cache.
struct RegisterAllocation {
  /// The register of an entry, or nil for streams, scalars, accumulators and results written in place.
  private(set) var register: [Int?]
  /// Element size of each register and whether it holds full tiles.
  private(set) var registers: [(size: Int, level: TileProgramBuilder.Level)] = []

  init(_ program: borrowing TileProgramBuilder) {
    register = Array(repeating: nil, count: program.entries.count)
    var free: [[Int]] = Array(repeating: [], count: 32)
    func pool(_ size: Int, _ level: TileProgramBuilder.Level) -> Int { size * 2 + Int(level.rawValue) }

    for (position, step) in program.steps.enumerated() {
      for operand in Set(step.operands) where program.entries[operand].lastUse == position {
        guard let r = register[operand] else { continue }
        free[pool(registers[r].size, registers[r].level)].append(r)
      }
      for result in [step.y, step.second].compactMap({ $0 }) {
        let entry = program.entries[result]
        guard entry.source == .instruction, entry.output == nil else { continue }
        let key = pool(entry.type.size, entry.level)
        if let r = free[key].popLast() {
          register[result] = r
        } else {
          registers.append((entry.type.size, entry.level))
          register[result] = registers.count - 1
        }
      }
      // Only now: two results of one step lie in different registers.
      for result in [step.y, step.second].compactMap({ $0 }) where program.entries[result].lastUse < 0 {
        guard let r = register[result] else { continue }
        free[pool(registers[r].size, registers[r].level)].append(r)
      }
    }
  }
}
