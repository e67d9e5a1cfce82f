import Foundation
import Testing

/// A year at the console, with two offices and the small rubric.
@Suite struct RegistryCommandTests {
  @Test func `a year is told at the console`() throws {
    try HandedOver.inFolder { folder in
      let story = Story(folder: folder)
      try prepare(story)
      try collect(story)
      try assess(story)
      try clarify(story)
      try decide(story)
      try keep(story)
    }
  }

  private func prepare(_ story: Story) throws {
    try story.tell(
      """
      = 2025-11-01T09:00
      ! cycle show
      data/registry.sqlite: there is no registry; make one with 'ita init'
      $ init --administrator admin --name "สมหญิง ใจดี"
      data/registry.sqlite: the registry
      data/registry.key: its key; keep a copy apart from the backups
      admin: first sign-in with …-…-…-…-…-…, until 1 Dec 2025, 09:00
      ! init --administrator admin --name "สมหญิง ใจดี"
      data/registry.sqlite: there is a registry already; choose another folder
      admin! late
      there is no cycle; make one with 'ita cycle new'
      admin! office import offices.csv
      a rubric names the kinds of offices; give --rubric, or make a cycle first
      admin$ cycle new 2569 --rubric small
      2569: prepared with the rubric small, edition 1
      Next: ita cycle schedule FILE
      admin! cycle new 2569 --rubric small
      the cycle '2569' is there already

      admin$ office import offices.csv --dry-run
      offices: 2 added, 0 changed, 0 unchanged
        + 4001
        + 4002
      Nothing was changed: this was a dry run.
      admin$ office import offices.csv
      offices: 2 added, 0 changed, 0 unchanged
        + 4001
        + 4002
      admin$ office import offices.csv
      offices: 0 added, 0 changed, 2 unchanged
      admin$ group import groups.csv
      admin$ group import groups.csv --dry-run
      groups: 0 added, 0 changed, 3 unchanged
      Nothing was changed: this was a dry run.
      admin$ person import people.csv --dry-run --json
      {
        "added": ["arun", "hathai", "dara", "ladda", "anan", "malee", "somsri", "wichai"],
        "changed": [],
        "unchanged": 0,
        "dry_run": true
      }
      admin$ person show
      person  name …
      admin   สมหญิง ใจดี  …administrator everywhere  has not signed in
      admin$ person import people.csv
      people: 8 added, 0 changed, 0 unchanged
      …
      admin$ person import people.csv
      people: 0 added, 0 changed, 8 unchanged
      somsri! office import offices.csv
      cannot keep the offices: only the administrator concerned may
      nobody! cycle open
      there is no person 'nobody'

      admin! cycle open
      2569 has no schedule; set one with 'ita cycle schedule'
      admin$ cycle schedule schedule.yaml
      2569: the schedule is set
      somsri! cycle open
      cannot open a cycle: only the administrator concerned may
      admin$ cycle open
      2569: open, 2 offices taking part
      admin! cycle schedule schedule.yaml
      the cycle is open; say why its dates change
      $ cycle show
      cycle  stage  phase now  rubric  offices  title
      2569   open   preparing  small         2  Assessment of fiscal year 2569 (2026)
      """)
  }

