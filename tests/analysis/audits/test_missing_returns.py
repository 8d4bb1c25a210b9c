"""How many returns came of those asked for, agency by agency."""

from ilacs_audit.analysis.audits.missing_returns import missing_return_bounds
from ilacs_audit.domain.measures import rows
from tests import build

STANDARDS = build.standards(build.theme("strategy", [build.standard("STR-1", target=0.8)]))
BOTH = ["Social care", "Police"]
PROGRAMME = build.programme(
    build.audit("ours", "strategy", kind="multi_agency", intended=4, agencies=BOTH, raters=["auditor", "partner"]),
    build.audit("theirs", "strategy", kind="multi_agency", intended=15, agencies=["Police"], raters=["partner"]),
    build.audit("plain", "strategy", intended=4),
)


def returns(police, **more):
    own = [(f"C{n}", "STR-1", "yes", {"audit_id": "ours", "agency": "Social care"}) for n in range(4)]
    partner = {"audit_id": "ours", "agency": "Police", "role": "partner"}
    told = [(f"C{n}", "STR-1", "no", partner) for n in range(police)]
    return build.answers(*own, *told, **more)


def counted(table, audits=("ours", "theirs", "plain")):
    return missing_return_bounds(table, programme=PROGRAMME, audits=[*audits], standards=STANDARDS)


def came(table):
    found = (row for row in rows(counted(table)) if row.measure == "returns_came")
    return {(row.group, row.level): (row.numerator, row.denominator, row.note) for row in found}


def test_returns_are_counted_of_those_asked_of_partners_and_the_councils_own_stand_apart():
    found = came(returns(3))
    assert found["all", "all"] == found["audit", "ours"] == found["agency", "Police in ours"] == (3, 4, "")
    assert found["agency", "Social care in ours"] == (4, 4, "")


def test_an_audit_that_asks_no_partner_has_a_row_for_its_own_readers_alone():
    own = build.programme(build.audit("ours", "strategy", intended=4, agencies=["Social care"]))
    table = missing_return_bounds(returns(0), programme=own, audits=["ours"], standards=STANDARDS)
    assert [(row.group, row.numerator, row.denominator) for row in rows(table)] == [("agency", 4, 4)]


def test_an_agency_that_sent_nothing_is_a_row_of_none():
    assert came(returns(0))["agency", "Police in ours"] == (0, 4, "")


def test_a_partners_own_audit_without_returns_is_a_row_with_its_status_and_no_part_of_the_sum():
    assert came(returns(4))["audit", "theirs"] == (0, 15, "no returns held")
    assert came(returns(4))["all", "all"] == (4, 4, "")


def test_an_audit_that_asks_no_agency_has_no_row():
    assert ("audit", "plain") not in came(returns(4))


def test_each_standard_lies_between_its_ends():
    """The police answered two of four, none met: at worst none of four, at best two."""
    (row,) = (row for row in rows(counted(returns(2))) if row.measure == "agency_met")
    assert (row.numerator, row.denominator, row.missing, row.level) == (0, 2, 2, "Police in ours")
