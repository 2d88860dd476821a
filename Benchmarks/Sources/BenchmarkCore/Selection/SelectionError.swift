/// A selection that cannot be understood, with one sentence for the user.
public struct SelectionError: Error, Equatable, CustomStringConvertible {
  public let description: String

  public init(_ description: String) { self.description = description }
}
