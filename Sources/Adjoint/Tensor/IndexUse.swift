/// Which public function an index was given to: the one that a sentence about a bad index names.
enum IndexUse: Int, Sendable {
  case gathered, takeAlongAxis, crossEntropy, negativeLogLikelihood, indexSelect, indexAdd, scatterAdd, scatter
  case embedding, take, maskedScatter, scatterReduce
  case segmentSum, segmentMean, segmentProduct, segmentMaximum, segmentMinimum
  case `subscript`

  // Literals: every call of a kernel passes one on, and making it must cost nothing.
  var name: String {
    switch self {
    case .gathered: "gathered"
    case .takeAlongAxis: "takeAlongAxis"
    case .crossEntropy: "crossEntropy"
    case .negativeLogLikelihood: "negativeLogLikelihood"
    case .indexSelect: "indexSelect"
    case .indexAdd: "indexAdd"
    case .scatterAdd: "scatterAdd"
    case .scatter: "scatter"
    case .embedding: "embedding"
    case .take: "take"
    case .maskedScatter: "maskedScatter"
    case .scatterReduce: "scatterReduce"
    case .segmentSum: "segmentSum"
    case .segmentMean: "segmentMean"
    case .segmentProduct: "segmentProduct"
    case .segmentMaximum: "segmentMaximum"
    case .segmentMinimum: "segmentMinimum"
    case .subscript: "subscript"
    }
  }
}
