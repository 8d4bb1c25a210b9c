"""What each column of a form that nobody has described is taken for: a question, a fact about the child, nothing."""

import openpyxl
import pytest

import ilacs_audit as ia
from ilacs_audit.cli.learning import learn_columns
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
    assert any("partner agencies: 12 of 18" in told for told in made.remarks)
    with pytest.raises(AuditError, match="your own service's, so nothing would be counted"):
        new(all_three("School"), tmp_path / "elsewhere")


def answered(place, role="auditor"):
    """How many files readers of a role find to meet each question, of how many that say, over every month."""
    work = ia.load_workspace(place)
    loaded = load_returns(work.evidence, standards=work.standards, programme=work.programme, columns=work.columns)
    ours = loaded.table[loaded.table["role"] == role]
    said = [(each, list(ours.loc[ours["standard_id"] == each.id, "answer"])) for each in work.standards]
    return {each.text: (sum(map(each.meets, told)), len(told)) for each, told in said}


@pytest.mark.parametrize(
    ("header", "kinds", "role"),
    [
        ("Role", ("Moderator", "Auditor"), "moderator"),
        ("Reader", ("2nd reader", "1st reader"), "moderator"),
        ("Reviewer type", ("Parent", "Auditor"), "family"),
        ("Stage", ("Moderation", "Audit"), "moderator"),
    ],
)
def test_a_second_readers_rows_are_kept_apart_and_the_column_is_not_asked_about_again(
    tmp_path, place, header, kinds, role
):
    rows = [
        (f"C{1001 + n}", kind, "No" if kind == kinds[0] else said) for n, said in enumerate(EIGHT) for kind in kinds
    ]
    made = new(book(tmp_path / "Visits.xlsx", ["Child ID", header, SEEN], rows), place, chosen="census")
    assert made.answers["readers"] == "apart"
    assert (answered(place), answered(place, role)) == ({SEEN: (8, 12)}, {SEEN: (0, 12)})
    assert ia.load_workspace(place).programme[made.audit].population_size == 12
    later = new(book(tmp_path / "Again.xlsx", ["Child ID", header, SEEN], rows), place, month="2024-12")
    assert "readers" not in later.answers
    assert (answered(place), answered(place, role)) == ({SEEN: (16, 24)}, {SEEN: (0, 24)})


def test_a_second_reader_owes_no_answer_and_is_nobody_who_read_first(tmp_path, place):
    rows = [
        row
        for n, said in enumerate(EIGHT)
        for row in ((f"C{1001 + n}", "A Lomax", "Auditor", said), (f"C{1001 + n}", "B Quill", "Moderator", None))
    ]
    rows[1] = ("C1001", "A Lomax", "Moderator", "No")
    rows[3] = ("C1002", "B Quill", "Moderator", "Yes")
    made = new(book(tmp_path / "Visits.xlsx", ["Child ID", "Auditor", "Role", SEEN], rows), place)
    assert (answered(place), answered(place, "moderator")) == ({SEEN: (8, 12)}, {SEEN: (1, 1)})
    assert "1 set aside" in made.counted


def test_readers_count_together_where_a_person_says_so(tmp_path, place):
    path = book(tmp_path / "Visits.xlsx", ["Child ID", "Role", SEEN], cases(["Moderator", "Auditor"] * 6, EIGHT))
    new(path, place, readers="together")
    assert counted(place) == ({SEEN: (8, 12)}, 12)


@pytest.mark.parametrize("headers", [("Role", ("Moderator", "Auditor")), ("Round", ("Baseline", "Re-audit"))])
def test_a_later_month_that_mixes_readers_or_rounds_is_not_read_until_somebody_says_what_the_column_means(
    tmp_path, place, headers
):
    header, kinds = headers
    new(book(tmp_path / "Visits.xlsx", ["Child ID", header, SEEN], cases([kinds[1]] * 12, EIGHT)), place)
    assert counted(place) == ({SEEN: (8, 12)}, 12)
    returns = next((place / "data").rglob("Visits.xlsx"))
    book(returns, ["Child ID", header, SEEN], cases(list(kinds) * 6, EIGHT))
    with pytest.raises(AuditError, match=f'--accept "{header}=ignore"'):
        counted(place)
    learn_columns(ia.load_workspace(place), accept=[f"{header}=ignore"])
    assert counted(place) == ({SEEN: (8, 12)}, 12)


