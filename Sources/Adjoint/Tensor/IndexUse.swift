/// Which public function an index was given to: the one that a sentence about a bad index names.
enum IndexUse: Int, Sendable {
  case gathered, takeAlongAxis, crossEntropy, negativeLogLikelihood, indexSelect, indexAdd, scatter, scatterAdd
  case `subscript`

  var name: String { "\(self)" }
}
