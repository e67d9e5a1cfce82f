import Documents
import Foundation
import Integrity

/// The rubric of a demo's present year: last year's items, with the periods that now count, and room for words.
enum DemoEdition {
  static let name = "ita-2568-example.yaml"

  /// - Parameter file: the rubric of the year before.
  static func after(_ file: RubricFile) throws -> RubricFile {
    try RubricFile(name: name) { name in
      if name == DemoEdition.name { return [UInt8](text.utf8) }
      guard let source = file.sources.first(where: { $0.name == name }) else {
        throw CocoaError(.fileReadNoSuchFile)
      }
      return source.bytes
    }
  }

  private static let text = """
    # An example: the items of 2567 once more, for a year that is under way.
    extends: ita-2567.yaml
    rubric: ita-2568-example
    edition: "2568-example"
    year: 2568
    title: { th: การประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ ปีงบประมาณ พ.ศ. 2568 (ตัวอย่าง),
             en: "Integrity and transparency assessment of public bodies, fiscal year 2568 (example)" }
    provenance: { to_confirm: "everything: an invented edition for the example" }
    periods:
      this_year: { th: ปีงบประมาณ พ.ศ. 2568 (ตุลาคม 2567 ถึงกันยายน 2568), en: Fiscal year 2568 (October 2024 to September 2025) }
      last_year: { th: ปีงบประมาณ พ.ศ. 2567 (ตุลาคม 2566 ถึงกันยายน 2567), en: Fiscal year 2567 (October 2023 to September 2024) }
      first_half: { th: หกเดือนแรกของปีงบประมาณ พ.ศ. 2568 (ตุลาคม 2567 ถึงมีนาคม 2568),
                    en: First six months of fiscal year 2568 (October 2024 to March 2025) }
      quarterly: { th: รายไตรมาส ปีงบประมาณ พ.ศ. 2568 อย่างน้อยไตรมาสที่ 1 และ 2,
                   en: "Each quarter of fiscal year 2568, at least the first two" }
      plan_span: { th: แผนที่มีระยะเวลามากกว่าหนึ่งปีและครอบคลุมปีงบประมาณ พ.ศ. 2568,
                   en: A plan of more than one year that covers fiscal year 2568 }
    instruments:
      - key: eit
        indicators:
          - key: improvement
            items:
              - code: e10
                key: suggestion
                title: { th: ท่านมีข้อเสนอแนะเพื่อปรับปรุงการทำงานของหน่วยงานอย่างไร,
                         en: What should the office do better? }
                text: yes

    """
}
