import Reports

extension [FieldFault] {
  /// Says of a field that it holds more characters than are kept, where it does.
  mutating func append(tooLong text: String, most: Int, _ field: String, _ words: Wording) {
    guard text.count > most else { return }
    append(
      FieldFault(field, words.say("form.fault_long", ["most": most.shown, "count": text.count.shown])))
  }
}
