"""Takes the pictures of docs/tour.md, every page in both languages, wide and on a phone, and writes the page itself.

With names of pictures behind it, only those are taken anew.
"""

import io
import shutil
import sys

from PIL import Image
from playwright.sync_api import sync_playwright

from conftest import CHROMIUM
from served import ROOT, Site
from test_answering import IIT, SLIPS, link, questions
from visitor import OFFICE, PHONE, WIDE, Visitor

FOLDER = ROOT / "docs" / "tour"
LARGEST = 40_000
# As wide as shown, and no taller than so many of the page's own pixels.
SHOTS = {WIDE: (480, 1500), PHONE: (200, 1100)}


def signed(person):
    return lambda visitor: visitor.signs_in(person)


def wrong(visitor):
    visitor.signs_in("4001.legal.officer")
    visitor.opens(f"{OFFICE}/disclosures/O35")
    visitor.page.locator("#link-1").fill("www.example.go.th")
    visitor.page.locator("button.main[value=save]").click()
    visitor.page.locator(".faults").wait_for()


def receipt(visitor):
    visitor.signs_in("4001.director")
    visitor.opens(f"{OFFICE}/receipts")
    visitor.page.locator("li.task a").first.click()


def person(visitor):
    visitor.signs_in("4001.admin")
    visitor.opens(f"{OFFICE}/people/4001.newcomer")


def letter(visitor):
    person(visitor)
    visitor.page.locator("form[action$='/letter'] button").click()
    visitor.page.locator(".letter-secret").first.wait_for()


def set_up(visitor):
    visitor.signs_in("4001.finance.head")
    visitor.opens("/account/second-factor")


def sheet(visitor):
    """Four slips for the sample, as the lead prints them."""
    LEAD(visitor)
    visitor.opens(SLIPS)
    visitor.page.locator("#number-EIT2").fill("4")
    visitor.page.locator("form[action$='/sheet'] button").last.click()
    visitor.page.locator(".slip").first.wait_for()


def begins(visitor):
    """Somebody who answers through the open link."""
    visitor.opens(f"{link(visitor.site)}?lang={visitor.language}")
    visitor.page.locator("#dealt-yes").check()
    visitor.page.locator("form[data-begin] button").click()
    visitor.page.locator("[data-answered]").wait_for(timeout=60000)


def chooses(visitor):
    begins(visitor)
    for place, question in enumerate(questions(visitor).all()[:2]):
        question.locator("input").nth(4 - place).check()


def looks_back(visitor):
    begins(visitor)
    while visitor.page.locator("[data-answered]").count():
        here = visitor.page.locator("form[data-at]").get_attribute("data-at")
        for question in questions(visitor).all():
            question.locator("input").nth(4).check()
        visitor.page.locator("button[value=next]").click()
        visitor.page.locator(f"form:not([data-at='{here}'])[data-at]").wait_for()


def thanked(visitor):
    looks_back(visitor)
    visitor.page.locator("button[value=send]").click()
    visitor.page.locator("[data-thanks]").wait_for()


SESSIONS = {}


def coded(person):
    """Signs in with a code, once at each site; later visitors come with the same session."""
    def comes(visitor):
        key = (visitor.site.origin, person)
        if key in SESSIONS:
            visitor.context.add_cookies(SESSIONS[key])
            return
        visitor.signs_in(person, to="/sign-in")
        visitor.page.locator("form.entrance [name=code]").fill("demo-0001")
        visitor.page.locator("form.entrance button.main").click()
        visitor.page.locator(".who").first.wait_for()
        SESSIONS[key] = [each for each in visitor.context.cookies() if each["name"].endswith("session")]
    return comes


