"""Judging: forty disclosures by key alone, two people on one, and everything that can come between."""

import io
import pathlib
import sqlite3

import pytest
from PIL import Image

from served import PASSWORD, Site
from visitor import plain, wording

YEAR = "/2568"
QUEUE = f"{YEAR}/marking"
# When disclosures have closed and are judged.
NOW = "2025-05-19T10:42:00+07:00"
FIRST, SECOND, THIRD = "assessor.2", "assessor.3", "assessor.4"
OFFICES = ["4001", "4002", "4201", "4301", "4701"]

SAID = {
    "th": {
        "queue": "งานตรวจประเมินของท่าน", "judged": "ตรวจแล้ว", "saved": "บันทึกแล้ว", "keep": "บันทึกร่างและอยู่หน้านี้",
        "draft": "บันทึกร่างแล้ว", "conflict": "มีผู้แก้ไขข้อนี้ก่อนท่าน", "here": "มีผู้ตรวจอีกท่านกำลังตรวจข้อนี้",
        "mine": "บันทึกผลของฉัน", "window": "ใช้ฉบับจากอีกหน้าต่าง", "ended": "หมดเวลาการใช้งาน",
        "kept": "ข้อความที่ท่านพิมพ์ยังอยู่ครบ", "fault": "โปรดแก้ 2 จุด", "undone": "เลิกทำแล้ว", "open": "เปิดไว้",
        "ask": "ส่งให้หัวหน้าตัดสิน", "asked": "ส่งหัวหน้าแล้ว", "add": "บันทึกข้อความ", "delete": "ลบ",
        "declare": "แจ้งผลประโยชน์ทับซ้อน", "declared": "ไม่อยู่ในงานของท่านอีก", "found": "พบ 0 จาก",
        "reason": "ไม่พบผลการใช้จ่ายรายโครงการ", "last": "ปีที่แล้ว", "attach": "แนบไฟล์และบันทึกร่าง",
        "attached": "หน้าจอ.png", "last_year": "ปี 2567",
    },
    "en": {
        "queue": "Your marking", "judged": "Judged", "saved": "Saved", "keep": "Save draft and stay",
        "draft": "Draft saved", "conflict": "someone changed this before you", "here": "Another assessor is on this item",
        "mine": "Save my finding", "window": "Use the other window’s", "ended": "Session ended",
        "kept": "What you typed is kept", "fault": "2 to put right", "undone": "Undone", "open": "Left open",
        "ask": "Ask the lead to decide", "asked": "With the lead", "add": "Save sentence", "delete": "Delete",
        "declare": "Declare", "declared": "no longer in your queue", "found": "0 of",
        "reason": "The spending of each project is not shown", "last": "Last year", "attach": "Attach and save draft",
        "attached": "หน้าจอ.png", "last_year": "Year 2567",
    },
}


def prepared(site):
    """Every office signs what is ready, and three assessors are given offices."""
    for office in OFFICES:
        signer = "4002.deputy" if office == "4002" else f"{office}.director"
        # In some of them nothing is ready.
        site.ita(signer, "2025-04-30T15:00:00+07:00", "submit", office, may_be_refused=True)
    given = [(FIRST, office) for office in OFFICES] + [(SECOND, "4001"), (THIRD, "4001"), (THIRD, "4201")]
    for assessor, office in given:
        told = site.ita("lead.1", "2025-05-02T09:00:00+07:00", "assign", assessor, office)
        assert "every disclosure" in told, told


@pytest.fixture(scope="module")
def site(request):
    site = Site(pathlib.Path(request.node.fspath).stem, prepare=prepared, now=NOW)
    site.sessions, site.codes = {}, iter(range(1, 11))
    yield site
    site.stop()


def comes(visitor, site, person=FIRST, to=QUEUE, **options):
    """Signs in once with a second factor; who comes again brings the session along."""
    here = visitor(**options)
    if person in site.sessions:
        here.context.add_cookies(site.sessions[person])
        here.opens(to)
        return here
    here.signs_in(person, to=f"/sign-in?to={to}")
    gives_code(here, site, person)
    site.sessions[person] = [each for each in here.context.cookies() if each["name"].endswith("session")]
    return here


def gives_code(here, site, person):
    used = site.__dict__.setdefault("used", {})
    used[person] = used.get(person, 0) + 1
    here.page.locator("form.entrance [name=code]").fill(f"demo-00{used[person]:02d}")
    here.page.locator("form.entrance button.main").click()
    here.page.wait_for_url(lambda url: "second-factor" not in url)