  private func collect(_ story: Story) throws {
    try story.tell(
      """
      = 2025-12-01
      arun! draft import evidence.csv
      0 drafts saved
      4001 O1: cannot draft a disclosure: it is preparing; this is for collecting, from 5 Jan 2026, 00:00
      …
      3 refused
      dara$ stakeholders 4001 IIT=86
      4001: IIT 86

      = 2026-02-01
      arun$ draft import evidence.csv
      3 drafts saved
      arun$ draft show 4001
      item  state  version  answer  evidence  note
      O1    draft        1  มี              2
      O2    draft        1  มี              1
      O3    draft        1  มี              1
      admin! draft show 4001
      cannot see a submission: only the …
      hathai! pass 4001
      4001: 2 disclosures passed on
      4001 O3: O3 is not ready: there is no public link
      1 refused
      arun! submit 4001
      cannot sign and submit: only the director concerned may
      dara! submit 4001 O1 O2 O3
      cannot sign and submit: it is draft; it would have to be ready to sign
      hathai$ return 4001 O2 --note "ขาดผลการใช้จ่าย"
      4001 O2: sent back
      hathai$ pass 4001 O2
      4001: 1 disclosure passed on
      arun$ draft import gift.csv
      1 draft saved
      hathai$ pass 4001 O3
      4001: 1 disclosure passed on
      dara$ submit 4001
      4001: 3 disclosures submitted (O1, O2, O3)
      signed by ดารา ดี, 1 Feb 2026, 00:00
      receipt OIT-2569-4001-01
      SHA-256 …
      dara! submit 4001
      nothing is ready to be signed; group heads pass disclosures on first
      dara$ recall 4001 O1 --note "แผนผังใหม่"
      4001 O1: recalled; version 2 is a draft
      arun! late
      cannot see what is missing: only the administrator, the lead assessor or the committee concerned may
      arun$ late --office 4001
      Assessment of fiscal year 2569 (2026) · 1 Feb 2026, 00:00
      4001  Than Thong 1
        before 1 Apr 2026, 00:00
          draft: O1
        before 1 May 2026, 00:00
          IIT: less than half of the answers needed
      2 things missing at 1 office
      hathai$ pass 4001 O1

      = 2026-04-01
      dara! submit 4001 --language th
      ไม่สามารถลงนามและส่งข้อมูลได้: ขณะนี้อยู่ในช่วงตรวจประเมิน ดำเนินการได้ในช่วงเก็บรวบรวมข้อมูล ซึ่งสิ้นสุดเมื่อวันที่ 1 เม.ย. 2569 เวลา 00.00 น.
      admin$ cycle extend 4001 OIT --until 2026-04-03 --reason "น้ำท่วม"
      2569: 4001 may bring OIT until 3 Apr 2026, 00:00
      dara$ submit 4001 O1
      4001: 1 disclosure submitted (O1)
      …
      """)
  }

  private func assess(_ story: Story) throws {
    try story.tell(
      """
      = 2026-04-03
      dara! assign anan 4001
      cannot assign an assessor: only the lead assessor concerned may
      ladda! assign dara 4001
      cannot assign an assessor: this person is not an assessor for this office
      ladda$ assign anan 4001
      anan: every disclosure of 4001
      malee! judge 4001 O1 pass
      cannot judge a disclosure: it is assigned to somebody else; the lead assessor assigns
      anan$ judge 4001 O1 pass --seen https://office.example/chart=opened
      4001 O1: judged
      anan! judge 4001 O2 --elements resultz
      O2 has no element 'resultz'; did you mean 'results'?
      anan! judge 4003 O2 pass
      there is no office '4003' among the offices; did you mean '4001'?
      anan! judge 4001 O2 not_applicable
      O2 is not applicable without a reason; say why it does not apply
      anan$ judge 4001 O2 --elements results --reason "ไม่พบผลการใช้จ่ายงบประมาณ"
      4001 O2: judged
      anan! judge import marks.csv
      1 finding recorded
      4002 O1: cannot judge a disclosure: it is assigned to somebody else; the lead assessor assigns
      1 refused
      ladda$ assign malee 4002 O1
      malee: O1 of 4002
      ladda$ unassign malee 4002 --reason "ลาป่วย"
      malee: no longer 4002
      anan$ conflict declare anan 4002 --reason "คู่สมรสรับราชการที่นี่"
      anan: in conflict with 4002
      ladda! assign anan 4002
      cannot assign an assessor: this person has declared a conflict of interest with this office
      ladda$ assign malee 4002
      malee: every disclosure of 4002
      malee$ judge import late.csv
      3 findings recorded
      ladda$ assign show
      assessor  name    offices  items  judged  left
      anan      อนันต์ ดี        1      3       3     0
      malee     มาลี ดี         1      3       3     0
      dara! acknowledge 4001
      cannot acknowledge findings: it is assessing; this is for clarifying or deciding, from 1 Jun 2026, 00:00
      """)
  }

