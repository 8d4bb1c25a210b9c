"""What the product promises about its own mistakes, measured on councils where the truth is known.

Every promise is kept or broken by the functions that write the reports: the interval of the change,
the rule that names it, the rebound guard, the adjustment for many comparisons, the draw. Counts are
simulated with a fixed seed, and each distinct pair of counts is judged once. Run it with

    python -m benchmarks.honesty

which prints the table and writes it into docs/methods.md between its markers. It ends with status 1
if a promise is broken.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import cache

import numpy as np
import pandas as pd
from scipy.stats import chi2, hypergeom

from benchmarks import designs, looking
from benchmarks.promises import SEED, Promise, told
from ilacs_audit.analysis.draw import draw_sample
from ilacs_audit.claims.change.chance import REPORT_LEVEL
from ilacs_audit.claims.change.changes import BETTER, decide
from ilacs_audit.claims.change.rebound import rebound_guard
from ilacs_audit.stats.comparison import boschloo, false_discovery
from ilacs_audit.stats.intervals import hypergeometric_interval, newcombe_difference

PAIRS = 1_000
STANDARDS = 25
WORST = 3

Counts = tuple[int, int]
Call = Callable[[Counts, Counts], bool]


@cache
def called_better(was: Counts, now: Counts) -> bool:
    """Whether a report would call this change better, before any rebound guard."""
    interval = newcombe_difference(*was, *now)
    return interval is not None and decide(interval).verdict == BETTER


def better_share(
    chance: np.random.Generator,
    files: int,
    before: float,
    after: float,
    *,
    pairs: int = PAIRS,
    call: Call = called_better,
) -> float:
    """The share of simulated pairs of rounds that are called better."""
    was, now = chance.binomial(files, before, pairs), chance.binomial(files, after, pairs)
    return float(np.mean([call((int(k), files), (int(m), files)) for k, m in zip(was, now, strict=True)]))


def no_change(chance: np.random.Generator, *, pairs: int = PAIRS, call: Call = called_better) -> Iterator[Promise]:
    """Nothing moved, yet it is called better."""
    for files in (12, 20, 30, 40, 60, 100):
        shares = {p: better_share(chance, files, p, p, pairs=pairs, call=call) for p in (0.5, 0.65, 0.8, 0.9)}
        worst = max(shares, key=lambda p: shares[p])
        design = f"{pairs:,} pairs each at 50%, 65%, 80% and 90%, {files} files a round"
        yield Promise("No change is called better", design, 0.05, shares[worst], True, f"worst, at {worst:.0%}")


def planted(chance: np.random.Generator, *, pairs: int = PAIRS, call: Call = called_better) -> Iterator[Promise]:
    """Find a rise of 25 points at 100 files a round."""
    for before in (0.45, 0.5, 0.6, 0.7):
        found = better_share(chance, 100, before, before + 0.25, pairs=pairs, call=call)
        design = f"{pairs:,} pairs, {before:.0%} to {before + 0.25:.0%}, 100 files a round"
        yield Promise("A rise of 25 points is called better", design, 0.90, found, False)


@cache
def pair_p(was: Counts, now: Counts) -> float:
    """Boschloo's p for two rounds."""
    p = boschloo(*was, *now)
    assert p is not None
    return p


def family(chance: np.random.Generator, *, reports: int = PAIRS) -> Iterator[Promise]:
    """Let one of 25 standards stand as changed in a report in which nothing moved."""
    for share in (0.65, 0.85):
        rounds = chance.binomial(20, share, (reports, STANDARDS, 2))
        single = better = adjusted = 0
        for report in rounds:
            counts = [((int(k), 20), (int(m), 20)) for k, m in report]
            stands = false_discovery([pair_p(*each) for each in counts], level=REPORT_LEVEL).passes
            calls = [called_better(*each) for each in counts]
            adjusted += bool(np.any(stands))
            better += any(call and stand for call, stand in zip(calls, stands, strict=True))
            single += any(calls)
        design = f"{reports:,} reports of {STANDARDS} standards at {share:.0%}, 20 files a round"
        bare = f"by the interval alone {100 * single / reports:.0f}% of reports hold a better"
        yield Promise("Any standard stands as changed after adjustment", design, 0.05, adjusted / reports, True, bare)
        yield Promise("Any better stands after adjustment", design, 0.05, better / reports, True)


