"""A shortened heading is known by its words where one standard has them all, and is only ever proposed."""

import pytest

from ilacs_audit.intake.catalogue import load_standards
from ilacs_audit.intake.cells.shortened import all_told
from ilacs_audit.intake.tables.columns import ColumnMap
from ilacs_audit.intake.tables.proposals import propose
from ilacs_audit.intake.tables.shown import could_name, open_returns
from tests.conftest import ROOT

KNOWN = ("Case ID", "Team", "Social worker", "Auditor", "Date audited")
ROW = ("0012345", "Duty & Assessment 1", "W. One", "A. Two", "2024-11-06")
# A heading as somebody writes it, and the standard that has all its words; "" where none has, or where two have.
HEADINGS = {
    "CON-6": {
        **{"Mgr oversight?": "CON-4", "mgmt oversight rec'd": "CON-4", "CYP views": "CON-7", "SM agreed": "CON-5"},
        **{"partner ag views": "CON-8", "fam told info shared": "CON-2", "asst": "", "parental resp. recorded": ""},
    },
    "STR-6": {"Mtg w/in 24h": "STR-2", "hlth & ed invited": "STR-3", "immed safety": "STR-5", "ref'l seen": ""},
    "PLN-2": {"curr plan": "PLN-1", "ed plan": "", "core grp": "PLN-9", "mgr challenged drift": "PLN-11"},
    "SUP-1": {"S/V agreement on file": "SUP-2", "Wellbeing & w/load": "SUP-8", "w/load": "", "hlth assmt": ""},
}


@pytest.fixture(scope="module")
def catalogue():
    return load_standards(ROOT / "data" / "standards")


@pytest.mark.parametrize("asked", HEADINGS)
def test_a_shortened_heading_is_proposed_for_the_one_standard_that_has_its_words(asked, catalogue, workbook):
    headings = HEADINGS[asked]
    path = workbook("form.xlsx", [(*KNOWN, asked, *headings), (*ROW, *["Yes"] * (1 + len(headings)))])
    found = propose(open_returns(path, standards=catalogue).seen(ColumnMap()))
    assert {each.spelling: each.name for each in found} == headings


def test_a_shortened_heading_over_other_things_than_answers_is_no_question(catalogue, workbook):
    path = workbook("form.xlsx", [(*KNOWN, "CON-6", "Mgr oversight"), (*ROW, "Yes", "see the note of the fifth")])
    (asked,) = propose(open_returns(path, standards=catalogue).seen(ColumnMap()))
    assert (asked.meaning, asked.score) == ("ignore", 0.0)


def test_a_heading_without_words_tells_nothing():
    assert [all_told(said, known, small={"the"}) for said, known in ((["a", "b"], ["the"]), ([], ["a"]))] == [0, 0]


def test_a_shortened_heading_is_no_name_and_a_name_of_two_words_is_hidden():
    ours = frozenset({"oversight", "plan"})
    assert [could_name(each, ours) for each in ("Mgr Oversight", "Ng Plan", "Ann Oversight")] == [False, True, True]
