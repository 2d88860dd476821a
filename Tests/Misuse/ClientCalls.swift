import Adjoint

/// What a program hands over: nested arrays, memory, predictions and targets.
func clients() -> [Misuse] {
  let ragged: [[Float]] = [[1, 2], [3]]
  let column = F.zeros(10, 1)
  let row = F.zeros(10)
  let half = F.full([10], 0.5)
  return [
    Misuse("Tensor", "Tensor([[1, 2], [3]]) of variables") { Tensor(ragged) },
    Misuse("Tensor", "Tensor([[], [3]]) of variables") { Tensor([[], ragged[1]]) },
    Misuse("Tensor", "Tensor([[[1, 2], [3, 4]], [[5, 6]]]) of variables") {
      Tensor([[ragged[0], ragged[0]], [ragged[0]]])
    },
    Misuse("Tensor", "Tensor([[[1, 2]], [[3]]]) of variables") { Tensor([[ragged[0]], [ragged[1]]]) },
    Misuse("Tensor", "Tensor([[1, 2], [3]], requiresGrad: true) of variables") { Tensor(ragged, requiresGrad: true) },
    Misuse("array1D", "array1D of [2, 3]") { x.array1D },
    Misuse("array2D", "array2D of [10]") { row.array2D },
    Misuse("array2D", "array2D of []") { F(1).array2D },
    Misuse("array3D", "array3D of [2, 3]") { x.array3D },
    Misuse("Tensor", "Tensor(copying: 2 elements, shape: [3])") {
      ragged[0].withUnsafeBufferPointer { Tensor(copying: $0, shape: [3]) }
    },
    Misuse("Tensor", "Tensor(unsafeTaking: 2 elements, shape: [3])") {
      Tensor(unsafeTaking: UnsafeMutableBufferPointer<Float>.allocate(capacity: 2), shape: [3]) { $0.deallocate() }
    },
    Misuse("Tensor", "Tensor(initializing: [3]) with 2 elements") {
      F(initializing: [3]) { output in
        output.append(1)
        output.append(2)
      }
    },
    Misuse("Tensor", "Tensor(initializing: [-1])") { F(initializing: [-1]) { _ in } },
    Misuse("Tensor", "Tensor(unsafeInitializing: [1 << 60])") { F(unsafeInitializing: [1 << 60]) { _ in } },
    Misuse("SGD", "SGD(learningRate: -1 as Float)") { SGD([F([1], requiresGrad: true)], learningRate: Float(-1)) },
    Misuse("meanSquaredError", "meanSquaredError [10, 1], [10]") { meanSquaredError(column, row) },
    Misuse("meanAbsoluteError", "meanAbsoluteError [10], [10, 1]") { meanAbsoluteError(row, column) },
    Misuse("huberLoss", "huberLoss [10, 1], [10]") { huberLoss(column, row) },
    Misuse("smoothAbsoluteError", "smoothAbsoluteError [10, 1], [10]") { smoothAbsoluteError(column, row) },
    Misuse("smoothAbsoluteError", "smoothAbsoluteError(beta: 0) [10, 1], [10]") {
      smoothAbsoluteError(column, row, beta: 0)
    },
    Misuse("binaryCrossEntropyWithLogits", "binaryCrossEntropyWithLogits [10, 1], [10]") {
      binaryCrossEntropyWithLogits(column, row)
    },
    Misuse("binaryCrossEntropyWithLogits", "binaryCrossEntropyWithLogits [10], weight [10, 1]") {
      binaryCrossEntropyWithLogits(row, row, weight: column)
    },
    Misuse("binaryCrossEntropyWithLogits", "binaryCrossEntropyWithLogits [10], positiveWeight [10, 1]") {
      binaryCrossEntropyWithLogits(row, row, positiveWeight: column)
    },
    Misuse("binaryCrossEntropy", "binaryCrossEntropy [10], weight [10, 1]") {
      binaryCrossEntropy(half, half, weight: column)
    },
    Misuse("klDivergence", "klDivergence [10, 1], [10]") { klDivergence(column, row) },
    Misuse("klDivergence", "klDivergence [10], [3]") { klDivergence(row, F.zeros(3)) },
    Misuse("gaussianNegativeLogLikelihood", "gaussianNegativeLogLikelihood [10, 1], [10]") {
      gaussianNegativeLogLikelihood(column, row, variance: column)
    },
    Misuse("gaussianNegativeLogLikelihood", "gaussianNegativeLogLikelihood [10], variance [10, 1]") {
      gaussianNegativeLogLikelihood(row, row, variance: column)
    },
    Misuse("crossEntropy", "crossEntropy [2, 3] of label 3") { crossEntropy(x, I([0, 3])) },
    Misuse("crossEntropy", "crossEntropy [2, 3] of label -1") { crossEntropy(x, I([-1, 0])) },
    Misuse("negativeLogLikelihood", "negativeLogLikelihood [2, 3] of label 3") { negativeLogLikelihood(x, I([0, 3])) },
    Misuse(allowed: "meanSquaredError [10, 1], [1]") { meanSquaredError(column, F.zeros(1)) },
    Misuse(allowed: "meanSquaredError [10], []") { meanSquaredError(row, F(0)) },
    Misuse(allowed: "meanSquaredError [3], [2, 3]") { meanSquaredError(F.zeros(3), x) },
    Misuse(allowed: "meanSquaredError [1, 10], [10]") { meanSquaredError(F.zeros(1, 10), row) },
    Misuse(allowed: "meanSquaredError [1, 1], [1]") { meanSquaredError(F.zeros(1, 1), F.zeros(1)) },
    Misuse(allowed: "binaryCrossEntropyWithLogits [2, 3], positiveWeight [3]") {
      binaryCrossEntropyWithLogits(x, x, positiveWeight: F.ones(3))
    },
    Misuse(allowed: "gaussianNegativeLogLikelihood [2, 3], variance [2]") {
      gaussianNegativeLogLikelihood(x, x, variance: F.ones(2))
    },
  ]
}
