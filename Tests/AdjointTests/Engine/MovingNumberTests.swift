import Adjoint
import Testing

/// Numbers, slices and places that change in every step of a loop: a plan that is found again must take the new ones.
@Suite struct MovingNumberTests {
  @Test func aRateThatChangesEveryStep() {
    let x = Tensor<Double>([1, 2, 3], requiresGrad: true)
    for step in 1...50 {
      let rate = 1 / Double(step)
      x.zeroGrad()
      let loss = (x * rate + rate * 2).square().sum()
      loss.backward()
      let expected = [1.0, 2, 3].map { 2 * rate * ($0 * rate + rate * 2) }
      for (a, b) in zip(x.grad!.scalars, expected) { #expect(abs(a - b) <= 1e-14 * abs(b), "step \(step)") }
      let value = [1.0, 2, 3].reduce(0.0) { $0 + ($1 * rate + rate * 2) * ($1 * rate + rate * 2) }
      #expect(abs(loss.item() - value) <= 1e-14 * value, "step \(step)")
    }
  }

  @Test func numbersThatOperationsTreatApart() {
    // 0, 1, −1, 2 and 0.5 are those that somebody may leave out or replace by another operation.
    let x = Tensor<Double>([0.5, 1.5, 2.5], requiresGrad: true)
    for _ in 0..<3 {
      for number in [3.0, 1, 0, -1, 2, 0.5, -2, 1] {
        x.zeroGrad()
        (x.power(number) * number + number).sum().backward()
        let expected = x.scalars.map { number == 0 ? 0 : number * number * Self.power($0, Int(number * 2) - 2) }
        for (a, b) in zip(x.grad!.scalars, expected) {
          #expect(abs(a - b) <= 1e-13 * max(1, abs(b)), "number \(number): got \(a), expected \(b)")
        }
      }
    }
  }

  /// xᵏᐟ²
  private static func power(_ x: Double, _ halves: Int) -> Double {
    let root = x.squareRoot()
    return (0..<abs(halves)).reduce(1.0) { product, _ in halves < 0 ? product / root : product * root }
  }

  @Test func aBatchThatMoves() {
    let data = Tensor<Double>((0..<200).map { Double($0 % 17) - 8 }, shape: [50, 4])
    let w = Tensor<Double>([0.5, -1, 2, 0.25], requiresGrad: true)
    for start in [0, 7, 3, 40, 41, 18, 0, 18] {
      for count in [8, 8, 5] {
        w.zeroGrad()
        let rows = data[start..<start + count]
        let loss = rows.matmul(w).square().sum()
        loss.backward()
        var expected = [0.0, 0, 0, 0]
        var value = 0.0
        for row in start..<start + count {
          let elements = (0..<4).map { Double((row * 4 + $0) % 17) - 8 }
          let product = zip(elements, w.scalars).reduce(0) { $0 + $1.0 * $1.1 }
          value += product * product
          for column in 0..<4 { expected[column] += 2 * product * elements[column] }
        }
        #expect(loss.item() == value, "start \(start), count \(count)")
        #expect(w.grad!.scalars == expected, "start \(start), count \(count)")
      }
    }
  }

  @Test func onePlaceAfterAnother() {
    let x = Tensor<Double>((0..<30).map { Double($0) }, requiresGrad: true)
    for round in 0..<2 {
      for place in [0, 29, 1, 2, 3, 17, 0] {
        x.zeroGrad()
        let y = (x * x)[place] * 3
        #expect(y.item() == 3 * Double(place * place), "round \(round), place \(place)")
        y.backward()
        #expect(x.grad!.scalars == (0..<30).map { $0 == place ? 6 * Double(place) : 0 }, "place \(place)")
      }
    }
  }
}
