"""What agencies say of a standard, counted by hand, and what the returns that never came could make of it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from ilacs_audit.claims.verdicts.missing_returns import agency_counts, partner_agencies
from ilacs_audit.domain.measures import rows
from tests import build

STANDARDS = build.standards(
    build.theme("strategy", [build.standard("STR-1", target=0.8), build.standard("STR-2", target=0.8, critical=True)])
)
AGENCIES = ("Police", "Health")
FILES = 20


def audit(intended=FILES, size=60, agencies=("Social care", *AGENCIES), **said):
    about = {"population": {"list": "requests", "size": size}} if size else {}
    entry = build.audit(
        "audit", "strategy", kind="multi_agency", intended=intended, agencies=[*agencies], **about, **said
    )
    return build.programme(entry)["audit"]


def returns(answers, standard="STR-1"):
    """Social care read every file, and of each agency what it answered: yes, no, or nothing."""
    own = [(f"C{n}", standard, "yes", {"agency": "Social care"}) for n in range(FILES)]
    partner = {"role": "partner"}
    told = [
        (f"C{n}", standard, said, {"agency": agency, **partner})
        for agency, each in answers.items()
        for n, said in enumerate(each)
        if said
    ]
    return build.answers(*own, *told)


def counted(answers, protocol=None, standard="STR-1"):
    table = returns(answers, standard)
    found = agency_counts(table, protocol or audit(), standards=STANDARDS, problems=None)
    return {row.level: row for row in rows(found)}


def test_together_the_lowest_is_what_came_and_the_highest_adds_every_missing_return():
    """Police 8 of 10 and Health 15 of 20, of 40 asked: 23 of 30 came, so 23 to 33 of 40."""
    found = counted({"Police": ["yes"] * 8 + ["no"] * 2, "Health": ["yes"] * 15 + ["no"] * 5})["audit"]
    assert (found.numerator, found.denominator, found.missing) == (23, 30, 10)
    assert (found.lower, found.upper) == (23 / 40, 33 / 40)


def test_together_the_tipping_point_is_the_fewest_missing_that_carry_the_count_over_the_target():
    """Of 40 asked 32 are needed. By what came, 23 of 30, it is not met; nine of the missing would have to meet it."""
    found = counted({"Police": ["yes"] * 8 + ["no"] * 2, "Health": ["yes"] * 15 + ["no"] * 5})["audit"]
    assert (found.verdict, found.would_turn) == ("cannot tell", 9)


def test_a_verdict_of_the_asked_stands_where_both_ends_give_it():
    """8 of 20 came from the police and nobody met it: at best 12 + 12 of 40."""
    found = counted({"Police": ["no"] * 8, "Health": ["yes"] * 12 + ["no"] * 8})["audit"]
    assert (found.lower, found.upper, found.verdict) == (12 / 40, 24 / 40, "not met")


def test_one_agency_has_a_range_for_the_list_that_holds_all_its_missing_returns():
    """14 of 16, 4 missing of 20, from a list of 60: as of 14 of 20 below and of 18 of 20 above."""
    row = counted({"Police": ["yes"] * 14 + ["no"] * 2, "Health": ["yes"] * 20})["Police in audit"]
    full = {
        met: counted({"Police": ["yes"] * met + ["no"] * (20 - met), "Health": ["yes"] * 20})["Police in audit"]
        for met in (14, 18)
    }
    assert (row.method, row.population, row.missing) == ("hypergeometric", 60, 4)
    assert (row.lower, row.upper) == (full[14].lower, full[18].upper)


def test_an_agency_that_sent_nothing_lacks_all_that_was_asked_of_it():
    found = counted({"Police": ["yes"] * 20})
    assert set(found) == {"audit", "Police in audit"}
    assert (found["audit"].denominator, found["audit"].missing) == (20, 20)


def test_one_partner_alone_is_what_partners_say_together():
    found = counted({"Police": ["yes"] * 18 + ["no"] * 2}, audit(agencies=("Social care", "Police")))
    together, alone = found["audit"], found["Police in audit"]
    assert (together.lower, together.upper, together.method) == (alone.lower, alone.upper, "hypergeometric")


def test_a_critical_standard_that_an_agency_failed_is_not_called_met():
    every = ["yes"] * 19 + ["no"]
    found = counted({"Police": every, "Health": every}, audit(size=20), standard="STR-2")
    assert {(row.verdict, row.rule) for row in found.values()} == {("", "X1")}


def test_auditors_and_second_readers_are_no_partners():
    second = build.answers(("C1", "STR-1", "yes", {"role": "moderator", "agency": "Independent"}))
    protocol = audit(agencies=("Social care", "Police", "Independent"))
    both = build.pd.concat([returns({}), second])
    assert partner_agencies(both, protocol) == ["Police"]


def test_fewer_files_on_the_list_than_came_is_no_fault():
    protocol = audit(intended=None, size=15)
    assert counted({"Police": ["yes"] * 20, "Health": ["yes"] * 20}, protocol)["Police in audit"].denominator == 20


SAID = st.lists(st.sampled_from(["yes", "no"]), min_size=FILES, max_size=FILES)
CAME = st.lists(st.booleans(), min_size=FILES, max_size=FILES)


@settings(max_examples=40, deadline=None)
@given(truth=st.tuples(SAID, SAID), came=st.tuples(CAME, CAME))
def test_the_truth_lies_within_the_bounds_whatever_the_missing_hold(truth, came):
    full = counted(dict(zip(AGENCIES, truth, strict=True)))
    sent = [
        [said if there else "" for said, there in zip(*each, strict=True)] for each in zip(truth, came, strict=True)
    ]
    for level, row in counted(dict(zip(AGENCIES, sent, strict=True))).items():
        if row.denominator:
            told = full[level]
            share = told.numerator / told.denominator
            assert row.numerator <= told.numerator <= row.numerator + row.missing
            assert row.lower <= share + 1e-12
            assert share <= row.upper + 1e-12
            assert row.verdict in ("cannot tell", "") or row.verdict == told.verdict