OFFICER, HEAD, DIRECTOR, KEEPER = "4001.legal.officer", "4001.legal.head", "4001.director", "4001.admin"
ASSESSOR, LEAD, MEMBER, ADMIN = coded("assessor.2"), coded("lead.1"), coded("member.2"), coded("admin")
# Of each part of the year: name, title, what it shows, who comes, and where they go if they are not there yet.
STOPS = [
    ("The office, while it is collected", "collecting", [
        ("sign-in", "Signing in", "One door for officers, directors, assessors and the committee.", None, "/sign-in"),
        ("first-code", "First sign-in", "With the code of a printed letter.", None, "/code"),
        ("home", "Overview", "Where the year stands, what to do next, and the score within reach.", signed(DIRECTOR), OFFICE),
        ("disclosures", "Disclosures", "Every item with its state, owner and what is at stake.", signed(OFFICER), f"{OFFICE}/disclosures"),
        ("disclosure", "One disclosure", "Answer, elements, links, files and note; last year's finding beside them.", signed(OFFICER), f"{OFFICE}/disclosures/O30"),
        ("disclosure-fault", "Something to put right", "The summary leads to the field; nothing typed is lost.", wrong, None),
        ("disclosure-read", "Read only", "What has been submitted, and why it cannot be changed.", signed(OFFICER), f"{OFFICE}/disclosures/O1"),
        ("self-check", "Self-check", "The score by the office's own marks, seen by nobody else.", signed(HEAD), f"{OFFICE}/self-check"),
        ("review", "Group review", "The head passes on, or sends back with a note.", signed(HEAD), f"{OFFICE}/review"),
        ("sign-off", "Review and sign", "What is missing and what it is worth, before the password.", signed(DIRECTOR), f"{OFFICE}/sign-off"),
        ("sign-off-acting", "An acting director", "Capacity and order stand beside the signature.", signed("4002.deputy"), "/2568/offices/4002/sign-off"),
        ("receipt", "Receipt", "Number, moment, signer and the digest of what was submitted.", receipt, None),
        ("recall", "Recall to edit", "Until the window closes.", signed(DIRECTOR), f"{OFFICE}/recall"),
        ("questionnaires", "Questionnaires", "Progress in steps, never who.", signed(KEEPER), f"{OFFICE}/questionnaires"),
        ("stakeholders", "Stakeholder numbers", "Numbers only, with the minimum they mean.", signed(KEEPER), f"{OFFICE}/questionnaires/stakeholders"),
        ("slips", "Code slips", "One asks, another makes them; never how many were used.", signed(KEEPER), SLIPS),
        ("poster", "Poster", "The open link as a QR code, for everybody or for some.", signed(KEEPER), f"{OFFICE}/poster"),
        ("people", "People and accounts", "Who works here and how they get in.", signed(KEEPER), f"{OFFICE}/people"),
        ("new-person", "Somebody new", "A name, a post, a role; the system suggests the user name.", signed(KEEPER), f"{OFFICE}/new-person"),
        ("person", "One account", "Letter, roles, closing.", person, None),
        ("letter", "The letter", "Shown once, handed over in person.", letter, None),
        ("account", "My account", "Password, second factor, language, sessions.", signed(OFFICER), "/account"),
        ("second-factor", "Second factor", "For whoever decides over others, and whoever wants it.", set_up, None),
        ("help", "Short guide", "For each person, in plain words.", None, "/help"),
        ("privacy", "Privacy", "What is kept, and for how long.", None, "/privacy"),
    ]),
    ("People who answer", "collecting", [
        ("answering", "A questionnaire", "What it is, who sees what, how long it takes.", None, f"{IIT}?lang="),
        ("answering-questions", "Questions", "At most five a page; nothing is chosen beforehand.", chooses, None),
        ("answering-review", "Before sending", "Everything that was chosen.", looks_back, None),
        ("answering-thanks", "Sent", "The same for everybody, and nothing is left on the device.", thanked, None),
        ("answering-protection", "How answers are protected", "Plainly, with its limits.", None, "/answer/protection?lang="),
    ]),
    ("The lead assessor, while people answer", "collecting", [
        ("asking", "Questionnaires below the minimum", "In three steps, as they were when the day began.", LEAD, "/2568/progress/questionnaires"),
        ("slip-sheet", "A sheet of slips", "Shown once, to print, cut and draw from a box.", sheet, None),
    ]),
    ("The administrator, before the year begins", "preparing", [
        ("setting-up", "Setting up", "From an empty registry to an open cycle, step by step.", ADMIN, "/setting-up"),
        ("schedule", "Dates", "Every window in one form.", ADMIN, "/setting-up/cycles/2568/schedule"),
        ("late", "Who is late", "What is missing, and whom to call.", ADMIN, "/2568/late"),
        ("all-people", "People and roles", "Everybody, to search and to filter.", ADMIN, "/people"),
    ]),
    ("The assessor", "assessing", [
        ("marking", "Your marking", "Item by item or office by office.", ASSESSOR, "/2568/marking"),
        ("mark", "One disclosure to judge", "What was submitted beside what it must show; a key for everything.", ASSESSOR, "/2568/marking/4001/O24"),
        ("comments", "Comment bank", "Sentences that are used again.", ASSESSOR, "/2568/comments"),
        ("conflicts", "Conflicts of interest", "What is known, and what one declares.", coded("assessor.4"), "/2568/conflicts"),
    ]),
    ("The lead assessor", "assessing", [
        ("assigning", "Assigning", "Who judges what, with loads and conflicts.", LEAD, "/2568/assigning"),
        ("assigned-office", "One office to assign", "Who may judge it, and why others may not.", LEAD, "/2568/assigning/offices/4202"),
        ("spread", "Spreading", "Evenly, by a seed that is kept.", LEAD, "/2568/assigning/spread"),
        ("progress", "Progress", "Who falls behind.", LEAD, "/2568/progress"),
    ]),
    ("Clarifying", "clarifying", [
        ("home-clarifying", "Overview while clarifying", "One thing to do.", signed(DIRECTOR), OFFICE),
        ("to-open", "Results to open", "Opening them is recorded.", signed("4705.director"), "/2568/offices/4705/findings"),
        ("findings", "Results, item by item", "What was found, and what may be contested.", signed(DIRECTOR), f"{OFFICE}/findings"),
        ("finding", "First and final side by side", "What the office said, and what another assessor decided.", signed(DIRECTOR), f"{OFFICE}/findings/O7"),
        ("contest", "Contesting", "Once, pointing into what was submitted.", signed(DIRECTOR), f"{OFFICE}/findings/O17"),
        ("clarifications", "Contested findings", "The lead names who decides.", LEAD, "/2568/clarifications"),
        ("decide", "A decision", "By another assessor than the first.", coded("assessor.3"), "/2568/clarifications/4001/O12"),
        ("not-opened", "Not opened", "Silence is acceptance; these are still silent.", LEAD, "/2568/not-opened"),
    ]),
    ("The committee", "deciding", [
        ("results", "Results", "Every office, to sort and filter.", MEMBER, "/2568/results"),
        ("indicators", "Heat map", "Indicators of every office.", MEMBER, "/2568/results/indicators"),
        ("distribution", "Distribution", "By score and level, before and after.", MEMBER, "/2568/results/distribution"),
        ("quality", "Quality of answers", "What came too fast or straight down, with the score without it.", MEMBER, "/2568/results/quality"),
        ("texts", "What people wrote", "Shuffled, and apart from their answers.", MEMBER, "/2568/results/quality/4002"),
        ("scorecard", "A scorecard", "Down to its last count.", MEMBER, "/2568/offices/4001/scorecard"),
        ("correct", "Correcting", "With a reason; the effect is shown first.", MEMBER, "/2568/offices/4001/items/O17/correct"),
        ("sealing", "Check and seal", "The first member has agreed; the second seals.", MEMBER, "/2568/sealing"),
        ("downloads", "Downloads", "Workbooks, scorecards, tables.", MEMBER, "/2568/downloads"),
    ]),
    ("The committee, after sealing", "sealed", [
        ("publishing", "To be published", "Sealed, and not out yet.", MEMBER, "/2568/sealing"),
        ("amendments", "Amendments", "Proposed by one, agreed to by another.", MEMBER, "/2568/amendments"),
    ]),
    ("Everybody", "published", [
        ("public", "Published results", "With search, without signing in.", None, "/published/2568"),
        ("public-office", "One office", "Its indicators, and why this score.", None, "/published/2568/4001"),
        ("public-data", "Open data", "To take away, and to prove the seal.", None, "/published/2568/data"),
        ("home-published", "Overview once published", "Where the result is.", signed(DIRECTOR), OFFICE),
    ]),
]


