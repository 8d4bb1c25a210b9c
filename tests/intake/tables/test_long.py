"""A row an answer becomes a row a file, whatever else the export writes beside each answer."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from ilacs_audit.domain.standards import Standards
from ilacs_audit.intake.loading import load_returns
from ilacs_audit.intake.problems import Loaded
from tests.intake.conftest import KEY

HEADER = (
    *("PERSON_ID", "FORM_ID", "FORM_COMPLETED_BY", "FORM_COMPLETED_DATE", "QUESTION_NO"),
    *("QUESTION_TEXT", "RESPONSE_CODE", "RESPONSE_TEXT"),
)
ASKED = ("Consent recorded", "Family told")
SAID = {"Yes": "01", "Partly": "02", "No": "03"}


def form(child: str, number: int, *answers: str, by: str = "Priya Nandra", day: str = "03-MAR-2025") -> list[list[str]]:
    return [
        [child, str(number), by, day, str(place), question, SAID.get(answer, "99"), answer]
        for place, (question, answer) in enumerate(zip(ASKED, answers, strict=True), start=1)
    ]


def read(folder: Path, standards: Standards, rows: list[list[str]]) -> Loaded:
    path = folder / "export.csv"
    path.write_text("\n".join(",".join(row) for row in [list(HEADER), *rows]) + "\n", encoding="utf-8")
    return load_returns(path, standards=standards, key=KEY)


def answers(loaded: Loaded) -> list[tuple[Any, ...]]:
    wanted = ["child_ref", "rater_ref", "audited_on", "standard_id", "answer"]
    return sorted(loaded.table[wanted].itertuples(index=False, name=None))


EXPORT = [*form("3716506", 1, "Yes", "Partly"), *form("8951270", 2, "No", "Yes"), *form("2265414", 3, "Yes", "Yes")]


def test_a_questions_number_and_an_answers_code_do_not_make_two_files_of_one(
    tmp_path: Path, standards: Standards
) -> None:
    loaded = read(tmp_path, standards, EXPORT)
    assert loaded.table["answer"].value_counts().to_dict() == {"yes": 4, "partly": 1, "no": 1}
    assert loaded.problems.empty


@pytest.mark.parametrize("seed", range(8))
def test_a_shuffled_export_gives_the_same_answers(tmp_path: Path, standards: Standards, seed: int) -> None:
    shuffled = random.Random(seed).sample(EXPORT, len(EXPORT))
    assert answers(read(tmp_path, standards, shuffled)) == answers(read(tmp_path, standards, EXPORT))


def test_a_row_exported_twice_says_nothing_new(tmp_path: Path, standards: Standards) -> None:
    loaded = read(tmp_path, standards, [*EXPORT, EXPORT[0]])
    assert answers(loaded) == answers(read(tmp_path, standards, EXPORT))


def test_a_question_with_two_answers_on_one_file_is_told(tmp_path: Path, standards: Standards) -> None:
    other = [*EXPORT[0][:-2], "03", "No"]
    assert "duplicate" in set(read(tmp_path, standards, [*EXPORT, other]).problems["rule"])


def test_two_auditors_who_share_the_questions_of_a_file_stay_two(tmp_path: Path, standards: Standards) -> None:
    first, second = form("3716506", 1, "Yes", "No")
    second[2] = "Owen Castell"
    assert read(tmp_path, standards, [first, second]).table["rater_ref"].nunique() == 2


def test_a_code_stands_for_the_answer_only_where_there_are_no_words(tmp_path: Path, standards: Standards) -> None:
    rows = [[*row[:-1], ""] for row in EXPORT]
    loaded = read(tmp_path, standards, rows)
    assert loaded.table.empty
    assert sorted(loaded.problems.loc[loaded.problems["rule"] == "unknown-answer", "value"])[0] == "01"


def test_ticks_under_the_answers_of_each_question_are_its_answer(tmp_path: Path, standards: Standards) -> None:
    header = ["Case ID", "Auditor", "Question", "Yes", "Partly", "No", "N/A"]
    rows = [
        *(["3716506", "Bea", ASKED[0], "x", "", "", ""], ["3716506", "Bea", ASKED[1], "", "", "x", ""]),
        *(["8951270", "Bea", ASKED[0], "", "x", "", ""], ["8951270", "Bea", ASKED[1], "x", "x", "", ""]),
    ]
    path = tmp_path / "ticks.csv"
    path.write_text("\n".join(",".join(each) for each in [header, *rows]) + "\n", encoding="utf-8")
    loaded = load_returns(path, standards=standards, key=KEY)
    assert sorted(loaded.table["answer"]) == ["no", "partly", "yes"]
    (told,) = loaded.problems.loc[loaded.problems["rule"] == "unknown-answer", "row"]
    assert told == 5


def test_a_fault_is_told_at_the_line_of_its_own_answer(tmp_path: Path, standards: Standards) -> None:
    loaded = read(tmp_path, standards, [*form("3716506", 1, "Yes", "Perhaps"), *form("8951270", 2, "Perhaps", "")])
    told = loaded.problems.set_index("rule")["row"]
    assert sorted(told.loc[["unknown-answer"]]) == [3, 4, 5]
