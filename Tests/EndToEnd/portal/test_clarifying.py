"""An office opens its results and contests them, the lead names who decides, and another assessor does."""

import re

import pytest

from judged import LINK, OFFICES, REASON, Codes, judged, tab_to
from served import Site
from test_office import text_of


SAID = {
    "th": {
        "open": "เปิดดูผลการตรวจประเมิน", "records": "ระบบจะบันทึกชื่อของท่านเป็นผู้รับทราบผล", "button": "เปิดดูผลและบันทึกว่ารับทราบ",
        "opened": "บันทึกแล้วว่าท่านรับทราบผล", "silence": "ไม่ชี้แจงภายในกำหนด ถือว่ายอมรับผล", "points": "0 จาก 100 คะแนน",
        "seen": "ไม่พบหน้า", "once": "ชี้แจงได้ครั้งเดียว", "send": "ส่งคำชี้แจงข้อนี้",
        "faults": ["พิมพ์คำชี้แจง", "เลือกหลักฐานที่ส่งไว้อย่างน้อย 1 รายการ", "ทำเครื่องหมายว่าท่านตรวจข้อความแล้วก่อนส่ง"],
        "sent": "ส่งคำชี้แจงแล้ว", "contested": "อยู่ระหว่างชี้แจง", "waiting": "อยู่ระหว่างพิจารณาคำชี้แจง",
        "none": "เลือกอย่างน้อย 1 ข้อ", "first": "เป็นผู้ตรวจข้อนี้ในรอบแรก", "name": "มอบหมายผู้พิจารณา",
        "named": "มอบหมายผู้พิจารณาแล้ว", "to_decide": "รอพิจารณา", "choose": "เลือกผลการพิจารณา", "why": "พิมพ์เหตุผลถึงหน่วยงาน",
        "save": "บันทึกผลการพิจารณา", "decided": "บันทึกผลการพิจารณาแล้ว", "changed": "พิจารณาแล้ว ผลเปลี่ยน",
        "rounds": ("ผลรอบแรก", "ผลสุดท้าย"), "full": "100 จาก 100 คะแนน", "director": "เป็นผู้ส่งคำชี้แจงของหน่วยงาน",
        "missing": "หน่วยงานที่ยังไม่เปิดดูผล", "director_of": "ผู้อำนวยการ:",
    },
    "en": {
        "open": "Open the findings", "records": "Your name is recorded", "button": "Open the findings and record it",
        "opened": "It is recorded that you have opened the findings", "silence": "No statement by the deadline is acceptance",
        "points": "0 of 100 points", "seen": "Page not found", "once": "An item may be contested once",
        "send": "Send the statement",
        "faults": ["Write the statement", "Choose at least one piece of what was submitted", "Tick that you have checked the text before sending it"],
        "sent": "The statement is sent", "contested": "Contested", "waiting": "Another assessor is deciding",
        "none": "Choose at least one item", "first": "judged it first", "name": "Name who decides",
        "named": "Who decides has been named", "to_decide": "To be decided", "choose": "Choose a decision",
        "why": "Write the reason for the office", "save": "Record the decision", "decided": "The decision is recorded",
        "changed": "Decided: changed", "rounds": ("First finding", "Final finding"), "full": "100 of 100 points",
        "director": "contests for the office", "missing": "Offices that have not opened their findings",
        "director_of": "Director:",
    },
}
STATEMENT = "เป้าหมายและตัวชี้วัดอยู่ในตารางที่ 3 ของแผนที่ส่งไว้"


@pytest.fixture(scope="module")
def site():
    site = Site("test_clarifying", ["--now", "2025-06-11T09:12"], judged)
    yield site
    site.stop()


@pytest.fixture(scope="module")
def codes():
    return Codes()


def findings(language):
    return f"/2568/offices/{OFFICES[language]}/findings"


def fill(director, statement=STATEMENT):
    director.page.locator("#statement").fill(statement)
    director.page.locator("#piece-0").check()
    director.page.locator("#page-of-0").fill("12")
    director.page.locator("#quote-of-0").fill("ตารางที่ 3")
    director.page.locator("#sure").check()