def opens(person, office, item, more=""):
    person.opens(f"{QUEUE}/{office}/{item}{more}")


def findings(site, office, item):
    with sqlite3.connect(f"file:{site.folder}/registry.sqlite?mode=ro", uri=True) as registry:
        return registry.execute(
            "SELECT judgement, value, reason_code, reason FROM finding JOIN office ON office.id = finding.office"
            " JOIN cycle ON cycle.id = finding.cycle WHERE cycle.code = '2568' AND office.code = ? AND item = ?"
            " ORDER BY finding.id", (office, item)).fetchall()


def picture():
    data = io.BytesIO()
    Image.new("RGB", (320, 200), "white").save(data, "PNG")
    return {"name": "หน้าจอ.png", "mimeType": "image/png", "buffer": data.getvalue()}


# By key.


def test_forty_disclosures_by_key_alone(visitor, site):
    """As an assessor does it: opens the link, judges, saves and is at the next; not once with the mouse."""
    assessor = comes(visitor, site)
    page = assessor.page
    assessor.context.route("https://**/*", lambda route: route.fulfill(body="<title>An office</title>", content_type="text/html"))
    mice, presses = [], []
    page.expose_function("noteMouse", lambda kind: mice.append(kind))
    page.add_init_script(
        "for (const kind of ['pointerdown', 'mousedown', 'pointermove', 'wheel', 'touchstart'])"
        " addEventListener(kind, () => window.noteMouse(kind), true);")

    def press(key):
        presses.append(key)
        page.keyboard.press(key)

    # Two sentences, each with its reason code.
    for text, code in (("ไม่พบองค์ประกอบที่กำหนด", "incomplete"), ("หน่วยงานไม่ได้ส่งข้อมูลภายในกำหนด", "absent")):
        assessor.opens(f"{YEAR}/comments")
        page.locator("#text").fill(text)
        page.locator("#code").select_option(code)
        page.keyboard.press("Tab")
        page.locator("form.card button.main").focus()
        page.keyboard.press("Enter")
        assessor.reads(text, within=".comments")
    # Offices that no other test judges.
    opens(assessor, "4201", "O1", "?by=office")
    judged, began = [], len(presses)
    for number in range(40):
        page.locator("form[data-mark]").wait_for()
        place = assessor.path.split("?")[0].split("/")[-2:]
        assert place not in judged
        judged.append(place)
        elements = page.locator("[data-element=yes]").count()
        is_sent = page.locator("[data-look]").count() > 0
        if not is_sent:
            press("f")
            press("b")
            press("2")
        elif number % 5 == 3 and elements > 1:
            press("o")
            press("p")
            press("Shift+Digit2")
            press("b")
            press("1")
        else:
            press("o")
            press("p")
        with page.expect_navigation():
            press("Control+Enter")
    each = (len(presses) - began) / len(judged)
    print(f"{len(judged)} disclosures, {each:.2f} keystrokes each")
    assert mice == [] and len(judged) == 40 and each < 5
    for office, item in judged:
        assert len(findings(site, office, item)) == 1, (office, item)
    # Whatever was opened, it was in one window, which knows nothing of ours.
    assert len(assessor.context.pages) == 2
    second = assessor.context.pages[1]
    assert second.evaluate("window.opener === null && window.name === '' && document.referrer === ''")
    second.close()
    with sqlite3.connect(f"file:{site.folder}/registry.sqlite?mode=ro", uri=True) as registry:
        states = dict(registry.execute("SELECT state, count(*) FROM finding_seen JOIN finding ON finding.id = finding"
                                       " WHERE cycle = 2 GROUP BY state").fetchall())
    assert set(states) == {"opened"} and states["opened"] > 20


