"""The page on the audit programme, counted again: what was done, where anybody looked, what is booked and by whom."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from math import ceil
from pathlib import Path
from statistics import median

import yaml
from scipy.stats import norm
from statsmodels.stats.proportion import proportion_confint

from tests.pages.stranger.days import day_of
from tests.pages.stranger.piece import PAIR, Reading, whole
from tests.pages.stranger.registers import ANY_DAY, SHARE, Known, _pairs
from tests.pages.stranger.truth import limits
from tests.pages.stranger.truth.facts import World

DATA = Path(__file__).parents[3] / "data"
ALONE = {  # sentences of one number, and the number of `_hands` that it is
    r"^(\d+) auditors read": 0,
    r"^(\d+) files are what": 1,
    r"^(\d+) files are booked for the three months": 2,
    r"^(\d+) files are booked for each": 3,
}


def programme(reading: Reading) -> None:
    """Hold every count, month and day of the page."""
    if reading.page.split("/")[-1] != "programme.html":
        return
    world = reading.scope.world
    if ("programme",) not in world.memory:
        world.memory["programme",] = {"known": _known(world), "hands": _hands(world), "booked": [*_booked(world)]}
    known, hands, booked = (world.memory["programme",][name] for name in ("known", "hands", "booked"))
    days = {on for on, *_ in booked} | {world.as_of, date(2024, 10, 25), date(2024, 11, 19)}
    for found in ANY_DAY.finditer(reading.text):
        reading.judge(*found.span(), day_of(found), days, "date")
    for pattern, at in ALONE.items():
        for found in re.finditer(pattern, reading.text):
            reading.judge(*found.span(1), int(found[1]), {hands[at]}, "who there is to look")
    _samples(reading)
    _of_a_round(reading, booked)
    _months(reading)
    for found in PAIR.finditer(reading.text):
        pair = whole(found[1]), whole(found[2])
        reading.judge(*found.span(), pair, _told(reading, found, known), "count")
    for found in SHARE.finditer(reading.text):
        pairs = _told(reading, found, known) or ()
        shares = {int(100 * k / n + 0.5) for k, n in pairs if n}
        reading.judge(found.start(), found.end() - 1, int(found[1]), shares or None, "share")


def _told(reading: Reading, found: re.Match, known: list[Known]) -> set[tuple[int, int]] | None:
    pairs = _pairs(reading, *found.span(), known)
    if pairs and reading.scope.audience == "public":  # no child is counted here, so nothing is rounded
        before = reading.text.rfind(". ", 0, found.start()) + 1
        own = reading.text[
            before : reading.text.find(". ", found.end()) if ". " in reading.text[found.end() :] else None
        ]
        where = " | ".join((reading.block.row, reading.block.line if reading.block.row else "", own)).casefold()
        rows = {reading.scope.shown(pair) for words, _, pair in known if words.startswith("rows")}
        return rows if "rows read" in where else {pair for words, _, pair in known if re.search(words, where)}
    return pairs


def _ago(last: date, world: World) -> int:
    day = world.as_of
    return 12 * (day.year - last.year) + day.month - last.month - (day.day < last.day)


def done(world: World) -> tuple[int, int]:
    """How many audits of those due in twelve months have returns."""
    due = _done(world)
    return sum(entry["id"] in world.audits for entry in due), len(due)


def _done(world: World) -> list[dict]:
    ends = {name: entry.get("until", entry["on"]) for name, entry in world.programme.items()}
    return [entry for name, entry in world.programme.items() if date(2023, 11, 21) < ends[name] <= world.as_of]


def _known(world: World) -> list[Known]:
    due = _done(world)
    read = [entry for entry in due if entry["id"] in world.audits]
    short = [entry for entry in read if entry.get("intended")]
    few = sum(_came(world, entry) < entry["intended"] for entry in short)
    held = [each for each in world.programme.values() if each.get("next", {}).get("on", date.max) <= world.as_of]
    plan = [each["id"] for each in yaml.safe_load((DATA / "plan.yml").read_text(encoding="utf-8"))["areas"]]
    looked = {code.split(".")[0] for entry in read for code in entry.get("areas", [])}
    asked = {code for entry in read for code in world.audits[entry["id"]].standards}
    with (DATA / "example" / "registers" / "cases.csv").open(encoding="utf-8", newline="") as lines:
        cases = [*csv.DictReader(lines)]
    teams = {row["team"] for row in cases if not row["closed_on"]}
    named = {entry["theme"] for entry in read if any(world.audits[entry["id"]].teams)}
    seen = {(entry["theme"], team) for entry in read for team in world.audits[entry["id"]].teams if team in teams}
    return [
        ("audits done|have returns", "", (len(read), len(due))),
        ("no return yet", "", (len(due) - len(read), len(due))),
        ("given up|no return in three", "", (0, len(due))),
        ("fewer files", "", (few, len(short))),
        ("rounds", "", (len(held), len(held))),
        (
            "never looked at|never had a file|file ever",
            "",
            (len(named) * len(teams) - len(seen), len(named) * len(teams)),
        ),
        ("places? (?:with|where)", "", (0, len(seen))),  # each was read within the year
        ("areas? of the (?:improvement )?plan", "", (len(looked & {*plan}), len(plan))),
        ("standards? that an audit|standards? (?:was|were) asked", "", (len(asked), len(world.standards))),
        ("rows read.*cases", "", (len(cases), len(cases))),
        ("rows read.*population", "", (len(_lists()), len(_lists()))),
        ("rows read.*audits", "", (len(world.programme), len(world.programme))),
    ]


def _came(world: World, entry: dict) -> int:
    """The files of an audit that its own auditors read, or an agency where nobody else did."""
    facts = world.audits[entry["id"]]
    others = {ref for name, codes in facts.readings.items() for refs in codes.values() for ref in refs}
    return max(facts.read, len(others) if not facts.read else 0)


def _hands(world: World) -> tuple[int, int, int, int]:
    by = sum((world.audits[entry["id"]].files_by for entry in _done(world) if entry["id"] in world.audits), Counter())
    ahead = sum(size for on, _, size, _ in _booked(world) if on <= date(2025, 2, 21))
    return len(by), int(median(by.values())), ahead, ceil(ahead / len(by))


def _booked(world: World) -> Iterator[tuple[date, str, int, str]]:
    """What is looked at after the day: when, its title, how many files, and the standard that it is about."""
    planned = [entry for entry in world.programme.values() if entry["on"] > world.as_of]
    for entry in planned:
        yield entry["on"], entry["title"], entry["intended"], _about(world, entry)
    for entry in world.programme.values():
        on, size = entry.get("next", {}).get("on", date.min), entry.get("next", {}).get("size")
        near = [each for each in planned if each["theme"] == entry["theme"] and abs((each["on"] - on).days) <= 31]
        if on > world.as_of and not near:
            yield on, entry["title"], size, _about(world, entry)


def _about(world: World, entry: dict) -> str:
    aims = [code for each in entry.get("interventions", []) for code in each.get("standards", [])]
    return (aims or [each["id"] for each in world.themes[entry["theme"]]["standards"]])[0]


def _of_a_round(reading: Reading, booked: list) -> None:
    """The files of a round, how near they tell a share, what rise they show and from which count a target is met."""
    ours = [each for each in booked if day_words(each[0]) == reading.block.row]
    if not ours or reading.block.kind == "th":
        return
    sizes = {size for _, _, size, _ in ours}
    if re.fullmatch(r"\d+", reading.text):
        reading.judge(0, len(reading.text), int(reading.text), sizes, "files")
    for found in re.finditer(r"^(\d+) points$", reading.text):
        near = {next(m for m in range(1, 100) if ceil(round(1.959964**2 / 4 / (m / 100) ** 2, 9)) <= n) for n in sizes}
        known = near | {limits.detectable(n, n, 0.5) for n in sizes}
        reading.judge(*found.span(1), int(found[1]), known, "points")
    least = {(_least(reading.scope.world, code, n), n) for _, _, n, code in ours}
    for found in PAIR.finditer(reading.text):
        reading.judge(*found.span(), (whole(found[1]), whole(found[2])), least, "count")
    for found in re.finditer(r"no count of (\d+)", reading.text):
        reading.judge(*found.span(1), int(found[1]), {n for k, n in least if k is None}, "count")


KINDS = {"Plan type": "plan_type", "Age band": "age_band", "Ethnic group": "ethnicity", "Team": "team"}
POST = "Worker's time in post"
_YEARS = ((1, "under 1 year"), (2, "1 year"), (5, "2 to 4 years"), (99, "5 years or more"))


def _samples(reading: Reading) -> None:
    """Files read of each list, by how much a group must part from it to be seen, and each group beside the list."""
    world, block = reading.scope.world, reading.block
    for found in re.finditer(r"1 in 20 differs", reading.text):
        reading.read.append(found.span())
    row, line = (re.sub(r"⟦team:([^⟧]+)⟧", r"\1", text) for text in (block.row, block.line))
    where = _squeezed(f"{row} {line} {block.part}")
    for audit in {row["audit_id"] for row in _lists()}:
        if not any(_squeezed(name) in where for name in (audit, world.programme[audit]["title"])):
            continue
        listed = {row["child_ref"]: row for row in _lists() if row["audit_id"] == audit}
        read = {ref.zfill(7) for ref in world.audits[audit].comments} & {*listed}
        n, size = len(read), len(listed)
        for found in re.finditer(r"seen from (\d+) points", reading.text):
            least = 100 * (norm.ppf(1 - 0.025 / 5) + norm.ppf(0.8)) * (0.25 / n * (size - n) / (size - 1)) ** 0.5
            reading.judge(*found.span(1), int(found[1]), {round(least)}, "points")
        groups = {(kind, group): ours for kind, group, ours in _grouped(listed, world)}
        told = [ours for (kind, group), ours in groups.items() if row == f"{kind}: {group}"]
        told = told or [ours for (_, group), ours in groups.items() if _squeezed(f"{group} in {audit}") in where]
        counted = {pair for ours in told for pair in ((len(ours & read), n), (len(ours), size))} or {(n, size)}
        for found in PAIR.finditer(reading.text):
            reading.judge(*found.span(), (whole(found[1]), whole(found[2])), counted, "files of a list")
        if told and (block.kind == "th" or _squeezed(block.text).endswith(_squeezed(f"in {audit}"))):
            reading.read += [found.span() for found in re.finditer(r"\d+", reading.text)]
            reading.held += [found.span() for found in re.finditer(r"\d+", reading.text)]  # the group is one there is


def _squeezed(text: str) -> str:
    return re.sub(r"\W", "", text).casefold()


@cache
def _lists() -> tuple[dict[str, str], ...]:
    with (DATA / "example" / "registers" / "population.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))


def _grouped(listed: dict[str, dict[str, str]], world: World) -> Iterator[tuple[str, str, set[str]]]:
    """Each group of children of a list, kind by kind."""
    folder = DATA / "example" / "registers"
    with (folder / "cases.csv").open(encoding="utf-8", newline="") as lines:
        cases = {row["child_ref"]: row for row in csv.DictReader(lines)}
    with (folder / "workforce.csv").open(encoding="utf-8", newline="") as lines:
        begun = {
            row["person_ref"]: date.fromisoformat(row["started_on"])
            for row in csv.DictReader(lines)
            if row["started_on"]
        }
    said = {kind: {ref: cases[ref][name] or "not recorded" for ref in listed} for kind, name in KINDS.items()}
    said[POST] = {}
    for ref, row in listed.items():
        years = (world.as_of - begun[row["worker_ref"]]).days / 365.25
        said[POST][ref] = next(words for end, words in _YEARS if years < end)
    for kind, groups in said.items():
        for group in {*groups.values()}:
            yield kind, group, {ref for ref, each in groups.items() if each == group}


def day_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _least(world: World, code: str, n: int) -> int | None:
    target = float(world.standards[code]["target"])
    met = (k for k in range(n + 1) if proportion_confint(k, n, method="wilson")[0] >= target - 1e-12)
    return next(met, None)


def _months(reading: Reading) -> None:
    """Whole months since the last look, of all teams or of one."""
    world, block = reading.scope.world, reading.block
    where = " | ".join((block.row, block.column, block.line))
    theme = next((name for name, each in world.themes.items() if each["title"] in where), None)
    if theme is None or not re.fullmatch(r"\d+", reading.text):
        return
    marked = re.sub(r"⟦team:([^⟧]+)⟧", r"\1", where)
    ours = [each for each in world.audits.values() if each.theme == theme and each.days[0] <= world.as_of]
    team = next((one for each in ours for one in each.teams if one and one in marked), "")
    last = max((each for each in ours if not team or team in each.teams), key=lambda each: each.days[1])
    months = {_ago(each, world) for each in last.days if each <= world.as_of}
    reading.judge(0, len(reading.text), int(reading.text), months, "months since it was looked at")
