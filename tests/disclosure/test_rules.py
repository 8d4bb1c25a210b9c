"""What one row may show on its own: a short list of facts about 4, 5 and 6."""

import pytest

from ilacs_audit.disclosure.gate.release import release
from ilacs_audit.domain.measures import measures, rows


def status_of(audience, **row):
    frame = measures([{"measure": "compliance", "group": "all", "level": "all", **row}])
    (seen,) = rows(release(frame, audience=audience))
    return seen.status


@pytest.mark.parametrize(
    ("audience", "group", "k", "n", "status"),
    [
        ("internal", "all", 1, 3, "low_base"),
        ("internal", "all", 3, 30, "shown"),
        ("internal", "team", 2, 4, "suppressed"),
        ("internal", "team", 2, 5, "low_base"),
        ("internal", "ethnicity", 2, 12, "shown"),
        ("board", "all", 3, 30, "shown"),
        ("board", "audit", 1, 3, "low_base"),
        ("board", "team", 3, 30, "shown"),
        ("board", "team", 2, 4, "suppressed"),
        ("board", "team", 0, 0, "shown"),
        ("board", "ethnicity", 3, 30, "suppressed"),
        ("board", "ethnicity", 26, 30, "suppressed"),
        ("board", "team x ethnicity", 3, 30, "suppressed"),
        ("public", "all", 5, 30, "suppressed"),
        ("public", "all", 6, 30, "rounded"),
        ("public", "all", 25, 30, "suppressed"),
        ("public", "all", 24, 30, "rounded"),
        ("public", "all", 0, 30, "rounded"),
        ("public", "all", 30, 30, "rounded"),
        ("public", "all", 0, 5, "suppressed"),
    ],
)
def test_a_count_is_seen_by_those_who_may(audience, group, k, n, status):
    assert status_of(audience, group=group, level="a", numerator=k, denominator=n) == status
