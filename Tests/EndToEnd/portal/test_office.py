"""What an office sees of its year: the overview, the list of disclosures and the self-check."""

import csv
import io

import pypdf
import pytest

from visitor import OFFICE, plain, wording

SAID = {
    "th": {
        "home": "ภาพรวมการประเมิน ปีงบประมาณ 2568",
        "office": "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาธารทอง เขต 1",
        "left": "เหลือ 12 วัน", "cards": ("23 / 35 ข้อพร้อมหรือส่งแล้ว", "เหลือ 12 ข้อ รวม 14.57 คะแนน", "ครบขั้นต่ำแล้ว",
                                        "ถึงครึ่งของขั้นต่ำแล้ว", "ขั้นต่ำ 186 จาก 1,860 คน"),
        "range": ("25.43 – 100.00", "คะแนนรวมสูงสุดที่เป็นไปได้คือ 85.43", "เพราะ OIT จะไม่เกิน 63.57"),
        "draft": "ร่าง", "returned": "ส่งกลับแก้ไข", "not_begun": "ยังไม่เริ่ม", "submitted": "ส่งแล้ว",
        "nothing": "ไม่มีข้อที่ตรงกับตัวกรอง", "clear": "ล้างตัวกรอง", "filter": "กรอง", "table": "ดาวน์โหลดตาราง",
        "o17": "รายงานที่ลิงก์ไว้ยังไม่มีลายมือชื่อ", "own": "ผู้ตรวจและคณะกรรมการไม่เห็น", "more": "ดูอีก 7 ข้อ",
        "numbers": "ดูเป็นตาราง", "code": "ข้อ", "state": "สถานะ",
    },
    "en": {
        "home": "Assessment overview, fiscal year 2568 (2025)",
        "office": "Than Thong Primary Education Service Area Office 1",
        "left": "12 days left", "cards": ("23 / 35 ready or submitted", "12 left, worth 14.57 points", "Minimum reached",
                                        "Half of the minimum reached", "Minimum 186 of 1,860"),
        "range": ("25.43 – 100.00", "the total could be at most 85.43", "because OIT would be at most 63.57"),
        "draft": "Draft", "returned": "Sent back", "not_begun": "Not started", "submitted": "Submitted",
        "nothing": "Nothing matches the filter", "clear": "Clear the filter", "filter": "Filter", "table": "Download table",
        "o17": "รายงานที่ลิงก์ไว้ยังไม่มีลายมือชื่อ", "own": "Only the office’s own people see it", "more": "7 more",
        "numbers": "As a table", "code": "Code", "state": "State",
    },
}


def text_of(pdf):
    text = plain("\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages))
    # Letters that the font prints as one.
    return text.replace("\ufb01", "fi").replace("\ufb02", "fl")


def test_the_overview_says_where_the_office_stands(visitor, language):
    said = SAID[language]
    director = visitor(language=language).signs_in("4001.director")
    assert director.heading == said["home"]
    director.reads(said["office"], *said["cards"], *said["range"])
    director.reads(said["left"], within=".banner")
    rows = director.page.locator("li.task")
    codes = [plain(each) for each in rows.locator(".code").all_inner_texts()]
    assert codes == ["O33", "O35", "O28", "O30", "O20", "EIT"]
    points = [plain(each) for each in rows.locator(".fact b").all_inner_texts()]
    assert points == ["2.50", "2.50", "1.43", "1.43", "1.33", "30.00"]
    assert [director.state_of(each) for each in ("O33", "O35", "O30")] == [
        said["draft"], said["not_begun"], said["returned"]]
    # The picture has its numbers under it.
    director.page.get_by_text(wording(said["numbers"])).click()
    director.reads("85.43", within="table")
    director.looks_over()
    paper = text_of(director.page.pdf(prefer_css_page_size=True))
    assert "85.43" in paper and "63.57" in paper
    menu = director.page.locator("header .places a").first
    assert plain(menu.inner_text()) not in paper.split("\n")


def test_the_list_is_filtered_and_taken_away(visitor, language):
    said = SAID[language]
    officer = visitor(language=language).signs_in("4001.legal.officer", to=f"/sign-in?to={OFFICE}/disclosures")
    assert officer.page.locator("li.task").count() == 36
    assert officer.state_of("O17") == said["returned"]
    assert officer.state_of("O1") == said["submitted"]
    officer.looks_over()
    officer.page.locator(".chips a").filter(has_text=wording(said["returned"])).click()
    assert sorted(plain(each) for each in officer.page.locator("li.task .code").all_inner_texts()) == ["O17", "O30"]
    officer.page.locator("#search").fill("O30")
    officer.presses(said["filter"])
    assert officer.page.locator("li.task").count() == 1 and "search=O30" in officer.path
    officer.page.locator("#search").fill("<b>nowhere</b>")
    officer.presses(said["filter"])
    officer.reads(said["nothing"])
    assert officer.page.locator("#search").input_value() == "<b>nowhere</b>"
    officer.looks_over()
    officer.follows(said["clear"])
    assert officer.page.locator("li.task").count() == 36
    with officer.page.expect_download() as download:
        officer.follows(said["table"], exact=False)
    rows = list(csv.reader(io.StringIO(open(download.value.path(), encoding="utf-8-sig").read())))
    assert len(rows) == 37
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row if len(cell) > 1)
    of = {plain(row[rows[0].index(said["code"])]): row for row in rows[1:]}
    assert of["O30"][rows[0].index(said["state"])] == said["returned"]
    assert any(said["o17"] in cell for cell in of["O17"])
    paper = text_of(officer.page.pdf(prefer_css_page_size=True))
    assert "O17" in paper and "O35" in paper and said["table"] not in paper


