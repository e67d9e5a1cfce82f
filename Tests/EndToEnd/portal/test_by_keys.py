"""Each room's own act by nothing but keys, with scripts and without: what is done is done, and everybody reads it."""

import sqlite3

import pytest

from hands import Hands
from served import PASSWORD, Site
from test_committee import SAID as COMMITTEE
from test_lead import SAID as LEADING
from test_sealing import SAID as SEALING
from test_setup import RUNNING

REASON = "ข้อมูลในหน้าเว็บเป็นของปีก่อน"


@pytest.fixture(params=[True, False], ids=["with scripts", "without"])
def script(request):
    return request.param


class Room:
    """A phase of the year, and those who come to it."""

    def __init__(self, browser, script, phase):
        self.browser, self.script = browser, script
        self.site = Site(f"test_by_keys-{phase}-{script}", phase=phase)
        self.here, self.codes = [], {}

    def comes(self, person, to):
        hands = Hands(self.browser, self.site, self.script)
        self.here.append(hands)
        self.codes[person] = self.codes.get(person, 0) + 1
        return hands.comes(person, to, self.codes[person])

    def asks(self, question, *values):
        with sqlite3.connect(f"file:{self.site.folder}/registry.sqlite?mode=ro", uri=True) as registry:
            return registry.execute(question, values).fetchall()


@pytest.fixture
def room(browser, script):
    rooms = []

    def enter(phase):
        rooms.append(Room(browser, script, phase))
        return rooms[0]

    yield enter
    for each in rooms:
        for hands in each.here:
            hands.close()
        each.site.stop()


def test_the_committee_corrects_seals_and_publishes(room):
    deciding = room("deciding")
    said, sealing = COMMITTEE["th"], SEALING["th"]
    three = deciding.comes("member.3", "/2568/offices/4101/items/O1/correct")
    three.chooses("mark", "not_met")
    three.types("#reason", REASON)
    three.enters("button[name=act][value=check]")
    three.visitor.reads(said["effect"])
    three.enters("button[name=act][value=save]")
    three.is_told(said["done"])
    # What one had agreed to is no more: both look at it anew.
    one, two = (deciding.comes(f"member.{number}", "/2568/sealing") for number in (1, 2))
    for member in (two, one):
        member.goes("/2568/sealing")
        member.ticks("#accept")
        member.types("#password", PASSWORD)
        member.enters("form.sign-form button.main")
    one.visitor.reads(sealing["is_sealed"])
    one.ticks("#accept")
    one.types("#password", PASSWORD)
    one.enters("form.sign-form button.main")
    one.page.locator(".note-done").wait_for()
    anybody = Hands(deciding.browser, deciding.site, deciding.script)
    deciding.here.append(anybody)
    anybody.goes("/published/2568")
    anybody.types("#search", "4101")
    anybody.enters(".filter button, form[role=search] button")
    anybody.enters("a[href='/published/2568/4101']")
    anybody.visitor.reads(REASON)


def test_the_committee_takes_a_report_away(room):
    member = room("published").comes("member.1", "/2568/downloads")
    member.enters("button[name=report][value=workbook-committee]")
    # Made while one waits; the page asks again by itself.
    member.page.locator("a.button.main").wait_for(timeout=20_000)
    member.to("a.button.main")
    with member.page.expect_download() as download:
        member.press("Enter")
    assert open(download.value.path(), "rb").read(2) == b"PK"


def test_the_lead_gives_an_office_away(room):
    assessing = room("assessing")
    (office,), = assessing.asks(
        "SELECT code FROM office WHERE id IN (SELECT office FROM participant WHERE cycle = 2) AND id NOT IN"
        " (SELECT office FROM assignment WHERE cycle = 2 AND until_at IS NULL) AND id NOT IN"
        " (SELECT office FROM conflict) ORDER BY code LIMIT 1")
    lead = assessing.comes("lead.1", f"/2568/assigning?search={office}")
    lead.ticks(f"#pick-{office}")
    lead.selects("#assessor", "assessor.3")
    lead.enters("button[name=do][value=preview]")
    lead.visitor.reads(LEADING["th"]["confirm"].format(1))
    lead.enters("main form button.main")
    lead.is_told(LEADING["th"]["assigned"])
    assert assessing.asks(
        "SELECT person.code FROM assignment JOIN person ON person.id = assessor JOIN office ON office.id = office"
        " WHERE cycle = 2 AND until_at IS NULL AND office.code = ?", office) == [("assessor.3",)]


def test_the_administrator_gives_a_role_and_more_time(room):
    said = RUNNING["th"]
    admin = room("collecting").comes("admin", "/people")
    admin.types("#search", "assessor.4")
    admin.enters(".filter button")
    admin.enters("a[href='/people/assessor.4']")
    admin.to("details.setup-act summary")
    admin.press("Enter")
    admin.chooses("role", "lead_assessor")
    admin.chooses("scope", "everywhere")
    admin.types("#grant_password", PASSWORD)
    admin.enters("form[action$='/grant'] button.main")
    admin.is_told(said["given"])
    admin.goes("/setting-up/cycles/2568/extensions")
    admin.types("#office", "4703")
    admin.chooses("instrument", "OIT")
    admin.types("#day", "05/05/2568")
    admin.types("#reason", "น้ำท่วมสำนักงาน")
    admin.types("#password", PASSWORD)
    admin.enters("main form button.main")
    admin.is_told(said["extended"])
    admin.visitor.reads("น้ำท่วมสำนักงาน")
