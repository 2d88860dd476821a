@_spi(Engine) import AdjointKernels
import CKernels
import Synchronization

/// The tile program of one kind of update.
struct SGDUpdate {
  private struct Kind: Hashable {
    let type: ElementType
    let hasMomentum, isFirst, hasDecay, nesterov, maximize: Bool
  }

  private static let programs = SpinLocked<[Kind: TileProgram]>([:]).heldDuringFork()
  let options: SGDOptions
  let isFirst: Bool
  let program: TileProgram
  /// In the order of the program's numbers.
  let scalars: [UInt64]

  init(_ options: SGDOptions, isFirst: Bool, _ type: ElementType) {
    let kind = Kind(
      type: type, hasMomentum: options.momentum != 0, isFirst: isFirst, hasDecay: options.weightDecay != 0,
      nesterov: options.nesterov, maximize: options.maximize)
    self.options = options
    self.isFirst = isFirst
    scalars = Self.scalars(options, kind)
    if let known = Self.programs.withLock({ $0[kind] }) {
      program = known
    } else {
      let made = Self.build(kind)
      Self.programs.withLock { $0[kind] = made }
      program = made
    }
  }

  private static func scalars(_ options: SGDOptions, _ kind: Kind) -> [UInt64] {
    var numbers = [-options.learningRate]
    if kind.hasDecay { numbers.append(options.weightDecay) }
    if kind.hasMomentum { numbers += [options.momentum, 1 - options.dampening] }
    return numbers.map { ScalarBits.encode($0, kind.type) }
  }

  /// Inputs p, g and the momentum buffer unless this is its first step; outputs p and the momentum buffer.
  private static func build(_ kind: Kind) -> TileProgram {
    var builder = TileProgramBuilder(space: TileBatch.space)
    let p = builder.input(kind.type, strides: [1])
    var g = builder.input(kind.type, strides: [1])
    let negativeRate = builder.scalar(kind.type)
    if kind.maximize { g = builder.apply(CK_NEGATE, g, level: .full) }
    if kind.hasDecay {
      let decay = builder.scalar(kind.type)
      g = builder.apply(CK_MULTIPLY_ADD, p, decay, g, level: .full)
    }
    var buffer: TileProgramBuilder.Value?
    var direction = g
    if kind.hasMomentum {
      let momentum = builder.scalar(kind.type)
      let share = builder.scalar(kind.type)
      if kind.isFirst {
        buffer = builder.apply(CK_COPY, g, level: .full)
      } else {
        let old = builder.input(kind.type, strides: [1])
        let fresh = builder.apply(CK_MULTIPLY, g, share, level: .full)
        buffer = builder.apply(CK_MULTIPLY_ADD, old, momentum, fresh, level: .full)
      }
      direction = kind.nesterov ? builder.apply(CK_MULTIPLY_ADD, buffer!, momentum, g, level: .full) : buffer!
    }
    let result = builder.apply(CK_MULTIPLY_ADD, direction, negativeRate, p, level: .full)
    builder.output(result, level: .full)
    if let buffer { builder.output(buffer, level: .full) }
    return builder.build()
  }
}
