import Adjoint

// The calls, by the kind of the argument that is wrong.

func creation() -> [Misuse] {
  var list: [Misuse] = []
  for shape in wrongShapes + [Array(repeating: 1, count: 17)] where shape.count <= 16 {
    let s = "(\(Shape(shape)))"
    list += [
      Misuse("zeros", "zeros\(s)") { F.zeros(Shape(shape)) },
      Misuse("ones", "ones\(s)") { I.ones(Shape(shape)) },
      Misuse("full", "full\(s)") { F.full(Shape(shape), 2) },
      Misuse("zeros", "zeros\(s), requiresGrad") { F.zeros(Shape(shape), requiresGrad: true) },
      Misuse("ones", "ones\(s), requiresGrad") { F.ones(Shape(shape), requiresGrad: true) },
      Misuse("full", "full\(s), requiresGrad") { F.full(Shape(shape), 1, requiresGrad: true) },
      Misuse("rand", "rand\(s)") { F.rand(Shape(shape)) },
      Misuse("randn", "randn\(s)") { F.randn(Shape(shape)) },
      Misuse("randint", "randint\(s)") { I.randint(0, 9, shape: Shape(shape)) },
      Misuse("Tensor", "Tensor\(s)") { F([], shape: Shape(shape)) },
      Misuse("broadcast", "broadcast\(s)") { F([1]).broadcast(to: Shape(shape)) },
      Misuse("broadcast", "broadcast\(s) of nothing") { F([]).broadcast(to: Shape(shape)) },
      Misuse("reshaped", "reshaped\(s)") { x.reshaped(Shape(shape.map { $0 == -1 ? -2 : $0 })) },
      Misuse("expanded", "expanded\(s)") { F([2]).expanded(to: shape.map { $0 == -1 ? -2 : $0 }) },
    ]
  }
  for shape in [[1 << 47], [1 << 20, 1 << 22]] {
    let s = "(\(Shape(shape)))"
    list += [
      Misuse("full", "zeros\(s), read") { F.zeros(Shape(shape)).scalars },
      Misuse("zeros", "zeros\(s), requiresGrad") { F.zeros(Shape(shape), requiresGrad: true) },
      Misuse("rand", "rand\(s)") { F.rand(Shape(shape)) },
      Misuse("Sin", "sin of zeros\(s), read") { (F.zeros(Shape(shape)) + x[0, 0]).sin().scalars },
    ]
  }
  let many = Array(repeating: 1, count: 17)
  list += [
    Misuse("Shape", "Shape of 17 axes") { Shape(many) },
    Misuse("Shape", "shape[5]") { x.shape[5] },
    Misuse("Shape", "shape[-1]") { x.shape[-1] },
    Misuse("Shape", "shape[.min]") { x.shape[.min] },
    Misuse("Shape", "shape[2] = 1") {
      var shape = x.shape
      shape[2] = 1
      return shape
    },
    Misuse("elementCount", "Shape([.max, .max]).elementCount") { Shape([.max, .max]).elementCount },
    Misuse("expanded", "expanded(to: 17 axes)") { x.expanded(to: many) },
    Misuse("randint", "randint(3, 3)") { I.randint(3, 3, shape: [2]) },
    Misuse("reshaped", "reshaped(-1, -1)") { x.reshaped(-1, -1) },
    Misuse("reshaped", "reshaped(-1, 4)") { x.reshaped(-1, 4) },
    Misuse("reshaped", "reshaped(-1, .max, .max)") { x.reshaped(-1, .max, .max) },
    Misuse("arange", "arange(0, 5, step: 0)") { F.arange(0, 5, step: 0) },
    Misuse("arange", "arange(0, 5, step: 0) of Int") { I.arange(0, 5, step: 0) },
    Misuse("arange", "arange(.min, .max)") { I.arange(.min, .max) },
    Misuse("arange", "arange(.max, .min, step: -1)") { I.arange(.max, .min, step: -1) },
    Misuse("arange", "arange(0, 1e300)") { F.arange(0, 1e300) },
    Misuse("arange", "arange(0, 1e12)") { F.arange(0, 1e12) },
    Misuse("arange", "arange(0, 1, step: 5e-324)") { F.arange(0, 1, step: .leastNonzeroMagnitude) },
  ]
  for number in [Double.nan, .infinity, -.infinity] {
    list += [
      Misuse("arange", "arange(\(number))") { F.arange(number) },
      Misuse("arange", "arange(0, \(number))") { F.arange(0, number) },
      Misuse("arange", "arange(0, 1, step: \(number))") { F.arange(0, 1, step: number) },
      Misuse("linspace", "linspace(0, \(number))") { F.linspace(0, number, count: 3) },
    ]
  }
  for size in wrongSizes {
    list += [
      Misuse("eye", "eye(\(size))") { F.eye(size) },
      Misuse("eye", "eye(2, \(size))") { F.eye(2, size) },
      Misuse("linspace", "linspace(count: \(size))") { F.linspace(0, 1, count: size) },
      Misuse("permutation", "permutation(\(size))") { I.permutation(size) },
      Misuse("zeros", "zeros(2, \(size))") { F.zeros(2, size) },
      Misuse("rand", "rand(2, \(size))") { F.rand(2, size) },
    ]
  }
  return list
}

