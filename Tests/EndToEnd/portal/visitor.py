"""Somebody at a browser: signs in, reads, types, and notices what a page must not do."""

import re
import urllib.parse

from axe_playwright_python.sync_playwright import Axe

from served import PASSWORD

OFFICE = "/2568/offices/4001"
WIDE, PHONE, SMALL_PHONE = 1280, 390, 360
AXE = Axe()


def plain(text):
    """As a reader reads it: without the marks that hold words together on a line."""
    return re.sub(r"[ \t\u00a0\u202f]+", " ", text.replace("\u2060", "").replace("\u200b", "")).strip()


def without(text, parts):
    for part in sorted(parts, key=len, reverse=True):
        text = text.replace(plain(part), "")
    return text


def wording(text):
    """Finds a text whatever marks hold it together."""
    return re.compile("\u2060?".join(r"\s+" if each == " " else re.escape(each) for each in text))


def whole(text):
    """The same, and nothing else beside it."""
    return re.compile(r"^\s*" + wording(text).pattern + r"\s*$")


class Visitor:
    """One person at one browser with its own cookies."""

    def __init__(self, browser, site, language="th", width=WIDE, script=True, height=900):
        self.site = site
        self.language = language
        self.width = width
        self.script = script
        self.context = browser.new_context(
            viewport={"width": width, "height": height}, java_script_enabled=script, base_url=site.origin,
            accept_downloads=True, is_mobile=False)
        self.context.set_default_timeout(8000)
        self.complaints = []
        if language == "en":
            self.context.add_cookies([{"name": "language", "value": "en", "url": site.origin}])
        self.page = self.new_page()

    def new_page(self):
        page = self.context.new_page()
        page.on("request", self._asked)
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        return page

    def _asked(self, request):
        if not request.url.startswith((self.site.origin, "data:", "blob:", "about:")):
            self.complaints.append(f"asks a third party: {request.url}")

    def _said(self, message):
        # That a page came back with a fault is the browser's remark on a status that is meant.
        meant = re.match(r"Failed to load resource: the server responded with a status of (401|403|404|409|413|422|429)\b",
                         message.text)
        if not (meant and message.type == "error"):
            self.complaints.append(f"console {message.type}: {message.text}")

    def close(self):
        self.context.close()
        assert self.complaints == [], "\n".join(self.complaints)

    # Getting in and about.

    def signs_in(self, person, password=PASSWORD, to=None):
        self.page.goto("/sign-in" if to is None else to)
        self.types_name_and_password(person, password)
        return self

    def types_name_and_password(self, person, password=PASSWORD):
        form = self.page.locator("form.entrance")
        form.locator("[autocomplete=username]").fill(person)
        form.locator("[type=password]").fill(password)
        form.locator("button.main").click()

    def opens(self, path):
        return self.page.goto(path)

    def presses(self, name, within=None, exact=True):
        (within or self.page).get_by_role("button", name=whole(name) if exact else wording(name)).first.click()

    def follows(self, name, within=None, exact=True):
        (within or self.page).get_by_role("link", name=whole(name) if exact else wording(name)).first.click()

    def field(self, label, within=None):
        return (within or self.page).get_by_label(wording(label)).first

    # Reading.

    @property
    def path(self):
        return urllib.parse.unquote(self.page.url.removeprefix(self.site.origin))

    @property
    def heading(self):
        return plain(self.page.locator("h1").inner_text())

    @property
    def text(self):
        return plain(self.page.locator("main").inner_text())

    def reads(self, *texts, within="main"):
        """Whether the page says it; what it is waited for may come a moment later."""
        for text in texts:
            place = self.page.locator(within).filter(has_text=wording(text)).first
            try:
                place.wait_for()
            except Exception:
                raise AssertionError(f"{self.path} does not say '{text}':\n{self.text}") from None

    def does_not_read(self, *texts):
        for text in texts:
            assert plain(text) not in self.text, f"{self.path} says '{text}'"

    def row(self, title):
        """A row of a task list."""
        return self.page.locator("li.task").filter(has=self.page.get_by_text(wording(title))).first

    def state_of(self, code):
        """The state that the list gives an item."""
        rows = self.page.locator("li.task")
        row = rows.filter(has=self.page.locator(".code", has_text=whole(code)))
        return plain(row.locator(".state-tag").inner_text())

    def faults(self):
        """The error summary: its title, and of each line the text and the field it leads to."""
        summary = self.page.locator(".faults")
        summary.wait_for()
        lines = [(plain(each.inner_text()), (each.locator("a").get_attribute("href") if each.locator("a").count() else None))
                 for each in summary.locator("li").all()]
        return plain(summary.locator("h2").inner_text()), lines

    # Looking it over.

    def looks_over(self, widths=True, axe=True):
        """What holds on every page: no barrier that a machine finds, no sideways scrolling, the language of the visitor."""
        place = f"{self.path} in {self.language}"
        assert self.page.locator("html").get_attribute("lang") == self.language, f"{place}: language"
        assert self.page.locator("h1").count() == 1, f"{place}: headings of the first rank"
        if widths:
            for width in (SMALL_PHONE, PHONE):
                self.page.set_viewport_size({"width": width, "height": 900})
                wide = self.page.evaluate(
                    "(width) => [...document.querySelectorAll('body *')].filter(each => {"
                    " const box = each.getBoundingClientRect();"
                    " return box.width > 0 && box.right > width + 0.5 && !each.closest('.unseen, svg') })"
                    ".map(each => each.tagName + '.' + each.className).slice(0, 5)", width)
                across = self.page.evaluate("document.documentElement.scrollWidth")
                assert across <= width, f"{place} at {width}: {across} wide, by {wide}"
            self.page.set_viewport_size({"width": self.width, "height": 900})
        # Where scripts are off, axe would never answer.
        if axe and self.script:
            found = AXE.run(self.page)
            assert found.violations_count == 0, f"{place}: {found.generate_report()}"
        if self.language == "en":
            names = self.site.names()
            left = [text for text in self.thai_left() if re.search("[\u0e01-\u0e4f]", without(plain(text), names))]
            assert left == [], f"{place}: Thai in English: {left}"

    def thai_left(self):
        """Thai on an English page that nobody has typed."""
        return self.page.evaluate("""() => {
          const typed = '[lang=th], .is-name, .person, .as-typed, .file, .last-evidence, input, textarea';
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          const left = [];
          while (walker.nextNode()) {
            const text = walker.currentNode.data.trim();
            if (/^Note: /.test(text)) continue;
            if (/[\\u0e01-\\u0e4f]/.test(text) && !walker.currentNode.parentElement.closest(typed)) left.push(text);
          }
          return left;
        }""")
