"""The paper on the improvement plan, held against the plan, the programme, the registers and the files of figures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.pages.stranger import registers
from tests.pages.stranger.actions import paper_at_most
from tests.pages.stranger.blocks import Block
from tests.pages.stranger.days import day_of
from tests.pages.stranger.piece import Reading
from tests.pages.stranger.truth.facts import Facts, World, day
from tests.pages.stranger.truth.scope import MONTH, rows_beside

PLAN = Path(__file__).parents[3] / "data" / "plan.yml"
WORDS = {
    "I0": "not yet measurable",
    "I1": "baseline only",
    "I2": "cannot tell",
    "I3": "no worthwhile improvement",
    "I4": "improving",
    "I5": "sustained",
    "I6": "worsening",
}
WEAKEST = ("I6", "I3", "I2", "I0", "I1", "I4", "I5")
_DAY = rf"(?P<day>\d{{1,2}}) (?P<month>{MONTH}) (?P<year>\d{{4}})"
_LINE = re.compile(r"A\d+(?:\.\d+)?(?= )")


@cache
def lines() -> dict[str, dict[str, Any]]:
    """Every area and item of the plan by its code."""
    areas = yaml.safe_load(PLAN.read_text(encoding="utf-8"))["areas"]
    return {each["id"]: each for area in areas for each in (area, *area.get("items", []))}


def code_of(block: Block) -> str:
    """The area or item of which a piece speaks: its row's, else its part's."""
    found = (_LINE.match(text) for text in (block.row, block.text, block.part))
    return next((each[0] for each in found if each), "")


def _under(code: str, line: str) -> bool:
    return f"{code}.".startswith(f"{line}.")


def pages_on(world: World, code: str, siblings: dict[str, Path]) -> list[str]:
    """The pages whose files of figures are of an audit on an area or item."""
    ours = {each.id for each in _audits(world, code)}
    return [name for name, path in siblings.items() if _named(path) & ours]


@cache
def _named(path: Path) -> set[str]:
    return {each["audit"] for each in rows_beside(path)}


def _audits(world: World, code: str) -> list[Facts]:
    every = (each for each in world.audits.values() if each.entry["period"] == world.period)
    return [each for each in every if any(_under(area, code) for area in each.entry.get("areas", []))]


def plan(reading: Reading) -> None:
    """Read a piece of the paper; what it leaves is for those who read any page."""
    facts = {"improvement-plan.html": _facts, "index.html": _glance}.get(reading.page.split("/")[-1])
    for pattern, known, what in facts(reading, code_of(reading.block)) if facts else ():
        for found in re.finditer(pattern, reading.text):
            told = _told(found)
            for place in range(1, (found.lastindex or 0) + 1):
                if found.start(place) >= 0 and found.re.groupindex.get("month") != place:
                    reading.judge(*found.span(place), told, known, what) if told is not None else None


def _glance(reading: Reading, code: str) -> Iterator[tuple[str, set[Any], str]]:
    """What the plan at a glance says of when more is told."""
    if code and reading.block.column == "We can tell more":
        yield rf"^{_DAY}", {on for on, _ in _ahead(reading.scope.world, code)}, "the next day"


def _told(found: re.Match[str]) -> Any:
    """The numbers of a finding: one, a pair, or its day."""
    if "day" in found.re.groupindex:
        return day_of(re.search(rf"(\d{{1,2}}) ({MONTH}) (\d{{4}})", found[0]))
    numbers = tuple(int(each) for each in found.groups() if each and each.isdigit())
    return numbers if len(numbers) > 1 else numbers[0] if numbers else None


def _facts(reading: Reading, code: str) -> Iterator[tuple[str, set[Any], str]]:
    """A pattern of numbers, what they may be, and what that is."""
    world, known = reading.scope.world, lines()
    areas = [each for name, each in known.items() if "." not in name]
    done = sum(_activity(each) == "complete" for each in areas)
    yield r"Of (\d+) areas (\d+) (?:is|are) complete", {(len(areas), done)}, "areas complete"
    yield r"(\d+) months for", {theme.get("stale_after", 6) for theme in world.themes.values()}, "stale"
    yield r"Of all closed actions (\d+) of (\d+)", {pair[:2] for pair in paper_at_most(world)}, "closed on paper"
    if code not in known:
        return
    line = known[code]
    quoted = {int(each) for each in re.findall(r"\d+", f"{line['title']} {line.get('needs', '')}")}
    if reading.block.kind == "th" or reading.block.column == "What needs to improve":
        yield r"(?<![\w.])(\d+)", quoted, "a number of the plan"
    items = line.get("items", [])
    said = Counter(each.get("activity", "not stated") for each in items)
    yield r"(\d+) items?(?=:|,? in the order)", {len(items)}, "items"
    for word, count in said.items():
        yield rf"(?:: |, )(\d+) {word}(?=[,.])", {count}, f"items {word}"
    actions = [each for each in world.actions if _under(each["area"], code) and day(each["raised_on"]) <= world.as_of]
    late = sum(not each["closed_on"] and each["due_on"] < str(world.as_of) for each in actions)
    again = sum(each["still_a_problem"] == "yes" for each in actions)
    for course in ("plans", "assessment"):
        yield rf"(\d+) of (\d+) \(⟦course:{course}", registers.came(course), "people who came"
    yield r"(\d+) of (\d+) actions? overdue", {(late, len(actions))}, "actions overdue"
    yield r"(\d+) of (\d+) actions? closed, and a check found", {(again, len(actions))}, "actions that did not work"
    audits = _audits(world, code)
    read = sum(each.read for each in audits), sum(each.drawn or each.read for each in audits)
    yield r"(?<![a-z-])[Aa]udit(?: \(|: )(\d+) of (\d+)", {read}, "records read"
    answered = {(int(each["returned"]), int(each["sent"])) for each in registers.each_survey()}
    yield r"families(?: \(|: )(\d+) of (\d+) answered", answered, "families who answered"
    found = _impacts(reading, code)
    compared = sum(each in ("I2", "I3", "I4", "I5", "I6") for each in found)
    yield r"re-audit(?: \(|: )(\d+) standards?", {compared}, "standards compared"
    yield r"The weakest of (\d+) standards", {len(found)}, "standards"
    for status, count in Counter(found).items():  # of the worsening ones some may be warnings
        known = {count} if status != "I6" else {*range(1, count + 1)}
        yield (
            rf"(?:: |, )(\d+) (?:{WORDS[status]}{'|warnings?' if status == 'I6' else ''})(?=[,.])",
            known,
            f"standards {status}",
        )
    yield from _box(reading, items)
    yield from _dates(world, code)


def _activity(area: dict[str, Any]) -> str:
    said = {each.get("activity", "") for each in area.get("items", [])} or {area.get("activity", "")}
    return said.pop() if len(said) == 1 else ""


def _impacts(reading: Reading, code: str) -> list[str]:
    """The status of each standard of each audit on a line, as the files of figures have it."""
    ours = {each.id for each in _audits(reading.scope.world, code)}
    rows = (each for each in reading.scope.rows if each["measure"] == "impact" and each["audit"] in ours)
    return [*{(each["audit"], each["standard_id"]): each["verdict"] for each in rows}.values()]


def _box(reading: Reading, items: list[dict[str, Any]]) -> Iterator[tuple[str, set[Any], str]]:
    """The closing box of an area: its items by their weakest standard, and those that have a day."""
    weakest = [min(found, key=WEAKEST.index, default="") for found in (_impacts(reading, each["id"]) for each in items)]
    for status in ("I1", "I2", "I3", "I4", "I5"):
        yield rf"(\d+) of (\d+) {WORDS[status]}", {(weakest.count(status), len(items))}, f"items {status}"
    yield r"(\d+) of (\d+) with a warning", {(weakest.count("I6"), len(items))}, "items I6"
    none = [each for each, found in zip(items, weakest, strict=True) if not found]
    early = {(weakest.count("I0") + count, len(items)) for count in range(len(none) + 1)}
    yield r"(\d+) of (\d+) not yet measurable", early, "items I0"
    yield r"(\d+) of (\d+) without data", {(count, len(items)) for count in range(len(none) + 1)}, "items without data"
    dated = sum(bool(_ahead(reading.scope.world, each["id"])) for each in items)
    yield r"(\d+) of (\d+) items have a date", {(dated, len(items))}, "items with a date"


def _ahead(world: World, code: str) -> set[tuple[date, int | None]]:
    """Each day after that of the paper on which more is told of a line, with how many are booked."""
    entries = [each for each in world.programme.values() if any(_under(area, code) for area in each.get("areas", []))]
    booked = {(each["next"]["on"], each["next"].get("size")) for each in entries if each.get("next", {}).get("on")}
    booked |= {(each["on"], each.get("intended")) for each in entries if "on" in each}
    booked |= {
        (day(each["impact_on"]), None) for name, each in lines().items() if _under(name, code) and "impact_on" in each
    }
    return {(on, size) for on, size in booked if on > world.as_of}


def _dates(world: World, code: str) -> Iterator[tuple[str, set[Any], str]]:
    ahead, audits = _ahead(world, code), _audits(world, code)
    days, sizes = {on for on, _ in ahead}, {size for _, size in ahead if size}
    yield rf"(?:booked for|measured on|the first is(?: \S+ on)?|Next:) ({_DAY})", days, "the next day"
    yield rf"The evidence is from ({_DAY})", {each.days[1] for each in audits}, "the last day read"
    yield r"[Tt]he (\d+) \w+ booked for", sizes, "records booked"
    yield r", (\d+) booked", sizes, "records booked"
    yield r"re-audit of (\d+) is booked", sizes, "records booked"
    yield r"more than (\d+) months ago", {world.themes[each.theme].get("stale_after", 6) for each in audits}, "stale"
