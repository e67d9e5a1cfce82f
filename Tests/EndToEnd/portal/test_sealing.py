"""Two members check and seal, one publishes, and everybody reads; then a result is amended by two. Reports on the way."""

import io
import re
import zipfile

import pytest

from deciding import DECIDING, LOST, decided
from served import PASSWORD, Site
from test_office import text_of
from visitor import plain, wording

SAID = {
    "th": {
        "title": "ตรวจสอบก่อนรับรองผล", "sealed": "การรับรองและประกาศผล", "judged": "ตรวจครบทุกข้อ", "first": "เห็นชอบผล 14 หน่วยงาน",
        "second": "รับรองผล 14 หน่วยงาน", "tick": "ทำเครื่องหมายว่าท่านตรวจสอบและเห็นชอบผลชุดนี้", "wrong": "รหัสผ่านไม่ถูกต้อง",
        "waits": "รอกรรมการอีก 1 คนเห็นชอบ", "publish": "ประกาศผล 14 หน่วยงาน", "downloads": "ดาวน์โหลด", "ready": "พร้อมดาวน์โหลด",
        "propose": "เสนอแก้ไข", "agree": "เห็นชอบและแก้ไขผล", "is_sealed": "รับรองผลแล้ว",
    },
    "en": {
        "title": "Check before sealing", "sealed": "Sealing and publishing", "judged": "Every item is judged",
        "first": "Agree to 14 offices", "second": "Seal 14 offices", "tick": "Tick that you have checked these results",
        "wrong": "The password is not right", "waits": "sealed once another member agrees", "publish": "Publish 14 offices",
        "downloads": "Downloads", "ready": "Ready", "propose": "Propose the amendment", "agree": "Agree and amend",
        "is_sealed": "The results are sealed",
    },
}
PAGE = "/2568/sealing"


@pytest.fixture(scope="module")
def site():
    site = Site("test_sealing", options=("--now", DECIDING), prepare=decided)
    yield site
    site.stop()


def member(visitor, number, code, to, **options):
    """Signs a member in, with the second factor."""
    person = visitor(**options).signs_in(f"member.{number}", to=f"/sign-in?to={to}")
    person.page.locator("[name=code]").fill(f"demo-00{code:02}")
    person.page.locator("form.entrance button.main").click()
    person.page.locator("main h1").wait_for()
    return person


def digest(person):
    """Its groups of four, without the words under it."""
    return " ".join(re.findall(r"\b[0-9a-f]{4}\b", person.page.locator(".digest-groups").first.inner_text()))


def confirm(person, password=PASSWORD):
    person.page.locator("#accept").check()
    person.page.locator("#password").fill(password)
    person.page.locator("form.sign-form button.main").click()


def test_reports_are_made_while_the_page_shows_how_far_they_are(visitor, language):
    said = SAID[language]
    person = member(visitor, 3, 1 if language == "th" else 2, "/2568/downloads", language=language)
    assert person.heading == said["downloads"]
    person.looks_over()
    person.page.locator("button[value=scorecards]").click()
    person.page.locator("a.button.main").wait_for()
    person.reads(said["ready"])
    person.looks_over()
    with person.page.expect_download() as download:
        person.page.locator("a.button.main").click()
    archive = zipfile.ZipFile(download.value.path())
    assert len(archive.namelist()) == 14 and archive.testzip() is None
    page = archive.read(next(each for each in archive.namelist() if each.startswith("4001"))).decode()
    assert f'<html lang="{language}">' in page
    person.opens("/2568/downloads")
    assert person.page.locator(".jobs .task").count() >= 1
    person.looks_over()
    person.page.locator("#office").fill("no such office")
    person.page.locator("form[method=get] button").click()
    assert person.page.locator("#office").get_attribute("aria-invalid") == "true"
    person.looks_over()
    with person.page.expect_download() as download:
        person.page.locator("#office").fill("4001")
        person.page.locator("form[method=get] button").click()
    assert download.value.suggested_filename == "2568-4001.xlsx"


def test_a_report_without_script(visitor):
    person = member(visitor, 3, 3, "/2568/downloads", script=False)
    person.page.locator("button[value=workbook-committee]").click()
    # The page is asked for again by itself until it is there.
    person.page.locator("a.button.main").wait_for(timeout=20000)
    with person.page.expect_download() as download:
        person.page.locator("a.button.main").click()
    assert open(download.value.path(), "rb").read(2) == b"PK"


