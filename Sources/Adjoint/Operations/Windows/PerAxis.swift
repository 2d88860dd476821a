/// A whole number for each axis of a window: one for all of them (`2`), or one for each (`[2, 1]`).
public struct PerAxis: Sendable, Equatable, CustomStringConvertible, ExpressibleByIntegerLiteral,
  ExpressibleByArrayLiteral
{
  /// One number for all axes, or as many as there are axes.
  public let numbers: [Int]

  /// The same number for all axes.
  public init(_ number: Int) { numbers = [number] }

  /// A number for each axis, rows before columns; a single one is for all axes.
  public init(_ numbers: [Int]) { self.numbers = numbers }

  public init(integerLiteral number: Int) { self.init(number) }
  public init(arrayLiteral numbers: Int...) { self.init(numbers) }

  public var description: String { numbers.count == 1 ? "\(numbers[0])" : "\(numbers)" }

  /// The numbers of `count` axes, each at least `least`.
  func checked(_ count: Int, atLeast least: Int, _ what: String, _ name: String) -> [Int] {
    guard numbers.count == 1 || numbers.count == count else {
      fatalError(
        "\(name): \(what) \(self) for \(count == 1 ? "one axis" : "two axes"); it takes one number for all axes or one for each"
      )
    }
    guard numbers.allSatisfy({ $0 >= least }) else {
      fatalError("\(name): \(what) \(self); it must be at least \(least)")
    }
    return numbers.count == count ? numbers : Array(repeating: numbers[0], count: count)
  }
}

/// The zeros around the input of a convolution.
public enum ConvolutionPadding: Sendable, Equatable, ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral {
  /// None: the kernel stays inside the input.
  case valid
  /// As many as give the output the input's extents, with a stride of 1; an odd one comes behind the last element.
  case same
  /// So many before the first element and behind the last.
  case zeros(PerAxis)

  public init(integerLiteral number: Int) { self = .zeros(PerAxis(number)) }
  public init(arrayLiteral numbers: Int...) { self = .zeros(PerAxis(numbers)) }
}
