import Adjoint
import Foundation

/// A program of one family of operations or of one part of the library; its results are the same at each run.
struct Program {
  let name: String
  let run: () throws -> [Double]
}

/// Arrays of every kind of block that the pool knows: cached, of the heap, and a mapping of its own.
let sizes = [7, 3_000, 400_000]

/// Numbers without a pattern, the same at each run.
func numbers(_ shape: Shape, seed: Int = 1) -> D {
  let count = shape.reduce(1, *)
  return D((0..<count).map { Double(($0 &* 7919 &+ seed &* 104_729) % 1013) / 1013 + 0.1 }, shape: shape)
}

/// A well-conditioned symmetric matrix.
private func matrix(_ n: Int) -> D {
  let a = numbers([n, n])
  return (a + a.transposed(0, 1)) * (0.5 / Double(n)) + D.eye(n) * 3
}

private func overSizes(_ body: (Int) throws -> D) rethrows -> [Double] { try sizes.flatMap { try body($0).scalars } }

private func temporaryPath(_ suffix: String) -> String {
  NSTemporaryDirectory() + "adjoint-limits-\(getpid()).\(suffix)"
}

func programs() -> [Program] { families() + differentiation() + files() }

private func families() -> [Program] {
  [
    Program(name: "elementwise") {
      overSizes { n in
        let x = numbers([n])
        return (x.sin() * x.exp() + x.square()).tanh()
      }
    },
    Program(name: "reductions") {
      sizes.flatMap { n in
        let x = numbers([n / 7 + 1, 7])
        let sums = [x.sum(), x.mean(), x.amax(), x.logSumExp(), x.norm(), x.product()]
        return sums.map { $0.item() } + x.sum(axis: 0).scalars + x.amax(axis: 1).scalars
          + x.variance(axis: 1).scalars
      }
    },
    Program(name: "shapes") {
      overSizes { n in
        let x = numbers([n / 7 + 1, 7])
        let parts = D.concatenate([x.transposed(0, 1), x.transposed(0, 1).flipped(axes: [0])], axis: 0)
        return parts.rolled(by: 1, axis: 0).padded([1, 1]).reshaped(-1).repeated(2)
      }
    },
    Program(name: "indexing") {
      overSizes { n in
        let x = numbers([n])
        let index = Tensor<Int>((0..<n).map { ($0 &* 7919) % n })
        let gathered = x.indexSelect(axis: 0, at: index)
        return D.zeros(n).scatterAdd(axis: 0, at: index, gathered * 2) + x[0..<1]
      }
    },
    Program(name: "products") {
      [5, 60, 300].flatMap { n in
        let (a, b) = (numbers([n, n]), numbers([n, n], seed: 2))
        return (a.matmul(b) + a.transposed(0, 1).matmul(b)).scalars + [a.reshaped(-1).dot(b.reshaped(-1)).item()]
      }
    },
    Program(name: "LAPACK") {
      try [3, 40, 120].flatMap { n in
        let a = matrix(n)
        let b = numbers([n, 3])
        var results = try a.solve(b).scalars + a.inverse().scalars + a.cholesky().scalars + [a.determinant().item()]
        results += try a.qr().r.scalars.map(abs) + a.svd().s.scalars + a.eigh().values.scalars + a.lu().u.scalars
        results += try a.eig().values.real.scalars.sorted()
        return results
      }
    },
    Program(name: "scans and sorting") {
      overSizes { n in
        let x = numbers([n])
        let sorted = x.sorted()
        return x.cumulativeSum(axis: 0) + sorted.values + sorted.indices.converted(to: Double.self)
      }
    },
    Program(name: "random") {
      overSizes { n in
        let generator = RandomGenerator(seed: 5)
        return D.randn([n], generator: generator) + D.rand([n], generator: generator)
      }
    },
    Program(name: "printing") {
      [Double("\(numbers([400_000]))".utf8.count), Double("\(numbers([20, 30]))".utf8.count)]
    },
  ]
}

private func loss(_ x: D) -> D { (x.sin() * x + x.square()).exp().sum() }

private func differentiation() -> [Program] {
  [
    Program(name: "backward") {
      overSizes { n in
        let x = D(numbers([n]).scalars, requiresGrad: true)
        (x.tanh() * x + x.cumulativeSum(axis: 0) * 1e-6).square().mean().backward()
        x.exp().mean().backward()
        return x.grad!
      }
    },
    Program(name: "vjp, jvp, hvp") {
      overSizes { n in
        let x = numbers([n])
        let (_, pullback) = vjp(of: { $0.sin() * $0 }, at: x)
        let along = jvp(of: { ($0.exp() * $0).sum() }, at: x, along: x)
        return pullback(x) + along.tangent + hvp(of: loss, at: x * 0.01, along: x)
      }
    },
    Program(name: "jacobian, vmap, compiled") {
      let x = numbers([60])
      let f = compiled { (x: D) in (x * 2).sin() + x.sum() }
      let rows = numbers([300, 40])
      return jacobian(of: { $0.sin() * $0.sum() }, at: x).scalars + hessian(of: loss, at: x * 0.01).scalars
        + vmap { ($0 * $0).sum() }(rows).scalars + f(x).scalars + f(x * 2).scalars
    },
    Program(name: "optimizers") {
      overSizes { n in
        let w = D(numbers([n]).scalars, requiresGrad: true)
        let optimizer = SGD([w], learningRate: 0.1, momentum: 0.9, weightDecay: 0.01)
        for _ in 0..<3 {
          optimizer.zeroGrad()
          (w.square() + w.sin()).mean().backward()
          optimizer.step()
        }
        return w.detached()
      }
    },
  ]
}

private func files() -> [Program] {
  [
    Program(name: "npy") {
      try overSizes { n in
        let path = temporaryPath("npy")
        defer { unlink(path) }
        try NPY.write(FileTensor(numbers([n / 7 + 1, 7])), to: path)
        let float = try Tensor<Float>(NPY.read(path))
        return try D(NPY.read(path)) + float.converted(to: Double.self)
      }
    },
    Program(name: "npz and safetensors") {
      try overSizes { n in
        let (archive, weights) = (temporaryPath("npz"), temporaryPath("safetensors"))
        defer {
          unlink(archive)
          unlink(weights)
        }
        let x = numbers([n])
        try NPZ.write(["x": FileTensor(x), "i": FileTensor(Tensor<Int>.arange(0, n))], to: archive)
        try SafetensorsFile.write(["x": FileTensor(x)], to: weights)
        let arrays = try NPZ.read(archive)
        return try D(arrays["x"]!) + D(arrays["i"]!) + D(SafetensorsFile(path: weights).tensor(named: "x"))
      }
    },
  ]
}
