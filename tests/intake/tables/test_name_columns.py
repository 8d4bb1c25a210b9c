"""Names with affixes and names in two columns: one person for masking, for the own-case check and for the search."""

from __future__ import annotations

import pytest

from ilacs_audit.disclosure.search.scan import scan
from ilacs_audit.intake.loading import load_returns
from ilacs_audit.intake.returns.reading import identifiers
from ilacs_audit.intake.tables.columns import read_columns
from tests.intake.conftest import DAY, HEADER, KEY

AFFIXED = [
    "DRAGOMIR, Ileana (Northmere CYP)",
    "12;#Ileana Dragomir",
    "Ileana Dragomir - Social Worker",
    "Dragomir, Ileana @ Northmere",
    r"NORTHMERE\ileana.dragomir",
    "i:0#.f|membership|ileana.dragomir@northmere.example",
    "Ms Ileana Dragomir, Team Manager",
    "idragomir",
]


def line(reference="0012345", worker="Ann Ayers", auditor="Bea Birch"):
    return [reference, "Duty & Assessment 1", worker, auditor, DAY, "Met", "Not met"]


@pytest.mark.parametrize("name", AFFIXED)
def test_an_auditor_with_an_affix_is_seen_to_audit_their_own_work(workbook, standards, name):
    path = workbook("plans.xlsx", [HEADER, line(worker="Ileana Dragomir", auditor=name)])
    assert load_returns(path, standards=standards, key=KEY).problems["rule"].tolist() == ["own-case"]


@pytest.mark.parametrize("name", AFFIXED[:-1])
def test_a_worker_with_an_affix_is_searched_for_and_masked_by_the_name(workbook, standards, name):
    path = workbook("plans.xlsx", [(*HEADER, "Comments"), [*line(worker=name), "Ask Dragomir; Ileana Dragomir knows."]])
    assert not scan("Ileana Dragomir was asked.", identifiers(path, standards=standards)).empty
    loaded = load_returns(path, standards=standards, key=KEY)
    assert loaded.table["comment"].tolist()[0] == "Ask [name]; [name] [name] knows."


PAIRS = [
    ("FORENAME", "SURNAME"),
    ("First name", "Family name"),
    ("Child's first name", "Child's surname"),
    ("Given names", "Last name"),
    ("Forename of child", "Surname of child"),
]


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("turned", [False, True])
def test_a_name_in_two_columns_is_one_name(workbook, standards, pair, turned):
    name = ("Jo", "QUILL-ROE")
    heads, cells = (pair[::-1], name[::-1]) if turned else (pair, name)
    said = "Jo’s words are used; Jo Quill-Roe was seen, and Quill agreed."
    path = workbook("plans.xlsx", [(*heads, *HEADER, "Comments"), [*cells, *line(), said]])
    loaded = load_returns(path, standards=standards, key=KEY)
    assert loaded.problems["rule"].tolist() == ["free-text-identifier"]
    masked = "[name]’s words are used; [name] [name] was seen, and [name] agreed."
    assert loaded.table["comment"].tolist()[0] == masked
    assert not scan("It was Jo Quill-Roe.", identifiers(path, standards=standards)).empty


def test_a_name_that_was_ignored_is_hidden_all_the_same(workbook, standards):
    columns = read_columns({"ignore": ["SURNAME", "Known as"]}, file="columns.yml")
    path = workbook(
        "plans.xlsx", [("SURNAME", "Known as", *HEADER, "Comments"), ["McQuillan", "Elka", *line(), "Elka rang."]]
    )
    loaded = load_returns(path, standards=standards, columns=columns, key=KEY)
    assert loaded.table["comment"].tolist()[0] == "[name] rang."
    assert not scan("It was McQuillan.", identifiers(path, standards=standards, columns=columns)).empty


def test_an_auditor_in_two_columns_is_seen_to_audit_their_own_work(workbook, standards):
    header = ["Case ID", "Worker", "Auditor surname", "Auditor forename", "Plan up to date", "Actions SMART"]
    path = workbook("plans.xlsx", [header, ["0012345", "Ileana Dragomir", "Dragomir", "Ileana", "Met", "Met"]])
    assert load_returns(path, standards=standards, key=KEY).problems["rule"].tolist() == ["own-case"]


def test_children_known_by_two_columns_only_are_told_apart_by_both(workbook, standards):
    rows = [["Forename", "Surname", "Plan up to date", "Actions SMART"]]
    rows += [[first, "Moss", "Met", "Met"] for first in ("Ava", "Ben")]
    loaded = load_returns(workbook("plans.xlsx", rows), standards=standards, key=KEY)
    assert loaded.table["child_ref"].nunique() == 2


@pytest.mark.parametrize("header", ["SURNAME", "Mother's name", "Known as", "Full name", "Preferred name"])
def test_a_column_that_says_name_is_searched_for_though_it_is_not_read(workbook, standards, header):
    path = workbook(
        "plans.xlsx", [(header, *HEADER, "Comments"), ["McQuillan", *line(), "McQuillan rang from Sheffield."]]
    )
    loaded = load_returns(path, standards=standards, key=KEY)
    assert set(loaded.problems["rule"]) == {"unknown-column", "free-text-identifier"}
    assert loaded.table["comment"].tolist()[0] == "[name] rang from Sheffield."
    assert not scan("It was McQuillan.", identifiers(path, standards=standards)).empty


@pytest.mark.parametrize("header", ["Name of school", "Team name", "Course name", "Placement name"])
def test_the_name_of_a_place_is_nobodys(workbook, standards, header):
    said = "The move to Sheffield went well."
    rows = [(header, *HEADER, "Comments"), ["Sheffield", *line(), said]]
    loaded = load_returns(workbook("plans.xlsx", rows), standards=standards, key=KEY)
    assert loaded.table["comment"].tolist()[0] == said


def test_a_subject_that_is_a_person_is_masked_in_comments_and_searched_for(workbook, standards):
    told = ["Ava McQuillan", "Zoltan Quill"]
    rows = [
        ("Subject", *HEADER, "Comments"),
        *([name, *line(), f"{name.split()[1]} rang from Sheffield."] for name in told),
    ]
    path = workbook("plans.xlsx", rows)
    assert set(load_returns(path, standards=standards, key=KEY).table["comment"]) == {"", "[name] rang from Sheffield."}
    assert not scan("It was Zoltan Quill.", identifiers(path, standards=standards)).empty


def test_a_subject_that_is_a_topic_is_nobody(workbook, standards):
    said = "The Plan was late."
    rows = [("Subject", *HEADER, "Comments"), ["Plan", *line(), said], ["Visit of the worker", *line(), said]]
    loaded = load_returns(workbook("plans.xlsx", rows), standards=standards, key=KEY)
    assert set(loaded.table["comment"]) == {"", said}
