import Adjoint
import Foundation
import Testing

/// Tensors through `Codable`: exact, compact, and with an error for whatever is wrong.
@Suite struct TensorCodingTests {
  private func encoded(_ value: some Encodable, _ coding: TensorElementCoding? = nil) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    if let coding { encoder.userInfo[.tensorElements] = coding }
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  private func decoded<Value: Decodable>(_ text: String, _: Value.Type = Value.self) throws -> Value {
    try JSONDecoder().decode(Value.self, from: Data(text.utf8))
  }

  private func goesThrough<Scalar>(_ x: Tensor<Scalar>) throws {
    for coding in [TensorElementCoding.base64, .numbers] {
      let back = try decoded(encoded(x, coding), Tensor<Scalar>.self)
      #expect(back.shape == x.shape && back.scalars == x.scalars, "\(x) \(coding)")
    }
    for format in [PropertyListSerialization.PropertyListFormat.binary, .xml] {
      let encoder = PropertyListEncoder()
      encoder.outputFormat = format
      let back = try PropertyListDecoder().decode([Tensor<Scalar>].self, from: encoder.encode([x]))[0]
      #expect(back.shape == x.shape && back.scalars == x.scalars, "\(x) \(format)")
    }
  }

  @Test(arguments: [[], [0], [1], [2], [3], [4, 5], [2, 0, 3], [2, 3, 4, 1, 1]])
  func everyTypeGoesThrough(_ extents: [Int]) throws {
    let shape = Shape(extents)
    let numbers = 0..<shape.elementCount
    try goesThrough(Tensor(numbers.map { Float($0) / 3 - 1 }, shape: shape))
    try goesThrough(Tensor(numbers.map { Double($0) / 7 - 1 }, shape: shape))
    try goesThrough(Tensor(numbers.map { $0 == 1 ? .max : -$0 }, shape: shape))
    try goesThrough(Tensor(numbers.map { $0 == 1 ? Int32.min : Int32($0) }, shape: shape))
    try goesThrough(Tensor(numbers.map { $0 % 3 == 1 }, shape: shape))
    if extents.count > 1 { try goesThrough(Tensor(numbers.map { Float($0) }, shape: shape).transposed(0, 1)) }
  }

  @Test func whatIsWritten() throws {
    let w = Tensor<Float>([[1, 2], [3, 4]])
    #expect(
      try encoded(w, .numbers) == #"{"scalars":[1,2,3,4],"shape":[2,2],"type":"float32"}"#)
    #expect(try encoded(w) == #"{"base64":"AACAPwAAAEAAAEBAAACAQA==","shape":[2,2],"type":"float32"}"#)
    let leaf = Tensor<Double>([0.5], requiresGrad: true)
    let text = try encoded(["leaf": leaf], .numbers)
    #expect(text == #"{"leaf":{"requiresGrad":true,"scalars":[0.5],"shape":[1],"type":"float64"}}"#)
    let back = try #require(try decoded(text, [String: Tensor<Double>].self)["leaf"])
    #expect(back.isLeaf && back.requiresGrad)
    (back * 3).sum().backward()
    #expect(back.grad?.scalars == [3])
    // What was computed from a leaf is a value: its record is not written.
    #expect(!(try decoded(encoded(leaf * 2), Tensor<Double>.self).requiresGrad))
  }

  @Test func bitsThatAreNoNumbers() throws {
    let bits: [UInt64] = [0x7FF8_0000_0000_0001, 0xFFF0_0000_0000_0000, 0x8000_0000_0000_0000, 1]
    let x = Tensor(bits.map { Double(bitPattern: $0) })
    #expect(try decoded(encoded(x), Tensor<Double>.self).scalars.map(\.bitPattern) == bits)
    #expect(throws: EncodingError.self) { try encoded(x, .numbers) }
  }

  /// Foundation's base 64 is the same text, for every length of what is left over.
  @Test func base64IsFoundations() throws {
    var generator = SystemRandomNumberGenerator()
    for count in 0..<40 {
      let x = Tensor((0..<count).map { _ in Bool.random(using: &generator) })
      let object = try #require(try JSONSerialization.jsonObject(with: Data(encoded(x).utf8)) as? [String: Any])
      let bytes = Data(x.scalars.map { $0 ? 1 : 0 })
      #expect(object["base64"] as? String == bytes.base64EncodedString(), "\(x)")
    }
  }

