"""A SharePoint list reads as the sheet that it was before SharePoint wrote it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ilacs_audit.domain.errors import ReturnsError
from ilacs_audit.domain.standards import Standards
from ilacs_audit.intake.cells.listed import plain
from ilacs_audit.intake.loading import load_returns
from ilacs_audit.intake.returns.reading import identifiers
from tests import build
from tests.intake.conftest import HEADER, KEY, row

LISTED = ("Case_x0020_ID", "Team", "Social_x0020_worker", "Auditor", "Date_x0020_audited")
ASKED = ("Plan_x0020_up_x0020_to_x0020_dat", "Actions_x0020_SMART")


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("12;#Priya Nandra", "Priya Nandra"),
        ("12;#Priya Nandra;#15;#Owen Castell", "Priya Nandra; Owen Castell"),
        ("12;#Priya Nandra,#i:0#.f|membership|priya@x.gov.uk", "Priya Nandra"),
        (";#East;#West;#", "East; West"),
        ("string;#Met", "Met"),
        ("3;#Draft", "Draft"),
        ("Partly; #2 on the list", "Partly; #2 on the list"),
        ("Line_x000D_break", "Line\rbreak"),
        ("max_xylophone", "max_xylophone"),
    ],
)
def test_a_cell_loses_what_only_the_list_needed(cell: str, said: str) -> None:
    assert plain(cell) == said


def test_a_list_reads_as_the_same_sheet_without_its_marks(workbook: Callable[..., Path], standards: Standards) -> None:
    plainly = workbook("plans.xlsx", [HEADER, row(), row("0012346", "Met", "Not met")])
    usual = load_returns(plainly, standards=standards, key=KEY)
    people = {"worker": "7;#Ann Ayers", "auditor": "12;#Bea Birch"}
    rows = [["ID", "Title", *LISTED, *ASKED, "Modified", "Created", "Author"]]
    for number, (ref, *said) in enumerate([("0012345", "Met", "Met"), ("0012346", "Met", "Not met")], start=1):
        own = ["2024-11-06T10:15:00Z", "2024-11-06T10:15:00Z", "3;#Systems Account"]
        rows.append([number, f"Audit {number}", *row(ref, *said, **people), *own])
    path = plainly.with_name("plans.csv")
    path.write_text("\n".join(",".join(map(str, each)) for each in rows), encoding="utf-8")
    listed = load_returns(path, standards=standards, key=KEY)
    assert listed.problems.empty
    wanted = ["child_ref", "team", "worker_ref", "rater_ref", "audited_on", "standard_id", "answer"]
    assert listed.table[wanted].equals(usual.table[wanted])


def test_whoever_a_list_names_is_masked_and_searched_for(workbook: Callable[..., Path], standards: Standards) -> None:
    cells = row(worker="7;#Ann Ayers;#8;#Omar Bell")
    rows = [[*HEADER, "Comments"], [*cells, "Ann Ayers and Omar Bell met the family."]]
    path = workbook("plans.xlsx", rows)
    comment = load_returns(path, standards=standards, key=KEY).table["comment"].str.cat()
    assert "Ann" not in comment
    assert "Omar" not in comment
    assert {"Ann Ayers", "Omar Bell"} <= identifiers(path, standards=standards)


@pytest.mark.parametrize(("header", "known"), [("Plan up to…", True), ("Plan up to...", True), ("Plan…", False)])
def test_a_header_cut_short_is_read_where_one_question_alone_begins_so(
    workbook: Callable[..., Path], standards: Standards, header: str, known: bool
) -> None:
    rows = [[*HEADER[:5], header, "Actions SMART"], row("0012345", "Met", "Met")]
    loaded = load_returns(workbook("plans.xlsx", rows), standards=standards, key=KEY)
    assert len(loaded.table) == 1 + known


def test_a_header_cut_short_that_two_questions_begin_with_is_left_unread(
    workbook: Callable[..., Path], standards: Standards
) -> None:
    two = build.standards(
        build.theme("plans", [build.standard(f"A-{how}", f"Was the child seen {how}") for how in ("alone", "often")])
    )
    rows = [[*HEADER[:5], "Was the child seen…", "Comments"], row("0012345", "Yes", "")]
    with pytest.raises(ReturnsError, match="more than one thing"):
        load_returns(workbook("plans.xlsx", rows), standards=two, key=KEY)
