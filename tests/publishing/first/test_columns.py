"""What each column of a form that nobody has described is taken for: a question, a fact about the child, nothing."""

import openpyxl
import pytest

import ilacs_audit as ia
from ilacs_audit.domain.errors import AuditError
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
    found = {text: (sum(map(met[text], said)), len(said)) for text, said in told.items()}
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


def test_a_form_over_two_sheets_is_one_and_its_files_count_once(tmp_path, place):
    second = [("Child ID", PLAN), *cases(SIX)]
    made = new(book(tmp_path / "Visits.xlsx", ["Child ID", SEEN], cases(EIGHT), Part_B=second), place)
    assert counted(place) == ({SEEN: (8, 12), PLAN: (6, 12)}, 12)
    assert made.counted.startswith("24 answers read")


def test_a_second_table_below_the_first_about_the_same_files_is_read_with_it(tmp_path, place):
    below = [(), ("Child ID", "Team", PLAN), *cases(["North"] * 12, SIX)]
    new(book(tmp_path / "Visits.xlsx", ["Child ID", "Team", SEEN], [*cases(["North"] * 12, EIGHT), *below]), place)
    assert counted(place) == ({SEEN: (8, 12), PLAN: (6, 12)}, 12)


def test_a_table_of_other_files_that_asks_something_else_is_told_and_not_read(tmp_path, place):
    other = [("Child ID", "Did the panel agree?"), *((f"C{2001 + n}", "Yes") for n in range(5))]
    made = new(book(tmp_path / "Visits.xlsx", ["Child ID", SEEN, PLAN], cases(EIGHT, SIX), Panel=other), place)
    assert counted(place) == ({SEEN: (8, 12), PLAN: (6, 12)}, 12)
    assert any("Not read: 1 table" in told for told in made.remarks)


def test_where_agencies_read_each_a_file_of_their_own_all_count_and_the_agency_is_the_team(tmp_path, place):
    path = book(tmp_path / "Visits.xlsx", ["Child ID", "Agency", SEEN], cases(["Police", "Health", "MASH"] * 4, EIGHT))
    made = new(path, place)
    assert counted(place) == ({SEEN: (8, 12)}, 12)
    assert any("all count together" in told for told in made.remarks)


def test_answers_of_partners_on_files_of_the_service_are_told_as_such(tmp_path, place):
    def all_three(name):
        rows = [(f"C{number}", agency, "No") for number in range(6) for agency in ("Police", "Health", name)]
        return book(tmp_path / "Visits.xlsx", ["Child ID", "Agency", SEEN], rows)

    made = new(all_three("Children's social care"), place)
    assert any("12 of 18 rows are partner agencies'" in told for told in made.remarks)
    with pytest.raises(AuditError, match="your own service's, so nothing would be counted"):
        new(all_three("School"), tmp_path / "elsewhere")


@pytest.mark.parametrize(
    ("header", "kinds", "told"),
    [
        ("Role", ("Moderator", "Auditor"), "a second reader's"),
        ("Reader", ("1st reader", "2nd reader"), "a second reader's"),
        ("Reviewer type", ("Auditor", "Parent"), "a second reader's"),
        ("Round", ("Baseline", "Re-audit"), "more than one round"),
        ("Wave", (1, 2), "more than one round"),
        ("When read", ("Before", "After"), "more than one round"),
    ],
)
def test_two_readers_or_two_rounds_in_one_workbook_are_refused_with_what_to_do(tmp_path, place, header, kinds, told):
    path = book(tmp_path / "Visits.xlsx", ["Child ID", header, SEEN], cases(list(kinds) * 6, EIGHT))
    with pytest.raises(AuditError, match=told):
        new(path, place)


@pytest.mark.parametrize(
    ("header", "kinds"), [("Role", ("Team manager", "IRO")), ("Round", ("2", "2")), ("Reader", ("A Lomax", "B Lomax"))]
)
def test_columns_that_only_look_so_are_no_second_reader_and_no_round(tmp_path, place, header, kinds):
    new(book(tmp_path / "Visits.xlsx", ["Child ID", header, SEEN], cases(list(kinds) * 6, EIGHT)), place)
    assert counted(place) == ({SEEN: (8, 12)}, 12)


@pytest.mark.parametrize(
    ("sheet", "told"),
    [("Moderation", "a second reader's"), ("Re-audit", "more than one"), ("Round 2", "more than one")],
)
def test_sheets_of_a_second_reader_or_a_later_round_are_refused(tmp_path, place, sheet, told):
    again = [("Child ID", SEEN), *((f"C{3000 + number}", "Yes") for number in range(4))]
    with pytest.raises(AuditError, match=told):
        new(book(tmp_path / "Visits.xlsx", ["Child ID", SEEN], cases(EIGHT), **{sheet: again}), place)


def test_a_code_that_the_workbook_explains_otherwise_is_refused(tmp_path, place):
    codes, key = ["Y"] * 8 + ["X", "N"] * 2, [("Code", "Meaning"), ("Y", "Yes"), ("N", "Not applicable"), ("X", "No")]
    with pytest.raises(AuditError, match="“N” means “not applicable”"):
        new(book(tmp_path / "Visits.xlsx", ["Child ID", SEEN], cases(codes), Key=key), place)
    new(book(tmp_path / "Plans.xlsx", ["Child ID", SEEN], cases(EIGHT), Key=[("Yes", "It was"), ("No", "Not")]), place)


def test_pass_and_fail_are_not_partly(tmp_path, place):
    made = new(book(tmp_path / "Visits.xlsx", ["Child ID", SEEN, PLAN], cases(["P"] * 8 + ["F"] * 4, EIGHT)), place)
    assert counted(place)[0] == {PLAN: (8, 12)}
    assert any("column 2" in told for told in made.remarks)


def test_a_column_about_the_answers_of_a_row_an_answer_is_no_question(tmp_path, place):
    rows = [
        (f"C{n}", text, said, "No" if said == "Yes" else "Yes")
        for n in range(8)
        for text, said in ((SEEN, "Yes"), (PLAN, "No"))
    ]
    new(book(tmp_path / "Visits.xlsx", ["Child ID", "Question", "Answer", "Is more needed?"], rows), place)
    assert counted(place)[0] == {SEEN: (8, 8), PLAN: (0, 8)}
