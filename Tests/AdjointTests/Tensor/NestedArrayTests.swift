import Adjoint
import Testing

/// Arrays of arrays become tensors, and tensors arrays of arrays.
@Suite struct NestedArrayTests {
  @Test(arguments: [[0, 0], [1, 1], [3, 0], [1, 7], [5, 4], [300, 257]])
  func rowsGoThereAndBack(_ shape: [Int]) {
    let rows = (0..<shape[0]).map { row in (0..<shape[1]).map { Float(row * shape[1] + $0) } }
    let matrix = Tensor(rows)
    #expect(Array(matrix.shape) == shape, "\(shape)")
    #expect(matrix.scalars == rows.flatMap { $0 })
    #expect(matrix.array2D == rows, "\(shape)")
    // Elements that do not lie row by row: the columns of the transpose, and every second row.
    let columns = (0..<shape[1]).map { column in rows.map { $0[column] } }
    #expect(matrix.transposed().array2D == columns, "\(shape)")
    #expect(matrix[.stride(by: 2)].array2D == rows.enumerated().filter { $0.offset % 2 == 0 }.map(\.element))
  }

  @Test(arguments: [[0, 0, 0], [2, 0, 0], [2, 3, 0], [1, 1, 1], [3, 2, 4], [7, 65, 33]])
  func arraysOfRowsGoThereAndBack(_ shape: [Int]) {
    let nested = (0..<shape[0]).map { i in
      (0..<shape[1]).map { j in (0..<shape[2]).map { Int32((i * shape[1] + j) * shape[2] + $0) } }
    }
    let tensor = Tensor(nested)
    #expect(Array(tensor.shape) == shape)
    #expect(tensor.scalars == nested.flatMap { $0.flatMap { $0 } })
    #expect(tensor.array3D == nested)
  }

  @Test func variablesAndLiteralsMix() {
    let (a, token): (Float, Int) = (2.5, 7)
    #expect(Tensor([a, 1]).scalars == [2.5, 1])
    #expect(Tensor([token]).scalars == [7] && Tensor([token]).rank == 1)
    #expect(Tensor([[a, 1], [0, a]]).array2D == [[2.5, 1], [0, 2.5]])
    #expect(Tensor<Double>([[0.5, -1], [2, 0.25], [1, 1]]).array2D == [[0.5, -1], [2, 0.25], [1, 1]])
    #expect(Tensor<Float>([[[1, 2]], [[3, 4]]]).shape == [2, 1, 2])
    #expect(Tensor([[true, false]]).array2D == [[true, false]])
    #expect(Tensor([1.5, 2]).array1D == [1.5, 2])
    let leaf = Tensor([[a, 1]], requiresGrad: true)
    #expect(leaf.isLeaf && leaf.requiresGrad && leaf.shape == [1, 2])
    #expect(Tensor([[[a], [1]]], requiresGrad: true).requiresGrad)
  }

  /// A rate that is a Float stands for itself, as if written in Double.
  @Test func ratesOfAnyType() {
    let rate: Float = 0.1
    let steps = [
      { (w: Tensor<Double>) in SGD(w, learningRate: rate, momentum: 0.5).step() },
      { w in SGD([w], learningRate: Double(rate), momentum: 0.5).step() },
      { w in SGD([SGD.Group(w, SGDOptions(learningRate: rate, momentum: 0.5))]).step() },
    ]
    let results = steps.map { step in
      let w = Tensor<Double>([1, 2], requiresGrad: true)
      (w * w).sum().backward()
      step(w)
      return w.scalars
    }
    #expect(results[0] == [1 - 2 * Double(rate), 2 - 4 * Double(rate)])
    #expect(results[1] == results[0] && results[2] == results[0])
  }
}
