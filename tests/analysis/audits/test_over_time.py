from datetime import date

import pandas as pd
import pytest

from ilacs_audit.analysis.audits.over_time import compliance_over_time
from ilacs_audit.domain.measures import rows
from ilacs_audit.domain.programme import read_programme

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


def rounds(months, **rebased):
    """A series of 50 files a month, of which 20 and later 40 met; the seventh round carries `rebased`."""
    entry = {"title": "Dip sample", "theme": "consent", "kind": "dip_sample", "selection": "random", "intended": 50}
    entries = [
        {
            **entry,
            "id": f"m{n:02d}",
            "period": f"{2020 + n // 12}-{n % 12 + 1:02d}",
            "on": date(2020 + n // 12, n % 12 + 1, 5),
        }
        | {"edition": 1}
        | (rebased if n == 12 else {})
        for n in range(months)
    ]
    table = series([20, 21] * 6 + [40, 41] * 6, 50)
    return table.assign(audit_id="m" + table["period"].map(_month)), read_programme(entries, file="programme.yml")


def _month(period):
    year, month = map(int, period.split("-"))
    return f"{(year - 2020) * 12 + month - 1:02d}"


DECIDED = {"rebase": {"reason": "New form in use", "role": "Head of quality", "decided": date(2021, 1, 4)}}


def test_limits_restart_where_a_person_decided_so_and_the_caption_says_who_why_and_when():
    table, programme = rounds(24, **DECIDED)
    found = list(rows(compliance_over_time(table, programme=programme)))
    assert (found[0].centre, found[-1].centre) == pytest.approx((0.41, 0.81))
    assert not any(row.signal for row in found)
    assert found[12].note.startswith(
        "Limits restarted at January 2021: New form in use (Head of quality, 4 January 2021). p-chart."
    )


def test_limits_never_restart_by_themselves():
    table, programme = rounds(24)
    found = list(rows(compliance_over_time(table, programme=programme)))
    assert {round(row.centre, 2) for row in found} == {0.61}
    assert any(row.signal for row in found)


def test_a_part_too_short_for_limits_gets_none():
    table, programme = rounds(24, **DECIDED)
    short = table[table["period"] < "2021-04"]
    found = list(rows(compliance_over_time(short, programme=programme)))
    assert found[0].centre is not None
    assert found[-1].centre is None
