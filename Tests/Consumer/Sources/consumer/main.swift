import Adjoint

let x = Tensor<Float>([1, 2, 3], requiresGrad: true)
(x * x).sum().backward()

let gradient = x.grad?.scalars
guard gradient == [2, 4, 6] else {
  fatalError("consumer: the gradient of (x * x).sum() at [1, 2, 3] is [2, 4, 6], not \(gradient ?? [])")
}
print("The gradient of (x * x).sum() at [1, 2, 3] is \(gradient ?? []).")