def small(picture, width):
    shown, tallest = SHOTS[width]
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    image = image.crop((0, 0, image.width, min(image.height, tallest)))
    image = image.resize((shown, round(image.height * shown / image.width)), Image.Resampling.LANCZOS)
    for colours in (48, 32, 20, 12):
        out = io.BytesIO()
        image.quantize(colours, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        if out.tell() <= LARGEST:
            break
    return out.getvalue()


def main(wanted):
    if not wanted:
        shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True, exist_ok=True)
    lines = ["# Tour", "", "The portal on the filled example, in Thai and in English, wide and on a phone, person by person through the year.",
             "Offices, people and figures are invented. `make tour` takes the pictures anew.", ""]
    full = ROOT / ".build-site" / "tour"
    full.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for heading, phase, stops in STOPS:
            lines += [f"## {heading}", ""]
            chosen = [stop for stop in stops if not wanted or stop[0] in wanted]
            site = Site("tour", phase=phase) if chosen else None
            for stop in stops:
                if stop in chosen:
                    take(browser, site, full, *stop)
                lines += written(*stop[:3])
            if site:
                site.stop()
        browser.close()
    (ROOT / "docs" / "tour.md").write_text("\n".join(lines))
    size = sum(each.stat().st_size for each in FOLDER.iterdir())
    assert size <= 6_500_000, f"the pictures are {size} bytes"
    print(f"{len(list(FOLDER.iterdir()))} pictures, {size // 1000} kB; in full size in .build-site/tour")


def file(name, language, width):
    return f"{name}-{language}-{width}.png"


def take(browser, site, full, name, title, text, comes, path):
    """Takes the pictures of one page."""
    for language in ("th", "en"):
        for width in SHOTS:
            visitor = Visitor(browser, site, language=language, width=width)
            if comes:
                comes(visitor)
            if path:
                # Pages of respondents read no cookie: their language stands in the address.
                assert visitor.opens(path + language if path.endswith("lang=") else path).status == 200, path
            visitor.page.evaluate("document.fonts.ready")
            picture = visitor.page.screenshot(full_page=True, animations="disabled")
            (full / file(name, language, width)).write_bytes(picture)
            (FOLDER / file(name, language, width)).write_bytes(small(picture, width))
            visitor.close()


def written(name, title, text):
    """What the page says of one page of the portal."""
    shots = [f"![{title}, {'Thai' if language == 'th' else 'English'}, {width} px](tour/{file(name, language, width)})"
             for language in ("th", "en") for width in SHOTS]
    return [f"### {title}", "", text, "", " ".join(shots), ""]


if __name__ == "__main__":
    main(set(sys.argv[1:]))