@pytest.mark.parametrize(
    ("header", "kinds"),
    [
        ("Round", ("Baseline", "Re-audit")),
        ("Wave", (1, 2)),
        ("When read", ("Before", "After")),
        ("Month", ("Sep", "Oct")),
    ],
)
def test_two_rounds_or_months_in_one_workbook_are_refused_unless_they_count_together(tmp_path, place, header, kinds):
    path = book(tmp_path / "Visits.xlsx", ["Child ID", header, SEEN], cases(list(kinds) * 6, EIGHT))
    with pytest.raises(AuditError, match="more than one round"):
        new(path, place)
    assert not place.exists()
    new(path, place, rounds="yes")
    assert counted(place) == ({SEEN: (8, 12)}, 12)


@pytest.mark.parametrize(
    ("header", "kinds"),
    [("Role", ("Team manager", "Second tier manager")), ("Round", ("2", "2")), ("Reader", ("A Lomax", "B Lomax"))],
)
def test_columns_that_only_look_so_are_no_second_reader_and_no_round(tmp_path, place, header, kinds):
    new(book(tmp_path / "Visits.xlsx", ["Child ID", header, SEEN], cases(list(kinds) * 6, EIGHT)), place)
    assert counted(place) == ({SEEN: (8, 12)}, 12)


@pytest.mark.parametrize(
    ("sheets", "told"),
    [
        (("Audit", "Moderation"), "a second reader's"),
        (("Audit", "Re-audit"), "more than one"),
        (("Audit", "Round 2"), "more than one"),
        (("Sept", "October"), "more than one"),
        (("North Sep 24", "North Oct 24"), "more than one"),
        (("Q1", "Q2"), "more than one"),
    ],
)
def test_sheets_and_workbooks_of_a_second_reader_or_of_several_rounds_are_refused(tmp_path, place, sheets, told):
    first, again = (
        [("Child ID", SEEN), *((f"C{start + number}", "Yes") for number in range(4))] for start in (3000, 4000)
    )
    one = book(tmp_path / "Visits.xlsx", *[first[0], first[1:]], **{sheets[1]: again})
    renamed = openpyxl.load_workbook(one)
    renamed.active.title = sheets[0]
    renamed.save(one)
    with pytest.raises(AuditError, match=told):
        new(one, place)
    with pytest.raises(AuditError, match=told):
        new(
            [
                book(tmp_path / f"{name}.xlsx", rows[0], rows[1:])
                for name, rows in zip(sheets, (first, again), strict=True)
            ],
            place,
        )


def test_a_sheet_a_team_with_its_month_is_one_month(tmp_path, place):
    again = [("Child ID", SEEN), *((f"C{3000 + number}", "Yes") for number in range(4))]
    path = book(tmp_path / "Visits.xlsx", ["Child ID", SEEN], cases(EIGHT), **{"North Nov 24": again, "May": again[:1]})
    new(path, place)
    assert counted(place) == ({SEEN: (12, 16)}, 16)


@pytest.mark.parametrize("heading", ["{} (moderator)", "Moderated: {}", "Moderator's view: {}", "{}: 2nd reader"])
def test_a_column_headed_as_moderated_holds_the_moderators_answers_and_no_standard(tmp_path, place, heading):
    odd = ["Moderated?", "Moderated: were actions clear?", f"{SEEN} (parent)"]
    headers = ["Child ID", SEEN, heading.format(SEEN), PLAN, *odd]
    path = book(tmp_path / "Visits.xlsx", headers, cases(EIGHT, ["No"] * 6 + [None] * 6, SIX, SIX, SIX, SIX))
    made = new(path, place)
    assert (answered(place), answered(place, "moderator")) == (
        {SEEN: (8, 12), PLAN: (6, 12)},
        {SEEN: (0, 6), PLAN: (0, 0)},
    )
    assert [told[:19] for told in made.remarks] == [f"Not read: column {number}," for number in (5, 6, 7)]