def test_a_finding_is_opened_contested_and_decided(visitor, codes, language):
    said, office, page = SAID[language], OFFICES[language], findings(language)
    director = visitor(language=language).signs_in(f"{office}.director")
    director.follows(said["open"], within=director.page.locator(".page-head"))
    director.reads(said["records"], said["silence"])
    director.does_not_read(REASON)
    director.looks_over()
    director.presses(said["button"])
    director.reads(said["opened"], within=".note-done")
    director.reads(REASON, said["points"])
    director.looks_over()
    director.opens(f"{page}/O7")
    director.reads(REASON, said["once"], said["seen"], LINK)
    director.looks_over()
    director.presses(said["send"])
    assert [text for text, _ in director.faults()[1]] == said["faults"]
    director.looks_over()
    fill(director)
    director.presses(said["send"])
    director.reads(said["sent"], within=".note-done")
    director.reads(STATEMENT, said["waiting"], "ตารางที่ 3")
    director.looks_over()
    director.opens(f"/2568/offices/{office}/disclosures?state=contested")
    assert director.state_of("O7") == said["contested"]
    director.looks_over()

    lead = codes.sign_in(visitor(language=language), "lead.1", "/2568/clarifications")
    lead.looks_over()
    lead.presses(said["name"])
    assert said["none"] in lead.faults()[1][0][0]
    lead.page.locator(f"[name=item][value='{office}/O7']").check()
    lead.page.locator("#assessor").select_option("assessor.2")
    lead.presses(said["name"])
    assert said["first"] in lead.faults()[1][0][0]
    lead.looks_over()
    assert lead.page.locator(f"[name=item][value='{office}/O7']").is_checked()
    lead.opens(f"/2568/clarifications/{office}/O7")
    lead.reads(STATEMENT, REASON, said["first"])
    lead.looks_over()
    lead.page.locator("[name=assessor][value='assessor.4']").check()
    lead.presses(said["name"])
    lead.reads(said["named"], within=".note-done")

    decider = codes.sign_in(visitor(language=language), "assessor.4", "/2568/clarifications")
    decider.looks_over()
    decider.page.locator(f"a[href$='/{office}/O7']").click()
    decider.reads(STATEMENT, REASON)
    decider.looks_over()
    decider.presses(said["save"])
    assert [text for text, _ in decider.faults()[1]] == [said["choose"], said["why"]]
    decider.looks_over()
    decider.page.locator("[name=mark][value=other]").check()
    for element in decider.page.locator("[name=element]").all():
        element.check()
    decider.page.locator("#reason").fill("พบในหน้า 12")
    decider.looks_over()
    decider.presses(said["save"])
    decider.reads(said["decided"], within=".note-done")
    decider.reads("พบในหน้า 12", said["full"])
    decider.looks_over()

    lead.opens("/2568/clarifications?state=decided")
    lead.reads(said["changed"])
    director.opens(f"{page}/O7")
    director.reads(*said["rounds"], REASON, "พบในหน้า 12", said["points"], said["full"])
    director.looks_over()
    paper = re.sub(r"\s", "", text_of(director.page.pdf(prefer_css_page_size=True)))
    for text in (*said["rounds"], "O7", "พบในหน้า12"):
        assert re.sub(r"\s", "", text) in paper.replace("\u2060", ""), paper
    director.opens(page)
    director.reads(said["full"])
    director.looks_over()
    with director.page.expect_download() as download:
        director.page.locator("a[download]").click()
    assert "พบในหน้า 12" in open(download.value.path(), encoding="utf-8-sig").read()


