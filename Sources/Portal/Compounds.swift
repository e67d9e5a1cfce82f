extension String {
  /// Keeps compounds on one line that browsers break in two, by joining their parts with U+2060.
  var held: String {
    var text = self
    for (first, second) in Compounds.parted {
      text = text.replacing(first + second, with: "\(first)\u{2060}\(second)")
    }
    return text
  }
}

private enum Compounds {
  static let parted = [
    ("หน่วย", "งาน"), ("ผู้", "มีส่วน"), ("ดำเนิน", "งาน"), ("ดำเนิน", "การ"), ("ประจำ", "ปี"), ("งบ", "ประมาณ"),
    ("องค์", "ประกอบ"),
    ("ปฏิบัติ", "งาน"), ("ผู้", "บริหาร"), ("ผู้", "อำนวยการ"),
  ]
}
