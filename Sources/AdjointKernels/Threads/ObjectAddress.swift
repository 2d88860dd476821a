import CKernels

/// Where an object lies: to ask for its references without holding one.
@_spi(Engine) public struct ObjectAddress {
  @usableFromInline let address: UnsafeRawPointer

  @inlinable public init(_ object: AnyObject) {
    address = UnsafeRawPointer(Unmanaged.passUnretained(object).toOpaque())
  }

  /// How many strong references there are to the object, which somebody else keeps alive: a hint that may be old by the time
  /// it is read.
  ///
  /// Make the address in a statement of its own: in debug builds the expression that names the object holds it.
  @inlinable public var referenceCount: Int { Int(ck_reference_count(address)) }
}
