// Fits a linear model to the diabetes data by gradient descent, and compares it with the direct solution.
import Adjoint
import Foundation

let path = Bundle.module.path(forResource: "diabetes", ofType: "safetensors")!
let file = try SafetensorsFile(path: path)
let columns = file.metadata["columns"]!.split(separator: ",").map(String.init)
let raw = try Tensor<Double>(file.tensor(named: "features"))
let target = try Tensor<Double>(file.tensor(named: "target"))

// The columns differ in scale by a factor of 100; gradient descent wants them alike.
let features = (raw - raw.mean(axis: 0)) / raw.standardDeviation(axes: [0], correction: 0)

let slopes = Tensor<Double>.zeros(columns.count, requiresGrad: true)
let intercept = Tensor<Double>(0, requiresGrad: true)
let optimizer = SGD([slopes, intercept], learningRate: 0.1, momentum: 0.9)

// With 442 patients a step can afford to look at all of them: then there is no noise, and the end is the solution.
print("\(target.count) patients, \(columns.count) measurements each")
for step in 1...1_000 {
  optimizer.zeroGrad()
  let loss = meanSquaredError(features.matmul(slopes) + intercept, target)
  loss.backward()
  optimizer.step()
  if step == 1 || step % 200 == 0 { print("step \(step): mean squared error \(decimals(loss.item(), 4))") }
}

let found = slopes.detached()
let direct = try features.leastSquares(target - target.mean()).solution
print("\nmeasurement    by descent    direct")
for (name, (a, b)) in zip(columns, zip(found.scalars, direct.scalars)) {
  print(padded(name, -11), padded(decimals(a, 4), 13), padded(decimals(b, 4), 10))
}

let difference = ((found - direct).norm() / direct.norm()).item()
print("relative difference: \(difference)")
exit(difference <= 1e-4 ? EXIT_SUCCESS : EXIT_FAILURE)

func decimals(_ number: Double, _ places: Int) -> String { String(format: "%.\(places)f", number) }
func padded(_ text: String, _ width: Int) -> String {
  let space = String(repeating: " ", count: max(0, abs(width) - text.count))
  return width < 0 ? text + space : space + text
}
