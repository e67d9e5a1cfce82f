"""The administrator's room: from a registry that holds nobody else to an open cycle whose first office has its letters;
and what an administrator does while a cycle runs."""

import csv
import io
import re
import time

import pypdf
import pytest

from served import PASSWORD, EmptySite
from test_entrance import number_of
from visitor import Visitor, plain

NOW = "2026-01-05T09:00"
SECRET = "ข้าวหอมมะลิหน้าฝนปีนี้"

OFFICES = """office,name_th,name_en,kind,provinces,provinces_en
4001,สำนักงานเขตพื้นที่การศึกษาประถมศึกษาธารทอง เขต 1,Than Thong Primary Area 1,primary,ธารทอง,Than Thong
4002,สำนักงานเขตพื้นที่การศึกษาประถมศึกษาธารทอง เขต 2,Than Thong Primary Area 2,primary,ธารทอง,Than Thong
"""
WRONG = "office,name_th,kind\n4001,สพป.ธารทอง เขต 1,primary\n4002,สพป.ธารทอง เขต 2,primry\n4001,ซ้ำ,primary\n"
PEOPLE = """person,name,post,office,role,scope,group
4001.director,นายสมชาย ใจดี,ผู้อำนวยการ,4001,director,4001,
4001.officer,นางสาวปวีณา รักดี,นิติกร,4001,officer,4001,
4002.director,นางอรทัย แก้วมณี,ผู้อำนวยการ,4002,director,4002,
4002.officer,นายวิชัย ทองสุข,นักวิชาการ,4002,officer,4002,
assessor.1,นายธีระ สอบทาน,ผู้ตรวจประเมิน,,assessor,4001;4002,
lead.1,นางมาลี นำตรวจ,หัวหน้าผู้ตรวจ,,lead_assessor,*,
member.1,นายประสิทธิ์ พิจารณ์,กรรมการ,,committee,*,
member.2,นางสุภา เห็นชอบ,กรรมการ,,committee,*,
"""

SAID = {
    "th": {
        "fresh": "เริ่มต้นใช้งานระบบ", "now": "ทำขั้นนี้", "later": "ขั้นถัดไป", "done": "เสร็จแล้ว", "partly": "ทำแล้วบางส่วน",
        "faults": "พบข้อผิดพลาด 2 จุด ยังไม่มีข้อมูลใดถูกบันทึก", "again": "เลือกไฟล์ที่แก้แล้ว", "three": ["2", "0", "0"],
        "taken": "นำเข้าข้อมูลแล้ว", "no_files": "เลือกไฟล์เกณฑ์อย่างน้อยหนึ่งไฟล์", "moved": "โปรดตรวจกับประกาศของปี 2569 ก่อนใช้",
        "suggested": "ยังไม่ได้บันทึก โปรดแก้ให้ตรงกับประกาศ", "day": "กรอกเป็นวัน/เดือน/ปี พ.ศ.",
        "closes": "ปิดรับ 31 มี.ค. 2569 เวลา 16.30 น.", "sheets": "ใบเข้าใช้ 2 ใบ", "complete": "ครบทุกใบแล้ว พิมพ์ได้",
        "wrong": "รหัสผ่านไม่ถูกต้อง", "open": "เปิดรอบการประเมินแล้ว", "overview": "ภาพรวมการประเมิน", "late": "ยังไม่ส่ง 36 ข้อ",
    },
    "en": {
        "fresh": "Getting started", "now": "Do this now", "later": "Later", "done": "Done", "partly": "Partly done",
        "faults": "2 faults; nothing was saved", "again": "Choose the mended file", "three": ["2", "0", "0"],
        "taken": "The table has been taken in", "no_files": "Choose at least one rubric file",
        "moved": "Compare it with what was announced for 2569 before you use it",
        "suggested": "Nothing is saved yet; put in those that were announced", "day": "Enter day/month/Buddhist year",
        "closes": "closes 31 Mar 2026", "sheets": "2 letters", "complete": "All of them are here; print now",
        "wrong": "The password is not right", "open": "The cycle is open", "overview": "Assessment overview",
        "late": "36 disclosures not submitted",
    },
}


@pytest.fixture
def empty(language):
    site = EmptySite(f"empty-{language}", NOW)
    yield site
    site.stop()


def table(name, text):
    return {"name": name, "mimeType": "text/csv", "buffer": text.encode()}


