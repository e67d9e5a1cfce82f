import Foundation

/// The files that two small offices hand over in a year, for the small rubric.
enum HandedOver {
  static let files = [
    "offices.csv": """
    office,name_th,name_en,kind,stakeholders_IIT
    4001,สพป.ธารทอง เขต 1,Than Thong 1,primary,12
    4002,สพป.ธารทอง เขต 2,Than Thong 2,primary,12

    """,
    "groups.csv": """
    office,group,name_th
    4001,admin,กลุ่มอำนวยการ
    4001,policy,กลุ่มนโยบายและแผน
    4001,legal,กลุ่มกฎหมายและคดี

    """,
    "people.csv": """
    person,name,post,office,role,group,scope
    arun,อรุณ ดี,นักวิชาการ,4001,officer,,
    hathai,หทัย ดี,ผู้อำนวยการกลุ่ม,4001,group_head,,
    dara,ดารา ดี,ผู้อำนวยการ,4001,director,,
    ladda,ลัดดา ดี,,,lead_assessor,,*
    anan,อนันต์ ดี,,,assessor,,*
    malee,มาลี ดี,,,assessor,,*
    somsri,สมศรี ดี,,,committee,,*
    wichai,วิชัย ดี,,,committee,,*

    """,
    "schedule.yaml": """
    collecting:
      IIT: { opens: 2026-01-05, closes: 2026-05-01 }
      OIT: { opens: 2026-01-05, closes: 2026-04-01 }
    assessing: { opens: 2026-04-01, closes: 2026-06-01 }
    clarifying: { opens: 2026-06-01, closes: 2026-06-16 }

    """,
    "evidence.csv": """
    office,item,answer,link,file,page
    4001,O1,มี,https://office.example/chart,chart.txt,
    4001,O2,มี,https://office.example/report.pdf,,14
    4001,O3,มี,,gift.txt,

    """,
    "gift.csv": "office,item,answer,link\n4001,O3,มี,https://office.example/gift\n",
    "chart.txt": "chart\n", "gift.txt": "gift\n",
    "marks.csv": "office,item,option,reason\n4001,O3,pass,\n4002,O1,fail,\n",
    "late.csv": "office,item,option\n4002,O1,fail\n4002,O2,fail\n4002,O3,fail\n",
    "iit.csv": "office,i1.a,i1.b,i2,i3\n" + String(repeating: "4001,4,4,4,1\n", count: 12)
      + String(repeating: "4002,4,4,4,4\n", count: 12),
  ]

  static func inFolder(_ body: (String) throws -> Void) throws {
    try Program.inEmptyFolder { folder in
      for (name, text) in files { try Program.write(text, to: name, in: folder) }
      try body(folder)
    }
  }
}
