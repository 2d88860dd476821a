// The tour of automatic differentiation: read it from top to bottom, or run it with `make run`.
//
// Every cell is written twice, as the text that is printed and as the code that runs. A test compares the two.
import Adjoint

print("A tour of automatic differentiation with Adjoint. Random tensors come from a seed: every run is the same.")

cell(
  "A tensor that wants a gradient",
  "A tensor made with requiresGrad: true is a leaf: whatever is computed from it is recorded.",
  """
  manualSeed(2)
  let a = Tensor<Float>.randn(3, requiresGrad: true)
  print(a)
  """)
manualSeed(2)
let a = Tensor<Float>.randn(3, requiresGrad: true)
print(a)

cell(
  "Operations are recorded",
  "The result knows the operation that made it. Nothing is computed before somebody looks: print does.",
  """
  let b = a + 2
  print(b)
  print(b.requiresGrad, b.isLeaf)
  """)
let b = a + 2
print(b)
print(b.requiresGrad, b.isLeaf)

cell(
  "The tutorial's own numbers",
  "From here on the leaf has the numbers that are printed in PyTorch's tutorial, for you to compare.",
  """
  let x = Tensor<Float>([-0.9484, 0.2716, 0.3606], requiresGrad: true)
  let y = x + 2
  print(y)
  """)
let x = Tensor<Float>([-0.9484, 0.2716, 0.3606], requiresGrad: true)
let y = x + 2
print(y)

cell(
  "More operations",
  "Formulas read as in mathematics, and shapes broadcast. (The tutorial prints 2.2119: its x has hidden digits.)",
  """
  let z = y * y * 2
  print(z)
  let mean = z.mean()
  print(mean)
  """)
let z = y * y * 2
print(z)
let mean = z.mean()
print(mean)

cell(
  "backward()",
  "It computes the derivative of a scalar by every leaf. Here it is 4·y/3: mean divides by 3, and (2y²)′ = 4y.",
  """
  mean.backward()
  print(x.grad!)
  print(4 * y.detached() / 3)
  """)
mean.backward()
print(x.grad!)
print(4 * y.detached() / 3)

cell(
  "backward(v) of a vector",
  "A vector needs a v: the result is the vector-Jacobian product vᵀ·J. It is added to what grad held already.",
  """
  let v = Tensor<Float>([0.1, 1.0, 0.001])
  (y * y * 2).backward(v)
  print(x.grad!)
  """)
let v = Tensor<Float>([0.1, 1.0, 0.001])
(y * y * 2).backward(v)
print(x.grad!)

cell(
  "The Jacobian itself",
  "backward(v) never makes this matrix. For an elementwise function it is diagonal, with 4y on the diagonal.",
  """
  let f = { (x: Tensor<Float>) in (x + 2) * (x + 2) * 2 }
  let point = x.detached()
  let matrix = jacobian(of: f, at: point)
  print(matrix)
  print(v.matmul(matrix))
  """)
let f = { (x: Tensor<Float>) in (x + 2) * (x + 2) * 2 }
let point = x.detached()
let matrix = jacobian(of: f, at: point)
print(matrix)
print(v.matmul(matrix))

cell(
  "Jacobian times vector, either side",
  "vjp gives vᵀ·J (reverse mode, as in backward), jvp gives J·v (forward mode): here they agree, J is symmetric.",
  """
  let (value, pullback) = vjp(of: f, at: point)
  print(value)
  print(pullback(v))
  print(jvp(of: f, at: point, along: v).tangent)
  """)
let (value, pullback) = vjp(of: f, at: point)
print(value)
print(pullback(v))
print(jvp(of: f, at: point, along: v).tangent)

cell(
  "Stop tracking a leaf",
  "Only leaves can be changed. What was recorded before stays as it was.",
  """
  x.requiresGrad = false
  print((x + 2).requiresGrad, y.requiresGrad)
  x.requiresGrad = true
  """)
x.requiresGrad = false
print((x + 2).requiresGrad, y.requiresGrad)
x.requiresGrad = true

cell(
  "detached()",
  "The same elements without the record: nothing is copied, and no gradient flows through.",
  """
  let constant = y.detached()
  print(constant, constant.requiresGrad)
  """)
let constant = y.detached()
print(constant, constant.requiresGrad)

cell(
  "noGrad { }",
  "Inside, nothing is recorded: for predictions, and for changing parameters by hand.",
  """
  print((x * x).requiresGrad)
  print(noGrad { x * x }.requiresGrad)
  """)
print((x * x).requiresGrad)
print(noGrad { x * x }.requiresGrad)

cell(
  "Gradients add up",
  "Each backward() adds to grad, which is right for a loss in several parts and wrong for the next step.",
  """
  var weights = Tensor<Float>.ones(4, requiresGrad: true)
  for _ in 1...3 {
    (weights * 3).sum().backward()
    print(weights.grad!)
  }
  """)
var weights = Tensor<Float>.ones(4, requiresGrad: true)
for _ in 1...3 {
  (weights * 3).sum().backward()
  print(weights.grad!)
}

cell(
  "zeroGrad()",
  "So a training step starts by forgetting the last gradient.",
  """
  for _ in 1...3 {
    weights.zeroGrad()
    (weights * 3).sum().backward()
    print(weights.grad!)
  }
  """)
for _ in 1...3 {
  weights.zeroGrad()
  (weights * 3).sum().backward()
  print(weights.grad!)
}

cell(
  "An update by hand",
  "Inside noGrad a leaf is changed in place, and stays the leaf that it was.",
  """
  noGrad { weights -= 0.1 * weights.grad! }
  print(weights)
  """)
noGrad { weights -= 0.1 * weights.grad! }
print(weights)

cell(
  "An optimizer",
  "SGD does that for any number of parameters, in one pass over memory: 0.7 − 0.01·3 = 0.67.",
  """
  let optimizer = SGD([weights], learningRate: 0.01)
  optimizer.step()
  optimizer.zeroGrad()
  print(weights, weights.grad as Any)
  """)
let optimizer = SGD([weights], learningRate: 0.01)
optimizer.step()
optimizer.zeroGrad()
print(weights, weights.grad as Any)

print("\nThe next stop: Examples/Sources/digits, which learns to read handwriting.")
