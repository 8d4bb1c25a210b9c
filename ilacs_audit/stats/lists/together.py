"""Limits of a draw by worker or family, whose files hang together: fewer files drawn one by one would tell as much.

Files of one worker resemble each other. Where chance chose files one by one that does no harm: whoever holds them,
they are a random draw of the list. Where chance chose workers, forty files of eight workers are nearer to eight.
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from scipy.stats import beta, f

from ilacs_audit.stats.counts import between, share
from ilacs_audit.stats.intervals import Interval

CAUTION = 0.75  # how surely the likeness is not greater than the one reckoned with


def design_effect(successes: Sequence[int], sizes: Sequence[int]) -> float:
    """How many files of clusters tell as much as one drawn by itself: 1 where they are not alike, or one in each.

    Both counts are of each cluster that was drawn: files that met the standard, and files read. The effect is
    1 + (m - 1) r, with m the mean size of the cluster that a file is in and r the upper limit, three times in four, of
    the likeness of two files of one cluster (intra-class correlation), by the analysis of variance. Where all files met
    it, or none, nothing is known of the likeness and r is 1. Estimated and not assumed; of few clusters r is high.
    Source: Kish 1965, Survey Sampling, chapters 5 and 8; Searle 1971, Linear Models, chapter 9 (limits of r from F).
    Which share of ranges holds the truth with this caution stands in docs/methods.md 1.

    >>> round(design_effect([5, 0, 4, 1], [5, 5, 5, 5]), 2), design_effect([1, 0, 1, 1], [1, 1, 1, 1])
    (4.37, 1.0)
    """
    pairs = [share(met, read) for met, read in zip(successes, sizes, strict=True) if read]
    met, read = (np.array(each, dtype=float) for each in zip(*pairs, strict=True)) if pairs else (np.ones(1),) * 2
    files, clusters = read.sum(), len(read)
    mean_size = float((read**2).sum() / files)
    return 1 + (mean_size - 1) * _likeness(met, read, files, clusters)


def _likeness(
    met: "np.ndarray[tuple[int], np.dtype[np.float64]]", read: np.ndarray, files: float, clusters: int
) -> float:
    whole = met.sum() / files
    between_them = float((read * (met / read - whole) ** 2).sum())
    within = float(files * whole * (1 - whole)) - between_them
    if clusters < 2 or files == clusters or whole in (0, 1) or within < 1e-9:
        return 1.0
    ratio = between_them / (clusters - 1) / (within / (files - clusters))
    most = ratio / _low(clusters - 1, int(files) - clusters)
    usual = (files - float((read**2).sum()) / files) / (clusters - 1)
    return float(np.clip((most - 1) / (most + usual - 1), 0, 1))


@lru_cache(maxsize=256)
def _low(between_them: int, within: int) -> float:
    return float(f.ppf(1 - CAUTION, between_them, within))


def effective_limits(successes: int, trials: int, *, effect: float, confidence: float = 0.95) -> Interval:
    """Limits of a share whose files tell as much as `trials` / `effect` drawn one by one; wider than without.

    Clopper and Pearson's interval for that many files, which need be no whole number.
    Source: Korn and Graubard 1998, Survey Methodology 24:193.

    >>> [round(limit, 2) for limit in effective_limits(12, 15, effect=1)]
    [0.52, 0.96]
    """
    met, read = share(successes, trials)
    alone, level = read / effect, (1 - between(confidence, "confidence")) / 2
    some = met / effect
    lower = float(beta.ppf(level, some, alone - some + 1)) if met else 0.0
    upper = float(beta.isf(level, some + 1, alone - some)) if met < read else 1.0
    return Interval(lower, upper)
