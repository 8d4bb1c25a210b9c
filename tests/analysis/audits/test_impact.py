from datetime import date

import pytest

from ilacs_audit.analysis.audits.impact import impact
from ilacs_audit.claims.change.changes import CRITICAL_UP
from ilacs_audit.claims.change.impact import UNEXPLAINED
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


def asked(**theme):
    return build.standards(build.theme("assessments", [build.standard("ASM-1")], **theme))


def status(*changes, found=FOUND, returned=0.95, moderated=0.125, as_of="2024-11-21", told=None, **protocol):
    trust = [{"measure": "returned", "value": returned}, {"measure": "moderated", "value": moderated}]
    about = {"audit": audit(**protocol), "as_of": as_of, **(told or {})}
    return next(rows(impact(measures([found]), measures(changes), measures(trust), **about)))


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


def test_how_long_evidence_holds_is_the_theme_s_to_say():
    assert [
        status(MOVED, as_of=day, told={"standards": asked(**theme)}).rule
        for theme in ({}, {"stale_after": 12}, {"stale_after": 1})
        for day in ("2024-12-31", "2025-08-01", "2025-12-01")
    ] == ["I4", "I?", "I?", "I4", "I4", "I?", "I?", "I?", "I?"]


FALLEN = MOVED | {"value": -0.17, "lower": -0.34, "upper": -0.02, "verdict": "worse", "rule": "C4"}


@pytest.mark.parametrize("reason", [CRITICAL_UP, f"{CRITICAL_UP} Fewer than 10% were read again by a moderator."])
def test_a_critical_standard_that_is_worse_is_worsening_and_says_why(reason):
    row = status(FALLEN | {"reason": reason})
    assert (row.verdict, row.reason) == ("I6", CRITICAL_UP)
    assert status(FALLEN | {"reason": "The fall is at least 10 points."}).reason == "The change is worse."


STEADY = MOVED | {"value": 0.0, "lower": -0.14, "upper": 0.14, "verdict": "cannot tell", "rule": "C5"}


@pytest.mark.parametrize(
    ("lasting", "target", "agreeing", "verdict", "named"),
    [
        ([MOVED], "met", {"ASM-1": "Health"}, "I5", "Health found the same"),
        ([MOVED], "met", {}, "I4", "no second source agrees"),
        ([MOVED], "cannot tell", {"ASM-1": "Health"}, "I4", "target is not shown to be met"),
        ([], "met", {"ASM-1": "Health"}, "I2", ""),
    ],
)
def test_what_was_better_and_is_better_still_is_sustained_if_the_target_is_met_and_a_second_source_agrees(
    lasting, target, agreeing, verdict, named
):
    told = {"lasting": measures(lasting), "agreeing": agreeing}
    row = status(STEADY, found=FOUND | {"verdict": target}, told=told)
    assert row.verdict == verdict
    assert named in row.reason


def test_what_was_better_once_and_is_worse_now_is_worsening():
    fallen = STEADY | {"lower": -0.4, "upper": -0.1, "verdict": "worse", "rule": "C4"}
    assert status(fallen, told={"lasting": measures([MOVED]), "agreeing": {"ASM-1": "Health"}}).verdict == "I6"


@pytest.mark.parametrize(
    ("day", "meant", "told"),
    [("2024-11-02", [], False), ("2024-11-02", ["ASM-2"], True), ("2024-11-20", ["ASM-1"], True)],
)
def test_a_rise_that_came_before_anything_meant_for_it_is_not_explained(day, meant, told):
    done = {"id": "new-form", "title": "A new form", "on": day, "kind": "form", "standards": meant}
    now = build.audit("daat", period="2024-11", on="2024-11-18", interventions=[done])
    rounds = list(build.programme(now, build.audit("was", period="2024-10", on="2024-10-07")))
    row = status(MOVED | {"note": "14 of 40 in October 2024"}, told={"rounds": rounds})
    assert row.verdict == "I4"
    assert (UNEXPLAINED in row.reason) == told
