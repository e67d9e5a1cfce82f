"""Setting a cycle up from nothing: what is handed over, what the pages say, and what several tests do there."""

import time

from test_entrance import number_of
from visitor import plain

NOW = "2026-01-05T09:00"
SECRET = "ข้าวหอมมะลิหน้าฝนปีนี้"

OFFICES = """office,name_th,name_en,kind,provinces,provinces_en
4001,สำนักงานเขตพื้นที่การศึกษาประถมศึกษาธารทอง เขต 1,Than Thong Primary Area 1,primary,ธารทอง,Than Thong
4002,สำนักงานเขตพื้นที่การศึกษาประถมศึกษาธารทอง เขต 2,Than Thong Primary Area 2,primary,ธารทอง,Than Thong
"""
WRONG = "office,name_th,kind\n4001,สพป.ธารทอง เขต 1,primary\n4002,สพป.ธารทอง เขต 2,primry\n4001,ซ้ำ,primary\n"
PEOPLE = """person,name,post,office,role,scope,group
4001.director,นายสมชาย ใจดี,ผู้อำนวยการ,4001,director,4001,
4001.officer,นางสาวปวีณา รักดี,นิติกร,4001,officer,4001,
4002.director,นางอรทัย แก้วมณี,ผู้อำนวยการ,4002,director,4002,
4002.officer,นายวิชัย ทองสุข,นักวิชาการ,4002,officer,4002,
assessor.1,นายธีระ สอบทาน,ผู้ตรวจประเมิน,,assessor,4001;4002,
lead.1,นางมาลี นำตรวจ,หัวหน้าผู้ตรวจ,,lead_assessor,*,
member.1,นายประสิทธิ์ พิจารณ์,กรรมการ,,committee,*,
member.2,นางสุภา เห็นชอบ,กรรมการ,,committee,*,
"""

SAID = {
    "th": {
        "fresh": "เริ่มต้นใช้งานระบบ", "now": "ทำขั้นนี้", "later": "ขั้นถัดไป", "done": "เสร็จแล้ว", "partly": "ทำแล้วบางส่วน",
        "faults": "พบข้อผิดพลาด 2 จุด ยังไม่มีข้อมูลใดถูกบันทึก", "again": "เลือกไฟล์ที่แก้แล้ว", "three": ["2", "0", "0"],
        "taken": "นำเข้าข้อมูลแล้ว", "no_files": "เลือกไฟล์เกณฑ์อย่างน้อยหนึ่งไฟล์", "moved": "โปรดตรวจกับประกาศของปี 2569 ก่อนใช้",
        "suggested": "ยังไม่ได้บันทึก โปรดแก้ให้ตรงกับประกาศ", "day": "กรอกเป็นวัน/เดือน/ปี พ.ศ.",
        "closes": "ปิดรับ 31 มี.ค. 2569 เวลา 16.30 น.", "sheets": "ใบเข้าใช้ 2 ใบ", "complete": "ครบทุกใบแล้ว พิมพ์ได้",
        "wrong": "รหัสผ่านไม่ถูกต้อง", "open": "เปิดรอบการประเมินแล้ว", "overview": "ภาพรวมการประเมิน", "late": "ยังไม่ส่ง 36 ข้อ",
    },
    "en": {
        "fresh": "Getting started", "now": "Do this now", "later": "Later", "done": "Done", "partly": "Partly done",
        "faults": "2 faults; nothing was saved", "again": "Choose the mended file", "three": ["2", "0", "0"],
        "taken": "The table has been taken in", "no_files": "Choose at least one rubric file",
        "moved": "Compare it with what was announced for 2569 before you use it",
        "suggested": "Nothing is saved yet; put in those that were announced", "day": "Enter day/month/Buddhist year",
        "closes": "closes 31 Mar 2026", "sheets": "2 letters", "complete": "All of them are here; print now",
        "wrong": "The password is not right", "open": "The cycle is open", "overview": "Assessment overview",
        "late": "36 disclosures not submitted",
    },
}


def table(name, text):
    return {"name": name, "mimeType": "text/csv", "buffer": text.encode()}


def redeems(person, name, letter):
    """The first sign-in with the code of a letter."""
    person.opens("/code")
    person.page.locator("#name").fill(name)
    person.page.locator("#code").fill(letter)
    person.page.locator("button.main").click()
    for field in ("#new_password", "#repeat_password"):
        person.page.locator(field).fill(SECRET)
    person.page.locator("button.main").click()


def read_letters(admin):
    """Of each person on the sheets the code."""
    sheets = [
        [plain(each) for each in sheet.locator(".letter-secret").all_inner_texts()]
        for sheet in admin.page.locator(".letter").all()]
    return dict(sheets)


def sets_a_second_factor_up(person):
    """With a device, as whoever judges or decides must.

    Returns the recovery codes, each good once.
    """
    person.page.locator("button.main").click()
    secret = person.page.locator(".secret dd").inner_text().replace(" ", "")
    person.page.locator("#code").fill(number_of(secret, int(time.time()) // 30))
    person.page.locator("button.main").click()
    person.page.locator(".codes li").first.wait_for()
    codes = [plain(each) for each in person.page.locator(".codes li").all_inner_texts()]
    person.page.locator("a.button.main").click()
    return codes


def states(person):
    return [plain(each) for each in person.page.locator(".setup-before .state-tag").all_inner_texts()]


def checklist(person):
    """Back to it, by its place in the header."""
    person.page.locator(".places a[href='/setting-up']").click()


def goes_on(person):
    person.page.locator(".page-head a.button.main").click()


def waits(person):
    """What takes longer than a page may leads on by itself, or with a press where scripts are off."""
    if person.script:
        person.page.wait_for_url(lambda address: "/errands/" not in address, timeout=30_000)
        return
    for _ in range(100):
        if "/errands/" not in person.path:
            return
        person.page.locator("[data-errand-again]").click()
    raise AssertionError(f"still at {person.path}")


def presses_main(person):
    person.page.locator("main form button.main").last.click()
    waits(person)
