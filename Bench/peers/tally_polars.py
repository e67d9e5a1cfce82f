#!/usr/bin/env python3
"""Tally and totals of a nation with polars, on two threads. Usage: tally_polars.py FOLDER (see README.md)."""

import json
import os
import sys
import time
from pathlib import Path

os.environ["POLARS_MAX_THREADS"] = "2"
import numpy as np
import polars as pl

folder = Path(sys.argv[1])
meta = json.loads((folder / "meta.json").read_text())
offices, points = meta["offices"], meta["points"]
iit_names = [name for name in points if name.startswith("i")]
eit_names = [name for name in points if name.startswith("e")]


def column(name, kind=np.uint8):
    return np.fromfile(folder / name, kind)


# In memory, not timed. The rows are grouped by office, and polars is told so.
iit = pl.DataFrame({"office": column("iit.office", "<i4")}
                   | {name: column(f"iit.q{int(name[1:]):02d}") for name in iit_names})
eit = pl.DataFrame({"office": column("eit.office", "<i4"), "part": column("eit.part")}
                   | {name: column(f"eit.q{name[1:]}") for name in eit_names})
iit, eit = (frame.with_columns(pl.col("office").set_sorted()) for frame in (iit, eit))
every = pl.DataFrame({"office": np.arange(offices, dtype=np.int32)})
largest = max(iit.group_by("office").len()["len"].max(), eit.group_by("office", "part").len()["len"].max())
marks = column("oit.marks").reshape(offices, -1)
marks = pl.DataFrame({f"O{item}": marks[:, item] for item in range(marks.shape[1])})


def best_of_five(work):
    work()
    times = []
    for _ in range(5):
        start = time.perf_counter()
        result = work()
        times.append((time.perf_counter() - start) * 1000)
    return min(times), result


# Tally: three frames (IIT, EIT part 1, EIT part 2), a row an office, a column a question and option.

def in_order(frames):
    return [every.join(frame, on="office", how="left", maintain_order="left") for frame in frames]


def by_comparing():
    def counts(names):
        return [(pl.col(name) == option).sum().alias(f"{name}_{option}") for name in names for option in range(1, 7)]

    both = eit.lazy().select((pl.col("office") * 2 + pl.col("part") - 1).alias("group"), *eit_names)
    both = both.group_by("group").agg(counts(eit_names)).with_columns((pl.col("group") // 2).alias("office"))
    iit_counts, both = pl.collect_all([iit.lazy().group_by("office").agg(counts(iit_names)), both])
    parts = [both.filter(pl.col("group") % 2 == part).drop("group") for part in (0, 1)]
    return in_order([iit_counts, *parts])


def by_lanes():
    """Six counters of ten bits in one 64-bit word, added up over each office's rows."""
    lanes = pl.lit(pl.Series([0] + [1 << 10 * option for option in range(6)], dtype=pl.UInt64))

    def counts(frame, names):
        words = frame.select("office", *[lanes.gather(pl.col(name)).alias(name) for name in names])
        return words.group_by("office").agg(pl.col(names).sum()).select("office", *[
            (pl.col(name) // (1 << 10 * option) & 1023).alias(f"{name}_{option + 1}")
            for name in names for option in range(6)])

    parts = [eit.lazy().filter(pl.col("part") == part).with_columns(pl.col("office").set_sorted()) for part in (1, 2)]
    return in_order(pl.collect_all([counts(iit.lazy(), iit_names), *[counts(part, eit_names) for part in parts]]))


# Totals

def mean_of(figures):
    return pl.mean_horizontal(figures)  # passes over null


def instrument(letter):
    def question(name):
        counts = [pl.col(f"{name}_{option}").cast(pl.Float64) for option in range(1, 7)]
        gained = [count * value for count, value in zip(counts, points[name]) if value]
        return pl.sum_horizontal(gained) / pl.sum_horizontal(counts)

    return mean_of([mean_of([question(name) for name in names]) for names in meta["indicators"].values()
                    if names[0].startswith(letter)])


def totals(iit_counts, part_1, part_2):
    def openness(items):
        return mean_of([pl.when(pl.col(f"O{item}") != 2).then(pl.col(f"O{item}") * 100.0) for item in items])

    i = iit_counts.select(instrument("i")).to_series()
    e = (part_1.select(instrument("e")).to_series() + part_2.select(instrument("e")).to_series()) / 2
    o = marks.select(mean_of([mean_of([openness(meta["sub_indicators"][code]) for code in codes])
                              for codes in meta["oit"].values()])).to_series()
    total = meta["weights"]["IIT"] * i + meta["weights"]["EIT"] * e + meta["weights"]["OIT"] * o
    return ((total * 100).round(7) + 0.5).floor() / 100  # see README.md, Rounding


formulations = {"comparing": by_comparing} | ({"lanes": by_lanes} if largest < 1024 else {})
timed = {name: best_of_five(work) for name, work in formulations.items()}
for _, frames in timed.values():
    for one, other in zip(frames, timed["comparing"][1]):
        assert one.cast(pl.Int64).equals(other.select(one.columns).cast(pl.Int64)), "the formulations differ"
fastest = min(timed, key=lambda name: timed[name][0])
totals_ms, result = best_of_five(lambda: totals(*timed[fastest][1]))
path = folder / "totals.polars.txt"
path.write_text("".join("none\n" if total is None or total != total else f"{total:.2f}\n" for total in result))
print(json.dumps({"engine": "polars", "version": pl.__version__, "tally_ms": round(timed[fastest][0], 2),
                  "totals_ms": round(totals_ms, 2), "totals_file": str(path), "formulation": fastest,
                  "tried_ms": {name: round(value[0], 2) for name, value in timed.items()}}))
