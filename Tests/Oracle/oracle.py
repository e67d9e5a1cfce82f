#!/usr/bin/env python3
"""Scores rubrics in exact rational arithmetic and compares the result with a scorecard.

    oracle.py [FILE] [--least-ties N]     one pair a line, as JSON; standard input without FILE
    oracle.py --self-test

A pair is {"rubric": …, "assessment": …, "scorecard": …}. The rubric is the tree of Rubrics/README.md,
editions already merged, every scalar a string. It prints

    10000 pairs, 251372 figures, 815 true ties, 0 differences

and exits 0; or it prints the first ten differences, each with both values and the working, and exits 1. A figure is
one published decimal (a range has two). A true tie is an unrounded figure exactly half-way between two publishable
ones. Fewer ties than --least-ties, or no pair at all, is a failure too: such a run would prove little.

Nothing here is taken from the engine. Where Rubrics/README.md leaves a choice open, the one made here is marked
"Choice:".
"""

import argparse
import gc
import json
import sys
from fractions import Fraction
from functools import lru_cache

FINAL, RANGE = "final", "range"
PENDING, WITHHELD, NOT_APPLICABLE = "pending", "withheld", "not_applicable"
ZERO, HUNDRED = Fraction(0), Fraction(100)
MILLION = 10 ** 6


@lru_cache(maxsize=1 << 16)
def number(text):
    return Fraction(str(text))


@lru_cache(maxsize=1 << 12)
def millionths(text):
    """Rubric numbers have at most six places, so points are whole millionths and sums of counts stay integers."""
    value = number(text) * MILLION
    if value.denominator != 1:
        raise ValueError(f"{text} has more than six places")
    return value.numerator


def said(mapping, key):
    return mapping.get(key) == "yes"


# ---------------------------------------------------------------------------------------------- published figures

def publish(figure, places, mode):
    """The figure as text, and whether it lay exactly half-way."""
    scale = 10 ** places
    whole, rest = divmod(abs(figure.numerator) * scale, figure.denominator)
    twice = 2 * rest
    tie = twice == figure.denominator
    if mode == "half_up":
        whole += twice >= figure.denominator
    elif mode == "half_even":
        whole += twice > figure.denominator or (tie and whole % 2 == 1)
    elif mode != "down":
        raise ValueError(f"unknown rounding mode {mode}")
    sign = "-" if figure < 0 and whole else ""
    if places == 0:
        return f"{sign}{whole}", tie
    whole, decimals = divmod(whole, scale)
    return f"{sign}{whole}.{decimals:0{places}d}", tie


# ---------------------------------------------------------------------------------------------------------- tables

def step(rows, figure):
    for row in rows:
        if "at_least" in row:
            if figure >= number(row["at_least"]):
                return number(row["gives"])
        elif "above" in row:
            if figure > number(row["above"]):
                return number(row["gives"])
        else:
            return number(row["otherwise"])
    return ZERO  # Choice: a table without `otherwise` gives 0 below its last row.


def line_through(points, figure):
    """Straight lines between rising (at, gives) points, clamped at both ends."""
    if figure <= points[0][0]:
        return points[0][1]
    for (left, low), (right, high) in zip(points, points[1:]):
        if figure <= right:
            return low + (high - low) * (figure - left) / (right - left)
    return points[-1][1]


def table_points(rows):
    return [(number(row["at"]), number(row["gives"])) for row in rows]


def table(holder, figure):
    if "steps" in holder:
        return step(holder["steps"], figure)
    return line_through(table_points(holder["interpolate"]), figure)


def table_range(holder):
    if "steps" in holder:
        gives = [number(row["gives"] if "gives" in row else row["otherwise"]) for row in holder["steps"]]
    else:
        gives = [number(row["gives"]) for row in holder["interpolate"]]
    return min(gives), max(gives)


# --------------------------------------------------------------------------------------------------------- answers

class Scale:
    """Options and their points. An option that does not count has None."""

    def __init__(self, options, is_reversed, interpolate):
        points = {option["code"]: None if option.get("counts") == "no" else millionths(option["points"])
                  for option in options}
        counting = [value for value in points.values() if value is not None]
        self.worst, self.best = min(counting), max(counting)
        if is_reversed:
            mirror = self.worst + self.best
            points = {code: None if value is None else mirror - value for code, value in points.items()}
        self.points, self.interpolate = points, interpolate

    def range(self):
        return Fraction(self.worst, MILLION), Fraction(self.best, MILLION)

    def tallied(self, counts):
        """The mean over those who chose an option that counts; None when nobody did."""
        total = answers = 0
        for code, count in counts.items():
            value = self.points[code]
            if value is not None:
                total += count * value
                answers += count
        return Fraction(total, answers * MILLION) if answers else None

    def chosen(self, code):
        value = self.points[code]
        return None if value is None else Fraction(value, MILLION)

    def between(self, finding):
        if not self.interpolate:
            raise ValueError("a number on a scale without interpolate")
        return line_through([(number(code), Fraction(value, MILLION))
                             for code, value in self.points.items() if value is not None], finding)


