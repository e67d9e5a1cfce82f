#!/usr/bin/env python3
"""Tally and totals of a nation with numpy, on two threads. Usage: tally_numpy.py FOLDER (see README.md)."""

import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

folder = Path(sys.argv[1])
meta = json.loads((folder / "meta.json").read_text())
offices, points = meta["offices"], meta["points"]
iit_names = [name for name in points if name.startswith("i")]
eit_names = [name for name in points if name.startswith("e")]

# In memory, not timed.
iit_office = np.fromfile(folder / "iit.office", "<i4")
eit_office = np.fromfile(folder / "eit.office", "<i4")
iit_wide, eit_wide = iit_office.astype(np.int64), eit_office.astype(np.int64)
eit_part = np.fromfile(folder / "eit.part", np.uint8)
iit = [np.fromfile(folder / f"iit.q{int(name[1:]):02d}", np.uint8) for name in iit_names]
eit = [np.fromfile(folder / f"eit.q{name[1:]}", np.uint8) for name in eit_names]
marks = np.fromfile(folder / "oit.marks", np.uint8).reshape(offices, -1)
sizes = np.concatenate([np.bincount(iit_office, minlength=offices),
                        np.bincount(eit_wide * 2 + eit_part - 1, minlength=2 * offices)])
pool = ThreadPoolExecutor(2)


def best_of_five(work):
    work()
    times = []
    for _ in range(5):
        start = time.perf_counter()
        result = work()
        times.append((time.perf_counter() - start) * 1000)
    return min(times), result


# Tally: counts[question, option, office] and counts[question, part, option, office], options 1 to 6.

def empty():
    return np.empty((len(iit), 6, offices), np.int32), np.empty((len(eit), 2, 6, offices), np.int32)


def by_bincount():
    iit_counts, eit_counts = empty()
    iit_base, eit_base = iit_wide * 8, (eit_wide * 2 + (eit_part - 1)) * 8

    def one(job):
        base, column, out = job
        counts = np.bincount(base + column, minlength=out.size // 6 * 8).reshape(offices, -1, 8)[:, :, 1:7]
        out[...] = counts.transpose(1, 2, 0).reshape(out.shape)

    jobs = [(eit_base, *pair) for pair in zip(eit, eit_counts)] + [(iit_base, *pair) for pair in zip(iit, iit_counts)]
    list(pool.map(one, jobs))
    return iit_counts, eit_counts


def by_lanes():
    """Six counters of ten bits in one 64-bit word, added up over each office's run of rows."""
    iit_counts, eit_counts = empty()
    lanes = np.array([0] + [1 << 10 * option for option in range(6)], np.int64)
    rows = [np.flatnonzero(eit_part == part) for part in (1, 2)]
    every = np.arange(offices, dtype=np.int32)
    starts = [np.searchsorted(eit_office[chosen], every) for chosen in rows]
    iit_starts = np.searchsorted(iit_office, every)

    def one(job):
        column, chosen, first, out = job
        words = np.add.reduceat(lanes.take(column if chosen is None else column.take(chosen)), first)
        for option in range(6):
            np.bitwise_and(words >> 10 * option, 1023, out=out[option], casting="unsafe")

    jobs = [(column, rows[part], starts[part], out[part]) for column, out in zip(eit, eit_counts) for part in (0, 1)]
    list(pool.map(one, jobs + [(column, None, iit_starts, out) for column, out in zip(iit, iit_counts)]))
    return iit_counts, eit_counts


# Totals

def totals(iit_counts, eit_counts):
    def means(names, counts):
        return {name: sum(value * column for value, column in zip(points[name], np.moveaxis(count, -2, 0)))
                / count.sum(-2) for name, count in zip(names, counts)}

    with np.errstate(invalid="ignore"):  # an office with a question nobody answered has no total: NaN
        figures = means(iit_names, iit_counts)
        for name, parts in means(eit_names, eit_counts).items():
            figures[name] = parts.mean(0)
        met, applicable = (marks == 1) * 100.0, marks != 2
        sub = {code: met[:, items].sum(1) / applicable[:, items].sum(1)
               for code, items in meta["sub_indicators"].items()}
    result = np.zeros(offices)
    for instrument, letter in (("IIT", "i"), ("EIT", "e")):
        indicators = [np.mean([figures[name] for name in names], 0)
                      for names in meta["indicators"].values() if names[0].startswith(letter)]
        result += meta["weights"][instrument] * np.mean(indicators, 0)
    oit = np.ma.mean([np.ma.masked_invalid([sub[code] for code in codes]).mean(0) for codes in meta["oit"].values()], 0)
    result += meta["weights"]["OIT"] * oit.filled(np.nan)
    return np.floor(np.round(result * 100, 7) + 0.5) / 100  # see README.md, Rounding


formulations = {"bincount": by_bincount}
if 0 < sizes.min() and sizes.max() < 1024:
    formulations["lanes"] = by_lanes
timed = {name: best_of_five(work) for name, work in formulations.items()}
for _, counts in timed.values():
    assert all((one == other).all() for one, other in zip(counts, timed["bincount"][1])), "the formulations differ"
fastest = min(timed, key=lambda name: timed[name][0])
totals_ms, result = best_of_five(lambda: totals(*timed[fastest][1]))
path = folder / "totals.numpy.txt"
path.write_text("".join(f"{total:.2f}\n" if total == total else "none\n" for total in result))
print(json.dumps({"engine": "numpy", "version": np.__version__, "tally_ms": round(timed[fastest][0], 2),
                  "totals_ms": round(totals_ms, 2), "totals_file": str(path), "formulation": fastest,
                  "tried_ms": {name: round(value[0], 2) for name, value in timed.items()}}))