def test_search_folds_on_a_phone(visitor):
    officer = visitor(width=390).signs_in("4001.legal.officer", to=f"/sign-in?to={OFFICE}/disclosures")
    fold = officer.page.locator("details.filter")
    assert fold.get_attribute("open") is None
    fold.locator("summary").click()
    officer.page.locator("#search").fill("O35")
    officer.presses("กรอง")
    assert officer.page.locator("li.task").count() == 1
    assert fold.get_attribute("open") is not None
    officer.looks_over()


def test_the_self_check_is_the_office_s_own(visitor, language):
    said = SAID[language]
    head = visitor(language=language).signs_in("4001.legal.head", to=f"/sign-in?to={OFFICE}/self-check")
    head.reads(said["own"], "O30")
    head.looks_over()
    text = head.text
    committee = visitor(language=language).signs_in("member.1", to=f"/sign-in?to={OFFICE}/self-check")
    committee.page.locator("#code").fill({"th": "demo-0001", "en": "demo-0002"}[language])
    committee.page.locator("form.entrance button.main").click()
    committee.reads("404")
    assert said["own"] not in committee.text and "O30" in text
    committee.looks_over()


def test_another_office_is_not_there(visitor):
    officer = visitor().signs_in("4002.legal.officer")
    assert officer.path == "/2568/offices/4002"
    for place in ("", "/disclosures", "/disclosures/O1", "/sign-off", "/people", "/nothing"):
        assert officer.opens(OFFICE + place).status == 404
        officer.does_not_read("ธารทอง เขต 1")
    officer.looks_over()


@pytest.mark.parametrize("page", ["help", "privacy", "contact", "forgotten", "code", "sign-in"])
def test_what_everybody_may_read(visitor, language, page):
    anybody = visitor(language=language)
    anybody.opens(f"/{page}")
    assert len(anybody.text) > 100
    anybody.looks_over()
    assert anybody.heading in text_of(anybody.page.pdf(prefer_css_page_size=True)) or language == "th"


@pytest.mark.parametrize("page", ["account", "account/password", "account/second-factor"])
def test_one_s_own_account(visitor, language, page):
    officer = visitor(language=language).signs_in("4001.legal.officer", to=f"/sign-in?to=/{page}")
    assert officer.path == f"/{page}"
    officer.looks_over()


def test_somebody_without_an_office(visitor, language):
    assessor = visitor(language=language).signs_in("lead.1")
    assessor.page.locator("#code").fill({"th": "demo-0003", "en": "demo-0004"}[language])
    assessor.page.locator("form.entrance button.main").click()
    assessor.page.locator("a[href='/help']").first.wait_for()
    assessor.looks_over()
    assert assessor.opens("/nowhere").status == 404
    assessor.looks_over()
