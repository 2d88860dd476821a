import Foundation
import Testing

@testable import Adjoint

/// The calls of Tests/Misuse, each in a process of its own: some of them here, all of them by `make test-misuse`.
@Suite struct MisuseSentencesTests {
  @Test func everySeventhMisuseGivesItsSentence() throws {
    let child = Process()
    child.executableURL = try #require(Bundle.main.executableURL).resolvingSymlinksInPath().deletingLastPathComponent()
      .appendingPathComponent("misuse")
    child.arguments = ["--every", "7"]
    let pipe = Pipe()
    child.standardOutput = pipe
    try child.run()
    let report = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    child.waitUntilExit()
    #expect(child.terminationStatus == 0, "\(report)")
    #expect(report.contains("0 of them with another outcome"), "\(report)")
  }
}

/// Numbers that are given as literals are computed with in Double, whatever the elements are.
@Suite struct RangesInDoubleTests {
  @Test(arguments: [(-4.0, 4.0, 0.01), (0, 1, 0.1), (1, -1, -0.3), (0, 0.7, 0.1), (2, 1, 0.5)])
  func arangeOfFloatIsThatOfDoubleRounded(_ start: Double, _ end: Double, _ step: Double) {
    let float = Tensor<Float>.arange(start, end, step: step).scalars
    let double = Tensor<Double>.arange(start, end, step: step).scalars
    #expect(float == double.map { Float($0) })
    #expect(double.count == max(0, Int(((end - start) / step).rounded(.up))))
    #expect(double.enumerated().allSatisfy { $1 == start + Double($0) * step })
  }

  @Test func literalsAreDouble() {
    #expect(Tensor<Float>.arange(-4, 4, step: 0.01).count == 800)
    #expect(Tensor<Float>.arange(3).scalars == [0, 1, 2])
    #expect(Tensor<Int>.arange(1, 7, step: 2).scalars == [1, 3, 5])
    // A number that is a Float already stands for itself: this one is smaller than 0.01.
    #expect(Tensor<Float>.arange(Float(-4), 4, step: Float(0.01)).count == 801)
  }

  @Test(arguments: [(0.1, 0.7, 5), (-1, 1, 4), (3, 3, 3), (1, 0, 1), (-1e308, 1e308, 3)])
  func linspaceOfFloatIsThatOfDoubleRounded(_ start: Double, _ end: Double, _ count: Int) {
    let double = Tensor<Double>.linspace(start, end, count: count).scalars
    #expect(double.count == count && double.first == start && (count == 1 || double.last == end))
    #expect(double.allSatisfy { $0.isFinite })
    if abs(start) < 1e30 {
      #expect(Tensor<Float>.linspace(start, end, count: count).scalars == double.map { Float($0) })
    }
  }

  @Test func shapesThatAreTooLarge() {
    #expect(Shape([1 << 47]).possibleElementCount == 1 << 47)
    #expect(Shape([1 << 47, 0]).possibleElementCount == 0)
    #expect(Shape([1 << 47, 2]).possibleElementCount == -1)
    #expect(Shape([1 << 62, 4, 0]).possibleElementCount == -1)
    #expect(Shape([0, -1]).possibleElementCount == -1)
    #expect(Shape([1 << 40, 1, 1, 1, 1, 1 << 7]).possibleElementCount == 1 << 47)
    #expect(Shape([1 << 40, 1, 1, 1, 1, 1 << 8]).possibleElementCount == -1)
    #expect(Shape([-2, 3]).elementCount == -6 && Shape([.max, 0, .max]).elementCount == 0)
  }
}
