"""Answers in the order of the draw: a gap waits, and another order than that of chance promises nothing."""

import pandas as pd
import pytest

import ilacs_audit as ia
from ilacs_audit.analysis.audits.compliance import compliance
from ilacs_audit.claims.verdicts.in_order import (
    DOUBTED_DRAW,
    NO_ORDER,
    NOT_DRAWN,
    OUT_OF_ORDER,
    TARGET_MOVED,
    by_standard,
)
from ilacs_audit.disclosure.gate.ranges import public_range
from ilacs_audit.domain.audiences import audience
from ilacs_audit.domain.measures import rows, select
from tests import build

STANDARDS = build.standards(
    build.theme(
        "consent", [build.standard("CON-1", target=0.8), build.standard("CON-2", target=0.8, applies_to="some files")]
    )
)
LISTED = {"selection": "random", "stopping": "sequence", "intended": 40, "population": {"size": 110}}
PROGRAMME = build.programme(build.audit("audit", **LISTED))
READ = [True] * 3 + [False] * 9 + [True] * 2


def files(*met, of="CON-1", **shared):
    """A file for each answer, as they were drawn; None is a file that has not come."""
    told = [
        (f"C{at}", of, "yes" if each else "no", {"drawn_as": str(at)})
        for at, each in enumerate(met, 1)
        if each is not None
    ]
    return build.answers(*told, **shared)


def found(table, by="standard"):
    told = ia.verdict(compliance(table, by=by, standards=STANDARDS, programme=PROGRAMME), standards=STANDARDS)
    return [row for row in rows(select(told, measure="compliance"))]


def test_the_range_is_the_confidence_sequence_of_the_files_in_their_order():
    table = files(*READ)
    (row,) = found(table.sample(frac=1, random_state=1))
    limits = ia.confidence_sequence(READ, 110)[-1]
    assert (row.method, row.listed, row.missing) == ("sequence", 110, 0)
    assert (round(row.lower * 110), round(row.upper * 110)) == limits
    assert row.verdict == "not met" and limits.upper < 88


def test_a_file_that_has_not_come_is_not_read_yet_and_those_after_it_wait():
    (row,) = found(files(*READ[:10], None, *READ[10:]))
    assert (round(row.lower * 110), round(row.upper * 110)) == ia.confidence_sequence(READ[:10], 110)[-1]
    assert (row.numerator, row.denominator) == (sum(READ), len(READ))
    assert row.note == "File 11 in reading order is missing; 10 files count; read it next."
    (none,) = found(files(None, *READ))
    assert (none.lower, none.verdict) == (None, "")


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"drawn_as": ""}, NOT_DRAWN),
        ({"audited_on": "2024-11-01", "rater_ref": "R"}, OUT_OF_ORDER),
        ({"audited_on": "2024-11-01", "rater_ref": "another"}, ""),
        ({"audited_on": "2024-11-30", "rater_ref": "R"}, ""),
    ],
)
def test_who_does_not_read_in_the_order_of_chance_ends_the_promise(more, why):
    last = ("C15", "CON-1", "yes", {"drawn_as": "15", **more})
    table = build.answers(
        *((f"C{at}", "CON-1", "yes", {"drawn_as": str(at), "rater_ref": "R"}) for at in range(1, 15)), last
    )
    assert by_standard(table, STANDARDS)["CON-1"].why_not == why
    (row,) = found(table)
    assert (row.lower is None) == bool(why)
    assert row.note == why


@pytest.mark.parametrize("by", ["standard", "team"])
@pytest.mark.parametrize("stopping", ["sequence", "fixed"])
def test_a_draw_in_doubt_gives_no_range_of_the_whole_nor_of_a_team(by, stopping):
    table = files(*READ).assign(drawn_as="?", drawn_in="?", team="North")
    programme = build.programme(build.audit("audit", **{**LISTED, "stopping": stopping}))
    told = compliance(table, by=by, standards=STANDARDS, programme=programme)
    (row,) = rows(select(told, measure="compliance"))
    assert (row.lower, row.upper) == (None, None)
    assert by == "team" or row.note == DOUBTED_DRAW


def test_without_an_order_beside_the_returns_there_is_no_range():
    (row,) = found(files(*READ).assign(drawn_as=""))
    assert (row.note, row.rule) == (NO_ORDER, "V0")


def test_where_nobody_knows_to_how_many_it_applies_reading_may_not_stop_early():
    table = files(*READ, of="CON-2")
    (row,) = found(table)
    assert (row.lower, row.verdict, row.rule) == (None, "", "V0")
    one_out = files(*READ)
    one_out.loc[0, "answer"] = "not applicable"
    assert [(row.lower, row.rule) for row in found(one_out)] == [(None, "V0")]
    assert [row.lower for row in found(files(*READ), by="team")] == [None]


def test_a_public_range_claims_nothing_of_files_that_wait_for_a_missing_one():
    (row,) = found(files(*[True] * 10, None, *[True] * 13))
    whole, gap = (public_range(each, audience("public")) for each in (row._replace(note=""), row))
    assert whole[0] is not None and gap == (None, None)


def test_a_target_that_was_moved_costs_its_own_standard_the_promise_and_no_other():
    table = files(*READ)
    other = table.assign(standard_id="CON-3", drawn_as="!")
    order = by_standard(pd.concat([table, other], ignore_index=True), None)
    assert (order["CON-1"].why_not, order["CON-3"].why_not) == ("", TARGET_MOVED)
