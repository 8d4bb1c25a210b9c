"""Which audit a file belongs to is read from the programme, never guessed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ilacs_audit.domain.errors import ReturnsError
from ilacs_audit.domain.programme import Programme
from ilacs_audit.domain.standards import Standards
from ilacs_audit.intake.files.sources import sources
from ilacs_audit.intake.loading import load_returns
from tests import build
from tests.intake.conftest import KEY, audit, row

Make = Callable[..., Path]
PLANS = ("Case ID", "Team", "Social worker", "Auditor", "Date audited", "Plan up to date", "Actions SMART")


def test_two_files_for_one_audit_are_refused_with_both_names(
    workbook: Make, standards: Standards, programme: Programme
) -> None:
    workbook("plans v2.xlsx", [PLANS, row()])
    workbook("consent.xlsx", [("Case ID", "Consent recorded", "Family told"), ("0012345", "Yes", "No")])
    folder = workbook("plans v3.xlsx", [PLANS, row("0012345", "Met", "Not met")]).parent
    loaded = load_returns(folder, standards=standards, programme=programme, key=KEY)
    refused = loaded.problems[loaded.problems["rule"] == "two-files"]
    assert sorted(refused["file"]) == ["plans v2.xlsx", "plans v3.xlsx"]
    assert "plans v3.xlsx" in refused.set_index("file").loc["plans v2.xlsx", "message"]
    assert loaded.table["audit_id"].unique().tolist() == ["consent-2024-11"]


def test_a_file_that_no_audit_claims_is_a_problem(workbook: Make, standards: Standards, programme: Programme) -> None:
    workbook("plans.xlsx", [(*PLANS, "Voice of the child"), [*row(), "Met"]])
    folder = workbook("stray.xlsx", [PLANS, row()]).parent
    loaded = load_returns(folder, standards=standards, programme=programme, key=KEY)
    assert loaded.problems[["rule", "file"]].to_numpy().tolist() == [["no-audit", "stray.xlsx"]]
    assert loaded.table["period"].unique().tolist() == ["2024-11"]


def test_only_the_periods_files_are_read(workbook: Make, standards: Standards, programme: Programme) -> None:
    folder = workbook("plans.xlsx", [PLANS, row()]).parent
    assert len(load_returns(folder, standards=standards, programme=programme, key=KEY, period="2024-11").table) == 2
    assert load_returns(folder, standards=standards, programme=programme, key=KEY, period="2024-10").table.empty


def test_without_a_programme_each_file_is_its_own_audit(workbook: Make, standards: Standards) -> None:
    loaded = load_returns(workbook("plans of ours.xlsx", [PLANS, row()]), standards=standards, key=KEY)
    assert loaded.table[["audit_id", "period"]].drop_duplicates().to_numpy().tolist() == [["plans of ours", "2024-11"]]


def test_nothing_to_read_is_an_error_with_what_to_do(tmp_path: Path, standards: Standards) -> None:
    (tmp_path / "notes.docx").write_text("x")
    with pytest.raises(ReturnsError, match="not a kind of file"):
        load_returns(tmp_path, standards=standards, key=KEY)
    with pytest.raises(ReturnsError, match="no such file"):
        load_returns(tmp_path / "absent", standards=standards, key=KEY)


def test_lock_files_of_an_open_workbook_are_left_alone(workbook: Make, standards: Standards) -> None:
    path = workbook("plans.xlsx", [PLANS, row()])
    (path.parent / "~$plans.xlsx").write_bytes(b"x")
    assert load_returns(path.parent, standards=standards, key=KEY).problems.empty


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("Consent audit [Nov 24].xlsx", "Consent audit [Nov 24].xlsx"),
        ("Consent audit [1] final.xlsx", "consent audit [1]*.xlsx"),
        ("Cafe\u0301 audit.xlsx", "Caf\u00e9 audit.xlsx"),
        ("Consent  audit #2 & more \U0001f600.XLSX ", "consent audit #2 & more \U0001f600.xlsx"),
    ],
)
def test_a_file_is_named_as_a_person_would_compare_names(name: str, pattern: str) -> None:
    found, problems = sources({name: Path(name)}, build.programme(audit("a", "consent", returns=[pattern])))
    assert [each.audit_id for each in found] == ["a"]
    assert problems == []


def test_brackets_in_a_pattern_are_not_one_of_these_letters() -> None:
    wanted = build.programme(audit("a", "consent", returns=["Audit [Nov 24].xlsx"]))
    assert sources({"Audit N.xlsx": Path("Audit N.xlsx")}, wanted)[0] == []


def test_workbooks_with_different_files_are_one_audit(
    workbook: Make, standards: Standards, programme: Programme
) -> None:
    workbook("plans Ann.xlsx", [PLANS, row("0012345"), row("0012346")])
    folder = workbook("plans Bea.xlsx", [PLANS, row("0012347", "Met", "Not met")]).parent
    loaded = load_returns(folder, standards=standards, programme=programme, key=KEY)
    assert (loaded.table["child_ref"].nunique(), len(loaded.table)) == (3, 6)
    assert set(loaded.problems["rule"]) == {"missing-column", "not-drawn"}  # three came, and two were drawn


def test_one_file_sent_twice_is_read_once_and_told(workbook: Make, standards: Standards, programme: Programme) -> None:
    path = workbook("plans Ann.xlsx", [PLANS, row("0012345")])
    path.with_name("plans Ann (1).xlsx").write_bytes(path.read_bytes())
    loaded = load_returns(path.parent, standards=standards, programme=programme, key=KEY)
    assert (len(loaded.table), loaded.problems["rule"].tolist()) == (2, ["two-files", "missing-column"])


@pytest.mark.parametrize(("folder", "way"), [("", "'plans-2024-11/plans\\*.xlsx'"), ("sent", "'sent/plans\\*.xlsx'")])
def test_two_files_that_contend_are_told_the_pattern_that_reads_both(
    workbook: Make, standards: Standards, programme: Programme, folder: str, way: str
) -> None:
    path = workbook("plans v2.xlsx", [PLANS, row()])
    place = path.parent / "returns" / folder
    place.mkdir(parents=True)
    path.rename(place / path.name)
    workbook("plans v3.xlsx", [PLANS, row(), row("0012346")]).rename(place / "plans v3.xlsx")
    with pytest.raises(ReturnsError, match=way):
        load_returns(path.parent, standards=standards, programme=programme, key=KEY)


def test_files_beside_one_that_cannot_be_opened_are_not_taken_for_all(
    workbook: Make, standards: Standards, programme: Programme
) -> None:
    folder = workbook("plans v2.xlsx", [PLANS, row()]).parent
    (folder / "plans v3.xlsx").write_bytes(b"no workbook")
    workbook("consent.xlsx", [("Case ID", "Consent recorded", "Family told"), ("0012345", "Yes", "No")])
    loaded = load_returns(folder, standards=standards, programme=programme, key=KEY)
    assert set(loaded.table["audit_id"]) == {"consent-2024-11"}
    assert sorted(loaded.problems.loc[loaded.problems["severity"] == "error", "rule"]) == [
        "two-files",
        "unreadable-file",
    ]
