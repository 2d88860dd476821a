/// The shapes given with `--shape`: extents joined by `x`, shapes separated by commas: `128x256,1Kix64`.
public struct ShapeList: Sendable, Equatable {
  public var shapes: [[Int]]

  public init(_ shapes: [[Int]]) { self.shapes = shapes }

  public init(parsing text: String) throws(SelectionError) {
    var shapes: [[Int]] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      var shape: [Int] = []
      for extent in part.split(omittingEmptySubsequences: false, whereSeparator: { $0 == "x" || $0 == "×" }) {
        do throws(SelectionError) {
          shape.append(try SizeList.number(extent))
        } catch {
          throw SelectionError("'\(part)' is not a shape: write extents joined by x, such as 128x256")
        }
      }
      if !shapes.contains(shape) { shapes.append(shape) }
    }
    self.shapes = shapes
  }
}
