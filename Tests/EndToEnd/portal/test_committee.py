"""The committee looks through published results and opens a scorecard; with keys alone, without a script, on paper."""

import csv
import io

import pytest

from test_office import text_of
from visitor import SMALL_PHONE, plain

RESULTS, INDICATORS, DISTRIBUTION = "/2567/results", "/2567/results/indicators", "/2567/results/distribution"
SCORECARD = "/2567/offices/4001/scorecard"
SAID = {
    "th": {
        "heading": "ผลการประเมินหน่วยงาน", "filter": "กรอง", "clear": "ล้างตัวกรอง", "nothing": "ไม่มีหน่วยงานที่ตรงกับตัวกรอง",
        "missing": "EIT ไม่ถึงขั้นต่ำ", "first": "คะแนนรอบแรก", "clarifying": "ก่อนและหลังการชี้แจง", "before": "ยังไม่ตรวจ",
        "north": "ภาคเหนือ", "check": "ดูผลต่อคะแนน", "save": "บันทึกการแก้ไข", "done": "แก้ไขผลแล้ว",
        "reason": "ระบุเหตุผลที่แก้ไข", "effect": "ผลต่อคะแนน", "stale": "แก้ไขข้อมูลนี้เมื่อ", "csv": "ดาวน์โหลด CSV",
        "corrected": "คณะกรรมการแก้ไข", "refused": "ยังดำเนินการไม่ได้",
    },
    "en": {
        "heading": "Results by office", "filter": "Filter", "clear": "Clear the filter", "nothing": "No office matches the filter",
        "missing": "EIT below the minimum", "first": "first score", "clarifying": "Before and after clarification",
        "before": "not judged", "north": "North", "check": "Show the effect", "save": "Save the correction",
        "done": "The finding is corrected", "reason": "Give the reason for the correction", "effect": "What it does to the score",
        "stale": "changed it on", "csv": "Download CSV", "corrected": "Corrected by the committee", "refused": "Not possible now",
    },
}


def signs_in(somebody, person, to):
    """With the second factor; each of its recovery codes is good once."""
    used = somebody.site.__dict__.setdefault("used_codes", {})
    used[person] = used.get(person, 0) + 1
    somebody.signs_in(person, to=f"/sign-in?to={to}")
    somebody.page.locator("[name=code]").fill(f"demo-{used[person]:04}")
    somebody.page.locator("button.main").click()
    somebody.page.locator("form.entrance").wait_for(state="detached")
    return somebody


def rows(somebody):
    return [plain(each.inner_text()) for each in somebody.page.locator("table.results tbody .is-office a").all()]


def test_the_committee_looks_through_results(visitor, language):
    said = SAID[language]
    member = signs_in(visitor(language=language), "member.1", RESULTS)
    member.reads(said["heading"], within="h1")
    member.reads(said["missing"])
    assert len(rows(member)) == 14
    member.looks_over()
    # By region, and back.
    member.page.locator("#region").select_option(label=said["north"])
    member.presses(said["filter"])
    member.page.wait_for_url("**region=**")
    assert len(rows(member)) == 3
    member.looks_over()
    member.page.locator("#search").fill("ไม่มีชื่อนี้")
    member.presses(said["filter"])
    member.reads(said["nothing"])
    member.looks_over()
    member.follows(said["clear"], within=member.page.locator(".empty"))
    assert len(rows(member)) == 14
    # By another column, from either end; the head says so.
    head = member.page.locator("thead th", has_text="OIT")
    head.locator("a").click()
    member.page.locator("thead th[aria-sort=descending]", has_text="OIT").wait_for()
    best = rows(member)
    member.page.locator("thead th", has_text="OIT").locator("a").click()
    member.page.locator("thead th[aria-sort=ascending]", has_text="OIT").wait_for()
    assert rows(member)[0] != best[0]
    for path in (INDICATORS, DISTRIBUTION):
        member.opens(path)
        member.looks_over()
    member.reads(said["clarifying"])


def test_what_is_filtered_is_what_is_taken_away(visitor, language):
    said = SAID[language]
    member = signs_in(visitor(language=language), "member.2", f"{RESULTS}?level=none")
    assert len(rows(member)) == 1
    with member.page.expect_download() as download:
        member.follows(said["csv"])
    text = download.value.path().read_text(encoding="utf-8-sig")
    table = list(csv.reader(io.StringIO(text)))
    assert len(table) == 2 and table[1][1] == "4501" and said["missing"] in table[1]


def test_a_scorecard_is_opened_to_its_last_count(visitor, language):
    member = signs_in(visitor(language=language), "member.3", RESULTS)
    member.page.locator(f"a[href='{SCORECARD}']").first.click()
    member.page.locator("#findings").wait_for()
    assert member.page.locator(".count-pair").count() > 100
    closed = member.page.locator(".tree details:not([open]) > summary")
    closed.first.focus()
    member.page.keyboard.press("Enter")
    member.looks_over()
    paper = text_of(member.page.pdf(prefer_css_page_size=True))
    assert "86.17" in paper
    member.page.locator(".findings .chips a").nth(1).click()
    member.page.wait_for_url("**show=lost**")
    assert member.page.locator(".finding-table tbody tr").count() == 3
    # What the office itself reads, once it is published: no names, no counts.
    officer = visitor(language=language).signs_in("4001.legal.officer", to=f"/sign-in?to={SCORECARD}")
    officer.page.locator("#findings").wait_for()
    assert officer.page.locator(".count-pair, .finding-table .is-name, .item-act").count() == 0
    officer.looks_over()


@pytest.mark.parametrize("language", ["th"])
def test_results_are_read_by_keys_and_without_a_script(visitor, language):
    said = SAID[language]
    member = signs_in(visitor(language=language, script=False), "member.2", RESULTS)
    member.page.locator("#search").focus()
    member.page.keyboard.type("4201")
    member.page.keyboard.press("Enter")
    member.page.wait_for_url("**search=4201**")
    assert len(rows(member)) == 1
    member.page.locator("table.results tbody a").first.focus()
    member.page.keyboard.press("Enter")
    member.page.locator("#findings").wait_for()
    member.opens(RESULTS)
    member.page.set_viewport_size({"width": SMALL_PHONE, "height": 900})
    # A phone has no heads of columns to press: it chooses from a list.
    member.page.locator("#sort").select_option("name")
    member.presses(said["filter"])
    member.page.wait_for_url("**sort=name**")
    assert member.page.evaluate("document.documentElement.scrollWidth") <= SMALL_PHONE
    paper = text_of(member.page.pdf(prefer_css_page_size=True))
    assert said["heading"] in paper.replace("\n", "")


def test_nobody_else_reads_results_before_they_are_published(visitor, language):
    said = SAID[language]
    director = visitor(language=language).signs_in("4001.director", to="/sign-in?to=/2568/results")
    assert director.opens("/2568/results").status == 404
    assert director.opens("/2568/offices/4001/scorecard").status == 404
    assert director.opens("/2568/offices/4001/items/O1/correct").status == 404
    member = signs_in(visitor(language=language), "member.1", "/2568/results")
    assert member.opens("/2568/results").status == 403
    member.reads(said["refused"], within="h1")
    member.looks_over()
