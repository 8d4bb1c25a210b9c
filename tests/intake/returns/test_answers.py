"""A council's own scale is read, counted, graded and checked like any other, in the council's own words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ilacs_audit as ia
from ilacs_audit.domain.errors import ReturnsError
from ilacs_audit.intake.loading import load_returns
from ilacs_audit.intake.tables.columns import read_columns
from tests import build
from tests.intake.conftest import KEY

Make = Callable[..., Path]
SCALES = {
    "ours": {"answers": ["Weak", "Sound", "Strong"], "best": "last", "meets": ["Strong"]},
    "marks": {"answers": [1, 2, 3, 4], "meets": [1, 2]},
}
ASKED = [build.standard("A-1", "Is it clear?", "ours"), build.standard("A-2", "Is it timely?", "marks", critical=True)]
STANDARDS = build.standards(build.theme("own", ASKED, scales=SCALES, grade="ours"))
HEADER = ("Case ID", "Team", "Auditor", "Date audited", "Is it clear?", "Is it timely?", "Overall grade")
MORE = ("Moderated grade", "Moderator", "Date moderated")
DAY = date(2024, 11, 6)


def line(ref: str, *said: object) -> list[object]:
    return [ref, "North", "Bea Birch", DAY, *said]


def test_answers_on_a_scale_of_the_theme_are_counted_in_its_words(workbook: Make) -> None:
    rows = [
        HEADER,
        line("0012345", "strong", 1, "WEAK"),
        line("0012346", "Sound", 3.0, "Strong"),
        line("0012347", "S", "N/A", ""),
    ]
    columns = read_columns({"answers": {"Strong": ["S"]}}, file="columns.yml")
    loaded = load_returns(workbook("own.xlsx", rows), standards=STANDARDS, columns=columns, key=KEY)
    found = loaded.table.groupby("standard_id")["answer"].agg(list).to_dict()
    assert found == {
        "A-1": ["Strong", "Sound", "Strong"],
        "A-2": ["1", "3", "not applicable"],
        "grade": ["Weak", "Strong"],
    }
    measured = ia.compliance(loaded.table, standards=STANDARDS)
    counts = measured[measured["measure"] == "compliance"].set_index("standard_id")[["numerator", "denominator"]]
    assert counts.to_numpy().tolist() == [[2, 3], [1, 2]]


def test_a_word_of_another_scale_is_no_answer(workbook: Make) -> None:
    rows = [HEADER, line("0012345", 1, "Strong", "Good"), line("0012346", "Strong", 4, "Weak")]
    loaded = load_returns(workbook("own.xlsx", rows), standards=STANDARDS, key=KEY)
    assert loaded.problems["message"].tolist()[:3] == [
        "This is not one of: Strong, Sound, Weak.",
        "This is not one of: 1, 2, 3, 4.",
        "This is not one of: Strong, Sound, Weak.",
    ]


def test_a_grade_on_the_themes_scale_is_held_against_its_answers(workbook: Make) -> None:
    rows = [HEADER, line("0012345", "Weak", 4, "Strong"), line("0012346", "Strong", 1, "Weak")]
    loaded = load_returns(workbook("own.xlsx", rows), standards=STANDARDS, key=KEY)
    assert loaded.problems["rule"].tolist() == ["critical-under-good", "grade-contradicts"]


def test_a_grade_that_does_not_apply_is_no_grade_and_no_second_reading(workbook: Make) -> None:
    again = [("Weak", "Di Dunn", DAY), ("N/A", "", ""), ("Weak", "Di Dunn", DAY)]
    first = [("0012345", "Strong", 1, "Strong"), ("0012346", "Strong", 1, "Sound"), ("0012347", "Strong", 1, "n/a")]
    rows = [[*line(*said), *second] for said, second in zip(first, again, strict=True)]
    loaded = load_returns(workbook("own.xlsx", [[*HEADER, *MORE], *rows]), standards=STANDARDS, key=KEY)
    grades = loaded.table[loaded.table["standard_id"] == "grade"].groupby("role")["answer"].agg(list).to_dict()
    assert grades == {"auditor": ["Strong", "Sound"], "moderator": ["Weak", "Weak"]}
    assert (loaded.problems["rule"] == "missing-answer").sum() == 1  # the file of which the first grade does not apply


def test_grades_and_their_moderation_stand_on_the_themes_scale(workbook: Make) -> None:
    again = [("Weak", "Di Dunn", DAY), ("Strong", "Di Dunn", DAY), ("", "", "")]
    first = [("0012345", "Strong", 1, "Strong"), ("0012346", "Strong", 1, "Sound"), ("0012347", "Strong", 1, "Weak")]
    rows = [[*line(*said), *second] for said, second in zip(first, again, strict=True)]
    table = load_returns(workbook("own.xlsx", [[*HEADER, *MORE], *rows]), standards=STANDARDS, key=KEY).table
    grades = ia.grade_distribution(table, standards=STANDARDS)
    given = grades[grades["measure"] == "grade"]
    assert given[["level", "numerator"]].to_numpy().tolist() == [["Strong", 1], ["Sound", 1], ["Weak", 1]]
    plan = build.programme(build.audit("own", "own", intended=3))
    problems = load_returns(
        workbook("own.xlsx", [HEADER, line("1", "Strong", 1, "")]), standards=STANDARDS, key=KEY
    ).problems
    trust = ia.trust_facts(table, problems, programme=plan, audits=["own"], standards=STANDARDS)
    assert trust.set_index("measure").loc[["marked_down", "marked_up"], "numerator"].tolist() == [1, 1]


def test_a_word_of_the_themes_scale_is_refused_where_nobody_knows_the_scale(workbook: Make) -> None:
    table = load_returns(workbook("own.xlsx", [HEADER, line("1", "Strong", 1, "")]), standards=STANDARDS, key=KEY).table
    with pytest.raises(ReturnsError, match="words that their scale does not know"):
        ia.compliance(table)
    exchanged = table.assign(answer=["1", "Strong"])
    with pytest.raises(ReturnsError, match="words that their scale does not know"):
        ia.compliance(exchanged, standards=STANDARDS)


@settings(max_examples=25, deadline=None)
@given(
    st.permutations(range(4, 7)),
    st.lists(st.sampled_from([("Strong", 1), ("Sound", 4), ("Weak", 2)]), min_size=1, max_size=4),
)
def test_the_order_of_columns_changes_no_answer(order: list[int], said: list[tuple[str, int]]) -> None:
    import tempfile

    import openpyxl

    rows = [HEADER, *(line(f"00123{n:02}", *each, each[0]) for n, each in enumerate(said))]
    seen = []
    with tempfile.TemporaryDirectory() as folder:
        for columns in ([*range(7)], [*range(4), *order]):
            book = openpyxl.Workbook()
            for row in rows:
                book.active.append([row[place] for place in columns])
            book.save(Path(folder) / "own.xlsx")
            table = load_returns(Path(folder) / "own.xlsx", standards=STANDARDS, key=KEY).table
            seen.append(sorted(table[["child_ref", "standard_id", "answer"]].itertuples(index=False, name=None)))
    assert seen[0] == seen[1]


TEN = build.standards(build.theme("own", [build.standard("A-1", "Is it clear?", "scaling")], scales=SCALES))


@pytest.mark.parametrize(
    ("marks", "warned"),
    [
        ([1, 2, 3, 4, 4], True),
        ([1, 5, 3, 2, 5, "N/A"], True),
        ([1, 2, 3, 4, 6], False),
        ([1, 2, 3, 4], False),
        ([1, 2, 3, "N/A", ""], False),
        ([8, 9, 10, 7, 9], False),
    ],
)
def test_marks_of_ten_that_never_pass_half_may_be_those_of_another_scale(workbook: Make, marks, warned) -> None:
    rows = [HEADER[:5], *(line(f"00123{45 + n}", mark) for n, mark in enumerate(marks))]
    loaded = load_returns(workbook("own.xlsx", rows), standards=TEN, key=KEY)
    found = loaded.problems[loaded.problems["rule"] == "low-marks"]
    assert found[["severity", "column"]].to_numpy().tolist() == [["warning", "Is it clear?"]] * warned
    assert set(loaded.table["answer"]) == {str(mark) if mark != "N/A" else "not applicable" for mark in marks if mark}


def test_marks_spread_over_a_workbook_a_file_are_judged_together(workbook: Make, tmp_path) -> None:
    programme = build.programme(build.audit("own", "own", returns=["own*.xlsx"], on=DAY, until=DAY))
    (tmp_path / "returns" / "2024-11").mkdir(parents=True)
    for number in range(6):
        workbook(f"returns/2024-11/own{number}.xlsx", [HEADER[:5], line(f"001234{number}", 1 + number % 4)])
    loaded = load_returns(tmp_path, standards=TEN, programme=programme, key=KEY)
    assert (loaded.problems["rule"] == "low-marks").sum() == 1


def test_low_marks_of_a_short_scale_say_nothing(workbook: Make) -> None:
    rows = [HEADER, *(line(f"00123{45 + n}", "Strong", 1 + n % 2, "Strong") for n in range(8))]
    loaded = load_returns(workbook("own.xlsx", rows), standards=STANDARDS, key=KEY)
    assert "low-marks" not in set(loaded.problems["rule"])
