"""Files read beside the list that they were drawn from: tables in, tables out."""

import pandas as pd
import pytest

from ilacs_audit.analysis.plan.sample import sample_beside_list
from ilacs_audit.domain.measures import rows
from tests import build

AUDIT = "plans-2024-11"
STANDARDS = build.standards(
    build.theme("plans", [build.standard("PLN-1")]),
    build.theme("supervision", [build.standard("SUP-1")], unit="worker"),
)
NOBODY = pd.DataFrame({"child_ref": pd.Series([], dtype=str)})
CHILDREN = [f"c{at:02d}" for at in range(60)]


def listed(children, audit=AUDIT):
    """Half of the list in each of two teams, without anything else that would be known."""
    blank = {"plan_type": "", "age_band": "", "ethnicity": ""}
    teams = ["North", "South "]
    return pd.DataFrame(
        [
            {"audit_id": audit, "child_ref": c, "team": teams[at % 2], "worker_ref": f"w{at % 4}", **blank}
            for at, c in enumerate(children)
        ],
        columns=["audit_id", "child_ref", "team", "worker_ref", "plan_type", "age_band", "ethnicity"],
    )


def staff(*began):
    days = [pd.Timestamp(each) for each in began]
    return pd.DataFrame({"person_ref": [f"w{at}" for at in range(len(days))], "started_on": pd.to_datetime(days)})


ALL_ALIKE = staff("2020-01-06", "2020-01-06", "2020-01-06", "2020-01-06")


def found(read, lists, cases=NOBODY, workforce=ALL_ALIKE, *, each_group=False, **protocol):
    programme = build.programme(build.audit(AUDIT, **{"of": "plans", **protocol}))
    returns = build.answers(*((child, "PLN-1", "yes") for child in read)).assign(audit_id=AUDIT)
    about = {"programme": programme, "audits": [AUDIT], "standards": STANDARDS, "as_of": "2024-11-21"}
    return [*rows(sample_beside_list(returns, lists, cases, workforce, each_group=each_group, **about))]


def test_a_sample_of_one_team_alone_differs_by_its_team():
    (row,) = found(CHILDREN[0:40:2], listed(CHILDREN))
    assert (row.verdict, row.reason, row.numerator, row.denominator) == ("differs by more than chance", "team", 20, 60)


def test_a_sample_of_both_teams_differs_in_nothing_and_says_what_it_could_not_have_seen():
    (row,) = found(CHILDREN[:20], listed(CHILDREN))
    assert (row.verdict, row.note) == ("no difference beyond chance", "team")
    assert row.upper_limit == pytest.approx(2.802 * (0.25 / 20 * 40 / 59) ** 0.5, abs=1e-3)


def test_what_the_list_leaves_out_of_a_child_is_taken_from_the_cases_register_and_the_staff_list():
    population = listed(CHILDREN).drop(columns=["plan_type", "age_band", "ethnicity"])
    cases = pd.DataFrame(
        {"child_ref": CHILDREN, "age_band": ["0-4", "16+", "5 to 9"] * 20, "ethnicity": ["white"] * 60}
    )
    workers = staff("2024-06-01", "2015-01-05", "2015-01-05", "2015-01-05")
    (row,) = found(CHILDREN[:20], population, cases, workers)
    assert row.note == "age band, team, worker's time in post"


@pytest.mark.parametrize(
    ("read", "population", "verdict"),
    [
        (CHILDREN[:20], listed(CHILDREN, audit="another-2024-11"), "unknown: no list"),
        (CHILDREN[:20], listed([]), "unknown: no list"),
        (CHILDREN[:20], listed(CHILDREN[10:]), "unknown, as files read stand on no list"),
        (CHILDREN, listed(CHILDREN), "every file of the list was read"),
        (CHILDREN[:20], listed(CHILDREN).assign(team=""), "unknown, as nothing else is known of its children"),
    ],
)
def test_what_cannot_be_compared_is_told_in_words_and_has_no_number(read, population, verdict):
    (row,) = found(read, population)
    assert (row.verdict, row.numerator, row.denominator) == (verdict, None, None)


def test_a_draw_out_of_proportion_is_not_held_against_its_list():
    strata = [{"name": "North", "size": 30, "drawn": 15}, {"name": "South", "size": 30, "drawn": 5}]
    protocol = {"selection": "uneven", "strata": strata, "intended": 20, "population": {"size": 60}}
    (row,) = found(CHILDREN[:20], listed(CHILDREN), **protocol)
    assert row.verdict.startswith("not compared")


def test_groups_stand_beside_the_list_for_those_who_may_see_each():
    told = found(CHILDREN[:20], listed(CHILDREN), each_group=True)
    groups = {row.level: (row.numerator, row.denominator, row.reason) for row in told if row.measure == "sample_group"}
    assert groups == {"North in plans-2024-11": (10, 20, "30 of 60"), "South in plans-2024-11": (10, 20, "30 of 60")}


def test_an_audit_whose_files_are_no_childs_is_left_out():
    assert found(CHILDREN[:20], listed(CHILDREN), of="supervision") == []
