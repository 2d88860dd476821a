import Adjoint
import BenchmarkCore

/// Graphs that a loop records: many operations on small arrays, forward and backward.
enum Loops {
  static let workloads = [
    Workload(
      id: "loops/lstm",
      summary: "an LSTM of 32 inputs and 64 units on a batch of 16, forward and backward through all steps",
      kind: .latency, sizeMeaning: "steps", defaultSizes: [5, 50, 500], largestSize: 2_000,
      bytesFormula: "t·(4·16·256)·s",
      flopsFormula: "6·t·16·256·96",
      cost: {
        .init(bytes: $0.count * 4 * 16 * 256 * $0.dataType.size, flops: 6 * $0.count * 16 * 256 * 96, items: $0.count)
      },
      prepare: { item in prepared(item, { lstm(item, $0) }, { lstm(item, $0) }) }),
    Workload(
      id: "loops/rk4", summary: "the gradient through Runge–Kutta steps of the Lotka–Volterra equations",
      kind: .latency, sizeMeaning: "steps", defaultSizes: [100], largestSize: 5_000, bytesFormula: "2·t·s",
      flopsFormula: "200·t",
      cost: { .init(bytes: 2 * $0.count * $0.dataType.size, flops: 200 * $0.count, items: $0.count) },
      prepare: { item in
        prepared(item, { rungeKutta(item, $0, isCompiled: false) }, { rungeKutta(item, $0, isCompiled: false) })
      }),
    Workload(
      id: "loops/rk4-compiled", summary: "the same as a compiled function",
      kind: .latency, sizeMeaning: "steps", defaultSizes: [100], largestSize: 5_000, bytesFormula: "2·t·s",
      flopsFormula: "200·t",
      cost: { .init(bytes: 2 * $0.count * $0.dataType.size, flops: 200 * $0.count, items: $0.count) },
      prepare: { item in
        prepared(item, { rungeKutta(item, $0, isCompiled: true) }, { rungeKutta(item, $0, isCompiled: true) })
      }),
    Workload(
      id: "loops/sines", summary: "x ← sin(0.9·x) on 10,000 elements, the sum and its gradient",
      kind: .latency, sizeMeaning: "steps", defaultSizes: [50, 200, 800], largestSize: 10_000,
      bytesFormula: "20,000·t·s", flopsFormula: "50,000·t",
      cost: { .init(bytes: 20_000 * $0.count * $0.dataType.size, flops: 50_000 * $0.count, items: $0.count) },
      prepare: { item in prepared(item, { sines(item, $0) }, { sines(item, $0) }) }),
    Workload(
      id: "loops/parameters", summary: "the gradients of a sum of squares over that many parameters of three elements",
      kind: .latency, sizeMeaning: "parameters", defaultSizes: [1_000, 10_000], largestSize: 100_000,
      bytesFormula: "6·p·s",
      flopsFormula: "12·p",
      cost: { .init(bytes: 6 * $0.count * $0.dataType.size, flops: 12 * $0.count, items: $0.count) },
      prepare: { item in prepared(item, { parameters(item, $0) }, { parameters(item, $0) }) }),
  ]

  private static func lstm<Scalar: TensorFloatingPoint>(_ item: WorkloadCase, _ type: Scalar.Type) -> PreparedWorkload {
    let (units, inputs, batch) = (64, 32, 16)
    let toInput = Inputs.tensor([inputs, 4 * units], in: -0.1...0.1, seed: 1, type, requiresGrad: true)
    let toState = Inputs.tensor([units, 4 * units], in: -0.1...0.1, seed: 2, type, requiresGrad: true)
    let bias = Tensor<Scalar>.zeros(4 * units, requiresGrad: true)
    let sequence = (0..<item.count).map { Inputs.tensor([batch, inputs], in: -1...1, seed: UInt64($0 + 3), type) }
    func loss() -> Tensor<Scalar> {
      var (h, c) = (Tensor<Scalar>.zeros(batch, units), Tensor<Scalar>.zeros(batch, units))
      for x in sequence {
        let gates = (x.matmul(toInput) + h.matmul(toState) + bias).chunked(4, axis: 1)
        c = gates[1].sigmoid() * c + gates[0].sigmoid() * gates[2].tanh()
        h = gates[3].sigmoid() * c.tanh()
      }
      return h.square().mean()
    }
    func run() {
      for parameter in [toInput, toState, bias] { parameter.zeroGrad() }
      loss().backward()
    }
    return PreparedWorkload(
      run: run,
      verify: {
        run()
        // The derivative along the bias, by a difference.
        let along = Double(bias.grad!.sum().item())
        let before = Double(noGrad { loss() }.item())
        noGrad { bias.assign(bias.detached() + Scalar(1e-3)) }
        let after = Double(noGrad { loss() }.item())
        noGrad { bias.assign(bias.detached() - Scalar(1e-3)) }
        let difference = (after - before) / 1e-3
        return abs(along - difference) <= 0.05 * abs(difference) + 1e-4 ? nil : "\(along) instead of \(difference)"
      })
  }

