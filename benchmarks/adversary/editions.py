"""Small audits with much to hide, published and attacked: each edition alone, together, and over three months."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import NamedTuple

from benchmarks.adversary import planted, rules
from benchmarks.adversary.hidden import SMALLEST_BREAKDOWN, STATE, Attack, attack, numbers, truth
from benchmarks.adversary.planted import Round
from benchmarks.adversary.printed import Line, lines
from benchmarks.adversary.puzzle import ContradictionError
from tests.councils.shapes import NOT_APPLICABLE

PERIOD = "2025-03"
EDITIONS = (("internal",), ("board",), ("public",), ("board", "public"))
TEAMS = ("North", "South", "East", "West", "Harbour")
THEMES = ("often_inapplicable", "nearly_all_met", "small_teams", "answers_missing")


class Tally(NamedTuple):
    """What an attack on some editions came to, and its first finds."""

    editions: str
    hidden: int
    recovered: int
    narrowed: int
    finds: tuple[str, ...] = ()
    wrong: int = 0
    late: int = 0
    given_back: tuple[str, ...] = ()


def rounds(seed: int) -> list[Round]:
    """Four audits, each hard to hide in its own way."""
    chance = Random(f"secrets {seed}")
    return [_round(theme, chance) for theme in THEMES]


def _round(theme: str, chance: Random, period: str = PERIOD) -> Round:
    sizes = [chance.randint(5, 14) for _ in range(chance.randint(2, 4))]
    if theme == "small_teams":
        sizes = [*sizes, chance.randint(1, 4), chance.randint(1, 4)][:5]
    code = theme[:3].upper()
    asked = {f"{code}-{number}": chance.choice(("0.7", "0.8", "0.9")) for number in range(1, chance.randint(5, 8))}
    shares = {
        name: chance.uniform(0.4, 0.95) if theme != "nearly_all_met" else chance.uniform(0.88, 1) for name in asked
    }
    unasked = {name: chance.choice((0.0, 0.05, 0.5, 0.8)) if theme == "often_inapplicable" else 0.04 for name in asked}
    truth = [
        (team, {name: _said(shares[name], unasked[name], chance) for name in asked})
        for team, size in zip(TEAMS, sizes, strict=False)
        for _ in range(size)
    ]
    chance.shuffle(truth)
    blank = [(number, name) for number in range(len(truth)) for name in asked if chance.random() < 0.06]
    missing = theme == "answers_missing"
    listed = len(truth) + chance.randint(10, 90)
    return Round(theme, period, asked, truth, frozenset(blank if missing else ()), 3 if missing else 0, listed)


def _said(share: float, unasked: float, chance: Random) -> str:
    if chance.random() < unasked:
        return NOT_APPLICABLE
    return planted.YES if chance.random() < share else planted.NO


def months(seed: int) -> list[tuple[str, list[Round]]]:
    """An audit of January, its returns that come late, first one, then two, then five, and a round after it."""
    chance = Random(f"months {seed}")
    kind = ("dip_sample", "thematic")[seed % 2]
    first = _round("answers_missing", chance, "2025-01")
    shares = {name: chance.uniform(0.4, 0.9) for name in first.targets}
    files = [(TEAMS[file % 2], {name: _said(shares[name], 0.04, chance) for name in shares}) for file in range(34)]
    first = first._replace(truth=files, blank=frozenset(), kind=kind, listed=90)
    late = [first._replace(absent=absent) for absent in (8, 7, 5, 0)]
    other = _round("small_teams", chance, "2025-02")
    shares = {name: chance.uniform(0.4, 0.9) for name in first.targets}
    files = [(TEAMS[file % 2], {name: _said(shares[name], 0.04, chance) for name in shares}) for file in range(30)]
    again = first._replace(period=PERIOD, truth=files, absent=0, kind="re_audit", baseline=first.id)
    return [
        ("2025-01", [late[0]]),
        ("2025-01", [late[1]]),
        ("2025-02", [late[1], other]),
        ("2025-01", [late[2], other]),
        (PERIOD, [late[2], other, again]),
        ("2025-01", [late[3], other, again]),
    ]


def three_months(seed: int) -> list[Tally]:
    """Publish month after month while returns come in late, and attack all that was ever printed together."""
    with tempfile.TemporaryDirectory(prefix="adversary-") as name:
        folder, seen, done, refused = Path(name), [], {}, []
        for state, (period, rounds_now) in enumerate(months(seed), 1):
            made = planted.council(rounds_now, seed=seed, period=period)
            place, evidence = planted.written(made, folder / str(state))
            ended = planted.publish(place, evidence, folder / "outputs", period)
            if ended.refused:
                refused.append(f"seed {seed}, step {state}, exit {ended.code}: {ended.said[-300:]}")
            done |= {f"{each.id}{STATE}{state}": each for each in rounds_now}
            seen.append((state, period, {each: _new(folder, each, period, state) for each in planted.AUDIENCES}))
        tallies = [
            tallied(which, _all_of(seen, which), done) for which in (("board",), ("public",), ("board", "public"))
        ]
        return [*tallies, Tally("refused", len(months(seed)), len(refused), 0, tuple(refused))]


def _new(folder: Path, audience: str, period: str, state: int) -> list[Line]:
    """The lines that were printed in this step and not before; kept aside to tell."""
    old, now = folder / "before" / audience / period, folder / "outputs" / audience / period
    fresh = [path.stem for path in sorted(now.glob("*.csv")) if path.read_bytes() != _bytes(old / path.name)]
    shutil.copytree(now, old, dirs_exist_ok=True)
    return [each._replace(audit=f"{each.audit}{STATE}{state}") for each in lines(now) if each.page in fresh]


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


def _all_of(seen: Iterable[tuple[int, str, dict[str, list[Line]]]], which: Sequence[str]) -> Iterator[Line]:
    for _, _, read in seen:
        for audience in which:
            yield from read[audience]


def tallied(editions: Sequence[str], read: Iterable[Line], done: dict[str, Round]) -> Tally:
    """Attack what some editions print, and hold what is worked out against the truth."""
    told = list(read)
    name = " and ".join(editions)
    try:
        found: Attack = attack(told)
    except ContradictionError as odd:
        return Tally(name, 0, 0, 0, (f"the numbers contradict each other: {odd}",), 1)
    keys = {key for line in told for key in numbers(line)}
    true = dict(truth([*keys, *found.bounds], done))
    wrong = [key for key, (low, high) in found.bounds.items() if key in true and not low <= true[key] <= high]
    wrong = [key for key in wrong if key in found.recovered or key in found.narrowed]
    back = found.given_back
    wrong += [key for key, value in back.items() if true.get(key, value) != value]
    finds = list(_told(found.recovered))
    finds += [f"{' '.join(key)}: {low} or {high}" for key, (low, high) in found.narrowed.items()]
    late = {key: value for key, value in found.late.items() if _files_late(key, done) < SMALLEST_BREAKDOWN}
    finds += _told(late)
    sizes = len(found.bounds), len(found.recovered), len(found.narrowed)
    return Tally(name, *sizes, tuple(finds), len(wrong), len(late), _told(back))


def _told(found: Mapping[tuple[str, ...], int]) -> tuple[str, ...]:
    return tuple(f"{' '.join(key)}: {value}" for key, value in found.items())


def _files_late(key: tuple[str, ...], done: Mapping[str, Round]) -> int:
    """How many files came between the two states of a number, in its group: five are a group that may be shown."""
    audit, before, after = key[1].split(STATE)
    now, then = (
        [team for _, team, _ in done[f"{audit}{STATE}{state}"].returned if key[-1] in ("all", team)]
        for state in (after, before)
    )
    return len(now) - len(then)


def words_alone(read: Iterable[Line], done: Mapping[str, Round]) -> Iterator[tuple[str, int]]:
    """Each verdict that the public is shown of a hidden whole, with how many hidden counts have that verdict.

    For a reader who knows how many files were read, the list, and what is missing.
    """
    for line in read:
        if line.measure != "compliance" or line.level != "all" or not line.hidden or line.audit not in done:
            continue
        ours = done[line.audit]
        said = [answers[line.standard] for _, _, answers in ours.returned]
        base = said.count(planted.YES) + said.count(planted.NO)
        missing = len(ours.truth) - base - said.count(NOT_APPLICABLE)
        listed = None if NOT_APPLICABLE in said else ours.listed
        target = Fraction(ours.targets[line.standard])
        if line.said["verdict"] in (rules.MET, rules.NOT_MET, rules.CANNOT_TELL):
            few = [met for met in range(base + 1) if 1 <= met <= 5 or 1 <= base - met <= 5]
            kept = [met for met in few if rules.verdict(met, base, missing, listed, target) == line.said["verdict"]]
            yield f"{line.audit} {line.standard}: {line.said['verdict']} leaves {kept}", len(kept)


def one_month(seed: int) -> list[Tally]:
    """Publish one council and attack it: a tally for each edition, and for two together."""
    done = rounds(seed)
    with tempfile.TemporaryDirectory(prefix="adversary-") as name:
        folder = Path(name)
        place, found = planted.written(planted.council(done, seed=seed, period=PERIOD), folder)
        ended = planted.publish(place, found, folder / "outputs", PERIOD)
        if ended.refused:
            return [Tally("refused", 0, 0, 0, (f"seed {seed}, exit {ended.code}: {ended.said[-300:]}",), 1)]
        by_id = {each.id: each for each in done}
        read = {each: list(lines(folder / "outputs" / each / PERIOD)) for each in planted.AUDIENCES}
        alone = list(words_alone(read["public"], by_id))
        one, two = ([said for said, left in alone if left == many] for many in (1, 2))
        spoken = Tally("words", len(alone), len(one), len(two), tuple(each for each, left in alone if left < 3))
        return [*(tallied(which, [line for each in which for line in read[each]], by_id) for which in EDITIONS), spoken]
