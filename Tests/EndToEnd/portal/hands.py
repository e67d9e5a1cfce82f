"""Somebody who touches nothing but keys, with scripts or without."""

from judged import tab_to
from served import PASSWORD
from visitor import Visitor


class Hands:
    """A visitor who finds everything by Tab, and does it by Space, Enter and the arrows."""

    def __init__(self, browser, site, script):
        self.visitor = Visitor(browser, site, script=script)
        self.page = self.visitor.page

    def press(self, key):
        self.page.keyboard.press(key)

    def to(self, selector):
        tab_to(self.page, selector)

    def types(self, selector, text):
        self.to(selector)
        self.press("Control+A")
        self.page.keyboard.type(text)

    def ticks(self, selector):
        self.to(selector)
        self.press("Space")

    def chooses(self, name, value):
        """One of a group of radio buttons."""
        self.to(f"[name={name}]")
        wanted = self.page.locator(f"[name={name}][value='{value}']")
        self.press("Space")
        for _ in range(30):
            if wanted.is_checked():
                return
            self.press("ArrowDown")
        raise AssertionError(f"the arrows do not come to {name}={value}")

    def selects(self, selector, value):
        """One of a list."""
        self.to(selector)
        for _ in range(60):
            if self.page.locator(selector).input_value() == value:
                return
            self.press("ArrowDown")
        raise AssertionError(f"the arrows do not come to {value} in {selector}")

    def enters(self, selector):
        """Presses a button or follows a link, and is on the page it leads to."""
        self.to(selector)
        with self.page.expect_navigation():
            self.press("Enter")

    def is_told(self, *texts):
        self.visitor.reads(*texts, within=".note-done")

    def comes(self, person, to, code=None):
        """Signs in, with the code of a second factor where one is asked for."""
        self.page.goto(f"/sign-in?to={to}")
        self.types("[autocomplete=username]", person)
        self.types("[type=password]", PASSWORD)
        with self.page.expect_navigation():
            self.press("Enter")
        if code:
            self.types("[name=code]", f"demo-{code:04}")
            with self.page.expect_navigation():
                self.press("Enter")
        return self

    def goes(self, path):
        self.page.goto(path)

    def close(self):
        self.visitor.close()
