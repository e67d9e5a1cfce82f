"""Opens the rendered reports as a reader does: in a real browser, wide and narrow, and in a spreadsheet library."""

import json
import pathlib
import sys

import jsonschema
import openpyxl
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
CHROMIUM = "/usr/bin/chromium-headless-shell"
checks = 0


def check(holds, message):
    global checks
    checks += 1
    if not holds:
        sys.exit(f"failed: {message}")


def pages(folder):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for name, language, heading in [
            ("office.html", "th", "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาธารทอง เขต 1"),
            ("office.en.html", "en", "Than Thong Primary Education Service Area Office 1"),
        ]:
            for width in (1280, 390, 360):
                page = browser.new_page(viewport={"width": width, "height": 900})
                asked = []
                page.on("request", lambda request: asked.append(request.url))
                page.goto((folder / name).as_uri())
                place = f"{name} at {width}"
                check(page.locator("html").get_attribute("lang") == language, f"{place}: language")
                check(page.locator("h1").inner_text().replace("\u00a0", " ") == heading, f"{place}: heading")
                check(page.evaluate("document.documentElement.scrollWidth") <= width, f"{place}: wider than the screen")
                check([url for url in asked if not url.startswith(("file:", "data:"))] == [], f"{place}: asks a third party")
                found = Axe().run(page)
                check(found.violations_count == 0, f"{place}: {found.generate_report()}")
                first = page.locator("details:not([open]) > summary").first
                first.focus()
                page.keyboard.press("Enter")
                check(page.locator("details[open]").count() > 1, f"{place}: the working does not open by key")
                check("86.17" in page.locator("main").inner_text(), f"{place}: the total")
                page.close()
            page = browser.new_page()
            page.goto((folder / name).as_uri())
            check(page.pdf(prefer_css_page_size=True)[:5] == b"%PDF-", f"{name}: prints")
        browser.close()


def workbook(folder):
    """The committed workbook holds the cells of its text, formulas with the values they have."""
    formulas = openpyxl.load_workbook(folder / "committee.xlsx")
    values = openpyxl.load_workbook(folder / "committee.xlsx", data_only=True)
    sheet = None
    for line in (folder / "committee.txt").read_text().splitlines():
        if line.startswith("== "):
            sheet = line[3:]
            check(sheet in formulas.sheetnames, f"the workbook has no sheet {sheet}")
            continue
        if line.startswith(("shade ", "chart ")):
            continue
        row, *cells = line.split(" | ")
        for column, text in enumerate(cells, start=1):
            cell = formulas[sheet].cell(int(row), column)
            value = cell.value
            if isinstance(value, str) and value.startswith("="):
                cached = values[sheet].cell(int(row), column).value
                check(text == f"{value} [{float(cached)}]", f"{sheet} {cell.coordinate}: {text}")
            elif isinstance(value, (int, float)):
                check(float(text) == value, f"{sheet} {cell.coordinate}: {text} is not {value}")
            else:
                check((value or "") == text, f"{sheet} {cell.coordinate}: {text} is not {value}")
    check(sum(len(each._charts) for each in formulas) == 2, "the workbook has its charts")
    check(any(each.conditional_formatting for each in formulas), "the workbook has its shades")


def scorecard(folder):
    schema = json.loads((ROOT / "docs" / "scorecard.schema.json").read_text())
    jsonschema.validate(json.loads((folder / "scorecard.json").read_text()), schema)
    check(True, "the scorecard follows its schema")


folder = pathlib.Path(sys.argv[1]).resolve()
pages(folder)
workbook(folder)
scorecard(folder)
print(f"{checks} passed, 0 failed")
