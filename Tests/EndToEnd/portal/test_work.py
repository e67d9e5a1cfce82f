"""The way of a disclosure: an officer prepares it, the head looks it over, the director signs; and what comes between."""

import pytest

from test_office import text_of
from visitor import OFFICE, plain, wording

LIST = f"{OFFICE}/disclosures"

SAID = {
    "th": {
        "not_begun": "ยังไม่เริ่ม", "draft": "ร่าง", "returned": "ส่งกลับแก้ไข", "ready": "พร้อมเสนอผู้บริหาร",
        "submitted": "ส่งแล้ว", "save": "บันทึกร่าง", "saved": "บันทึกแล้ว", "faults": "ยังบันทึกไม่ได้ โปรดแก้ 1 จุด",
        "link_fault": "ลิงก์ 1: ลิงก์ต้องขึ้นต้นด้วย https:// หรือ http://", "count": "ครบ 2 จาก",
        "attached": "แนบแล้ว", "back": "ส่งกลับให้แก้ไข", "send_back": "ส่งกลับพร้อมหมายเหตุ",
        "no_note": "โปรดบอกสิ่งที่ต้องแก้ไข", "sent_back": "ส่งกลับพร้อมหมายเหตุแล้ว", "pass": "บันทึกและเสนอผู้บริหาร",
        "passed": "ส่งต่อให้ผู้อำนวยการแล้ว", "note": "ลิงก์นี้ยังเป็นฉบับร่าง ขอให้ใช้ฉบับที่ลงนามแล้ว", "add": "เพิ่มลิงก์",
        "wait": "รออยู่ในหน้าตรวจทานของผู้อำนวยการกลุ่ม", "read_only": "ดูได้อย่างเดียว",
        "stale": "มีผู้แก้ไขข้อนี้ก่อนท่าน", "kept": "ข้อความที่ท่านพิมพ์ยังอยู่ครบ", "over": "บันทึกทับด้วยข้อความของฉัน",
        "ended": "หมดเวลาการใช้งาน เข้าสู่ระบบเพื่อทำต่อ", "take": "ใช้ลิงก์ของปีที่แล้วเป็นตัวตั้ง", "taken": "ยังไม่ได้บันทึก",
        "wrong_kind": "โปรดบันทึกเป็น PDF, PNG, JPG, DOCX หรือ XLSX", "remove": "ลบ", "no_gap": "ยังเสนอไม่ได้",
        "gap": "ยังไม่มีลิงก์",
    },
    "en": {
        "not_begun": "Not started", "draft": "Draft", "returned": "Sent back", "ready": "Ready to sign",
        "submitted": "Submitted", "save": "Save draft", "saved": "Saved", "faults": "Not saved: 1 to put right",
        "link_fault": "Link 1: a link begins with https:// or http://", "count": "2 of",
        "attached": "attached", "back": "Send back", "send_back": "Send back with a note",
        "no_note": "Say what is to be put right", "sent_back": "Sent back with your note", "pass": "Save and pass on to the director",
        "passed": "Passed on", "note": "This link is still the draft; use the signed one", "add": "Add a link",
        "wait": "waits on the review page of the group head", "read_only": "Read only",
        "stale": "Someone changed this before you", "kept": "What you typed is kept", "over": "Save mine over it",
        "ended": "Session ended; sign in to go on", "take": "Start from last year’s links", "taken": "not saved yet",
        "wrong_kind": "save it as PDF, PNG, JPG, DOCX or XLSX", "remove": "Remove", "no_gap": "Not passed on",
        "gap": "Give at least one link",
    },
}

PDF = (b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\n"
       b"endobj\ntrailer\n<< /Size 3 /Root 1 0 R >>\n%%EOF\n")


def file(name, content=PDF, kind="application/pdf"):
    return {"name": name, "mimeType": kind, "buffer": content}


def opens(person, item):
    person.opens(f"{LIST}/{item}")


def state(person, item):
    person.opens(LIST)
    return person.state_of(item)


def saves(person, said):
    person.presses(said["save"])
    person.reads(said["saved"], within=".note-done")