def test_keys_on_a_thai_keyboard_and_in_fields(visitor, site):
    assessor = comes(visitor, site, SECOND, f"{QUEUE}/4001/O2")
    page = assessor.page
    page.keyboard.press("?")
    assert page.locator("details.keys").evaluate("each => each.open")
    assert page.evaluate("document.activeElement.closest('details').className").startswith("fold-small keys")
    page.keyboard.press("Escape")
    # What a Thai keyboard writes with the keys P and 1.
    page.evaluate("""() => { for (const [key, code] of [['ย', 'KeyP'], ['ๅ', 'Digit1']])
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key, code, bubbles: true })); }""")
    assert page.locator("[data-verdict=met]").is_checked() and page.locator("#element-1").is_checked()
    # Taken back one after another, then nothing is left of it.
    page.keyboard.press("u")
    assert page.locator("[name=verdict]:checked").count() == 0
    # While somebody types, letters are letters.
    page.keyboard.press("r")
    page.keyboard.type("pf1oj?")
    assert page.locator("#reason").input_value() == "pf1oj?"
    assert page.locator("[name=verdict]:checked").count() == 0 and assessor.path.endswith("O2")
    page.keyboard.press("Escape")
    # Switched off, they do nothing; with Ctrl they go on.
    page.keyboard.press("f")
    assert page.locator("[data-verdict=not_met]").is_checked()
    page.locator("[data-keys-on]").uncheck()
    page.keyboard.press("p")
    assert page.locator("[data-verdict=not_met]").is_checked()
    page.keyboard.press("Control+z")
    assert not page.locator("[data-verdict=not_met]").is_checked()
    page.locator("[data-keys-on]").check()
    # J and K, and the pieces of evidence.
    opens(assessor, "4001", "O2", "?by=office")
    page.keyboard.press("]")
    assert page.locator("[data-piece]:not([hidden])").get_attribute("id") == "last-year"
    page.keyboard.press("[")
    assert page.locator("[data-piece]:not([hidden])").get_attribute("id") == "piece-1"
    with page.expect_navigation():
        page.keyboard.press("j")
    assert assessor.path.endswith("/4001/O3?by=office")
    with page.expect_navigation():
        page.keyboard.press("k")
    assert assessor.path.endswith("/4001/O2?by=office")


def test_the_next_link_at_the_next_press(visitor, site):
    assessor = comes(visitor, site, SECOND, f"{QUEUE}/4001/O7")
    page, shown = assessor.page, []
    assessor.context.route("https://**/*", lambda route: (shown.append(route.request.url), route.fulfill(
        body="<title>x</title>", content_type="text/html")))
    pieces = page.locator("[data-second]").count()
    for _ in range(pieces + 1):
        page.keyboard.press("o")
        page.wait_for_timeout(1)
    page.wait_for_function("() => true")
    assert pieces > 0 and len(assessor.context.pages) == 2


# Drafts, conflicts, undo.


def test_a_mark_saves_itself_and_waits(visitor, site, language):
    said = SAID[language]
    assessor = comes(visitor, site, SECOND, f"{QUEUE}/4001/O5", language=language)
    page = assessor.page
    with page.expect_response(lambda response: response.request.method == "POST") as saved:
        page.keyboard.press("Shift+Digit1")
        page.locator("#reason").fill(f"{language}: {said['reason']}")
    assert saved.value.status == 200
    assessor.reads(said["saved"], within="[data-saved]")
    assessor.opens(QUEUE)
    opens(assessor, "4001", "O5")
    assert page.locator("#reason").input_value() == f"{language}: {said['reason']}"
    assert page.locator("[value^='no.']").first.is_checked()
    assessor.looks_over()


def test_two_windows_of_one_person(visitor, site, language):
    said = SAID[language]
    item = {"th": "O21", "en": "O22"}[language]
    one = comes(visitor, site, SECOND, f"{QUEUE}/4001/{item}", language=language, script=False)
    two = comes(visitor, site, SECOND, f"{QUEUE}/4001/{item}", language=language, script=False)
    two.page.locator("#reason").fill("จากหน้าต่างที่สอง")
    two.presses(said["keep"])
    two.reads(said["draft"])
    one.page.locator("#reason").fill("จากหน้าต่างที่หนึ่ง")
    one.presses(said["keep"])
    one.reads(said["conflict"], said["kept"], "จากหน้าต่างที่หนึ่ง", "จากหน้าต่างที่สอง", within=".mark-conflict")
    one.looks_over()
    one.follows(said["window"])
    assert one.page.locator("#reason").input_value() == "จากหน้าต่างที่สอง"


