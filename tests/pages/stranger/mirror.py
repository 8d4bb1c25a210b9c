"""The page on auditing itself, counted again from the programme, the returns and the register of actions."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from math import comb

from tests.pages.stranger.days import day_of
from tests.pages.stranger.piece import PAIR, Reading, whole
from tests.pages.stranger.registers import ANY_DAY, SHARE, Known, _pairs, _rows
from tests.pages.stranger.truth import limits
from tests.pages.stranger.truth.facts import Facts, World
from tests.pages.stranger.truth.returns import GRADES

LINES = {
    "late, or": 25,
    "discussed": 25,
    "ask only": 50,
    "word of the family": 75,
    "contradict": 10,
    "practitioner": 50,
}
LINES |= {"nobody looked": 25, "drawn and not read": 10, "nobody read a file": 50, "after the limit": 25}
WRITTEN = {  # the day on which each report that is quoted was published
    **{"followed through": date(2022, 7, 5), "downgraded": date(2023, 3, 17), "compliance": date(2023, 12, 12)},
    **{"varies": date(2018, 11, 19), "dip sampling": date(2022, 5, 9), "contemporaneously": date(2022, 11, 25)},
}
ABOVE = re.compile(r"above (\d+)%")
COUNTED = re.compile(r"(\d+)(?= of the nine weaknesses)")


def mirror(reading: Reading) -> None:
    """Hold every count, share and line of the page."""
    if reading.page.split("/")[-1] != "mirror.html":
        return
    world = reading.scope.world
    known = known_of(world, reading.scope.audience)
    days = {day for words, day in WRITTEN.items() if words in reading.text} or _last_of(world) or None
    for found in ANY_DAY.finditer(reading.text):
        reading.judge(*found.span(), day_of(found), days, "date")
    for found in COUNTED.finditer(reading.text):
        reading.judge(*found.span(1), whole(found[1]), {_weak(world, known)}, "weaknesses")
    for found in re.finditer(r"\b1 in 20\b|or 1 graded", reading.text):
        reading.read.append(found.span())
    for found in PAIR.finditer(reading.text):
        reading.judge(*found.span(), (whole(found[1]), whole(found[2])), _pairs(reading, *found.span(), known), "count")
    for found in ABOVE.finditer(reading.text):
        where = f"{reading.block.row} {reading.block.line} {reading.text}"
        right = {line for words, line in LINES.items() if words in where}
        reading.judge(*found.span(1), int(found[1]), right or None, "line")
    for found in SHARE.finditer(reading.text):
        coarse = 5 if reading.text[: found.start()].casefold().endswith("about ") else 1
        pairs = _pairs(reading, *found.span(), known) or ()
        shares = {coarse * int(100 * k / n / coarse + 0.5) for k, n in pairs if n}
        reading.judge(found.start(), found.end() - 1, int(found[1]), shares or None, "share")


def known_of(world: World, audience: str) -> list[Known]:
    """Every count of the page by the words round it."""
    done = [each for each in world.programme.values() if _in_year(each, world) and _last(each) <= world.as_of]
    read = [world.audits[each["id"]] for each in done if each["id"] in world.audits]
    told = [each.get("with_practitioner") for each in done]
    codes = {code: world.standards[code] for each in read for code in each.standards}
    drawn = [each for each in done if each.get("intended")]
    came = {each.id: each.read for each in read}
    asked = [
        # A file that has not come of an audit that may stop early was not read yet.
        came.get(each["id"], 0)
        if each.get("stopping") == "sequence"
        else max(each["intended"], came.get(each["id"], 0))
        for each in drawn
    ]
    lost = sum(asked) - sum(came.get(each["id"], 0) for each in drawn)
    fewest = 1 if audience == "internal" else 5
    moved = [pair for each in read if len(each.twice) >= fewest for pair in each.twice]
    rank = {level: at for at, level in enumerate(GRADES)}
    family = [
        each for each in read if not {*world.themes[each.theme].get("unit", "file").split()} & {"worker", "request"}
    ]
    actions = _actions(world)
    return [
        *_kinds(world),
        (r"late, or closed", "", actions),
        (r"discussed", "", _undiscussed(world)),
        (r"moved down", "", (sum(rank[two] > rank[one] for one, two in moved), len(moved))),
        (r"ask only", "", (sum(each.get("kind") == "compliance" for each in codes.values()), len(codes))),
        (r"word of the family", "", _unheard(family)),
        (r"contradict", "", _contradicted(world, read)),
        (r"practitioner", "", (told.count(False), sum(each is not None for each in told))),
        (r"nobody looked", "", (len(world.themes) - len({each.theme for each in read}), len(world.themes))),
        (r"drawn and not read|files drawn were not read|files drawn was not read", "", (lost, sum(asked))),
        (r"nobody read a file", "", (sum(not each.moderated for each in read), len(read))),
        (r"rows read", "", (len(world.actions), len(world.actions))),
    ]


def _weak(world: World, known: list[Known]) -> int:
    """How many of the nine are worth a look: over their line, or grades moved down more than up by more than luck."""
    over = {words for words, line in LINES.items() for said, _, (k, n) in known if words in said and 100 * k > line * n}
    assert "contradict" not in over
    pairs = [pair for each in world.audits.values() for pair in each.twice]
    moved = [GRADES.index(two) - GRADES.index(one) for one, two in pairs]
    down, up = sum(each > 0 for each in moved), sum(each < 0 for each in moved)
    kinder = down > up and 2 * sum(comb(down + up, each) for each in range(up + 1)) < 0.05 * 2 ** (down + up)
    joined = {"nobody looked": "drawn and not read", "nobody read a file": "after the limit"}
    return len({joined.get(each, each) for each in over}) + kinder


def _last_of(world: World) -> set[date]:
    """The last day of which the register of actions tells."""
    told = (each[name] for each in world.actions for name in ("raised_on", "closed_on", "checked_on"))
    days = [day for day in told if day and day <= str(world.as_of)]
    return {date.fromisoformat(max(days))} if days else set()


def _last(entry: dict) -> date:
    return entry.get("until", entry["on"])


def _in_year(entry: dict, world: World) -> bool:
    year, month = map(int, world.period.split("-"))
    return f"{year - 1 if month < 12 else year}-{month % 12 + 1:02d}" <= entry["period"] <= world.period


def _actions(world: World) -> tuple[int, int]:
    """Those past their day and open, or closed and never looked at again."""
    day = str(world.as_of)
    told = [each for each in world.actions if each["raised_on"] <= day]
    late = [each for each in told if not each["closed_on"] and each["due_on"] and each["due_on"] < day]
    unseen = [each for each in told if each["closed_on"] and each["still_a_problem"] not in ("yes", "no")]
    return len(late) + len(unseen), len(told)


def _undiscussed(world: World) -> tuple[int, int]:
    """Those of a month ago or longer of which supervision has not heard."""
    year, month = divmod(12 * world.as_of.year + world.as_of.month - 2, 12)
    day = min(world.as_of.day, monthrange(year, month + 1)[1])
    old = [each for each in world.actions if each["raised_on"] <= f"{year}-{month + 1:02d}-{day:02d}"]
    return sum(not each.get("discussed_on") for each in old), len(old)


def _unheard(read: list[Facts]) -> tuple[int, int]:
    """Files of children; families answer no return of the example, and one survey, on plans, names the children."""
    assert not any("famil" in name.casefold() for each in read for name in each.partners)
    heard = {row["child_ref"] for row in _rows("survey") if row["child_ref"] and int(row["returned"])}
    silent = sum(each.id != "plans-2024-11" or ref.zfill(7) not in heard for each in read for ref in each.comments)
    return silent, sum(each.read for each in read)


def _contradicted(world: World, read: list[Facts]) -> tuple[int, int]:
    wrong = of = 0
    for each in read:
        critical = {entry["id"] for entry in world.themes[each.theme]["standards"] if entry["critical"]}
        told = each.readings.get("auditors", {})
        for ref, grade in each.overall.items():
            said = {code: files[ref] for code, files in told.items() if ref in files}
            failed, half = any(not said[code] for code in critical & said.keys()), 2 * sum(said.values()) <= len(said)
            good = grade in GRADES[:2]
            wrong += bool(said) and (failed or half if good else all(said.values()))
            of += 1
    return wrong, of


def _kinds(world: World) -> list[Known]:
    """Of the standards judged this month, by what they ask, those met and not met: the verdicts worked out again."""
    said_of = judged(world)
    return [
        (rf"(?=.*{group})(?=.*(?<!not )\b{said}\b)", level, (sum(word == said for word in ours), len(ours)))
        for name, group, levels in (
            ("kind", "kind of question|compliance|quality", ("compliance", "quality")),
            ("records", "what is asked|done|recorded", ("done", "recorded")),
        )
        for level in levels
        for ours in [[word for asked, word in said_of if asked[name] == level]]
        for said in ("met", "not met")
    ]


def judged(world: World) -> list[tuple[dict, str]]:
    """Every standard of the month that has a verdict, with it."""
    told = [
        (
            world.standards[code],
            limits.verdict(each, code, world.standards[code]["target"], critical=world.standards[code]["critical"]),
        )
        for each in world.audits.values()
        if each.entry["period"] == world.period
        for code in each.standards
    ]
    return [(asked, word) for asked, word in told if word in ("met", "not met", "cannot tell")]
