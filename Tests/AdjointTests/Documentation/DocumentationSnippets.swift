import Adjoint
import Testing

/// The code of README.md and of the articles, which `DocumentationTests` compares with those texts line by line.
@Suite struct DocumentationSnippets {
  private func close(_ a: Tensor<Double>, _ b: [Double], _ tolerance: Double = 5e-5) -> Bool {
    a.count == b.count && zip(a.scalars, b).allSatisfy { abs($0 - $1) <= tolerance }
  }

  @Test func landingPage() {
    let x = Tensor<Float>([1, 2, 3], requiresGrad: true)
    (x * x).sum().backward()
    print(x.grad!)  // tensor([2., 4., 6.])
    #expect("\(x.grad!)" == "tensor([2., 4., 6.])")
  }

  @Test func readmeTraining() {
    manualSeed(1)
    let truth = Tensor<Float>([2, -3, 0.5])
    let inputs = Tensor<Float>.randn(200, 3)
    let targets = inputs.matmul(truth) + 1

    let weights = Tensor<Float>.zeros(3, requiresGrad: true)
    let bias = Tensor<Float>(0, requiresGrad: true)
    let optimizer = SGD([weights, bias], learningRate: 0.1, momentum: 0.9)

    for step in 1...100 {
      optimizer.zeroGrad()
      let loss = meanSquaredError(inputs.matmul(weights) + bias, targets)
      loss.backward()
      optimizer.step()
      if step % 25 == 0 { print("step \(step): loss \(loss.item())") }
    }
    print(weights.detached(), bias.item())  // near [2, -3, 0.5] and 1
    #expect(zip(weights.scalars + bias.scalars, [2, -3, 0.5, 1]).allSatisfy { abs($0 - $1) < 0.05 })
  }

  @Test func readmeFunctions() {
    let f = { (x: Tensor<Double>) in (x + 2) * (x + 2) * 2 }
    let x = Tensor<Double>([-0.9484, 0.2716, 0.3606])
    let v = Tensor<Double>([0.1, 1.0, 0.001])

    let (value, pullback) = vjp(of: f, at: x)  // pullback(v) is vᵀ·J, by reverse mode
    let tangent = jvp(of: f, at: x, along: v).tangent  // J·v, by forward mode
    let matrix = jacobian(of: f, at: x)  // J itself, in one batched pass
    let curvature = hessian(of: { f($0).sum() }, at: x)
    #expect(close(value, [2.2117, 10.3203, 11.1449]))
    #expect(close(pullback(v), tangent.scalars, 1e-12))
    #expect(close(matrix.matmul(v), tangent.scalars, 1e-12))
    #expect(close(curvature, (Tensor.eye(3) * 4).scalars, 1e-12))
  }

  @Test func tensorsAndGradients() {
    let matrix: Tensor<Float> = [[1, 2, 3], [4, 5, 6]]
    let noise = Tensor<Float>.randn(2, 3)
    let row = Tensor<Float>([10, 20, 30])

    let shifted = matrix + row
    print(shifted)  // tensor([[11., 22., 33.], [14., 25., 36.]])
    print(shifted.mean(axis: 1))  // tensor([22., 25.])
    #expect(noise.shape == [2, 3])
    #expect("\(shifted)" == "tensor([[11., 22., 33.],\n        [14., 25., 36.]])")
    #expect("\(shifted.mean(axis: 1))" == "tensor([22., 25.])")

    let x = Tensor<Float>([-0.9484, 0.2716, 0.3606], requiresGrad: true)
    let y = x + 2
    let mean = (y * y * 2).mean()
    mean.backward()
    print(x.grad!)  // tensor([1.4021, 3.0288, 3.1475])
    #expect("\(x.grad!)" == "tensor([1.4021, 3.0288, 3.1475])")

    (y * 3).sum().backward()
    print(x.grad!)  // tensor([4.4021, 6.0288, 6.1475])
    #expect("\(x.grad!)" == "tensor([4.4021, 6.0288, 6.1475])")
    x.zeroGrad()
    #expect(x.grad == nil)

    let prediction = noGrad { x * 2 }
    print(prediction.requiresGrad)  // false
    print(y.detached().requiresGrad)  // false
    #expect(!prediction.requiresGrad && !y.detached().requiresGrad)

    noGrad { x.assign(x - 0.1) }
    #expect("\(x)" == "tensor([-1.0484,  0.1716,  0.2606], requiresGrad: true)")

    let weights = Tensor<Float>.zeros(3, requiresGrad: true)
    let optimizer = SGD([weights], learningRate: 0.01, momentum: 0.9)
    var total: Tensor<Float> = 0
    for _ in 1...100 {
      optimizer.zeroGrad()
      let loss = meanSquaredError(matrix.matmul(weights), [1, 2])
      loss.backward()
      optimizer.step()
      total += loss.detached()
    }
    print(total.item() / 100)
  }