def test_two_assessors_on_one_item(visitor, site, language):
    said = SAID[language]
    item = {"th": "O11", "en": "O24"}[language]
    first = comes(visitor, site, SECOND, f"{QUEUE}/4001/{item}", language=language)
    second = comes(visitor, site, THIRD, f"{QUEUE}/4001/{item}", language=language)
    with second.page.expect_response(lambda response: response.request.method == "POST"):
        second.page.keyboard.press("f")
        second.page.locator("#reason").fill("อีกคนเห็นว่าไม่ครบ")
    # The first one is told as soon as anything of theirs is saved.
    with first.page.expect_response(lambda response: response.request.method == "POST"):
        first.page.keyboard.press("p")
    first.reads(said["here"], within="[data-met]")
    with first.page.expect_navigation():
        first.page.keyboard.press("Control+Enter")
    first.reads(said["conflict"], "อีกคนเห็นว่าไม่ครบ", within=".mark-conflict")
    assert first.page.evaluate("document.activeElement.classList.contains('mark-conflict')")
    first.looks_over()
    assert findings(site, "4001", item) == []
    first.page.keyboard.press("Tab")
    assert plain(first.page.evaluate("document.activeElement.textContent")) == said["mine"]
    with first.page.expect_navigation():
        first.page.keyboard.press("Enter")
    assert [each[0] for each in findings(site, "4001", item)] == ["elements"]
    # And so is the second one: nothing is overwritten unseen.
    with second.page.expect_navigation():
        second.page.keyboard.press("Control+Enter")
    second.reads(said["conflict"], within=".mark-conflict")
    second.page.locator(".mark-conflict button[value=drop]").click()
    second.page.locator("form[data-mark]").wait_for()
    assert len(findings(site, "4001", item)) == 1


def test_the_last_finding_is_undone(visitor, site, language):
    said = SAID[language]
    item = {"th": "O13", "en": "O14"}[language]
    assessor = comes(visitor, site, SECOND, f"{QUEUE}/4001/{item}?by=office", language=language)
    page = assessor.page
    page.keyboard.press("p")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    assert item not in assessor.path
    assessor.reads(said["saved"], item, within=".mark-status")
    with page.expect_navigation():
        page.keyboard.press("u")
    assert item in assessor.path
    assessor.reads(said["undone"], within=".note-done")
    assessor.reads(said["open"], within=".stands")
    assessor.looks_over()
    assert [each[0] for each in findings(site, "4001", item)] == ["elements", "pending"]


def test_what_is_wrong_leads_to_its_field(visitor, site, language):
    said = SAID[language]
    assessor = comes(visitor, site, SECOND, f"{QUEUE}/4001/O15", language=language, script=False)
    assessor.page.locator("[data-verdict=not_met]").check()
    assessor.page.locator("[data-finish]").click()
    title, lines = assessor.faults()
    assert said["fault"] in title and [each[1] for each in lines] == ["#reason_code", "#reason"]
    assessor.looks_over()
    assert findings(site, "4001", "O15") == []


def test_a_session_that_ends_mid_mark_loses_nothing(visitor, site, language):
    said = SAID[language]
    item = {"th": "O16", "en": "O17"}[language]
    assessor = comes(visitor, site, FIRST, f"{QUEUE}/4701/{item}", language=language)
    page = assessor.page
    page.keyboard.press("Shift+Digit1")
    page.locator("#reason").fill(f"{language}: half an hour of work")
    page.wait_for_function("() => document.querySelector('[name=sighting]').value !== '0.0.'")
    assessor.context.clear_cookies(name="session")
    page.locator("#reason").fill(f"{language}: half an hour of work, and more")
    assessor.reads(said["ended"], within="[data-saved]")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    assessor.reads(said["kept"])
    assessor.types_name_and_password(FIRST)
    gives_code(assessor, site, FIRST)
    page.locator("form[data-mark]").wait_for()
    assert assessor.path.startswith(f"{QUEUE}/4701/{item}")
    assert page.locator("#reason").input_value() == f"{language}: half an hour of work, and more"
    assert page.locator("[value^='no.']").first.is_checked()
    assessor.looks_over()
    site.sessions[FIRST] = [each for each in assessor.context.cookies() if each["name"].endswith("session")]


# The rest of the room.


