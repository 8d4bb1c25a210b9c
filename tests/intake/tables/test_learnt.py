"""A meaning belongs to the form it was given for, takes nothing from another, and can be changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ilacs_audit.domain.programme import Programme
from ilacs_audit.domain.standards import Standards
from ilacs_audit.intake.loading import load_returns
from ilacs_audit.intake.returns.reading import identifiers
from ilacs_audit.intake.tables.columns import ColumnMap, read_columns
from ilacs_audit.intake.tables.learnt import Said, Teaching
from ilacs_audit.intake.tables.proposals import propose
from ilacs_audit.intake.tables.shown import open_returns
from tests import build
from tests.intake.conftest import DAY, HEADER, KEY, audit, row

Make = Callable[..., Path]
TEXT = "Plan up to date"


@pytest.fixture
def programme() -> Programme:
    """Two rounds on plans, and one audit of another theme."""
    december = audit("plans-2024-12", "plans", period="2024-12", on=date(2024, 12, 4), returns=["december*.xlsx"])
    return build.programme(
        audit("plans-2024-11", "plans", returns=["plans*.xlsx"]), december, audit("consent-2024-11", "consent")
    )


@pytest.fixture
def teach(tmp_path: Path, standards: Standards, programme: Programme) -> Callable[..., dict[str, Any]]:
    """Say what headers mean in the folder's returns: what columns.yml says after it, and what was refused."""

    def say(*said: tuple[str, ...], known: Any = None) -> dict[str, Any]:
        entry: dict[str, Any] = known or {}
        returns = open_returns(tmp_path, standards=standards, programme=programme)
        told = (Said(*each) for each in said)
        learnt, bad = Teaching(returns, columns(entry)).taken(told, entry)
        return {"entry": entry, "learnt": learnt, "bad": [each.what for each in bad]}

    return say


def columns(entry: dict[str, Any]) -> ColumnMap:
    return read_columns(entry, file="columns.yml")


def answers(tmp_path: Path, standards: Standards, programme: Programme, entry: dict[str, Any]) -> dict[str, set[str]]:
    """The standards that each audit answers."""
    read = load_returns(tmp_path, standards=standards, programme=programme, columns=columns(entry), key=KEY).table
    return {str(audit): set(rows["standard_id"]) for audit, rows in read.groupby("audit_id")}


def consent(*more: str, cells: Iterable[Any] = ()) -> list[list[Any]]:
    header = [*HEADER[:5], "Consent recorded", *more]
    return [header, ["0012345", "North", "Ann Ayers", "Bea Birch", DAY, "Yes", *cells]]


def test_what_is_ignored_in_one_form_takes_nothing_from_another(
    workbook: Make, teach: Callable[..., Any], tmp_path: Path, standards: Standards, programme: Programme
) -> None:
    workbook("plans.xlsx", [HEADER, row()])
    workbook("consent.xlsx", consent("PLAN_UP_TO_DATE", cells=["Yes"]))
    said = teach(("PLAN_UP_TO_DATE", "ignore"))
    assert said["entry"] == {"forms": {"consent": {"ignore": ["PLAN_UP_TO_DATE"]}}}
    found = answers(tmp_path, standards, programme, said["entry"])
    assert found == {"plans-2024-11": {"PLA-1", "PLA-2"}, "consent-2024-11": {"CON-1"}}


@pytest.mark.parametrize("known", [{"ignore": [TEXT]}, {"forms": {"plans": {"ignore": [TEXT]}}}])
def test_what_every_form_ignores_takes_no_standards_own_wording(
    known: dict[str, Any], workbook: Make, tmp_path: Path, standards: Standards, programme: Programme
) -> None:
    workbook("plans.xlsx", [HEADER, row()])
    assert answers(tmp_path, standards, programme, known) == {"plans-2024-11": {"PLA-1", "PLA-2"}}


def test_a_standards_own_wording_is_left_out_only_where_the_audit_is_named(
    workbook: Make, teach: Callable[..., Any], tmp_path: Path, standards: Standards, programme: Programme
) -> None:
    workbook("plans.xlsx", [HEADER, row()])
    workbook("december.xlsx", [HEADER, row()])
    assert teach((TEXT, "ignore"))["bad"] == [f"“{TEXT}” is the wording of a standard itself."]
    named = teach((TEXT, "ignore", "plans-2024-12"))
    found = answers(tmp_path, standards, programme, named["entry"])
    assert found == {"plans-2024-11": {"PLA-1", "PLA-2"}, "plans-2024-12": {"PLA-2"}}


def test_next_months_return_of_the_same_form_asks_nothing(
    workbook: Make, teach: Callable[..., Any], tmp_path: Path, standards: Standards, programme: Programme
) -> None:
    header = (*HEADER[:5], "Is it a current plan?", HEADER[6])
    workbook("plans.xlsx", [header, row()])
    said = teach(("Is it a current plan?", "PLA-1"))
    workbook("december.xlsx", [header, row()])
    returns = open_returns(tmp_path, standards=standards, programme=programme)
    assert propose(returns.seen(columns(said["entry"]))) == []


def test_a_meaning_is_changed_by_saying_another(workbook: Make, teach: Callable[..., Any]) -> None:
    workbook("plans.xlsx", [(*HEADER[:6], "Odd question"), row()])
    first = teach(("Odd question", "PLA-2"))
    again = teach(("Odd question", "PLA-3"), known=first["entry"])
    assert again["entry"]["forms"]["plans"]["standards"] == {"PLA-2": [], "PLA-3": ["Odd question"]}
    assert (again["bad"], len(again["learnt"])) == ([], 1)


