"""Where sources contradict one another, and where they only do not know."""

import pytest

from ilacs_audit.claims.verdicts.conflicts import conflict
from ilacs_audit.domain.measures import measures, rows


def sources(*told):
    return [*rows(measures({"measure": "auditors_met", **each} for each in told))]


def found(*told, pairs=()):
    return conflict(sources(*told), sources(*pairs), lambda row: row.level)


def test_one_calls_met_what_another_calls_not_met():
    told = found({"level": "auditors", "verdict": "not met"}, {"level": "the register", "verdict": "met"})
    assert told == (2, "met by the register, not met by auditors")


@pytest.mark.parametrize("word", ["met", "not met", ""])
def test_that_one_cannot_tell_is_no_conflict(word):
    assert found({"level": "auditors", "verdict": "cannot tell"}, {"level": "Police", "verdict": word}) is None


def test_two_readers_of_the_same_files_part_by_more_than_chance():
    told = found(pairs=[{"level": "Police", "verdict": "different"}, {"level": "Health", "verdict": "within chance"}])
    assert told == (2, "auditors and Police read the same files and part by more than chance")


def test_ranges_that_lie_apart_conflict_though_neither_reaches_a_verdict():
    low, high = {"level": "auditors", "lower": 0.2, "upper": 0.4}, {"level": "Police", "lower": 0.5, "upper": 0.9}
    assert found(low, high).words == "the range of Police lies above that of auditors"
    assert found(low, {**high, "lower": 0.4}) is None


def test_the_ends_of_what_was_asked_are_no_range_of_a_list():
    low, high = {"level": "auditors", "lower": 0.2, "upper": 0.4}, {"level": "all", "lower": 0.5, "upper": 0.9}
    assert found(low, {**high, "method": "bounds"}) is None
