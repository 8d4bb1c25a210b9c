"""Where reading could have stopped: the first file at which the evidence decides, and no earlier than the fifth."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ilacs_audit as ia
from ilacs_audit.analysis.stopping import stopping, waiting, why_not
from ilacs_audit.claims.verdicts.estimates import OVERFULL_LIST
from ilacs_audit.domain.measures import rows
from ilacs_audit.stats.lists.sequential import DECISIVE
from tests import build

STANDARDS = build.standards(build.theme("consent", [build.standard("CON-1", target=0.8)]))


def work(met, stopping="sequence", of=40, audience="internal"):
    """What of an opened audit is looked at: its protocol, its standards, and files in the order of the draw."""
    listed = {"selection": "random", "stopping": stopping, "intended": of, "population": {"size": of}}
    told = [(f"C{at}", "CON-1", "yes" if each else "no", {"drawn_as": str(at)}) for at, each in enumerate(met, 1)]
    audit = build.programme(build.audit("audit", **listed))["audit"]
    return SimpleNamespace(audience=audience, audit=audit, standards=STANDARDS, answers=build.answers(*told))


@given(st.lists(st.booleans(), min_size=1, max_size=40))
def test_reading_could_have_stopped_where_the_evidence_first_decided(met):
    sides = [ia.sequence_evidence(sum(met[:read]), read, 40, target=0.8) for read in range(1, len(met) + 1)]
    stops = [max(read, 5) for read, each in enumerate(sides, 1) if max(each) >= DECISIVE]
    told = [(row.measure, row.numerator, row.denominator) for row in rows(stopping(work(met))) if row.group == "all"]
    if stops and stops[0] <= len(met):
        assert told == [("decided", sum(met[: stops[0]]), stops[0])]
    elif not stops:
        assert told == [("read_on", sum(met), len(met))]


@pytest.mark.parametrize(("met", "verdict"), [([True] * 20, "met"), ([False] * 8, "not met"), ([True, False] * 2, "")])
def test_the_side_that_was_decided_is_the_verdict_of_the_range(met, verdict):
    row, *trace = rows(stopping(work(met)))
    assert [each.denominator for each in trace] == [*range(5, len(met) + 1, 5)]
    limits = ia.confidence_sequence(met[: row.denominator], 40)[-1]
    assert row.verdict == verdict == ("met" if limits.lower >= 32 else "not met" if limits.upper < 32 else "")


def test_where_more_were_read_than_the_list_is_said_to_hold_nothing_was_decided():
    assert not stopping(work([True] * 10, of=10)).empty
    assert stopping(work([True] * 12, of=10)).empty and why_not(work([True] * 12, of=10)) == OVERFULL_LIST


def test_an_audit_of_a_fixed_size_could_not_have_stopped():
    assert stopping(work([True] * 30, stopping="fixed")).empty
    assert why_not(work([True])) == ""


def test_where_it_could_have_stopped_is_told_to_internal_readers_alone():
    assert stopping(work([True] * 30, audience="board")).empty


def test_a_skipped_file_is_named_with_how_many_count_and_what_to_read_next():
    some = work([True] * 12)
    some.answers = some.answers[some.answers["drawn_as"] != "7"]
    assert [*waiting(some)] == ["File 7 in reading order is missing; 6 files count; read it next."]
    assert [*waiting(work([True] * 12))] == []