def coverage() -> Iterator[Promise]:
    """Cover every possible number of compliant files on the list, worked out exactly."""
    worst = {}
    for listed in (20, 40, 60, 84, 110, 142, 196, 400):
        for read in (5, 12, 20, 30, 40, 60):
            if read < listed:
                worst[listed, read] = _least_coverage(listed, read)
    where = min(worst, key=lambda pair: worst[pair])
    design = f"exact, every count on {len(worst)} pairs of list (20 to 400) and sample (5 to 60)"
    about = f"worst, {where[1]} of {where[0]}; mean of the worsts {100 * np.mean(list(worst.values())):.1f}%"
    yield Promise("The range in whole children holds the truth", design, 0.95, worst[where], False, about)


def _least_coverage(listed: int, read: int) -> float:
    ranges = [hypergeometric_interval(k, read, listed) for k in range(read + 1)]
    low, high = (np.array([getattr(each, side) for each in ranges]) for side in ("lower", "upper"))
    truth = np.arange(listed + 1)[:, None]
    seen = hypergeom.pmf(np.arange(read + 1), listed, truth, read)
    return float((seen * ((low <= truth) & (truth <= high))).sum(axis=1).min())


def looks() -> Iterator[Promise]:
    """Look after every file, one child on the wrong side of the target: worked out exactly."""
    ours, once, always, after = (
        looking.wrongly(looking.by_sequence, (*looking.LISTS, looking.LARGE)),
        looking.wrongly(looking.one_look),
        looking.wrongly(looking.every_look),
        looking.following(),
    )
    for side, word in enumerate(("met", "not met")):
        design = (
            "exact, lists of 60, 84, 110, 200 and 400, targets 80% and 90%, looking after every file by the evidence"
        )
        about = (
            f"on lists up to 200: one look at 40 files {once[side]:.1%}; reading on to as many as would tell "
            f"{after[side]:.1%}; the rule for one look after every file {always[side]:.1%}"
        )
        yield Promise(f'Ever wrongly "{word}", whenever one looks', design, 0.025, ours[side], True, about)


def groups() -> Iterator[Promise]:
    """Draw a fixed number of files in each group of a list: worked out exactly."""
    for design in looking.DESIGNS:
        ours, wilson = looking.by_group(design)
        told = "exact, every spread of the children, " + ", ".join(f"{drawn} of {size}" for drawn, size in design)
        about = f"{ours.width:.0f} children wide; Wilson's {wilson.coverage:.1%} and {wilson.width:.0f}"
        yield Promise("The range of a draw by group holds the truth", told, 0.95, ours.coverage, False, about)


def two_phases() -> Iterator[Promise]:
    """Read all that are flagged, and draw from the rest: worked out exactly."""
    for flagged, drawn, rest in designs.PHASES:
        found = designs.in_two_phases(flagged, drawn, rest)
        told = f"exact, {flagged} flagged files read in full and {drawn} of {rest} others"
        about = f"Wilson's of all that was read {found.plain:.1%}"
        yield Promise("The range of a draw in two phases holds the truth", told, 0.95, found.coverage, False, about)


def alike(chance: np.random.Generator, *, draws: int = 3 * PAIRS) -> Iterator[Promise]:
    """Draw workers, whose files resemble each other; and draw files one by one from lists of such workers."""
    for likeness, found in designs.by_worker(chance, draws=draws):
        told = (
            f"{draws:,} draws by worker of 20, 40 and 60 files each, 2, 3, 5 and 1 to 5 to a worker, at 50%, 80% and "
            f"95%, intra-class correlation {likeness:g}"
        )
        about = f"worst, {found.where}; as if drawn one by one {found.plain:.1%}"
        yield Promise("The range of a draw by worker holds the truth", told, 0.95, found.coverage, False, about)
    told = f"{draws:,} lists of 110, five files to a worker, intra-class correlation 0.2, 30 files drawn one by one"
    held = designs.one_by_one(chance, lists=draws).coverage
    yield Promise("The range in whole children holds the truth, whoever holds the files", told, 0.95, held, False)
    wrong = designs.ever_wrongly(chance, lists=draws)
    told = f"{draws:,} orders of a list of 110 in which each worker meets the target in all files or in none"
    yield Promise('Ever wrongly "met", whoever holds the files', told, 0.025, wrong, True)
    same, others = designs.unchanged(chance, called_better, pairs=draws)
    told = f"{draws:,} pairs of 30 files drawn one by one, five to a worker on the list, intra-class correlation 0.2"
    about = f"other workers in each round {100 * others:.1f}%: their lists differ, and so does what is true of them"
    yield Promise("No change is called better, the same workers in both rounds", told, 0.05, same, True, about)