class Stars:
    def __init__(self, most):
        self.most = most

    def range(self):
        return Fraction(100, self.most), HUNDRED

    def tallied(self, counts):
        total = sum(int(stars) * count for stars, count in counts.items())
        answers = sum(counts.values())
        return Fraction(total * 100, answers * self.most) if answers else None

    def chosen(self, code):
        return Fraction(100 * int(code), self.most)


# ----------------------------------------------------------------------------------------------------------- lines

class Line:
    """One figure of the scorecard, with what is needed to explain it."""

    __slots__ = ("id", "state", "floor", "ceiling", "most", "rounding", "weight", "counted", "given", "parts", "how")

    def __init__(self, id, state, floor, ceiling, most, rounding, how, parts=()):
        self.id, self.state, self.floor, self.ceiling, self.most = id, state, floor, ceiling, most
        self.rounding, self.how, self.parts = rounding, how, parts
        self.weight, self.counted, self.given = None, True, False

    def explained(self, depth=0):
        exact = {FINAL: f"{self.floor}", RANGE: f"{self.floor} … {self.ceiling}"}.get(self.state, self.state)
        about = f" ≈ {float(self.floor):.6f}" if self.state == FINAL and self.floor.denominator > 1 else ""
        notes = "" if self.weight is None else f"  weight {self.weight}"
        notes += "" if self.counted else "  pilot, not counted"
        how = self.how if isinstance(self.how, str) else " ".join(
            part if isinstance(part, str) else json.dumps(part, ensure_ascii=False) for part in self.how)
        yield f"{'  ' * depth}{self.id} = {exact}{about}  (greatest {self.most}){notes}  ← {how}"
        for part in self.parts:
            yield from part.explained(depth + 1)


class Room:
    """Where an item is asked: its instrument or one part of it."""

    __slots__ = ("suffix", "counts", "fate", "judged")

    def __init__(self, suffix, counts, fate, judged):
        self.suffix, self.counts, self.fate, self.judged = suffix, counts, fate, judged


# --------------------------------------------------------------------------------------------------------- scoring

