"""People who answer: a teacher with a slip, a parent without script, somebody who listens, somebody without a mouse."""

import re
import sqlite3
import subprocess
import urllib.request

import pytest

from visitor import PHONE, SMALL_PHONE, Visitor, plain, wording

OFFICE, SLIPS = "/2568/offices/4001", "/2568/offices/4001/slips"
IIT = "/answer/2568/4001/IIT"
SAID = {
    "th": {"begin": "เริ่มตอบ", "next": "ต่อไป", "look": "ตรวจคำตอบก่อนส่ง", "send": "ส่งคำตอบ", "back": "ย้อนกลับ",
           "end": "ขอบคุณ คำตอบของท่านส่งแล้ว", "refused": "รหัสนี้ใช้ตอบไม่ได้", "missing": "ยังไปต่อไม่ได้"},
    "en": {"begin": "Begin", "next": "Next", "look": "Check your answers", "send": "Send answers", "back": "Back",
           "end": "Thank you; your answers are sent", "refused": "This code cannot be used", "missing": "Not yet"},
}


@pytest.fixture(scope="module")
def slips(browser, site):
    """Codes that were made by two people of the office, taken off the printed sheet."""
    clerk = Visitor(browser, site).signs_in("4001.admin", to=f"/sign-in?to={SLIPS}")
    clerk.page.locator("#number-IIT").fill("12")
    clerk.presses("ขอจัดทำบัตรรหัส IIT")
    clerk.reads("ส่งคำขอแล้ว", within=".note-done")
    director = Visitor(browser, site).signs_in("4001.director", to=f"/sign-in?to={SLIPS}")
    director.presses("จัดทำและแสดงบัตรรหัส IIT เพื่อพิมพ์")
    director.page.locator(".slip").first.wait_for()
    codes = [plain(each.inner_text()).replace(" ", "-") for each in director.page.locator(".slip-code").all()]
    assert len(codes) == 12
    for each in (clerk, director):
        each.close()
    return codes


def link(site):
    """The address of the office's open questionnaire: the external one, or its first part."""
    for path in ("/answer/2568/4001/EIT", "/answer/2568/4001/EIT.EIT1"):
        try:
            page = urllib.request.urlopen(site.origin + path).read().decode()
            if "dealt-yes" in page:
                return path
        except OSError:
            continue
    raise AssertionError("there is no open questionnaire")


def kept(site, instrument="IIT"):
    with sqlite3.connect(f"file:{site.folder}/registry.sqlite?mode=ro", uri=True) as registry:
        return registry.execute(
            "SELECT count(*) FROM response JOIN cycle ON cycle.id = cycle JOIN office ON office.id = office"
            " WHERE cycle.code = '2568' AND office.code = '4001' AND instrument = ?", [instrument]).fetchone()[0]


def questions(person):
    return person.page.locator("fieldset:not(:has(fieldset)):has(input[type=radio])")


def answers_all(person, said, look=True):
    """Goes through all pages with the second answer from the top, up to what was chosen."""
    while person.page.locator("[data-answered]").count():
        here = person.page.locator("form[data-at]").get_attribute("data-at")
        assert person.page.locator("input:checked").count() == 0, "nothing is chosen beforehand"
        if look:
            person.looks_over()
        for question in questions(person).all():
            question.locator("input").nth(1).check()
        person.page.locator("button[value=next]").click()
        person.page.locator(f"form:not([data-at='{here}'])[data-at]").wait_for()
    person.reads(said["look"], within="h1")