def test_without_script(visitor, site):
    said = SAID["th"]
    assessor = comes(visitor, site, FIRST, QUEUE, script=False)
    assessor.reads(said["queue"], within="h1")
    assessor.opens(f"{YEAR}/comments")
    assessor.page.locator("#text").fill("ไม่พบช่วงเวลาที่กำหนด")
    assessor.page.locator("#item").select_option(index=7)
    assessor.page.locator("#code").select_option("wrong_period")
    assessor.presses(said["add"])
    assessor.reads("ไม่พบช่วงเวลาที่กำหนด", within=".comments")
    opens(assessor, "4301", "O7")
    page = assessor.page
    # Everything stands one below the other.
    assert page.locator("[data-piece]").evaluate_all("all => all.every(each => each.offsetHeight > 0)")
    page.locator("[value^='no.']").first.check()
    page.locator(".bank summary").click()
    page.locator("#comment").select_option(label="R3 ไม่พบช่วงเวลาที่กำหนด")
    page.locator("button[value=insert]").click()
    assert page.locator("#reason").input_value() == "ไม่พบช่วงเวลาที่กำหนด"
    assert page.locator("#reason_code").input_value() == "wrong_period"
    for box in page.locator("[data-element=yes]").all()[1:]:
        box.check()
    page.locator(".capture summary").click()
    page.locator("#capture").set_input_files(picture())
    page.locator("button[value=attach]").click()
    assessor.reads(said["attached"], within=".file-list")
    if page.locator("[data-look]").count():
        page.locator("[data-look]").first.select_option("not_found")
    page.locator("[data-finish]").click()
    page.locator(".marking").wait_for()
    judgement, _, code, reason = findings(site, "4301", "O7")[-1]
    assert (judgement, code, reason) == ("elements", "wrong_period", "ไม่พบช่วงเวลาที่กำหนด")
    opens(assessor, "4301", "O7")
    assessor.reads(said["attached"], within=".file-list")
    assessor.page.locator("[data-undo]").click()
    assessor.reads(said["undone"])


def test_asking_the_lead(visitor, site, language):
    said = SAID[language]
    item = {"th": "O18", "en": "O19"}[language]
    assessor = comes(visitor, site, SECOND, f"{QUEUE}/4001/{item}", language=language)
    assessor.page.locator(".ask summary").click()
    assessor.page.locator("#note").fill("เกณฑ์ข้อนี้นับเอกสารฉบับร่างหรือไม่")
    assessor.looks_over()
    assessor.page.locator("button[value=ask]").click()
    assessor.page.wait_for_url(lambda url: item not in url)
    assessor.opens(f"{QUEUE}?state=asked&item={item}")
    assessor.reads(said["asked"], within=".group-rows")
    assert findings(site, "4001", item)[-1][0] == "pending"


def test_every_page_is_looked_over(visitor, site, language):
    said = SAID[language]
    assessor = comes(visitor, site, FIRST, QUEUE, language=language)
    assessor.reads(said["queue"], within="h1")
    assessor.looks_over()
    for path in (f"{QUEUE}?by=office&office=4701", f"{QUEUE}?state=judged", f"{QUEUE}?state=asked",
                 f"{QUEUE}/4001/O8", f"{QUEUE}/4301/O3", f"{YEAR}/comments", f"{YEAR}/conflicts"):
        assessor.opens(path)
        assessor.looks_over()
    opens(assessor, "4001", "O8")
    assessor.page.keyboard.press("?")
    assessor.page.keyboard.press("b")
    assessor.looks_over()
    # The button stays in sight while each side scrolls by itself.
    assessor.page.set_viewport_size({"width": 1280, "height": 720})
    assessor.page.locator(".mark-right").evaluate("each => { each.scrollTop = 0 }")
    box = assessor.page.locator("[data-finish]").bounding_box()
    assert box["y"] + box["height"] <= 720
    assert assessor.page.evaluate("document.documentElement.scrollHeight") <= 720
    assessor.opens(QUEUE)
    printed = assessor.page.pdf(prefer_css_page_size=True)
    assert len(printed) > 1000


def test_a_conflict_of_interest_takes_the_office_away(visitor, site):
    said = SAID["th"]
    assessor = comes(visitor, site, THIRD, f"{YEAR}/conflicts")
    assessor.presses(said["declare"])
    assert [each[1] for each in assessor.faults()[1]] == ["#office", "#reason", "#sure"]
    assessor.page.locator("#office").select_option("4201")
    assessor.page.locator("#reason").fill("เคยเป็นที่ปรึกษาของสำนักงานนี้")
    assessor.page.locator("#sure").check()
    assessor.presses(said["declare"])
    assessor.reads(said["declared"], within=".note-done")
    assert assessor.opens(f"{QUEUE}/4201/O1").status == 404
    assessor.opens(f"{QUEUE}?by=office")
    assert assessor.page.locator("#group-4201").count() == 0 and assessor.page.locator("#group-4001").count() == 1