class Scoring:
    def __init__(self, rubric, assessment):
        self.rubric = rubric
        office = assessment.get("office") or {}
        self.kind = office.get("kind")
        self.conditions = set(office.get("conditions") or ())
        self.stakeholders = office.get("stakeholders") or {}
        self.round = assessment.get("round")
        self.marks = assessment.get("marks") or {}
        self.tallies = assessment.get("tallies") or {}
        self.figures = assessment.get("given") or {}
        policy = rubric.get("policy") or {}
        self.unjudged = policy.get("unjudged", "incomplete")
        self.unanswered = policy.get("unanswered", "incomplete")
        self.too_few = policy.get("too_few", "incomplete")
        rounding = policy.get("rounding") or {}
        self.rounding = int(rounding.get("places", 2)), rounding.get("mode", "half_up")
        self.scales, self.lines, self.texts = {}, {}, set()

        instruments = rubric["instruments"]
        total = dict(rubric.get("total") or {}, code="total")
        disclosure = Room("", {}, None, True)
        lines = [self.instrument(node) for node in instruments]
        self.total = self.finished(total, self.counted(instruments, lines), disclosure)
        self.level = self.level_reached()

    # Applicability, rounding, weights

    def applies(self, node):
        if "applies_to" in node and self.kind not in node["applies_to"]:
            return False
        if "except_for" in node and self.kind in node["except_for"]:
            return False
        if "unless" in node and node["unless"] in self.conditions:
            return False
        return not (self.round is not None and "due" in node and self.round not in node["due"])

    def rounding_of(self, node):
        own = node.get("rounding")
        if own is None:
            return self.rounding
        return int(own.get("places", self.rounding[0])), own.get("mode", self.rounding[1])

    @staticmethod
    def counted(nodes, lines):
        """Gives each line its weight and whether it counts. Free text has no line."""
        weighted = any("weight" in node for node in nodes if not said(node, "pilot"))
        kept = []
        for node, line in zip(nodes, lines):
            if line is None:
                continue
            line.counted = not said(node, "pilot")
            if line.counted:
                line.weight = number(node["weight"]) if weighted else Fraction(1)
            kept.append(line)
        return kept

    def enter(self, line):
        if line.id in self.lines:
            raise ValueError(f"two lines are called {line.id}")
        self.lines[line.id] = line
        return line

    # Items

    def answers_of(self, item, sub=None):
        """The scale or stars of an item or sub-item; a sub-item has the item's, also its polarity, unless it says."""
        source = item if sub is None or not ("scale" in sub or "options" in sub) else sub
        if "stars" in source:
            return Stars(int(source["stars"]))
        turned = said(sub if sub is not None and "reversed" in sub else item, "reversed")
        if "options" in source:
            return Scale(source["options"], turned, said(source, "interpolate"))
        key = source["scale"], turned
        if key not in self.scales:
            scale = self.rubric["scales"][key[0]]
            self.scales[key] = Scale(scale["options"], turned, said(scale, "interpolate"))
        return self.scales[key]

    def natural(self, item):
        """The least and the greatest figure before `worth`, and the answer's scale if it has one."""
        if "checklist" in item:
            return ZERO, HUNDRED, None
        if "band" in item:
            return number(item["band"].get("least", "0")), number(item["band"]["most"]), None
        if "count" in item:
            return *table_range(item["count"]), None
        scale = self.answers_of(item)
        return *scale.range(), scale

    def item(self, item, room, outside):
        """One question or disclosure. `outside`: it lies in something that does not apply."""
        code = item["code"]
        id = code + room.suffix
        if said(item, "text"):
            self.texts.add(id)
            return None
        mark = self.marks.get(code)
        fate, how = room.fate, "too few respondents"
        if outside or not self.applies(item):
            outside, fate, how = True, NOT_APPLICABLE, "does not apply"
        elif mark and "not_applicable" in mark:  # Choice: a question may be marked so too.
            fate, how = NOT_APPLICABLE, ("mark", mark)

        subs = self.sub_items(item, room, fate) if "sub_items" in item else ()
        if subs:
            state, low, floor, ceiling, best = self.blended(subs)
            how = how if fate else "mean of its sub-items"
        else:
            low, best, scale = self.natural(item)
            figure = fate
            if fate is None and room.judged:
                figure, how = self.judged(item, mark, low, best, scale)
            elif fate is None:
                figure, how = self.tallied(scale, room.counts.get(code))
            state, floor, ceiling = self.bounds(figure, low, best)
        if "worth" in item and best != number(item["worth"]):
            if best == 0:
                raise ValueError(f"{code}: worth of an item that can give nothing")
            scaled = number(item["worth"]) / best
            low, floor, ceiling, best = low * scaled, floor * scaled, ceiling * scaled, best * scaled
            how = (*(how if isinstance(how, tuple) else (how,)), f"× {scaled}")
        if fate == WITHHELD:
            state = WITHHELD

        # Choice: a given figure goes before marks, answers and withholding, but not before applicability.
        given = self.figures.get(id, self.figures.get(code))
        given = None if outside else given
        if given is not None:
            state, floor, ceiling, how = FINAL, number(given), number(given), "given"
        line = Line(id, state, floor, ceiling, best, self.rounding_of(item), how, subs)
        line.given = given is not None
        return self.enter(line)

    @staticmethod
    def bounds(figure, low, best):
        """State, floor and ceiling of a figure, or of what stands in its place."""
        if not isinstance(figure, str):
            return FINAL, figure, figure
        if figure == FINAL:  # zero by policy
            return FINAL, ZERO, ZERO
        return figure, min(low, ZERO), best

    def sub_items(self, item, room, fate):
        lines = []
        for sub in item["sub_items"]:
            # Choice: a sub-item's code is written in full (i11.b); a bare one (b) is completed with its item's.
            code = sub["code"]
            if not code.startswith(item["code"] + "."):
                code = f"{item['code']}.{code}"
            scale = self.answers_of(item, sub)
            low, best = scale.range()
            figure, how = (fate, "as its item") if fate else self.tallied(scale, room.counts.get(code))
            state, floor, ceiling = self.bounds(figure, low, best)
            # Choice: a sub-item is no node, so it is published with the policy's rounding, not its item's.
            lines.append(self.enter(Line(code + room.suffix, state, floor, ceiling, best, self.rounding, how)))
        return self.counted(item["sub_items"], lines)

    def blended(self, subs):
        """The mean of sub-items: state, least possible, floor, ceiling, greatest."""
        here = [sub for sub in subs if sub.state != NOT_APPLICABLE]
        found = self.aggregated("mean", here, {})
        if found is None:
            return NOT_APPLICABLE, ZERO, ZERO, ZERO, self.aggregated("mean", subs, {})[2]
        # Choice: an item all of whose sub-items are open is a range like any node, not `pending`.
        state = FINAL if all(sub.state == FINAL for sub in here) else RANGE
        return state, min(found[0], ZERO), *found

    def tallied(self, scale, counts):
        figure = scale.tallied(counts) if counts else None
        if figure is not None:
            return figure, ("answers", counts)
        return self.by_policy(self.unanswered, "nobody answered")

    def judged(self, item, mark, low, best, scale):
        if not mark or "pending" in mark:  # Choice: an explicit `pending` follows policy.unjudged like no mark.
            return self.by_policy(self.unjudged, "not judged")
        how = "mark", mark
        # Choice: pass and fail stand for the greatest and the least figure on every kind of item.
        if "pass" in mark:
            return best, how
        if "fail" in mark:
            return low, how
        if "elements" in mark:
            wanted = {element.get("key", element.get("use")) for element in item.get("elements") or ()}
            there = wanted.intersection(mark["elements"])
            if item["checklist"] == "all":
                return (HUNDRED if wanted and there == wanted else ZERO), how
            return (Fraction(100 * len(there), len(wanted)) if wanted else ZERO), how
        if "option" in mark:
            # Choice: an assessor who picks an option that does not count leaves the item not applicable.
            figure = scale.chosen(mark["option"])
            return (NOT_APPLICABLE if figure is None else figure), how
        value = number(mark["number"])
        if "count" in item:
            return table(item["count"], value), how
        if "stars" in item:
            return value * 100 / scale.most, how
        if scale is not None:
            return scale.between(value), how
        return value, how

    @staticmethod
    def by_policy(policy, what):
        if policy == "incomplete":
            return PENDING, what
        figure, word = (ZERO, "zero") if policy == "zero" else (NOT_APPLICABLE, "left out")
        return figure, f"{what}, {word} by policy"

    # Nodes above the items

    def instrument(self, node):
        code = node["code"]
        if node["method"] == "disclosure":
            return self.node(node, [Room("", {}, None, True)], None, False)
        rule = node.get("respondents") or {}
        parts = node.get("parts")
        names = [f"{code}@{part['code']}" for part in parts] if parts else [code]
        tallies = [self.tallies.get(name) or {} for name in names]
        respondents = [int(tally.get("respondents", 0)) for tally in tallies]
        known = self.stakeholders.get(code)
        fate = self.fate(sum(respondents), rule.get("least", "1"), rule, known)
        if not parts:
            return self.node(node, [Room("", tallies[0].get("counts") or {}, fate, False)], None, False)
        rooms = [Room("@" + part["code"], tally.get("counts") or {},
                      fate or self.fate(number_of, part.get("least", "1"), rule, known), False)
                 for part, tally, number_of in zip(parts, tallies, respondents)]
        return self.node(node, rooms, (parts, fate), False)

    def fate(self, respondents, least, rule, stakeholders):
        """What befalls a questionnaire or part: nothing, or what the policy says of too few respondents."""
        if least == "sample":
            # Choice: without a number of stakeholders one respondent is enough.
            least = sample(rule["sample"], int(stakeholders)) if stakeholders is not None else 1
        if respondents >= max(int(least), 1):
            return None
        return {"incomplete": WITHHELD, "zero": FINAL, "left_out": NOT_APPLICABLE}[self.too_few]

    def node(self, node, rooms, parts, outside):
        outside = outside or not self.applies(node)
        fate = parts[1] if parts else rooms[0].fate
        above = Room("", {}, fate, rooms[0].judged)
        if "indicators" in node:
            children = node["indicators"]
            lines = [self.node(child, rooms, parts, outside) for child in children]
            return self.finished(node, self.counted(children, lines), above, outside)
        items = node["items"]
        if not parts:
            lines = [self.item(item, rooms[0], outside) for item in items]
            return self.finished(node, self.counted(items, lines), above, outside)
        routes = []
        for room in rooms:
            lines = self.counted(items, [self.item(item, room, outside) for item in items])
            # Choice: a part's figure is the aggregate alone; tables, deductions and cap act on the mean of the parts.
            routes.append(self.finished(node, lines, room, outside, route=True))
        return self.finished(node, self.counted(parts[0], routes), above, outside, mean=True)

    def finished(self, node, lines, room, outside=False, route=False, mean=False):
        """A node's line from its parts' lines. `route`: its figure within one part; `mean`: its parts are routes."""
        id = node["code"] + room.suffix
        aggregate = "mean" if mean else node.get("aggregate", "mean")
        here = [line for line in lines if line.counted and line.state != NOT_APPLICABLE]
        found = self.aggregated(aggregate, here, node)
        deductions = []
        if not route and "deductions" in node:
            # Choice: deductions are always judged, also in a questionnaire, and stand outside its parts.
            judged = Room("", {}, None, True)
            deductions = self.counted([dict(item, weight="1") for item in node["deductions"]],
                                      [self.item(item, judged, outside) for item in node["deductions"]])
        off = sum((line.floor for line in deductions if line.counted and line.state == FINAL), ZERO)
        state, floor, ceiling = None, ZERO, ZERO
        how = aggregate
        if found is None:
            # The maximum of what has no applicable part (it may still be given) is that of all its counted parts.
            found = self.aggregated(aggregate, [line for line in lines if line.counted], node)
            state, how = NOT_APPLICABLE, "nothing in it applies"
        most = found[2] if found else HUNDRED
        if not route:
            most = self.greatest(node, most)
        if state is None:
            state = FINAL if all(line.state == FINAL for line in here) else RANGE
            floor, ceiling = found[:2]
            if not route:
                if "steps" in node or "interpolate" in node:
                    floor, ceiling = sorted((table(node, floor), table(node, ceiling)))
                    how += ", table"
                if off:
                    floor, ceiling, how = floor - off, ceiling - off, f"{how}, less {off}"
                if "cap" in node:
                    cap = number(node["cap"])
                    floor, ceiling, how = min(floor, cap), min(ceiling, cap), f"{how}, at most {cap}"
            floor, ceiling = max(floor, ZERO), max(ceiling, ZERO)
        given_within = any(line.given for line in here)
        given = self.figures.get(id)
        if outside:
            state, how = NOT_APPLICABLE, "does not apply"
        elif given is not None:
            state, floor, how, given_within = FINAL, number(given), "given", True
            ceiling = floor
        elif room.fate and not given_within and state != NOT_APPLICABLE:
            # Choice: a node with a given figure somewhere within is computed from it; the rest is withheld as a whole.
            state, floor, ceiling = room.fate, ZERO, most if room.fate == WITHHELD else ZERO
            how = "too few respondents"
        line = Line(id, state, floor, ceiling, most, self.rounding_of(node), how, tuple(lines) + tuple(deductions))
        line.given = given_within
        return self.enter(line)

    @staticmethod
    def greatest(node, most):
        if "steps" in node or "interpolate" in node:
            most = table_range(node)[1]
        return min(most, number(node["cap"])) if "cap" in node else most

    @staticmethod
    def aggregated(aggregate, lines, node):
        """Floor, ceiling and greatest figure of the parts taken together; None when nothing is left to take."""
        if not lines:
            return None
        if aggregate == "mean":
            weights = sum(line.weight for line in lines)
            if not weights:
                return None  # Choice: what is left has no weight, so nothing applies.
            return tuple(sum(line.weight * value(line) for line in lines) / weights for value in ENDS)
        if aggregate == "sum":
            return tuple(sum(map(value, lines), ZERO) for value in ENDS)
        if aggregate == "minimum":
            return tuple(min(map(value, lines)) for value in ENDS)
        if aggregate == "share_of_maximum":
            floor, ceiling, most = (sum(map(value, lines), ZERO) for value in ENDS)
            return (floor * 100 / most, ceiling * 100 / most, HUNDRED) if most else None
        if aggregate == "share_met":
            bar = number(node["met_at"]) if "met_at" in node else None
            met = [sum(value(line) >= (line.most if bar is None else bar) for line in lines) for value in ENDS[:2]]
            return Fraction(100 * met[0], len(lines)), Fraction(100 * met[1], len(lines)), HUNDRED
        raise ValueError(f"unknown aggregate {aggregate}")

    # Level

    def level_reached(self):
        if self.total.state != FINAL:
            return None
        for level in self.rubric.get("levels") or ():
            conditions = [("total", level.get("at_least", "0")), *(level.get("and") or {}).items()]
            known = True
            for code, bar in conditions:
                line = self.lines[code]
                if line.state == FINAL:
                    if Fraction(publish(line.floor, *line.rounding)[0]) < number(bar):
                        break
                elif line.state != NOT_APPLICABLE:
                    known = False  # Choice: where a level hangs on a figure that is not known, there is no level.
            else:
                return level["code"] if known else None
        return None


