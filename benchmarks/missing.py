"""What answers missing not at random do to verdicts, measured on councils where the truth is known.

The answers that go missing here are the bad ones: an auditor leaves blank what they would rather not write down. Each
case is judged by the functions that write the reports, once as if nothing were missing and once with what is missing
counted, and held against the truth of the whole list. Run it with

    python -m benchmarks.missing

which prints the table and writes it into docs/methods.md between its markers. It ends with status 1 if a promise is
broken.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from benchmarks.promises import SEED, Promise, told
from ilacs_audit.claims.change.changes import BETTER, WORSE, decide
from ilacs_audit.claims.change.two_rounds import two_rounds
from ilacs_audit.claims.verdicts.estimates import estimate
from ilacs_audit.claims.verdicts.verdicts import judge
from ilacs_audit.claims.words import CANNOT_TELL, MET, NOT_MET
from ilacs_audit.domain.measures import Row
from ilacs_audit.domain.programme import Audit, read_programme
from ilacs_audit.stats.target import decisive_counts

COMMAND = "python -m benchmarks.missing"
CASES = 1_000
LISTED, TARGET = 200, 0.8
LEFT_OUT = ((0.1, 0.0), (0.3, 0.0), (0.6, 0.0), (1.0, 0.0), (0.3, 0.1))


class Read(NamedTuple):
    """What came of one standard in one round: met and read, and how many answers are missing."""

    met: int
    read: int
    missing: int


def left_blank(chance: np.random.Generator, met: int, read: int, bad: float, good: float) -> Read:
    """The round once a share of its bad and of its good answers was left out."""
    gone_bad, gone_good = int(chance.binomial(read - met, bad)), int(chance.binomial(met, good))
    return Read(met - gone_good, read - gone_bad - gone_good, gone_bad + gone_good)


@cache
def judged(seen: Read, *, counted: bool) -> str:
    """The verdict that a page prints, with what is missing counted or not."""
    return judge(_row(seen, counted)).verdict


@cache
def moved(was: Read, now: Read, *, counted: bool) -> str:
    """The change that a page prints."""
    rounds = two_rounds(_row(was, counted), _row(now, counted))
    return decide(rounds.interval).verdict if rounds else ""


def _row(seen: Read, counted: bool) -> Row:
    missing = seen.missing if counted else 0
    about = {"measure": "compliance", "standard_id": "c1", "selection": "random", "target": TARGET}
    about |= {"direction": "higher", "numerator": seen.met, "denominator": seen.read}
    about |= estimate(seen.met, seen.read, audit=_protocol(), missing=missing)._asdict()
    return Row._make(about.get(name) for name in Row._fields)


@cache
def _protocol() -> Audit:
    about = {"id": "a", "theme": "consent", "period": "2024-11", "selection": "random", "intended": 60}
    return read_programme([{**about, "population": {"size": LISTED}}], file="programme.yml")["a"]


def wrong_verdicts(chance: np.random.Generator, *, cases: int = CASES) -> Iterator[Promise]:
    """Say met where the list misses its target, or not met where it reaches it."""
    need = int(LISTED * TARGET)
    for files in (20, 40, 60):
        found, levels = {}, np.tile([need - 40, need - 16, need - 4, need, need + 8, need + 20], cases // 6)
        for left_out in LEFT_OUT:
            met = chance.hypergeometric(levels, LISTED - levels, files)
            seen = [left_blank(chance, int(k), files, *left_out) for k in met]
            found[left_out] = [_wrong(seen, levels, need, counted) for counted in (True, False)]
        design = f"{len(levels):,} lists of {LISTED} each for five shares left out, {files} files"
        yield _worst("A verdict contradicts the truth", design, found)


def _wrong(seen: Sequence[Read], levels: np.ndarray, need: int, counted: bool) -> float:
    against = [MET if level < need else NOT_MET for level in levels]
    return float(np.mean([judged(read, counted=counted) == word for read, word in zip(seen, against, strict=True)]))


def wrong_changes(chance: np.random.Generator, *, cases: int = CASES) -> Iterator[Promise]:
    """Call a round better or worse although nothing moved, with bad answers left out of one of the two."""
    for files in (20, 40, 60):
        found = {}
        for left_out in LEFT_OUT:
            share = chance.choice([0.5, 0.65, 0.8], cases)
            whole, torn = chance.binomial(files, share), chance.binomial(files, share)
            pairs = [
                (Read(int(k), files, 0), left_blank(chance, int(m), files, *left_out))
                for k, m in zip(whole, torn, strict=True)
            ]
            turned = [
                pair if later else pair[::-1] for pair, later in zip(pairs, chance.random(cases) < 0.5, strict=True)
            ]
            found[left_out] = [
                float(np.mean([moved(*pair, counted=counted) in (BETTER, WORSE) for pair in turned]))
                for counted in (True, False)
            ]
        design = f"{cases:,} pairs each for five shares left out of one round, {files} files a round"
        yield _worst("A change is claimed where there is none", design, found)


def _worst(claim: str, design: str, found: Mapping[tuple[float, float], Sequence[float]]) -> Promise:
    where = max(found, key=lambda left_out: found[left_out][0])
    bare = 100 * max(alone for _, alone in found.values())
    about = f"worst, {where[0]:.0%} of the bad; by the files read alone up to {bare:.0f}%"
    return Promise(claim, design, 0.05, found[where][0], True, about)


def price(chance: np.random.Generator, *, cases: int = CASES) -> Iterator[Promise]:
    """What counting the missing costs: nothing where nothing is missing, some power where something is."""
    lost = []
    for read in range(5, 61):
        least, most = decisive_counts(read, str(TARGET), population=LISTED)
        for seen in range(read + 1):
            word = (
                MET
                if least is not None and seen >= least
                else NOT_MET
                if most is not None and seen <= most
                else CANNOT_TELL
            )
            lost.append(judged(Read(seen, read, 0), counted=True) != word)
    design = f"every count on 5 to 60 files of {LISTED}"
    yield Promise("Nothing is missing, and a verdict is lost", design, 0.0, float(np.mean(lost)), True)
    level = int(LISTED * (TARGET - 0.3))
    for missing, at_least in ((0, 0.9), (6, 0.9), (12, 0.9)):
        met = chance.hypergeometric(level, LISTED - level, 60 - missing, cases)
        found = float(np.mean([judged(Read(int(k), 60 - missing, missing), counted=True) == NOT_MET for k in met]))
        design = f"{cases:,} lists of {LISTED}, 60 files, {missing or 'no'} answers missing"
        yield Promise("A shortfall of 30 points is found", design, at_least, found, False)


def measure() -> list[Promise]:
    """Every promise, each part with its own stream of the one seed."""
    first, second, third = np.random.default_rng(SEED).spawn(3)
    return [*wrong_verdicts(first), *wrong_changes(second), *price(third)]


def main() -> int:
    """Measure, print, write."""
    return told(measure, COMMAND, "missing")


if __name__ == "__main__":
    sys.exit(main())
