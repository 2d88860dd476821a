// A process that does nothing but its first gradient; `startup/first-gradient` times it from outside.
import Adjoint

let x = Tensor<Float>([1, 2, 3], requiresGrad: true)
let y = x + 2
(y * y * 2).mean().backward()
print(x.grad!.scalars)
