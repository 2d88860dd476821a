// What the blocks in documentation comments take for granted, for each file that has any: Scripts/snippets.sh puts it before them.

// MARK: AnomalyMode.swift
let x = Tensor<Float>([1, 2, 0])
let weights = Tensor<Float>([1, 1, 1], requiresGrad: true)

// MARK: Checkpoint.swift
let (x, w1, w2) = (Tensor<Float>.randn(4, 3), Tensor<Float>.randn(3, 5), Tensor<Float>.randn(5, 2))

// MARK: Compiled.swift
func loss(_ x: Tensor<Float>) -> Tensor<Float> { x.square().sum() }
let batches = [Tensor<Float>.randn(4, 3)]

// MARK: ComputationGraph.swift
let x = Tensor<Float>([1, 2, 3], requiresGrad: true)
let loss = x.square().sum()

// MARK: CustomOperation.swift
let x = Tensor<Float>([1, 2, 3])

// MARK: Differentiable.swift
let x = Tensor<Float>([1, 2, 3])

// MARK: ExecutionPlan.swift
let x = Tensor<Float>.randn(1000)

// MARK: FileLimits.swift
let path = "digits.safetensors"

// MARK: GradientCheck.swift
let x = Tensor<Double>([1, 2, 3])

// MARK: GradientHooks.swift
let x = Tensor<Float>([1, 2, 3], requiresGrad: true)
let loss = x.square().sum()

// MARK: Gradients.swift
let x = Tensor<Double>([1, 2, 3])
let f = { (x: Tensor<Double>) in x.sin().sum() }

// MARK: Jacobians.swift
let parameters = ["a": Tensor<Double>([1, 2]), "b": Tensor<Double>([3, 4])]

// MARK: SGD.swift
func loss(_ x: Tensor<Float>) -> Tensor<Float> { (x.matmul(weights) + bias).square().sum() }
let (weights, bias) = (Tensor<Float>.zeros(3, requiresGrad: true), Tensor<Float>(0, requiresGrad: true))
let batches = [Tensor<Float>.randn(4, 3)]

// MARK: Select.swift
func f(_ x: Tensor<Float>) -> Tensor<Float> { x.log() }
let x = Tensor<Float>([-1, 0, 1])

// MARK: StraightThrough.swift
let x = Tensor<Float>([0.1, 0.2])

// MARK: Subscripts.swift
let x = Tensor<Float>.randn(4, 3)

// MARK: TensorFormat.swift
let x = Tensor<Float>([1.0517, 2.2719, -0.3606])

// MARK: VectorJacobian.swift
let (x, v) = (Tensor<Double>([1, 2, 3]), Tensor<Double>([1, 0, 0]))

// MARK: VectorizedMap.swift
func loss(_ x: Tensor<Float>) -> Tensor<Float> { x.square().sum() }