def test_a_change_leaves_the_form_whose_own_wording_it_is(workbook: Make, teach: Callable[..., Any]) -> None:
    workbook("plans.xlsx", [HEADER, row()])
    workbook("consent.xlsx", consent("PLAN_UP_TO_DATE", cells=["Yes"]))
    first = teach(("PLAN_UP_TO_DATE", "ignore"))
    again = teach(("PLAN_UP_TO_DATE", "comment"), known=first["entry"])
    assert again["entry"]["forms"] == {"consent": {"ignore": [], "fields": {"comment": ["PLAN_UP_TO_DATE"]}}}
    assert again["bad"] == []


def test_a_change_for_one_form_leaves_what_every_form_knows(workbook: Make, teach: Callable[..., Any]) -> None:
    workbook("plans.xlsx", [(*HEADER, "Desk"), [*row(), "North"]])
    said = teach(("Desk", "ignore"), known={"fields": {"agency": ["Desk"]}})
    assert said["entry"] == {"fields": {"agency": ["Desk"]}, "forms": {"plans": {"ignore": ["Desk"]}}}


def test_where_another_round_reads_a_header_otherwise_the_meaning_is_one_audits(
    workbook: Make, teach: Callable[..., Any]
) -> None:
    workbook("plans.xlsx", [(*HEADER, "Desk"), [*row(), "North"]])
    workbook("december.xlsx", [(*HEADER, "Desk"), [*row(), "North"]])
    known = {"forms": {"plans-2024-12": {"fields": {"agency": ["Desk"]}}}}
    said = teach(("Desk", "ignore"), known=known)
    assert said["entry"]["forms"]["plans-2024-11"] == {"ignore": ["Desk"]}


def test_a_star_means_every_unknown_header_that_begins_so_and_no_other(
    workbook: Make, teach: Callable[..., Any]
) -> None:
    workbook("consent.xlsx", consent("Points - a", "Points - b", "Pointless", cells=[1, 2, 3]))
    said = teach(("Points - *", "ignore"))
    assert {each.spelling for each in said["learnt"]} == {"Points - a", "Points - b"}


def test_good_answers_are_kept_and_each_bad_one_is_told(workbook: Make, teach: Callable[..., Any]) -> None:
    workbook("plans.xlsx", [(*HEADER, "Desk", "The odd one", "The odder one"), [*row(), "North", "Met", "Met"]])
    said = teach(
        ("Desk", "agency"),
        ("The odd one", "PLA-1"),
        ("The odder one", "PLA-99"),
        ("Nowhere", "ignore"),
        ("Desk", "CON-1"),
    )
    assert [each.spelling for each in said["learnt"]] == ["Desk"]
    assert said["bad"] == [
        "'PLA-99' is neither a field nor a standard.",
        "No such header is waiting for a meaning: 'Nowhere'.",
        "The audit does not ask CON-1, so “Desk” cannot mean it there.",
        "Another column stands for PLA-1 already, so “The odd one” cannot.",
    ]


def test_a_column_of_answers_is_never_proposed_as_a_persons_name(
    workbook: Make, standards: Standards, tmp_path: Path
) -> None:
    path = workbook("plans.xlsx", [(*HEADER, "CHILD_NAMED", "Worker names"), [*row(), "Yes", 7]])
    found = propose(open_returns(path, standards=standards).seen(ColumnMap()))
    assert [(each.spelling, each.meaning) for each in found] == [("CHILD_NAMED", "ignore"), ("Worker names", "ignore")]


@pytest.mark.parametrize("header", ["Ava Moss", "MOSS, AVA", "Willow", "May Will", "3716506"])
def test_a_header_that_could_be_a_person_is_neither_shown_nor_kept(
    header: str, workbook: Make, teach: Callable[..., Any], tmp_path: Path, standards: Standards, programme: Programme
) -> None:
    workbook("plans.xlsx", [(*HEADER, header, "Legal Status"), [*row(), "Met", "CIN"]])
    (seen,) = open_returns(tmp_path, standards=standards, programme=programme).seen(ColumnMap())
    assert [each.spelling for each in propose([seen])] == ["Legal Status"]
    assert seen.hidden == 1
    said = teach((header, "ignore"))
    assert (said["learnt"], said["entry"], len(said["bad"])) == ([], {}, 1)


def test_a_child_over_the_first_row_of_answers_is_not_shown(
    workbook: Make, tmp_path: Path, standards: Standards, programme: Programme
) -> None:
    rows = [
        ("", "Ava Moss", "Ben Lakey"),
        *((f"{asked} seen", "Met", "Met") for asked in ("Chronology", "Genogram")),
    ]
    workbook("plans.xlsx", rows)
    shown = open_returns(tmp_path, standards=standards, programme=programme).seen(ColumnMap())
    assert "Ava" not in " ".join(text for each in shown for _, text, _ in each.headers())


def test_whoever_stands_under_a_header_learnt_for_one_form_is_searched_for(
    workbook: Make, tmp_path: Path, standards: Standards, programme: Programme
) -> None:
    workbook("consent.xlsx", consent("Who is it about?", cells=["Zebedee Quillfeather"]))
    workbook("nobodys.xlsx", consent("Who is it about?", cells=["Ottoline Fairweather"]))
    known = columns({"forms": {"consent": {"fields": {"child_name": ["Who is it about?"]}}}})
    found = identifiers(tmp_path, columns=known, standards=standards, programme=programme)
    assert {"Zebedee Quillfeather", "Ottoline Fairweather"} <= found
