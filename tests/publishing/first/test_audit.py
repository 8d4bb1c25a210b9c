"""A workbook that nobody has described becomes an audit: asked once, written whole or not at all."""

import re

import openpyxl
import pytest
import yaml

import ilacs_audit as ia
from ilacs_audit.domain.errors import CatalogueError, ReturnsError, UsageError
from ilacs_audit.intake.loading import load_returns
from ilacs_audit.publishing.first import audit as first
from tests.publishing.first.forms import FIELDS, QUESTIONS, form, met, ticked, turned


@pytest.fixture(autouse=True)
def _key(monkeypatch):
    monkeypatch.setenv("ILACS_AUDIT_KEY", "a secret of this test")


@pytest.fixture
def place(tmp_path):
    return tmp_path / "our council"


def make(workbook, place, **answers):
    return ia.new_audit(workbook, workspace=place, answers=answers, publish=False)


def counts(place, audit_id):
    """Met and applicable of each question as the workspace reads it."""
    work = ia.load_workspace(place)
    loaded = load_returns(work.evidence, standards=work.standards, programme=work.programme, columns=work.columns)
    ours = loaded.table[loaded.table["audit_id"] == audit_id]
    found = ours[ours["answer"] != "not applicable"].groupby("standard_id")["answer"]
    return [(int((each == "yes").sum()), len(each)) for _, each in found]


def everything(place):
    return {path: path.read_bytes() for path in sorted(place.rglob("*")) if path.is_file()}


def test_a_workbook_in_an_empty_place_is_read_as_it_was_counted_by_hand(tmp_path, place):
    made = make(form(tmp_path / "Consent dip sample Nov 2024.xlsx"), place)
    assert made.audit == "consent-2024-11"
    assert counts(place, made.audit) == met()


def test_every_question_can_be_left_open_and_then_nothing_is_claimed(tmp_path, place):
    made = make(
        form(tmp_path / "Consent Nov 2024.xlsx"), place, **dict.fromkeys(("chosen", "listed", "target"), "don’t know")
    )
    audit = ia.load_programme(place / "data" / "programme.yml")[made.audit]
    standards = ia.load_standards(place / "data" / "standards")
    assert (audit.selection, audit.population_size, audit.intended) == ("unknown", None, None)
    assert {each.target for each in standards} == {None}


def test_what_is_said_stands_in_the_catalogue_and_nothing_else(tmp_path, place):
    said = {"chosen": "at random from a list", "listed": "84", "intended": 20, "target": "90%", "council": "Testshire"}
    made = make(form(tmp_path / "Consent Nov 2024.xlsx"), place, met="yes, partly", **said)
    audit = ia.load_programme(place / "data" / "programme.yml")[made.audit]
    assert (audit.selection, audit.population_size, audit.intended) == ("random", 84, 20)
    one = next(iter(ia.load_standards(place / "data" / "standards")))
    assert (one.target, one.meets("partly"), one.meets("no")) == ("0.9", True, False)
    assert ia.load_workspace(place).authority.name == "Testshire"
    entry = yaml.safe_load((place / "data" / "standards" / "consent.yml").read_text(encoding="utf-8"))["standards"][0]
    assert set(entry) == {"id", "text", "scale", "meets", "target"}


def test_the_first_form_asks_at_most_fifteen_questions_and_the_next_at_most_five(tmp_path, place):
    first_made = make(form(tmp_path / "Consent Sep 2024.xlsx"), place)
    next_made = make(form(tmp_path / "Consent Nov 2024.xlsx", files=9), place)
    assert len(first_made.answers) <= 15
    assert list(next_made.answers) == ["month", "chosen", "listed", "intended", "baseline"]
    assert {audit.theme for audit in ia.load_programme(place / "data" / "programme.yml")} == {"consent"}
    assert len(list(ia.load_standards(place / "data" / "standards"))) == len(QUESTIONS)


def test_rounds_are_compared_only_where_a_person_says_so(tmp_path, place):
    make(form(tmp_path / "Consent Sep 2024.xlsx"), place)
    make(form(tmp_path / "Consent Oct 2024.xlsx"), place)
    make(form(tmp_path / "Consent Nov 2024.xlsx"), place, baseline="consent-2024-10")
    told = {audit.id: audit.baseline for audit in ia.load_programme(place / "data" / "programme.yml")}
    assert told == {"consent-2024-09": None, "consent-2024-10": None, "consent-2024-11": "consent-2024-10"}


