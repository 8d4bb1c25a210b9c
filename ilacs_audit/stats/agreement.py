"""Two readers of one file: how far an auditor and a moderator agree beyond chance.

A headline rests on grades that another reader might not give. Kappa, Gwet's AC and Krippendorff's alpha each
say how far, each differently, so they are printed beside the plain counts and never given a verbal label. The
full grade scale is always passed: a library that finds the grades in the data changes the answer.
Below 10 files list the files instead.
"""

from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm
from statsmodels.stats.inter_rater import cohens_kappa

from ilacs_audit.stats.correction import Corrected as Corrected
from ilacs_audit.stats.correction import corrected_proportion as corrected_proportion
from ilacs_audit.stats.counts import CountArray, between, square
from ilacs_audit.stats.intervals import Interval

BOOTSTRAP_BELOW = 30
"""Files below which kappa's interval is drawn instead of taken from its standard error."""
DRAWS = 4000

Weights = Literal["identity", "linear", "quadratic"]
Level = Literal["nominal", "ordinal", "interval"]
Table = Sequence[Sequence[int]] | NDArray[np.generic]
Matrix = NDArray[np.float64]


class Agreement(NamedTuple):
    """Agreement beyond chance, its interval and standard error, the files behind it, and the interval's method.

    ``method`` is "bootstrap" or "standard error". Where no draw could be calculated, the interval is ``None``.
    """

    value: float
    interval: Interval | None
    standard_error: float | None
    files: int
    method: str


def weighted_kappa(
    table: Table,
    *,
    weights: Weights = "linear",
    confidence: float = 0.95,
    bootstrap_below: int = BOOTSTRAP_BELOW,
    draws: int = DRAWS,
    seed: int = 1,
) -> Agreement | None:
    """Cohen's weighted kappa of two readers, from the full grade by grade table.

    1 less the weighted disagreement over that expected from the two readers' own shares. ``None`` if there is
    no file or a reader gave one grade throughout: it would be 0 whatever the other reads. With ``bootstrap_below``
    files or more the
    interval uses the standard error of Fleiss, Cohen & Everitt 1969, else it is drawn over files with ``seed``.
    Not alone when nearly all files have one grade: print :func:`gwet_ac` beside it.
    Source: Cohen 1968, Psychol Bull 70:213; SAS PROC FREQ (0.4701).

    >>> round(weighted_kappa([[0, 4, 1], [0, 8, 0], [0, 1, 5]]).value, 4)
    0.4701
    """
    counts = square(table)
    if one_sided(counts):
        return None
    matrix, files = agreement_weights(len(counts), weights), int(counts.sum())
    # The library also makes a z-score we do not use, and divides by 0 when one reader gave a single grade.
    with np.errstate(divide="ignore", invalid="ignore"):
        library = cohens_kappa(counts, wt=None if weights == "identity" else weights)
    value, error = float(library.kappa), None if np.isnan(library.std_kappa) else float(library.std_kappa)
    if error is None or files < bootstrap_below:
        interval = _drawn(counts, lambda tables: kappas(tables, matrix), confidence, draws, seed)
        return Agreement(value, interval, error, files, "bootstrap")
    half = float(norm.isf((1 - between(confidence, "confidence")) / 2)) * error
    return Agreement(value, Interval(max(value - half, -1.0), min(value + half, 1.0)), error, files, "standard error")


