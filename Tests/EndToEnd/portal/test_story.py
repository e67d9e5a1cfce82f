"""The year as one story: an office submits, people answer, it is judged and contests; two members seal; everybody reads.

One site from collecting on, whose clock is moved on between the phases. What each room does by itself is tested with the room.
"""

import csv
import re
import sqlite3

import pytest

from served import Site
from test_answering import SAID as ANSWERING, kept, questions
from test_clarifying import SAID as CLARIFYING, fill
from test_committee import SAID as COMMITTEE
from test_lead import SAID as LEADING
from test_sealing import SAID as SEALING, confirm, digest
from test_signing import figures, sign
from test_work import SAID as WORKING
from visitor import OFFICE, Visitor, plain

COLLECTING, CLOSED = "2025-04-30T16:10", "2025-04-30T16:31"
ASKING, ASSIGNING, JUDGING = "2025-05-01T09:00", "2025-05-02T09:00", "2025-05-19T09:00"
CLARIFY, DECIDING = "2025-06-11T09:12", "2025-07-10T09:00"
ITEM, TYPED, REASON = "O1", "พิมพ์ไว้ก่อนปิดรับหนึ่งนาที", "ไม่พบตำแหน่งที่สำคัญในแผนผัง"
SUGGESTED = "ขอให้แสดงเบอร์ตรงของทุกกลุ่มงาน"
SAID = {
    "th": {"closed": ("ปิดรับ", "ข้อความที่ท่านพิมพ์"), "changed": "ผลการประเมินเปลี่ยนไปหลังจากที่ท่านเปิดหน้านี้",
           "below": "แบบวัดที่ยังไม่ครบขั้นต่ำ", "make": "จัดทำและแสดงบัตรรหัส EIT2 เพื่อพิมพ์", "quality": "คุณภาพคำตอบ"},
    "en": {"closed": ("closed", "What you typed"), "changed": "The results have changed since you looked",
           "below": "Questionnaires below the minimum", "make": "Make and show slips for EIT2 for printing", "quality": "Quality of answers"},
}


class Story:
    """Everybody in it, at a browser of their own, on a site that is moved on."""

    def __init__(self, browser, language):
        self.browser, self.language, self.codes, self.here = browser, language, {}, []
        self.site = Site(f"test_story-{language}", now=COLLECTING)

    def comes(self, person=None, to="/", **options):
        visitor = Visitor(self.browser, self.site, language=self.language, **options)
        self.here.append(visitor)
        if person is None:
            visitor.opens(to)
            return visitor
        visitor.signs_in(person, to=f"/sign-in?to={to}")
        if visitor.page.locator("form.entrance [name=code]").count():
            self.codes[person] = self.codes.get(person, 0) + 1
            visitor.page.locator("form.entrance [name=code]").fill(f"demo-{self.codes[person]:04}")
            visitor.page.locator("form.entrance button.main").click()
        visitor.page.locator("form.entrance").wait_for(state="detached")
        return visitor

    def goes_on(self, now, meanwhile=None):
        self.site.moves_on(now, meanwhile)

    def asks(self, question, *values):
        with sqlite3.connect(f"file:{self.site.folder}/registry.sqlite?mode=ro", uri=True) as registry:
            return registry.execute(question, values).fetchall()

    def ends(self):
        for visitor in self.here:
            visitor.close()
        self.site.stop()


@pytest.fixture
def story(browser, language):
    story = Story(browser, language)
    yield story
    story.ends()


def assessors(story):
    """Who judges which office."""
    return dict(story.asks(
        "SELECT office.code, person.code FROM assignment JOIN office ON office.id = office"
        " JOIN person ON person.id = assessor JOIN cycle ON cycle.id = assignment.cycle WHERE cycle.code = '2568'"))


def the_rest(story):
    """Everything else is judged from a table, as assessors may who work offline."""
    given = assessors(story)
    items = [row[0] for row in story.asks("SELECT DISTINCT item FROM submission WHERE cycle = 2")]

    def judge(site):
        for assessor in sorted(set(given.values())):
            marks = site.folder / f"{assessor}.csv"
            with open(marks, "w", newline="") as file:
                table = csv.writer(file)
                table.writerow(["office", "item", "option", "reason"])
                table.writerows(
                    [office, item, "pass", ""] for office in given if given[office] == assessor for item in items
                    if (office, item) != ("4001", ITEM))
            site.ita(assessor, "2025-05-20T09:00", "judge", "import", marks)
            marks.unlink()

    return judge


