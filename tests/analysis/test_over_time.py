import pandas as pd
import pytest

from ilacs_audit.analysis.over_time import compliance_over_time
from ilacs_audit.domain.measures import rows

# Montgomery, Introduction to Statistical Quality Control, Example 7.1: 30 samples of 50.
MONTGOMERY = [
    12,
    15,
    8,
    10,
    4,
    7,
    16,
    9,
    14,
    10,
    5,
    6,
    17,
    12,
    22,
    8,
    10,
    5,
    13,
    11,
    20,
    18,
    24,
    15,
    9,
    12,
    7,
    13,
    9,
    6,
]


def series(met, of):
    periods = [f"{2020 + month // 12}-{month % 12 + 1:02d}" for month in range(len(met))]
    records = [
        {"period": period, "child_ref": f"{period} {n}", "answer": "yes" if n < count else "no"}
        for period, count in zip(periods, met, strict=True)
        for n in range(of)
    ]
    same = {"audit_id": "audit", "standard_id": "CON-1", "role": "auditor", "agency": "", "audited_on": "2024-11-18"}
    return pd.DataFrame(records).assign(**same)


def test_a_long_series_of_enough_files_gets_the_published_limits():
    found = list(rows(compliance_over_time(series(MONTGOMERY, 50))))
    assert {row.method for row in found} == {"p_chart"}
    assert (found[0].centre, found[0].lower_limit, found[0].upper_limit) == pytest.approx(
        (0.2313, 0.0524, 0.4102), abs=6e-5
    )


def test_the_points_outside_are_the_published_ones_and_say_which_rule_they_break():
    found = list(rows(compliance_over_time(series(MONTGOMERY, 50))))
    assert [place for place, row in enumerate(found, start=1) if row.signal.startswith("outside")] == [15, 23]


@pytest.mark.parametrize(
    ("months", "files", "kind"),
    [(1, 20, "interval"), (2, 20, "two_intervals"), (9, 20, "intervals"), (12, 12, "run_chart")],
)
def test_short_or_thin_series_never_get_limits(months, files, kind):
    found = list(rows(compliance_over_time(series([files // 2] * months, files))))
    assert {row.method for row in found} == {kind}
    assert all(row.lower_limit is None for row in found)
    assert all(row.lower is not None for row in found)


def test_every_point_says_why_its_chart_was_chosen():
    assert "too few" in next(rows(compliance_over_time(series([5] * 5, 12)))).note


def test_a_run_chart_that_shifts_says_so_at_its_last_point():
    found = list(rows(compliance_over_time(series([3, 4] * 6 + [9, 10] * 6, 12))))
    assert [row.signal for row in found if row.signal] == ["shift in the series"]
