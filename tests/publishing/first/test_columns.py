"""What each column of a form that nobody has described is taken for: a question, a fact about the child, nothing."""

import openpyxl
import pytest

import ilacs_audit as ia
from ilacs_audit.intake.loading import load_returns

PLAN, SEEN = "Is there a clear plan?", "Was the child seen alone?"


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setenv("ILACS_AUDIT_KEY", "k" * 32)
    return tmp_path / "council"


def book(path, headers, rows, **sheets):
    """A workbook of one sheet, and of more by their names with the rows of each."""
    made = openpyxl.Workbook()
    for row in (headers, *rows):
        made.active.append(list(row))
    for name, told in sheets.items():
        sheet = made.create_sheet(name.replace("_", " "))
        for row in told:
            sheet.append(list(row))
    made.save(path)
    return path


def cases(*columns):
    """A row a file: its reference, and a cell of each column."""
    return [(f"C{1001 + number}", *cells) for number, cells in enumerate(zip(*columns, strict=True))]


def new(path, place, **answers):
    """Make it an audit."""
    return ia.new_audit(path, answers={"month": "2024-11", **answers}, workspace=place, publish=False)


def counted(place):
    """How many files meet each question, of how many that say, by its text; and how many files there are."""
    work = ia.load_workspace(place)
    loaded = load_returns(work.evidence, standards=work.standards, programme=work.programme, columns=work.columns)
    told = {each.text: loaded.table.loc[loaded.table["standard_id"] == each.id, "answer"] for each in work.standards}
    met = {each.text: each.meets for each in work.standards}
    found = {text: (int(said.map(met[text]).sum()), len(said)) for text, said in told.items()}
    return found, loaded.table["child_ref"].nunique()


EIGHT, SIX = ["Yes"] * 8 + ["No"] * 4, ["Yes", "No"] * 6


@pytest.mark.parametrize("before", ["{}. ", "{}.\n", "Q{} - ", "1.{} ", "({}) ", "{}) "])
def test_a_number_before_a_question_is_no_answer(tmp_path, place, before):
    headers = ["Child ID", *(f"{before.format(number)}{text}" for number, text in ((1, SEEN), (2, PLAN)))]
    new(book(tmp_path / "Visits.xlsx", headers, cases(EIGHT, SIX)), place)
    assert list(counted(place)[0].values()) == [(8, 12), (6, 12)]


def test_a_question_that_hardly_anybody_answered_is_a_question_with_its_answers_missing(tmp_path, place):
    odd = ["Yes"] * 2 + ["No"] + ["Yes but late"] * 9
    path = book(tmp_path / "Visits.xlsx", ["Child ID", SEEN, PLAN, "Was it on time?"], cases([None] * 12, EIGHT, odd))
    made = new(path, place)
    assert counted(place)[0] == {SEEN: (0, 0), PLAN: (8, 12), "Was it on time?": (2, 3)}
    assert "21 set aside" in made.counted


def test_a_question_whose_cells_are_no_answers_is_told_and_never_learnt_as_unwanted(tmp_path, place):
    path = book(tmp_path / "Visits.xlsx", ["Child ID", SEEN, PLAN], cases(["see file", "later", "tbc"] * 4, EIGHT))
    made = new(path, place)
    assert [told for told in made.remarks if told.startswith(f"Not read: column 2, “{SEEN}”")]
    assert SEEN not in (place / "data" / "columns.yml").read_text()


def test_a_fact_about_the_child_is_no_standard_unless_a_person_says_so(tmp_path, place):
    path = book(tmp_path / "Visits.xlsx", ["Child ID", "Is the child disabled?", SEEN], cases(SIX, EIGHT))
    made = new(path, place)
    assert counted(place)[0] == {SEEN: (8, 12)}
    assert any("column 2" in told and "fact about the child" in told for told in made.remarks)
    new(path, tmp_path / "elsewhere", questions="2, 3")
    assert len(counted(tmp_path / "elsewhere")[0]) == 2