def test_the_year_as_one_story(story, language):
    the_last_hour(story)
    its_answering(story)
    its_judging(story)
    decider = its_clarifying(story)
    its_deciding(story, decider)


def the_last_hour(story):
    """The director signs what is ready; an officer is still typing when the window closes."""
    working = WORKING[story.language]
    officer = story.comes("4001.legal.officer", f"{OFFICE}/disclosures/O30")
    director = story.comes("4001.director", f"{OFFICE}/sign-off")
    ready = int(figures(director)[0])
    assert ready > 10
    director.looks_over()
    sign(director)
    director.page.locator(".digest-groups").wait_for()
    director.looks_over()
    story.goes_on(CLOSED)
    officer.page.locator("#note").fill(TYPED)
    officer.presses(working["save"])
    officer.reads(*SAID[story.language]["closed"])
    assert TYPED in officer.page.content()
    officer.looks_over()


def its_answering(story):
    """The lead hands slips to a sample; a teacher answers with one, and it is good no more."""
    said, answering = SAID[story.language], ANSWERING[story.language]
    story.goes_on(ASKING)
    lead = story.comes("lead.1", "/2568/progress")
    lead.follows(said["below"])
    lead.reads(said["below"], within="h1")
    lead.page.locator("li.task a").first.click()
    lead.opens(f"{OFFICE}/slips")
    lead.looks_over()
    lead.page.locator("#number-EIT2").fill("2")
    lead.presses(said["make"])
    lead.page.locator(".slip").nth(1).wait_for()
    lead.looks_over()
    code = plain(lead.page.locator(".slip-code").first.inner_text()).replace(" ", "")
    before = kept(story.site, "EIT")
    path = f"/answer/2568/4001/EIT.EIT2?lang={story.language}"
    teacher = story.comes(to=f"{path}#{code}")
    teacher.presses(answering["begin"])
    page = teacher.page
    page.locator("[data-answered]").wait_for()
    while page.locator("[data-answered]").count():
        here = page.locator("form[data-at]").get_attribute("data-at")
        for question in questions(teacher).all():
            question.locator("input").nth(4).check()
        for field in page.locator("textarea").all():
            field.fill(SUGGESTED)
        teacher.looks_over()
        page.locator("button[value=next]").click()
        page.locator(f"form:not([data-at='{here}'])[data-at]").wait_for()
    teacher.reads(SUGGESTED)
    teacher.presses(answering["send"])
    teacher.reads(answering["end"], within="h1")
    assert kept(story.site, "EIT") == before + 1
    teacher.opens(path)
    page.locator("#slip").fill(code)
    teacher.presses(answering["begin"])
    teacher.reads(answering["refused"], within="h1")


def its_tally(story):
    """The questionnaires have closed: the slip that nobody used is gone, and the committee sees what there is of answers."""
    member = story.comes("member.1", "/2568/results")
    member.follows(SAID[story.language]["quality"], within=member.page.locator(".sights"))
    member.reads(SAID[story.language]["quality"], within="h1")
    member.looks_over()
    # Of the first office, whose second row is the external questionnaire.
    row = member.page.locator("table.quality tbody tr").nth(1)
    count = plain(row.locator("td.num").first.inner_text())
    assert int(re.sub(r"\D", "", count)) == kept(story.site, "EIT")
    row.locator("xpath=..").locator("th a[href$='/4001']").first.click()
    member.reads(SUGGESTED)
    member.looks_over()
    left = "SELECT count(*) FROM invitation JOIN cycle ON cycle.id = cycle WHERE cycle.code = '2568'"
    assert story.asks(left) == [(0,)]
    assert story.asks("SELECT count(*) FROM asking_closed JOIN cycle ON cycle.id = cycle WHERE cycle.code = '2568'") == [(2,)]


def its_judging(story):
    """The lead spreads the offices; the assessor of the first one finds something missing."""
    leading = LEADING[story.language]
    story.goes_on(ASSIGNING)
    lead = story.comes("lead.1", "/2568/assigning/spread")
    lead.page.locator("#seed").fill("2568-0001")
    lead.presses(leading["preview"])
    lead.looks_over()
    lead.page.locator("main form button.main").click()
    lead.reads(leading["spread"], within=".note-done")
    assert len(assessors(story)) == 14
    story.goes_on(JUDGING)
    assessor = story.comes(assessors(story)["4001"], f"/2568/marking/4001/{ITEM}?by=office")
    page = assessor.page
    assessor.looks_over()
    for element in page.locator("[value^='no.']").all()[-1:]:
        element.check()
    for element in page.locator("[value^='yes.']").all()[:-1]:
        element.check()
    page.locator("[data-verdict=not_met]").check()
    page.locator("#reason_code").select_option("incomplete")
    page.locator("#reason").fill(REASON)
    with page.expect_navigation():
        page.locator("[data-finish]").click()
    assert story.asks("SELECT count(*) FROM finding WHERE cycle = 2") == [(1,)]
    # Until it may clarify the office sees nothing of it.
    director = story.comes("4001.director", f"{OFFICE}/disclosures/{ITEM}")
    director.does_not_read(REASON)


