"""Getting in: with a password, with the code of a letter, with a second factor; and being taken back to where one was."""

import base64
import hashlib
import hmac
import re
import struct
import time

from served import PASSWORD
from test_answering import SAID as ANSWERING
from visitor import OFFICE, plain


def test_a_wrong_password_keeps_the_name(visitor, language):
    say = {
        "th": ("ยังเข้าสู่ระบบไม่ได้", "ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง", "แสดงรหัสผ่าน", "ภาพรวมการประเมิน"),
        "en": ("Not signed in", "The user name or the password is not right", "Show password", "Assessment overview"),
    }[language]
    officer = visitor(language=language)
    officer.opens("/sign-in")
    officer.looks_over()
    officer.types_name_and_password("4001.legal.officer", "something else entirely")
    title, lines = officer.faults()
    assert title == say[0]
    assert say[1] in lines[0][0]
    officer.looks_over()
    name = officer.page.locator("[autocomplete=username]")
    assert name.input_value() == "4001.legal.officer"
    password = officer.page.locator("#password")
    assert password.input_value() == ""
    password.fill(PASSWORD)
    officer.page.get_by_label(say[2]).check()
    assert password.get_attribute("type") == "text"
    officer.page.locator("button.main").click()
    officer.reads(say[3], within="h1")
    assert officer.path == OFFICE


def test_a_newcomer_redeems_the_letter(visitor, site):
    newcomer = visitor()
    newcomer.opens("/sign-in")
    newcomer.follows("เข้าใช้ครั้งแรก")
    newcomer.field("ชื่อผู้ใช้").fill(site.newcomer)
    newcomer.field("รหัสใช้ครั้งเดียว").fill("AAAA-BBBB-CCCC-DDDD-EEEE-FFFF")
    newcomer.presses("ต่อไป")
    title, lines = newcomer.faults()
    assert "ชื่อผู้ใช้กับรหัสไม่ตรงกัน" in lines[0][0]
    newcomer.looks_over()
    # As people type it: small letters, no hyphens.
    newcomer.field("รหัสใช้ครั้งเดียว").fill(site.letter.replace("-", " ").lower())
    newcomer.presses("ต่อไป")
    assert newcomer.heading == "ตั้งรหัสผ่าน"
    newcomer.reads("รหัสถูกต้อง ท่านคือ นางสาวปวีณา รักดี", "หากไม่ใช่ท่าน โปรดหยุดที่หน้านี้")
    newcomer.looks_over()
    newcomer.field("รหัสผ่านใหม่").fill("short")
    newcomer.field("พิมพ์รหัสผ่านใหม่อีกครั้ง").fill("short")
    newcomer.presses("ตั้งรหัสผ่านและเข้าสู่ระบบ")
    title, lines = newcomer.faults()
    assert "รหัสผ่านสั้นเกินไป" in lines[0][0]
    newcomer.follows(lines[0][0], within=newcomer.page.locator(".faults"))
    assert newcomer.page.evaluate("document.activeElement.type") == "password"
    newcomer.looks_over()
    for label in ("รหัสผ่านใหม่", "พิมพ์รหัสผ่านใหม่อีกครั้ง"):
        newcomer.field(label).fill("ข้าวหอมมะลิหน้าฝนปีนี้")
    newcomer.presses("ตั้งรหัสผ่านและเข้าสู่ระบบ")
    newcomer.reads("ภาพรวมการประเมิน", within="h1")
    assert newcomer.path.startswith(OFFICE)
    assert "นางสาวปวีณา รักดี" in plain(newcomer.page.locator("header .person").inner_text())
    # The letter is spent.
    second = visitor()
    second.opens("/code")
    second.field("ชื่อผู้ใช้").fill(site.newcomer)
    second.field("รหัสใช้ครั้งเดียว").fill(site.letter)
    second.presses("ต่อไป")
    assert "รหัสหมดอายุหรือใช้ไปแล้ว" in second.faults()[1][0][0]


def test_an_assessor_gives_a_second_factor(visitor, language):
    say = {
        "th": ("ยืนยันตัวตนขั้นที่สอง", "ยืนยัน", "ตัวเลขไม่ถูกต้องหรือใช้ไปแล้ว"),
        "en": ("Second step", "Confirm", "The digits are not right or were used already"),
    }[language]
    code = {"th": "demo-0001", "en": "demo-0002"}[language]
    assessor = visitor(language=language).signs_in("assessor.1")
    assert assessor.heading == say[0]
    assessor.looks_over()
    # The password alone opens nothing.
    assessor.opens("/account")
    assert assessor.heading == say[0]
    assessor.page.locator("#code").fill("000000")
    assessor.presses(say[1])
    assert say[2] in assessor.faults()[1][0][0]
    assessor.looks_over()
    assessor.page.locator("#code").fill(code)
    assessor.presses(say[1])
    assert assessor.path == "/account"
    assessor.reads("assessor.1")
    # It was good once.
    second = visitor(language=language).signs_in("assessor.1")
    second.page.locator("#code").fill(code)
    second.presses(say[1])
    assert say[2] in second.faults()[1][0][0]


