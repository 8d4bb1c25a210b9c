"""A page says what the booked round could show, and no number of files that nobody can read."""

import re

import pandas as pd
import pytest

from ilacs_audit.claims.change.changes import AS_READ, change
from ilacs_audit.claims.sentences.next_round import what_would_tell
from ilacs_audit.claims.verdicts.verdicts import verdict
from tests.build import protocol, seen, table

BOOKED = {"on": "2025-02-03", "size": 90}


def told(found, *, measure="compliance", aim="", unit="file", as_of="2024-11-21", **about):
    return what_would_tell(found, audit=protocol(**about), unit=unit, measure=measure, aim=aim, as_of=as_of)


def unsure(*, target=0.9):
    return verdict(table(*(seen(24, 30, of=110, target=target) | {"standard_id": name} for name in ("c1", "c2"))))


def moved(now=(31, 57), was=(10, 20)):
    rounds = [table(seen(*was, period="2024-05")), table(seen(*now))]
    return change(*rounds)


def test_without_a_booked_round_reading_the_whole_list_would_tell():
    assert told(unsure()) == "Reading all 110 would tell."
    assert told(unsure(), population_size=None) == ""
    assert told(moved(), measure="change") == ""


def test_a_round_whose_booked_day_has_come_tells_nothing():
    assert "3 February 2025" in told(unsure(), next=BOOKED, as_of="2025-02-02")
    assert told(unsure(), next=BOOKED, as_of="2025-02-03") == "Reading all 110 would tell."
    assert told(moved(), measure="change", next=BOOKED, as_of="2025-02-03") == ""


@pytest.mark.parametrize(("size", "many"), [(90, "two of these two"), (30, "none of these two; reading all 110 would")])
def test_a_booked_round_is_told_by_how_many_standards_it_would_settle(size, many):
    said = told(unsure(), next={"on": "2025-02-03", "size": size}, unit="request")
    assert said == f"If practice stays as it is, the {size} requests booked for 3 February 2025 would settle {many}."


def test_a_booked_round_is_told_by_the_rise_that_it_would_show():
    said = told(moved(), measure="change", next=BOOKED)
    assert said == (
        "On c1, the 90 files booked for 3 February 2025 are enough to show a rise from 54% to 77%, not a smaller one."
    )


def test_a_round_that_can_show_no_rise_is_told_as_one():
    said = told(moved(now=(29, 30), was=(25, 30)), measure="change", next=BOOKED | {"size": 30})
    assert said.endswith("cannot show any rise from 97%.")


def test_a_rise_beyond_luck_that_is_not_named_is_told_what_would_settle_it():
    rise = moved(now=(30, 40), was=(14, 40))
    lucky = rise.assign(
        verdict="cannot tell", reason="Luck could bring as much to one of all the standards compared this month."
    )
    assert told(lucky, measure="change", next=BOOKED) == (
        "What would tell of the rise: the 90 files booked for 3 February 2025, if the rise is still there."
    )
    assert told(lucky, measure="change") == ""
    for decide in ({"reason": f"{lucky['reason'].item()[:-1]}; {AS_READ}."}, {"would_turn": 1, "reason": ""}):
        missing = "What would tell of the rise: the missing answers"
        said = told(lucky.assign(missing=4, **decide), measure="change", next=BOOKED)
        assert said.startswith(f"{missing}, or the 90 files booked for 3 February 2025")
        assert told(lucky.assign(missing=4, **decide), measure="change") == f"{missing}."


def test_no_number_is_larger_than_the_list():
    for found, measure in ((unsure(), "compliance"), (moved(), "change")):
        for size in (30, 90, 400):
            said = told(found, measure=measure, next={"on": "2025-02-03", "size": size})
            assert all(int(each) <= 110 for each in re.findall(r"(?:all|the) (\d+)", said)), said


def test_where_missing_answers_decide_no_round_is_said_to_tell_nothing():
    assert told(unsure().assign(would_turn=6), next=BOOKED) == ""


def test_nothing_is_told_where_every_row_is_told_or_counts_are_rounded():
    assert told(unsure(target=0.5), next=BOOKED) == ""
    assert told(unsure().assign(status="rounded"), next=BOOKED) == ""
    assert what_would_tell(pd.DataFrame(unsure()), audit=None, unit="file", measure="compliance") == ""
