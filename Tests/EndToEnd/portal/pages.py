"""The routes that are pages, and which of them have been looked over for barriers."""

import os
import re
import urllib.parse

from served import ROOT, WORK

LOOKED = WORK / "looked-over"
GOLDEN = ROOT / "Tests" / "Goldens" / "routes.txt"
# What is taken away, or read by a script.
FILE = re.compile(r"(\.(csv|json|xlsx|txt|xml)|/\{name\}|/\{job\}/(state|file))$")
# Where a form was sent to: asked for again, such an address leads back to the form's page.
BACK = re.compile(r"(/people/\{person\}/[a-z-]+|/(take|accept|take-back|undo|captures|print|verify|name))$")

# Pages that lead on by themselves, and those that are the same as another at an address of their own: a table of offices and one of
# people are looked at alike, and so is a rubric that is new and one that takes another's place.
SAME = {
    "/", "/setting-up/errands/{errand}", "/offices/groups/import/{looked}", "/people/import/{looked}",
    "/setting-up/cycles/{cycle}/rubric", "/setting-up/cycles/{cycle}/rubric/looked/{looked}",
}


def pages():
    """Every route with a page, as the golden names it."""
    routes = re.findall(r"^GET (\S+)$", GOLDEN.read_text(), re.MULTILINE)
    return [each for each in routes if not (FILE.search(each) or BACK.search(each) or each in SAME)]


def note(path):
    """That axe found nothing on the page at a path."""
    LOOKED.mkdir(parents=True, exist_ok=True)
    with open(LOOKED / f"{os.getpid()}.txt", "a") as file:
        file.write(urllib.parse.urlsplit(path).path + "\n")


def forget():
    for each in LOOKED.glob("*.txt"):
        each.unlink()


def unseen():
    """Pages that nobody has looked over since it was forgotten."""
    routes = pages()
    # A fixed word comes before a blank.
    routes.sort(key=lambda route: [part.startswith("{") for part in route.split("/")])
    patterns = [(route, re.compile(re.sub(r"\\\{[a-z]+\\\}", "[^/]+", re.escape(route)) + "$")) for route in routes]
    seen = set()
    for file in LOOKED.glob("*.txt"):
        for path in set(file.read_text().split("\n")):
            seen.add(next((route for route, pattern in patterns if pattern.match(path)), None))
    return sorted(set(routes) - seen)