def test_the_same_without_script(visitor, codes):
    said, office = SAID["th"], "4001"
    director = visitor(script=False).signs_in("4001.director", to="/sign-in?to=/2568/offices/4001/findings")
    if director.page.locator("form.card button.main").count():
        director.presses(said["button"])
    director.opens("/2568/offices/4001/findings/O14")
    fill(director, "วิธีจัดซื้ออยู่ในคอลัมน์ที่ 4")
    director.presses(said["send"])
    director.reads(said["sent"], within=".note-done")
    lead = codes.sign_in(visitor(script=False), "lead.1", "/2568/clarifications")
    lead.page.locator("[name=item][value='4001/O14']").check()
    lead.page.locator("#assessor").select_option("assessor.3")
    lead.presses(said["name"])
    lead.reads(said["named"], within=".note-done")
    lead.reads(said["to_decide"])
    decider = codes.sign_in(visitor(script=False), "assessor.3", f"/2568/clarifications/{office}/O14")
    decider.page.locator("[name=mark][value=same]").check()
    decider.page.locator("#reason").fill("คอลัมน์ที่ 4 ว่าง")
    decider.presses(said["save"])
    decider.reads(said["decided"], within=".note-done")
    director.opens("/2568/offices/4001/findings/O14")
    director.reads("คอลัมน์ที่ 4 ว่าง")


def test_the_same_by_keyboard(visitor, codes):
    office = OFFICES["en"]
    director = visitor(language="en").signs_in(f"{office}.director", to=f"/sign-in?to={findings('en')}")
    page = director.page
    if page.locator("form.card button.main").count():
        tab_to(page, "form.card button.main")
        page.keyboard.press("Enter")
        director.page.locator(".note-done").wait_for()
    director.opens(f"{findings('en')}/O14")
    tab_to(page, "#statement")
    page.keyboard.type("The method is in column 4.")
    tab_to(page, "#piece-0")
    page.keyboard.press("Space")
    tab_to(page, "#page-of-0")
    page.keyboard.press("Control+A")
    page.keyboard.type("4")
    tab_to(page, "#sure")
    page.keyboard.press("Space")
    tab_to(page, "form.contest button.main")
    page.keyboard.press("Enter")
    page.locator(".note-done").wait_for()
    director.reads("The method is in column 4.", "Contested")
    lead = codes.sign_in(visitor(language="en"), "lead.1", f"/2568/clarifications/{office}/O14")
    tab_to(lead.page, "[name=assessor]")
    lead.page.keyboard.press("Space")
    tab_to(lead.page, ".decision-side button")
    lead.page.keyboard.press("Enter")
    lead.page.locator(".note-done").wait_for()
    # The first in the list is chosen: the first assessor who may.
    decider = codes.sign_in(visitor(language="en"), "assessor.1", f"/2568/clarifications/{office}/O14")
    tab_to(decider.page, "[name=mark]")
    decider.page.keyboard.press("ArrowDown")
    assert decider.page.locator("[name=mark][value=other]").is_checked()
    tab_to(decider.page, "[name=element]")
    decider.page.keyboard.press("Space")
    tab_to(decider.page, "#reason")
    decider.page.keyboard.type("Column 4 has it.")
    tab_to(decider.page, "#decide button.main")
    decider.page.keyboard.press("Enter")
    decider.page.locator(".note-done").wait_for()
    decider.reads("Column 4 has it.")


def test_who_may_see_and_do_what(visitor, codes, language):
    said, office = SAID[language], OFFICES[language]
    officer = visitor(language=language).signs_in(f"{office}.legal.officer", to=f"/sign-in?to={findings(language)}")
    officer.reads(said["records"])
    officer.opens(f"{findings(language)}/O7")
    assert officer.path.split("?")[0] == findings(language)
    officer.presses(said["button"])
    officer.opens(f"{findings(language)}/O8")
    officer.looks_over()
    assert officer.page.locator("#contest").count() == 0
    other = OFFICES["en" if language == "th" else "th"]
    assert officer.opens(f"/2568/offices/{other}/findings").status == 404
    keeper = visitor(language=language).signs_in(f"{office}.admin", to=f"/sign-in?to={findings(language)}")
    assert keeper.page.locator("form.card").count() == 0
    keeper.looks_over()
    lead = codes.sign_in(visitor(language=language), "lead.1", "/2568/not-opened")
    lead.reads(said["missing"], within="h1")
    lead.reads("4002", said["director_of"])
    lead.does_not_read("4001")
    lead.looks_over()