@pytest.mark.parametrize("language,item", [("th", "O35"), ("en", "O28")])
def test_from_the_officer_to_the_director_s_desk(visitor, language, item):
    said = SAID[language]
    officer = visitor(language=language).signs_in("4001.legal.officer")
    officer.opens(LIST)
    officer.page.locator("li.task").filter(has=officer.page.locator(".code", has_text=wording(item))).locator("a").click()
    officer.reads(item)
    officer.looks_over()
    # Something wrong first: nothing is lost, and the summary leads to the field.
    officer.page.locator("#answer-yes").check()
    ticks = officer.page.locator("[name=element]")
    for number in range(min(2, ticks.count())):
        ticks.nth(number).check()
        officer.page.locator("[name=place]").nth(number).fill(f"หน้า {number + 3}")
    officer.page.locator("#link-1").fill("www.example.go.th/report 2568")
    officer.page.locator("#page-1").fill("3–9")
    officer.page.locator("#note").fill("รายงานฉบับเต็มอยู่ท้ายหน้า")
    officer.presses(said["save"])
    title, lines = officer.faults()
    assert title == said["faults"]
    assert lines == [(said["link_fault"], "#link-1")]
    assert officer.page.evaluate("document.activeElement.classList.contains('faults')")
    officer.looks_over()
    officer.page.locator(".faults a").click()
    assert officer.page.evaluate("document.activeElement.id") == "link-1"
    assert officer.page.locator("#link-1").input_value() == "www.example.go.th/report 2568"
    assert officer.page.locator("#page-1").input_value() == "3–9"
    assert officer.page.locator("#note").input_value() == "รายงานฉบับเต็มอยู่ท้ายหน้า"
    assert ticks.first.is_checked() if ticks.count() else True
    # Put right, with a second link and a file.
    officer.page.locator("#link-1").fill("https://www.example.go.th/report-2568")
    officer.presses(said["add"])
    officer.page.locator("#link-2").fill("https://www.example.go.th/annex")
    officer.page.locator("#upload").set_input_files(file("รายงาน 2568.pdf"))
    officer.reads(said["attached"], within=".file-list")
    officer.reads("รายงาน 2568.pdf", within=".file-list")
    saves(officer, said)
    officer.reads(said["wait"])
    assert officer.page.locator("#link-2").input_value() == "https://www.example.go.th/annex"
    officer.looks_over()
    with officer.page.expect_download() as download:
        officer.page.locator(".file-list a").click()
    assert open(download.value.path(), "rb").read() == PDF
    assert state(officer, item) == said["draft"]

    head = visitor(language=language).signs_in("4001.legal.head")
    opens(head, item)
    head.page.locator("details.fold summary").filter(has_text=wording(said["back"])).click()
    head.presses(said["send_back"])
    assert head.faults()[1][0][0] == said["no_note"]
    head.page.locator("#reason").fill(said["note"])
    head.looks_over()
    head.presses(said["send_back"])
    head.reads(said["sent_back"], within=".note-done")
    assert state(head, item) == said["returned"]

    opens(officer, item)
    officer.reads(said["note"])
    officer.looks_over()
    officer.page.locator("#link-1").fill("https://www.example.go.th/report-2568-signed")
    saves(officer, said)

    opens(head, item)
    head.presses(said["pass"])
    head.reads(said["passed"], within=".note-done")
    assert state(head, item) == said["ready"]
    opens(officer, item)
    officer.reads(said["read_only"], "https://www.example.go.th/report-2568-signed")
    assert officer.page.locator("form#disclosure").count() == 0
    officer.looks_over()
    assert "report-2568-signed" in text_of(officer.page.pdf(prefer_css_page_size=True)).replace("\n", "").replace(" ", "")


def test_what_is_missing_keeps_it_with_the_head(visitor, language):
    said = SAID[language]
    head = visitor(language=language).signs_in("4001.finance.head", to=f"/sign-in?to={LIST}/O16")
    head.presses(said["pass"])
    title, lines = head.faults()
    assert title.startswith(said["no_gap"]) and lines[0][0].startswith(said["gap"]) and lines[0][1] == "#link-1"
    head.looks_over()
    assert state(head, "O16") == said["draft"]


def test_files_that_may_not_come_in(visitor, language):
    said = SAID[language]
    officer = visitor(language=language).signs_in("4001.legal.officer", to=f"/sign-in?to={LIST}/O30")
    for wrong in (file("run.exe", b"MZ" + b"\0" * 100, "application/octet-stream"), file("page.html", b"<script>1</script>")):
        officer.page.locator("#upload").set_input_files(wrong)
        officer.page.locator(".file .wrong").filter(has_text=wording(said["wrong_kind"])).last.wait_for()
    assert officer.page.locator(".file-list a").count() == 0


def test_a_draft_saves_itself(visitor, language):
    said = SAID[language]
    officer = visitor(language=language).signs_in("4001.legal.officer", to=f"/sign-in?to={LIST}/O33")
    with officer.page.expect_response(lambda response: response.request.method == "POST") as saved:
        officer.page.locator("#note").fill(f"{language}: saved without a button")
    assert saved.value.status == 200
    officer.reads(said["saved"], within="[data-saved]")
    officer.opens(LIST)
    opens(officer, "O33")
    assert officer.page.locator("#note").input_value() == f"{language}: saved without a button"