def gwet_ac(
    table: Table,
    *,
    weights: Weights = "linear",
    confidence: float = 0.95,
    draws: int = DRAWS,
    seed: int = 1,
) -> Agreement | None:
    """Gwet's AC1 (identity weights) or AC2 of two readers, from the full grade by grade table.

    Chance agreement is (sum of weights) / (q(q-1)) x sum of pi(1-pi), pi the mean of the readers' shares. It
    depends on the length of the scale, and overstates agreement where there is none. ``None`` if there is no
    file or both readers gave one and the same grade throughout. Interval drawn over files with ``seed``.
    Not alone: print :func:`weighted_kappa` beside it. Source: Gwet 2008, Br J Math Stat Psychol 61:29;
    docs/methods.md 10.2 (0.781).

    >>> round(gwet_ac([[2, 1, 0, 0], [1, 10, 5, 0], [0, 1, 7, 2], [0, 0, 0, 1]]).value, 3)
    0.781
    """
    counts = square(table)
    if _one_grade(counts):
        return None
    matrix = agreement_weights(len(counts), weights)
    interval = _drawn(counts, lambda tables: gwets(tables, matrix), confidence, draws, seed)
    return Agreement(float(gwets(counts[None], matrix)[0]), interval, None, int(counts.sum()), "bootstrap")


def krippendorff_alpha(
    ratings: Sequence[Sequence[object]],
    *,
    level: Level = "ordinal",
    categories: Sequence[object],
    confidence: float = 0.95,
    draws: int = DRAWS,
    seed: int = 1,
) -> Agreement | None:
    """Krippendorff's alpha for any number of readers, some of whom may have left a file out.

    1 less the disagreement seen over that expected if all grades were shuffled. ``ratings`` has a row for each
    file and in it the readers' grades, ``None`` or NaN where one is missing; files with fewer than two grades do
    not count. ``categories`` is the full scale in order; distances for
    "ordinal" are Krippendorff's own, for "interval" they are steps on that scale. ``None`` if nothing can be
    compared or only one grade was used. Interval drawn over files. Not beside a verbal label such as "good".
    Source: Krippendorff 2011 (four readers, twelve units, ordinal: 0.815).

    >>> units = "11.1 2232 3333 3333 2222 1234 4444 1121 2222 .555 ..11 .3..".split()
    >>> grades = [[None if each == "." else int(each) for each in unit] for unit in units]
    >>> round(krippendorff_alpha(grades, categories=[1, 2, 3, 4, 5]).value, 3)
    0.815
    """
    files = coincidences(ratings, list(categories))
    total = files.sum(axis=0, keepdims=True)
    if len(files) == 0 or (total.sum(axis=2) > 0).sum() < 2:
        return None
    random = np.random.default_rng(seed)
    # Files graded alike are drawn together: the same chances, and far fewer numbers to draw.
    patterns, alike = np.unique(files, axis=0, return_counts=True)
    weights = random.multinomial(len(files), alike / len(files), size=draws)
    drawn = alphas(np.tensordot(weights, patterns, axes=1), level)
    return Agreement(float(alphas(total, level)[0]), _interval(drawn, confidence), None, len(files), "bootstrap")


def agreement_weights(grades: int, weights: Weights) -> Matrix:
    """How far each pair of grades counts as agreement: 1 for the same grade, down to 0 for the ends.

    >>> agreement_weights(3, "linear")[0]
    array([1. , 0.5, 0. ])
    """
    apart = np.abs(np.subtract.outer(np.arange(grades), np.arange(grades))) / (grades - 1)
    if weights == "identity":
        return np.eye(grades)
    if weights not in ("linear", "quadratic"):
        raise ValueError(f"weights must be identity, linear or quadratic, and {weights!r} is not.")
    return np.asarray(1 - apart ** (1 if weights == "linear" else 2), dtype=float)


def _one_grade(counts: CountArray) -> bool:
    """Whether there is no file, or both readers gave one and the same grade throughout."""
    return bool(counts.sum() == 0 or np.diagonal(counts).max() == counts.sum())


def one_sided(counts: NDArray[np.generic]) -> bool:
    """Whether a reader gave one grade throughout, or none: kappa is then 0 or no number, whatever the other read."""
    return min(int(np.count_nonzero(counts.sum(axis=way))) for way in (0, 1)) < 2


def _ratio(above: Matrix, below: Matrix) -> Matrix:
    known = np.abs(below) > 1e-12
    return np.asarray(np.divide(above, below, out=np.full(above.shape, np.nan), where=known), dtype=float)


