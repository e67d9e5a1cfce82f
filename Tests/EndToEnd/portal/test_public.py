"""What everybody may read: published results, one office's page, the data; and nothing from before."""

import csv
import hashlib
import io
import json
import pathlib
import re

import jsonschema
import pytest

from test_office import text_of
from visitor import plain

SCHEMA = pathlib.Path(__file__).resolve().parents[3] / "docs" / "scorecard.schema.json"
SAID = {
    "th": {
        "results": "ดูผลการประเมินที่ประกาศแล้ว", "cycles": "ผลการประเมินที่ประกาศแล้ว", "year": "ปีงบประมาณ 2567",
        "heading": "ผลการประเมิน ปีงบประมาณ 2567", "search": "ค้นหาหน่วยงาน", "filter": "กรอง", "office": "สพป.ธารทอง เขต 1",
        "whole": "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาธารทอง เขต 1", "shown": "แสดง 1–14 จาก 14", "one": "จาก 1",
        "none": "ไม่มีหน่วยงานที่ตรงกับตัวกรอง", "why": "ทำไมได้คะแนนนี้", "first": "ผลรอบแรกและผลสุดท้าย", "back": "ผลการประเมินทุกหน่วยงาน",
        "strengths": "จุดเด่น", "method": "วิธีการประเมิน", "data": "ข้อมูลเปิด", "check": "ตรวจสอบว่าเป็นผลที่รับรอง", "short": "ธารทอง เขต 1",
        "few": "EIT ผู้ตอบไม่ถึงขั้นต่ำ", "sign_in": "เข้าสู่ระบบ", "level": "ผ่านดี", "gone": "ไม่พบหน้านี้",
    },
    "en": {
        "results": "See the published results", "cycles": "Published results", "year": "Fiscal year 2567 (2024)",
        "heading": "Results of fiscal year 2567 (2024)", "search": "Search an office", "filter": "Filter",
        "office": "Than Thong Primary 1", "whole": "Than Thong Primary Educational Service Area Office 1",
        "shown": "Showing 1–14 of 14", "one": "of 1", "none": "No office matches the filter", "why": "Why this score",
        "first": "First and final findings", "back": "Results of all offices", "strengths": "Strengths", "method": "Method",
        "data": "Open data", "check": "Check that this is what was sealed", "short": "Than Thong",
        "few": "EIT: too few respondents", "sign_in": "Sign in", "level": "Good", "gone": "Page not found",
    },
}


def rows(person):
    return person.page.locator(".offices-table tbody tr")


def test_anybody_finds_an_office_and_why_it_has_its_score(visitor, language):
    said = SAID[language]
    somebody = visitor(language=language)
    somebody.opens("/sign-in")
    somebody.page.locator(".entrance-on a").click()
    assert somebody.heading == said["cycles"]
    somebody.looks_over()
    somebody.follows(said["year"])
    assert somebody.heading == said["heading"]
    somebody.reads(said["shown"], said["few"])
    assert rows(somebody).count() == 14
    somebody.looks_over()
    # Searched and filtered on the server, and nothing of it is lost on the way.
    somebody.field(said["search"]).fill(said["short"])
    somebody.presses(said["filter"])
    assert 0 < rows(somebody).count() < 14
    somebody.page.locator("#level").select_option(index=1)
    somebody.presses(said["filter"])
    somebody.reads(said["none"], within=".empty")
    somebody.looks_over()
    somebody.opens("/published/2567?search=4001")
    assert rows(somebody).count() == 1
    somebody.page.locator(".offices-table tbody a").click()
    assert somebody.path == "/published/2567/4001"
    somebody.reads(said["why"], said["first"], said["strengths"])
    somebody.looks_over()
    # Every figure opens into its working.
    closed = somebody.page.locator(".tree details:not([open]) > summary").first
    closed.focus()
    somebody.page.keyboard.press("Enter")
    assert somebody.page.locator(".tree details[open]").count() > 1
    paper = text_of(somebody.page.pdf(prefer_css_page_size=True))
    digest = plain(somebody.page.locator(".digest-groups").last.inner_text()).replace(" ", "").replace("\n", "")
    assert re.fullmatch("[0-9a-f]{64}", digest)
    assert digest in re.sub(r"\s", "", paper) and said["sign_in"] not in paper
    somebody.follows(said["method"], within=somebody.page.locator(".places"))
    assert somebody.heading == said["method"]
    somebody.looks_over()
    somebody.follows(said["data"], within=somebody.page.locator(".places"))
    assert somebody.heading == said["data"]
    somebody.reads(said["check"])
    somebody.looks_over()
    # The pages gave no cookie but the language, which this visitor brought.
    kept = {each["name"] for each in somebody.context.cookies()} - {"visit", "language"}
    assert kept == set(), kept


