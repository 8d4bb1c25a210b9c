"""The page on the questions of forms, held against the returns of all rounds of each: counted by this code alone."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from scipy.stats import beta

from tests.pages.stranger.piece import PAIR, Reading, whole
from tests.pages.stranger.truth.facts import Facts, Pair, World
from tests.pages.stranger.truth.returns import GRADES, NOT_APPLICABLE

GOOD = GRADES[:2]
NONE_OF = re.compile(r"(?i)\bnone of (\d+)(?= questions)")
ROUNDS = re.compile(r"(\d+) files? of (\d+) rounds?")
AGAIN = re.compile(r"(\d+) had answers from a second reader")
METHOD = (
    (r"at most (\d+) in (\d+) answers", {"1", "20"}),
    (r"allow no (\d+)%", {"15"}),
    (r"fewer than (\d+)% of files, less", {"80"}),
    (r"no (\d+)% told", {"15"}),
    (r"about (\d+) files of a long form", {"60"}),
    (r"or (\d+) of a short", {"40"}),
    (r"fewer than (\d+) files read twice|(\d+) are needed", {"10"}),
    (r"(\d+) files stand on either side", {"5"}),
    (r"in (\d+)% of files", {"90"}),
    (r"about one range in (\d+)", {"20"}),
)
USUAL = re.compile(r"usual answer: (\d+)")
RANGE = re.compile(r"(\d+)% to (\d+)%")
SHARE = re.compile(r"\((\d+)%\)")
MEASURES = (  # the words by which the page names what it counts
    (r"[Aa]nother answer", "other"),
    (r"[Nn]ot applicable", "outside"),
    (r"[Ss]ame verdict", "agreed"),
    (r"good or better", "good"),
    (r"others|below good", "lower"),
)


def forms(reading: Reading) -> None:
    """Hold every count of the page, and what the front page says of it."""
    world = reading.scope.world
    for found in NONE_OF.finditer(reading.text):
        ours = _themes(world, "" if "can be" in reading.text else f"{reading.block.part} {reading.text}")
        sizes = [len(_asked(world, theme)) for theme in ours]
        known = {sum(sizes)} if "can be" in reading.text else {*sizes}
        reading.judge(*found.span(), whole(found[1]), known, "questions")
    if reading.page.split("/")[-1] != "form.html":
        return
    _of_a_form(reading, world)
    for pattern, known in METHOD:
        for found in re.finditer(pattern, reading.text):
            for place in range(1, pattern.count("(") + 1):
                if found[place]:
                    reading.judge(*found.span(place), found[place], known, "a number of the method")
    for found in PAIR.finditer(reading.text):
        reading.judge(*found.span(), (whole(found[1]), whole(found[2])), _pairs(reading, *found.span()), "count")
    code = reading.code(0) or ""
    for found in RANGE.finditer(reading.text):
        ends = {_ends(*_counts(world, code)["other"])} if code and "other" in _counts(world, code) else None
        low = 0 if reading.text[: found.start()].endswith("under ") else int(found[1])
        reading.judge(found.start(1), found.end(2), (low, int(found[2])), ends, "likely range")
    for found in USUAL.finditer(reading.text) if code else ():
        reading.judge(*found.span(1), found[1], _usual(world, code), "the usual answer")
    for found in SHARE.finditer(reading.text):
        pairs = [*PAIR.findall(reading.text), *((0, each) for each in NONE_OF.findall(reading.text))]
        known = {int(100 * int(k) / int(n) + 0.5) for k, n in pairs}
        reading.judge(*found.span(1), int(found[1]), known or None, "share")


def _of_a_form(reading: Reading, world: World) -> None:
    themes = _themes(world, reading.block.part)
    for found in ROUNDS.finditer(reading.text):
        known = {(_read(world, theme), len(_rounds(world, theme))) for theme in themes}
        reading.judge(found.start(1), found.end(2), (int(found[1]), int(found[2])), known, "files and rounds")
    for found in AGAIN.finditer(reading.text):
        reading.judge(
            *found.span(1), int(found[1]), {len(_twice(world, theme)) for theme in themes}, "files read twice"
        )


def _themes(world: World, where: str) -> list[str]:
    """The themes audited in the month, or those that a piece names."""
    ours = {each["theme"] for each in world.programme.values() if each["period"] == world.period}
    named = [theme for theme in ours if world.themes[theme]["title"].casefold() in where.casefold()]
    return named or sorted(ours)


def _asked(world: World, theme: str) -> list[str]:
    return [each["id"] for each in world.themes[theme]["standards"]]


def _rounds(world: World, theme: str) -> list[Facts]:
    return [each for each in world.audits.values() if each.theme == theme and each.entry["period"] <= world.period]


def _read(world: World, theme: str) -> int:
    return sum(each.read for each in _rounds(world, theme))


def _twice(world: World, theme: str) -> set[tuple[str, str]]:
    """Files of which both readers answered a question."""
    found = set()
    for each in _rounds(world, theme):
        first, second = (
            {ref for met in each.readings.get(who, {}).values() for ref in met} for who in ("auditors", "second reader")
        )
        found |= {(each.id, ref) for ref in first & second}
    return found


def _counts(world: World, code: str) -> dict[str, Pair]:
    """What is counted of a question over all rounds of its form."""
    theme = next((name for name in _themes(world, "") if code in _asked(world, name)), None)
    if theme is None:
        return {}
    key = ("form", code)
    if key not in world.memory:
        world.memory[key] = _counted(_same_wording(world, theme, code), code)
    return world.memory[key]


def _same_wording(world: World, theme: str, code: str) -> list[Facts]:
    """The rounds that asked a question as the last one did, or in words that compare with it."""
    said = world.standards[code]
    versions = {said["version"]: "yes", **said.get("comparable_with", {})}
    ours = {each.id: each.entry["edition"] for each in _rounds(world, theme)}
    rounds = {name: [number for number in versions if number <= edition] for name, edition in ours.items()}
    asked = {name: max(numbers) for name, numbers in rounds.items() if numbers}
    last = max(number for name, number in asked.items() if code in world.audits[name].marks)
    today = last == said["version"]
    same = {number for number in versions if number == last or (today and versions[number] in ("yes", True))}
    return [world.audits[name] for name, number in asked.items() if number in same]


def _usual(world: World, code: str) -> set[str]:
    """The answers that were given most often to a question on a scale of marks."""
    theme = next(name for name in _themes(world, "") if code in _asked(world, name))
    marks = sum((each.marks.get(code, Counter()) for each in _same_wording(world, theme, code)), Counter())
    return {mark for mark, count in marks.items() if count == max(marks.values())}


def _counted(rounds: list[Facts], code: str) -> dict[str, Pair]:
    marks: Counter[str] = Counter()
    sides: dict[str, list[bool]] = {"good": [], "lower": [], "agreed": []}
    for each in rounds:
        marks += each.marks.get(code, Counter())
        own, again = (each.readings.get(who, {}).get(code, {}) for who in ("auditors", "second reader"))
        for ref, met in own.items():
            if ref in each.overall:
                sides["good" if each.overall[ref] in GOOD else "lower"].append(met)
        sides["agreed"] += [own[ref] == met for ref, met in again.items() if ref in own]
    left = Counter({mark: count for mark, count in marks.items() if mark != NOT_APPLICABLE})
    found = {"outside": (marks[NOT_APPLICABLE], marks.total())}
    if left:
        found["other"] = (left.total() - max(left.values()), left.total())
    return found | {name: (sum(each), len(each)) for name, each in sides.items() if each}


def _pairs(reading: Reading, start: int, end: int) -> set[Pair] | None:
    world, block = reading.scope.world, reading.block
    where = " | ".join((block.row, block.column, block.line, reading.text[max(0, start - 30) : end + 40]))
    if re.search("[Rr]ows read", f"{where} {block.part}"):
        read = sum(_read(world, theme) for theme in _themes(world, ""))
        return {(read, read)}
    if code := reading.code(start):
        near = reading.text[end : end + 40] if re.search("Met in", reading.text) else where
        kinds = [name for words, name in MEASURES if re.search(words, near)]
        return {pair for name, pair in _counts(world, code).items() if name in kinds[:1]} or None
    themes = _themes(world, f"{where} {block.part}")
    if "twice" in where:
        return {(len(_twice(world, theme)), _read(world, theme)) for theme in themes}
    whole_of = "whole service" in where or "can be shown" in reading.text
    every = {(0, sum(len(_asked(world, theme)) for theme in _themes(world, "")))} if whole_of else set()
    return every or {(0, len(_asked(world, theme))) for theme in themes}


@cache
def _ends(k: int, n: int) -> tuple[int, int]:
    """Both ends of the exact binomial range, in whole per cent."""
    low = beta.ppf(0.025, k, n - k + 1) if k else 0.0
    high = beta.ppf(0.975, k + 1, n - k) if k < n else 1.0
    return int(100 * low + 0.5), int(100 * high + 0.5)
