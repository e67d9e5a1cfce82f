import Integrity

/// Names of people who do not exist: common first and last names put together by chance.
struct InventedNames {
  private var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed, of: "names") }

  /// The next, with its title: `นางสาวจิราพร แสงจันทร์`.
  mutating func next() -> String {
    let isWoman = Bool.random(using: &random)
    let title = isWoman ? (random.chance(55) ? "นาง" : "นางสาว") : "นาย"
    let first = isWoman ? InventedNames.women : InventedNames.men
    return title + pick(first) + " " + pick(InventedNames.families)
  }

  private mutating func pick(_ names: [String]) -> String { names.randomElement(using: &random) ?? "" }

  private static let women = [
    "กนกวรรณ", "กัลยา", "จันทร์เพ็ญ", "จิราพร", "ชลธิชา", "ณัฐธิดา", "ดวงใจ", "ทิพวรรณ", "ธิดารัตน์", "นภาพร",
    "นันทนา", "บุษบา", "ปราณี", "ปิยะนุช", "พรทิพย์", "พิมพ์ใจ", "เพ็ญศรี", "มณีรัตน์", "มาลี", "รัชนี",
    "ลัดดา", "วรรณา", "วิไล", "ศิริพร", "สมพร", "สายสุนีย์", "สุนันทา", "สุภาพร", "อรทัย", "อุไรวรรณ",
  ]

  private static let men = [
    "กิตติ", "เกรียงไกร", "จักรพันธ์", "เฉลิมชัย", "ชัยวัฒน์", "ณรงค์", "ณัฐพล", "ทวีศักดิ์", "ธนากร", "ธีรพงษ์",
    "นพดล", "บุญเลิศ", "ประเสริฐ", "ปรีชา", "พงศ์เทพ", "พิทักษ์", "ไพโรจน์", "มานพ", "ยุทธนา", "รังสรรค์",
    "วิชัย", "วิรัตน์", "วีระชัย", "ศักดิ์ชัย", "สมชาย", "สมบัติ", "สุทธิพงษ์", "สุรชัย", "อนุชา", "อำนาจ",
  ]

  private static let families = [
    "แก้วมณี", "ขจรเดช", "คำแหง", "งามสง่า", "จันทร์สว่าง", "เจริญสุข", "ชัยมงคล", "ไชยวงศ์", "ดีประเสริฐ", "ทรัพย์มาก",
    "ทองสุข", "ธรรมวงศ์", "นาคสวัสดิ์", "นิลวรรณ", "บัวงาม", "บุญเรือง", "ปัญญาดี", "พงษ์พานิช", "พรหมมา", "พิมพา",
    "ภูมิใจ", "มณีวงศ์", "มั่นคง", "ยอดรัก", "รักษาศีล", "เรืองศรี", "วงศ์ทอง", "วัฒนกุล", "ศรีสมบูรณ์", "สายทอง",
    "สิงห์คำ", "สุขเกษม", "สุวรรณรัตน์", "แสงทอง", "หอมหวาน", "อนันตชัย", "อินทร์แก้ว", "อุดมผล", "เอี่ยมสะอาด", "โพธิ์ศรี",
  ]
}