  @Test func jacobianProducts() {
    let f = { (x: Tensor<Double>) in (x + 2) * (x + 2) * 2 }
    let x = Tensor<Double>([-0.9484, 0.2716, 0.3606], requiresGrad: true)
    let v = Tensor<Double>([0.1, 1.0, 0.001])

    let J = jacobian(of: f, at: x.detached())
    print(J)
    // tensor([[4.2064, 0.0000, 0.0000],
    //         [0.0000, 9.0864, 0.0000],
    //         [0.0000, 0.0000, 9.4424]], dtype: Double)

    f(x).backward(v)
    print(x.grad!)  // tensor([0.4206, 9.0864, 0.0094], dtype: Double)
    print(v.matmul(J))  // the same
    #expect(
      "\(J)"
        == "tensor([[4.2064, 0.0000, 0.0000],\n        [0.0000, 9.0864, 0.0000],\n"
        + "        [0.0000, 0.0000, 9.4424]], dtype: Double)")
    #expect("\(x.grad!)" == "tensor([0.4206, 9.0864, 0.0094], dtype: Double)")
    #expect(close(v.matmul(J), x.grad!.scalars, 1e-12))

    print(jacobianDiagonal(of: f, at: x.detached())!)  // tensor([4.2064, 9.0864, 9.4424], dtype: Double)
    #expect(close(jacobianDiagonal(of: f, at: x.detached())!, [4.2064, 9.0864, 9.4424], 1e-12))

    let (value, pullback) = vjp(of: f, at: x.detached())
    print(value)  // f(x)
    print(pullback(v))  // vᵀ·J
    let (_, tangent) = jvp(of: f, at: x.detached(), along: v)
    print(tangent)  // J·v: the same here, because a diagonal matrix is symmetric
    #expect(close(pullback(v), x.grad!.scalars, 1e-12) && close(tangent, x.grad!.scalars, 1e-12))

    let w = Tensor<Double>([[0.5, -1], [2, 0.25], [1, 1]])
    let model = { (p: Tensor<Double>) in w.matmul(p).tanh() }
    let p = Tensor<Double>([0.1, 0.2])
    let jacobianOfModel = jacobian(of: model, at: p)
    let h = w.matmul(p).tanh()
    let explicit = (1 - h * h).reshaped(3, 1) * w  // tanh′ = 1 − tanh², one factor per row of W
    print((jacobianOfModel - explicit).norm())
    #expect((jacobianOfModel - explicit).norm().item() < 1e-14)
  }

  @Test func theTape() {
    let x = Tensor<Double>([1, 2, 3], requiresGrad: true)
    let y = x * x
    let slopes = gradients(of: (y * y).sum(), withRespectTo: [x, y])
    print(slopes[0])  // tensor([  4.,  32., 108.], dtype: Double)
    print(slopes[1])  // tensor([ 2.,  8., 18.], dtype: Double)
    #expect(
      "\(slopes[0]) \(slopes[1])" == "tensor([  4.,  32., 108.], dtype: Double) tensor([ 2.,  8., 18.], dtype: Double)")

    let first = gradients(of: x.sin().sum(), withRespectTo: [x], createGraph: true)[0]
    let second = gradients(of: first.sum(), withRespectTo: [x])[0]
    print((second + x.sin()).norm().item())  // 0.0
    #expect((second + x.sin()).norm().item() == 0)

    let handle = y.registerHook { gradient in gradient.clamped(max: 5) }
    (y * y).sum().backward()
    print(x.grad!)  // tensor([ 4., 20., 30.], dtype: Double)
    handle.remove()
    #expect("\(x.grad!)" == "tensor([ 4., 20., 30.], dtype: Double)")

    let w = Tensor<Double>([1, 2], requiresGrad: true)
    w.registerPostAccumulateGradHook { leaf in
      leaf.assign(leaf - 0.25 * leaf.grad!)
      leaf.zeroGrad()
    }
    (w * w).sum().backward()
    print(w)  // tensor([0.5000, 1.0000], dtype: Double, requiresGrad: true)
    #expect("\(w)" == "tensor([0.5000, 1.0000], dtype: Double, requiresGrad: true)")

    let graph = ((x + 2) * 3).sum().graph
    print(graph)
    // %0 = Leaf               [3] Double  requiresGrad, computed
    // %1 = Add(%0, 2.0)       [3] Double  requiresGrad
    // %2 = Multiply(%1, 3.0)  [3] Double  requiresGrad
    // %3 = Sum(%2)            []  Double  requiresGrad
    #expect(
      "\(graph)" == """
        %0 = Leaf               [3] Double  requiresGrad, computed
        %1 = Add(%0, 2.0)       [3] Double  requiresGrad
        %2 = Multiply(%1, 3.0)  [3] Double  requiresGrad
        %3 = Sum(%2)            []  Double  requiresGrad
        """)

    let data = Tensor<Float>.randn(1000).evaluate()
    print((data * data + 1).sum().explain())
    // pass  route         operations        inputs        outputs   bytes read  bytes written  FLOPs
    //    1  tile kernels  Square, Add, Sum  [1000] Float  [] Float      4.0 kB            4 B  2,999
    //       total         1 pass                                        4.0 kB            4 B  2,999
    #expect(
      "\((data * data + 1).sum().explain())" == """
        pass  route         operations        inputs        outputs   bytes read  bytes written  FLOPs
           1  tile kernels  Square, Add, Sum  [1000] Float  [] Float      4.0 kB            4 B  2,999
              total         1 pass                                        4.0 kB            4 B  2,999
        """)

    let safe = Tensor<Double>([4, 1], requiresGrad: true)
    detectAnomaly {
      let loss = safe.sqrt().sum()
      loss.backward()
    }
    #expect(safe.grad?.scalars == [0.25, 0.5])
  }
}
