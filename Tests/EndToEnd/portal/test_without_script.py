"""The whole way of an office's work with JavaScript off."""

from served import PASSWORD
from test_work import file, opens, state
from visitor import OFFICE


def test_the_office_works_without_script(visitor, site):
    officer = visitor(script=False).signs_in("4001.legal.officer")
    officer.reads("ภาพรวมการประเมิน", within="h1")
    opens(officer, "O35")
    officer.page.locator("#answer-yes").check()
    for tick in officer.page.locator("[name=element]").all():
        tick.check()
    officer.page.locator("#link-1").fill("https://www.example.go.th/one")
    officer.presses("เพิ่มลิงก์")
    assert officer.page.locator("#link-1").input_value() == "https://www.example.go.th/one"
    officer.page.locator("#link-2").fill("https://www.example.go.th/two")
    officer.page.locator("#upload").set_input_files(file("ภาคผนวก.pdf"))
    officer.page.locator("button[value=attach]").click()
    officer.reads("ภาคผนวก.pdf", within=".file-list")
    officer.page.locator("#link-3").fill("not a link")
    officer.presses("บันทึกร่าง")
    assert officer.faults()[1][0][1] == "#link-3"
    officer.page.locator("button[value=remove_3]").click()
    officer.presses("บันทึกร่าง")
    officer.reads("บันทึกแล้ว", within=".note-done")
    values = officer.page.locator("[name=link]").all()
    assert [each.input_value() for each in values if each.input_value()] == [
        "https://www.example.go.th/one", "https://www.example.go.th/two"]

    head = visitor(script=False).signs_in("4001.legal.head", to=f"/sign-in?to={OFFICE}/review")
    head.page.locator("input[name=item][value=O35]").check()
    head.page.locator("#note").fill("ลิงก์ที่สองเปิดไม่ได้")
    head.page.locator("button[value=send_back]").click()
    head.page.locator(".note-done").wait_for()
    opens(officer, "O35")
    officer.reads("ลิงก์ที่สองเปิดไม่ได้")
    officer.page.locator("button[value=remove_2]").click()
    officer.presses("บันทึกร่าง")
    officer.reads("บันทึกแล้ว", within=".note-done")
    head.opens(f"{OFFICE}/review")
    head.page.locator("input[name=item][value=O35]").check()
    head.page.locator("button[value=pass]").click()
    head.page.locator(".note-done").wait_for()
    assert state(head, "O35") == "พร้อมเสนอผู้บริหาร"

    director = visitor(script=False).signs_in("4001.director", to=f"/sign-in?to={OFFICE}/sign-off")
    director.page.locator("#accept").check()
    director.page.locator("#password").fill(PASSWORD)
    director.page.locator("form.sign-form button.main").click()
    director.page.locator(".digest-groups").wait_for()
    director.opens(f"{OFFICE}/recall")
    director.page.locator("[name=item][value=O35]").check()
    director.page.locator("#reason").fill("ขอเปลี่ยนลิงก์")
    director.page.locator("main form button.main").click()
    assert state(director, "O35") == "ร่าง"

    keeper = visitor(script=False).signs_in("4001.admin", to=f"/sign-in?to={OFFICE}/questionnaires/stakeholders")
    keeper.page.locator("#number-IIT").fill("151")
    keeper.page.locator("main form button.main").click()
    keeper.reads("151")
    keeper.page.locator("header summary").click()
    keeper.presses("ออกจากระบบ")
    keeper.reads("ออกจากระบบแล้ว")
