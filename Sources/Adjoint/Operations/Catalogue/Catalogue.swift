/// Every operation, a line each; a test proves that the list and the folder agree.
enum Catalogue {
  static let operations: [any OperationDeclaration.Type] = [
    Add.self,
    Subtract.self,
    Multiply.self,
    Divide.self,
    Negate.self,
    Sum.self,
    MatrixMultiply.self,
  ]
}
