import Foundation
import Testing

/// Code slips at the console.
@Suite struct SlipsCommandTests {
  @Test func `slips are made once, asked for by one and made by another, and made void`() throws {
    try HandedOver.inFolder { folder in
      let story = Story(folder: folder)
      try story.tell(
        """
        = 2025-11-01T09:00
        $ init --administrator admin --name "สมหญิง ใจดี"
        admin$ cycle new 2569 --rubric small
        admin$ office import offices.csv
        admin$ group import groups.csv
        admin$ person import people.csv
        admin$ cycle schedule schedule.yaml
        admin$ cycle open
        = 2026-02-01
        ladda$ slips show 4001
        questionnaire  made  void  left  reached…waiting
        IIT               0     0    12  less than half
        dara! slips make 4001 IIT 3
        cannot make code slips: it takes two people, one who asks and another who does it
        ladda! slips make 4001 IIT 13
        13 slips cannot be made; there can be 12 more
        ladda! slips make 4001 OIT 3
        …
        ladda! slips make 4001 IIT 3 --to nowhere/slips.txt
        nowhere/slips.txt: the file cannot be written; check that the folder exists and may be written to
        ladda$ slips make 4001 IIT 4
        …-…-…-…-…-…
        …-…-…-…-…-…
        …-…-…-…-…-…
        …-…-…-…-…-…
        ladda$ slips make 4001 IIT 5 --to slips.txt
        slips.txt: 5 codes; nothing shows them again
        ladda! slips make 4001 IIT 2 --to slips.txt
        slips.txt: there is a file of that name already; choose another
        arun! slips make 4001 IIT 1
        …
        ladda$ slips ask 4001 IIT --void "กล่องหาย"
        asked for
        ladda! slips void 4001 IIT
        cannot make code slips void: …
        ladda$ slips show 4001
        questionnaire  made  void  left  reached…waiting
        IIT               9     0     3  less than half  void 9, asked by ลัดดา ดี
        """)
      let path = "\(folder)/slips.txt"
      let codes = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
      #expect(codes.count == 5 && Set(codes).count == 5)
      #expect(codes.allSatisfy { $0.filter { $0 != "-" }.count == 24 })
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
      #expect(mode == 0o600)
    }
  }
}