func axes() -> [Misuse] {
  let functions: [(String, @Sendable (Int) throws -> Any)] = [
    ("sum", { x.sum(axis: $0) }), ("mean", { x.mean(axis: $0) }), ("product", { x.product(axis: $0) }),
    ("amax", { x.amax(axis: $0) }), ("amin", { x.amin(axis: $0) }), ("all", { x.all(axis: $0) }),
    ("any", { x.any(axis: $0) }), ("countNonzero", { x.countNonzero(axis: $0) }),
    ("variance", { x.variance(axis: $0) }), ("standardDeviation", { x.standardDeviation(axis: $0) }),
    ("norm", { x.norm(axis: $0) }), ("logSumExp", { x.logSumExp(axis: $0) }), ("softmax", { x.softmax(axis: $0) }),
    ("logSoftmax", { x.logSoftmax(axis: $0) }), ("cumulativeSum", { x.cumulativeSum(axis: $0) }),
    ("cumulativeProduct", { x.cumulativeProduct(axis: $0) }),
    ("cumulativeLogSumExp", { x.cumulativeLogSumExp(axis: $0) }), ("median", { x.median(axis: $0).values }),
    ("argmax", { x.argmax(axis: $0) }), ("argmin", { x.argmin(axis: $0) }), ("max", { x.max(axis: $0).values }),
    ("min", { x.min(axis: $0).values }), ("sorted", { x.sorted(axis: $0).values }),
    ("argsort", { x.argsort(axis: $0) }), ("topK", { x.topK(1, axis: $0).values }),
    ("concatenate", { F.concatenate([x, x], axis: $0) }),
    ("stack", { F.stack([x, x], axis: $0 == 2 ? 3 : $0 == -3 ? -4 : $0) }),
    ("gathered", { x.gathered(axis: $0, at: I.zeros(2, 3)) }),
    ("scatter", { x.scatter(axis: $0, at: I.zeros(2, 3), x) }),
    ("scatterAdd", { x.scatterAdd(axis: $0, at: I.zeros(2, 3), x) }),
    ("indexSelect", { x.indexSelect(axis: $0, at: I([0])) }), ("indexAdd", { x.indexAdd(axis: $0, at: I([0]), x) }),
    ("takeAlongAxis", { x.takeAlongAxis($0, at: I.zeros(2, 3)) }), ("slice", { x.slice(axis: $0) }),
    ("select", { x.select(axis: $0, index: 0) }), ("narrowed", { x.narrowed(axis: $0, start: 0, count: 1) }),
    ("split", { x.split(size: 1, axis: $0) }), ("split", { x.split(sizes: [1, 1], axis: $0) }),
    ("chunked", { x.chunked(2, axis: $0) }), ("unfolded", { x.unfolded(axis: $0, size: 1) }),
    ("rolled", { x.rolled(by: 1, axis: $0) }), ("flipped", { x.flipped($0) }), ("squeezed", { x.squeezed(axis: $0) }),
    ("unsqueezed", { x.unsqueezed(axis: $0 == 2 ? 3 : $0 == -3 ? -4 : $0) }), ("flattened", { x.flattened(from: $0) }),
    ("flattened", { x.flattened(through: $0) }), ("transposed", { x.transposed(0, $0) }),
    ("permuted", { x.permuted(0, $0) }), ("diagonal", { x.diagonal(axes: 0, $0) }),
    ("diagonalEmbedded", { F([1, 2]).diagonalEmbedded(axes: 0, $0) }),
    ("tensordot", { x.tensordot(x, axes: [$0], [0]) }),
    ("matrixNorm", { try x.matrixNorm(axes: (0, $0)) }),
  ]
  var list = functions.flatMap { name, call in
    wrongAxes.map { axis in Misuse(name, "\(name) along axis \(axis)") { try call(axis) } }
  }
  list += [
    Misuse("sum", "sum(axes: [0, -2])") { x.sum(axes: [0, -2]) },
    Misuse("mean", "mean(axes: [1, 1])") { x.mean(axes: [1, 1]) },
    Misuse("amax", "amax(axes: [0, 0])") { x.amax(axes: [0, 0]) },
    Misuse("variance", "variance(axes: [0, 0])") { x.variance(axes: [0, 0]) },
    Misuse("flipped", "flipped(0, 0)") { x.flipped(0, 0) },
    Misuse("permuted", "permuted(0, 0)") { x.permuted(0, 0) },
    Misuse("permuted", "permuted(0)") { x.permuted(0) },
    Misuse("diagonal", "diagonal(axes: 0, -2)") { x.diagonal(axes: 0, -2) },
    Misuse("matrixNorm", "matrixNorm(axes: (1, -1))") { try x.matrixNorm(axes: (1, -1)) },
    Misuse("tensordot", "tensordot(axes: [0, 0])") { x.tensordot(x, axes: [0, 0], [0, 1]) },
    Misuse("flattened", "flattened(from: 1, through: 0)") { x.flattened(from: 1, through: 0) },
  ]
  return list
}

