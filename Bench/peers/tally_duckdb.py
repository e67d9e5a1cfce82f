#!/usr/bin/env python3
"""Tally and totals of a nation with DuckDB, on two threads. Usage: tally_duckdb.py FOLDER (see README.md)."""

import json
import sys
import time
from pathlib import Path

import duckdb
import numpy as np

folder = Path(sys.argv[1])
meta = json.loads((folder / "meta.json").read_text())
offices, points = meta["offices"], meta["points"]
iit_names = [name for name in points if name.startswith("i")]
eit_names = [name for name in points if name.startswith("e")]
database = duckdb.connect(config={"threads": 2})


def column(name, kind=np.uint8):
    return np.fromfile(folder / name, kind)


def store(table, frame):  # DuckDB finds `frame` by its name
    database.execute(f"create or replace table {table} as from frame")


# In memory, not timed: DuckDB's own tables, offices in 16 bits where they fit.
small = np.uint16 if offices <= 1 << 16 else np.int32
store("iit", {"office": column("iit.office", "<i4").astype(small)}
      | {name: column(f"iit.q{int(name[1:]):02d}") for name in iit_names})
store("eit", {"office": column("eit.office", "<i4").astype(small), "part": column("eit.part")}
      | {name: column(f"eit.q{name[1:]}") for name in eit_names})
marks = column("oit.marks").reshape(offices, -1)
store("marks", {"office": np.arange(offices, dtype=np.int32)}
      | {f"O{item}": np.ascontiguousarray(marks[:, item]) for item in range(marks.shape[1])})
largest = database.execute("select max(n) from (select count(*) n from iit group by office union all"
                           " select count(*) n from eit group by office, part)").fetchall()[0][0]


def best_of_five(work):
    work()
    times = []
    for _ in range(5):
        start = time.perf_counter()
        result = work()
        times.append((time.perf_counter() - start) * 1000)
    return min(times), result


# Tally: a column a question and option, a row an office (and part). Results arrive as numpy arrays.

def by_counting(table, keys, names):
    counts = [f"count_if({name} = {option}) {name}_{option}" for name in names for option in range(1, 7)]
    return database.execute(f"select {keys}, {', '.join(counts)} from {table} group by {keys}").fetchnumpy()


def by_lanes(table, keys, names):
    """Six counters of ten bits in one 64-bit word (no answer falls off its end), added up and then unpacked."""
    words = [f"sum((1::bigint << (10 * {name}::bigint)) >> 10)::bigint {name}" for name in names]
    found = database.execute(f"select {keys}, {', '.join(words)} from {table} group by {keys}").fetchnumpy()
    words = {name: found.pop(name) for name in names}
    return found | {f"{name}_{option + 1}": word >> 10 * option & 1023
                    for name, word in words.items() for option in range(6)}


# Totals

def mean_of(figures):
    """The mean of what is not null."""
    filled, there = (" + ".join(form.format(figure) for figure in figures)
                     for form in ("coalesce({}, 0)", "({} is not null)::int"))
    return f"({filled}) / nullif({there}, 0)"


def instrument(letter):
    def question(name):
        gained = " + ".join(f"{name}_{option} * {value}" for option, value in enumerate(points[name], 1) if value)
        return f"({gained})::double / nullif({' + '.join(f'{name}_{option}' for option in range(1, 7))}, 0)"

    indicators = [f"({' + '.join(map(question, names))}) / {len(names)}"
                  for names in meta["indicators"].values() if names[0].startswith(letter)]
    return f"({' + '.join(indicators)}) / {len(indicators)}"


def totals_query():
    def openness(items):
        met, applicable = (" + ".join(f"(O{item} {test})::int" for item in items) for test in ("= 1", "<> 2"))
        return f"100.0::double * ({met}) / nullif({applicable}, 0)"

    sub = {code: f"sub_{number}" for number, code in enumerate(meta["sub_indicators"])}
    subs = [f"{openness(items)} {sub[code]}" for code, items in meta["sub_indicators"].items()]
    oit = mean_of([mean_of([sub[code] for code in codes]) for codes in meta["oit"].values()])
    total = " + ".join(f"{weight}::double * {code}" for code, weight in meta["weights"].items())
    return f"""
        with i as (select office, {instrument("i")} iit from iit_tally),
             parts as (select office, {instrument("e")} figure from eit_tally),
             e as (select office, avg(figure) eit from parts group by office having count(figure) = 2),
             subs as (select office, {", ".join(subs)} from marks),
             o as (select office, {oit} oit from subs)
        select floor(round(({total}) * 100, 7) + 0.5) / 100 total  -- see README.md, Rounding
        from o left join i using (office) left join e using (office) order by office"""


formulations = {"count_if": by_counting} | ({"lanes": by_lanes} if largest < 1024 else {})
timed = {name: best_of_five(lambda: (work("iit", "office", iit_names), work("eit", "office, part", eit_names)))
         for name, work in formulations.items()}
for _, pair in timed.values():
    for one, other in zip(pair, timed["count_if"][1]):
        order, same = (np.lexsort((found.get("part", found["office"]), found["office"])) for found in (one, other))
        assert all((one[name][order] == other[name][same]).all() for name in other), "the formulations differ"
fastest = min(timed, key=lambda name: timed[name][0])
for table, counts in zip(("iit_tally", "eit_tally"), timed[fastest][1]):
    store(table, counts)
totals_ms, result = best_of_five(lambda query=totals_query(): database.execute(query).fetchnumpy()["total"])
path = folder / "totals.duckdb.txt"
path.write_text("".join(f"{total:.2f}\n" if total == total else "none\n" for total in np.ma.filled(result, np.nan)))
print(json.dumps({"engine": "duckdb", "version": duckdb.__version__, "tally_ms": round(timed[fastest][0], 2),
                  "totals_ms": round(totals_ms, 2), "totals_file": str(path), "formulation": fastest,
                  "tried_ms": {name: round(value[0], 2) for name, value in timed.items()}}))
