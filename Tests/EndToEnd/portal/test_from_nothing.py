"""From a registry that holds nobody but its administrator to the score of the first office, following what the pages say."""

import io
import re
import sqlite3

import pypdf
import pytest

from served import EmptySite
from setting_up import (
    NOW, OFFICES, PEOPLE, SAID, SECRET, WRONG, checklist, goes_on, presses_main, read_letters, redeems,
    sets_a_second_factor_up, states, table)
from visitor import Visitor, plain


@pytest.fixture
def empty(language):
    site = EmptySite(f"empty-{language}", NOW)
    yield site
    site.stop()


# Where the clock is moved to, as windows require it.
SUBMITTING, JUDGING, JUDGED = "2026-01-20T09:00", "2026-05-06T09:00", "2026-05-07T09:00"
FIGURES = "office,node,figure,source\n4001,IIT,92.50,ผลสำรวจกลาง\n4001,EIT,88.25,ผลสำรวจกลาง\n"
ABSENT = "หน่วยงานไม่ได้ส่งข้อมูลภายในกำหนด"
SENT, ALL = ("O1", "O2"), 36

COURSE = {
    "th": {
        "underway": "กำลังดำเนินการ", "done": "เสร็จแล้ว", "partly": "ทำแล้วบางส่วน", "not_yet": "ยังไม่ถึงช่วง",
        "lead": "หัวหน้าผู้ตรวจประเมิน: นางมาลี นำตรวจ", "free": "ยังไม่มีผู้ตรวจ 2 หน่วยงาน", "sent": "ส่งครบทุกข้อแล้ว 0 จาก 2",
        "judged": "ตรวจแล้ว 36 จาก 72", "none": "คะแนนจะขึ้นเมื่อตรวจครบทุกข้อ", "first": "หน่วยงานแรก: สพป.ธารทอง เขต 1",
        "letters": "ใบเข้าใช้ 6 ใบ", "final": "คะแนนสุดท้าย",
    },
    "en": {
        "underway": "Under way", "done": "Done", "partly": "Partly done", "not_yet": "Not yet",
        "lead": "Lead assessor: นางมาลี นำตรวจ", "free": "2 offices without an assessor", "sent": "0 of 2 offices have submitted",
        "judged": "36 of 72 disclosures judged", "none": "None yet", "first": "The first: Than Thong Primary",
        "letters": "6 letters", "final": "Final score",
    },
}


class Walk:
    """Everybody who is needed, and what it costs them: pages that are asked for, fields that are filled, keys that are pressed."""

    def __init__(self, browser, site, language):
        self.browser, self.site, self.language = browser, site, language
        self.pages, self.fields, self.keys, self.is_counting = [], [], 0, True
        self.here, self.codes = {}, {}

    def comes(self, name):
        person = self.here[name] = Visitor(self.browser, self.site, language=self.language)
        person.page.on("request", self.asked)
        person.context.expose_function("filled", self.filled)
        person.context.add_init_script("""
            const seen = new WeakSet();
            addEventListener('input', ({ target }) => {
              if (seen.has(target) || location.pathname.includes('/marking/')) return;
              seen.add(target);
              filled(location.pathname + ' ' + target.name);
            }, true);""")
        return person

    def filled(self, name):
        if self.is_counting:
            self.fields.append(name)

    def asked(self, request):
        if self.is_counting and request.is_navigation_request() and not request.redirected_from:
            self.pages.append(request.url)

    def first(self, name, letter, needs_code):
        """Comes with a letter."""
        person = self.comes(name)
        redeems(person, name, letter)
        if needs_code:
            self.codes[name] = sets_a_second_factor_up(person)
        return person

    def again(self, name):
        """Signs in weeks later, with a code from paper; not counted, as it is the moved clock that ended the session."""
        person, self.is_counting = self.here[name], False
        person.context.clear_cookies(name="session")
        person.signs_in(name, SECRET)
        if name in self.codes:
            person.page.locator("#code").fill(self.codes[name].pop())
            person.page.locator("button.main").click()
        person.page.locator(".who").first.wait_for()
        self.is_counting = True
        return person

    def ends(self):
        for person in self.here.values():
            person.close()


