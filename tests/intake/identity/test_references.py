"""A column of references after a spreadsheet had it: nobody is merged with or doubled by what it did."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilacs_audit.domain.standards import Standards
from ilacs_audit.intake.identity.pseudonyms import pseudonym
from ilacs_audit.intake.identity.references import read_references, reference
from ilacs_audit.intake.loading import load_register, load_returns
from ilacs_audit.intake.problems import Loaded
from ilacs_audit.intake.registers.identifiers import registered
from ilacs_audit.intake.tables.columns import ColumnMap
from tests import build
from tests.intake.conftest import HEADER, KEY, audit, row

Make = Callable[..., Path]
MIDNIGHT = datetime.combine(date(2024, 12, 3), time())


def texts(*cells: Any, known: tuple[str, ...] = ()) -> list[str]:
    return [read.text for read in read_references(cells, known=known).values()]


def cases(*cells: Any, known: tuple[str, ...] = ()) -> list[str]:
    return [read.case.removeprefix("lost-reference: ") for read in read_references(cells, known=known).values()]


@pytest.mark.parametrize(
    ("cell", "case"),
    [
        *((each, "exponent") for each in ("1.23457E+11", "1,23457E+11", "9.19e+06", "1E+11", "########")),
        *((each, "digits") for each in (1234567890123456789, 1e15, "1234567890123450000")),
        *((each, "example") for each in ("EXAMPLE", "Example only", "e.g. 1234567", "TEST", "xxxxxxx")),
        *((each, "number") for each in (12345.5, -12345, "-12345", "(12345)")),
        *((each, "date") for each in (MIDNIGHT, date(2024, 12, 3), time(3, 12))),
        *(
            (each, "date")
            for each in ("03/12/2024", "2024-12-03", "2024-12-03 00:00:00", "3-Dec", "Dec-24", "3-Dec-24")
        ),
    ],
)
def test_what_is_no_longer_a_reference_is_nobodys(cell: Any, case: str) -> None:
    assert (texts("0012345", cell), cases("0012345", cell)) == (["0012345", ""], ["", case])


@pytest.mark.parametrize(
    "cell", ["LCS-9190000-01", "12E45", "2024/12345", "MAYHEW-3", "12345678901234567", "A1", "TEST-12"]
)
def test_what_only_looks_odd_is_a_reference(cell: str) -> None:
    assert read_references(["0012345", cell])[cell].text == cell


@pytest.mark.parametrize("cell", [12346.0, "12346.0", "12,346", "'0012346", '="0012346"', "ref 0012346", "12346"])
def test_zeros_come_back_where_the_others_show_how_many(cell: Any) -> None:
    assert texts("0012345", cell) == ["0012345", "0012346"]


@pytest.mark.parametrize("cell", ["", "-", "N/A", "not known", 0, None, float("nan")])
def test_nobodys_reference_is_blank(cell: Any) -> None:
    assert read_references([cell, "0012345"])[cell] == ("", "", False)


def test_zeros_do_not_come_back_where_two_lengths_are_shown() -> None:
    assert cases("0012345", "00123456", 77) == ["", "", "zeros"]
    assert cases("0012345", 12345678, 77) == ["", "", "zeros"]


def test_a_number_is_the_child_whose_zeros_it_lost_and_a_text_may_be_another() -> None:
    assert texts("0012345", 12345) == ["0012345", "0012345"]
    assert cases("0012345", "12345") == ["", "zeros"]


def test_another_list_shows_the_zeros_where_it_knows_one_child() -> None:
    assert texts(12345, known=("0012345", "0099999")) == ["0012345"]
    assert cases(12345, known=("0012345", "12345")) == ["zeros"]
    assert cases(12345, known=("0012345", "00012345")) == ["zeros"]


def test_decimals_that_every_reference_has_are_the_councils_own() -> None:
    assert texts("1.1", "1.2", "2.10") == ["1.1", "1.2", "2.10"]
    assert cases("0012345", "0012346", "12347.5") == ["", "", "number"]


digits = st.integers(1, 9_999_999).map(lambda number: f"{number:07}")
ways = st.sampled_from(["text", "number", "float", "grouped", "apostrophe", "exponent", "date"])


def stored(text: str, way: str) -> Any:
    """A reference as a spreadsheet may keep it."""
    number = int(text)
    kept = {"text": text, "number": number, "float": f"{number}.0", "grouped": f"{number:,}", "apostrophe": f"'{text}"}
    return kept.get(
        way, f"{number:.2E}" if way == "exponent" else datetime.combine(date(2024, number % 12 + 1, 1), time())
    )


@given(st.lists(st.tuples(digits, ways), min_size=1, unique_by=lambda each: each[0]))
def test_every_child_is_read_as_itself_or_told_and_none_as_another(column: list[tuple[str, str]]) -> None:
    cells = [stored(text, way) for text, way in column]
    read = read_references(cells)
    found = [read[cell] for cell in cells]
    shown = any(text[0] == "0" and way in ("text", "apostrophe") for text, way in column)
    kept = [(each.text, text) for each, (text, _) in zip(found, column, strict=True) if each.text]
    assert all(got == truth or (not shown and got == truth.lstrip("0")) for got, truth in kept)
    assert len({got for got, _ in kept}) == len(kept)
    assert all(each.text or each.case for each in found)
    assert all(each.text for each, (_, way) in zip(found, column, strict=True) if way not in ("exponent", "date"))


@pytest.fixture
def load(workbook: Make, standards: Standards, columns: ColumnMap) -> Callable[..., Loaded]:
    def loaded(*rows: list[Any], **options: Any) -> Loaded:
        path = workbook("plans.xlsx", [HEADER, *rows])
        return load_returns(path, standards=standards, columns=columns, key=KEY, **options)

    return loaded


def children(loaded: Loaded) -> set[str]:
    return set(loaded.table["child_ref"])


def child(text: str) -> str:
    return pseudonym(text, kind="child", key=KEY.encode())


def told(loaded: Loaded) -> list[tuple[Any, ...]]:
    return list(loaded.problems[["severity", "rule", "row"]].itertuples(index=False, name=None))


def test_a_row_pasted_again_with_its_zeros_lost_is_found_to_be_the_same(load: Callable[..., Loaded]) -> None:
    loaded = load(row("0012345"), row("0012346"), row(12345), row(12347))
    assert children(loaded) == {child("0012345"), child("0012346"), child("0012347")}
    assert told(loaded) == [("warning", "mixed-reference", 4), ("error", "duplicate", 4)]


def test_a_row_whose_reference_is_lost_is_set_aside_and_told(load: Callable[..., Loaded]) -> None:
    loaded = load(row("0012345"), row("1.23E+11"), row(MIDNIGHT), row(1234567890123456789))
    assert children(loaded) == {child("0012345")}
    assert told(loaded) == [("error", "lost-reference", line) for line in (3, 4, 5)]


def test_the_files_of_one_audit_show_one_length(
    workbook: Make, standards: Standards, columns: ColumnMap, tmp_path: Path
) -> None:
    (tmp_path / "returns").mkdir()
    workbook("returns/plans one.xlsx", [HEADER, row("0012345")])
    workbook("returns/plans two.xlsx", [HEADER, row(12345, auditor="Di Dunn"), row(12346, auditor="Di Dunn")])
    programme = build.programme(audit("plans-2024-11", "plans", returns=["plans one.xlsx", "plans two.xlsx"]))
    loaded = load_returns(tmp_path, standards=standards, columns=columns, programme=programme, key=KEY)
    assert children(loaded) == {child("0012345"), child("0012346")}


def test_a_register_reads_its_references_as_a_column(tmp_path: Path) -> None:
    (tmp_path / "registers").mkdir()
    lines = ["child_ref,team", "0012345,North", "12346,North", "1.2E+11,North", "12347.0,North"]
    (tmp_path / "registers" / "cases.csv").write_text("\n".join(lines), encoding="utf-8")
    loaded = load_register("cases", tmp_path, key=KEY)
    assert children(loaded) == {child("0012345"), child("0012346"), child("0012347")}
    assert sorted(told(loaded))[:1] == [("error", "lost-reference", 4)]
    assert [each for each in told(loaded) if each[1] == "mixed-reference"] == [("warning", "mixed-reference", 3)]


def test_a_number_in_a_register_is_a_reference_that_comments_are_searched_for(workbook: Make, tmp_path: Path) -> None:
    (tmp_path / "registers").mkdir()
    workbook("registers/cases.xlsx", [["child_ref", "team"], [7700123, "North"]])
    assert registered(tmp_path, key=KEY.encode()).references == {"7700123"}


@pytest.mark.parametrize(
    ("cell", "child"),
    [
        *((each, "1234567") for each in ("#1234567", "# 1234567", "Ref: 1234567", "1234567 - Ava Moss")),
        *((each, "1234567") for each in ("1234567, Moss", "1234567 (Ava Moss)", "#1234567 Ava Moss-Birch")),
        *((each, each) for each in ("1234567-EHM", "1234567/CP", "1234567A", "LCS-1234567")),
        ("1234567 A", "1234567A"),
    ],
)
def test_a_reference_with_a_sign_or_a_name_beside_it_is_the_reference(cell, child):
    assert reference(cell) == child
