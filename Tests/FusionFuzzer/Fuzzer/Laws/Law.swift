import Adjoint

/// What must hold of every program. None needs a reference.
public enum Law: String, Codable, CaseIterable, Sendable {
  /// An elementwise program on a few rows gives these rows of its results.
  case rows
  /// Fused evaluation gives what step-by-step evaluation gives.
  case steps
  /// A loop, differentiated by `backward()`, equals itself on some elements, or step by step.
  case loops
  /// Leaves give the same results wherever their elements lie in memory.
  case layouts
  /// A structure met before, with other elements, numbers and places, gives what it gives when it is new.
  case repetition
  /// Results do not depend on which values are held, read early, or differentiated twice.
  case holds
}

/// A program under a law: all that decides whether it passes.
public struct FuzzCase: Codable, Equatable, Sendable {
  public var seed: UInt64
  public var law: Law
  public var mode: Mode
  public var order: ReadingOrder
  public var program: Program
  /// What the law's own choices follow from: rows, layouts, what is held.
  var choices: UInt64

  /// Whether the program has a meaning, stays finite, and has results to compare.
  public var isValid: Bool { program.isValid }

  /// How many steps are run.
  public var operationCount: Int { program.operationCount }

  /// Checks the law; nil if it holds.
  public func check() -> Difference? {
    program.isDouble ? check(Double.self) : check(Float.self)
  }

  private func check<Scalar: TensorFloatingPoint>(_: Scalar.Type) -> Difference? {
    guard let shapes = program.facets()?.map(\.shape) else { return nil }
    switch law {
    case .rows: return RowLaw<Scalar>(self, shapes).check()
    case .steps: return StepLaw<Scalar>(self, shapes).check()
    case .loops:
      return program.isElementwise && choices % 2 == 0
        ? RowLaw<Scalar>(self, shapes).check() : StepLaw<Scalar>(self, shapes).check()
    case .layouts: return LayoutLaw<Scalar>(self, shapes).check()
    case .repetition: return RepetitionLaw<Scalar>(self, shapes).check()
    case .holds: return HoldLaw<Scalar>(self, shapes).check()
    }
  }
}

extension FuzzCase {
  /// The case of a seed. A light one is small enough for a debug build.
  public init(seed: UInt64, laws: [Law] = Law.allCases, isLight: Bool = false) {
    var random = SplitMix64(seed: SplitMix64.mixed(seed &+ 0xF00D))
    let weights: [Law: Int] = [.rows: 36, .steps: 36, .loops: 6, .layouts: 9, .repetition: 5, .holds: 8]
    var draw = random.below(laws.reduce(0) { $0 + weights[$1]! })
    let law = laws.first { law in
      draw -= weights[law]!
      return draw < 0
    }!
    let hasShapes = law != .rows && !random.oneIn(3)
    let style = Style.random(&random, hasShapes: hasShapes, isLoop: law == .loops, isLight: isLight)
    var mode = Mode.allCases[random.below(Mode.allCases.count)]
    if law == .loops && !random.oneIn(4) || law == .layouts || law == .holds { mode = .backward }
    let order = ReadingOrder.allCases[random.below(ReadingOrder.allCases.count)]
    let choices = random.next()
    let program = Generator.program(&random, style)
    self.init(seed: seed, law: law, mode: mode, order: order, program: program, choices: choices)
  }
}
