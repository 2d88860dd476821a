/// What kind of program is made: sizes, number of steps, families of verbs.
struct Style {
  var extents: [Int]
  var stepCount: Int
  var repeats = 1
  var isDouble: Bool
  var hasShapes: Bool
  /// Whether all values are results, so that a pass has more arrays than it has places for.
  var isWide = false

  var count: Int { extents.reduce(1, *) }

  /// Copies and products may be larger than the inputs, but not without end.
  var largestCount: Int { hasShapes ? 4 * count + 64 : count }

  /// Small programs are by far the most frequent, since a thousand of them cost what a single large one does; but there
  /// are some of every size at which something changes: a tile (512 to 8,192 elements), a long row, the caches.
  static func random(_ random: inout SplitMix64, hasShapes: Bool, isLoop: Bool, isLight: Bool) -> Style {
    var style = Style(extents: [], stepCount: 0, isDouble: random.oneIn(2), hasShapes: hasShapes)
    switch random.below(isLight ? 3940 : 4000) {
    case 0..<3440: style.extents = small(&random)
    case 3440..<3940: style.extents = shape(near(&random), &random)
    case 3940..<3999: style.extents = shape(10_000 + random.below(10_001), &random)
    default: style.extents = shape(200_000 << random.below(4) + random.below(1000), &random)
    }
    switch random.below(isLight ? 78 : 80) {
    case 78..<80:
      // About 64 arrays, about 256 instructions, and anything up to 200 steps.
      style.stepCount = [56 + random.below(13), 245 + random.below(18), 60 + random.below(141)][random.below(3)]
      style.isWide = random.oneIn(2)
    case 0..<12: style.stepCount = 13 + random.below(18)
    default: style.stepCount = 3 + random.below(10)
    }
    if isLight && style.count > 400 { style.stepCount = min(style.stepCount, 12) }
    if isLoop {
      style.stepCount = 2 + random.below(19)
      style.isWide = false
      style.repeats =
        switch random.below(128) {
        case 0 where !isLight: 100 + random.below(401)
        case 0..<5: 20 + random.below(80)
        default: 1 + random.below(8)
        }
    }
    limit(&style)
    return style
  }

  /// Bounds the work of one program.
  private static func limit(_ style: inout Style) {
    let most = max(4, 20_000_000 / style.count)
    style.stepCount = min(style.stepCount, most)
    style.repeats = max(1, min(style.repeats, most / style.stepCount))
    if style.count > 100_000 { style.isWide = false }
  }

  private static func small(_ random: inout SplitMix64) -> [Int] {
    switch random.below(4) {
    case 0: [2 + random.below(40)]
    case 1, 2: [2 + random.below(12), 1 + random.below(9)]
    default: [2 + random.below(5), 1 + random.below(5), 1 + random.below(5)]
    }
  }

  /// One below, at or one above the length of a tile, or a multiple of it.
  private static func near(_ random: inout SplitMix64) -> Int {
    let tile = 512 << random.below(5)
    return min(tile * (random.oneIn(3) ? 1 + random.below(3) : 1), 8192) + random.below(3) - 1
  }

  /// A shape of about so many elements.
  private static func shape(_ count: Int, _ random: inout SplitMix64) -> [Int] {
    switch random.below(6) {
    case 0, 1: return [count]
    case 2: return [2 + random.below(3), count / 2]
    case 3: return [max(2, count / 2), 2 + random.below(3)]
    case 4:
      let rows = 2 + random.below(64)
      return [rows, max(1, count / rows)]
    default:
      let (a, b) = (2 + random.below(8), 1 + random.below(16))
      return [a, max(1, count / (a * b)), b]
    }
  }
}
