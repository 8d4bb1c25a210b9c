"""A reference code says what a figure is, and nothing of what it says."""

from ilacs_audit.domain.measures import measures
from ilacs_audit.domain.references import codes
from ilacs_audit.domain.references.codes import LETTERS, is_reference, reference_of, referenced, same_reference

ROW = {"measure": "compliance", "theme": "visits", "standard_id": "VIS-1", "group": "team", "level": "North"}


def coded(*records, audit="visits-2024-11"):
    return referenced(measures(records), audit=audit)["reference"].tolist()


def test_the_month_the_count_and_the_verdict_are_no_part_of_a_code():
    now = {**ROW, "period": "2024-11", "numerator": 4, "denominator": 9, "verdict": "not met"}
    later = {**ROW, "period": "2024-12", "status": "suppressed", "audience": "board"}
    assert coded(now) == coded(later, audit="visits-2024-12")


def test_another_audit_standard_group_or_measure_has_another_code():
    others = ({"standard_id": "VIS-2"}, {"level": "South"}, {"group": "agency"}, {"measure": "not_applicable"})
    every = coded(ROW, *({**ROW, **each} for each in others)) + coded(ROW, audit="plans-2024-11")
    assert len({*every}) == 6
    assert all(map(is_reference, every))


def test_a_breakdown_that_was_left_out_whole_has_none():
    assert coded({**ROW, "level": "not shown", "status": "suppressed"}) == [""]


def test_a_fact_of_an_audit_and_of_a_register_returns_under_its_code():
    fact = {"measure": "returned", "group": "audit", "level": "visits-2024-11", "period": "2024-11"}
    rows_read = {"measure": "rows_read", "group": "register", "level": "visits to 20 November 2024"}
    first = coded(fact, rows_read, audit="")
    again = {**fact, "level": "visits-2024-12"}, {**rows_read, "level": "visits to 19 December 2024"}
    assert first == coded(*again, audit="")


def test_a_window_that_begins_otherwise_is_another_figure():
    part = {"measure": "consent_agreed_in_part", "group": "all"}
    levels = ("from July 2024 to September 2024", "from October 2024 to November 2024")
    assert len({*coded(*({**part, "level": each} for each in levels))}) == 2


def test_two_figures_that_begin_alike_are_told_longer_on_one_page(monkeypatch):
    spelt = {"North": "BCDFGHJKLMNP", "South": "BCDFGHJXLMNP", "West": "XCDFGHJKLMNP"}
    monkeypatch.setattr(codes, "reference_of", lambda *what: spelt[what[5]])
    assert coded(*({**ROW, "level": each} for each in spelt)) == ["BCDFGHJK", "BCDFGHJX", "XCDFGH"]
    assert same_reference("BCDFGH", "BCDFGHJK")


def test_a_code_is_no_word_and_no_number():
    assert not {*"AEIOUY0123456789"} & {*LETTERS}
    assert is_reference(reference_of("x")) and not is_reference("CON-1") and not is_reference("BCDFG")