def test_two_members_seal_and_one_publishes(visitor, site):
    one = member(visitor, 1, 1, PAGE)
    assert one.heading == SAID["th"]["title"]
    one.reads(SAID["th"]["judged"])
    one.looks_over()
    first = digest(one)
    one.presses(SAID["th"]["first"])
    title, lines = one.faults()
    assert [href for _, href in lines] == ["#accept", "#password"] and SAID["th"]["tick"] in lines[0][0]
    one.looks_over()
    confirm(one, "not the password")
    assert SAID["th"]["wrong"] in one.faults()[1][0][0] and one.page.locator("#accept").is_checked()
    confirm(one)
    one.page.locator(".note-done").wait_for()
    one.reads(SAID["th"]["waits"])
    assert one.page.locator("form.sign-form").count() == 0
    one.looks_over()
    # The second, in English, on a telephone.
    two = member(visitor, 2, 1, PAGE, language="en", width=390)
    assert two.heading == SAID["en"]["title"] and digest(two) == first
    two.looks_over()
    assert two.page.get_by_role("button", name=SAID["en"]["second"]).count() == 1
    assert len(first) == 79
    confirm(two)
    two.reads(SAID["en"]["is_sealed"])
    assert two.heading == SAID["en"]["sealed"] and digest(two) == first
    two.looks_over()
    paper = re.sub(r"\s", "", text_of(two.page.pdf(prefer_css_page_size=True)))
    assert first.replace(" ", "") in paper
    # Nobody reads it yet; then, by keyboard alone, it is published.
    somebody = visitor()
    assert somebody.opens("/published/2568").status == 404
    one.opens(PAGE)
    one.looks_over()
    press, type_ = one.page.keyboard.press, one.page.keyboard.type
    for _ in range(40):
        press("Tab")
        if one.page.locator("#accept:focus").count():
            break
    press("Space")
    press("Tab")
    type_(PASSWORD)
    press("Enter")
    one.page.locator(".note-done").wait_for()
    one.looks_over()
    assert somebody.opens("/published/2568").status == 200
    somebody.reads("14 หน่วยงาน")
    somebody.looks_over()


def test_two_members_amend_and_everybody_sees_both(visitor):
    office, item, _ = LOST
    one = member(visitor, 1, 2, "/2568/amendments")
    one.looks_over()
    one.page.locator("#office").fill("ไม่มีหน่วยงานนี้")
    one.page.locator("form[method=get] button").click()
    assert one.page.locator("#office").get_attribute("aria-invalid") == "true"
    one.looks_over()
    one.page.locator("#office").fill(office)
    one.page.locator("#item").select_option(item)
    one.page.locator("form[method=get] button").click()
    assert one.path == f"/2568/offices/{office}/amend/{item}"
    one.looks_over()
    one.presses(SAID["th"]["propose"])
    assert len(one.faults()[1]) >= 2
    one.looks_over()
    elements = one.page.locator("[name=element]")
    one.page.locator("[name=mark]").first.check()
    for tick in elements.all():
        tick.check()
    one.page.locator("#reason").fill("คำสั่งที่ 5/2568")
    one.page.locator("#password").fill(PASSWORD)
    one.presses(SAID["th"]["propose"])
    one.page.locator(".note-done").wait_for()
    one.looks_over()
    two = member(visitor, 2, 2, "/2568/amendments", language="en")
    two.page.locator(".task a").first.click()
    two.reads("→", "คำสั่งที่ 5/2568")
    two.looks_over(axe=True)
    confirm(two)
    two.page.locator(".note-done").wait_for()
    two.looks_over()
    somebody = visitor()
    somebody.opens(f"/published/2568/{office}")
    somebody.reads("การแก้ไขหลังรับรองผล", "คำสั่งที่ 5/2568", "คะแนนรอบแรก")
    somebody.looks_over()


def test_nobody_else_finds_the_committees_pages(visitor):
    director = visitor().signs_in("4001.director")
    for path in (PAGE, "/2568/amendments", "/2568/offices/4001/amend/O1"):
        assert director.opens(path).status == 404, path