def worst_three(chance: np.random.Generator, *, rounds: int = PAIRS) -> Iterator[Promise]:
    """Audit 25 standards, choose the three lowest, change nothing, audit them again."""
    for spread in (0.0, 0.05, 0.10, 0.15):
        bare = guarded = 0
        for truth in _levels(chance, spread, rounds):
            before = [(int(k), 20) for k in chance.binomial(20, truth)]
            for place in np.argsort([k for k, _ in before], kind="stable")[:WORST]:
                now = (int(chance.binomial(20, truth[place])), 20)
                better = called_better(before[place], now)
                bare += better
                guarded += better and rebound_guard(before[place], now, family=before).stands
        judged = rounds * WORST
        design = f"{rounds:,} rounds, true levels around 65% (SD {100 * spread:.0f} points), 20 files"
        about = f"without the guard {100 * bare / judged:.1f}%"
        claim = f"The worst three of {STANDARDS}, unchanged, are called better"
        yield Promise(claim, design, 0.05, guarded / judged, True, about)


def _levels(chance: np.random.Generator, spread: float, rounds: int) -> np.ndarray:
    if spread == 0:
        return np.full((rounds, STANDARDS), 0.65)
    pull = 0.65 * 0.35 / spread**2 - 1
    return chance.beta(0.65 * pull, 0.35 * pull, (rounds, STANDARDS))


def fair_draw(*, draws: int = 2 * PAIRS, first_seed: int = SEED) -> Iterator[Promise]:
    """Whether every child had the chance of being drawn that the protocol says."""
    cases, auditors, size = _list_of_cases(), _auditors(), 20
    drawn = pd.Series(0, index=cases["child_ref"])
    for seed in range(first_seed, first_seed + draws):
        found = draw_sample(cases, size=size, auditors=auditors, seed=seed, strata="service")
        drawn[found.allocation["child_ref"]] += 1
    gap = drawn.to_numpy() / draws - found.chance
    p = _fit(gap, found.chance, cases["service"], draws)
    design = (
        f"{draws:,} draws of {size} from {len(cases)} in strata of 34, 22 and 4, auditors barred from their own team"
    )
    about = f"chi-square p = {p:.2f}"
    claim = "A child's chance of being drawn differs from the protocol"
    yield Promise(claim, design, 0.04, float(np.abs(gap).max()), True, about)


def _fit(gap: np.ndarray, chance: float, strata: pd.Series, draws: int) -> float:
    """Chi-square of inclusion counts about their stratum's mean, under drawing without replacement within it."""
    sizes = strata.map(strata.value_counts()).to_numpy()
    within = gap - pd.Series(gap).groupby(strata.to_numpy()).transform("mean").to_numpy()
    variance = chance * (1 - chance) / draws * sizes / (sizes - 1)
    return float(chi2.sf((within**2 / variance).sum(), len(gap) - strata.nunique()))


def _list_of_cases() -> pd.DataFrame:
    services = ["assessment"] * 34 + ["plans"] * 22 + ["leaving care"] * 4
    return pd.DataFrame(
        {
            "child_ref": [f"c{place:02d}" for place in range(60)],
            "team": [f"team {place % 5}" for place in range(60)],
            "worker_ref": [f"w{place % 15}" for place in range(60)],
            "service": services,
        }
    )


def _auditors() -> pd.DataFrame:
    return pd.DataFrame(
        {"auditor": [f"a{n}" for n in range(5)], "team": [f"team {n}" for n in range(5)], "capacity": [8] * 5}
    )


def measure() -> list[Promise]:
    """Every promise, each part with its own stream of the one seed."""
    streams = iter(np.random.default_rng(SEED).spawn(5))
    return [
        *no_change(next(streams)),
        *family(next(streams)),
        *planted(next(streams)),
        *coverage(),
        *looks(),
        *groups(),
        *worst_three(next(streams)),
        *fair_draw(),
        *two_phases(),
        *alike(next(streams)),
    ]


def main() -> int:
    """Measure, print, write."""
    return told(measure, name="honesty")


if __name__ == "__main__":
    sys.exit(main())
