"""A new form's header is learnt once, from a person, and never guessed."""

import openpyxl
import pytest

from ilacs_audit.cli import learning
from ilacs_audit.intake.tables.columns import load_columns, read_columns
from ilacs_audit.intake.tables.learnt_text import with_learnt
from ilacs_audit.intake.tables.proposals import Proposal, learn

PLANS = "data/example/returns/2024-11/Plans and planning audit Nov 24 v2.xlsx"
OLD, NEW = "Manager’s oversight of the plan", "Mgr oversight?"


@pytest.fixture
def renamed(small):
    """The example after somebody renamed one column and added one that names people."""
    workspace = small
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


def test_pressing_enter_decides_nothing(renamed, say, monkeypatch):
    monkeypatch.setattr(learning, "someone_is_there", lambda: True)
    before = columns_file(renamed)
    assert say("check", "--learn", "--workspace", renamed, answers="\n\n\n").code == 0
    assert columns_file(renamed) == before


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


SPELLINGS = [
    Proposal("Plan: is it current? #2", "standard", "PLN-1"),
    Proposal("yes", "standard", "REF-9"),
    Proposal('Auditor "on the day"', "field", "auditor"),
    Proposal("Job title", "field", "supervisor"),
    Proposal("Postcode", "ignore", ""),
]


def test_spellings_are_put_into_the_text_and_mean_what_was_learnt(root):
    text = (root / "data" / "columns.yml").read_text(encoding="utf-8")
    expected = learn(load_columns(root / "data" / "columns.yml"), SPELLINGS)
    made = with_learnt(text, SPELLINGS, expected=expected)
    assert made is not None
    assert set(text.splitlines()) <= set(made.splitlines())


@pytest.mark.parametrize("text", ["", "# only a comment\n", "ignore:\n- one\n", "fields:\n  team:\n  - T\n\n# end\n"])
def test_spellings_are_put_into_small_files_too(text):
    import yaml

    known = read_columns(yaml.safe_load(text) or {}, file="columns.yml")
    expected = learn(known, SPELLINGS)
    made = with_learnt(text, SPELLINGS, expected=expected)
    assert made is None or read_columns(yaml.safe_load(made), file="columns.yml") == expected


def test_a_file_written_another_way_is_written_anew_and_the_earlier_text_kept(renamed, say):
    path = renamed / "data" / "columns.yml"
    flowing = columns_file(renamed).replace(
        "  PLN-11:\n    - Manager’s", "  PLN-11: [Manager’s oversight]\n#   - Manager’s"
    )
    flowing = flowing.replace("    - Management oversight\n\n  ASM-1:", "\n  ASM-1:")
    path.write_text(flowing, encoding="utf-8")
    said = say("check", "--accept", f"{NEW}=PLN-11", "--workspace", renamed)
    assert "columns.before.yml" in said.out
    assert (renamed / "data" / "columns.before.yml").read_text(encoding="utf-8") == flowing
    assert NEW in load_columns(path).standards["PLN-11"]
