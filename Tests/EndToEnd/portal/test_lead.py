"""The lead assessor assigns by hand, in bulk and by lot, follows progress and hands work over."""

import csv
import io

import pytest

from judged import Codes, judged, tab_to
from served import Site
from visitor import plain

SAID = {
    "th": {
        "title": "มอบหมายผู้ตรวจประเมิน", "preview": "ดูตัวอย่างก่อนมอบหมาย", "none": "เลือกอย่างน้อย 1 หน่วยงาน", "who": "เลือกผู้ตรวจประเมิน",
        "held": "มีผู้ตรวจแล้ว", "confirm": "มอบหมาย {} หน่วยงาน", "assigned": "มอบหมายแล้ว", "seed": "เลขตั้งต้นของการสุ่ม",
        "spread": "กระจายงานแล้ว", "partly": "มอบหมายบางข้อ", "tick": "ทำเครื่องหมายอย่างน้อย 1 ข้อ", "assign": "มอบหมาย",
        "back": "ยกเลิกการมอบหมาย", "taken": "ยกเลิกการมอบหมายแล้ว", "reason": "พิมพ์เหตุผลที่ยกเลิก", "behind": "ช้าไป",
        "to": "เลือกว่าจะโอนให้ใคร", "hand": "โอนงาน {} หน่วยงาน", "handed": "โอนงานแล้ว", "idle": "ไม่มีงานค้าง", "begun": "ตรวจบางข้อ",
        "early": "ยังไม่ถึงช่วงชี้แจงเพิ่มเติม", "nothing": "ยังไม่มีข้อที่ขอชี้แจง",
    },
    "en": {
        "title": "Assigning", "preview": "Preview", "none": "Choose at least one office", "who": "Choose an assessor",
        "held": "It has somebody", "confirm": "Assign {} offices", "assigned": "Assigned", "seed": "Seed", "spread": "Spread.",
        "partly": "Partly assigned", "tick": "Tick at least one item", "assign": "Assign", "back": "Take it back",
        "taken": "Taken back.", "reason": "Write the reason", "behind": "items behind", "to": "Choose to whom the work goes",
        "hand": "Hand over {} offices", "handed": "Handed over.", "idle": "There is no open work", "begun": "Begun",
        "early": "Clarifying has not begun", "nothing": "Nothing has been contested",
    },
}
# What each language's tests do, so that they keep out of each other's way.
WORK = {
    "th": {"bulk": "4002", "hand": "4501", "to": "assessor.5", "kind": "primary"},
    "en": {"bulk": "4701", "hand": "4705", "to": "assessor.4", "kind": "secondary"},
}


@pytest.fixture(scope="module")
def site():
    site = Site("test_lead", ["--now", "2025-05-18T10:42"], judged)
    yield site
    site.stop()


@pytest.fixture(scope="module")
def codes():
    return Codes()


def state_of(lead, code):
    lead.opens(f"/2568/assigning?search={code}")
    return plain(lead.page.locator("#items .state-tag").inner_text())


def test_offices_are_given_in_bulk_after_a_look(visitor, codes, language):
    said, office = SAID[language], WORK[language]["bulk"]
    lead = codes.sign_in(visitor(language=language), "lead.1", "/2568/assigning")
    lead.reads(said["title"], within="h1")
    lead.looks_over()
    lead.presses(said["preview"])
    assert [text for text, _ in lead.faults()[1]] == [said["none"], said["who"]]
    lead.looks_over()
    for code in (office, "4001"):
        lead.page.locator(f"#pick-{code}").check()
    lead.page.locator("#assessor").select_option("assessor.3")
    lead.presses(said["preview"])
    lead.reads(said["held"], said["confirm"].format(1))
    lead.looks_over()
    # Looking gives nothing yet.
    window = lead.page
    lead.page = lead.new_page()
    assert state_of(lead, office) != said["assigned"]
    lead.page.close()
    lead.page = window
    lead.presses(said["confirm"].format(1))
    lead.reads(said["assigned"], within=".note-done")
    assert state_of(lead, office) == said["assigned"]
    with lead.page.expect_download() as download:
        lead.page.locator("a[download]").click()
    rows = list(csv.reader(io.StringIO(open(download.value.path(), encoding="utf-8-sig").read())))
    assert [row[0] for row in rows[1:]] == [office]


