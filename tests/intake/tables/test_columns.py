"""Equal spellings match; near ones are proposed; two meanings are refused; what is learnt is kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ilacs_audit.domain.errors import CatalogueError, ReturnsError
from ilacs_audit.domain.standards import SCALES, Standards
from ilacs_audit.intake.cells.values import read_answer, spellings
from ilacs_audit.intake.loading import load_returns
from ilacs_audit.intake.tables.columns import ColumnMap, Recogniser, Target, load_columns, read_columns
from ilacs_audit.intake.tables.proposals import propose
from ilacs_audit.intake.tables.shown import open_returns
from ilacs_audit.intake.tables.usual import exporter
from tests.intake.conftest import DAY, HEADER, KEY, row

Make = Callable[..., Path]


def test_a_header_matches_whatever_its_spaces_case_and_quotes(workbook: Make, standards: Standards) -> None:
    header = [
        "CASE  ID\xa0",
        "team",
        "Social\nWorker",
        "Auditor ",
        "Date audited",
        "plan up to date?",
        "Actions ‘SMART’",
    ]
    loaded = load_returns(workbook("plans.xlsx", [header, row()]), standards=standards, key=KEY)
    assert len(loaded.table) == 2
    assert loaded.problems.empty


def test_a_near_match_is_proposed_and_never_applied(workbook: Make, standards: Standards) -> None:
    path = workbook("plans.xlsx", [(*HEADER[:5], "Is the plan up to date", HEADER[6]), row()])
    loaded = load_returns(path, standards=standards, key=KEY)
    assert loaded.table["standard_id"].tolist() == ["PLA-2"]
    assert loaded.problems["rule"].tolist() == ["unknown-column"]
    (proposal,) = propose(open_returns(path, standards=standards).seen(ColumnMap()))
    assert (proposal.meaning, proposal.samples) == ("PLA-1", ("Met",))
    assert proposal.score > 0.8


def test_a_column_of_other_things_is_not_proposed_as_answers(workbook: Make, standards: Standards) -> None:
    path = workbook("plans.xlsx", [(*HEADER, "Actions SMART time"), [*row(), "11.10am"]])
    (proposal,) = propose(open_returns(path, standards=standards).seen(ColumnMap()))
    assert proposal.meaning == "ignore"


def test_two_columns_for_one_question_are_both_refused(workbook: Make, standards: Standards) -> None:
    path = workbook("plans.xlsx", [(*HEADER, "Plan up to date"), [*row(), "Not met"]])
    loaded = load_returns(path, standards=standards, key=KEY)
    assert loaded.table["standard_id"].tolist() == ["PLA-2"]
    assert loaded.problems["rule"].tolist() == ["ambiguous-column", "ambiguous-column"]


def test_a_file_whose_only_questions_are_doubled_says_that_and_not_that_nothing_was_recognised(
    workbook: Make, standards: Standards
) -> None:
    path = workbook("consent.xlsx", [("Case ID", "Family told", "Family told"), ("0012345", "Yes", "No")])
    with pytest.raises(ReturnsError, match="Two columns stand for the same thing, so neither was read: 'Family told'"):
        load_returns(path, standards=standards, key=KEY)


def test_a_header_with_two_learnt_meanings_is_refused(workbook: Make, standards: Standards) -> None:
    columns = read_columns({"standards": {"PLA-1": ["Plan"], "PLA-2": ["plan"]}}, file="columns.yml")
    path = workbook("plans.xlsx", [("Case ID", "Plan", "Voice of the child"), ("0012345", "Met", "Met")])
    loaded = load_returns(path, standards=standards, columns=columns, key=KEY)
    assert loaded.table["standard_id"].tolist() == ["PLA-3"]
    assert loaded.problems[["severity", "rule", "column"]].to_numpy().tolist() == [
        ["error", "ambiguous-column", "Plan"]
    ]


@pytest.mark.parametrize(
    ("header", "made_by"),
    [
        (["ID", "Start time", "Completion time", "Email", "Name"], "Microsoft Forms"),
        (["Timestamp", "Email Address"], "Google Forms"),
        (["Title", "Created By", "Item Type", "Path"], "SharePoint list"),
        (["Person ID", "Form ID", "Workflow step"], "case-system export"),
        (["Case ID", "Auditor"], "hand-made sheet"),
    ],
)
def test_exporters_are_told_by_the_columns_only_they_add(header: list[str], made_by: str) -> None:
    assert exporter(header) == made_by


def test_a_form_names_its_auditor_and_its_day(workbook: Make, standards: Standards) -> None:
    header = [
        "ID",
        "Start time",
        "Completion time",
        "Email",
        "Name",
        "Case ID",
        "Consent recorded",
        "Please say more",
        "Family told",
    ]
    said = [1, DAY, DAY, "bea.birch@x.example", "Bea Birch", "0012345", "Yes", "Signed on the day.", "Partially"]
    anonymous = [2, DAY, DAY, "anonymous", None, "0012346", "No", None, "Not applicable"]
    loaded = load_returns(workbook("consent.xlsx", [header, said, anonymous]), standards=standards, key=KEY)
    assert loaded.problems.empty
    assert loaded.table["comment"].tolist() == ["Signed on the day.", "", "", ""]
    assert loaded.table["rater_ref"].astype(bool).tolist() == [True, True, False, False]
    assert loaded.table["audited_on"].notna().all()


def test_an_unknown_section_or_field_is_refused() -> None:
    with pytest.raises(CatalogueError, match="shoe_size"):
        read_columns({"fields": {"shoe_size": ["Shoe"]}}, file="columns.yml")


def test_a_bare_yes_in_yaml_is_the_word_yes(tmp_path: Path) -> None:
    (tmp_path / "columns.yml").write_text("answers:\n  yes: [aye]\n  no: [nay]\n")
    assert load_columns(tmp_path / "columns.yml").answers == {"yes": ("aye",), "no": ("nay",)}


def test_what_a_forms_quiz_adds_beside_each_question_is_its_own(standards: Standards) -> None:
    recogniser = Recogniser(ColumnMap(), list(standards))
    own = ("Points - Plan up to date", "Feedback - Plan up to date", "Total points", "Grade posted time")
    assert {recogniser.target(each, made_by="Microsoft Forms") for each in own} == {Target("ignore", "")}
    assert recogniser.target("Points - Plan up to date") is None


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({"yes": ["Y"], "no": ["y."]}, "'y.' would mean both 'yes' and 'no'."),
        ({"yes": ["No"]}, "'No' would mean both 'no' and 'yes'."),
        ({"good": ["Inadequate"]}, "'Inadequate' would mean both 'inadequate' and 'good'."),
    ],
)
def test_a_word_that_would_mean_two_answers_is_refused(answers: dict[str, list[str]], told: str) -> None:
    for content in ({"answers": answers}, {"forms": {"consent": {"answers": answers}}}):
        with pytest.raises(CatalogueError) as caught:
            read_columns(content, file="columns.yml")
        assert caught.value.what == told


def test_a_code_may_mean_a_grade_and_an_answer_of_another_scale_a_third() -> None:
    read = read_columns(
        {"answers": {"outstanding": ["1"], "met": ["Yes"], "yes": ["Yes indeed", "yes"]}}, file="columns.yml"
    )
    assert read.answers["outstanding"] == ("1",)


def test_a_nine_among_yes_and_no_can_be_learnt_as_not_applicable_and_stays_a_mark_of_ten():
    learnt = read_columns({"answers": {"not applicable": ["9"], "yes": ["1"]}}, file="columns.yml").answers
    read = {name: read_answer("9", SCALES[name], spellings(SCALES[name], learnt)).answer for name in SCALES}
    assert (read["yes_no"], read["met"], read["scaling"]) == ("not applicable", "not applicable", "9")
    assert read_answer("1", SCALES["yes_no"], spellings(SCALES["yes_no"], learnt)).answer == "yes"
