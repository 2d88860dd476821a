/// Every operation, a line each; a test proves that the list and the folder agree.
enum Catalogue {
  static var operations: [any OperationDeclaration.Type] {
    [
      Add.self,
      Divide.self,
      MatrixMultiply.self,
      Multiply.self,
      Negate.self,
      Subtract.self,
      Sum.self,
    ]
  }
}