@pytest.mark.parametrize("width", [PHONE, 1280])
def test_a_teacher_with_a_slip_answers_on_a_phone(visitor, site, slips, language, width):
    said = SAID[language]
    before = kept(site)
    teacher = visitor(language=language, width=width)
    code = slips.pop()
    teacher.opens(f"{IIT}?lang={language}#{code.replace('-', '')}")
    # The code is in the field, and nowhere in the address any more.
    assert teacher.page.locator("#slip").input_value().replace("-", "") == code.replace("-", "")
    assert teacher.page.evaluate("location.hash") == ""
    teacher.looks_over()
    teacher.presses(said["begin"])
    teacher.page.locator("[data-answered]").wait_for()
    # What is missing is named with a link to it, and takes the focus.
    teacher.presses(said["next"])
    title, lines = teacher.faults()
    assert said["missing"] in title and lines[0][1].endswith("-1")
    teacher.looks_over()
    teacher.page.locator(".faults a").first.click()
    assert teacher.page.evaluate("document.activeElement.name").startswith("q")
    answers_all(teacher, said)
    teacher.looks_over()
    assert kept(site) == before, "nothing is kept before it is sent"
    teacher.presses(said["send"])
    teacher.reads(said["end"], within="h1")
    assert teacher.path == f"/answer/thanks?lang={language}"
    teacher.looks_over()
    assert kept(site) == before + 1
    # The site sets no cookie; the visitor brought one of another page along.
    assert {each["name"] for each in teacher.context.cookies()} == ({"language"} if language == "en" else set())
    # Nothing of it is on the device, and the way back leads to an empty form.
    assert teacher.page.evaluate("localStorage.length + sessionStorage.length") == 0
    teacher.page.go_back()
    teacher.page.locator("#slip").wait_for()
    assert teacher.page.locator("#slip").input_value() == ""
    teacher.page.locator("#slip").fill(code.lower().replace("-", " "))
    teacher.presses(said["begin"])
    teacher.reads(said["refused"], within="h1")
    teacher.looks_over()
    assert kept(site) == before + 1


def test_a_parent_without_script_answers_through_the_open_link(visitor, site):
    path = link(site)
    before = kept(site, "EIT")
    parent = visitor(script=False, width=SMALL_PHONE)
    parent.opens(f"{path}?for=parents")
    parent.reads("ผู้ปกครอง")
    parent.looks_over()
    parent.page.locator("#dealt-yes").check()
    parent.presses("เริ่มตอบ")
    parent.reads("โปรดรอสักครู่", within="h1")
    parent.looks_over()
    # The button comes when the wait is over.
    assert not parent.page.get_by_role("button", name="ไปต่อ").is_visible()
    parent.presses("ไปต่อ")
    parent.page.locator("[data-answered]").wait_for()
    parent.page.locator("button[value=next]").click()
    assert parent.faults()[1], "what is missing is named"
    answers_all(parent, SAID["th"])
    # One part again, another answer, and back to what was chosen.
    parent.page.locator("button[value='1']").click()
    question = questions(parent).first
    assert question.locator("input").nth(1).is_checked()
    question.locator("input").nth(2).check()
    while parent.page.locator("[data-answered]").count():
        parent.page.locator("button[value=next]").click()
    parent.presses("ส่งคำตอบ")
    parent.reads("ขอบคุณ คำตอบของท่านส่งแล้ว", within="h1")
    assert kept(site, "EIT") == before + 1
    assert parent.context.cookies() == []


def test_a_parent_with_script_answers_through_the_open_link_without_a_wait(visitor, site, language):
    path = link(site)
    before = kept(site, "EIT")
    parent = visitor(language=language)
    parent.opens(f"{path}?lang={language}")
    parent.looks_over()
    parent.page.locator("#dealt-yes").check()
    parent.presses(SAID[language]["begin"])
    parent.page.locator("[data-answered]").wait_for(timeout=60000)
    answers_all(parent, SAID[language], look=False)
    parent.presses(SAID[language]["send"])
    parent.reads(SAID[language]["end"], within="h1")
    assert kept(site, "EIT") == before + 1


