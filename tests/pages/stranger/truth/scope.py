"""What a page is about, and what may therefore stand on it."""

from __future__ import annotations

import csv
import itertools
import math
import re
from calendar import month_name
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from pathlib import Path

import pandas as pd

from tests.pages.stranger.truth import limits
from tests.pages.stranger.truth.facts import Facts, Pair, World

MONTHS = tuple(month_name)[1:]
MONTH = "|".join([*MONTHS, *(each[:3] for each in MONTHS), "Sept"])


def month(word: str) -> int:
    return next(place for place, each in enumerate(MONTHS, 1) if each.startswith(word[:3]))


def rounded(value: int, audience: str) -> int:
    """A count as its audience is shown it: for the public to the nearest five."""
    return 5 * round(value / 5) if audience == "public" else value


@dataclass
class Scope:
    """The audits that a page, or a piece of the front page, is about; and the data file beside it."""

    world: World
    audience: str
    now: list[Facts]
    rows: list[dict[str, str]] = field(default_factory=list)

    @cached_property
    def rounds(self) -> list[Facts]:
        """These audits and every earlier round of their themes, newest first."""
        themes = {each.theme for each in self.now}
        every = [each for each in self.world.audits.values() if each.theme in themes]
        return [
            *self.now,
            *(each for each in every if each not in self.now and each.entry["period"] < self.world.period),
        ]

    def at(self, period: str | None) -> list[Facts]:
        if period is None:
            return self.now
        if period == self.world.period:
            return self.now
        return [each for each in self.rounds if period in (each.entry["period"], f"{each.days[1]:%Y-%m}")]

    def before(self, facts: Facts) -> Facts | None:
        return self.world.audits.get(facts.entry.get("baseline", ""))

    def shown(self, pair: Pair) -> Pair:
        return rounded(pair[0], self.audience), rounded(pair[1], self.audience)

    # What may be said of a standard -------------------------------------------------------------------------
    def met(self, code: str, period: str | None = None, level: str = "all") -> set[Pair]:
        return {self.shown(each.met[code, level]) for each in self.at(period) if (code, level) in each.met}

    def failed(self, code: str, period: str | None = None) -> set[Pair]:
        return {(n - k, n) for k, n in self.met(code, period)}

    def not_applicable(self, code: str, period: str | None = None, level: str = "all") -> set[Pair]:
        found = [each.not_applicable[code, level] for each in self.at(period) if (code, level) in each.not_applicable]
        return {self.shown(each) for each in found}

    def missing(self, code: str) -> set[Pair]:
        return {
            (each.missing(code), each.missing(code) + each.met[code, "all"][1])
            for each in self.now
            if (code, "all") in each.met
        }

    def others(self, code: str, shown: set[str], *, applicable: bool = True) -> set[Pair]:
        """The teams that are not shown by name, put together."""
        found = set()
        for each in self.now:
            counts = each.met if applicable else each.not_applicable
            left = [pair for (name, team), pair in counts.items() if name == code and team not in ("all", "", *shown)]
            found.add(self.shown((sum(k for k, _ in left), sum(n for _, n in left))))
        return found

    def ranges(self, code: str, period: str | None, level: str = "all", *, alone: bool = False) -> set[tuple]:
        """(lower, upper, list) in children, or (lower, upper, None) in percent, unrounded."""
        found = set()
        for each in self.at(period):
            if (code, level) not in each.met:
                continue
            if level != "all":
                k, n = each.met[code, level]
                lost = each.missing(code)
                found.add((100 * limits.share(k, n + lost)[0], 100 * limits.share(k + lost, n + lost)[1], None))
            elif told := limits.range_of(each, code, missing=not alone):
                low, high, listed = told
                found.add((low * listed, high * listed, listed) if listed else (100 * low, 100 * high, None))
                if listed:
                    found.add((100 * low, 100 * high, None))
        return found

    def shares(self, code: str, period: str | None) -> set[tuple]:
        """Wilson's interval of the files read, as a series of months has it."""
        pairs = [each.met[code, "all"] for each in self.at(period) if (code, "all") in each.met]
        return {(100 * limits.share(k, n)[0], 100 * limits.share(k, n)[1], None) for k, n in pairs}

    def changes(self, code: str, *, alone: bool = False) -> set[tuple[float, float, float]]:
        found = set()
        for each in self.now:
            before = self.before(each)
            if before and (code, "all") in before.met and (code, "all") in each.met:
                found.add(limits.change(before, each, code, missing=not alone))
        return found

    def lucks(self, code: str) -> set[tuple[int, int, int, int]]:
        """Files of both rounds, what luck alone could bring from the first to the second, and what came."""
        pairs = [(self.before(each), each) for each in self.now if (code, "all") in each.met]
        both = [(one.met[code, "all"], two.met[code, "all"]) for one, two in pairs if one and (code, "all") in one.met]
        return {
            (
                n0,
                n1,
                max(
                    limits.luck(x0, n0, n1, rise=way) for way in ((True, False) if not points else (x1 * n0 > x0 * n1,))
                ),
                points,
            )
            for (x0, n0), (x1, n1) in both
            for points in (math.floor(100 * abs(Fraction(x1, n1) - Fraction(x0, n0)) + Fraction(1, 2)),)
        }

    def hurdles(self, code: str) -> set[tuple[int, ...]]:
        """Points of a change, what missing answers leave of it and, of three and more, how many; luck's most."""
        found = set()
        for now in self.now:
            if (before := self.before(now)) and (code, "all") in before.met and (code, "all") in now.met:
                moved, left, missing = limits.least(before, now, code)
                most = limits.luck_among(before, now, code, self.chances)
                parts = (moved, *((left, *((missing,) if missing > 2 else ())) if missing else ()), most)
                found.add(tuple(math.floor(abs(each) + 0.5 + 1e-9) for each in parts))
        return found

    @cached_property
    def chances(self) -> list[float]:
        """The chance of each change of the month that its own range names; one of any other that can be compared."""
        month = [each for each in self.world.audits.values() if each.entry["period"] == self.world.period]
        return [limits.chance(*each) for each in Scope(self.world, "", month).both]

    @cached_property
    def false_alarms(self) -> list[float]:
        """For each standard that is compared, how often luck alone makes it look changed."""
        return [limits.false_alarm(one.met[code, "all"], two.met[code, "all"]) for one, two, code in self.both]

    @cached_property
    def both(self) -> list[tuple[Facts, Facts, str]]:
        """The round before, this one and the standard, of all that can be compared by five files or more."""
        pairs = [(before, each) for each in self.now if (before := self.before(each))]
        told = [(one, two, code) for one, two in pairs for code in two.standards if self.can_compare(code, two, one)]
        return [each for each in told if min(one.met[each[2], "all"][1] for one in each[:2]) >= 5]

    def rises(self, code: str) -> set[int | None]:
        """The smallest rise that this round and the one before could have shown."""
        pairs = [(each, self.before(each)) for each in self.now if (code, "all") in each.met]
        rounds = [
            (*before.met[code, "all"], now.met[code, "all"][1])
            for now, before in pairs
            if before and (code, "all") in before.met
        ]
        return {limits.detectable(n0, n1, x0 / n0) for x0, n0, n1 in rounds if n0 and n1}

    def verdicts(self, code: str) -> set[str]:
        standard = self.world.standards[code]
        read = [each for each in self.now if (code, "all") in each.met]
        found = {limits.verdict(each, code, standard["target"], critical=standard["critical"]) for each in read}
        in_part = any(limits.read_in_part(each, code) for each in read)
        return found | {"no verdict"} if in_part and "cannot tell" in found else found

    def target(self, code: str) -> int:
        return round(100 * float(self.world.standards[code]["target"]))

    # What may be said of an audit ---------------------------------------------------------------------------
    def comparable(self, facts: Facts) -> tuple[int, int] | None:
        """The standards that can be compared with the round before, of those that are asked now."""
        before = self.before(facts)
        if before is None:
            return None
        return sum(self.can_compare(code, facts, before) for code in facts.standards), len(facts.standards)

    def can_compare(self, code: str, facts: Facts, before: Facts) -> bool:
        standard, edition = self.world.standards[code], before.entry.get("edition", 1)
        reworded = standard["version"] > edition and standard.get("comparable_with", {}).get(edition) != "fully"
        drawn = all(each.entry["selection"] in (*limits.BY_CHANCE, "census") for each in (facts, before))
        came = all(
            not each.drawn or each.read + each.set_aside.get("file", 0) >= 0.8 * each.drawn for each in (facts, before)
        )
        return (code, "all") in before.met and not reworded and drawn and came

    def tally(self) -> dict[str, int]:
        """Verdict -> how many standards of these audits have it."""
        every = [
            verdict
            for each in self.now
            for code in each.standards
            for verdict in Scope(self.world, "", [each]).verdicts(code)
        ]
        told = {word: every.count(word) for word in ("met", "not met", "cannot tell", "no verdict")}
        critical = {code for code, standard in self.world.standards.items() if standard["critical"]}
        failed = [(each, code) for each in self.now for code in each.standards if code in critical]
        return told | {
            "critical failure": sum(limits.withheld(each, code, self._target(code)) for each, code in failed)
        }

    def _target(self, code: str) -> str:
        return self.world.standards[code]["target"]

    def booked_rises(self, code: str) -> set[tuple[int, int]]:
        """From the share now to the least that a round of a booked size would show to be better."""
        found = set()
        for each in self.now:
            k, n = each.met.get((code, "all"), (0, 0))
            for size in {size for _, _, size in self.next_rounds if size and n}:
                rises = {limits.detectable(n, size, k / n), limits.detectable(size, size, k / n)} - {None}
                found |= {(round(100 * k / n), min(100, round(100 * k / n + rise))) for rise in rises}
        return found

    @cached_property
    def choices(self) -> list[Scope]:
        """These audits, and each way to let one audit speak for each theme."""
        themes: dict[str, list[Facts]] = {}
        for each in self.now:
            themes.setdefault(each.theme, []).append(each)
        ways = [*itertools.islice(itertools.product(*themes.values()), 64)] if len(self.now) > len(themes) else []
        return [self, *(Scope(self.world, self.audience, [*each], self.rows) for each in ways)]

    def total(self, what: str, *, exact: bool = False) -> Pair:
        """A count summed over these audits, of the sum it is of: files read, files read twice, standards compared."""
        parts = {
            "read": [(each.read, each.drawn or each.read) for each in self.now],
            "moderated": [(each.moderated, each.read) for each in self.now],
            "comparable": [pair for each in self.now if (pair := self.comparable(each))],
        }[what]
        found = (sum(k for k, _ in parts), sum(n for _, n in parts))
        return found if exact else self.shown(found)

    @cached_property
    def counts_compared(self) -> set[int]:
        """How many standards are compared: all that can be, or those with five files and more in both rounds."""
        enough = [code for code in self.compared if min(n for _, n in self._rounds_of(code)) >= 5]
        return {len(self.compared), len(enough)}

    def _rounds_of(self, code: str) -> list[Pair]:
        both = [(each, self.before(each)) for each in self.now if (code, "all") in each.met]
        return [one.met[code, "all"] for pair in both for one in pair if one and (code, "all") in one.met]

    def designs(self, code: str) -> set[int]:
        """The files in each round that show a worthwhile rise from the share of the round before."""
        rounds = [before for each in self.now if (before := self.before(each)) and (code, "all") in before.met]
        shares = [k / n for k, n in (before.met[code, "all"] for before in rounds) if n]
        return {limits.files_in_each_round(each) for each in shares if each + limits.WORTHWHILE < 1 - 1e-9}

    @cached_property
    def compared(self) -> list[str]:
        """The standards of these audits that can be compared with the round before."""
        pairs = [(each, before) for each in self.now if (before := self.before(each))]
        return [code for each, before in pairs for code in each.standards if self.can_compare(code, each, before)]

    def still(self, code: str) -> bool:
        """Whether the range of a standard's change holds zero."""
        return any(low <= 0 <= high for _, low, high in self.changes(code))

    @cached_property
    def standards(self) -> list[str]:
        return [code for each in self.now for code in each.standards]

    @cached_property
    def courses(self) -> dict[str, dict]:
        found = {}
        for each in self.rounds:
            found |= {course["id"]: course for course in each.entry.get("interventions", [])}
        for entry in self.world.programme.values():
            if entry["theme"] in {each.theme for each in self.rounds}:
                found |= {course["id"]: course for course in entry.get("interventions", [])}
        return found

    @cached_property
    def next_rounds(self) -> list[tuple[date, date, int | None]]:
        """Every round that is booked for these themes: first day, last day, files."""
        themes = {each.theme for each in self.now}
        found = []
        for entry in self.world.programme.values():
            if entry["theme"] not in themes:
                continue
            if "next" in entry and entry["next"]["on"] > self.world.as_of:
                found.append((entry["next"]["on"], entry["next"]["on"], entry["next"].get("size")))
            if entry["period"] > self.world.period and entry["on"] > self.world.as_of:
                found.append((entry["on"], entry.get("until", entry["on"]), entry.get("intended")))
        return found

    @cached_property
    def days(self) -> set[date]:
        """Every day of which these pages may speak."""
        found = {day for each in self.rounds for day in each.days} | {self.world.as_of}
        found |= {day for first, last, _ in self.next_rounds for day in (first, last)}
        for name, course in self.courses.items():
            found |= {course[each] for each in ("on", "until") if each in course}
            if name in self.world.courses:
                found |= set(self.world.courses[name]["on"])
        found |= {
            date.fromisoformat(each[name]) for each in self.actions for name in ("due_on", "closed_on") if each[name]
        }
        found |= self.measurable
        found |= {day for each in self.world.extra_days for day in each}
        return found

    @cached_property
    def measurable(self) -> set[date]:
        """The days that the plan sets for measuring what these audits are about."""
        areas = {area for each in self.now for area in each.entry.get("areas", [])}
        return {day for area, day in self.world.measurable.items() if area in areas}

    @cached_property
    def actions(self) -> list[dict[str, str]]:
        """The actions that were raised on these audits."""
        names = {each.id for each in self.rounds}
        return [each for each in self.world.actions if each["audit_id"] in names]

    def put_right(self, code: str | None) -> set[Pair]:
        """Closed actions of all that these audits raised on a standard, or on one that is critical."""
        now = {each.id for each in self.now}
        found: dict[str, list[bool]] = {}
        for each in self.actions:
            critical = self.world.standards.get(each["standard_id"], {}).get("critical")
            if each["audit_id"] in now and (each["standard_id"] == code or (code is None and critical)):
                found.setdefault(each["standard_id"], []).append(bool(each["closed_on"]))
        return {(sum(closed), len(closed)) for closed in found.values()}

    @cached_property
    def months(self) -> set[tuple[int, int]]:
        return {(day.year, day.month) for day in self.days} | {
            tuple(map(int, each.entry["period"].split("-"))) for each in self.rounds
        }