ENDS = (lambda line: line.floor), (lambda line: line.ceiling), (lambda line: line.most)


def sample(rule, people):
    """The least sample for a number of stakeholders. Choice: never more than there are."""
    if people <= int(rule.get("everyone_up_to", 0)):
        return people
    if "above" in rule and people > int(rule["above"]):
        return int(rule["then"])
    share = number(rule.get("share", "100")) * people / 100
    return min(people, max(-(-share.numerator // share.denominator), int(rule.get("at_least", 0))))


# ------------------------------------------------------------------------------------------------------ comparison

class Count:
    def __init__(self):
        self.pairs = self.figures = self.ties = self.differences = 0
        self.shown = []

    def differ(self, text):
        self.differences += 1
        if len(self.shown) < 10:
            self.shown.append(text())

    def add(self, text):
        self.pairs += 1
        place = f"pair {self.pairs}"
        try:
            pair = json.loads(text)
            scoring = Scoring(pair["rubric"], pair["assessment"])
            self.compare(place, scoring, pair["scorecard"])
        except Exception as error:  # a pair that cannot be scored is a difference, not the end of the run
            problem = f"{place}: cannot be scored: {type(error).__name__}: {error}"
            self.differ(lambda: problem)

    def compare(self, place, scoring, scorecard):
        theirs = scorecard["lines"]
        for id, line in scoring.lines.items():
            if line.state == FINAL or line.state == RANGE:
                ours, tie = publish(line.floor, *line.rounding)
                self.figures += 1
                self.ties += tie
                if line.state == RANGE:
                    ceiling, tie = publish(line.ceiling, *line.rounding)
                    self.figures += 1
                    self.ties += tie
                    ours = [ours, ceiling]
            else:
                ours = line.state
            got = theirs.get(id)
            # Below what does not apply the scorecard lists nothing further.
            if got is None and ours == "not_applicable":
                continue
            if got != ours:
                self.differ(lambda: "\n".join(
                    [f"{place}: {id}: exact arithmetic says {show(ours)}, the scorecard says {show(got)}",
                     *("    " + text for text in list(line.explained())[:60])]))
        for id in theirs:
            if id not in scoring.lines and id not in scoring.texts:
                self.differ(lambda: f"{place}: {id}: the scorecard says {show(theirs[id])}, there is no such line")
        level = scorecard.get("level")
        if level != scoring.level:
            total = scoring.total
            self.differ(lambda: "\n".join(
                [f"{place}: level: exact arithmetic says {show(scoring.level)}, the scorecard says {show(level)}",
                 "    " + next(total.explained())]))

    def close(self, least_ties):
        for text in self.shown:
            print(text)
        if self.differences > len(self.shown):
            print(f"… and {self.differences - len(self.shown)} more")
        print(f"{self.pairs} pairs, {self.figures} figures, {self.ties} true ties, {self.differences} differences")
        if self.ties < least_ties:
            print(f"fewer than {least_ties} true ties: rounding has not been tried enough")
        if not self.pairs:
            print("no pair was read")
        return 1 if self.differences or self.ties < least_ties or not self.pairs else 0


def show(value):
    return "nothing" if value is None else json.dumps(value, ensure_ascii=False)


# ------------------------------------------------------------------------------------------------------- self-test

def option(code, points):
    return {"code": code, "counts": "no"} if points is None else {"code": code, "points": points}


def office(kind=None, conditions=(), **stakeholders):
    return {"kind": kind, "conditions": list(conditions), "stakeholders": stakeholders}


EXTENT = {"options": [option("1", "0"), option("2", "33"), option("3", "67"), option("4", "100"), option("dk", None)]}
LADDER = [{"code": "excellent", "at_least": "95", "and": {"A": "95"}}, {"code": "pass", "at_least": "86.69"},
          {"code": "improve", "at_least": "0"}]


def small_pairs():
    """Name, rubric, assessment, scorecard: every figure here was worked out by hand."""
    yield "a true tie, half up, and a level from the published figure", {
        "instruments": [{"code": "A", "weight": "50", "method": "disclosure", "items": [
                            {"code": "O1", "band": {"most": "100"}}]},
                        {"code": "B", "weight": "50", "method": "disclosure", "items": [
                            {"code": "O2", "band": {"most": "100"}}]}],
        "levels": LADDER,
    }, {"marks": {"O1": {"number": "86.68"}, "O2": {"number": "86.69"}}}, {
        "lines": {"O1": "86.68", "A": "86.68", "O2": "86.69", "B": "86.69", "total": "86.69"}, "level": "pass"}

    yield "sub-items with their own polarity, don't know, thirds", {
        "scales": {"extent": EXTENT},
        "instruments": [{"code": "I", "method": "questionnaire", "items": [
            {"code": "i1", "scale": "extent"},
            {"code": "i2", "scale": "extent", "sub_items": [
                {"code": "i2.a"}, {"code": "i2.b", "reversed": "yes"}]},
            {"code": "i3", "text": "yes"}]}],
    }, {"tallies": {"I": {"respondents": 4, "counts": {
            "i1": {"1": 1, "4": 2, "dk": 1}, "i2.a": {"2": 3}, "i2.b": {"1": 1, "2": 1, "4": 1}}}}}, {
        # i1 = 200/3; i2.b = (100 + 67 + 0)/3 = 167/3; i2 = (33 + 167/3)/2 = 133/3; I = (200/3 + 133/3)/2 = 111/2
        "lines": {"i1": "66.67", "i2.a": "33.00", "i2.b": "55.67", "i2": "44.33", "I": "55.50", "total": "55.50"},
        "level": None}

    yield "two parts, one with too few respondents; pending, pilot and not applicable", {
        "scales": {"yes_no": {"options": [option("y", "100"), option("n", "0")]}},
        "conditions": {"new": {}},
        "instruments": [
            {"code": "E", "weight": "60", "method": "questionnaire",
             "parts": [{"code": "own", "weight": "50"}, {"code": "field", "weight": "50", "least": "5"}],
             "indicators": [{"code": "6", "items": [{"code": "e1", "scale": "yes_no"}]}]},
            {"code": "A", "weight": "40", "method": "disclosure", "items": [
                {"code": "O1", "checklist": "share", "elements": [{"key": "a"}, {"use": "b"}, {"key": "c"}]},
                {"code": "O2", "checklist": "all"},
                {"code": "O3", "checklist": "all", "unless": "new"},
                {"code": "O4", "checklist": "all", "pilot": "yes"}]}],
        "levels": LADDER,
    }, {"office": office(conditions=["new"]),
        "marks": {"O1": {"elements": ["a", "b"]}, "O4": {"fail": True}},
        "tallies": {"E@own": {"respondents": 8, "counts": {"e1": {"y": 7, "n": 1}}},
                    "E@field": {"respondents": 4, "counts": {"e1": {"y": 4}}}}}, {
        # 6 and E: (87.5 + 0)/2 … (87.5 + 100)/2; A: (66.67 + 0)/2 … (66.67 + 100)/2
        # total: 0.6 × 43.75 + 0.4 × 33.33… = 39.58…; 0.6 × 93.75 + 0.4 × 83.33… = 89.58…
        "lines": {"e1@own": "87.50", "6@own": "87.50", "e1@field": "withheld", "6@field": "withheld",
                  "6": ["43.75", "93.75"], "E": ["43.75", "93.75"],
                  "O1": "66.67", "O2": "pending", "O3": "not_applicable", "O4": "0.00",
                  "A": ["33.33", "83.33"], "total": ["39.58", "89.58"]}, "level": None}

    yield "sum, steps, deductions, cap, share met, share of maximum, minimum", {
        "instruments": [{"code": "A", "method": "disclosure", "indicators": [
            {"code": "1", "aggregate": "sum", "cap": "12", "deductions": [
                {"code": "D1", "band": {"most": "5"}}, {"code": "D2", "band": {"most": "5"}}], "items": [
                {"code": "O1", "checklist": "all", "worth": "8"},
                {"code": "O2", "band": {"most": "10"}, "worth": "7"}]},
            {"code": "2", "aggregate": "share_met", "met_at": "50",
             "steps": [{"above": "60", "gives": "10"}, {"at_least": "50", "gives": "6"}, {"otherwise": "0"}], "items": [
                {"code": "O3", "band": {"most": "100"}}, {"code": "O4", "band": {"most": "100"}}]},
            {"code": "3", "aggregate": "minimum", "items": [
                {"code": "O5", "count": {"interpolate": [{"at": "0", "gives": "10"}, {"at": "4", "gives": "0"}]}},
                {"code": "O6", "count": {"steps": [{"at_least": "3", "gives": "9"}, {"otherwise": "1"}]}}]}]}],
        "total": {"aggregate": "share_of_maximum"},
    }, {"marks": {"O1": {"pass": True}, "O2": {"number": "9"}, "D1": {"number": "2.5"},
                  "O3": {"number": "50"}, "O4": {"number": "49.999999"},
                  "O5": {"number": "1"}, "O6": {"number": "3"}}}, {
        # 1: 8 + 6.3 − 2.5 = 11.8 of 12; 2: 50 % met → 6 of 10; 3: min(7.5, 9) of min(10, 9)
        # A: (11.8 + 6 + 7.5)/3 = 8.4333… of (12 + 10 + 9)/3; total: 25.3/31 × 100 = 81.6129
        "lines": {"O1": "8.00", "O2": "6.30", "D1": "2.50", "D2": "pending", "1": "11.80",
                  "O3": "50.00", "O4": "50.00", "2": "6.00", "O5": "7.50", "O6": "9.00", "3": "7.50",
                  "A": "8.43", "total": "81.61"}, "level": None}

    yield "given figures, weights shared out anew, places and modes", {
        "kinds": {"small": {}},
        "policy": {"rounding": {"places": "1", "mode": "half_even"}},
        "instruments": [
            {"code": "I", "weight": "0.3", "method": "questionnaire", "indicators": [
                {"code": "1", "items": [{"code": "i1", "stars": "5"}]},
                {"code": "2", "items": [{"code": "i2", "stars": "5"}], "rounding": {"places": "0", "mode": "down"}}]},
            {"code": "A", "weight": "0.5", "method": "disclosure", "items": [{"code": "O1", "checklist": "all"}]},
            {"code": "B", "weight": "0.2", "method": "disclosure", "except_for": ["small"], "items": [
                {"code": "O2", "checklist": "all"}]}],
    }, {"office": office("small"), "marks": {"O1": {"pass": True}, "O2": {"pass": True}},
        "given": {"1": "90.25", "2": "80.95"}}, {
        # I = 85.6; total = (0.3 × 85.6 + 0.5 × 100)/0.8 = 94.6
        "lines": {"i1": "withheld", "1": "90.2", "i2": "withheld", "2": "80", "I": "85.6", "O1": "100.0", "A": "100.0",
                  "O2": "not_applicable", "B": "not_applicable", "total": "94.6"}, "level": None}

    yield "the least sample, and zero by policy", {
        "scales": {"extent": EXTENT},
        "policy": {"too_few": "zero", "unjudged": "left_out"},
        "instruments": [
            {"code": "I", "weight": "30", "method": "questionnaire", "items": [{"code": "i1", "scale": "extent"}],
             "respondents": {"least": "sample", "sample": {"everyone_up_to": "30", "share": "10", "at_least": "30",
                                                           "above": "4000", "then": "400"}}},
            {"code": "A", "weight": "70", "method": "disclosure", "items": [
                {"code": "O1", "scale": "extent"}, {"code": "O2", "checklist": "all"},
                {"code": "O3", "checklist": "all", "due": ["q2"]}]}],
        "levels": LADDER,
    }, {"office": office(I=311), "round": "q1", "marks": {"O1": {"option": "3"}, "O3": {"pass": True}},
        "tallies": {"I": {"respondents": 31, "counts": {"i1": {"4": 31}}}}}, {
        # 10 per cent of 311, rounded up, is 32
        "lines": {"i1": "0.00", "I": "0.00", "O1": "67.00", "O2": "not_applicable", "O3": "not_applicable",
                  "A": "67.00", "total": "46.90"}, "level": "improve"}

    yield "levels between two steps of a scale; a level that hangs on one instrument", {
        "scales": {"maturity": {"interpolate": "yes", "options": [
            option("1", "0"), option("2", "50"), option("3", "100")]}},
        "instruments": [
            {"code": "A", "weight": "10", "method": "disclosure", "items": [
                {"code": "O1", "scale": "maturity"}, {"code": "O2", "scale": "maturity", "reversed": "yes"}]},
            {"code": "B", "weight": "90", "method": "disclosure", "items": [
                {"code": "O3", "options": [option("a", "-20"), option("b", "100")]},
                {"code": "O4", "options": [option("a", "-20"), option("b", "100")], "pilot": "yes"}]}],
        "levels": LADDER,
    }, {"marks": {"O1": {"number": "2.75"}, "O2": {"option": "1"}, "O3": {"option": "b"}, "O4": {"option": "a"}}}, {
        # A = (87.5 + 100)/2; total = 0.1 × 93.75 + 0.9 × 100 = 99.375
        "lines": {"O1": "87.50", "O2": "100.00", "A": "93.75", "O3": "100.00", "O4": "-20.00", "B": "100.00",
                  "total": "99.38"}, "level": "pass"}


def self_test():
    count, unseen = Count(), 0
    for name, rubric, assessment, scorecard in small_pairs():
        def differences(of, scorecard):
            before = of.differences
            of.add(json.dumps({"rubric": rubric, "assessment": assessment, "scorecard": scorecard}))
            return of.differences - before

        print("ok      " if differences(count, scorecard) == 0 else "FAILED  ", name)
        for id in scorecard["lines"]:  # a single changed figure must be seen
            if differences(Count(), dict(scorecard, lines=dict(scorecard["lines"], **{id: "12.34"}))) == 0:
                unseen += 1
                print("FAILED  ", name, f"- a wrong {id} goes unseen")
    return count.close(least_ties=3) or bool(unseen)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("file", nargs="?", default="-", help="pairs, one a line; - or nothing for standard input")
    parser.add_argument("--least-ties", type=int, default=0, help="fail when there are fewer true ties")
    parser.add_argument("--self-test", action="store_true", help="score seven small pairs worked out by hand")
    options = parser.parse_args()
    sys.stdout.reconfigure(encoding="utf-8")
    if options.self_test:
        return self_test()
    gc.disable()  # nothing here is cyclic
    sys.stdin.reconfigure(encoding="utf-8")
    count = Count()
    source = sys.stdin if options.file == "-" else open(options.file, encoding="utf-8")
    with source:
        for text in source:
            if text.strip():
                count.add(text)
    return count.close(options.least_ties)


if __name__ == "__main__":
    sys.exit(main())