func sizes() -> [Misuse] {
  var list: [Misuse] = []
  for size in wrongSizes {
    list += [
      Misuse("repeated", "repeated(1, \(size))") { x.repeated(1, size) },
      Misuse("repeated", "repeated(\(size), 1) of nothing") { F.zeros(0, 8).repeated(size, 1) },
      Misuse("padded", "padded([\(size == -1 ? -4 : size), 0])") { x.padded([size == -1 ? -4 : size, 0]) },
      Misuse("padded", "padded([1, \(size == -1 ? -5 : size)])") { x.padded([1, size == -1 ? -5 : size]) },
      Misuse("narrowed", "narrowed(count: \(size))") { x.narrowed(axis: 0, start: 1, count: size) },
      Misuse("narrowed", "narrowed(start: \(size == -1 ? -3 : size))") {
        x.narrowed(axis: 0, start: size == -1 ? -3 : size, count: 1)
      },
      Misuse("split", "split(sizes: [3, \(size == -1 ? -2 : size)])") { x.split(sizes: [3, size == -1 ? -2 : size]) },
      Misuse("topK", "topK(\(size))") { x.topK(size).values },
      Misuse("unfolded", "unfolded(size: \(size))") { x.unfolded(axis: 0, size: size) },
      Misuse("unflattened", "unflattened(sizes: [3, \(size == -1 ? -2 : size)])") {
        x.unflattened(axis: 1, sizes: [3, size == -1 ? -2 : size])
      },
      Misuse("tensordot", "tensordot(axes: \(size))") { x.tensordot(x, axes: size) },
      Misuse("select", "select(index: \(size == -1 ? -3 : size))") { x.select(axis: 0, index: size == -1 ? -3 : size) },
      Misuse("subscript", "x[\(size == -1 ? -3 : size)]") { x[size == -1 ? -3 : size] },
      Misuse("subscript", "x[0, \(size == -1 ? -4 : size)]") { x[0, size == -1 ? -4 : size] },
    ]
    if size != -1 && size != .min {
      list += [
        Misuse("subscript", "x[1...\(size)]") { x[1...size] }, Misuse("subscript", "x[..<\(size)]") { x[..<size] },
        Misuse("subscript", "x[...\(size)]") { x[...size] }, Misuse("subscript", "x[\(size)...]") { x[size...] },
        Misuse("subscript", "x[0..<\(size)] = 1") {
          var y = x
          y[0..<size] = F(1)
          return y
        },
        Misuse("diagonalEmbedded", "diagonalEmbedded(offset: \(size))") { F([1, 2]).diagonalEmbedded(offset: size) },
        Misuse("diagonalEmbedded", "diagonalEmbedded(offset: \(-size))") { F([1, 2]).diagonalEmbedded(offset: -size) },
      ]
    } else {
      list += [
        Misuse("slice", "slice(step: \(size))") { x.slice(axis: 0, step: size) },
        Misuse("split", "split(size: \(size))") { x.split(size: size) },
        Misuse("chunked", "chunked(\(size))") { x.chunked(size) },
        Misuse("unfolded", "unfolded(step: \(size))") { x.unfolded(axis: 0, size: 1, step: size) },
      ]
    }
  }
  return list + [
    Misuse("split", "split(size: 0)") { x.split(size: 0) }, Misuse("chunked", "chunked(0)") { x.chunked(0) },
    Misuse("slice", "slice(step: 0)") { x.slice(axis: 0, step: 0) },
    Misuse("subscript", "x[.stride(by: 0)]") { x[.stride(by: 0)] },
    Misuse("diagonalEmbedded", "diagonalEmbedded(offset: .min)") { F([1, 2]).diagonalEmbedded(offset: .min) },
    Misuse("split", "split(size: 1) of a wide tensor of nothing") { wide.split(size: 1) },
    Misuse("chunked", "chunked(.max) of a wide tensor of nothing") { wide.chunked(.max) },
    Misuse("repeated", "repeated 17 times") { x.repeated(Array(repeating: 1, count: 17)) },
    Misuse("padded", "padded([1])") { x.padded([1]) },
    Misuse("padded", "padded of three axes") { x.padded([1, 1, 1, 1, 1, 1]) },
  ]
}

