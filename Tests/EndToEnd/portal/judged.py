"""The example played on to where assessors have judged, and people who sign in with a code."""

# Judged by the second assessor; the Thai tests work at the first office, the English ones at the other.
OFFICES = {"th": "4001", "en": "4101"}
REASON = "พบยุทธศาสตร์ แต่ไม่พบเป้าหมายและตัวชี้วัดของแผน"
LINK = "https://www.example.go.th/plan"


def judged(site):
    """What is ready is signed; of each office one item is met, one is not and one lacks an element."""
    site.ita("4001.director", "2025-04-29T10:00", "submit", "4001")
    for office in OFFICES.values():
        site.ita("lead.1", "2025-05-02T09:00", "assign", "assessor.2", office)
    for minute, office in enumerate(OFFICES.values()):
        at = f"2025-05-12T09:0{minute}"
        site.ita("assessor.2", at, "judge", office, "O1", "pass")
        site.ita("assessor.2", at, "judge", office, "O7", "--elements", "strategies", "--reason", REASON,
            "--seen", f"{LINK}=opened", "--seen", f"{LINK}/targets.pdf=not_found")
        site.ita("assessor.2", at, "judge", office, "O14", "fail", "--reason", "ไม่พบวิธีจัดซื้อจัดจ้างของแต่ละรายการ",
            "--seen", f"{LINK}/buying=closed")


class Codes:
    """People who sign in with a code of the example, once each; later visitors come with the same session."""

    def __init__(self):
        self.sessions = {}

    def sign_in(self, visitor, person, to):
        if person in self.sessions:
            visitor.context.add_cookies(self.sessions[person])
            visitor.opens(to)
            return visitor
        visitor.signs_in(person, to=f"/sign-in?to={to}")
        visitor.page.locator("[name=code]").fill("demo-0001")
        visitor.page.locator("main form button.main").first.click()
        visitor.page.locator(".who .person").wait_for()
        cookies = visitor.context.cookies()
        self.sessions[person] = [each for each in cookies if each["name"].endswith("session")]
        return visitor


def tab_to(page, selector, most=120):
    """By the keyboard alone."""
    for _ in range(most):
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not come to {selector}")
