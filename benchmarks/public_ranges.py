"""What the public edition's ranges say and give away, by brute force over every count.

Each count is judged and released by the functions that make the pages. A range must hold the truth of the whole list,
missing answers or none, never contradict the verdict beside it, and give back neither count. Run it with

    python -m benchmarks.public_ranges

which prints the table and writes it into docs/methods.md between its markers; it ends with status 1 if a promise is
broken.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import product

import numpy as np
from scipy.stats import binom, hypergeom

from benchmarks.promises import Promise, told
from ilacs_audit.claims.verdicts.verdicts import judge
from ilacs_audit.disclosure.gate import emptied
from ilacs_audit.disclosure.gate.verdicts_alone import verdict_alone
from ilacs_audit.disclosure.rules import nearest
from ilacs_audit.domain.audiences import audience
from ilacs_audit.domain.measures import Row
from ilacs_audit.stats.missing import change_with_missing, limits_with_missing

COMMAND = "python -m benchmarks.public_ranges"
PUBLIC = audience("public")
TARGETS = (0.75, 0.8, 0.85, 0.88, 0.9, 0.95)
LISTS = ((20, 40), (30, 60), (30, 110), (40, 200), (60, 80), (60, 200))


@cache
def row(met: int, read: int, missing: int, size: int | None, target: float) -> Row:
    """One standard as the service itself sees it."""
    lower, upper = limits_with_missing(met, read, missing=missing, size=size)
    about = {"measure": "compliance", "group": "all", "level": "all", "selection": "random", "direction": "higher"}
    about |= {"numerator": met, "denominator": read, "value": met / read, "lower": lower, "upper": upper, "note": ""}
    about |= {"method": "hypergeometric" if size else "wilson", "population": size, "missing": missing, "reason": ""}
    about |= {"confidence": 0.95, "target": target, "verdict": "", "rule": ""}
    bare = Row._make(about.get(name) for name in Row._fields)
    said = judge(bare)
    return bare._replace(verdict=said.verdict, rule=said.rule, reason=said.reason)


@cache
def printed(met: int, read: int, missing: int, size: int | None, target: float) -> Row:
    """The same standard as the public sees it."""
    return emptied.show(row(met, read, missing, size, target), PUBLIC)


def shown(met: int, read: int) -> bool:
    """Whether the public sees these counts at all."""
    return all(count == 0 or count >= PUBLIC.smallest_count for count in (met, read - met))


def missed() -> Iterator[Promise]:
    """How often a range is printed that does not hold the truth, and how often one from rounded counts did not."""
    for gone, words in ((0, "no answers missing"), (4, "the 4 worst answers missing")):
        worst, rounded_worst = 0.0, 0.0
        for read, size in LISTS:
            for truth in range(size + 1):
                chances = hypergeom.pmf(range(read + 1), size, truth, read)
                wrong, of_rounded, total = 0.0, 0.0, 0.0
                for found, chance in enumerate(chances):
                    missing = min(gone, read - found)
                    if chance < 1e-6 or not shown(found, read - missing):
                        continue
                    seen = printed(found, read - missing, missing, size, 0.8)
                    total += chance
                    wrong += chance * (not seen.lower - 1e-9 <= truth / size <= seen.upper + 1e-9)
                    of_rounded += chance * (not _from_rounded(found, read - missing, size, truth))
                if total > 0.5:
                    worst, rounded_worst = max(worst, wrong / total), max(rounded_worst, of_rounded / total)
        design = f"every count on {len(LISTS)} pairs of sample and list, target 80%, {words}"
        about = f"worked out of the rounded counts up to {100 * rounded_worst:.0f}%"
        yield Promise("A printed range misses the truth", design, 0.05, worst, True, about)


def _from_rounded(met: int, read: int, size: int, truth: int) -> bool:
    k, n, listed = (nearest(count, 5) or 0 for count in (met, read, size))
    lower, upper = limits_with_missing(k, min(n, listed), missing=0, size=listed)
    return lower <= truth / size <= upper


def contradicted() -> Iterator[Promise]:
    """How often range, share and verdict disagree about the target."""
    found = []
    for target in TARGETS:
        for read, size in (*LISTS, (25, None), (57, None)):
            for met in (met for met in range(read + 1) if shown(met, read)):
                for missing in (0, 3, 7):
                    if size is None or read + missing <= size:
                        found.append(_contradicts(printed(met, read, missing, size, target)))
    yield Promise("Range or share and verdict disagree", f"{len(found):,} rows", 0.0, float(np.mean(found)), True)


def _contradicts(seen: Row) -> bool:
    ends = [share for share in (seen.value, seen.lower, seen.upper) if share is not None]
    return seen.verdict in ("met", "not met") and any((end >= seen.target) != (seen.verdict == "met") for end in ends)


def given_back() -> Iterator[Promise]:
    """How many readings of a row are left to somebody who reads all that it says and tries every count."""
    for with_verdict in (False, True):
        alike: dict[tuple[object, ...], set[tuple[int, int]]] = defaultdict(set)
        for read in range(13, 63):
            for met in (met for met in range(6, read - 5) if shown(met, read)):
                seen = printed(met, read, 0, None, 0.8) if with_verdict else _without_verdict(met, read)
                alike[tuple(seen)].add((met, read))
        rows = sum(map(len, alike.values()))
        told = sum(len(each) for each in alike.values() if len(each) == 1)
        design = f"{rows:,} rows, nothing missing and the reader knows it, " + (
            "range and verdict" if with_verdict else "range"
        )
        pairs = sorted(map(len, alike.values()))
        about = f"fewest pairs of counts {pairs[0]}, median {pairs[len(pairs) // 2]}"
        yield Promise("A row gives both counts back", design, 0.01 if with_verdict else 0.005, told / rows, True, about)


def _without_verdict(met: int, read: int) -> Row:
    return emptied.show(row(met, read, 0, None, 0.8)._replace(verdict="", rule="", reason=""), PUBLIC)


@cache
def moved(was: tuple[int, int], now: tuple[int, int]) -> Row:
    """A change between two rounds as the public sees it, with the verdict of its own interval."""
    limits = change_with_missing(was, now, missing=(0, 0))
    assert limits is not None
    verdict = "better" if limits.lower > 0 else "worse" if limits.upper < 0 else "cannot tell"
    about = {"measure": "change", "group": "all", "level": "all", "method": "newcombe", "direction": "higher"}
    about |= {"numerator": now[0], "denominator": now[1], "value": now[0] / now[1] - was[0] / was[1], "missing": 0}
    about |= {"lower": limits.lower, "upper": limits.upper, "verdict": verdict, "reason": ""}
    about |= {"note": f"{was[0]} of {was[1]} in May 2024"}
    return emptied.show(Row._make(about.get(name) for name in Row._fields), PUBLIC)


def missed_changes() -> Iterator[Promise]:
    """How often the printed range of a change does not hold the true one; counts that round alike share it."""
    more, worst, levels = 0.0, 0.0, (0.5, 0.6, 0.7, 0.8)
    for (read, later), before, after in product(((20, 20), (30, 20), (40, 40)), levels, levels):
        wrong = missed_by_own = total = 0.0
        chances = [binom.pmf(range(n + 1), n, p) for n, p in ((read, before), (later, after))]
        for met, found in product(range(read + 1), range(later + 1)):
            chance = chances[0][met] * chances[1][found]
            if chance > 1e-5 and shown(met, read) and shown(found, later):
                seen = moved((met, read), (found, later))
                exact = change_with_missing((met, read), (found, later), missing=(0, 0))
                assert exact is not None
                total += chance
                missed_by_own += chance * (not exact.lower <= after - before <= exact.upper)
                wrong += chance * (not seen.lower - 1e-9 <= after - before <= seen.upper + 1e-9)
        if total > 0.9:
            more, worst = max(more, (wrong - missed_by_own) / total), max(worst, wrong / total)
    design = "every pair of counts of 48 pairs of rounds, of those that are shown nine times in ten"
    about = f"it misses it in up to {100 * worst:.1f}%, where the service's own does"
    yield Promise(
        "A printed change misses the truth more often than the service's own range", design, 0.0, more, True, about
    )


def told_alone() -> Iterator[Promise]:
    """How often the verdict of a hidden count, or its absence, leaves fewer than three counts."""
    rows_, few, said = 0, 0, 0
    for target, (read, size) in product(TARGETS, (*LISTS, (17, 88), (12, 40))):
        readings: dict[str, list[int]] = defaultdict(list)
        for met in (met for met in range(1, read) if not shown(met, read)):
            readings[verdict_alone(row(met, read, 0, size, target), PUBLIC)].append(met)
        rows_ += sum(map(len, readings.values()))
        few += sum(len(each) for each in readings.values() if len(each) < 3)
        said += sum(len(each) for word, each in readings.items() if word)
    about = f"a verdict stands beside {100 * said / rows_:.0f}% of hidden counts"
    yield Promise(
        "A hidden count has fewer than three readings", f"{rows_:,} hidden rows", 0.0, few / rows_, True, about
    )


def measure() -> list[Promise]:
    """Every promise."""
    return [*missed(), *missed_changes(), *contradicted(), *given_back(), *told_alone()]


def main() -> int:
    """Measure, print, write."""
    return told(measure, COMMAND, "public_ranges")


if __name__ == "__main__":
    sys.exit(main())