func indices() -> [Misuse] {
  var list: [Misuse] = []
  for index in [-4, 3, .max, .min] {
    let at = I([index])
    list += [
      Misuse("gathered", "gathered at \(index)") { x.gathered(axis: 1, at: at.reshaped(1, 1)) },
      Misuse("takeAlongAxis", "takeAlongAxis at \(index)") { x.takeAlongAxis(1, at: at.reshaped(1, 1)) },
      Misuse("takeAlongAxis", "takeAlongAxis of a scalar at \(index)") { F(1).takeAlongAxis(0, at: I(index)) },
      Misuse("indexSelect", "indexSelect at \(index)") { x.indexSelect(axis: 1, at: at) },
      Misuse("indexAdd", "indexAdd at \(index)") { x.indexAdd(axis: 1, at: at, F.ones(2, 1)) },
      Misuse("scatter", "scatter at \(index)") { x.scatter(axis: 1, at: at.reshaped(1, 1), x) },
      Misuse("scatterAdd", "scatterAdd at \(index)") { x.scatterAdd(axis: 1, at: at.reshaped(1, 1), x) },
      Misuse("scatterReduce", "scatterReduce of sums at \(index)") {
        x.scatterReduce(axis: 1, at: at.reshaped(1, 1), x, reduction: .sum)
      },
      Misuse("scatterReduce", "scatterReduce of products at \(index)") {
        x.scatterReduce(axis: 1, at: at.reshaped(1, 1), x, reduction: .product)
      },
      Misuse("scatterReduce", "scatterReduce without the tensor's own at \(index)") {
        x.scatterReduce(axis: 1, at: at.reshaped(1, 1), x, reduction: .mean, includingSelf: false)
      },
      Misuse("embedding", "embedding at \(index)") { embedding(at, x) },
      Misuse("take", "take at \(index)") { F([1, 2, 3]).take(at) },
      Misuse("subscript", "x[0, Tensor([\(index)])]") { x[0, at] },
      Misuse("subscript", "x[0, Tensor([\(index)])] = 1") {
        var y = x
        y[0, at] = F(1)
        return y
      },
      Misuse("crossEntropy", "crossEntropy at \(index)") { crossEntropy(x, I([0, index])) },
      Misuse("negativeLogLikelihood", "negativeLogLikelihood at \(index)") { negativeLogLikelihood(x, I([0, index])) },
      Misuse("crossEntropy", "crossEntropy at \(index), backward") {
        let y = F([1, 2, 3], requiresGrad: true)
        crossEntropy(y, I(index)).backward()
        return y.grad as Any
      },
    ]
  }
  return list
}