def its_clarifying(story):
    """The office opens its results and contests one; another assessor than the first decides."""
    said = CLARIFYING[story.language]
    story.goes_on(CLARIFY, the_rest(story))
    director = story.comes("4001.director", f"{OFFICE}/findings")
    director.does_not_read(REASON)
    director.presses(said["button"])
    director.reads(said["opened"], within=".note-done")
    director.reads(REASON)
    director.looks_over()
    director.opens(f"{OFFICE}/findings/{ITEM}")
    fill(director, "ตำแหน่งอยู่ในแผนผังหน้า 12")
    director.presses(said["send"])
    director.reads(said["sent"], within=".note-done")
    lead = story.comes("lead.1", f"/2568/clarifications/4001/{ITEM}")
    lead.looks_over()
    choice = lead.page.locator("[name=assessor]").first
    decider = choice.get_attribute("value")
    assert decider != assessors(story)["4001"]
    choice.check()
    lead.presses(said["name"])
    lead.reads(said["named"], within=".note-done")
    other = story.comes(decider, f"/2568/clarifications/4001/{ITEM}")
    other.reads("ตำแหน่งอยู่ในแผนผังหน้า 12", REASON)
    other.page.locator("[name=mark][value=other]").check()
    for element in other.page.locator("[name=element]").all():
        element.check()
    other.page.locator("#reason").fill("พบในหน้า 12")
    other.presses(said["save"])
    other.reads(said["decided"], within=".note-done")
    other.looks_over()
    director.opens(f"{OFFICE}/findings/{ITEM}")
    director.reads(*said["rounds"], REASON, "พบในหน้า 12")
    director.looks_over()
    return decider


def its_deciding(story, decider):
    """A member corrects while two are about to agree: one is told plainly. Then they seal, publish, and everybody reads."""
    said, committee = SEALING[story.language], COMMITTEE[story.language]
    story.goes_on(DECIDING)
    its_tally(story)
    one, two = (story.comes(f"member.{number}", "/2568/sealing") for number in (1, 2))
    before = digest(one)
    assert digest(two) == before
    three = story.comes("member.3", "/2568/offices/4101/items/O1/correct")
    three.page.locator("[name=mark][value=not_met]").check()
    three.page.locator("#reason").fill("ข้อมูลในหน้าเว็บเป็นของปีก่อน")
    three.presses(committee["check"])
    three.looks_over()
    three.presses(committee["save"])
    three.reads(committee["done"], within=".note-done")
    confirm(one)
    one.reads(SAID[story.language]["changed"])
    one.looks_over()
    one.opens("/2568/sealing")
    after = digest(one)
    assert after != before
    confirm(one)
    one.reads(said["waits"])
    # The other one is still on the page from before.
    confirm(two)
    two.reads(SAID[story.language]["changed"])
    two.opens("/2568/sealing")
    assert digest(two) == after
    confirm(two)
    two.reads(said["is_sealed"])
    two.looks_over()
    anybody = story.comes(to="/help")
    assert anybody.opens("/published/2568/4001").status == 404
    two.opens("/2568/sealing")
    confirm(two)
    two.page.locator(".note-done").wait_for()
    assert anybody.opens("/published/2568/4001").status == 200
    anybody.reads("พบในหน้า 12")
    # What people wrote is the committee's alone.
    anybody.does_not_read(SUGGESTED)
    anybody.looks_over()
    anybody.opens("/published/2568/4101")
    anybody.reads("ข้อมูลในหน้าเว็บเป็นของปีก่อน")
    # Nobody is named in it.
    (name,), = story.asks("SELECT name FROM person WHERE code = ?", decider)
    assert name not in anybody.page.content()
    director = story.comes("4001.director", OFFICE)
    director.page.locator(".page-head a.button.main").click()
    assert director.path.startswith("/published/2568/4001")
