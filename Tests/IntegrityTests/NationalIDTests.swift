import Integrity
import Testing

@Suite struct NationalIDTests {
  // Check digits worked by hand: eleven less the weighted sum modulo eleven, modulo ten.
  @Test(arguments: [
    ("1234567890121", "1234567890121"), ("1-2345-67890-12-1", "1234567890121"),
    ("1 2345 67890 12 1", "1234567890121"), ("0000000000001", "0000000000001"),
    ("1000000000009", "1000000000009"), ("9999999999994", "9999999999994"),
  ])
  func `a number whose check digit is right is accepted, however the card writes it`(
    text: String, digits: String
  ) {
    #expect(NationalID(text)?.digits == digits)
  }

  @Test(arguments: [
    "", "1234567890120", "1234567890122", "123456789012", "12345678901211", "2134567890121", "123456789012x",
    "๑๒๓๔๕๖๗๘๙๐๑๒๑", "+234567890121", "1234567890121\u{0}", "1.2345.67890.12.1",
  ])
  func `any other text is refused`(text: String) {
    #expect(NationalID(text) == nil)
  }

  @Test(arguments: [0, 1, 7, 123_456_789_012, 999_999_999_999])
  func `of the ten check digits exactly one is right`(number: Int) {
    let digits = String(number)
    let first = String(repeating: "0", count: 12 - digits.count) + digits
    #expect((0...9).count { NationalID("\(first)\($0)") != nil } == 1)
  }
}
