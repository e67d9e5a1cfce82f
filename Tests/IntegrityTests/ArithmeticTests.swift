import Specimen
import Testing

@testable import Integrity

@Suite struct ArithmeticTests {
  @Test(
    arguments: [
      ("86", 86_000_000), ("86.685", 86_685_000), ("-2.5", -2_500_000), ("0.000001", 1),
      ("1000000", 1_000_000_000_000),
    ] as [(String, Int64)])
  func `a decimal is read exactly and written shortest`(text: String, millionths: Int64) {
    #expect(Points(text)?.millionths == millionths)
    #expect(Points(millionths: millionths).description == text)
  }

  @Test(arguments: [
    "", ".", "1.", ".5", "1e3", "1,000", "1.1234567", "1000000.1", "๘๖", " 1", "1 ", "--1", "+1", "0x10",
  ])
  func `what is no decimal of at most six places is refused`(text: String) {
    #expect(Points(text) == nil)
  }

  @Test(
    arguments: [
      (8_668_500, 86_69, Rounding.Mode.halfUp), (8_668_500, 86_68, .halfEven), (8_669_500, 86_70, .halfEven),
      (8_668_999, 86_68, .down), (-8_668_500, -86_69, .halfUp), (8_668_499, 86_68, .halfUp),
      (-8_668_999, -86_68, .down),
    ] as [(Int64, Int64, Rounding.Mode)])
  func `both arithmetics round alike`(tenThousandths: Int64, hundredths: Int64, mode: Rounding.Mode) {
    let points = Points(millionths: tenThousandths * 10)
    let rounding = Rounding(places: 2, mode: mode)
    #expect(Fixed(points).rounded(rounding) == hundredths)
    #expect(Fraction(points).rounded(rounding) == hundredths)
  }

  @Test func `a tie that only thirds make is decided exactly`() {
    // (33.33… + 66.66… + 0.03) ÷ 2 = 50.015: the interval holds the boundary, the fraction lies on it.
    let third = (100 * Points.unit, Int64(3))
    func mean<Number: Arithmetic>(_ type: Number.Type) -> Int64? {
      guard let one = Number(millionths: Int128(third.0), over: third.1),
        let two = Number(millionths: Int128(2 * third.0), over: third.1),
        let sum = one.adding(two)?.adding(Number(Points(millionths: 30_000)))
      else { return nil }
      return sum.scaled(by: 1, over: 2)?.rounded(.hundredths)
    }
    #expect(mean(Fixed.self) == nil)
    #expect(mean(Fraction.self) == 5002)
  }

  @Test func `fixed point answers nil rather than overflow`() {
    let large = Fixed(Points(millionths: Points.limit))
    #expect(large.scaled(by: .max, over: 1) == nil)
    #expect(Fixed.sum([large], weights: [.max], over: 1) == nil)
    #expect(Fraction(Points(millionths: Points.limit)).scaled(by: .max, over: 1) != nil)
  }

  @Test func `large integers divide as they multiply`() {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<300 {
      let quotient = Int64.random(in: 0...Int64.max / 4, using: &random)
      let a = BigInteger(Int128(quotient))
      let b =
        BigInteger(Int128(Int64.random(in: 2...Int64.max, using: &random))) * BigInteger(Int128(Int64.max))
      let product = a * b + BigInteger(1)
      #expect(product.wholeQuotient(by: b) == quotient)
      #expect((a * b).wholeQuotient(by: b) == quotient)
      #expect(product + -product == BigInteger(0))
    }
    #expect((BigInteger(Int128(Int64.max)) * BigInteger(4)).wholeQuotient(by: BigInteger(1)) == .max)
  }

  @Test func `figures are written with all their places`() {
    #expect(Figure(units: 8600, places: 2).description == "86.00")
    #expect(Figure(units: -321, places: 2).description == "-3.21")
    #expect(Figure(units: 5, places: 2).description == "0.05")
    #expect(Figure(units: 86, places: 0).description == "86")
    #expect((Figure(units: 8669, places: 2) - Figure(units: 866, places: 1)).description == "0.09")
  }

  @Test func `a day is one the calendar has`() {
    #expect(Day("2026-11-21")?.description == "2026-11-21")
    #expect(Day("2024-02-29") != nil)
    for wrong in ["2023-02-29", "2026-13-01", "2026-1-1", "21/11/2569", "", "2026-11-00"] {
      #expect(Day(wrong) == nil)
    }
    #expect(FiscalYear(2569).firstDay == Day("2025-10-01"))
    #expect(FiscalYear(2569).lastDay == Day("2026-09-30"))
  }
}