def test_whoever_listens_hears_each_question_with_its_answers(visitor, site, slips):
    """What a screen reader reads: roles, names and states of the accessibility tree."""
    said = SAID["th"]
    listener = visitor()
    listener.opens(IIT)
    tree = listener.page.locator("body").aria_snapshot()
    assert re.search(r'textbox "รหัสตอบแบบวัด"', tree) and 'button "เริ่มตอบ"' in tree
    assert re.search(r'heading "ความเห็นของท่านต่อ.*" \[level=1\]', plain(tree))
    listener.page.get_by_role("textbox", name=wording("รหัสตอบแบบวัด")).fill(slips.pop())
    listener.page.get_by_role("button", name=said["begin"]).press("Enter")
    listener.page.locator("[data-answered]").wait_for()
    # The heading of the new page has the focus, and is read.
    assert listener.page.evaluate("document.activeElement.tagName") == "H1"
    main = listener.page.get_by_role("main")
    groups = main.get_by_role("group")
    assert groups.count() >= 2
    for group in groups.all():
        if group.get_by_role("group").count():
            continue
        snapshot = group.aria_snapshot()
        assert re.match(r'- group "[^"]{4,}"', snapshot), snapshot
        options = group.get_by_role("radio")
        assert options.count() >= 2
        names = [plain(each.evaluate("each => each.labels[0].innerText")) for each in options.all()]
        assert len(set(names)) == len(names) and all(names)
    main.get_by_role("button", name=said["next"]).press("Enter")
    alert = listener.page.get_by_role("alert").filter(has_text=said["missing"])
    alert.wait_for()
    assert listener.page.evaluate("document.activeElement.getAttribute('role')") == "alert"
    first = listener.page.locator("input[aria-describedby]").first
    told = first.get_attribute("aria-describedby")
    assert plain(listener.page.locator(f"#{told}").inner_text()) == "โปรดเลือกคำตอบ 1 ตัวเลือก"
    while listener.page.locator("[data-answered]").count():
        here = listener.page.locator("form[data-at]").get_attribute("data-at")
        for question in questions(listener).all():
            question.get_by_role("radio").nth(0).check()
        listener.page.get_by_role("button", name=re.compile(f"{said['next']}|{said['look']}")).press("Enter")
        listener.page.locator(f"form:not([data-at='{here}'])[data-at]").wait_for()
    listener.page.get_by_role("button", name=said["send"]).press("Enter")
    listener.page.get_by_role("heading", level=1, name=wording(said["end"])).wait_for()


def test_with_the_keyboard_alone(visitor, site, slips):
    """Tab, the arrows and Enter, from the first page to the end."""
    person = visitor()
    before = kept(site)
    person.opens(IIT)

    def tabs_to(selector, most=60):
        for _ in range(most):
            if person.page.evaluate("(selector) => document.activeElement?.matches(selector)", selector):
                return
            person.page.keyboard.press("Tab")
        raise AssertionError(f"{selector} is not reached by the keyboard")

    tabs_to("#slip")
    person.page.keyboard.type(slips.pop())
    person.page.keyboard.press("Enter")
    person.page.locator("[data-answered]").wait_for()
    while person.page.locator("[data-answered]").count():
        here = person.page.locator("form[data-at]").get_attribute("data-at")
        names = person.page.evaluate("[...new Set([...document.querySelectorAll('main input[type=radio]')].map(each => each.name))]")
        for name in names:
            tabs_to(f"input[name={name}]")
            # The outline is around the whole answer.
            person.page.keyboard.press("Space")
            person.page.keyboard.press("ArrowDown")
        assert person.page.locator("input:checked").count() == len(names)
        tabs_to("button[value=next]")
        person.page.keyboard.press("Enter")
        person.page.locator(f"form:not([data-at='{here}'])[data-at]").wait_for()
    tabs_to("button[value=send]")
    person.page.keyboard.press("Enter")
    person.reads(SAID["th"]["end"], within="h1")
    assert kept(site) == before + 1