def course(admin):
    """What the checklist says of each step of the year, and its state."""
    rows = admin.page.locator(".setup-course li")
    return [(plain(row.inner_text()), plain(row.locator(".state-tag").inner_text())) for row in rows.all()]


@pytest.fixture
def walk(browser, empty, language):
    walk = Walk(browser, empty, language)
    yield walk
    walk.ends()


def test_from_nothing_to_the_first_office_scored(walk, empty, language):
    """An office is scored within a quarter of an hour of work, whoever does it.

    A page is read and left in four seconds (most are a table to look over, or one thing to confirm), a field takes four (most are
    ticks and choices; tables come as files), a key while judging one. Counted is all that is pressed below, three faults
    included; the clock is moved only where a window has to open.
    """
    said = SAID[language]
    admin = walk.comes("admin")
    redeems(admin, "admin", empty.letter)
    walk.codes["admin"] = sets_a_second_factor_up(admin)
    letters = opens_a_cycle(admin, said, language)
    assert len(walk.pages) <= 42, walk.pages
    everybody_gets_in(walk, admin, letters, said)
    the_office_submits(walk)
    its_judging(walk)
    seconds = 4 * len(walk.pages) + 4 * len(walk.fields) + walk.keys
    print(f"{language}: {len(walk.pages)} pages, {len(walk.fields)} fields, {walk.keys} keys: {seconds // 60} min {seconds % 60} s")
    assert seconds < 15 * 60, (len(walk.pages), len(walk.fields), walk.keys)


def everybody_gets_in(walk, admin, letters, said):
    """The rest of the letters; the page says what is left, and then that nothing has begun."""
    says = COURSE[walk.language]
    assert [state for _, state in course(admin)] == [says["not_yet"]] * 7
    admin.reads(says["lead"])
    goes_on(admin)
    admin.page.locator("#password").fill(SECRET)
    presses_main(admin)
    assert admin.heading == says["letters"]
    letters |= read_letters(admin)
    admin.page.locator("#end a.button").click()
    director = walk.first("4001.director", letters["4001.director"], needs_code=False)
    assert director.path.startswith("/2569/offices/4001")
    # What is not theirs is not there.
    assert director.opens("/setting-up").status == 404 and director.opens("/people").status == 404
    walk.first("4001.officer", letters["4001.officer"], needs_code=False)
    for name in ("lead.1", "assessor.1", "member.1"):
        walk.first(name, letters[name], needs_code=True)


def the_office_submits(walk):
    """Two disclosures, from a draft to the receipt; the page tells who has not."""
    says = COURSE[walk.language]
    walk.site.moves_on(SUBMITTING)
    admin = walk.again("admin")
    texts = course(admin)
    assert texts[0][1] == texts[1][1] == texts[2][1] == says["underway"] and texts[3][1] == says["not_yet"], texts
    assert says["sent"] in texts[0][0] and says["lead"] in texts[2][0] and says["free"] in texts[2][0]
    admin.looks_over()
    goes_on(admin)
    assert admin.path == "/2569/late"
    admin.looks_over()
    officer = walk.again("4001.officer")
    for item in SENT:
        officer.page.locator(".places a[href$='/disclosures']").click()
        officer.page.locator(f"li.task a[href$='/{item}']").click()
        officer.page.locator("#answer-yes").check()
        for element in officer.page.locator("[name=element]").all():
            element.check()
        officer.page.locator("#link-1").fill(f"https://www.example.go.th/{item}")
        officer.page.locator("main button.main[value=save]").click()
        officer.page.locator(".note-done[role=status]").wait_for()
    director = walk.again("4001.director")
    director.page.locator("header summary").click()
    director.page.locator("a[href$='/review']").first.click()
    for pick in director.page.locator(".picks [name=item]").all():
        pick.check()
    director.page.locator("button[value=pass]").click()
    director.page.locator(".note-done").wait_for()
    director.page.locator(".places a[href$='/sign-off']").click()
    director.page.locator("#accept").check()
    director.page.locator("#password").fill(SECRET)
    director.page.locator("form.sign-form button.main").click()
    director.page.locator(".digest-groups").wait_for()


