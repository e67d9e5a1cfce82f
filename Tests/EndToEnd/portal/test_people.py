"""The office administrator adds a person and prints the letter, the newcomer comes in; and stakeholder numbers."""

import re

from test_office import text_of
from visitor import OFFICE, plain

SAID = {
    "th": {
        "add": "เพิ่มบุคลากร", "name": "กรอกชื่อและนามสกุล", "role": "เลือกบทบาท", "button": "ออกใบเข้าใช้",
        "once": "รหัสนี้แสดงครั้งเดียว", "letter": "ออกใบเข้าใช้แล้ว", "next": "ต่อไป", "set": "ตั้งรหัสผ่านและเข้าสู่ระบบ",
        "overview": "ภาพรวมการประเมิน", "password": "ตั้งรหัสผ่านแล้ว", "wrong": "รหัสผ่านไม่ถูกต้อง", "close": "ปิดบัญชี",
        "sure": "ทำเครื่องหมายยืนยันก่อนปิดบัญชี", "closed": "ปิดบัญชีแล้ว", "digits": "กรอกเป็นตัวเลขเท่านั้น เช่น 86",
        "zero": "ต้องมีอย่างน้อย 1 คน", "save": "บันทึก", "minimum": "ขั้นต่ำที่ต้องได้", "saved": "บันทึกแล้ว", "people": "150 คน",
        "taken": "มีผู้ใช้ชื่อ 4001.legal.officer อยู่แล้ว", "who": "ไม่มีใครในหน่วยงานเห็นว่าใครตอบแล้ว",
    },
    "en": {
        "add": "Add this person", "name": "Enter the name", "role": "Choose a role", "button": "Make a letter",
        "once": "This code is shown once", "letter": "Letter given", "next": "Next", "set": "Set the password and sign in",
        "overview": "Assessment overview", "password": "Has a password", "wrong": "The password is not right",
        "close": "Close the account", "sure": "Tick to confirm before closing the account", "closed": "Account closed",
        "digits": "Digits only, for example 86", "zero": "There must be at least 1", "save": "Save", "minimum": "Minimum",
        "saved": "Saved", "people": "150 people", "taken": "4001.legal.officer is taken",
        "who": "Nobody at the office sees who has answered",
    },
}


def test_somebody_new_comes_in(visitor, language):
    said, code = SAID[language], f"4001.new.{language}"
    keeper = visitor(language=language).signs_in("4001.admin", to=f"/sign-in?to={OFFICE}/people")
    keeper.reads("4001.director", "4001.legal.officer")
    keeper.looks_over()
    keeper.opens(f"{OFFICE}/new-person")
    keeper.looks_over()
    keeper.presses(said["add"])
    lines = [text for text, _ in keeper.faults()[1]]
    assert lines == [said["name"]]
    keeper.looks_over()
    keeper.page.locator("#name").fill("นางสาวเพ็ญพักตร์ ศรีสวัสดิ์")
    keeper.page.locator("#post").fill("นิติกรปฏิบัติการ")
    keeper.page.locator("[name=role][value=officer]").check()
    keeper.page.locator("[name=group]").select_option("legal")
    keeper.page.locator("#person").fill("4001.legal.officer")
    keeper.presses(said["add"])
    assert said["taken"] in keeper.faults()[1][0][0]
    assert keeper.page.locator("#name").input_value() == "นางสาวเพ็ญพักตร์ ศรีสวัสดิ์"
    keeper.page.locator("#person").fill(code)
    keeper.presses(said["add"])
    keeper.page.locator(".note-done").wait_for()
    assert keeper.path.startswith(f"{OFFICE}/people/{code}")
    keeper.looks_over()
    keeper.presses(said["button"])
    keeper.reads(said["once"])
    keeper.looks_over()
    letter = plain(keeper.page.locator(".letter-secret").last.inner_text())
    assert re.fullmatch(r"([0-9A-Z]{4}-){5}[0-9A-Z]{4}", letter)
    paper = text_of(keeper.page.pdf(prefer_css_page_size=True)).replace("\n", "")
    assert letter in paper and code in paper
    # Once: whoever opens the page again finds no code.
    keeper.opens(f"{OFFICE}/people/{code}")
    keeper.does_not_read(letter)
    keeper.reads(said["letter"])

    newcomer = visitor(language=language)
    newcomer.opens("/code")
    newcomer.page.locator("#name").fill(code)
    newcomer.page.locator("#code").fill(letter)
    newcomer.presses(said["next"])
    for field in ("#new_password", "#repeat_password"):
        newcomer.page.locator(field).fill("ฝนตกที่ทะเล หนาวถึงดอย")
    newcomer.presses(said["set"])
    newcomer.reads(said["overview"], within="h1")

    keeper.opens(f"{OFFICE}/people/{code}")
    keeper.reads(said["password"])
    keeper.looks_over()
    keeper.page.locator("#password").fill("not the password")
    keeper.presses(said["button"])
    assert said["wrong"] in keeper.faults()[1][0][0]
    keeper.looks_over()
    keeper.presses(said["close"])
    assert keeper.faults()[1][0] == (said["sure"], "#sure")
    keeper.looks_over()
    keeper.page.locator("#sure").check()
    keeper.presses(said["close"])
    keeper.reads(said["closed"])
    newcomer.opens(OFFICE)
    newcomer.page.locator("form.entrance").wait_for()


def test_numbers_of_stakeholders(visitor, language):
    said = SAID[language]
    keeper = visitor(language=language).signs_in("4001.admin", to=f"/sign-in?to={OFFICE}/questionnaires")
    keeper.reads(said["who"], "1,860")
    keeper.looks_over()
    keeper.opens(f"{OFFICE}/questionnaires/stakeholders")
    keeper.reads(said["minimum"])
    keeper.looks_over()
    keeper.page.locator("#number-IIT").fill("ร้อยห้าสิบ")
    keeper.page.locator("#number-EIT").fill("0")
    keeper.presses(said["save"])
    title, lines = keeper.faults()
    assert [href for _, href in lines] == ["#number-IIT", "#number-EIT"]
    assert said["digits"] in lines[0][0] and said["zero"] in lines[1][0]
    assert keeper.page.locator("#number-IIT").input_value() == "ร้อยห้าสิบ"
    keeper.looks_over()
    # Digits are digits, Thai or not.
    keeper.page.locator("#number-IIT").fill("๑๕๐")
    keeper.page.locator("#number-EIT").fill("1,860")
    keeper.presses(said["save"])
    keeper.reads(said["saved"], within=".note-done")
    keeper.reads(said["people"])
    officer = visitor(language=language).signs_in("4001.legal.officer", to=f"/sign-in?to={OFFICE}/questionnaires")
    officer.looks_over()
    officer.opens(f"{OFFICE}/people")
    officer.looks_over()
