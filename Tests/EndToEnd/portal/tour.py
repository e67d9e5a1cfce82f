"""Takes the pictures of docs/tour.md, every page in both languages, wide and on a phone, and writes the page itself."""

import io
import shutil

from PIL import Image
from playwright.sync_api import sync_playwright

from conftest import CHROMIUM
from served import ROOT, Site
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


OFFICER, HEAD, DIRECTOR, KEEPER = "4001.legal.officer", "4001.legal.head", "4001.director", "4001.admin"
# Name, title, what it shows, who comes, and where they go if they are not there yet.
STOPS = [
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
    ("people", "People and accounts", "Who works here and how they get in.", signed(KEEPER), f"{OFFICE}/people"),
    ("new-person", "Somebody new", "A name, a post, a role; the system suggests the user name.", signed(KEEPER), f"{OFFICE}/new-person"),
    ("person", "One account", "Letter, roles, closing.", person, None),
    ("letter", "The letter", "Shown once, handed over in person.", letter, None),
    ("account", "My account", "Password, second factor, language, sessions.", signed(OFFICER), "/account"),
    ("second-factor", "Second factor", "For whoever decides over others, and whoever wants it.", set_up, None),
    ("help", "Short guide", "For each person, in plain words.", None, "/help"),
    ("privacy", "Privacy", "What is kept, and for how long.", None, "/privacy"),
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


def main():
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    lines = ["# Tour", "", "The office's side of the portal on the filled example, in Thai and in English, wide and on a phone.",
             "Offices, people and figures are invented. `make tour` takes the pictures anew.", ""]
    site = Site("tour")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for name, title, text, comes, path in STOPS:
            shots = []
            for language in ("th", "en"):
                for width in (WIDE, PHONE):
                    visitor = Visitor(browser, site, language=language, width=width)
                    if comes:
                        comes(visitor)
                    if path:
                        visitor.opens(path)
                    visitor.page.evaluate("document.fonts.ready")
                    picture = visitor.page.screenshot(full_page=True, animations="disabled")
                    (site.folder / f"{name}-{language}-{width}.png").write_bytes(picture)
                    file = f"{name}-{language}-{width}.png"
                    (FOLDER / file).write_bytes(small(picture, width))
                    shots.append(f"![{title}, {'Thai' if language == 'th' else 'English'}, {width} px](tour/{file})")
                    visitor.close()
            lines += [f"## {title}", "", text, "", " ".join(shots), ""]
        browser.close()
    full = ROOT / ".build-site" / "tour"
    shutil.rmtree(full, ignore_errors=True)
    full.mkdir()
    for picture in site.folder.glob("*.png"):
        shutil.move(picture, full / picture.name)
    site.stop()
    (ROOT / "docs" / "tour.md").write_text("\n".join(lines))
    size = sum(each.stat().st_size for each in FOLDER.iterdir())
    assert size <= 2_500_000, f"the pictures are {size} bytes"
    print(f"{len(list(FOLDER.iterdir()))} pictures, {size // 1000} kB; in full size in .build-site/tour")


if __name__ == "__main__":
    main()