def course_of(scope: Scope, name: str, phase: str = "") -> list[dict]:
    """People reached, sessions held and people by team: so far, before the rounds of a page, or while they lasted."""
    register = scope.world.courses.get(name)
    if register is None:
        return []
    after = scope.world.as_of + timedelta(days=1)
    ends = {"": [(date.min, after)], "before": [(date.min, each.entry["on"]) for each in scope.now]}
    ends["during"] = [(each.entry["on"], after) for each in scope.now]
    memory = scope.world.memory
    for start, end in ends[phase]:
        if (name, start, end) not in memory:
            memory[name, start, end] = _course(register, start, end, scope.world.as_of)
    return [memory[name, start, end] for start, end in ends[phase]]


def _course(register: pd.DataFrame, start: date, end: date, as_of: date) -> dict:
    came = register[(register["attended"] == "yes") & (register["on"] >= start) & (register["on"] < end)]
    booked = register[(register["booked"] == "yes") & (register["on"] > as_of)]
    return {
        "people": came["person_ref"].nunique(),
        "sessions": {came["event_id"].nunique(), came["on"].nunique()},
        "booked": booked["person_ref"].nunique(),
        "teams": came.groupby("team")["person_ref"].nunique().to_dict(),
    }


def rows_beside(path: Path) -> list[dict[str, str]]:
    """The rows of the data file that lies beside a page."""
    beside = path.with_suffix(".csv")
    if not beside.exists():
        return []
    with beside.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def scope_of(world: World, audience: str, paths: list[Path]) -> Scope:
    """The scope of one or several pages: the audits that their data files name."""
    rows = [each for path in paths for each in rows_beside(path)]
    names = dict.fromkeys(each["audit"] for each in rows if each["period"] == world.period)
    stems = " ".join(path.stem for path in paths)
    now = [world.audits[name] for name in names if name in world.audits and not re.search(r"^$", stems)]
    return Scope(world, audience, now, rows)
