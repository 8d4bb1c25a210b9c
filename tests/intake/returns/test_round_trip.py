"""Any schema written as a workbook with random quirks comes back as the rows that went in."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ilacs_audit.domain.standards import SCALES, Standards, read_theme
from ilacs_audit.intake.cells.days import SERIAL_ORIGIN
from ilacs_audit.intake.identity.pseudonyms import pseudonym
from ilacs_audit.intake.loading import load_returns
from ilacs_audit.intake.tables.columns import read_columns
from tests.intake.conftest import KEY, standard, theme

SPELLINGS = {
    "met": ("Met", "met ", " MET", "Met\xa0", "met  "),
    "partly met": ("Partly met", "partially met", "Part met", "PARTLY\xa0MET"),
    "not met": ("Not met", "NOT MET ", "not  met", "Not\xa0met"),
    "yes": ("Yes", "y", "Y ", True, "YES"),
    "partly": ("Partly", "partially"),
    "no": ("No", "n", False, "no\xa0"),
    "not applicable": ("N/A", "n/a ", "NA", "Not applicable"),
}
TEAMS = ("Duty & Assessment 1", "Safeguarding North")


def day_forms(day: date) -> list[Any]:
    return [day, f"{day:%d/%m/%Y}", f"{day:%d/%m/%Y} ", day.isoformat(), (day - SERIAL_ORIGIN).days, f"{day:%d.%m.%y}"]


@st.composite
def returns(draw: st.DrawFn) -> tuple[list[str], list[tuple[int, str, date, list[str]]], list[list[Any]]]:
    """The scales asked, the rows as they are, and the sheet as somebody laid it out."""
    scales = draw(st.lists(st.sampled_from(("met", "yes_no", "scaling")), min_size=1, max_size=5))
    references = draw(st.lists(st.integers(1, 9_999_999), min_size=1, max_size=6, unique=True))
    told: list[tuple[int, str, date, list[str]]] = []
    body: list[list[Any]] = []
    grouped, gap = draw(st.booleans()), draw(st.booleans())
    for team in TEAMS if grouped else TEAMS[:1]:
        if grouped:
            body.append([f"{team.upper()} – TM Cy Crane"])
        for number in references[TEAMS.index(team) :: 2 if grouped else 1]:
            day = date(2024, 11, 1) + timedelta(days=draw(st.integers(0, 29)))
            answers = [draw(st.sampled_from((*SCALES[scale].levels, "not applicable"))) for scale in scales]
            told.append((number, team, day, answers))
            cells = [_spelt(draw, answer) for answer in answers]
            reference = draw(st.sampled_from((f"{number:07d}", f" {number:07d}\xa0", f"ref {number:07d}")))
            spot = [] if grouped else [team]
            body.append([reference, *spot, draw(st.sampled_from(day_forms(day))), *cells])
        if gap:
            body.append([])
    header = ["Case ID", *([] if grouped else ["Team"]), "Date audited", *(f"Question {n}" for n in range(len(scales)))]
    if draw(st.booleans()):
        header = [text.upper().replace(" ", "\xa0", 1) for text in header]
    titles = draw(st.sampled_from(([], [["Plans audit"]], [["Plans audit"], ["Return by Friday"], []])))
    total = draw(st.sampled_from(([], [[], ["TOTAL", None, 3]], [["Signed: C. Crane"]])))
    return scales, told, [*titles, header, *body, *total], bool(total)


def _spelt(draw: st.DrawFn, answer: str) -> Any:
    if answer.isdigit():
        return draw(st.sampled_from((answer, int(answer), float(answer), f"{answer} ")))
    return draw(st.sampled_from(SPELLINGS[answer]))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(returns())
def test_every_row_comes_back_as_it_was_meant(made: tuple[Any, ...]) -> None:
    scales, told, rows, below = made
    asked = [standard(f"X-{n}", f"Question {n}", scale) for n, scale in enumerate(scales)]
    standards = Standards((read_theme(theme("plans", asked), file="plans.yml"),))
    columns = read_columns({"teams": {team: [] for team in TEAMS}}, file="columns.yml")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plans.xlsx"
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(path)
        loaded = load_returns(path, standards=standards, columns=columns, key=KEY)
    answers = loaded.table[["child_ref", "team", "audited_on", "standard_id", "answer"]]
    assert sorted(zip(*(answers[name] for name in answers), strict=True)) == sorted(
        (pseudonym(f"{number:07d}", kind="child", key=KEY.encode()), team, day, f"X-{n}", answer)
        for number, team, date_of, given_answers in told
        for day in (_stamp(date_of),)
        for n, answer in enumerate(given_answers)
    )
    assert set(loaded.problems["rule"]) <= {
        "na-overuse",
        "left-out",
        "date-order",
        "low-marks",
    }  # a lone 01/11/2024 could be either
    left = loaded.problems[loaded.problems["rule"] == "left-out"]
    assert left["row"].tolist() == ([len(rows)] if below else [])


def _stamp(day: date) -> Any:
    import pandas as pd

    return pd.Timestamp(day)


ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-50_000, 50_000),
    st.floats(-100, 100).map(lambda number: round(number, 2)),
    st.dates(date(1990, 1, 1), date(2060, 1, 1)),
    st.sampled_from(("Met", "N/A", "Good", "06-Jul", "8/10", "RI+", "=1+1", "#N/A", "tbc", " ", "\xa0")),
    st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufffe\uffff"), max_size=12),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(ANYTHING, min_size=4, max_size=4), min_size=1, max_size=5))
def test_whatever_is_typed_each_question_is_an_answer_or_one_problem(cells: list[list[Any]]) -> None:
    asked = [standard("X-0", "Question 0", "met"), standard("X-1", "Question 1", "scaling")]
    standards = Standards((read_theme(theme("plans", asked), file="plans.yml"),))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plans.xlsx"
        book = openpyxl.Workbook()
        book.active.append(["Case ID", "Question 0", "Question 1", "Date audited", "Comments"])
        for place, row in enumerate(cells):
            book.active.append([f"{place:07d}", *row])
        book.save(path)
        loaded = load_returns(path, standards=standards, key=KEY)
    rules = loaded.problems["rule"].value_counts()
    unanswered = int(rules.get("missing-return", 0))
    refused = int(rules.get("unknown-answer", 0) + rules.get("missing-answer", 0))
    # a row whose answers were all refused counts its refused cells; one without any counts none
    blank = loaded.problems[loaded.problems["rule"] == "missing-return"]["row"]
    also = loaded.problems[loaded.problems["rule"].eq("unknown-answer") & loaded.problems["row"].isin(blank)]
    assert also.empty
    assert len(loaded.table) + refused + 2 * unanswered == 2 * len(cells)
    read = len(loaded.table["child_ref"].unique())
    assert read + unanswered + int(rules.get("unread-return", 0)) == len(cells)