def its_judging(walk):
    """The lead gives the office to an assessor, who judges it by key; what was measured elsewhere comes as a table."""
    says = COURSE[walk.language]
    walk.site.moves_on(JUDGING)
    lead = walk.again("lead.1")
    assert lead.path == "/2569/assigning"
    lead.page.locator("#pick-4001").check()
    lead.page.locator("#assessor").select_option("assessor.1")
    lead.page.locator("main form button.main").last.click()
    lead.page.locator("main form button.main").last.click()
    lead.page.locator(".note-done").wait_for()
    if walk.language == "th":
        judges_by_key(walk, walk.again("assessor.1"))
    else:
        walk.site.moves_on(JUDGED, judges_offline)
    admin = walk.again("admin")
    texts = course(admin)
    assert texts[0][1] == says["done"] and says["judged"] in texts[3][0] and says["none"] in texts[4][0], texts
    admin.page.locator(".setup-links a[href$='/figures']").click()
    admin.page.locator("#file").set_input_files(table("figures.csv", FIGURES))
    presses_main(admin)
    admin.looks_over()
    presses_main(admin)
    checklist(admin)
    texts = course(admin)
    assert texts[4][1] == says["partly"] and says["first"] in texts[4][0], texts
    admin.looks_over()
    member = walk.again("member.1")
    member.page.locator("a[href='/2569/offices/4001/scorecard']").first.click()
    member.page.locator("#findings").wait_for()
    member.reads("92.50", "88.25")
    member.looks_over()


def judges_offline(site):
    """The same from a table, as assessors may."""
    with sqlite3.connect(f"file:{site.folder}/registry.sqlite?mode=ro", uri=True) as registry:
        text, = registry.execute("SELECT group_concat(item) FROM (SELECT DISTINCT item FROM submission)").fetchone()
    items = [f"O{number}" for number in range(1, ALL)] + ["P1"]
    # Nothing else was submitted.
    assert sorted(text.split(",")) == sorted(SENT)
    marks = site.folder / "marks.csv"
    marks.write_text("office,item,option,reason\n" + "".join(
        f"4001,{item}," + ("pass,\n" if item in SENT else f"fail,{ABSENT}\n") for item in items))
    site.ita("assessor.1", JUDGED, "judge", "import", marks, cycle="2569")
    marks.unlink()


def judges_by_key(walk, assessor):
    """Everything of the first office, as the queue has it."""
    page = assessor.page
    assessor.context.route("https://**/*", lambda route: route.fulfill(body="<title>x</title>", content_type="text/html"))

    def press(key):
        walk.keys += 1
        page.keyboard.press(key)

    page.locator(".places a[href$='/comments']").click()
    page.locator("#text").fill(ABSENT)
    page.locator("#code").select_option("absent")
    page.locator("form.card button.main").click()
    page.locator(".comments").wait_for()
    page.locator(".places a[href$='/marking']").click()
    goes_on(assessor)
    for _ in range(ALL):
        page.locator("form[data-mark]").wait_for()
        if page.locator("[data-look]").count():
            press("o")
            press("p")
        else:
            press("f")
            press("b")
            press("1")
        with page.expect_navigation():
            press("Control+Enter")
    assert page.locator("form[data-mark]").count() == 0


def opens_a_cycle(admin, said, language):
    """The six steps in their order, with three faults on the way."""
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
    letters = read_letters(admin)
    assert sorted(letters) == ["4001.director", "4001.officer"]
    paper = pypdf.PdfReader(io.BytesIO(admin.page.pdf(prefer_css_page_size=True)))
    assert len(paper.pages) == 2
    admin.page.locator("#end a.button").click()
    checklist(admin)
    assert states(admin)[4] == said["now"]

    # 6: open it.
    admin.page.locator(".setup-before li").nth(5).locator("a").click()
    admin.looks_over()
    admin.page.locator("#password").fill(SECRET)
    presses_main(admin)
    admin.reads(said["open"], within=".note-done")
    assert states(admin)[5] == said["done"]
    admin.looks_over()
    return letters


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
