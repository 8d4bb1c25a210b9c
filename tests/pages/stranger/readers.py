"""The page on second readers, held against the returns: who was graded twice, which way, and who was read again."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from math import comb

from tests.pages.stranger.blocks import mark_of
from tests.pages.stranger.piece import PAIR, Reading, whole
from tests.pages.stranger.registers import SHARE, Known, _pairs
from tests.pages.stranger.truth import limits
from tests.pages.stranger.truth.facts import Facts, World
from tests.pages.stranger.truth.returns import GRADES

GOOD = GRADES[:2]
LIKELY = re.compile(r"(?<=likely )(\d+) to (\d+) of (\d+)")
RANGE = re.compile(r"\d to $")
TIMES = re.compile(r"about (\d+) times in (10)")
SET_RIGHT = re.compile(r"auditors graded (\d+)% good or better; had a moderator graded all, about (\d+)% would be")
RANGE_OF_IT = re.compile(r"(?<=would be )\(likely \d+% to \d+%\)")
NOT_HELD = r"team:others|working days|no day, or before"


def readers(reading: Reading) -> None:
    """Hold every count and share of the page against what the returns of the month say."""
    for found in SET_RIGHT.finditer(reading.text):
        known = {_set_right(each) for each in reading.scope.now if each.graded and each.twice}
        reading.judge(found.start(1), found.end(2), (int(found[1]), int(found[2])), known, "the headline set right")
    reading.read += [found.span() for found in RANGE_OF_IT.finditer(reading.text)]  # drawn 20,000 times, and not here
    if reading.page.split("/")[-1] != "moderation.html":
        return
    twice = [pair for each in _counted(reading.scope.world, reading.scope.audience) for pair in each.twice]
    for found in TIMES.finditer(reading.text):
        reading.judge(*found.span(), (int(found[1]), 10), {(each, 10) for each in _tenths(twice)}, "times in ten")
    for found in re.finditer(r"by luck alone the chance of it is (\d+(?:\.\d)?)%", reading.text):
        reading.judge(*found.span(1), found[1], {_one_way(twice)}, "the chance of so many one way")
    for found in re.finditer(r"(\d+)(?: to (\d+))? working days", reading.text):
        bands = {(5, None), (6, 10), (10, None)}
        value = int(found[1]), int(found[2]) if found[2] else None
        reading.judge(found.start(1), found.end(2) if found[2] else found.end(1), value, bands, "days")
    for found in LIKELY.finditer(reading.text):
        value = tuple(map(int, found.groups()))
        reading.judge(*found.span(), value, _of_list(reading.scope.world, reading.block.row), "likely range")
    for found in PAIR.finditer(reading.text):
        if whole(found[1]) > whole(found[2]):
            reading.judge(*found.span(), (whole(found[1]), whole(found[2])), set(), "count")
    if "title:" in reading.block.row:  # a row of one audit under a finding about another
        reading.block = replace(reading.block, part=re.sub("⟦title:[^⟧]*⟧", "", reading.block.part))
    known = known_of(reading.scope.world, reading.scope.audience)
    for found in PAIR.finditer(reading.text):
        pair, about = (whole(found[1]), whole(found[2])), f"{reading.block.row} {reading.block.line}"
        if RANGE.search(reading.text[: found.start()]) or re.search(NOT_HELD, f"{about} {reading.text}", re.IGNORECASE):
            if RANGE.search(reading.text[: found.start()]):
                listed = {each.listed for each in reading.scope.world.audits.values()}
                reading.judge(*found.span(2), pair[1], listed, "the list")
            reading.read.append(found.span())  # an end of a range, days and small teams: not counted here
        else:
            reading.judge(*found.span(), pair, _pairs(reading, *found.span(), known), "count")
    for found in SHARE.finditer(reading.text):
        shares = {int(100 * k / n + 0.5) for k, n in _pairs(reading, *found.span(), known) or () if n}
        if not re.search(
            f"likely|about|chance|luck|P-|{NOT_HELD}",
            f"{reading.text} {reading.block.row} {reading.block.line}",
            re.IGNORECASE,
        ):
            reading.judge(found.start(), found.end() - 1, int(found[1]), shares or None, "share")


def _counted(world: World, audience: str) -> list[Facts]:
    """The audits of the month whose grades a page counts: for a board none with fewer than five files graded twice."""
    ours = [each for each in world.audits.values() if each.entry["period"] == world.period]
    return [each if audience == "internal" or len(each.twice) >= 5 else replace(each, twice=()) for each in ours]


def _tenths(twice: list[tuple[str, str]]) -> set[int]:
    """How often two readers gave one grade, and would by luck alone, in tenths."""
    luck = sum(Counter(one for one, _ in twice)[each] * Counter(two for _, two in twice)[each] for each in GRADES)
    same = sum(one == two for one, two in twice)
    return {int(10 * same / len(twice) + 0.5), int(10 * luck / len(twice) ** 2 + 0.5)}


def _one_way(twice: list[tuple[str, str]]) -> str:
    """The exact chance that of all moved grades so many go one way, or more, in per cent."""
    rank = {level: place for place, level in enumerate(GRADES)}
    down, up = (sum(way * (rank[two] - rank[one]) > 0 for one, two in twice) for way in (1, -1))
    chance = min(1.0, 2 * sum(comb(down + up, k) for k in range(min(down, up) + 1)) / 2 ** (down + up))
    return f"{100 * chance:.1f}" if chance < 0.1 else str(int(100 * chance + 0.5))


def _set_right(facts: Facts) -> tuple[int, int]:
    """The share good or better as graded, and with the parts of good and other grades that the second reader gave."""
    raw = sum(good for _, good in facts.graded) / len(facts.graded)
    good, others = ([two in GOOD for one, two in facts.twice if (one in GOOD) == so] for so in (True, False))
    would = raw * sum(good) / max(len(good), 1) + (1 - raw) * sum(others) / max(len(others), 1)
    return int(100 * raw + 0.5), int(100 * would + 0.5)


def known_of(world: World, audience: str) -> list[Known]:
    """Every count that the page may hold: by the words round it, and by its audit, team or grades."""
    ours = _counted(world, audience)
    of = [("", ours), *((mark_of(each.entry["title"]), [each]) for each in ours)]
    known = [each for title, audits in of for each in _of(title, audits)]
    known += _teams(ours)
    spoilt = sum(each.set_aside.get("moderation", 0) for each in ours)
    moderated = sum(each.moderated for each in ours)
    known.append(("rows read", "", (moderated, moderated + spoilt)))
    both = sum(len(world.audits[each.entry["id"]].twice) for each in ours)
    known.append(("not graded by both|no grade from both", "", (moderated - both, moderated)))
    every = [pair for each in ours for pair in each.twice]
    for first in GRADES:
        for second in GRADES:
            pair = (every.count((first, second)), len(every))
            known.append((rf"\| {first} by the auditor.*\| {second} by the moderator|{first} x {second}", "", pair))
    return known + [("auditor by auditor", "", pair) for pair in _auditors(ours)]


def _of(title: str, audits: list[Facts]) -> list[Known]:
    rank = {level: place for place, level in enumerate(GRADES)}
    answers = [each.answers_twice for each in audits]
    moves = [rank[second] - rank[first] for each in audits for first, second in each.twice]
    graded = [good for each in audits for _, good in each.graded]
    of = len(moves)
    return [
        (r"same grade", title, (moves.count(0), of)),
        (r"marked down", title, (sum(each > 0 for each in moves), of)),
        (r"marked up", title, (sum(each < 0 for each in moves), of)),
        (r"within one grade|at most one apart", title, (sum(abs(each) < 2 for each in moves), of)),
        (r"read again|second reader", title, (sum(each.moderated for each in audits), sum(map(_read, audits)))),
        (r"graded good or better|files good or better|good or better, as", title, (sum(graded), len(graded))),
        (r"answers the same|answers to standards|given twice", title, tuple(map(sum, zip(*answers, strict=True)))),
    ]


def _of_list(world: World, row: str) -> set[tuple[int, int, int]]:
    """Of all children of the list of the audit that a row names: how few and how many auditors would grade good."""
    found = set()
    for each in world.audits.values():
        if mark_of(each.entry["title"]) in row and each.listed and each.graded:
            good, asked = sum(so for _, so in each.graded), max(each.drawn or 0, len(each.graded))
            best = good + asked - len(each.graded)
            low, high = (limits.children(k, asked, each.listed) for k in (good, best))
            found.add((low[0], high[1], each.listed))
    return found


def _read(facts: Facts) -> int:
    return max(facts.read, *facts.partners.values(), 0)


def _teams(ours: list[Facts]) -> list[Known]:
    read = Counter(team for each in ours for team in each.teams)
    again = Counter(team for each in ours for team in each.again)
    return [
        ("read again", team or "the return names no team", (again[team], count))
        for team, count in read.items()
        if count > 4
    ]


def _auditors(ours: list[Facts]) -> set[tuple[int, int]]:
    good: Counter[str] = Counter()
    files: Counter[str] = Counter()
    for name, so in (pair for each in ours for pair in each.graded):
        files[name] += 1
        good[name] += so
    return {(good[name], count) for name, count in files.items()}