  static let hostile = [
    "1", "[]", "{}", "null", #"{"type":"float32"}"#, #"{"type":"float32","shape":[1]}"#,
    #"{"type":"float64","shape":[1],"scalars":[1]}"#, #"{"type":"float","shape":[1],"scalars":[1]}"#,
    #"{"type":1,"shape":[1],"scalars":[1]}"#, #"{"type":"float32","shape":1,"scalars":[1]}"#,
    #"{"type":"float32","shape":[-1],"scalars":[1]}"#, #"{"type":"float32","shape":[-1,-1],"scalars":[1]}"#,
    #"{"type":"float32","shape":[2],"scalars":[1]}"#, #"{"type":"float32","shape":[],"scalars":[]}"#,
    #"{"type":"float32","shape":[0.5],"scalars":[1]}"#, #"{"type":"float32","shape":["1"],"scalars":[1]}"#,
    #"{"type":"float32","shape":[1],"scalars":["1"]}"#, #"{"type":"float32","shape":[1],"scalars":[null]}"#,
    #"{"type":"float32","shape":[1],"scalars":[true]}"#, #"{"type":"float32","shape":[1],"scalars":[1e300]}"#,
    #"{"type":"float32","shape":[9223372036854775807],"scalars":[1]}"#,
    #"{"type":"float32","shape":[9223372036854775807,2],"scalars":[1]}"#,
    #"{"type":"float32","shape":[4294967296,4294967296],"scalars":[]}"#,
    #"{"type":"float32","shape":[4611686018427387904,4,0],"scalars":[]}"#,
    #"{"type":"float32","shape":[1099511627776],"base64":""}"#,
    #"{"type":"float32","shape":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1],"scalars":[1]}"#,
    #"{"type":"float32","shape":[1],"base64":"AACAPw"}"#, #"{"type":"float32","shape":[1],"base64":"AACA!w=="}"#,
    #"{"type":"float32","shape":[1],"base64":"AACAPx=="}"#, #"{"type":"float32","shape":[1],"base64":"===="}"#,
    #"{"type":"float32","shape":[1],"base64":"AA==AAAA"}"#, #"{"type":"float32","shape":[1],"base64":" AACAPw=="}"#,
    #"{"type":"float32","shape":[1],"base64":"AAA="}"#, #"{"type":"float32","shape":[1],"base64":"AACAP\u00e9=="}"#,
    #"{"type":"float32","shape":[2],"base64":"AACAPw=="}"#, #"{"type":"float32","shape":[0],"base64":"AACAPw=="}"#,
    #"{"type":"float32","shape":[1],"base64":4}"#,
    #"{"type":"float32","shape":[1],"scalars":[1],"requiresGrad":"yes"}"#,
  ]

  @Test(arguments: hostile)
  func hostileTextIsAnError(_ text: String) {
    #expect(throws: DecodingError.self, "\(text)") { try decoded(text, Tensor<Float>.self) }
  }

  @Test func hostileBooleansAndIntegers() {
    let texts = [
      #"{"type":"bool","shape":[1],"base64":"Ag=="}"#, #"{"type":"bool","shape":[1],"scalars":[1]}"#,
      #"{"type":"bool","shape":[1],"base64":"AQ==","requiresGrad":true}"#,
    ]
    for text in texts { #expect(throws: DecodingError.self, "\(text)") { try decoded(text, Tensor<Bool>.self) } }
    for number in ["3.5", "9223372036854775808", "-1e30", "\"1\""] {
      let text = #"{"type":"int64","shape":[1],"scalars":[\#(number)]}"#
      #expect(throws: DecodingError.self, "\(text)") { try decoded(text, Tensor<Int>.self) }
    }
  }

  /// Whatever is cut off, added or changed in a text, there is a tensor or an error.
  @Test func changedTextsAreTensorsOrErrors() throws {
    let text = Array(try encoded(Tensor<Double>([[1, 2, 3], [4, 5, 6]], requiresGrad: true)).utf8)
    var seed: UInt64 = 1
    func next(_ bound: Int) -> Int {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(seed >> 33) % bound
    }
    var tensors = 0
    for _ in 0..<20_000 {
      var changed = text
      for _ in 0...next(3) {
        let place = next(changed.count)
        switch next(3) {
        case 0: changed[place] = UInt8(32 + next(95))
        case 1: changed.remove(at: place)
        default: changed.insert(UInt8(48 + next(10)), at: place)
        }
      }
      do {
        let x = try JSONDecoder().decode(Tensor<Double>.self, from: Data(changed))
        #expect(x.scalars.count == x.shape.elementCount)
        tensors += 1
      } catch { #expect(error is DecodingError, "\(String(decoding: changed, as: UTF8.self)): \(error)") }
    }
    #expect(tensors > 100)
  }
}