def test_the_language_is_switched_on_a_page_that_was_kept(visitor):
    somebody = visitor()
    somebody.opens("/published/2567")
    somebody.follows("English")
    assert somebody.heading == SAID["en"]["heading"]
    somebody.follows("ภาษาไทย")
    assert somebody.heading == SAID["th"]["heading"]
    # As search engines ask for it, and links go on in it.
    somebody.opens("/published/2567?lang=en")
    assert somebody.page.locator("html").get_attribute("lang") == "en"
    somebody.page.locator(".offices-table tbody a").first.click()
    assert somebody.page.locator("html").get_attribute("lang") == "en"
    head = somebody.page.locator("head")
    assert head.locator("meta[name=description]").get_attribute("content")
    assert {each.get_attribute("hreflang") for each in head.locator("link[rel=alternate]").all()} == {
        "th", "en", "x-default"}


def test_without_script_and_by_keyboard(visitor):
    somebody = visitor(script=False, width=390)
    somebody.opens("/published/2567")
    somebody.field("ค้นหาหน่วยงาน").fill("ธารทอง เขต 1")
    with somebody.page.expect_navigation():
        somebody.page.keyboard.press("Enter")
    assert rows(somebody).count() == 1
    link = somebody.page.locator(".offices-table tbody a")
    for _ in range(40):
        somebody.page.keyboard.press("Tab")
        if somebody.page.locator(".offices-table tbody a:focus").count():
            break
    assert plain(link.inner_text()) == SAID["th"]["office"]
    somebody.page.keyboard.press("Enter")
    assert somebody.heading == SAID["th"]["whole"]
    somebody.reads("ทำไมได้คะแนนนี้")


def fetched(person, path):
    answer = person.context.request.get(path)
    assert answer.status == 200, path
    return answer


def test_the_data_say_what_the_pages_say_and_prove_the_seal(visitor):
    somebody = visitor()
    results = json.loads(fetched(somebody, "/published/2567/results.json").text())
    table = list(csv.DictReader(io.StringIO(fetched(somebody, "/published/2567/results.csv").text().removeprefix("\ufeff"))))
    assert len(results["offices"]) == len(table) == 14
    for one, row in zip(results["offices"], table):
        assert one["code"] == row["office"] and (one["total"] or "") == row["total"]
        assert {f"figure_{code}": figure or "" for code, figure in one["figures"].items()} == {
            name: text for name, text in row.items() if name.startswith("figure_")}
    # As docs/open-data.md tells it.
    pairs = [text for office in results["offices"] for text in (office["code"], office["digest"])]
    listed = json.dumps(pairs, ensure_ascii=False, separators=(",", ":"))
    assert hashlib.sha256(listed.encode()).hexdigest() == results["seal"]
    somebody.opens("/published/2567/data")
    shown = plain(somebody.page.locator(".digest-groups").inner_text()).replace(" ", "").replace("\n", "")
    assert shown == results["seal"]
    # Every scorecard follows the schema, and holds no option counts.
    schema = json.loads(SCHEMA.read_text())
    schema = {"$defs": schema["$defs"], "$ref": "#/$defs/scorecard"}
    for office in results["offices"]:
        text = fetched(somebody, f"/published/2567/{office['code']}.json").text()
        document = json.loads(text)
        jsonschema.validate(document["scorecard"], schema)
        assert document["sealed"][0]["digest"] == office["digest"] and '"tally"' not in text
        total = document["scorecard"]["standing"].get("figure")
        assert total == office["total"]
    with somebody.page.expect_download() as download:
        somebody.opens("/published/2567/4001")
        somebody.follows("ดาวน์โหลด XLSX", exact=False)
    assert download.value.suggested_filename == "2567-4001-th.xlsx"


@pytest.mark.parametrize("path", [
    "/published/2568", "/published/2568/4001", "/published/2568/results.json", "/published/2568/4001.json",
    "/published/1999", "/published/1999/4001", "/published/2567/9999", "/published/2567/9999.csv"])
def test_nothing_from_before_publication_can_be_guessed(visitor, path):
    somebody = visitor()
    # They differ in the address that was asked for, in the switch of the language, and in nothing else.
    gone = somebody.opens("/published/nothing").text().replace("/published/nothing?", "?")
    answer = somebody.opens(path)
    assert answer.status == 404 and answer.text().replace(f"{path}?", "?") == gone
    somebody.reads(SAID["th"]["gone"])
    # Nor by whoever works on them.
    director = visitor().signs_in("4001.director")
    assert director.opens(path).status == 404


def test_a_page_is_asked_for_again_only_when_it_has_changed(visitor):
    somebody = visitor()
    first = somebody.context.request.get("/published/2567")
    tag = first.headers["etag"]
    assert first.headers["cache-control"] == "public, max-age=60" and first.headers["vary"] == "Cookie"
    again = somebody.context.request.get("/published/2567", headers={"If-None-Match": tag})
    assert again.status == 304 and again.body() == b""
    assert somebody.context.request.head("/published/2567").status == 200