def test_a_question_added_to_a_form_is_asked_of_the_new_round_alone(tmp_path, place):
    make(form(tmp_path / "Consent Sep 2024.xlsx"), place)
    longer = (*QUESTIONS, "Did the service manager agree?")
    made = make(form(tmp_path / "Consent Nov 2024.xlsx", questions=longer), place)
    assert counts(place, made.audit) == met(longer)
    assert counts(place, "consent-2024-09") == met()


def test_the_same_workbook_twice_doubles_nothing(tmp_path, place):
    workbook = form(tmp_path / "Consent Nov 2024.xlsx")
    make(workbook, place)
    before = everything(place)
    again = make(workbook, place, title="Another name")
    assert everything(place) == before
    assert again.written == ()
    assert "belongs to consent-2024-11 already" in again.remarks[0]


def test_comments_that_people_wrote_in_the_catalogue_stay(tmp_path, place):
    make(form(tmp_path / "Consent Sep 2024.xlsx"), place)
    programme = place / "data" / "programme.yml"
    programme.write_text(f"# ours, do not touch\n{programme.read_text(encoding='utf-8')}", encoding="utf-8")
    make(form(tmp_path / "Visits Oct 2024.xlsx", questions=("Was the child seen?", "Was the home seen?")), place)
    text = programme.read_text(encoding="utf-8")
    assert text.startswith("# ours, do not touch\n")
    assert [each["id"] for each in yaml.safe_load(text)["audits"]] == ["consent-2024-09", "visits-2024-10"]


def test_two_themes_never_share_an_id(tmp_path, place):
    make(form(tmp_path / "Consent Sep 2024.xlsx"), place)
    other = ("Is contact with the school regular?", "Is it written down in time?")
    make(form(tmp_path / "Contact Sep 2024.xlsx", questions=other), place)
    ids = [each.id for each in ia.load_standards(place / "data" / "standards")]
    assert len(ids) == len(set(ids)) == 5


def test_where_writing_breaks_off_nothing_is_left_half_done(tmp_path, place, monkeypatch):
    make(form(tmp_path / "Consent Sep 2024.xlsx"), place)
    before = everything(place)

    def full_disk(files):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(first, "write_together", full_disk)
    with pytest.raises(OSError, match="No space"):
        make(form(tmp_path / "Visits Oct 2024.xlsx", questions=("Was the child seen?", "Was the home seen?")), place)
    assert everything(place) == before


def test_an_interview_that_is_left_writes_nothing(tmp_path, place):
    def gone(asked):
        if asked.name == "chosen":
            raise KeyboardInterrupt
        return asked.default

    with pytest.raises(KeyboardInterrupt):
        ia.new_audit(form(tmp_path / "Consent Nov 2024.xlsx"), workspace=place, ask=gone)
    assert not place.exists()


def test_the_workspace_of_the_invented_council_begins_anew_unless_it_is_kept(tmp_path, root, place):
    import shutil

    for name in ("data", "notebooks"):
        shutil.copytree(root / name, place / name)
    shutil.copy2(root / "reports.yml", place)
    make(form(tmp_path / "Consent Nov 2024.xlsx"), place)
    work = ia.load_workspace(place)
    work.check()
    assert [audit.id for audit in work.programme] == ["consent-2024-11"]
    assert [theme.id for theme in work.standards.themes] == ["consent"]


def test_a_council_beside_the_example_keeps_what_is_there(tmp_path, root, place):
    import shutil

    for name in ("data", "notebooks"):
        shutil.copytree(root / name, place / name)
    shutil.copy2(root / "reports.yml", place)
    before = ia.load_programme(place / "data" / "programme.yml")
    made = make(form(tmp_path / "Wellbeing audit Nov 2024.xlsx"), place, example="no")
    after = ia.load_programme(place / "data" / "programme.yml")
    assert {audit.id for audit in after} == {made.audit, *(audit.id for audit in before)}
    assert counts(place, made.audit) == met()