def redeems(person, name, letter):
    """The first sign-in with the code of a letter."""
    person.opens("/code")
    person.page.locator("#name").fill(name)
    person.page.locator("#code").fill(letter)
    person.page.locator("button.main").click()
    for field in ("#new_password", "#repeat_password"):
        person.page.locator(field).fill(SECRET)
    person.page.locator("button.main").click()


def sets_a_second_factor_up(person):
    person.page.locator("button.main").click()
    secret = person.page.locator(".secret dd").inner_text().replace(" ", "")
    person.page.locator("#code").fill(number_of(secret, int(time.time()) // 30))
    person.page.locator("button.main").click()
    person.page.locator(".codes li").first.wait_for()
    person.page.locator("a.button.main").click()


def states(person):
    return [plain(each) for each in person.page.locator(".setup-steps .state-tag").all_inner_texts()]


def checklist(person):
    """Back to it, by its place in the header."""
    person.page.locator(".places a[href='/setting-up']").click()


def goes_on(person):
    person.page.locator(".page-head a.button.main").click()


def waits(person):
    """What takes longer than a page may leads on by itself, or with a press where scripts are off."""
    if person.script:
        person.page.wait_for_url(lambda address: "/errands/" not in address, timeout=30_000)
        return
    for _ in range(100):
        if "/errands/" not in person.path:
            return
        person.page.locator("[data-errand-again]").click()
    raise AssertionError(f"still at {person.path}")


def presses_main(person):
    person.page.locator("main form button.main").last.click()
    waits(person)


def test_from_nothing_to_an_open_cycle(browser, empty, language):
    said = SAID[language]
    admin = Visitor(browser, empty, language=language)
    pages = []
    redeems(admin, "admin", empty.letter)
    sets_a_second_factor_up(admin)
    admin.page.on(
        "request", lambda each: pages.append(each.url) if each.is_navigation_request() and not each.redirected_from else 0)
    assert admin.path == "/setting-up" and admin.heading == said["fresh"]
    assert states(admin) == [said["now"]] + [said["later"]] * 5
    admin.looks_over()

    # 1: offices; a table with faults first, pasted.
    goes_on(admin)
    assert admin.path == "/offices/import"
    admin.looks_over()
    admin.page.locator("details.fold summary").click()
    admin.page.locator("#text").fill(WRONG)
    presses_main(admin)
    admin.reads(said["faults"])
    rows = [plain(each) for each in admin.page.locator(".setup-faults tbody tr").all_inner_texts()]
    assert len(rows) == 2 and "primry" in rows[0] and "3" in rows[0] and "kind" in rows[0] and "4" in rows[1], rows
    if language == "th":
        assert all(re.search("[ก-๙]", each) for each in rows), rows
    admin.looks_over()
    admin.follows(said["again"])
    admin.page.locator("#file").set_input_files(table("offices.csv", OFFICES))
    presses_main(admin)
    assert [plain(each) for each in admin.page.locator(".setup-three b").all_inner_texts()] == said["three"]
    admin.looks_over()
    presses_main(admin)
    admin.reads(said["taken"], within=".note-done")
    admin.looks_over()
    goes_on(admin)
    assert states(admin)[:2] == [said["done"], said["now"]]

    # 2: the cycle and its rubric; what it holds is looked at before it is accepted.
    goes_on(admin)
    assert admin.page.locator("#year").input_value() == "2569"
    admin.looks_over()
    admin.page.locator("[name=rubric][value=own]").check()
    presses_main(admin)
    assert said["no_files"] in admin.faults()[1][0][0]
    admin.page.locator("[name=rubric][value=ita-2567]").check()
    presses_main(admin)
    admin.reads(said["moved"])
    assert [plain(each) for each in admin.page.locator(".setup-instruments th b").all_inner_texts()] == ["IIT", "EIT", "OIT"]
    admin.looks_over()
    presses_main(admin)
    assert admin.path.startswith("/setting-up?told=") and states(admin)[:3] == [said["done"]] * 2 + [said["now"]]

    # 3: all dates in one form; a day that there is not stays in its field.
    goes_on(admin)
    admin.reads(said["suggested"])
    admin.looks_over()
    admin.page.locator("#closes-day-OIT").fill("31/2/2569")
    presses_main(admin)
    title, lines = admin.faults()
    assert said["day"] in lines[0][0] and lines[0][1] == "#closes-day-OIT"
    assert admin.page.locator("#closes-day-OIT").input_value() == "31/2/2569"
    admin.looks_over()
    admin.page.locator("#closes-day-OIT").fill("31/3/2569")
    presses_main(admin)
    admin.reads(said["closes"])
    admin.looks_over()
    goes_on(admin)

    # 4: people with their roles.
    goes_on(admin)
    assert admin.path == "/people/import"
    admin.looks_over()
    admin.page.locator("#file").set_input_files(table("people.csv", PEOPLE))
    presses_main(admin)
    presses_main(admin)
    admin.reads("4001.director", "assessor.1")
    admin.looks_over()
    goes_on(admin)
    assert states(admin) == [said["done"]] * 4 + [said["now"], said["later"]]

    # 5: letters for one office.
    goes_on(admin)
    admin.looks_over()
    admin.page.locator("[name=who][value=offices]").check()
    admin.page.locator("#offices").fill("4001")
    admin.page.locator("#password").fill("something else")
    presses_main(admin)
    assert said["wrong"] in admin.faults()[1][0][0]
    admin.page.locator("#password").fill(SECRET)
    presses_main(admin)
    assert admin.heading == said["sheets"]
    admin.reads(said["complete"])
    admin.looks_over()
    letters = {}
    for sheet in admin.page.locator(".letter").all():
        name, code = [plain(each) for each in sheet.locator(".letter-secret").all_inner_texts()]
        letters[name] = code
    assert sorted(letters) == ["4001.director", "4001.officer"]
    paper = pypdf.PdfReader(io.BytesIO(admin.page.pdf(prefer_css_page_size=True)))
    assert len(paper.pages) == 2
    admin.page.locator("#end a.button").click()
    checklist(admin)
    assert states(admin)[4] == said["now"]

    # 6: open it.
    admin.page.locator(".setup-steps li").nth(5).locator("a").click()
    admin.looks_over()
    admin.page.locator("#password").fill(SECRET)
    presses_main(admin)
    admin.reads(said["open"], within=".note-done")
    assert states(admin)[5] == said["done"]
    admin.looks_over()
    # Every page that was asked for, with three faults on the way, in fifteen minutes.
    assert len(pages) <= 32, pages

    admin.page.locator(".setup-links a[href$='/late']").click()
    admin.reads(said["late"])
    admin.looks_over()
    director = Visitor(browser, empty, language=language)
    redeems(director, "4001.director", letters["4001.director"])
    director.reads(said["overview"], within="h1")
    assert director.path.startswith("/2569/offices/4001")
    # What is not theirs is not there.
    assert director.opens("/setting-up").status == 404 and director.opens("/people").status == 404
    for each in (director, admin):
        each.close()


def test_the_same_without_script(browser, empty, language):
    admin = Visitor(browser, empty, language=language, script=False)
    redeems(admin, "admin", empty.letter)
    sets_a_second_factor_up(admin)
    goes_on(admin)
    admin.page.locator("#file").set_input_files(table("offices.csv", OFFICES))
    presses_main(admin)
    presses_main(admin)
    checklist(admin)
    goes_on(admin)
    presses_main(admin)
    presses_main(admin)
    goes_on(admin)
    presses_main(admin)
    checklist(admin)
    goes_on(admin)
    admin.page.locator("details.fold summary").click()
    admin.page.locator("#text").fill(PEOPLE)
    presses_main(admin)
    presses_main(admin)
    checklist(admin)
    goes_on(admin)
    admin.page.locator("#password").fill(SECRET)
    presses_main(admin)
    assert admin.page.locator(".letter").count() == 8
    admin.page.locator("#end a.button").click()
    checklist(admin)
    goes_on(admin)
    admin.page.locator("#password").fill(SECRET)
    presses_main(admin)
    assert states(admin) == [SAID[language]["done"]] * 6
    admin.close()


def test_the_first_steps_with_the_keyboard_alone(browser, empty, language):
    admin = Visitor(browser, empty, language=language)
    redeems(admin, "admin", empty.letter)
    sets_a_second_factor_up(admin)
    keys = admin.page.keyboard

    def tab_to(css):
        admin.page.wait_for_load_state()
        for _ in range(60):
            if admin.page.evaluate("(css) => document.activeElement.matches(css)", css):
                return
            keys.press("Tab")
        raise AssertionError(f"{admin.path}: nothing leads to {css}")

    tab_to(".page-head a.button.main")
    keys.press("Enter")
    admin.page.locator("#text").wait_for(state="attached")
    tab_to("details.fold summary")
    keys.press("Enter")
    tab_to("#text")
    keys.insert_text(WRONG)
    tab_to("button.main")
    keys.press("Enter")
    admin.page.locator(".setup-faults").wait_for()
    # The list of faults has the focus, and the way back is behind it.
    assert admin.page.evaluate("document.activeElement.classList.contains('faults')")
    tab_to("a.button.main")
    keys.press("Enter")
    admin.page.locator("#text").wait_for(state="attached")
    tab_to("details.fold summary")
    keys.press("Enter")
    tab_to("#text")
    keys.insert_text(OFFICES)
    tab_to("button.main")
    keys.press("Enter")
    admin.page.locator(".setup-three").wait_for()
    tab_to("button.main")
    keys.press("Enter")
    admin.page.locator(".note-done").wait_for()
    assert admin.path.startswith("/offices?told=")
    admin.close()


# While a cycle runs: on the example.

RUNNING = {
    "th": {
        "refused": "ผู้ดูแลระบบ", "given": "มอบบทบาทแล้ว", "ended": "ยกเลิกบทบาทแล้ว", "extended": "ขยายเวลาแล้ว",
        "reason": "กรอกเหตุผล", "backed_up": "สำรองข้อมูลและตรวจไฟล์แล้ว", "verified": "ตรวจไฟล์แล้ว ไม่พบข้อผิดพลาด",
        "never": "จึงดาวน์โหลดผ่านเบราว์เซอร์ไม่ได้", "none_due": "ยังไม่มีข้อมูลที่ครบกำหนดลบ", "letter": "รหัสนี้แสดงครั้งเดียว",
        "gone": "ลบข้อมูลที่ครบกำหนดแล้ว", "role": "บทบาทนี้ต้องระบุหน่วยงาน",
    },
    "en": {
        "refused": "administrator", "given": "Role given", "ended": "The role ends", "extended": "Given longer",
        "reason": "Enter the reason", "backed_up": "The backup was made and verified", "verified": "The copy was verified; no fault",
        "never": "it cannot be downloaded in a browser", "none_due": "Nothing is due", "letter": "This code is shown once",
        "gone": "What was due has been deleted", "role": "This role is for offices; name them",
    },
}


# Recovery codes of the example's administrator; each is good once.
codes = {"th": 0, "en": 5}


@pytest.fixture
def admin(visitor, language):
    """An administrator of the example, signed in."""
    codes[language] += 1
    admin = visitor(language=language).signs_in("admin", to="/sign-in?to=%2Fsetting-up")
    admin.page.locator("#code").fill(f"demo-{codes[language]:04}")
    admin.page.locator("button.main").click()
    assert admin.path == "/setting-up"
    return admin


def opens_fold(person, name):
    fold = person.page.locator("details.setup-act").filter(has=person.page.locator(f"form[action$='/{name}']"))
    if fold.get_attribute("open") is None:
        fold.locator("summary").first.click()


def test_every_page_of_the_room(admin):
    for path in (
            "/setting-up", "/offices", "/offices?search=" + "ธารทอง", "/offices/new", "/offices/4001", "/offices/groups/import",
            "/setting-up/cycles", "/setting-up/cycles/2568", "/setting-up/cycles/2568/schedule",
            "/setting-up/cycles/2568/extensions", "/setting-up/cycles/2568/figures", "/people", "/people?state=outside",
            "/people/new", "/people/4001.director", "/people/assessor.1", "/letters", "/2568/late", "/2568/late?what=submissions",
            "/trail", "/trail?act=submit", "/retention", "/backups"):
        assert admin.opens(path).status == 200, path
        admin.looks_over()


def test_people_and_what_they_may_do(admin, language):
    said = RUNNING[language]
    # Each of a person of their own: a letter takes the password away.
    who = "assessor.2" if language == "th" else "assessor.3"
    admin.opens("/people")
    admin.page.locator("#search").fill(who)
    admin.page.locator(".filter button").click()
    rows = admin.page.locator(".setup-list li.task")
    assert rows.count() == 1
    rows.locator("a").click()
    assert admin.path == f"/people/{who}"
    grant = admin.page.locator("form[action$='/grant']")
    opens_fold(admin, "grant")
    # What may not be held together is refused, and why.
    grant.locator("[name=role][value=administrator]").check()
    grant.locator("[name=scope][value=everywhere]").check()
    grant.locator("[type=password]").fill(PASSWORD)
    grant.locator("button.main").click()
    admin.page.locator(".faults").wait_for()
    assert said["refused"] in admin.page.locator(".faults").inner_text()
    admin.looks_over()
    grant.locator("[name=role][value=assessor]").check()
    grant.locator("[name=scope][value=offices]").check()
    grant.locator("#offices").fill("4703")
    grant.locator("#last").fill("30/09/2568")
    grant.locator("[type=password]").fill(PASSWORD)
    grant.locator("button.main").click()
    admin.reads(said["given"], within=".note-done")
    admin.looks_over()
    end = admin.page.locator("form[action$='/end']").last
    end.locator("xpath=..").locator("summary").click()
    end.locator("button").click()
    admin.reads(said["ended"], within=".note-done")
    opens_fold(admin, "letter")
    letter = admin.page.locator("form[action$='/letter']")
    letter.locator("[type=password]").fill(PASSWORD)
    letter.locator("button").click()
    admin.reads(said["letter"])
    admin.looks_over()


def test_who_is_late_and_given_longer(admin, language):
    said = RUNNING[language]
    admin.opens("/2568/late")
    with admin.page.expect_download() as told:
        admin.page.locator("a[download]").first.click()
    rows = list(csv.reader(io.StringIO(open(told.value.path(), encoding="utf-8-sig").read())))
    assert len(rows) > 3 and all(len(each) == len(rows[0]) for each in rows)
    office = "4703" if language == "en" else "4001"
    admin.opens("/setting-up/cycles/2568/extensions")
    admin.page.locator("#office").fill(office)
    admin.page.locator("[name=instrument][value=OIT]").check()
    admin.page.locator("#day").fill("05/05/2568")
    admin.page.locator("#password").fill(PASSWORD)
    presses_main(admin)
    assert said["reason"] in admin.faults()[1][0][0]
    admin.looks_over()
    admin.page.locator("#reason").fill("น้ำท่วมสำนักงาน")
    admin.page.locator("#password").fill(PASSWORD)
    presses_main(admin)
    admin.reads(said["extended"], within=".note-done")
    admin.opens("/trail?act=extend_window")
    admin.reads("น้ำท่วมสำนักงาน")
    with admin.page.expect_download() as told:
        admin.page.locator("a[download]").first.click()
    assert "น้ำท่วมสำนักงาน" in open(told.value.path(), encoding="utf-8").read()


def test_backups_are_made_and_verified_here_and_taken_elsewhere(admin, site, language):
    said = RUNNING[language]
    admin.opens("/backups")
    admin.reads(said["never"])
    assert admin.page.locator("main a[href*='.sqlite'], main a[download]").count() == 0
    admin.page.locator("#password").fill(PASSWORD)
    presses_main(admin)
    admin.reads(said["backed_up"], within=".note-done")
    copies = sorted((site.folder / "backups").glob("*.sqlite"))
    assert copies and all(each.stat().st_mode & 0o77 == 0 for each in copies)
    assert admin.opens(f"/backups/{copies[-1].name}").status == 404
    admin.opens("/backups")
    admin.page.locator(".setup-copies button").first.click()
    waits(admin)
    admin.reads(said["verified"], within=".note-done")
    admin.looks_over()
    # What is due goes once, by whoever comes first.
    admin.opens("/retention")
    if admin.page.locator("#password").count():
        admin.page.locator("#password").fill(PASSWORD)
        presses_main(admin)
        admin.reads(said["gone"], within=".note-done")
        admin.looks_over()
    admin.reads(said["none_due"])


def test_the_room_s_pages_on_paper(admin):
    for path in ("/setting-up", "/offices", "/2568/late", "/trail", "/people/4001.director"):
        admin.opens(path)
        paper = pypdf.PdfReader(io.BytesIO(admin.page.pdf(prefer_css_page_size=True)))
        text = plain("\n".join(page.extract_text() for page in paper.pages))
        assert len(paper.pages) >= 1 and len(text) > 100, path