  private func clarify(_ story: Story) throws {
    try story.tell(
      """
      = 2026-06-02
      dara$ acknowledge 4001
      4001: dara has seen the findings
      arun! clarify contest 4001 O2 --statement "หน้า 14"
      cannot contest a finding: only the director concerned may
      dara! clarify contest 4001 O2 --statement "หน้า 14" --link https://office.example/other
      O2: further proof is not admitted in this cycle; point into what was submitted
      dara$ clarify contest 4001 O2 --statement "หน้า 14" --link https://office.example/report.pdf --page 14
      4001 O2: contested
      dara! clarify contest 4001 O2 --statement "อีกครั้ง"
      cannot contest a finding: it has been contested, which is possible once
      ladda! clarify name 4001 O2 anan
      cannot name who decides a clarification: who judged first does not decide on the clarification
      malee! clarify decide 4001 O2 pass --reason "พบในหน้า 14"
      cannot decide a clarification: the lead assessor has not named you to decide it
      ladda$ clarify name 4001 O2 malee
      4001 O2: malee decides
      ladda$ late
      …
      4001  Than Thong 1
        overdue since 1 May 2026, 00:00
          IIT: less than half of the answers needed
        before 16 Jun 2026, 00:00
          clarification not decided: O2
      …
      somsri! cycle seal
      cannot seal the results: it is clarifying; this is for deciding, from 16 Jun 2026, 00:00
      """)
  }

  private func decide(_ story: Story) throws {
    try story.tell(
      """
      = 2026-06-16
      somsri! cycle seal
      1 still open:
        4001 O2: contested and not decided
      ladda$ clarify show
      office  item  contested          decides        statement
      4001    O2    2 Jun 2026, 00:00  malee    open  หน้า 14
      malee$ clarify decide 4001 O2 pass --reason "พบในหน้า 14"
      4001 O2: decided
      admin$ answers import IIT=iit.csv
      24 filled questionnaires of 2 offices
      ! scorecard 4001
      cannot see a scorecard: only the committee or the lead assessor concerned may
      somsri$ results
      A small example · small · 2569
        Rank  Code     Office                                            IIT      OIT    Total  Level
           1  4001     Than Thong 1                                   100.00   100.00   100.00  Good
           2  4002     Than Thong 2                                    50.00     0.00    20.00  Needs improvement
      somsri! cycle publish
      cannot publish the results: the cycle is open; it would have to be sealed
      somsri$ correct 4002 O3 pass --reason "มติที่ประชุม 3/2569"
      4002 O3: corrected
      somsri$ cycle seal
      2569: somsri agrees to the results …
      Next: another committee member runs 'ita cycle seal 2569'
      somsri! cycle seal
      cannot seal the results: you have agreed already; another member is needed
      wichai$ cycle seal 2569
      2569: sealed, 2 offices, results …
      somsri! correct 4002 O2 pass --reason "อีก"
      cannot correct a finding: the cycle is sealed; it would have to be open
      somsri$ amend 4002 O1 pass --reason "คำสั่งศาลปกครอง"
      4002 O1: somsri proposes the amendment
      Next: another committee member gives the same command
      wichai$ amend 4002 O1 pass --reason "คำสั่งศาลปกครอง"
      4002: amended, 50.00 → 65.00

      = 2026-06-20
      somsri$ cycle publish
      2569: published
      $ scorecard 4002
      Than Thong 2 (4002)
      …
      Total: 65.00 (final)
      …
      Sealed: 50.00, 16 Jun 2026, 00:00
      Amended: 65.00, 16 Jun 2026, 00:00: คำสั่งศาลปกครอง
      somsri$ late
      …
      Nothing is missing.
      """)
  }

  private func keep(_ story: Story) throws {
    try story.tell(
      """
      = 2026-06-20
      $ verify
      …
      checked: 3 sealed scorecards, 2 files, … entries of the trail, … KiB
      no fault
      $ backup one.sqlite
      one.sqlite: written and checked
      ! backup one.sqlite
      one.sqlite: the file is there already; choose another name
      admin$ person erase anan --reason "คำขอลงวันที่ 20 มิถุนายน 2569"
      anan: erased
      admin! person show anan
      there is no person 'anan'
      $ restore one.sqlite
      data: restored from one.sqlite
      admin$ person show anan
      anan · อนันต์ ดี
      …
      $ verify
      …
      no fault
      admin$ trail --limit 1
      …
      note: there may be more; go on with --since 1
      anan! trail
      cannot see the trail: only the administrator, the committee or the director concerned may
      """)
  }
}
