import Foundation
import Testing

@testable import Portal

@Suite struct SecondFactorTests {
  private let factor = SecondFactor(secret: Array("12345678901234567890".utf8))

  @Test(
    arguments: [
      (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"), (1_234_567_890, "89005924"),
      (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
    ] as [(Int64, String)])
  func `the vectors of RFC 6238 come out`(second: Int64, number: String) {
    #expect(factor.number(at: second / 30, digits: 8) == number)
    #expect(factor.number(at: second / 30) == String(number.suffix(6)))
  }

  @Test(arguments: [
    ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB"),
    ("foobar", "MZXW6YTBOI"),
  ])
  func `the vectors of RFC 4648 come out, without padding`(text: String, encoded: String) {
    #expect(Base32.encode(Array(text.utf8)) == encoded)
  }

  @Test func `a number counts for its step and the neighbours, and for no other`() {
    let second: Int64 = 1_234_567_890
    let step = second / 30
    for offset: Int64 in -1...1 {
      #expect(factor.step(of: factor.number(at: step + offset), atSecond: second) == step + offset)
    }
    for offset: Int64 in [-2, 2] {
      #expect(factor.step(of: factor.number(at: step + offset), atSecond: second) == nil)
    }
    #expect(factor.step(of: "", atSecond: second) == nil)
    #expect(factor.step(of: "000000", atSecond: second) == nil)
  }

  @Test func `blanks and Thai digits do not matter`() {
    #expect(factor.step(of: "005 924", atSecond: 1_234_567_890) == 41_152_263 as Int64)
    #expect(factor.step(of: "๐๐๕๙๒๔", atSecond: 1_234_567_890) == 41_152_263 as Int64)
    #expect(SecondFactor.isNumber("๐๐๕ ๙๒๔"))
    #expect(!SecondFactor.isNumber("ABCDE-12345"))
  }

  @Test func `secrets have 160 bits and are typed in groups of four`() {
    let factor = SecondFactor.random()
    #expect(factor.secret.count == 20)
    #expect(factor.secret != SecondFactor.random().secret)
    #expect(factor.grouped.split(separator: " ").allSatisfy { $0.count == 4 })
    #expect(self.factor.grouped == "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ")
    #expect(
      self.factor.address(of: "a b")
        == "otpauth://totp/Sucharit:a%20b?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Sucharit")
  }

  @Test func `ten recovery codes, none twice, without letters that are mistaken for others`() {
    let codes = SecondFactor.recoveryCodes()
    #expect(Set(codes).count == 10)
    for code in codes { #expect(code.wholeMatch(of: /[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}/) != nil) }
  }
}