def test_last_year_s_links_are_taken_over_unsaved(visitor, language):
    said = SAID[language]
    officer = visitor(language=language).signs_in("4001.legal.officer", to=f"/sign-in?to={LIST}/O33")
    before = officer.page.locator("[name=link]").evaluate_all("all => all.map(each => each.value)")
    officer.page.get_by_text(wording(said["take"])).click()
    officer.reads(said["taken"], within="[role=status]")
    officer.looks_over()
    after = officer.page.locator("[name=link]").evaluate_all("all => all.map(each => each.value).filter(each => each)")
    assert len(after) > len([each for each in before if each])
    opens(officer, "O33")
    assert officer.page.locator("[name=link]").evaluate_all("all => all.map(each => each.value)") == before


def test_two_officers_at_once(visitor, language):
    said = SAID[language]
    first = visitor(language=language, script=False).signs_in("4001.legal.officer", to=f"/sign-in?to={LIST}/O30")
    second = visitor(language=language, script=False).signs_in("4001.legal.head", to=f"/sign-in?to={LIST}/O30")
    second.page.locator("#note").fill(f"{language}: the head was quicker")
    saves(second, said)
    first.page.locator("#note").fill(f"{language}: the officer's words")
    first.presses(said["save"])
    first.reads(said["stale"], said["kept"], "นายปกรณ์ วงศ์สุวรรณ")
    assert first.page.locator("#note").input_value() == f"{language}: the officer's words"
    first.looks_over(axe=False)
    first.presses(said["over"])
    first.reads(said["saved"], within=".note-done")
    assert first.page.locator("#note").input_value() == f"{language}: the officer's words"


def test_a_session_that_ends_while_something_is_typed(visitor, language):
    said = SAID[language]
    officer = visitor(language=language).signs_in("4001.legal.officer", to=f"/sign-in?to={LIST}/O30")
    officer.page.locator("#note").fill(f"{language}: half an hour of work")
    officer.page.locator("#link-1").fill("https://www.example.go.th/bribery-2568")
    officer.context.clear_cookies(name="session")
    officer.presses(said["save"])
    officer.reads(said["ended"], said["kept"])
    officer.looks_over()
    officer.types_name_and_password("4001.legal.officer")
    officer.page.locator("form#disclosure").wait_for()
    officer.reads("O30", within=".over-title")
    assert officer.page.locator("#note").input_value() == f"{language}: half an hour of work"
    assert officer.page.locator("#link-1").input_value() == "https://www.example.go.th/bribery-2568"
    officer.looks_over()
    saves(officer, said)
    opens(officer, "O30")
    assert officer.page.locator("#note").input_value() == f"{language}: half an hour of work"


def test_the_officer_by_keyboard_alone(visitor):
    """Signs in, opens a disclosure, types, ticks and saves, without ever touching the mouse."""
    said = SAID["th"]
    officer = visitor()
    officer.opens("/sign-in")
    press, type_ = officer.page.keyboard.press, officer.page.keyboard.type

    def to(selector, key="Tab", most=150):
        for _ in range(most):
            if officer.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                ring = officer.page.evaluate(
                    "() => { const style = getComputedStyle(document.activeElement);"
                    " return style.outlineStyle !== 'none' || style.boxShadow !== 'none'"
                    " || [...document.querySelectorAll(':focus-within')].some("
                    "each => getComputedStyle(each).outlineStyle !== 'none') }")
                assert ring, f"no ring around {selector}"
                return
            press(key)
        raise AssertionError(f"{selector} is not reached by {key}")

    to("#name")
    type_("4001.legal.officer")
    to("#password")
    type_("demo-ita-2568")
    press("Enter")
    officer.reads("ภาพรวมการประเมิน", within="h1")
    press("Tab")
    assert officer.page.evaluate("document.activeElement.className") == "skip"
    press("Enter")
    to(f"main a[href='{LIST}/O33']")
    press("Enter")
    officer.page.locator("form#disclosure").wait_for()
    to("#answer-yes, #answer-no")
    press("ArrowUp")
    press("ArrowDown")
    press("ArrowUp")
    chosen = officer.page.evaluate("document.activeElement.id")
    if chosen != "answer-yes":
        press("ArrowDown")
    to("[name=element]:not(:checked)")
    element = officer.page.evaluate("document.activeElement.id")
    press("Space")
    to("[name=place]")
    type_("หน้า 12")
    to("#link-1")
    to("button[value=add_link]")
    press("Enter")
    to("input[name=link]")
    type_("https://www.example.go.th/by-key")
    to("#note")
    type_("พิมพ์ด้วยแป้นพิมพ์อย่างเดียว")
    to("button.main[value=save]")
    press("Enter")
    officer.reads(said["saved"], within=".note-done")
    assert officer.page.locator(f"#{element}").is_checked()
    assert "พิมพ์ด้วยแป้นพิมพ์อย่างเดียว" in officer.page.locator("#note").input_value()
    links = officer.page.locator("[name=link]").evaluate_all("all => all.map(each => each.value)")
    assert "https://www.example.go.th/by-key" in links
    to("header summary")
    press("Enter")
    to("header .menu button")
    press("Escape")
    assert officer.page.locator("header details.menu").get_attribute("open") is None
