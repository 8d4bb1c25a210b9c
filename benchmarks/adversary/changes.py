"""Rounds in which nothing moved, several re-audits to an edition: what is called better or worse all the same.

Every change is printed in more than one place; the places must agree, also after one page was made again.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

from bs4 import BeautifulSoup

from benchmarks.adversary import planted
from benchmarks.adversary.planted import NO, YES, Round
from benchmarks.adversary.printed import lines

BEFORE, NOW = "2024-11", "2025-03"
THEMES = ("visits", "plans", "consent", "supervision", "recording")
CHANGED = ("better", "worse")
PER_PAGE = 7
REAUDITS = "reaudit:\n  each: {audit: re_audit}\noverview:\n  title: The front page\n"


class Edition(NamedTuple):
    """One edition: its named changes, those of them that never happened, and where it disagrees with itself."""

    seed: int
    named: tuple[str, ...]
    false: tuple[str, ...]
    disagree: tuple[str, ...]
    ranges: tuple[tuple[str, bool], ...] = ()


def rounds(seed: int, *, moved: str = "", files: int = 36) -> list[Round]:
    """Two rounds of five questions at the same true levels; in one of them, if asked, practice truly rose."""
    chance, made = Random(f"changes {seed}"), []
    for theme in THEMES:
        names = [f"{theme[:3].upper()}-{number}" for number in range(1, PER_PAGE + 1)]
        levels = {name: chance.choice((0.5, 0.65, 0.8)) for name in names}
        targets = dict.fromkeys(levels, "0.9")
        first = Round(theme, BEFORE, targets, _files(levels, files, chance), listed=400, kind="dip_sample")
        if theme == moved:
            levels = {name: level + risen(level) for name, level in levels.items()}
        after = _files(levels, files, chance)
        made += [first, Round(theme, NOW, targets, after, listed=400, kind="dip_sample", baseline=first.id)]
    return made


def risen(level: float) -> float:
    """How much a standard at this level truly rises where practice moved."""
    return min(0.35, 0.98 - level)


def true_changes(seed: int, moved: str) -> dict[str, float]:
    """The true change of every standard: none, but in the audit that moved."""
    chance, made = Random(f"changes {seed}"), {}
    for theme in THEMES:
        for number in range(1, PER_PAGE + 1):
            level = chance.choice((0.5, 0.65, 0.8))
            made[f"{theme[:3].upper()}-{number}"] = risen(level) if theme == moved else 0.0
        for _ in range(2 * 36 * PER_PAGE):
            chance.random()
    return made


def _files(levels: dict[str, float], files: int, chance: Random) -> list[tuple[str, dict[str, str]]]:
    return [
        ("North", {name: YES if chance.random() < each else NO for name, each in levels.items()}) for _ in range(files)
    ]


def edition(seed: int, *, moved: str = "", audiences: tuple[str, ...] = ("board",), whole: bool = False) -> Edition:
    """Publish one edition and read its changes wherever they stand; all its pages, or the re-audits alone."""
    with tempfile.TemporaryDirectory(prefix="adversary-") as name:
        folder = Path(name)
        made, true = rounds(seed, moved=moved), true_changes(seed, moved)
        _published(made, seed, folder / "it", folder / "outputs", audiences, reports="" if whole else REAUDITS)
        editions = [folder / "outputs" / each / NOW for each in audiences]
        named = {what: word for each in editions for what, word in verdicts(each)[0].items() if word in CHANGED}
        untrue = {what: word for what, word in named.items() if not what.startswith(moved or "-")}
        false = tuple(f"seed {seed}, {what}: {word}" for what, word in untrue.items())
        differ = tuple(said for each in editions for said in disagreements(each))
        held = tuple(
            each for audience, where in zip(audiences, editions, strict=True) for each in _held(audience, where, true)
        )
        return Edition(seed, tuple(named), false, differ, held)


def _published(
    made: list[Round], seed: int, folder: Path, outputs: Path, audiences: tuple[str, ...], *more: str, reports: str = ""
) -> None:
    place, found = planted.written(planted.council(made, seed=seed, period=NOW), folder)
    if reports:
        (place / "reports.yml").write_text(reports, encoding="utf-8")
    ended = planted.publish(place, found, outputs, NOW, audiences=audiences, more=more)
    if ended.refused:
        raise RuntimeError(f"seed {seed}, exit {ended.code}: {ended.said[-500:]}")


def verdicts(folder: Path) -> tuple[dict[str, str], list[str]]:
    """The verdict on each change of an edition, and where two lines about one change differ."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for line in lines(folder):
        if line.measure == "change" and not line.hidden:
            found[f"{line.audit} {line.standard}"][f"{line.page}.csv"] = line.said["verdict"]
    for path in sorted(folder.glob("*.html")):
        for what, word in _on_page(path, found):
            found[what][path.name] = word
    differ = [f"{what}: {said}" for what, said in found.items() if len(set(said.values())) > 1]
    return {what: next(iter(said.values())) for what, said in found.items()}, differ


