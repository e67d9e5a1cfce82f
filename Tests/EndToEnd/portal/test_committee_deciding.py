"""The committee decides: provisional results are ranges, and a finding is corrected, once, by the quicker of two members."""

import re

import pytest

from served import Site
from test_committee import SAID, signs_in
from visitor import plain

#: Past the last window of 2568: nothing is collected or judged any more, and the committee decides.
DECIDING = "2025-07-10T09:00"


@pytest.fixture(scope="module")
def site():
    site = Site("test_committee_deciding", ("--now", DECIDING))
    yield site
    site.stop()


def test_a_finding_is_corrected(visitor, language):
    said = SAID[language]
    office = {"th": "4101", "en": "4102"}[language]
    page = f"/2568/offices/{office}/items/O1/correct"
    member = signs_in(visitor(language=language), "member.1", page)
    member.looks_over()
    member.page.locator("[name=mark][value=met]").check()
    member.presses(said["check"])
    assert member.faults()[1] == [(said["reason"], "#reason")]
    member.looks_over()
    member.page.locator("#reason").fill("พบข้อมูลครบถ้วนในหน้าเว็บ")
    member.presses(said["check"])
    member.reads(said["effect"])
    assert member.page.locator(".effect tbody tr").count() >= 4
    member.looks_over()
    # Another member was on the same page, and is slower.
    other = signs_in(visitor(language=language), "member.2", page)
    other.page.locator("[name=mark][value=not_met]").check()
    other.page.locator("#reason").fill("ไม่พบข้อมูล")
    member.presses(said["save"])
    member.reads(said["done"], within=".note-done")
    member.reads(said["corrected"])
    member.looks_over()
    other.presses(said["check"])
    assert any(said["stale"] in text for text, _ in other.faults()[1])
    assert other.page.locator("#reason").input_value() == "ไม่พบข้อมูล"
    other.looks_over()


def test_provisional_results_are_ranges(visitor, language):
    member = signs_in(visitor(language=language), "member.3", "/2568/results")
    ranges = [plain(each.inner_text()) for each in member.page.locator("td.is-open").all()]
    assert any(re.fullmatch(r"[\d.]+–[\d.]+", each) for each in ranges)
    assert member.page.locator("a[href='/2568/sealing']").count() > 0
    member.looks_over()
    for path in ("/2568/results/indicators", "/2568/results/distribution", "/2568/offices/4101/scorecard"):
        member.opens(path)
        member.looks_over()
