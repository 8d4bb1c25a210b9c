"""When reading may stop: the counts are those at which the evidence decides, and the sizes those of every order."""

from itertools import permutations

import numpy as np
import pytest
from scipy.stats import hypergeom

import ilacs_audit as ia
from ilacs_audit.stats.lists.sequential import DECISIVE
from ilacs_audit.stats.lists.stopping import files_needed, stopping_counts
from ilacs_audit.stats.target import decided


@pytest.mark.parametrize("listed", [1, 7, 30])
@pytest.mark.parametrize("target", ["0.5", "0.8", "1"])
def test_a_count_decides_where_the_evidence_does(listed, target):
    for read, decisive in enumerate(stopping_counts(listed, target)):
        found = [ia.sequence_evidence(met, read, listed, target=target) for met in range(read + 1)]
        enough = [met for met, each in enumerate(found) if each.met >= DECISIVE]
        few = [met for met, each in enumerate(found) if each.not_met >= DECISIVE]
        assert decisive == (min(enough, default=None), max(few, default=None))


def test_the_files_it_takes_are_those_of_every_reading_order():
    orders = set(permutations([1] * 5 + [0] * 3))
    counts = stopping_counts(8, "0.6")

    def stops(order):
        met = np.cumsum([0, *order])
        ends = (
            (met[n] >= (c.met if c.met is not None else 9)) or met[n] <= (c.not_met if c.not_met is not None else -1)
            for n, c in enumerate(counts)
        )
        return next(read for read, end in enumerate(ends) if end)

    taken = sorted(map(stops, orders))
    found = files_needed(5, 8, target="0.6")
    assert found.mean == pytest.approx(np.mean(taken))
    assert found.most == taken[int(np.ceil(0.9 * len(taken))) - 1]


@pytest.mark.parametrize(("share", "mean", "fixed"), [(0.9, 52, 61), (0.65, 42, 52), (0.6, 29, 37), (1, 20, 15)])
def test_a_list_of_110_at_80_percent_takes_the_published_numbers(share, mean, fixed):
    # The issue that asked for this quotes means rounded up: 52 for 61, 42 for 52, 29 for 37, and 20 for 15.
    found = files_needed(round(share * 110), 110, target="0.8", least=5)
    assert np.ceil(found.mean - 1e-9) == mean
    assert found.fixed == fixed
    seen = np.arange(fixed + 1)
    right = decided(seen, np.full_like(seen, fixed), "0.8", population=110)[share < 0.8]
    assert hypergeom.pmf(seen, 110, round(share * 110), fixed)[right].sum() >= 0.9