def test_going_back_and_losing_the_line_loses_nothing(visitor, site, slips):
    person = visitor()
    before = kept(site)
    person.opens(f"{IIT}#{slips.pop()}")
    person.presses("เริ่มตอบ")
    person.page.locator("form[data-at='1']").wait_for()
    for question in questions(person).all():
        question.locator("input").nth(2).check()
    person.presses("ต่อไป")
    person.page.locator("form[data-at='2']").wait_for()
    questions(person).first.locator("input").nth(0).check()
    # The browser's own way back, and forward again.
    person.page.go_back()
    person.page.locator("form[data-at='1']").wait_for()
    assert all(each.locator("input").nth(2).is_checked() for each in questions(person).all())
    person.page.go_forward()
    person.page.locator("form[data-at='2']").wait_for()
    assert questions(person).first.locator("input").nth(0).is_checked()
    # The other language takes it along.
    person.page.locator("button.language").click()
    person.page.locator("html[lang=en]").wait_for()
    assert questions(person).first.locator("input").nth(0).is_checked()
    person.page.locator("button.language").click()
    person.page.locator("html[lang=th]").wait_for()
    for question in questions(person).all():
        question.locator("input").nth(1).check()
    # The line is down: the page stays, says so, and goes on when it is back.
    person.context.set_offline(True)
    person.presses("ต่อไป")
    person.page.get_by_role("alert").filter(has_text=wording("คำตอบของท่านยังอยู่ในหน้านี้")).wait_for()
    person.context.set_offline(False)
    person.complaints.clear()
    person.presses("ต่อไป")
    person.page.locator("form:not([data-at='2'])[data-at]").wait_for()
    while person.page.locator("[data-answered]").count():
        here = person.page.locator("form[data-at]").get_attribute("data-at")
        for question in questions(person).all():
            question.locator("input").nth(1).check()
        person.page.locator("button[value=next]").click()
        person.page.locator(f"form:not([data-at='{here}'])[data-at]").wait_for()
    # Pressed twice.
    person.page.locator("button[value=send]").dblclick()
    person.reads(SAID["th"]["end"], within="h1")
    assert kept(site) == before + 1


def test_the_first_page_is_small_and_leaves_nothing_behind(visitor, site):
    person = visitor(width=PHONE)
    sizes = {}
    person.page.on("response", lambda answer: sizes.update({answer.url: len(answer.body())}))
    person.page.goto(IIT, wait_until="networkidle")
    apart = {url: size for url, size in sizes.items() if "fonts.css" not in url and not url.endswith((".ttf", ".woff2"))}
    assert sum(apart.values()) <= 60_000, apart
    site.log.flush()
    with open(site.log.name) as log:
        assert "answer" not in log.read()


def test_slips_and_a_poster_are_printed_and_read_by_a_camera(visitor, site, tmp_path):
    """On paper: every symbol is read back, nothing is cut in two."""
    lead = visitor().signs_in("4001.admin", to=f"/sign-in?to={OFFICE}/questionnaires")
    lead.looks_over()
    poster = lead.page.locator("a[href*='/poster?']").first.get_attribute("href")
    lead.opens(poster)
    lead.looks_over()
    address = "http://" + plain(lead.page.locator(".poster figcaption").inner_text()).removeprefix("http://")
    paper = tmp_path / "poster.pdf"
    paper.write_bytes(lead.page.pdf(prefer_css_page_size=True, print_background=True))
    assert pages(paper) == 1
    assert seen(paper, tmp_path) == [address]
    lead.opens(SLIPS)
    lead.looks_over()
    lead.page.locator("#number-IIT").fill("9")
    lead.presses("ขอจัดทำบัตรรหัส IIT")
    director = visitor().signs_in("4001.director", to=f"/sign-in?to={SLIPS}")
    director.looks_over()
    director.presses("จัดทำและแสดงบัตรรหัส IIT เพื่อพิมพ์")
    director.page.locator(".slip").first.wait_for()
    director.looks_over()
    codes = [plain(each.inner_text()).replace(" ", "") for each in director.page.locator(".slip-code").all()]
    paper = tmp_path / "slips.pdf"
    paper.write_bytes(director.page.pdf(prefer_css_page_size=True, print_background=True))
    assert pages(paper) == 2
    assert sorted(seen(paper, tmp_path)) == sorted(f"{site.origin}{IIT}#{code}" for code in codes)


