"""Two councils that differ in hidden numbers alone: whatever else a page tells differently, it tells of them.

Answers are turned round where they are hidden. Where the data file of a page is the same all the same, its page has to
be the same to the last letter, and where all data files are, so have index and spreadsheet.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from random import Random
from typing import NamedTuple

from benchmarks.adversary import planted
from benchmarks.adversary.editions import PERIOD, rounds
from benchmarks.adversary.planted import NO, YES, Round
from benchmarks.adversary.printed import lines
from tests.councils.pages import published_text


class Pair(NamedTuple):
    """One file of both councils, whose figures are the same: where they tell of the difference."""

    name: str
    differ: str


def turned(done: Round, hidden: set[tuple[str, str]], chance: Random) -> Round:
    """The same audit with answers turned round that are hidden: (standard, level) says where.

    Where two teams are hidden one answer of each changes places with the other; where the whole service is, one of a
    few that failed is met.
    """
    truth = [(team, dict(said)) for team, said in done.truth]
    kept = range(len(truth) - done.absent)
    for name in done.targets:
        files = [file for file in kept if (file, name) not in done.blank]
        free = [file for file in files if (name, truth[file][0]) in hidden]
        met = [file for file in free if truth[file][1][name] == YES]
        unmet = [file for file in free if truth[file][1][name] == NO]
        ways = [(one, two) for one in met for two in unmet if truth[one][0] != truth[two][0]]
        if ways:
            one, two = chance.choice(ways)
            truth[one][1][name], truth[two][1][name] = NO, YES
        failed = [file for file in files if truth[file][1][name] == NO]
        if (name, "all") in hidden and 2 <= len(failed) <= 5:
            truth[chance.choice(failed)][1][name] = YES
    return done._replace(truth=truth)


def pairs(seed: int, *, audience: str = "public") -> Iterator[Pair]:
    """Publish a council and its twin, and compare each file whose figures are the same."""
    first = rounds(seed)
    with tempfile.TemporaryDirectory(prefix="adversary-") as name:
        one = _published(first, seed, Path(name) / "one", audience)
        hidden = {(each.standard, each.level) for each in lines(one) if each.measure == "compliance" and each.hidden}
        second = [turned(each, hidden, Random(f"twin {seed} {each.id}")) for each in first]
        two = _published(second, seed, Path(name) / "two", audience)
        same = {path.stem for path in one.glob("*.csv") if path.read_bytes() == (two / path.name).read_bytes()}
        every = len(same) == len(list(one.glob("*.csv")))
        files = [f"{stem}.html" for stem in sorted(same)] + ["index.html", "figures.xlsx"] * every
        for file in files:
            yield Pair(f"{seed} {audience} {file}", _differ(one / file, two / file))


def _published(done: list[Round], seed: int, folder: Path, audience: str) -> Path:
    place, found = planted.written(planted.council(done, seed=seed, period=PERIOD), folder)
    ended = planted.publish(place, found, folder / "outputs", PERIOD, audiences=(audience,))
    if ended.refused:
        raise RuntimeError(f"seed {seed}, exit {ended.code}: {ended.said[-500:]}")
    return folder / "outputs" / audience / PERIOD


def _differ(one: Path, two: Path) -> str:
    if not one.exists() or not two.exists():
        return ""
    first, second = published_text(one), published_text(two)
    if first == second:
        return ""
    spots = [each for each in SequenceMatcher(None, first, second, autojunk=False).get_opcodes() if each[0] != "equal"]
    _, low, high, start, end = spots[0]
    return f"{first[max(low - 60, 0) : high + 20]!r} and {second[max(start - 60, 0) : end + 20]!r}"
