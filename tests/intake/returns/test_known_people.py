"""Every identifier that came in is known to the last sweep, and ordinary sentences are not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ilacs_audit.intake.returns.reading import identifiers
from tests.intake.conftest import HEADER, row

Make = Callable[..., Path]


def test_lists_notes_and_contacts_on_other_sheets_are_known(workbook: Make) -> None:
    lists = [["Auditors", "Staff no."], ["Bea Birch", "N104200"], ["Cy Crane", "N104207"]]
    contacts = [["Queries to di.dunn@x.example or 01632 960417"]]
    known = identifiers(workbook("plans.xlsx", Return=[HEADER, row()], lists=lists, READ_ME=contacts))
    assert {"Cy Crane", "N104207", "di.dunn@x.example", "01632 960417", "0012345", "Ann Ayers", "ann ayers"} <= known


def test_sentences_under_a_cell_that_mentions_a_manager_are_not_identifiers(workbook: Make) -> None:
    header = (*HEADER, "Please say more")
    path = workbook(
        "plans.xlsx", [header, [*row(), "Manager’s note is brief"], [*row("0012346"), "Signed off in case note"]]
    )
    assert not {"Signed off in case note", "Manager’s note is brief"} & identifiers(path)


def test_registers_beside_the_returns_are_read_too(workbook: Make) -> None:
    folder = workbook("plans.xlsx", [HEADER, row()]).parent
    (folder / "registers").mkdir()
    (folder / "registers" / "workforce.csv").write_text("person_ref,team\nEli Eden,North\n")
    (folder / "registers" / "cases.csv").write_text(
        "child_ref,child name,date of birth\n0099999,Zelda Quill,12/03/2015\n"
    )
    assert {"Eli Eden", "0099999", "Zelda Quill", "12/03/2015"} <= identifiers(folder)
