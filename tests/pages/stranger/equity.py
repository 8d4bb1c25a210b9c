"""The page on equity, counted again: groups of children beside all others, over twelve months of returns."""

from __future__ import annotations

import csv
import re
from datetime import date
from functools import cache
from math import ceil, sqrt
from pathlib import Path

from scipy.stats import fisher_exact, norm
from statsmodels.stats.proportion import confint_proportions_2indep

from tests.pages.stranger.piece import Reading
from tests.pages.stranger.truth.facts import World

CASES = Path(__file__).parents[3] / "data/example/registers/cases.csv"
NAMES = {"age band": "age_band", "plan type": "plan_type", "ethnic group": "ethnicity", "disability": "disability"}
CHANCE = ("random", "stratified", "systematic", "census")
ENOUGH = ceil((norm.isf(0.025) * sqrt(2 * 0.7 * 0.3) + norm.isf(0.2) * sqrt(0.6 * 0.4 + 0.8 * 0.2)) ** 2 / 0.2**2)
Pair = tuple[int, int]
Groups = list[tuple[str, Pair, Pair]]


def equity(world: World) -> tuple[list[tuple[str, str, Pair]], set[date], list]:
    """Every count that the page may hold, by its words and level; the last day; and no lengths of days."""
    if ("equity",) not in world.memory:
        world.memory["equity",] = {"told": _told(world)}
    return world.memory["equity",]["told"]


def labels(reading: Reading) -> None:
    """Hold the ages and the number of comparisons that a heading or a line names."""
    bands = {row["age_band"] for row in _cases().values()}
    for found in re.finditer(r"\b\d+ (?:to \d+|and over)\b", reading.text):
        reading.judge(*found.span(), found[0], bands, "age")
    known, _, _ = equity(reading.scope.world)
    for pattern, right in ((r"\b(\d+) files(?= on each side|, as)", {ENOUGH}), (r"difference of (\d+) points", {20})):
        for found in re.finditer(pattern, reading.text):
            reading.judge(*found.span(1), int(found[1]), right, "what shows a difference")
    for found in re.finditer(r"\b0 of (\d+)(?= comparisons of a group)", reading.text):
        enough = {pair for words, _, pair in known if words in ("files enough", "stand")}
        reading.judge(*found.span(), (0, int(found[1])), enough, "count")
    for found in re.finditer(r"(ethnic group|disability) of (\d+)(?: of (\d+) children)?", reading.text):
        pair = next(pair for words, _, pair in known if words.startswith(f"(?:children|says|known).*{found[1]}"))
        reading.judge(*found.span(2), int(found[2]), {pair[1] - pair[0]}, "children of whom it is not known")
        if found[3]:
            reading.judge(*found.span(3), int(found[3]), {pair[1]}, "children")
    for found in re.finditer(r"\b(Age band|Plan type|Ethnic group|Disability): of (\d+) comparisons", reading.text):
        told = {pair[1] for words, _, pair in known if words.startswith(found[1].casefold())}
        reading.judge(*found.span(2), int(found[2]), told, "count")


@cache
def _cases() -> dict[str, dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as lines:
        return {row["child_ref"].zfill(7): row for row in csv.DictReader(lines)}


def _told(world: World) -> tuple[list[tuple[str, str, Pair]], set[date], list]:
    cases = _cases()
    files = {theme["standards"][0]["id"]: _files(world, theme) for theme in world.themes.values()}
    files = {code: {ref: met for ref, met in each.items() if ref in cases} for code, each in files.items()}
    groups = {
        (code, column): _groups({ref: (cases[ref][column], met) for ref, met in each.items()})
        for code, each in files.items()
        for column in NAMES.values()
    }
    known, compared = [], [each for found in groups.values() for each in found]
    for (code, column), found in groups.items():
        lead = "aged " if column == "age_band" else ""
        named = {"yes": "disabled"} if column == "disability" else {}
        told = [(f"{lead}{named.get(level, level)}", pair) for level, *pairs in found for pair in pairs]
        known += [(code.casefold(), level, pair) for level, pair in told]
    for name, column in NAMES.items():
        told = sum(len(each) for (_, of), each in groups.items() if of == column)
        known.append((f"{name}: of", "", (told, told)))
    read = {ref for each in files.values() for ref in each}
    few = sum(not _alike(*pairs) for _, *pairs in compared)
    assert min(fisher_exact([[k, n - k], [a, b - a]])[1] for _, (k, n), (a, b) in compared) * len(compared) > 0.05
    known += [("too few files to say|too few files", "", (few, len(compared))), ("stand", "", (0, len(compared)))]
    enough = sum(min(ours[1], others[1]) >= ENOUGH for _, ours, others in compared)
    known.append(("files enough", "", (enough, len(compared))))
    for name, column in NAMES.items():
        pair = sum(bool(cases[ref][column]) for ref in read), len(read)
        known.append((f"(?:children|says|known).*{name}|{name}.*(?:children|says|known)", "", pair))
    known.append(("rows read", "", (len(cases), len(cases))))
    last = max(row[name] for row in cases.values() for name in ("opened_on", "closed_on") if row[name])
    return known, {date.fromisoformat(last)}, []


def _files(world: World, theme: dict) -> dict[str, bool]:
    """The latest answer of each child to the first standard of a theme, in the rounds that chance chose."""
    code, found = theme["standards"][0]["id"], {}
    if {*theme.get("unit", "file").split()} & {"worker", "request"}:
        return {}
    rounds = [each for each in world.audits.values() if each.theme == theme["theme"]]
    rounds = [each for each in rounds if each.entry["selection"] in CHANCE and each.entry["period"] <= world.period]
    for each in sorted(rounds, key=lambda one: one.days):
        found |= {ref.zfill(7): met for ref, met in each.readings.get("auditors", {}).get(code, {}).items()}
    return found


def _groups(said: dict[str, tuple[str, bool]]) -> Groups:
    """Each group of five files or more beside all others; smaller ones are put together and not compared."""
    said = {ref: each for ref, each in said.items() if each[0]}
    sizes = {level: sum(each == level for each, _ in said.values()) for level in {each for each, _ in said.values()}}
    small = sorted((size, level) for level, size in sizes.items() if size < 5)
    more = sorted((size, level) for level, size in sizes.items() if size >= 5)
    gone = small + (more[:1] if small and sum(size for size, _ in small) < 5 else [])
    total = sum(met for _, met in said.values())
    made = []
    for size, level in more:
        k = sum(met for each, met in said.values() if each == level)
        if (size, level) not in gone and len(said) - size >= 5 and level != "no":
            made.append((level, (k, size), (total - k, len(said) - size)))
    return made


def _alike(ours: Pair, others: Pair) -> bool:
    lower, upper = confint_proportions_2indep(*ours, *others, method="newcomb")
    return lower > -0.1 and upper < 0.1