def number_of(secret, step):
    """What an authenticator app shows (RFC 6238)."""
    mac = hmac.new(base64.b32decode(secret), struct.pack(">Q", step), hashlib.sha1).digest()
    offset = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[offset:offset + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def test_a_director_sets_a_second_factor_up(visitor):
    director = visitor().signs_in("4101.director")
    director.opens("/account")
    director.looks_over()
    director.follows("ตั้งค่า")
    director.field("รหัสผ่าน").fill(PASSWORD)
    director.presses("เริ่มตั้งค่า")
    director.looks_over()
    secret = director.page.locator(".secret dd").inner_text().replace(" ", "")
    assert len(secret) == 32
    address = director.page.locator("a[href^=otpauth]").get_attribute("href")
    assert f"secret={secret}" in address
    step = int(time.time()) // 30
    director.field("ตัวเลข 6 หลัก").fill("12345")
    director.presses("ยืนยันและเปิดใช้")
    assert "ตัวเลขไม่ถูกต้อง" in director.faults()[1][0][0]
    director.looks_over()
    director.field("ตัวเลข 6 หลัก").fill(number_of(secret, step))
    director.presses("ยืนยันและเปิดใช้")
    assert director.heading == "รหัสกู้คืนของท่าน"
    codes = director.page.locator(".codes li").all_inner_texts()
    assert len(set(codes)) == 10 and all(re.fullmatch(r"[0-9A-Z]{5}-[0-9A-Z]{5}", each) for each in codes)
    director.looks_over()
    again = visitor().signs_in("4101.director")
    assert again.heading == "ยืนยันตัวตนขั้นที่สอง"
    # The number that confirmed it is spent; the next one is not.
    again.page.locator("#code").fill(number_of(secret, step + 1))
    again.presses("ยืนยัน")
    again.reads("ภาพรวมการประเมิน", within="h1")


def test_the_language_is_remembered(visitor, site):
    officer = visitor()
    officer.opens("/sign-in")
    officer.follows("English")
    assert officer.heading == "Sign in" and officer.path == "/sign-in"
    officer.types_name_and_password("4001.legal.officer")
    officer.reads("Assessment overview", within="h1")
    officer.opens(f"{OFFICE}/disclosures?state=draft")
    officer.reads("Disclosures")
    officer.follows("ภาษาไทย")
    assert officer.heading.startswith("การเปิดเผยข้อมูล")
    # Another day: the cookies of the session are gone, the language is not.
    officer.context.clear_cookies(name="session")
    officer.opens("/sign-in")
    assert officer.heading == "เข้าสู่ระบบ"
    thai_digits = visitor().signs_in("4001.legal.officer", to="/sign-in?to=%2Faccount")
    assert thai_digits.path == "/account"
    thai_digits.page.locator("[name=digits][value=thai]").check()
    thai_digits.presses("บันทึก")
    thai_digits.opens(OFFICE)
    thai_digits.reads("เหลือ ๑๒ วัน", within=".banner")


def test_sessions_are_listed_and_ended(visitor):
    first = visitor().signs_in("4102.director")
    first.opens("/account")
    second = visitor().signs_in("4102.director", to="/sign-in?to=%2Faccount")
    second.reads("เครื่องนี้")
    second.looks_over()
    assert second.page.locator(".sessions li").count() == 2
    second.page.locator("form[action='/account/sessions/end'] button").click()
    second.reads("สิ้นสุดการเข้าสู่ระบบแล้ว")
    assert second.page.locator(".sessions li").count() == 1
    first.opens("/account")
    assert first.heading == "เข้าสู่ระบบ"
    first.reads("หมดเวลาการใช้งาน เข้าสู่ระบบเพื่อทำต่อ")
    first.types_name_and_password("4102.director")
    assert first.path == "/account"
    first.page.locator("header summary").click()
    first.presses("ออกจากระบบ")
    first.reads("ออกจากระบบแล้ว")


def test_the_guide_of_a_demo_leads_to_questionnaires_to_try(visitor, language):
    person = visitor(language=language)
    person.opens("/help")
    person.looks_over()
    slips = person.page.locator("#respondent a[href*='#']")
    assert slips.count() == 4
    slip = slips.nth(0 if language == "th" else 1)
    code = plain(slip.inner_text())
    slip.click()
    person.page.locator("#slip").wait_for()
    assert person.page.locator("#slip").input_value().replace("-", "") == code.replace("-", "")
    person.presses(ANSWERING[language]["begin"])
    person.page.locator("[data-answered]").wait_for()
    person.opens("/help")
    person.page.locator("#respondent a").first.click()
    person.page.locator("#dealt-yes").wait_for()
    assert person.page.locator("html").get_attribute("lang") == language
