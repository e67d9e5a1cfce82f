import Integrity
import Testing

/// Days and moments, read and written.
@Suite struct MomentTests {
  // Seconds since 1970 worked out elsewhere.
  @Test(
    arguments: [
      ("1970-01-01T00:00:00Z", 0), ("1970-01-01T07:00:00+07:00", 0), ("1970-01-01", -25_200),
      ("1969-12-31T23:59:59Z", -1), ("2026-03-01", 1_772_298_000), ("2026-03-01T00:00", 1_772_298_000),
      ("2026-03-01 00:00:00", 1_772_298_000), ("2026-03-01T00:00+07:00", 1_772_298_000),
      ("2026-03-01T09:00", 1_772_330_400), ("2026-03-01 09:00:01", 1_772_330_401),
      ("2026-03-01T09:00:00+07:00", 1_772_330_400), ("2026-03-01T02:00:00Z", 1_772_330_400),
      ("2026-03-01 02:00Z", 1_772_330_400), ("2026-02-28T17:00:00Z", 1_772_298_000),
      ("2026-11-21T16:30", 1_795_253_400), ("2024-02-29T23:59:59", 1_709_225_999),
      ("2100-01-01T00:00:00Z", 4_102_444_800), ("0001-01-01T00:00:00Z", -62_135_596_800),
    ] as [(String, Int64)])
  func `a moment is read with and without a zone, else as Bangkok's`(text: String, seconds: Int64) {
    #expect(Moment(text)?.seconds == seconds)
  }

  @Test(arguments: [
    "", " ", "now", "2026", "2026-03", "2026-03-01T", "2026-03-01T09", "2026-03-01T9:00", "2026-03-01T09:0",
    "2026-03-01T24:00", "2026-03-01T09:60", "2026-03-01T23:59:60", "2026-03-01T09:00:00.5",
    "2026-03-01T09:00:00:00", "2026-03-01T09:00+08:00", "2026-03-01T09:00-07:00", "2026-03-01T09:00+0700",
    "2026-03-01T09:00+07", "2026-03-01T09:00 +07:00", "2026-03-01T09:00z", "2026-03-01t09:00",
    "2026-03-01T09:00ZZ", "2026-03-01T09:00Z+07:00", "2026-03-01Z", "2026-03-01+07:00", "T09:00",
    " 2026-03-01",
    "2026-03-01 ", "2026-03-01  09:00", "2026-03-01T 09:00", "2026-02-30T09:00", "2026-03-01T09.00",
    "2026-03-01T+9:00", "2026-03-01T-0:00", "2026-03-01T09:+1", "2026-03-01T๐๙:๐๐", "2026-03-01T09:00\n",
    "1/3/2026", "1 มี.ค. 2569",
  ])
  func `anything else is no moment`(text: String) {
    #expect(Moment(text) == nil)
  }

  @Test(arguments: [
    "2026-03-01", "2000-02-29", "2400-02-29", "0001-01-01", "9999-12-31", "2026-01-31", "2026-12-31",
    "2026-04-30", "2028-02-29",
  ])
  func `a day of the calendar is read and written the same`(text: String) {
    #expect(Day(text)?.description == text)
  }

  @Test(arguments: [
    "", "2026-3-1", "26-03-01", "02026-03-01", "2026-03-001", "2026-13-01", "2026-00-10", "2026-01-00",
    "2026-01-32", "2026-04-31", "2026-02-29", "1900-02-29", "2100-02-29", "0000-01-01", "2026/03/01",
    "20260301",
    "2026-03-01-01", "2026-03", "-2026-03-01", " 2026-03-01", "2026-03-01 ", "2026-03-0a", "+026-03-01",
    "2026-+3-01", "2026-03-+1", "๒๐๒๖-๐๓-๐๑", "２０２６-03-01", "2026-03-0１",
  ])
  func `a day the calendar does not have is no day`(text: String) {
    #expect(Day(text) == nil)
  }

  // The calendar.

  @Test(arguments: [
    ("1970-01-01", 0), ("1969-12-31", -1), ("1970-12-31", 364), ("2000-02-29", 11_016),
    ("2000-03-01", 11_017),
    ("2026-11-21", 20_778), ("1900-01-01", -25_567), ("2100-03-01", 47_541), ("0001-01-01", -719_162),
    ("9999-12-31", 2_932_896),
  ])
  func `a day has the number of days since 1 January 1970`(text: String, number: Int) {
    #expect(Day(text)?.number == number)
    #expect(Day(number: number).description == text)
  }

  @Test func `numbers and days agree on every day of 400 years, and no day is left out`() {
    // The next day by the months' lengths alone.
    func next(_ day: Day) -> Day? {
      Day(year: day.year, month: day.month, day: day.day + 1)
        ?? Day(year: day.year, month: day.month + 1, day: 1) ?? Day(year: day.year + 1, month: 1, day: 1)
    }
    var day = SmallYear.day("1900-03-01")
    let first = day.number
    var wrong: [String] = []
    for number in first..<first + 146_097 {
      if day.number != number || Day(number: number) != day || Day(day.description) != day {
        wrong.append("\(day)")
      }
      guard let following = next(day) else {
        wrong.append("nothing follows \(day)")
        break
      }
      if !(day < following) || day.adding(days: 1) != following { wrong.append("\(day) < \(following)") }
      day = following
    }
    #expect(wrong == [])
    // The calendar repeats itself.
    #expect(day.description == "2300-03-01")
  }