def test_children_across_and_questions_down_are_read_the_same(tmp_path, place):
    made = make(turned(tmp_path / "Consent Nov 2024.xlsx"), place)
    assert counts(place, made.audit) == met(files=6)


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({"month": "soon"}, "is not a period"),
        ({"listed": "3"}, "the workbook has 12 rows"),
        ({"questions": "1-3"}, "Columns with answers are 7-9"),
        ({"columns": "3=taem"}, "Did you mean 'team'"),
        ({"target": "most"}, "is not a target"),
        ({"chosen": "by luck"}, "none of the choices"),
        ({"met": "maybe"}, "Write some of: yes, partly, no"),
        ({"mouth": "2024-11"}, "Did you mean 'month'"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_with_what_to_write(tmp_path, place, answers, told):
    with pytest.raises(UsageError) as refused:
        make(form(tmp_path / "Consent Nov 2024.xlsx"), place, **answers)
    assert told in str(refused.value)
    assert not place.exists()


def test_a_workbook_without_answers_is_refused_and_nothing_is_made(tmp_path, place):
    with pytest.raises(ReturnsError, match=r"empty|No column of answers"):
        make(form(tmp_path / "Consent Nov 2024.xlsx", files=0), place)
    with pytest.raises(ReturnsError, match="No column of answers"):
        make(form(tmp_path / "Other Nov 2024.xlsx", questions=()), place)
    assert not place.exists()


def test_no_name_gets_into_a_file_of_the_catalogue(tmp_path, place):
    workbook = form(tmp_path / "Zelda Quilla case audit Nov 2024.xlsx", extra=[("Ava Moss", "she said so")])
    made = make(workbook, place)
    told = "".join(path.read_text(encoding="utf-8") for path in made.written if path.suffix == ".yml")
    assert "Ava Moss" not in told
    assert made.answers["title"] == "Audit"


def test_without_a_key_the_reason_comes_before_the_first_question(tmp_path, place, monkeypatch):
    monkeypatch.delenv("ILACS_AUDIT_KEY")
    with pytest.raises(ReturnsError, match="no key"):
        ia.new_audit(form(tmp_path / "Consent Nov 2024.xlsx"), workspace=place, ask=lambda asked: pytest.fail("asked"))


def test_a_column_that_is_read_wrongly_is_put_right_by_its_number(tmp_path, place):
    workbook = form(tmp_path / "Consent Nov 2024.xlsx", fields=("Nummer", *FIELDS[1:]))
    made = make(workbook, place, columns="1=child_ref")
    assert counts(place, made.audit) == met()


def test_its_page_is_published_and_says_what_is_not_known(tmp_path, place):
    made = ia.new_audit(form(tmp_path / "Consent Nov 2024.xlsx"), workspace=place)
    (page,) = made.pages
    text = page.read_text(encoding="utf-8")
    assert page.name == "dip-sample-consent-2024-11.html"
    assert "chosen in a way that was not recorded" in text
    assert "none set" in text
    assert "Zelda" not in text


def test_the_page_says_on_which_days_files_were_audited_and_not_on_the_commonest_alone(tmp_path, place):
    made = make(form(tmp_path / "Consent.xlsx"), place)
    audit = ia.load_programme(place / "data" / "programme.yml")[made.audit]
    assert (str(audit.on), str(audit.until)) == ("2024-11-10", "2024-11-21")


def test_a_page_by_team_says_what_was_set_aside(tmp_path, place):
    workbook = form(tmp_path / "Consent Nov 2024.xlsx", extra=[("Overall grade", "Good")])
    book = openpyxl.load_workbook(workbook)
    book.active.cell(row=3, column=len(FIELDS) + 1).value = None
    book.save(workbook)
    (page,) = ia.new_audit(workbook, workspace=place).pages
    text = page.read_text(encoding="utf-8")
    assert page.name == "thematic-consent.html"
    assert re.search(r"Set aside.{1,300}left blank", text, re.DOTALL)


def test_words_after_an_answer_choose_no_other_scale(tmp_path, place):
    workbook = form(tmp_path / "Consent Nov 2024.xlsx")
    book = openpyxl.load_workbook(workbook)
    for row in book.active.iter_rows(min_row=2, min_col=len(FIELDS) + 1):
        row[0].value = f"{row[0].value} - see case note"
    book.save(workbook)
    made = make(workbook, place)
    assert counts(place, made.audit) == met()


def test_ticks_under_the_answers_own_words_are_no_questions(tmp_path, place):
    made = make(ticked(tmp_path / "Consent Nov 2024.xlsx"), place)
    assert counts(place, made.audit) == [(1, 1), (0, 1), (0, 1)]


def test_without_a_column_that_says_whose_file_it_is_nothing_is_read(tmp_path, place):
    workbook = form(tmp_path / "Consent Nov 2024.xlsx", fields=("Nummer", "Wer", *FIELDS[2:]))
    with pytest.raises(UsageError, match="Write the number of such a column"):
        make(workbook, place)
    made = make(workbook, place, reference="1")
    assert counts(place, made.audit) == met()


def test_brackets_in_the_name_of_a_workbook_are_part_of_it(tmp_path, place):
    workbook = form(tmp_path / "Consent [v2] Nov 2024.xlsx")
    made = make(workbook, place)
    assert counts(place, made.audit) == met()
    assert make(workbook, place).written == ()


def test_several_workbooks_of_one_form_are_one_audit(tmp_path, place):
    teams = enumerate(("North", "South"))
    books = [form(tmp_path / f"Consent Nov 2024 {team}.xlsx", files=6, first=6 * place) for place, team in teams]
    made = make(books, place)
    audit = ia.load_programme(place / "data" / "programme.yml")[made.audit]
    assert audit.returns == tuple(f"2024-11/{book.name}" for book in books)
    assert "36 answers" in made.counted
    assert make(books, place).written == ()
    late = form(tmp_path / "Consent Nov 2024 East.xlsx")
    with pytest.raises(UsageError, match="belong to an audit already"):
        make([*books, late], place)


def test_a_meaning_is_learnt_of_the_form_that_it_was_said_of(tmp_path, place):
    workbook = form(tmp_path / "Consent Sep 2024.xlsx", fields=("Nummer", *FIELDS[1:]))
    make(workbook, place, columns="1=child_ref")
    learnt = yaml.safe_load((place / "data" / "columns.yml").read_text(encoding="utf-8"))
    assert learnt["forms"]["consent"]["fields"]["child_ref"] == ["Nummer"]
    made = make(form(tmp_path / "Consent Nov 2024.xlsx", fields=("Nummer", *FIELDS[1:])), place)
    assert counts(place, made.audit) == met()
    assert list(made.answers) == ["month", "chosen", "listed", "intended", "baseline"]


def test_what_is_hidden_or_empty_is_told_as_what_it_is(tmp_path, place):
    workbook = form(tmp_path / "Consent Nov 2024.xlsx")
    book = openpyxl.load_workbook(workbook)
    book.active.sheet_state = "hidden"
    book.create_sheet("Notes")
    book.save(workbook)
    with pytest.raises(ReturnsError, match="is hidden"):
        make(workbook, place)
    openpyxl.Workbook().save(workbook)
    with pytest.raises(ReturnsError, match="nothing in the workbook"):
        make(workbook, place)


@pytest.mark.parametrize(("said", "standards"), [("yes", 3), ("no", 4), ("don't know", 4)])
def test_a_question_in_other_words_is_a_new_one_unless_a_person_says_that_it_is_the_same(
    tmp_path, place, said, standards
):
    make(form(tmp_path / "Consent Sep 2024.xlsx"), place)
    other = (QUESTIONS[0], "Has consent been recorded?", QUESTIONS[2])
    made = make(form(tmp_path / "Consent Nov 2024.xlsx", questions=other), place, same=said)
    assert [name for name in made.answers if name.startswith("same_")] == ["same_8"]
    assert len(list(ia.load_standards(place / "data" / "standards"))) == standards
    assert sorted(counts(place, made.audit)) == sorted(met(other))


def own_words(path, cells, *, questions=QUESTIONS):
    """A workbook with a row a file, each question answered by the cells of its own column."""
    book = openpyxl.Workbook()
    book.active.append(["Case ID", "Team", *questions])
    for number, row in enumerate(zip(*cells, strict=True)):
        book.active.append([f"C{1001 + number}", ("North", "South")[number % 2], *row])
    book.save(path)
    return path


def met_on(place, audit_id):
    """Met of each question as its page would count it."""
    work = ia.load_workspace(place)
    loaded = load_returns(work.evidence, standards=work.standards, programme=work.programme, columns=work.columns)
    ours = loaded.table[loaded.table["audit_id"] == audit_id]
    return {
        each.id: (int(said.map(each.meets).sum()), len(said))
        for each in work.standards
        for said in [ours.loc[ours["standard_id"] == each.id, "answer"]]
    }


@pytest.mark.parametrize(
    ("words", "said", "expected"),
    [
        (("Green", "Amber", "Red"), {}, 4),
        (("Green", "Amber", "Red"), {"met": "green, amber"}, 8),
        (("Fully", "Partially", "Not at all"), {}, 4),
        (("Compliant", "Compliant", "Non-compliant"), {}, 8),
        ((4, 3, 1), {"met": "3, 4"}, 8),
        ((1, 2, 4), {"met": "1, 2"}, 8),
    ],
)
def test_words_and_marks_of_a_form_s_own_are_read_by_what_a_person_says_is_met(tmp_path, place, words, said, expected):
    cells = [[word for word in words for _ in range(4)]] * 3
    made = make(own_words(tmp_path / "Visits Nov 2024.xlsx", cells), place, **said)
    assert set(met_on(place, made.audit).values()) == {(expected, 12)}


def test_marks_of_which_nobody_says_what_is_met_are_left_out_and_told(tmp_path, place):
    yes = ["Yes"] * 8 + ["No"] * 4
    made = make(own_words(tmp_path / "Visits Nov 2024.xlsx", [yes, [1, 2, 3] * 4, yes]), place)
    assert set(met_on(place, made.audit).values()) == {(8, 12)}
    assert any("column 4" in told and "1, 2, 3 count as met" in told for told in made.remarks)
    with pytest.raises(UsageError, match="in marks"):
        make(own_words(tmp_path / "Plans Nov 2024.xlsx", [[1, 2, 3] * 4] * 3), tmp_path / "elsewhere")


def test_marks_that_meet_are_one_end_of_their_scale(tmp_path, place):
    workbook = own_words(tmp_path / "Visits Nov 2024.xlsx", [[1, 2, 3] * 4] * 3)
    with pytest.raises(UsageError, match="not one end"):
        make(workbook, place, met="2")


@pytest.mark.parametrize(("said", "expected"), [("3", [(9, 12)]), ("none", [(3, 12)]), ("don't know", [])])
def test_where_no_may_be_the_good_answer_a_person_says_so(tmp_path, place, said, expected):
    asked = ("Was there drift or delay in the case?", *QUESTIONS[1:])
    drift, yes = ["Yes"] * 3 + ["No"] * 9, ["Yes"] * 8 + ["No"] * 4
    workbook = own_words(tmp_path / "Visits Nov 2024.xlsx", [drift, yes, yes], questions=asked)
    made = make(workbook, place, adverse=said)
    assert list(met_on(place, made.audit).values()) == [*expected, (8, 12), (8, 12)]
    assert any("Nobody said whether “no”" in told for told in made.remarks) == (not expected)


def test_a_folder_is_its_workbooks_without_what_excel_keeps_beside_an_open_one(tmp_path, place):
    (tmp_path / "in" / "~$Consent Nov 2024.xlsx").parent.mkdir()
    (tmp_path / "in" / "~$Consent Nov 2024.xlsx").write_bytes(b"lock")
    made = make(form(tmp_path / "in" / "Consent Nov 2024.xlsx").parent, place)
    assert counts(place, made.audit) == met()


def test_a_workbook_of_another_form_is_named_with_what_to_do(tmp_path, place):
    ours = form(tmp_path / "Consent Nov 2024.xlsx")
    other = form(tmp_path / "Visits Nov 2024.xlsx", questions=("Was it fun?", "Was it safe?", "Was it far?"))
    with pytest.raises(ReturnsError, match=r"Visits Nov 2024.xlsx.*an audit of its own"):
        make([ours, other], place)


def test_codes_under_a_known_form_are_asked_about_and_what_they_mean_is_kept(tmp_path, place):
    make(form(tmp_path / "Consent Sep 2024.xlsx"), place)
    book = openpyxl.Workbook()
    for row in (["Case ID", *QUESTIONS], *([f"00{31000 + n}", "1", "2", "9"] for n in range(6))):
        book.active.append(row)
    book.save(coded := tmp_path / "Consent Nov 2024.xlsx")
    with pytest.raises(ReturnsError, match="codes: 1=yes"):
        make(coded, place)
    with pytest.raises(UsageError, match="is not CODE=answer"):
        make(coded, place, codes="1=often")
    made = make(coded, place, codes="1=yes, 2=no, 9=not applicable")
    assert counts(place, made.audit) == [(6, 6), (0, 6)]


def test_where_nothing_is_described_yet_the_way_to_begin_is_told(place):
    place.mkdir()
    with pytest.raises(CatalogueError, match="ilacs-audit new WORKBOOK"):
        ia.load_workspace(place).check()


def test_what_check_could_not_be_told_yet_is_not_sent_to_check(tmp_path, place):
    path = form(tmp_path / "Consent Nov 2024.xlsx")
    book = openpyxl.load_workbook(path)
    teams = book.create_sheet("By team")
    for row in (["Team", *QUESTIONS], *([f"Team {n}", "Yes", "Yes", "No"] for n in range(12))):
        teams.append(row)
    book.save(path)
    with pytest.raises(ReturnsError, match="take a sheet that is no return out"):
        make(path, place)


def test_what_stands_in_two_workbooks_counts_once_and_is_told(tmp_path, place):
    books = [form(tmp_path / name) for name in ("Consent Nov 2024.xlsx", "Consent Nov 2024 v2.xlsx")]
    made = make(books, tmp_path / "another council")
    assert "set aside" in made.counted
