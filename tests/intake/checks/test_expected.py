"""What was expected and did not come back is told by audit, team, auditor and agency."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from ilacs_audit.analysis.draw import draw_sample
from ilacs_audit.domain.columns import DOUBTED
from ilacs_audit.domain.programme import Programme, read_programme
from ilacs_audit.domain.standards import Standards
from ilacs_audit.intake.loading import load_returns
from ilacs_audit.intake.problems import Loaded
from ilacs_audit.intake.store.reading import read_manifest
from ilacs_audit.intake.store.update import compile_store
from ilacs_audit.intake.tables.columns import ColumnMap
from ilacs_audit.publishing.owner.protocol import allocation_workbook
from tests.intake.conftest import HEADER, KEY, audit, row

Make = Callable[..., Path]
ALLOCATION = [
    ("Auditor", "Child ref", "Team", "Stratum"),
    ("Bea Birch", "0012345", "Duty & Assessment 1", "all"),
    ("Bea Birch", "0012346", "Duty & Assessment 1", "all"),
    ("Cy Cole", "0012347", "CIC", "all"),
]
RESERVES = [("Stratum", "Order", "Child ref", "Team"), ("all", 1, "0012348", "CIC")]


SEQUENCE = {"selection": "random", "stopping": "sequence", "population": 40}


def drawn_by(files: int, **protocol: Any) -> Programme:
    return read_programme([audit("plans-2024-11", "plans", **{"intended": files, **protocol})], file="programme.yml")


def sheets(path: Path, **named: list[tuple[Any, ...]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in named.items():
        sheet = book.create_sheet(name)
        for each in rows:
            sheet.append(each)
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


@pytest.fixture
def evidence(tmp_path: Path) -> Path:
    sheets(tmp_path / "draws" / "plans-2024-11.xlsx", Allocation=ALLOCATION, Reserves=RESERVES)
    return tmp_path


@pytest.fixture
def load(evidence: Path, standards: Standards, columns: ColumnMap) -> Callable[..., Loaded]:
    def loaded(*references: str, files: int = 3, protocol: Any = None, **cells: Any) -> Loaded:
        rows = [tuple([*row(each, **cells), "Met"]) for each in references]
        sheets(evidence / "returns" / "plans.xlsx", Return=[(*HEADER, "Voice of the child"), *rows])
        programme = drawn_by(files, **(protocol or {}))
        return load_returns(evidence, standards=standards, programme=programme, columns=columns, key=KEY)

    return loaded


def told(loaded: Loaded) -> list[list[Any]]:
    return loaded.problems[["rule", "file", "column", "value", "message"]].to_numpy().tolist()


def test_a_file_carries_its_place_in_the_order_of_the_draw_and_reserves_come_after(load, evidence: Path) -> None:
    placed = [(*ALLOCATION[0], "Order"), *((*line, at) for line, at in zip(ALLOCATION[1:], (2, 3, 1), strict=True))]
    sheets(evidence / "draws" / "plans-2024-11.xlsx", Allocation=placed, Reserves=RESERVES)
    found = load("0012345", "0012346", "0012347", "0012348", "0012399").table
    assert found.drop_duplicates("child_ref")["drawn_as"].tolist() == ["2", "3", "1", "4", ""]
    sheets(evidence / "draws" / "plans-2024-11.xlsx", Allocation=ALLOCATION, Reserves=RESERVES)
    assert set(load("0012345", "0012348").table["drawn_as"]) == {""}


def test_fewer_files_than_were_drawn_is_said_for_the_audit_by_its_name(load, evidence: Path) -> None:
    (evidence / "draws" / "plans-2024-11.xlsx").unlink()
    loaded = load("0012345")
    assert loaded.problems["message"].tolist() == ["1 of 3 files of plans-2024-11 came back."]
    assert loaded.problems["audit_id"].tolist() == ["plans-2024-11"]


def test_where_the_draw_is_kept_each_team_and_auditor_that_owes_a_return_is_named(load) -> None:
    owed = ["missing-return", "draws/plans-2024-11.xlsx"]
    assert told(load("0012345")) == [
        ["missing-return", "", "", "", "1 of 3 files of plans-2024-11 came back."],
        [*owed, "team", "Children in Care", "Children in Care returned 0 of 1 files drawn."],
        [*owed, "team", "Duty & Assessment 1", "Duty & Assessment 1 returned 1 of 2 files drawn."],
        [*owed, "auditor", "Bea Birch", "An auditor returned 1 of 2 files drawn."],
        [*owed, "auditor", "Cy Cole", "An auditor returned 0 of 1 files drawn."],
    ]


def test_when_every_file_drawn_came_back_nothing_is_said_whoever_read_it(load) -> None:
    assert load("0012345", "ref 0012346 ", "0012347", auditor="Di Dunn").problems.empty


def test_a_file_from_the_reserves_was_drawn_and_any_other_was_not(load) -> None:
    found = load("0012345", "0012346", "0012347", "0012348", "0099999").problems
    assert found[["rule", "severity", "row", "value"]].to_numpy().tolist() == [["not-drawn", "warning", 6, "0099999"]]


def test_more_files_than_were_drawn_are_told_where_no_draw_is_kept(load, evidence: Path) -> None:
    (evidence / "draws" / "plans-2024-11.xlsx").unlink()
    assert [each[4] for each in told(load("0012345", "0012346", "0012347", files=2)) if each[0] == "not-drawn"] == [
        "3 files of plans-2024-11 came back, more than the 2 that were drawn."
    ]


def test_the_allocation_that_draw_writes_is_understood(load, evidence: Path) -> None:
    cases = pd.DataFrame({"child_ref": [f"{n:07d}" for n in range(40)], "team": "CIC", "worker_ref": "Ann Ayers"})
    auditors = pd.DataFrame({"auditor": ["Bea Birch"], "team": ["Court"], "capacity": [10]})
    draw = draw_sample(cases, size=10, auditors=auditors, seed=7)
    (evidence / "draws" / "plans-2024-11.xlsx").write_bytes(allocation_workbook(draw))
    back = [*draw.allocation["child_ref"][1:], draw.reserves["child_ref"].iloc[0]]
    assert [each[4] for each in told(load(*back, files=10))] == [
        "Children in Care returned 9 of 10 files drawn.",
        "An auditor returned 9 of 10 files drawn.",
    ]


def in_order(*places: int) -> list[tuple[Any, ...]]:
    return [(*ALLOCATION[0], "Order"), *((*line, at) for line, at in zip(ALLOCATION[1:], places, strict=True))]


def test_an_order_with_a_place_twice_is_told(load, evidence: Path) -> None:
    sheets(evidence / "draws" / "plans-2024-11.xlsx", Allocation=in_order(1, 1, 3))
    assert load("0012345", protocol=SEQUENCE).problems["message"].tolist() == [
        "The places of the files in the order of the draw are not 1, 2, 3 and so on, each once."
    ]


@pytest.mark.parametrize("other", ["plans-2024-11 (2).xlsx", "Copy of plans-2024-11.xlsx"])
def test_two_draws_in_other_orders_are_named_and_neither_is_used(load, evidence: Path, other: str) -> None:
    sheets(evidence / "draws" / "plans-2024-11.xlsx", Allocation=in_order(1, 2, 3))
    sheets(evidence / "draws" / other, Allocation=in_order(3, 2, 1))
    loaded = load("0012345", "0012346", protocol=SEQUENCE)
    (found,) = loaded.problems[["rule", "message"]].to_numpy().tolist()
    assert found[0] == "two-draws" and f"draws/{other}" in found[1] and "draws/plans-2024-11.xlsx" in found[1]
    assert set(loaded.table["drawn_as"]) == {DOUBTED}
    sheets(evidence / "draws" / other, Allocation=in_order(1, 2, 3))
    loaded = load("0012345", "0012346", protocol=SEQUENCE)
    assert loaded.problems[["rule", "severity"]].to_numpy().tolist() == [["two-draws", "warning"]]
    assert set(loaded.table["drawn_as"]) == {"1", "2"}


def test_a_row_that_was_changed_after_the_draw_is_named_and_its_order_promises_nothing(load, evidence: Path) -> None:
    cases = pd.DataFrame({"child_ref": [f"{n:07d}" for n in range(40)], "team": "CIC", "worker_ref": "Ann Ayers"})
    auditors = pd.DataFrame({"auditor": ["Bea Birch"], "team": ["Court"], "capacity": [10]})
    path = evidence / "draws" / "plans-2024-11.xlsx"
    path.write_bytes(allocation_workbook(draw_sample(cases, size=10, auditors=auditors, seed=7)))
    book = openpyxl.load_workbook(path)
    column = [cell.value for cell in book.active[1]].index("Order") + 1
    read = str(book.active.cell(2, 2).value)
    assert load(read, protocol=SEQUENCE).problems.empty
    book.active.cell(4, column).value, book.active.cell(5, column).value = 4, 3
    book.save(path)
    loaded = load(read, protocol=SEQUENCE)
    assert loaded.problems[["rule", "message"]].to_numpy().tolist() == [
        ["draw-changed", "The draw was changed after it was made: rows 4 and 5 no longer are as chance left it."]
    ]
    assert set(loaded.table["drawn_as"]) == {DOUBTED}


def test_a_file_written_into_the_reserves_by_hand_was_not_drawn_and_a_column_of_ticks_is_no_seal(
    load, evidence: Path
) -> None:
    cases = pd.DataFrame({"child_ref": [f"{n:07d}" for n in range(40)], "team": "CIC", "worker_ref": "Ann Ayers"})
    auditors = pd.DataFrame({"auditor": ["Bea Birch"], "team": ["Court"], "capacity": [10]})
    draw = draw_sample(cases, size=10, auditors=auditors, seed=7)
    path = evidence / "draws" / "plans-2024-11.xlsx"
    path.write_bytes(allocation_workbook(draw))
    book = openpyxl.load_workbook(path)
    book["Reserves"].append(["all", 3, "0099999", "CIC"])
    book.save(path)
    back = [*draw.allocation["child_ref"], draw.reserves["child_ref"].iloc[0], "0099999"]
    found = load(*back, files=10).problems
    assert found.loc[found["rule"] == "not-drawn", "value"].tolist() == ["0099999"]
    ticked = [(*ALLOCATION[0], "Check"), *((*line, "done") for line in ALLOCATION[1:])]
    sheets(path, Allocation=ticked, Reserves=RESERVES)
    assert load("0012345", "0012346", "0012347").problems.empty


PARTS = [{"name": "flagged", "size": 2, "drawn": 2}, {"name": "the rest", "size": 30, "drawn": 1}]


@pytest.mark.parametrize(
    ("said", "protocol", "messages"),
    [
        (
            ["flagged", "the rest", "the rest"],
            {"selection": "two_phase", "strata": PARTS},
            [
                "The draw has 1 of 'flagged' (row 2), and the protocol drew 2 there.",
                "The draw has 2 of 'the rest' (rows 3 and 4), and the protocol drew 1 there.",
            ],
        ),
        (["flagged", "flagged", "the rest"], {"selection": "two_phase", "strata": PARTS}, []),
        (
            ["flagged", "flagged", "the rest"],
            {"selection": "random", "population": 30},
            ["The draw was made by part of the list (flagged and the rest), and the protocol says that it was not."],
        ),
        (
            ["all"] * 3,
            {"selection": "random", "population": 3},
            ["The draw holds 4 files with its reserves, and the list of the protocol 3."],
        ),
    ],
)
def test_a_draw_that_the_protocol_denies_is_told_and_gives_no_range(
    load, evidence: Path, said: list[str], protocol: dict[str, Any], messages: list[str]
) -> None:
    parts = [ALLOCATION[0], *((*line[:3], part) for line, part in zip(ALLOCATION[1:], said, strict=True))]
    sheets(evidence / "draws" / "plans-2024-11.xlsx", Allocation=parts, Reserves=RESERVES)
    loaded = load("0012345", "0012346", "0012347", protocol=protocol)
    assert loaded.problems["message"].tolist() == messages
    assert set(loaded.problems["rule"]) <= {"draw-differs"}
    assert (set(loaded.table["drawn_in"]) == {DOUBTED}) == bool(messages)


def test_a_draw_that_no_audit_or_nobody_can_read_is_a_problem(load, evidence: Path) -> None:
    (evidence / "draws" / "plans-2024-11.xlsx").write_bytes(b"PK broken")
    sheets(evidence / "draws" / "plan-2024-11.xlsx", Allocation=ALLOCATION)
    found = load("0012345", "0012346", "0012347").problems
    assert sorted(found[["severity", "rule", "file"]].to_numpy().tolist()) == [
        ["error", "no-audit", "draws/plan-2024-11.xlsx"],
        ["error", "unreadable-file", "draws/plans-2024-11.xlsx"],
    ]


def test_a_draw_that_is_put_in_later_makes_its_audit_anew_and_no_other_table(
    load, evidence: Path, standards: Standards, columns: ColumnMap, tmp_path: Path
) -> None:
    load("0012345", "0099999")
    draw = (evidence / "draws" / "plans-2024-11.xlsx").read_bytes()
    (evidence / "draws" / "plans-2024-11.xlsx").unlink()

    def compiled() -> tuple[str, ...]:
        about = {"standards": standards, "programme": drawn_by(2), "columns": columns, "key": KEY}
        return compile_store(evidence, tmp_path / "store", **about).read

    assert compiled() == ("plans.xlsx",)
    assert read_manifest(tmp_path / "store")["audits"]["plans-2024-11"]["warnings"] == 0
    (evidence / "draws" / "plans-2024-11.xlsx").write_bytes(draw)
    assert compiled() == ("plans.xlsx",)
    assert read_manifest(tmp_path / "store")["audits"]["plans-2024-11"]["warnings"] == 5
    assert compiled() == ()


@pytest.mark.parametrize("own", ["CSC", ""])
def test_agencies_become_roles_and_the_silent_ones_are_named(workbook: Make, standards: Standards, own: str) -> None:
    header = [
        "Request ref",
        "Child ID",
        "Agency",
        "Completed by",
        "Return received?",
        "Request appropriate",
        "Meeting timely",
    ]
    rows = [
        ["SM/1", "0012345", own, "Ann Ayers", "Yes", "Yes", "Y"],
        ["SM/1", "0012345", "Northmere Police", "Bea Birch", "Yes", "no", "Yes"],
        ["SM/1", "0012345", "Health – nurse", "", "Awaiting", "", ""],
        ["SM/1", "0012345", "Indep. auditor", "Di Dunn", "Y", "Yes", "No"],
    ]
    more = {"kind": "multi_agency", "returns": ["MA*.xlsx"], "agencies": ["CSC", "Police", "Health", "Education"]}
    programme = read_programme([audit("strategy-2024-11", "strategy", **more)], file="programme.yml")
    loaded = load_returns(workbook("MA.xlsx", [header, *rows]), standards=standards, programme=programme, key=KEY)
    kinds = loaded.table.drop_duplicates(["role", "agency"])[["role", "agency"]].to_numpy().tolist()
    assert kinds == [["auditor", "CSC"], ["partner", "Police"], ["moderator", "Independent auditor"]]
    assert loaded.table["child_ref"].str.startswith("R-").all()
    assert loaded.problems["rule"].tolist() == ["missing-return", "missing-return"]
    assert sorted(loaded.problems["message"]) == [
        "Education sent no return on this file.",
        "The return has no answers.",
    ]


def test_a_draw_whose_zeros_were_lost_is_held_against_the_returns_all_the_same(load, evidence: Path) -> None:
    lost = [ALLOCATION[0], *((who, int(ref), team, stratum) for who, ref, team, stratum in ALLOCATION[1:])]
    sheets(evidence / "draws" / "plans-2024-11.xlsx", Allocation=lost, Reserves=RESERVES)
    problems = load("0012345", "0012346", "0012347").problems
    assert problems[["rule", "file"]].to_numpy().tolist() == [["mixed-reference", "draws/plans-2024-11.xlsx"]]


def test_a_return_whose_zeros_were_lost_is_held_against_its_draw_all_the_same(load) -> None:
    loaded = load(12345, 12346, 12347)
    assert loaded.problems[["rule", "file", "row"]].to_numpy().tolist() == [["mixed-reference", "plans.xlsx", 2]]
    assert loaded.table["child_ref"].nunique() == 3


def test_a_draw_with_a_lost_reference_is_not_held_against_anything(load, evidence: Path) -> None:
    lost = [*ALLOCATION[:3], ("Cy Cole", "1.2E+04", "CIC", "all")]
    sheets(evidence / "draws" / "plans-2024-11.xlsx", Allocation=lost, Reserves=RESERVES)
    problems = load("0012345", "0012346", "0012347").problems
    assert problems[["severity", "rule"]].to_numpy().tolist() == [["error", "unreadable-file"]]
    assert "row 4, column Child ref" in problems["message"].iloc[0]