  private static func rungeKutta<Scalar: TensorFloatingPoint>(
    _ item: WorkloadCase, _ type: Scalar.Type, isCompiled: Bool
  ) -> PreparedWorkload {
    let rates = Tensor<Scalar>([1.5, 1, 1, 3].map { Scalar($0) }, requiresGrad: true)
    func slope(_ y: Tensor<Scalar>, _ p: Tensor<Scalar>) -> Tensor<Scalar> {
      let (a, b) = (y.select(axis: 0, index: 0), y.select(axis: 0, index: 1))
      let q = (0..<4).map { p.select(axis: 0, index: $0) }
      return Tensor.stack([q[0] * a - q[1] * a * b, q[2] * a * b - q[3] * b])
    }
    let h = 0.01
    let steps = item.count
    func end(_ p: Tensor<Scalar>) -> Tensor<Scalar> {
      var y = Tensor<Scalar>([1, 1])
      for _ in 0..<steps {
        let k1 = slope(y, p)
        let k2 = slope(y + k1 * Scalar(h / 2), p)
        let k3 = slope(y + k2 * Scalar(h / 2), p)
        let k4 = slope(y + k3 * Scalar(h), p)
        y = y + (k1 + k2 * 2 + k3 * 2 + k4) * Scalar(h / 6)
      }
      return y.square().sum()
    }
    let step = compiled(valueAndGrad(of: { (p: Tensor<Scalar>) in end(p) }))
    let fixed = rates.detached()
    func run() -> Tensor<Scalar> {
      if isCompiled { return step(fixed).gradient }
      rates.zeroGrad()
      end(rates).backward()
      return rates.grad!
    }
    return PreparedWorkload(
      run: { _ = run() },
      verify: {
        let got = run().scalars.map { Double($0) }
        let along = jvp(of: { end($0) }, at: fixed, along: Tensor<Scalar>.ones(4)).tangent.item()
        return Check.number(Scalar(got.reduce(0, +)), Double(along), scale: 1, tolerance: 1e-3)
      })
  }

  private static func sines<Scalar: TensorFloatingPoint>(_ item: WorkloadCase, _ type: Scalar.Type) -> PreparedWorkload
  {
    let x = Inputs.tensor([10_000], in: -1...1, seed: 1, type, requiresGrad: true)
    func run() {
      x.zeroGrad()
      var y = x
      for _ in 0..<item.count { y = (y * Scalar(0.9)).sin() }
      y.sum().backward()
    }
    return PreparedWorkload(
      run: run,
      verify: {
        run()
        let values = x.scalars
        return Check.elements(x.grad!.scalars, count: 10_000, tolerance: 1e-3, limit: 100) { index in
          var (value, slope) = (Double(values[index]), 1.0)
          for _ in 0..<item.count {
            slope *= 0.9 * Tensor<Double>(0.9 * value).cos().item()
            value = Tensor<Double>(0.9 * value).sin().item()
          }
          return slope
        }
      })
  }

  private static func parameters<Scalar: TensorFloatingPoint>(
    _ item: WorkloadCase, _ type: Scalar.Type
  ) -> PreparedWorkload {
    let all = (0..<item.count).map { _ in Tensor<Scalar>([1, 2, 3], requiresGrad: true) }
    func run() {
      for parameter in all { parameter.zeroGrad() }
      var total = Tensor<Scalar>(0)
      for parameter in all { total = total + (parameter * parameter).sum() }
      total.backward()
    }
    return PreparedWorkload(
      run: run,
      verify: {
        run()
        return Check.elements(all.last!.grad!.scalars, count: 3) { Double(2 * $0 + 2) }
      })
  }
}
