@_spi(Engine) import AdjointKernels
import Synchronization

/// Where the numbers of a recorded derivative come from, so that the plan can be run again with other numbers.
///
/// While a backward pass is recorded, every number of the forward graph carries a tag. Rules that pass numbers on, or
/// calculate with them, give tagged numbers again; a rule that looks at one makes it part of the structure.
final class NumberOrigins: @unchecked Sendable {
  @TaskLocal static var current: NumberOrigins?

  /// How a number is made from one or two others.
  enum Arithmetic: Sendable {
    case add, subtract, multiply, divide

    /// Rounded to the type. (A Float operation rounded from the Double result is the correctly rounded Float operation.)
    func callAsFunction(_ a: UInt64, _ b: UInt64, _ type: ElementType) -> UInt64 {
      let (x, y) = (ScalarBits.decode(a, type), ScalarBits.decode(b, type))
      let result =
        switch self {
        case .add: x + y
        case .subtract: x - y
        case .multiply: x * y
        case .divide: x / y
        }
      return ScalarBits.encode(result, type)
    }
  }

  /// A number that the recording calculated: from tagged numbers, or from fixed ones where the tag is 0.
  struct Derived: Sendable {
    let arithmetic: Arithmetic
    let type: ElementType
    let a, b: UInt64
    let aTag, bTag: UInt32
  }

  private struct Content {
    var derived: [Derived] = []
    var read: Set<UInt32> = []
    var isRepeatable = true
  }

  /// The numbers of the forward graph have the tags 1...count; derived ones follow.
  let count: Int
  private let content = Mutex(Content())

  // Read by the task that records, while it lends the walk.
  private let tape: Walk

  init(count: Int, tape: Walk) {
    self.count = count
    self.tape = tape
  }

  /// The operands of a node of the tape, its numbers tagged.
  func operands(of node: Node) -> [Expression]? {
    tape[node].map { tape.recorded($0).x }
  }

  var derived: [Derived] { content.withLock { $0.derived } }

  /// The numbers of the forward graph that a rule looked at, themselves or by way of what was made of them.
  var read: [Int] {
    content.withLock { content in
      var pending = Array(content.read)
      var found: Set<UInt32> = content.read
      while let tag = pending.popLast() {
        guard tag > count else { continue }
        let origin = content.derived[Int(tag) - 1 - count]
        for next in [origin.aTag, origin.bTag] where next != 0 && found.insert(next).inserted { pending.append(next) }
      }
      return found.filter { $0 <= count }.map { Int($0) - 1 }.sorted()
    }
  }

  /// Whether the recording depends on nothing but the structure and the numbers that were read.
  var isRepeatable: Bool { content.withLock { $0.isRepeatable } }
  /// A rule has looked at elements.
  func markUnrepeatable() { content.withLock { $0.isRepeatable = false } }

  func markRead(_ tag: UInt32) { content.withLock { _ = $0.read.insert(tag) } }

  /// The tag of a number made of two others.
  func derive(_ arithmetic: Arithmetic, _ type: ElementType, _ a: Expression, _ b: Expression) -> UInt32 {
    content.withLock { content in
      content.derived.append(
        Derived(
          arithmetic: arithmetic, type: type, a: a.numberBits!, b: b.numberBits!, aTag: a.numberTag, bTag: b.numberTag))
      return UInt32(count + content.derived.count)
    }
  }
}
