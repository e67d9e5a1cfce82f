"""The head passes on, the director signs; what was submitted is recalled, mended and signed again."""

import csv
import io
import re

import pytest

from served import PASSWORD
from test_office import text_of
from visitor import plain, wording

SAID = {
    "th": {
        "ready": "พร้อมเสนอผู้บริหาร", "submitted": "ส่งแล้ว", "draft": "ร่าง", "returned": "ส่งกลับแก้ไข",
        "none": "เลือกอย่างน้อย 1 ข้อ", "note_missing": "พิมพ์หมายเหตุบอกสิ่งที่ต้องแก้ก่อนส่งกลับ",
        "pass": "ส่งต่อให้ผู้อำนวยการ", "send_back": "ส่งกลับพร้อมหมายเหตุ",
        "figures": ("พร้อมส่ง", "ยังไม่พร้อม", "คะแนนรวมสูงสุดที่เป็นไปได้"), "reach": "ถ้าส่งตอนนี้ จะได้ไม่เกินระดับ",
        "button": "ลงนามและส่ง {} ข้อ", "tick": "ทำเครื่องหมายว่าท่านตรวจข้อมูลแล้วก่อนลงนาม", "wrong": "รหัสผ่านไม่ถูกต้อง",
        "head": "ผู้อำนวยการ", "sent": "ส่งข้อมูล OIT แล้ว {} ข้อ", "recall": "เรียกคืนข้อที่เลือก",
        "why": "พิมพ์เหตุผลที่เรียกคืน", "choose": "เลือกข้อที่จะเรียกคืนอย่างน้อย 1 ข้อ", "since": "หลังออกใบรับนี้ เรียกคืน",
        "again": "ส่งใหม่ในใบรับฉบับหลังแล้ว", "passed": "บันทึกและเสนอผู้บริหาร", "next": "ขั้นต่อไป", "download": "ดาวน์โหลดสิ่งที่ส่ง",
        "acting": "รักษาราชการแทน", "order": "คำสั่งที่ 41/2568 ลงวันที่ 28 มี.ค. 2568",
    },
    "en": {
        "ready": "Ready to sign", "submitted": "Submitted", "draft": "Draft", "returned": "Sent back",
        "none": "Choose at least one item", "note_missing": "Write what is to be mended before sending back",
        "pass": "Pass on to the director", "send_back": "Send back with the note",
        "figures": ("Ready", "Not ready", "Highest total possible"), "reach": "If submitted now, the level can be no higher",
        "button": "Sign and submit {}", "tick": "Tick that you have checked the information", "wrong": "The password is not right",
        "head": "Director of", "sent": "OIT items submitted: {}", "recall": "Recall what is chosen",
        "why": "Write why you recall it", "choose": "Choose at least one item to recall", "since": "Recalled since",
        "again": "Submitted again with a later receipt", "passed": "Save and pass on", "next": "What happens next",
        "download": "Download what was submitted", "acting": "Acting for", "order": "Order no. 41/2568 of 28 Mar 2025",
    },
}
OFFICES = {"th": "4001", "en": "4703"}


def pages(language):
    return f"/2568/offices/{OFFICES[language]}"


def figures(person):
    return [plain(each) for each in person.page.locator("dl.three b").all_inner_texts()]


def sign(person, password=PASSWORD):
    person.page.locator("#accept").check()
    person.page.locator("#password").fill(password)
    person.page.locator("form.sign-form button.main").click()


def test_the_head_looks_over_several_at_once(visitor, language):
    said, office = SAID[language], OFFICES[language]
    head = visitor(language=language).signs_in(f"{office}.legal.head", to=f"/sign-in?to={pages(language)}/review")
    head.looks_over()
    picks = head.page.locator(".picks input[type=checkbox]")
    if picks.count() == 0:
        pytest.skip("nothing waits at this office")
    head.presses(said["pass"])
    assert said["none"] in head.faults()[1][0][0]
    head.looks_over()
    codes = [each.get_attribute("value") for each in picks.all()]
    head.page.locator(f".picks input[value={codes[-1]}]").check()
    head.presses(said["send_back"])
    title, lines = head.faults()
    assert lines[0] == (said["note_missing"], "#note")
    assert head.page.locator(f".picks input[value={codes[-1]}]").is_checked()
    head.page.locator("#note").fill("ขอให้ตรวจอีกครั้ง")
    head.presses(said["send_back"])
    head.page.locator(".note-done").wait_for()
    head.opens(f"{pages(language)}/disclosures")
    assert head.state_of(codes[-1]) == said["returned"]


