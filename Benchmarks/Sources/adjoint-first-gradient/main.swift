import Adjoint

let w = Tensor<Float>([1, 2, 3], requiresGrad: true)
(w * w).sum().backward()
print(w.grad!.scalars)