  @Test func `moments read and write the same in every hour of a leap year`() {
    let first = SmallYear.moment("2028-01-01")
    let wrong = (0..<366 * 24).map { first.adding(seconds: Int64($0) * 3600 + 17) }
      .filter { Moment($0.description) != $0 }
    #expect(wrong == [])
    #expect(first.adding(days: 366) == SmallYear.moment("2029-01-01"))
  }

  @Test(arguments: [
    ("2026-03-01T00:00:00", "2026-03-01"), ("2026-03-01T23:59:59", "2026-03-01"),
    ("2026-02-28T16:59:59Z", "2026-02-28"), ("2026-02-28T17:00:00Z", "2026-03-01"),
    ("1969-12-31T16:59:59Z", "1969-12-31"), ("1969-12-31T17:00:00Z", "1970-01-01"),
    ("1900-01-01T00:00:00", "1900-01-01"), ("1899-12-31T23:59:59", "1899-12-31"),
  ])
  func `the day changes at Bangkok's midnight`(moment: String, day: String) {
    #expect(Moment(moment)?.day.description == day)
  }

  @Test func `a day begins at its first second in Bangkok`() {
    let begins = Moment(startOf: SmallYear.day("2026-03-01"))
    #expect(begins == Moment("2026-03-01"))
    #expect(begins.description == "2026-03-01T00:00:00+07:00")
    #expect(begins.adding(seconds: -1).description == "2026-02-28T23:59:59+07:00")
  }

  @Test func `moments are ordered by time, whatever zone they were written in`() throws {
    let texts = ["2026-03-01T08:59", "2026-03-01T02:00Z", "2026-03-01T09:01", "2026-03-02"]
    let moments = try texts.map { try #require(Moment($0)) }
    #expect(moments == moments.sorted())
    #expect(moments[0] < moments[1] && moments[1] < moments[2])
  }

  // Fiscal years.

  @Test(arguments: [
    (2569, "2025-10-01", "2026-09-30", 365), (2567, "2023-10-01", "2024-09-30", 366),
    (2571, "2027-10-01", "2028-09-30", 366), (2443, "1899-10-01", "1900-09-30", 365),
    (2543, "1999-10-01", "2000-09-30", 366),
  ])
  func `a fiscal year runs from 1 October to 30 September`(
    year: Int, first: String, last: String, days: Int
  ) throws {
    let fiscal = FiscalYear(year)
    let (from, until) = (try #require(fiscal.firstDay), try #require(fiscal.lastDay))
    #expect(from.description == first)
    #expect(until.description == last)
    #expect(until.number - from.number + 1 == days)
    #expect(until.adding(days: 1) == FiscalYear(year + 1).firstDay)
  }

  // Written for people.

  @Test(arguments: [
    ("2026-01-05", "5 ม.ค. 2569", "5 Jan 2026"), ("2026-02-28", "28 ก.พ. 2569", "28 Feb 2026"),
    ("2026-03-01", "1 มี.ค. 2569", "1 Mar 2026"), ("2026-04-30", "30 เม.ย. 2569", "30 Apr 2026"),
    ("2026-05-01", "1 พ.ค. 2569", "1 May 2026"), ("2026-06-16", "16 มิ.ย. 2569", "16 Jun 2026"),
    ("2026-07-31", "31 ก.ค. 2569", "31 Jul 2026"), ("2026-08-12", "12 ส.ค. 2569", "12 Aug 2026"),
    ("2026-09-30", "30 ก.ย. 2569", "30 Sep 2026"), ("2025-10-01", "1 ต.ค. 2568", "1 Oct 2025"),
    ("2026-11-21", "21 พ.ย. 2569", "21 Nov 2026"), ("2026-12-31", "31 ธ.ค. 2569", "31 Dec 2026"),
  ])
  func `a day is written in the Buddhist era in Thai and in the common era in English`(
    text: String, thai: String, english: String
  ) {
    #expect(Day(text)?.written(in: .thai) == thai)
    #expect(Day(text)?.written(in: .english) == english)
  }

  @Test(arguments: [
    ("2026-11-21T16:30", "21 พ.ย. 2569 เวลา 16.30 น.", "21 Nov 2026, 16:30"),
    ("2026-11-21T09:05:59", "21 พ.ย. 2569 เวลา 09.05 น.", "21 Nov 2026, 09:05"),
    ("2026-05-01", "1 พ.ค. 2569 เวลา 00.00 น.", "1 May 2026, 00:00"),
    ("2026-04-30T17:00Z", "1 พ.ค. 2569 เวลา 00.00 น.", "1 May 2026, 00:00"),
    ("1969-12-31T23:59:59", "31 ธ.ค. 2512 เวลา 23.59 น.", "31 Dec 1969, 23:59"),
  ])
  func `a moment is written with its time in Bangkok`(text: String, thai: String, english: String) {
    #expect(Moment(text)?.written(in: .thai) == thai)
    #expect(Moment(text)?.written(in: .english) == english)
  }
}
