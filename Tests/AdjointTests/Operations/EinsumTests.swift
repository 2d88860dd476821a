import Testing

@testable import Adjoint

/// Sums of products against plain loops over all indices.
@Suite struct EinsumTests {
  /// The value by its definition: a sum over every index.
  private func reference(_ equation: String, _ tensors: [Tensor<Double>]) -> [Double] {
    let sides = equation.split(separator: "->", omittingEmptySubsequences: false)
    let terms = sides[0].split(separator: ",", omittingEmptySubsequences: false).map(Array.init)
    let output = Array(sides[1])
    var extents: [Character: Int] = [:]
    for (term, tensor) in zip(terms, tensors) {
      for (letter, extent) in zip(term, tensor.shape) where extents[letter, default: 1] == 1 {
        extents[letter] = extent
      }
    }
    let letters = output + extents.keys.filter { !output.contains($0) }.sorted()
    let scalars = tensors.map(\.scalars)
    let inner = letters[output.count...].reduce(1) { $0 * extents[$1]! }
    let outer = output.reduce(1) { $0 * extents[$1]! }
    return (0..<outer).map { position in
      (0..<inner).reduce(0) { sum, offset in
        var rest = position * inner + offset
        var index: [Character: Int] = [:]
        for letter in letters.reversed() {
          index[letter] = rest % extents[letter]!
          rest /= extents[letter]!
        }
        return sum
          + terms.indices.reduce(1) { product, k in
            var place = 0
            for (axis, letter) in terms[k].enumerated() {
              let extent = tensors[k].shape[axis]
              place = place * extent + (extent == 1 ? 0 : index[letter]!)
            }
            return product * scalars[k][place]
          }
      }
    }
  }

  @Test(
    arguments: [
      ("ij,jk->ik", [[3, 4], [4, 5]]), ("ij,kj->ki", [[3, 4], [5, 4]]), ("bij,bjk->bik", [[2, 3, 4], [2, 4, 5]]),
      ("bij,bjk->ikb", [[2, 3, 4], [2, 4, 5]]), ("ijk,kjl->il", [[2, 3, 4], [4, 3, 5]]), ("ii->i", [[4, 4]]),
      ("ii->", [[4, 4]]), ("iji->j", [[3, 2, 3]]), ("i,j,k->kij", [[2], [3], [4]]), ("i,i,i->i", [[3], [3], [3]]),
      ("ij,j->", [[3, 4], [4]]), ("ab,bc,cd,de->ae", [[2, 6], [6, 3], [3, 7], [7, 2]]),
      ("ij,jk->ik", [[3, 1], [4, 5]]),
      ("ij,ij->j", [[1, 4], [3, 4]]), ("abc,ab,c->b", [[2, 3, 4], [2, 3], [4]]), (",ij,->ji", [[], [2, 3], []]),
      ("ij,jk->ik", [[3, 0], [0, 5]]), ("ab,cd->", [[2, 3], [3, 2]]), ("iij,jkk->ik", [[3, 3, 2], [2, 4, 4]]),
    ] as [(String, [Shape])])
  func agreesWithItsDefinition(_ equation: String, _ shapes: [Shape]) {
    let tensors = shapes.enumerated().map { k, shape in
      Tensor<Double>.rand(shape, generator: RandomGenerator(seed: UInt64(k + 1)))
    }
    let got = Tensor.einsum(equation, tensors).scalars
    let expected = reference(equation, tensors)
    #expect(got.count == expected.count, "\(equation) of \(shapes)")
    for (g, e) in zip(got, expected) { #expect(abs(g - e) <= 1e-12 * max(1, abs(e)), "\(equation) of \(shapes)") }
  }

  @Test func implicitResultsAndEllipses() {
    let a = Tensor<Double>.rand([2, 3, 4], generator: RandomGenerator(seed: 1))
    let b = Tensor<Double>.rand([4, 5], generator: RandomGenerator(seed: 2))
    #expect(Tensor.einsum("...ij,jk", a, b) == a.matmul(b))
    #expect(Tensor.einsum("ba", b) == b.transposed())
    #expect(Tensor.einsum("...->", a).shape == [])
    #expect(Tensor.einsum("i...->...", a).shape == [3, 4])
    #expect(Tensor.einsum("...,...", a, Tensor(2)).shape == [2, 3, 4])
    #expect(a.tensordot(b, axes: 1) == a.matmul(b))
    #expect(a.tensordot(a, axes: [0, 2], [0, 2]).shape == [3, 3])
    #expect(Tensor<Int>.einsum("ij,jk->ik", [[1, 2], [3, 4]], [[5, 6], [7, 8]]).scalars == [19, 22, 43, 50])
  }

  /// Contracting from the cheap end keeps the intermediate small, whatever order the operands come in.
  @Test func theCheapestOrderIsTaken() {
    let (a, b) = (Tensor<Float>.ones(300, 300), Tensor<Float>.ones(300, 300))
    let v = Tensor<Float>.ones(300)
    let result = Tensor.einsum("ij,jk,k->i", a, b, v)
    // Matrix times vector twice: no node below has more than 300 elements apart from the operands.
    var largest = 0
    for recorded in Self.nodes(below: result.node) where !recorded.operands.isEmpty {
      if recorded.operation === MatrixMultiply.operation { largest = max(largest, recorded.shape.elementCount) }
    }
    #expect(largest == 300)
    #expect(result.scalars.allSatisfy { $0 == 90_000 })
  }

  private static func nodes(below root: Node) -> [Node] {
    var found: [Node] = []
    var pending = [root]
    while let node = pending.popLast() {
      found.append(node)
      pending += node.operands.compactMap(\.node)
    }
    return found
  }

  @Test(arguments: 0..<6) func misuseStopsWithASentence(_ index: Int) async {
    let expected = [
      "it names 2 tensors and 1 are given", "does not fit a tensor of shape [2, 3]", "the result names k",
      "must be equal or 1", "is neither a letter", "the result names an index twice",
    ]
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) { [index] in
      let x = Tensor<Double>.ones(2, 3)
      switch index {
      case 0: _ = Tensor.einsum("ij,jk", x)
      case 1: _ = Tensor.einsum("ijk", x)
      case 2: _ = Tensor.einsum("ij->k", x)
      case 3: _ = Tensor.einsum("ij,jk", x, x)
      case 4: _ = Tensor.einsum("i+", x)
      default: _ = Tensor.einsum("ij->ii", x)
      }
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains(expected[index]), "got \(message)")
  }
}
