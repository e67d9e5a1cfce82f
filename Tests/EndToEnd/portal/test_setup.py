"""The administrator's room while a cycle runs: people, roles, who is late, extensions, backups, retention."""

import csv
import io

import pypdf
import pytest

from served import PASSWORD
from setting_up import presses_main, waits
from visitor import plain

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
