"""Takes the example on to the day on which its committee decides: everything is judged, every window has closed."""

import csv
import sqlite3

JUDGING, DECIDING = "2025-05-06T09:00", "2025-07-10T09:00"
# One disclosure that is not met, and why.
LOST = ("4001", "O12", "ข้อมูลเป็นของปีงบประมาณก่อน")


def decided(site):
    """Assigns the offices as in the year before, and judges every disclosure."""
    with sqlite3.connect(f"file:{site.folder}/registry.sqlite?mode=ro", uri=True) as registry:
        given = registry.execute(
            "SELECT office.code, person.code FROM assignment JOIN office ON office.id = office"
            " JOIN person ON person.id = assessor WHERE cycle = 1").fetchall()
        items = [row[0] for row in registry.execute("SELECT DISTINCT item FROM submission WHERE cycle = 2")]
    for office, assessor in given:
        site.ita("lead.1", JUDGING, "assign", assessor, office)
    for assessor in sorted({each for _, each in given}):
        marks = site.folder / f"{assessor}.csv"
        with open(marks, "w", newline="") as file:
            table = csv.writer(file)
            table.writerow(["office", "item", "option", "reason"])
            for office in [each for each, who in given if who == assessor]:
                for item in items:
                    is_lost = (office, item) == LOST[:2]
                    table.writerow([office, item, "fail" if is_lost else "pass", LOST[2] if is_lost else ""])
        site.ita(assessor, JUDGING, "judge", "import", marks)
        marks.unlink()