func shapes() -> [Misuse] {
  let (two, three) = (F([1, 2]), F([1, 2, 3]))
  let deep = F.ones(Shape(Array(repeating: 1, count: 16)))
  return [
    Misuse("matmul", "matmul [3]·[2]") { three.matmul(two) },
    Misuse("matmul", "matmul of scalars") { F(1).matmul(F(2)) },
    Misuse("mm", "mm [2, 3]·[2, 3]") { x.mm(x) }, Misuse("mm", "mm of vectors") { two.mm(two) },
    Misuse("bmm", "bmm") { F.ones(2, 2, 3).bmm(F.ones(2, 2, 3)) },
    Misuse("bmm", "bmm of stacks") { F.ones(2, 2, 3).bmm(F.ones(1, 3, 3)) },
    Misuse("mv", "mv [2, 3]·[2]") { x.mv(two) }, Misuse("dot", "dot [2]·[3]") { two.dot(three) },
    Misuse("outer", "outer of a matrix") { x.outer(two) },
    Misuse("addingMatrixProduct", "addingMatrixProduct") { x.addingMatrixProduct(x, x) },
    Misuse("addingMatrixProduct", "addingMatrixProduct onto [3]") { three.addingMatrixProduct(square, square) },
    Misuse("linear", "linear") { linear(x, F.ones(2, 2)) }, Misuse("linear", "linear, bias") { linear(x, x, three) },
    Misuse("matmul", "matmul of wide tensors of nothing") { wide.matmul(F.zeros(0, 1 << 46)) },
    Misuse("mm", "mm of wide tensors of nothing") { wide.mm(F.zeros(0, 1 << 46)) },
    Misuse("outer", "outer of wide tensors") { F.zeros(1 << 40).outer(F.zeros(1 << 40)) },
    Misuse("kronecker", "kronecker of wide tensors of nothing") { wide.kronecker(wide) },
    Misuse("kronecker", "kronecker of 16 axes") { deep.kronecker(deep) },
    Misuse("gram", "gram of a wide tensor of nothing") { F.zeros(0, 1 << 46).gram() },
    Misuse("multiDot", "multiDot of wide tensors of nothing") { F.multiDot([wide, F.zeros(0, 1 << 46)]) },
    Misuse("multiDot", "multiDot of one") { F.multiDot([x]) },
    Misuse("multiDot", "multiDot [2, 3]·[2, 3]") { F.multiDot([x, x]) },
    Misuse("concatenate", "concatenate of wide tensors of nothing") { F.concatenate(Array(repeating: wide, count: 3)) },
    Misuse("concatenate", "concatenate of nothing") { F.concatenate([]) },
    Misuse("concatenate", "concatenate [2, 3], [3]") { F.concatenate([x, three]) },
    Misuse("stack", "stack of wide tensors of nothing") { F.stack(Array(repeating: wide, count: 3)) },
    Misuse("stack", "stack of nothing") { F.stack([]) }, Misuse("stack", "stack [2], [3]") { F.stack([two, three]) },
    Misuse("stack", "stack of 16 axes") { F.stack([deep]) },
    Misuse("unsqueezed", "unsqueezed of 16 axes") { deep.unsqueezed(axis: 0) },
    Misuse("unfolded", "unfolded of 16 axes") { deep.unfolded(axis: 0, size: 1) },
    Misuse("diagonalEmbedded", "diagonalEmbedded of 16 axes") { deep.diagonalEmbedded() },
    Misuse("diagonalEmbedded", "diagonalEmbedded of a scalar") { F(1).diagonalEmbedded() },
    Misuse("subscript", "x[.newAxis] of 16 axes") { deep[.newAxis] },
    Misuse("subscript", "x[index of two axes] of 16 axes") { deep[I.zeros(1, 1)] },
    Misuse("tensordot", "tensordot of 16 axes") { deep.tensordot(deep, axes: 0) },
    Misuse("tensordot", "tensordot of wide tensors") { F.zeros(1 << 40).tensordot(F.zeros(1 << 40), axes: 0) },
    Misuse("einsum", "einsum of wide tensors") { F.einsum("i,j->ij", F.zeros(1 << 40), F.zeros(1 << 40)) },
    Misuse("einsum", "einsum of other extents") { F.einsum("i,i->", two, three) },
    Misuse("einsum", "einsum of none") { F.einsum("", [F]()) }, Misuse("einsum", "einsum i→") { F.einsum("i→", two) },
    Misuse("Add", "[2] + [3]") { two + three }, Misuse("Subtract", "[2] - [3]") { two - three },
    Misuse("Add", "wide + wide") { F.zeros(1 << 40, 1) + F.zeros(1, 1 << 40) },
    Misuse("unfolded", "unfolded of a wide tensor") { F.zeros(1 << 40).unfolded(axis: 0, size: 1 << 39) },
    Misuse("indexSelect", "indexSelect of a wide tensor of nothing") { wide.indexSelect(axis: 1, at: I([0, 0, 0])) },
    Misuse("meanSquaredError", "meanSquaredError [2], [3]") { meanSquaredError(two, three) },
    Misuse("meanAbsoluteError", "meanAbsoluteError [2], [3]") { meanAbsoluteError(two, three) },
    Misuse("huberLoss", "huberLoss [2], [3]") { huberLoss(two, three) },
    Misuse("binaryCrossEntropyWithLogits", "binaryCrossEntropyWithLogits [2], [3]") {
      binaryCrossEntropyWithLogits(two, three)
    },
    Misuse("crossEntropy", "crossEntropy of scalars") { crossEntropy(F(1), I(0)) },
    Misuse("crossEntropy", "crossEntropy of scalar probabilities") { crossEntropy(F(1), probabilities: F(1)) },
    Misuse("crossEntropy", "crossEntropy with three labels") { crossEntropy(x, I([0, 1, 2])) },
    Misuse("negativeLogLikelihood", "negativeLogLikelihood of scalars") { negativeLogLikelihood(F(1), I(0)) },
    Misuse("layerNorm", "layerNorm over [2]") { layerNorm(x, normalizedShape: [2]) },
    Misuse("layerNorm", "layerNorm over nothing") { layerNorm(x, normalizedShape: []) },
    Misuse("transposed", "transposed of a vector") { two.transposed() },
    Misuse("tril", "tril of a vector") { two.tril() },
    Misuse("triu", "triu of a vector") { two.triu() }, Misuse("trace", "trace of a vector") { two.trace() },
    Misuse("tril", "tril of a long matrix") { F.zeros(1 << 46, 1).tril() },
    Misuse("inverse", "inverse of [2, 3]") { try x.inverse() }, Misuse("solve", "solve [2, 3]") { try x.solve(two) },
    Misuse("cholesky", "cholesky of [2, 3]") { try x.cholesky() },
    Misuse("eigh", "eigh of [2, 3]") { try x.eigh().values },
    Misuse("matrixPower", "matrixPower of [2, 3]") { try x.matrixPower(2) },
    Misuse("svd", "svd of a vector") { try two.svd().s }, Misuse("qr", "qr of a vector") { try two.qr().q },
    Misuse("leastSquares", "leastSquares [2, 3], [3]") { try x.leastSquares(three).solution },
    Misuse("max", "max of nothing") { F([]).max(axis: 0).values },
    Misuse("argmin", "argmin of nothing") { F([]).argmin() },
    Misuse("amax", "amax of nothing") { F([]).amax() },
    Misuse("median", "median of nothing") { F([]).median(axis: 0).values },
    Misuse("item", "item of six") { x.item() },
    Misuse("where", "where [2], [3]") { F.where(two .> 0, three, 0) },
    Misuse("subscript", "x[mask of another shape]") { x[three .> 0] },
    Misuse("subscript", "x[0, 0, 0]") { x[0, 0, 0] }, Misuse("subscript", "x[Tensor of Float]") { x[two] },
    Misuse("subscript", "x[0] = [2]") {
      var y = x
      y[0] = two
      return y
    },
    Misuse("gathered", "gathered of another rank") { x.gathered(axis: 0, at: I([0])) },
    Misuse("takeAlongAxis", "takeAlongAxis of another rank") { x.takeAlongAxis(0, at: I([0])) },
    Misuse("indexAdd", "indexAdd of another source") { x.indexAdd(axis: 0, at: I([0]), three) },
    Misuse("scatter", "scatter of another source") { x.scatter(axis: 0, at: I.zeros(2, 3), two) },
    Misuse("rolled", "rolled by two") { x.rolled(by: [1, 2]) },
    Misuse("rolled", "rolled by two along one axis") { x.rolled(by: [1, 2], axes: [0]) },
  ]
}