def pages(paper):
    told = subprocess.run(["pdfinfo", paper], text=True, capture_output=True, check=True).stdout
    return int(re.search(r"Pages:\s+(\d+)", told).group(1))


def seen(paper, folder):
    """What a camera would read off the printed pages."""
    for old in folder.glob("page*.png"):
        old.unlink()
    subprocess.run(["pdftoppm", "-r", "200", "-png", paper, folder / "page"], check=True)
    read = subprocess.run(["zbarimg", "--quiet", "--raw", *sorted(folder.glob("page*.png"))], text=True, capture_output=True)
    return read.stdout.split()


def test_who_looks_at_all_offices_sees_how_far_and_how_good(visitor, site, language):
    """The committee's figures, the lead's three steps, and the slips of an office, in both languages."""
    codes = iter({"th": ("demo-0001", "demo-0002"), "en": ("demo-0003", "demo-0004")}[language])
    said = {"th": ("คุณภาพคำตอบ", "แบบวัดที่ยังไม่ครบขั้นต่ำ", "บัตรรหัส"),
            "en": ("Quality of answers", "Questionnaires below the minimum", "Code slips")}[language]
    member = visitor(language=language).signs_in("member.1", to="/sign-in?to=/2568/results/quality")
    member.page.locator("form.entrance [name=code]").fill(next(codes))
    member.page.locator("form.entrance button.main").click()
    member.reads(said[0], within="h1")
    member.looks_over()
    lead = visitor(language=language).signs_in("lead.1", to="/sign-in?to=/2568/progress")
    lead.page.locator("form.entrance [name=code]").fill(next(codes))
    lead.page.locator("form.entrance button.main").click()
    lead.follows(said[1])
    lead.reads(said[1], within="h1")
    lead.looks_over()
    lead.page.locator(".task .title a").first.click()
    lead.reads(said[2], within="h1")
    lead.looks_over()


def test_what_respondents_are_told_reads_in_both_languages(visitor, language):
    reader = visitor(language=language, width=PHONE)
    for path in ("/answer/protection", "/answer/thanks", "/answer/2567/4001/IIT"):
        reader.opens(f"{path}?lang={language}")
        reader.looks_over()


def test_with_type_twice_as_large_nothing_runs_out_of_a_small_phone(visitor, site, language):
    reader = visitor(language=language, width=SMALL_PHONE)

    def enlarges():
        reader.page.evaluate("document.documentElement.style.fontSize = '200%'")
        across = reader.page.evaluate("document.documentElement.scrollWidth")
        assert across <= SMALL_PHONE, f"{reader.path}: {across} wide"
        cut = reader.page.evaluate(
            "[...document.querySelectorAll('.option, button, h1, legend')].filter(each => each.scrollWidth > each.clientWidth + 1)"
            ".map(each => each.innerText)")
        assert cut == [], f"{reader.path}: {cut}"

    reader.opens(f"{IIT}?lang={language}")
    enlarges()
    reader.opens(f"{link(site)}?lang={language}")
    enlarges()
    reader.page.locator("#dealt-yes").check()
    reader.presses(SAID[language]["begin"])
    reader.page.locator("[data-answered]").wait_for(timeout=60000)
    enlarges()
    while reader.page.locator("[data-answered]").count():
        here = reader.page.locator("form[data-at]").get_attribute("data-at")
        for question in questions(reader).all():
            question.locator("input").nth(1).check()
        reader.page.locator("button[value=next]").click()
        reader.page.locator(f"form:not([data-at='{here}'])[data-at]").wait_for()
    enlarges()
