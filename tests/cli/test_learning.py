"""A new form's header is learnt once, from a person, and never guessed."""

import shutil

import openpyxl
import pytest

from ilacs_audit.cli import learning

PLANS = "data/example/returns/2024-11/Plans and planning audit Nov 24 v2.xlsx"
OLD, NEW = "Manager’s oversight of the plan", "Mgr oversight?"


@pytest.fixture
def renamed(small):
    """The example after somebody renamed one column and added one that names people; returns alone, to be quick."""
    workspace = small
    for part in ("registers", "commentary"):
        shutil.rmtree(workspace / "data" / "example" / part)
    book = openpyxl.load_workbook(workspace / PLANS)
    for sheet in book:
        row = next((row for row in sheet.iter_rows() if any(cell.value == OLD for cell in row)), None)
        if row:
            next(cell for cell in row if cell.value == OLD).value = NEW
            place = sheet.max_column + 1
            sheet.cell(row[0].row, place, "Who helped the auditor?")
            for number in range(row[0].row + 1, sheet.max_row + 1):
                sheet.cell(number, place, "Zebedee Quillfeather")
    book.save(workspace / PLANS)
    return workspace


def columns_file(workspace):
    return (workspace / "data" / "columns.yml").read_text(encoding="utf-8")


def read_in(said):
    """How many answers a check has read."""
    (line,) = (line for line in said.splitlines() if line.endswith("audits read."))
    return int(line.split(" answers")[0].replace(",", ""))


def test_what_a_person_says_is_remembered_and_the_second_check_asks_nothing(renamed, say, monkeypatch):
    monkeypatch.setattr(learning, "someone_is_there", lambda: True)
    before = columns_file(renamed)
    # the example's own stranger, the renamed column and the column of names, in the order of the files
    first = say("check", "--learn", "--workspace", renamed, answers="ignore\nyes\nignore\n")
    assert first.code == 0
    assert "Learnt: “Mgr oversight?” means PLN-11" in first.out
    assert "likeness 0." in first.out
    again = say("check", "--learn", "--workspace", renamed)
    assert "Every column is known" in again.out
    assert "what does it stand for?" not in again.out
    assert set(before.splitlines()) <= set(columns_file(renamed).splitlines()), "a comment of columns.yml was lost"


def test_the_answers_of_a_renamed_column_count_again_once_it_is_learnt(renamed, say):
    lost = read_in(say("check", "--workspace", renamed).out)
    found = read_in(say("check", "--accept", f"{NEW}=PLN-11", "--workspace", renamed).out)
    assert found == lost + 57


def test_answers_are_shown_and_names_are_not(renamed, say):
    said = say("check", "--learn", "--workspace", renamed)
    assert "Answers found there: " in said.out
    assert "Who helped the auditor?" in said.out
    assert "Zebedee" not in said.out + said.err
    assert "could name somebody" in said.out


def test_where_nobody_can_be_asked_nothing_is_taken(renamed, say):
    before = columns_file(renamed)
    said = say("check", "--learn", "--workspace", renamed)
    assert f'--accept "{NEW}=PLN-11"' in said.out
    assert columns_file(renamed) == before


def test_pressing_enter_takes_what_is_proposed_and_where_nothing_is_decides_nothing(renamed, say, monkeypatch):
    monkeypatch.setattr(learning, "someone_is_there", lambda: True)
    before = columns_file(renamed)
    said = say("check", "--learn", "--workspace", renamed, answers="\n\n\n")
    assert said.code == 0
    assert "Plans and planning thematic audit (plans-2024-11): standards without a column yet." in said.out
    assert said.out.count("Learnt: ") == 1
    new = set(columns_file(renamed).splitlines()) - set(before.splitlines())
    assert new == {"forms:", "  plans:", "    standards:", "      PLN-11:", f'        - "{NEW}"'}


def test_good_answers_are_kept_where_others_are_bad_and_every_bad_one_is_named(renamed, say):
    bad = ("--accept", f"{NEW}=PLN-99", "--accept", "Nowhere=ignore")
    said = say("check", "--accept", "Who helped the auditor?=ignore", *bad, "--workspace", renamed)
    assert said.code == 12
    assert "Learnt: “Who helped the auditor?”" in said.out
    assert "2 answers could not be taken" in said.err
    assert "PLN-99" in said.err
    assert "Nowhere" in said.err
    assert "Who helped the auditor?" in columns_file(renamed)


def test_a_meaning_that_does_not_exist_is_asked_again(renamed, say, monkeypatch):
    monkeypatch.setattr(learning, "someone_is_there", lambda: True)
    said = say("check", "--learn", "--workspace", renamed, answers="later\nPLN-99\nPLN-11\nlater\n")
    assert "'PLN-99' is neither a standard nor a field" in said.out
    assert "Learnt: “Mgr oversight?” means PLN-11" in said.out


def test_the_name_of_an_agency_over_a_column_is_not_a_question(renamed, say):
    assert "“Police”" not in say("check", "--learn", "--workspace", renamed).out


@pytest.mark.parametrize(
    ("told", "code", "why"),
    [
        ("PLN-11", 2, "is not HEADER=MEANING"),
        ("No such header=PLN-11", 12, "No such header is waiting"),
        (f"{NEW}=PLN-99", 12, "neither a field nor a standard"),
        (f"{NEW}=CON-4", 12, "does not ask CON-4"),
        (f"{NEW}=PLN-1", 12, "Another column stands for PLN-1 already"),
    ],
)
def test_what_cannot_be_learnt_is_refused_and_nothing_is_kept(renamed, say, told, code, why):
    before = columns_file(renamed)
    said = say("check", "--accept", told, "--workspace", renamed)
    assert said.code == code
    assert why in said.err
    assert columns_file(renamed) == before


def test_accepting_what_is_known_already_is_no_mistake(renamed, say):
    say("check", "--accept", f"{NEW}=PLN-11", "--workspace", renamed)
    again = say("check", "--accept", f"{NEW}=PLN-11", "--workspace", renamed)
    assert again.code == 0
    assert "is known already" in again.out