def test_an_office_is_given_in_part_and_taken_back(visitor, codes, language):
    said, work = SAID[language], WORK[language]
    lead = codes.sign_in(visitor(language=language), "lead.1", f"/2568/assigning/offices/{work['hand']}")
    lead.looks_over()
    lead.page.locator("[name=scope][value=items]").check()
    lead.presses(said["assign"])
    assert [href for _, href in lead.faults()[1]] == ["#assessor", "#items"]
    lead.looks_over()
    lead.page.locator(f"[name=assessor][value='{work['to']}']").check()
    for item in ("O1", "O2"):
        lead.page.locator(f"[name=item][value={item}]").check()
    lead.presses(said["assign"])
    lead.reads(said["assigned"], within=".note-done")
    lead.reads(said["partly"])
    lead.looks_over()
    lead.presses(said["back"])
    assert said["reason"] in lead.faults()[1][0][0]
    lead.page.locator("#reason").fill("ไปราชการ")
    lead.presses(said["back"])
    lead.reads(said["taken"], within=".note-done")


def look_at_spread(lead, said, work, language):
    lead.page.locator("#seed").fill(f"2568-{language}")
    lead.page.locator("#kind").select_option(work["kind"])
    lead.presses(said["preview"])
    lead.page.locator("table.sheet").wait_for()


def test_offices_are_spread_by_a_seed_that_is_kept(visitor, codes, language):
    said, work = SAID[language], WORK[language]
    lead = codes.sign_in(visitor(language=language), "lead.1", "/2568/assigning/spread")
    assert len(lead.page.locator("#seed").input_value()) == 9
    lead.looks_over()
    look_at_spread(lead, said, work, language)
    lead.reads(said["seed"], f"2568-{language}")
    lead.looks_over()
    table = [plain(each) for each in lead.page.locator("table.sheet tbody tr").all_inner_texts()]
    lead.opens("/2568/assigning/spread")
    look_at_spread(lead, said, work, language)
    # The same seed gives the same again.
    assert [plain(each) for each in lead.page.locator("table.sheet tbody tr").all_inner_texts()] == table
    lead.page.locator("main form button.main").click()
    lead.reads(said["spread"], within=".note-done")
    lead.opens(f"/2568/assigning?state=none&kind={work['kind']}")
    assert lead.page.locator("#items").count() == 0
    lead.opens("/2568/assigning/spread")
    lead.reads(f"2568-{language}")
    lead.looks_over()


def test_work_is_handed_over_by_keyboard(visitor, codes, language):
    said, leaver = SAID[language], {"th": "assessor.5", "en": "assessor.6"}[language]
    lead = codes.sign_in(visitor(language=language), "lead.1", f"/2568/assigning/assessors/{leaver}")
    lead.looks_over()
    page = lead.page
    tab_to(page, "main form button.main")
    page.keyboard.press("Enter")
    assert said["to"] in lead.faults()[1][0][0]
    lead.looks_over()
    tab_to(page, "[name=to]")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    assert page.locator("[name=to][value=rest]").is_checked()
    tab_to(page, "#reason")
    page.keyboard.type("ย้าย")
    tab_to(page, "main form button.main")
    page.keyboard.press("Enter")
    lead.reads("ย้าย")
    lead.looks_over()
    tab_to(page, "main form button.main")
    page.keyboard.press("Enter")
    lead.reads(said["handed"], within=".note-done")
    lead.reads(said["idle"])
    lead.looks_over()


def test_progress_tells_who_is_behind(visitor, codes, language):
    said = SAID[language]
    lead = codes.sign_in(visitor(language=language), "lead.1", "/2568/progress")
    lead.reads(said["behind"])
    lead.looks_over()
    lead.follows(said["begun"], exact=False)
    lead.reads("4001")
    lead.looks_over()
    for person in ("member.1", "admin"):
        other = codes.sign_in(visitor(language=language), person, "/2568/progress")
        other.reads(said["behind"])
        other.looks_over()
    lead.opens("/2568/not-opened")
    lead.reads(said["early"])
    lead.looks_over()
    lead.opens("/2568/clarifications")
    lead.reads(said["nothing"])
    lead.looks_over()


def test_the_same_without_script(visitor, codes):
    lead = codes.sign_in(visitor(script=False), "lead.1", "/2568/assigning/assessors/assessor.3")
    lead.page.locator("[name=to][value=one]").check()
    lead.page.locator("#assessor").select_option("assessor.4")
    lead.page.locator("#reason").fill("ลาออก")
    lead.page.locator("main form button.main").click()
    lead.page.locator("main form button.main").click()
    lead.reads(SAID["th"]["handed"], within=".note-done")
