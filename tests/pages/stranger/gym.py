"""The page of the gym, counted again from the keys and from what was written into the workbooks, by this code alone."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

from tests.pages.reading import Node, Page

GRADES = ("met", "partly met", "not met")  # best first
PAIR = re.compile(r"(?<![\d.,])(\d[\d,]*) of (\d[\d,]*)(?![\d%])")
GRADED = re.compile(r"Met (\d+), partly met (\d+), not met (\d+)")
Pair = tuple[int, int]
Given = dict[str, dict[str, str]]


def told(folder: Path, number: int) -> dict[str, tuple[str, str, str]]:
    """Each question of a pack by its name: its standard, its anchor, and what it is wherever it stands."""
    key = json.loads((folder / f"gym-pack-{number}-key.json").read_text(encoding="utf-8"))
    return {
        f"{place}{'abcdefgh'[at]}": (asked["standard"], asked["anchor"], f"{each['text']} {asked['text']}")
        for place, each in enumerate(key["vignettes"], start=1)
        for at, asked in enumerate(each["asked"])
    }


def known(folder: Path, given: list[Given]) -> dict[str, set[tuple[int, ...]]]:
    """Every count of the page on the second pack, by the reader, question, standard or council of its row."""
    asked, (before, now) = told(folder, 2), given
    found: defaultdict[str, set[tuple[int, ...]]] = defaultdict(set)
    for reader, grades in now.items():
        found[reader] |= _beside(grades, asked)
    for name, (standard, anchor, _) in asked.items():
        said = [grades[name] for grades in now.values()]
        found[name].add((said.count(anchor), len(said)))
        found[name].add(tuple(said.count(grade) for grade in GRADES))
        of_standard = [
            grades[each] == right
            for each, (code, right, _) in asked.items()
            for grades in now.values()
            if code == standard
        ]
        found[standard].add((sum(of_standard), len(of_standard)))
    alike = [one[name] == two[name] for one, two in combinations(now.values(), 2) for name in asked]
    every = {f"{reader} {name}": grade for reader, grades in now.items() for name, grade in grades.items()}
    whole = _beside(every, {f"{reader} {name}": asked[name] for reader in now for name in asked})
    split = sum(_second(grades[name] for grades in now.values()) >= len(now) / 3 for name in asked)
    found["Northmere"] |= whole | {(sum(alike), len(alike))}
    tenths = (round(10 * sum(alike) / len(alike)), 10)
    found["All"] |= found["Northmere"] | {tenths, (split, len(asked))} | _both(told(folder, 1), asked, before, now)
    return found


def _beside(grades: dict[str, str], asked: dict[str, tuple[str, str, str]]) -> set[Pair]:
    """How many grades are the anchor's, within one of it, kinder and harsher."""
    apart = [GRADES.index(grade) - GRADES.index(asked[name][1]) for name, grade in grades.items()]
    counts = (
        apart.count(0),
        sum(abs(each) < 2 for each in apart),
        sum(each < 0 for each in apart),
        sum(each > 0 for each in apart),
    )
    return {(count, len(apart)) for count in counts}


def _second(said) -> int:
    counts = [count for _, count in Counter(said).most_common(2)]
    return counts[1] if len(counts) > 1 else 0


def _both(was: dict, asked: dict, before: Given, now: Given) -> set[Pair]:
    """How many anchors were given, before and now, to the questions that stand in both packs."""
    same = {each[2]: name for name, each in was.items()}
    shared = [(same[each[2]], name) for name, each in asked.items() if each[2] in same]
    then = [grades[old] == was[old][1] for grades in before.values() for old, _ in shared]
    today = [grades[new] == asked[new][1] for grades in now.values() for _, new in shared]
    return {(sum(then), len(then)), (sum(today), len(today))}


def counts(page: Page) -> list[tuple[str, tuple[int, ...]]]:
    """Every count on the page, with the first word of the row that it stands in."""
    found = []
    for each in page.main.all("p", "li", "td"):
        row = next((node for node in each.ancestors if node.name == "tr"), None)
        name = _named(row) if row else "All"
        found += [(name, tuple(int(one.replace(",", "")) for one in pair)) for pair in PAIR.findall(each.text)]
        found += [(name, tuple(map(int, three))) for three in GRADED.findall(each.text)]
    return found


def _named(row: Node) -> str:
    return re.split(r"[\s,]", row.all("th")[0].text)[0]