def test_the_director_signs_recalls_and_signs_again(visitor, language):
    said, office = SAID[language], OFFICES[language]
    director = visitor(language=language).signs_in(f"{office}.director", to=f"/sign-in?to={pages(language)}/disclosures")
    rows = director.page.locator("li.task")
    ready = rows.filter(has=director.page.locator(".state-tag", has_text=wording(said["ready"]))).count()
    submitted = rows.filter(has=director.page.locator(".state-tag", has_text=wording(said["submitted"]))).count()
    left = rows.count() - ready - submitted
    director.opens(f"{pages(language)}/sign-off")
    director.reads(*said["figures"])
    assert figures(director)[:2] == [str(ready), str(left)]
    assert re.fullmatch(r"\d+\.\d\d", figures(director)[2])
    director.looks_over()
    button = said["button"].format(ready)
    director.presses(button)
    title, lines = director.faults()
    assert [href for _, href in lines] == ["#accept", "#password"] and said["tick"] in lines[0][0]
    director.looks_over()
    sign(director, "not the password")
    title, lines = director.faults()
    assert said["wrong"] in lines[0][0] and lines[0][1] == "#password"
    assert director.page.locator("#accept").is_checked() and director.page.locator("#password").input_value() == ""
    director.looks_over()
    sign(director)
    director.reads(said["sent"].format(ready), within="h1")
    receipt = director.path
    number = receipt.rsplit("/", 1)[1]
    director.reads(number, said["next"], said["head"])
    digest = plain(director.page.locator(".digest-groups").inner_text()).replace(" ", "").replace("\n", "")
    assert re.fullmatch(r"[0-9a-f]{64}", digest)
    director.looks_over()
    paper = text_of(director.page.pdf(prefer_css_page_size=True))
    squeezed = re.sub(r"\s", "", paper)
    assert number in squeezed and digest in squeezed, squeezed
    assert said["download"] not in paper
    with director.page.expect_download() as download:
        director.follows(said["download"], exact=False)
    table = list(csv.reader(io.StringIO(open(download.value.path(), encoding="utf-8-sig").read())))
    assert len({row[1] for row in table[1:]}) == ready
    director.opens(f"{pages(language)}/disclosures?state=submitted")
    assert director.page.locator("li.task").count() == submitted + ready
    # One item comes back.
    director.opens(f"{pages(language)}/recall")
    director.looks_over()
    director.presses(said["recall"])
    assert [text for text, _ in director.faults()[1]] == [said["choose"], said["why"]]
    director.looks_over()
    choice = director.page.locator("[name=item]").last
    item = choice.get_attribute("value")
    choice.check()
    director.page.locator("#reason").fill("ลิงก์เปลี่ยนที่อยู่")
    director.presses(said["recall"])
    director.page.locator(".note-done").wait_for()
    director.opens(f"{pages(language)}/disclosures")
    assert director.state_of(item) == said["draft"]
    director.opens(receipt)
    director.reads(said["since"], item)
    # And goes again.
    director.opens(f"{pages(language)}/disclosures/{item}")
    director.reads("ลิงก์เปลี่ยนที่อยู่")
    heads = [f"{office}.{group}.head" for group in ("legal", "policy", "personnel", "admin", "finance", "ict", "supervision")]
    for code in heads:
        head = visitor(language=language).signs_in(code, to=f"/sign-in?to={pages(language)}/disclosures/{item}")
        if head.page.locator("button[value=pass]").count():
            head.page.locator("button[value=pass]").click()
            head.page.locator(".note-done").wait_for()
            break
    director.opens(f"{pages(language)}/sign-off")
    assert figures(director)[0] == "1"
    sign(director)
    director.reads(said["sent"].format(1), within="h1")
    assert director.path != receipt
    director.opens(receipt)
    director.reads(said["again"])
    director.opens(f"{pages(language)}/receipts")
    director.reads(number)
    director.looks_over()
    # An officer may read it, and finds no form.
    officer = visitor(language=language).signs_in(f"{office}.legal.officer", to=f"/sign-in?to={pages(language)}/sign-off")
    assert officer.page.locator("form.sign-form").count() == 0
    officer.looks_over()


def test_an_acting_director_sees_capacity_and_order(visitor, language):
    said = SAID[language]
    deputy = visitor(language=language, width=390).signs_in("4002.deputy", to="/sign-in?to=/2568/offices/4002/sign-off")
    if language == "th":
        deputy.reads(said["acting"], said["order"])
        deputy.looks_over()
        sign(deputy)
        deputy.page.locator(".digest-groups").wait_for()
        deputy.reads("นายอดิศร พงศ์พิพัฒน์", said["acting"], said["order"])
    else:
        deputy.opens("/2568/offices/4002/receipts")
        deputy.page.locator("li.task a").first.click()
        deputy.reads("นายอดิศร พงศ์พิพัฒน์", said["acting"], said["order"])
    deputy.looks_over()
