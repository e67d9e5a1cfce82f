import Reports
import Testing

/// Pages that are rendered once and filled in for each.
@Suite struct PrintTests {
  private func text(_ print: Print, _ values: [String: String]) -> String {
    String(decoding: print.filled(values), as: UTF8.self)
  }

  @Test func `blanks are filled in wherever they stand, and harmless`() {
    let print = Print(
      "\(Print.blank("a"))<p class=\"\(Print.blank("b"))\">ก\(Print.blank("a"))\(Print.blank("b"))</p>")
    #expect(
      text(print, ["a": "ข้อ 1", "b": "\"<&>'"])
        == "ข้อ 1<p class=\"&quot;&lt;&amp;&gt;&#39;\">กข้อ 1&quot;&lt;&amp;&gt;&#39;</p>")
  }

  @Test func `what is filled in is never looked at for blanks, and a blank nobody fills is empty`() {
    let print = Print("x\(Print.blank("a"))y\(Print.blank("c"))z")
    #expect(text(print, ["a": Print.blank("b"), "b": "no"]) == "x\(Print.blank("b"))yz")
    #expect(text(Print("no blank at all"), [:]) == "no blank at all")
  }
}
