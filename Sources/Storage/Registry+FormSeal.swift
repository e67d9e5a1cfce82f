/// What a form carries that has to come back as it was given out.
extension Registry {
  /// A seal under the registry's key on something that goes out in a form: whoever sends the form cannot have made it. It
  /// opens nothing, and holds as long as the key does.
  public func formSeal(_ text: String) throws -> String {
    Digest.hex([UInt8](try secretKey().hash(text, for: .form).prefix(16)))
  }
}