def kappas(tables: NDArray[np.generic], weights: Matrix) -> Matrix:
    """Weighted kappa of each of several tables; NaN where it cannot be calculated."""
    shares = tables / tables.sum(axis=(1, 2), keepdims=True)
    seen = (shares * weights).sum(axis=(1, 2))
    chance = np.einsum("ti,ij,tj->t", shares.sum(axis=2), weights, shares.sum(axis=1))
    return _ratio(seen - chance, 1 - chance)


def gwets(tables: NDArray[np.generic], weights: Matrix) -> Matrix:
    """Gwet's AC of each of several tables."""
    shares, grades = tables / tables.sum(axis=(1, 2), keepdims=True), len(weights)
    used = (shares.sum(axis=1) + shares.sum(axis=2)) / 2
    seen = (shares * weights).sum(axis=(1, 2))
    chance = weights.sum() / (grades * (grades - 1)) * (used * (1 - used)).sum(axis=1)
    return _ratio(seen - chance, 1 - chance)


def _drawn(
    counts: CountArray, statistic: Callable[[CountArray], Matrix], confidence: float, draws: int, seed: int
) -> Interval | None:
    """Draw the files again with replacement, and take the middle of the statistic over the draws."""
    files = int(counts.sum())
    tables = np.random.default_rng(seed).multinomial(files, counts.ravel() / files, size=draws)
    return _interval(statistic(tables.reshape(draws, *counts.shape)), confidence)


def _interval(drawn: Matrix, confidence: float) -> Interval | None:
    tail = (1 - between(confidence, "confidence")) / 2
    known = drawn[~np.isnan(drawn)]
    if known.size == 0:
        return None
    lower, upper = np.quantile(known, [tail, 1 - tail])
    return Interval(float(lower), float(upper))


def coincidences(ratings: Sequence[Sequence[object]], categories: list[object]) -> Matrix:
    """One matrix of ordered pairs of grades for each file with two or more, each pair counting 1/(m-1)."""
    if len(categories) < 2:
        raise ValueError("categories must be the full scale, with two grades or more.")
    counts = np.zeros((len(ratings), len(categories)))
    for file, grades in enumerate(ratings):
        for grade in grades:
            if grade is None or grade != grade:
                continue
            if grade not in categories:
                raise ValueError(f"{grade!r} is not a grade of the scale {categories!r}.")
            counts[file, categories.index(grade)] += 1
    counts = counts[counts.sum(axis=1) >= 2]
    pairs = counts[:, :, None] * counts[:, None, :] - counts[:, :, None] * np.eye(len(categories))
    return np.asarray(pairs / (counts.sum(axis=1) - 1)[:, None, None], dtype=float)


def alphas(pairs: Matrix, level: Level) -> Matrix:
    """Krippendorff's alpha of each of several matrices of coincidences; NaN where it cannot be calculated."""
    margins = pairs.sum(axis=2)
    total = margins.sum(axis=1)
    distance = _distances(margins, level)
    seen = (pairs * distance).sum(axis=(1, 2)) / total
    chance = np.einsum("ti,tij,tj->t", margins, distance, margins) / (total * (total - 1))
    return 1 - _ratio(seen, chance)


def _distances(margins: Matrix, level: Level) -> Matrix:
    """Squared distance of each pair of grades, by Krippendorff's metric for the level of measurement."""
    grades = margins.shape[1]
    if level == "nominal":
        return np.broadcast_to(1 - np.eye(grades), (len(margins), grades, grades))
    if level not in ("ordinal", "interval"):
        raise ValueError(f"level must be nominal, ordinal or interval, and {level!r} is not.")
    # Middle ranks: their differences are the sum of grades from one to the other, less half of both ends.
    places = np.cumsum(margins, axis=1) - margins / 2
    if level == "interval":
        places = np.broadcast_to(np.arange(grades, dtype=float), margins.shape)
    return np.asarray((places[:, :, None] - places[:, None, :]) ** 2, dtype=float)