def test_the_auditors_and_the_moderators_column_under_one_question_are_two_readings(tmp_path, place):
    rows = [(None, None, None), *cases(EIGHT, ["No"] * 12, SIX, [None] * 12)]
    made = openpyxl.Workbook()
    for row in (["Child ID", SEEN, "", PLAN, ""], ["", *["Auditor", "Moderator"] * 2], *rows[1:]):
        made.active.append(row)
    made.save(tmp_path / "Visits.xlsx")
    new(tmp_path / "Visits.xlsx", place)
    assert list(answered(place).values()) == [(8, 12), (6, 12)]
    assert list(answered(place, "moderator").values()) == [(0, 12), (0, 0)]


def test_a_question_in_other_words_in_a_second_workbook_is_asked_about_within_the_first_month_too(tmp_path, place):
    other = SEEN.replace("alone", "on their own")
    books = [
        book(tmp_path / "North.xlsx", ["Child ID", SEEN, PLAN], cases(EIGHT, SIX)),
        book(tmp_path / "South.xlsx", ["Child ID", other, PLAN], [(f"C{2000 + n}", "Yes", "No") for n in range(4)]),
    ]
    made = new(books, place)
    assert list(counted(place)[0].values()) == [(8, 12), (4, 4), (6, 16)]
    assert made.answers["same_3"] == "no"
    third = [(f"C{3000 + n}", "Yes", "No") for n in range(4)]
    books.append(book(tmp_path / "East.xlsx", ["Child ID", "Child seen alone?", PLAN], third))
    new(books, tmp_path / "elsewhere", same="yes")
    assert counted(tmp_path / "elsewhere")[0] == {SEEN: (16, 20), PLAN: (6, 20)}


def test_a_code_that_the_workbook_explains_otherwise_is_refused(tmp_path, place):
    codes, key = ["Y"] * 8 + ["X", "N"] * 2, [("Code", "Meaning"), ("Y", "Yes"), ("N", "Not applicable"), ("X", "No")]
    with pytest.raises(AuditError, match="“N” means “not applicable”"):
        new(book(tmp_path / "Visits.xlsx", ["Child ID", SEEN], cases(codes), Key=key), place)
    passed = [("P", "Pass"), ("N", "Not passed")]
    with pytest.raises(AuditError, match="“P” means “Pass”"):
        new(book(tmp_path / "Visits.xlsx", ["Child ID", SEEN], cases(["P"] * 8 + ["N"] * 4), Key=passed), place)
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


def test_a_team_merged_over_its_rows_is_the_team_of_each(tmp_path, place):
    teams = [team if number % 4 == 0 else None for team in ("North", "South", "East") for number in range(4)]
    path = book(tmp_path / "Visits.xlsx", ["Child ID", "Team", SEEN], cases(teams, EIGHT))
    merged = openpyxl.load_workbook(path)
    for first in (2, 6, 10):
        merged.active.merge_cells(start_row=first, end_row=first + 3, start_column=2, end_column=2)
    merged.save(path)
    new(path, place)
    work = ia.load_workspace(place)
    loaded = load_returns(work.evidence, standards=work.standards, programme=work.programme, columns=work.columns)
    assert loaded.table["team"].value_counts().to_dict() == {"North": 4, "South": 4, "East": 4}


def test_a_numbered_heading_that_nobody_answered_stands_too(tmp_path, place):
    new(book(tmp_path / "Visits.xlsx", ["Child ID", "1. Voice", "2. Plan"], cases(EIGHT, [None] * 12)), place)
    assert counted(place)[0] == {"1. Voice": (8, 12), "2. Plan": (0, 0)}
