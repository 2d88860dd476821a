import Foundation
import Testing

@testable import Adjoint

/// Tensors, options and what PyTorch printed, by `Scripts/make_printing_fixtures.py`.
@Suite struct PrintingTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let shape: [Int]
    let format: TensorFormat
    let kind: String
    let floating: [Double]
    let integers: [Int64]
    let text: String
    let tracked: String?

    var testDescription: String { "\(kind) \(shape) \(text.prefix(40))" }

    var elements: PrintedElements {
      switch kind {
      case "floating": .floating { floating[$0] }
      case "integer": .integer { integers[$0] }
      default: .bool { integers[$0] != 0 }
      }
    }
  }

  static let cases: [Case] = {
    let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
      .appending(path: "Fixtures/printing.json")
    struct Entry: Decodable {
      struct Options: Decodable {
        let precision, threshold, edgeItems, lineWidth: Int?
        let scientific: Bool?
      }
      enum Value: Decodable {
        case text(String)
        case integer(Int64)

        init(from decoder: any Decoder) throws {
          let container = try decoder.singleValueContainer()
          if let integer = try? container.decode(Int64.self) {
            self = .integer(integer)
          } else {
            self = .text(try container.decode(String.self))
          }
        }
      }
      let kind: String
      let shape: [Int]
      let format: Options
      let values: [Value]
      let text: String
      let tracked: String?
    }
    struct File: Decodable { let cases: [Entry] }
    let file = try! JSONDecoder().decode(File.self, from: Data(contentsOf: path))
    return file.cases.map { entry in
      let options = entry.format
      let format = TensorFormat(
        precision: options.precision ?? 4, threshold: options.threshold ?? 1000, edgeItems: options.edgeItems ?? 3,
        lineWidth: options.lineWidth ?? 80, scientific: options.scientific)
      var (floating, integers): ([Double], [Int64]) = ([], [])
      for value in entry.values {
        switch value {
        case .text(let text): floating.append(Double(text)!)
        case .integer(let integer): integers.append(integer)
        }
      }
      return Case(
        shape: entry.shape, format: format, kind: entry.kind, floating: floating, integers: integers, text: entry.text,
        tracked: entry.tracked)
    }
  }()

  @Test func thereAreCases() { #expect(Self.cases.count > 150) }

  @Test(arguments: cases) func printsAsPyTorchDoes(_ example: Case) {
    #expect(example.format.text(shape: example.shape, elements: example.elements) == example.text)
    if let tracked = example.tracked {
      let text = example.format.text(shape: example.shape, elements: example.elements, suffixes: ["requiresGrad: true"])
      #expect(text == tracked)
    }
  }

  @Test func summariesReadOnlyWhatTheyShow() {
    var read = 0
    let elements = PrintedElements.floating { _ in
      read += 1
      return 1.5
    }
    _ = TensorFormat().text(shape: [1_000_000, 1_000_000], elements: elements)
    #expect(read <= 4 * 36)
  }

  static let roundings: [(Double, Int, String, String)] = [
    (0.5, 0, "0", "5e-01"), (1.5, 0, "2", "2e+00"), (2.5, 0, "2", "2e+00"), (0.05, 1, "0.1", "5.0e-02"),
    (0.25, 1, "0.2", "2.5e-01"),
    (9.5, 0, "10", "1e+01"), (99.96, 1, "100.0", "1.0e+02"), (1e23, 0, "99999999999999991611392", "1e+23"),
    (0.0004, 2, "0.00", "4.00e-04"),
    (-0.0, 1, "-0.0", "-0.0e+00"), (-1e-300, 3, "-0.000", "-1.000e-300"),
    (.leastNonzeroMagnitude, 3, "0.000", "4.941e-324"),
    (0x1p-20, 20, "0.00000095367431640625", "9.53674316406250000000e-07"), (0.00095, 3, "0.001", "9.500e-04"),
    (0.95, 0, "1", "9e-01"),
  ]

  @Test(arguments: roundings) func roundsExactly(value: Double, digits: Int, fixed: String, scientific: String) {
    #expect(DecimalText.fixed(value, digits: digits) == fixed)
    #expect(DecimalText.scientific(value, digits: digits) == scientific)
  }

  @Test func agreesWithTheCLibrary() {
    var state: UInt64 = 88_172_645_463_325_252
    for _ in 0..<3000 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      let value = Double(bitPattern: state)
      guard value.isFinite else { continue }
      let digits = Int(state % 19)
      #expect(DecimalText.scientific(value, digits: digits) == String(format: "%.\(digits)e", value), "\(value)")
      #expect(DecimalText.fixed(value, digits: digits) == String(format: "%.\(digits)f", value), "\(value)")
      let near = Double(Int64(bitPattern: state) % 2_000_000) / 64
      #expect(DecimalText.fixed(near, digits: digits % 6) == String(format: "%.\(digits % 6)f", near), "\(near)")
    }
  }
}