def _on_page(path: Path, known: dict[str, dict[str, str]]) -> Iterator[tuple[str, str]]:
    """Each change as a page's table of changes tells it."""
    page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    audits = {what.split()[1]: what for what, said in known.items() if f"{path.stem}.csv" in said}
    for row in page.find_all("tr"):
        cell, head = row.find(attrs={"data-l": re.compile("^(Change|Verdict|Changed)")}), row.find("th", scope="row")
        words = row.get_text(" ", strip=True).lower()
        if cell is None or head is None or ("points" not in words and "then" not in words):
            continue
        what = audits.get(head.get_text(" ", strip=True).split()[0])
        said = next((each for each in WORDS if each in words), None)
        if what and said:
            yield what, said


WORDS = ("no worthwhile change", "cannot tell", "not comparable", "better", "worse")


COMPARED = re.compile(
    r"(?:Of the (?:[\w ,-]+ standards compared(?: with the round before)?|changes that may be shown),|"
    r"The one standard compared is) [^.]*"
)


def index_names_a_change(text: str) -> bool:
    """Whether the front page says that something it compared is better, worse or a warning.

    >>> index_names_a_change("Of the 52 standards compared, one is a warning and on 51 we cannot tell.")
    True
    >>> index_names_a_change("We cannot tell whether any of the nine standards compared has changed. It is worse.")
    False
    """
    return any(re.search(r"\b(better|worse|warnings?)\b", said) for said in COMPARED.findall(text))


def disagreements(folder: Path) -> list[str]:
    """Where an edition says two things of one change: its lines, its tables, its impact and its index."""
    found, differ = verdicts(folder)
    better = {what for what, word in found.items() if word == "better"}
    for line in lines(folder):
        helped = line.said["verdict"] in ("I4", "I5") if line.measure == "impact" else False
        if helped and not line.hidden and f"{line.audit} {line.standard}" not in better:
            differ.append(f"{line.page}: {line.standard} is {line.said['verdict']} and not better")
    index = BeautifulSoup((folder / "index.html").read_text(encoding="utf-8"), "html.parser")
    text = index.get_text(" ", strip=True)
    named = index_names_a_change(text)
    if named != any(each in CHANGED for each in found.values()):
        differ.append(f"index: {COMPARED.findall(text)[:1]}")
    return differ


def _held(audience: str, folder: Path, true: dict[str, float]) -> Iterator[tuple[str, bool]]:
    """Each range of a change that an edition prints, and whether the true change lies in it."""
    for line in lines(folder):
        lower, upper = line.share("lower"), line.share("upper")
        if line.measure == "change" and line.standard in true and lower is not None and upper is not None:
            yield audience, lower - 1e-9 <= true[line.standard] <= upper + 1e-9


def one_page_again(seed: int) -> list[str]:
    """Make one page again after its evidence has moved, and say where the edition is not what a whole run makes."""
    with tempfile.TemporaryDirectory(prefix="adversary-") as name:
        folder = Path(name)
        _published(rounds(seed), seed, folder / "before", folder / "outputs", ("board",))
        later = rounds(seed, moved=THEMES[0])
        only = [word for kind in ("reaudit", "dip-sample") for word in ("--only", f"{kind}-{THEMES[0]}-{NOW}")]
        _published(later, seed, folder / "after", folder / "outputs", ("board",), *only)
        _published(later, seed, folder / "whole", folder / "fresh", ("board",))
        ours, whole = folder / "outputs" / "board" / NOW, folder / "fresh" / "board" / NOW
        differ = [each for each in disagreements(ours) if f"{THEMES[0]}-{NOW}" not in each or "index" in each]
        got, want = verdicts(ours)[0], verdicts(whole)[0]
        shutil.rmtree(folder / "fresh")
        other = {what: word for what, word in want.items() if got.get(what) != word}
        return differ + [f"{what}: {got.get(what)} after --only, {word} in a whole run" for what, word in other.items()]
