from datetime import date

import pytest

from ilacs_audit.analysis.audits.impact import impact
from ilacs_audit.domain.measures import measures, rows
from tests import build

FOUND = {
    "measure": "compliance",
    "standard_id": "ASM-1",
    "group": "all",
    "level": "all",
    "period": "2024-11",
    "numerator": 30,
    "denominator": 40,
    "population": 142,
    "value": 0.75,
    "selection": "random",
    "verdict": "cannot tell",
}
MOVED = FOUND | {"measure": "change", "value": 0.4, "lower": 0.18, "upper": 0.57, "verdict": "better", "rule": "C3"}


def audit(**changes):
    booked = {"on": date(2025, 2, 10), "size": 45}
    return build.programme(build.audit("daat", "assessments", intended=40, next=booked) | changes)["daat"]


def status(*changes, returned=0.95, moderated=0.125, as_of="2024-11-21", **protocol):
    trust = [{"measure": "returned", "value": returned}, {"measure": "moderated", "value": moderated}]
    found = impact(measures([FOUND]), measures(changes), measures(trust), audit=audit(**protocol), as_of=as_of)
    return next(rows(found))


def test_better_with_enough_returned_and_moderated_is_improving():
    assert (status(MOVED).verdict, status(MOVED).rule) == ("I4", "I4")


@pytest.mark.parametrize(("shares", "reason"), [({"moderated": 0.05}, "moderated"), ({"returned": 0.5}, "returns")])
def test_better_on_too_little_is_only_cannot_tell_with_the_condition_named(shares, reason):
    row = status(MOVED, **shares)
    assert row.verdict == "I2"
    assert reason in row.reason


def test_a_first_round_with_its_re_audit_booked_is_a_baseline():
    row = status()
    assert row.verdict == "I1"
    assert "10 February 2025" in row.reason


def test_a_census_is_a_baseline_also_where_the_standard_did_not_apply_to_every_file():
    read = FOUND | {"population": None, "method": "whole list", "selection": "census"}
    trust = measures([{"measure": "returned", "value": 1.0}])
    protocol = audit(selection="census", population={"list": "closures", "size": 40})
    (row,) = rows(impact(measures([read]), measures([]), trust, audit=protocol, as_of="2024-11-21"))
    assert row.verdict == "I1"


def test_a_first_round_with_nothing_booked_is_not_yet_measurable():
    assert status(next={}).verdict == "I0"


def test_old_evidence_falls_back_a_step_and_says_so():
    row = status(MOVED, as_of="2025-08-01")
    assert row.rule == "I?"
    assert "stale" in row.note
