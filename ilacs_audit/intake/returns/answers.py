"""Put the parts together: entries with their counts for the checks, then the table of Answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ilacs_audit.domain.schemas import ANSWER, ANSWER_COLUMNS, check_table
from ilacs_audit.domain.standards import OVERALL
from ilacs_audit.intake.problems import Problem, problem
from ilacs_audit.intake.returns.table_reader import COMMENT_COLUMNS, NA, ReturnPart

_TEXT = (
    *("audit_id", "period", "child_ref", "team", "worker_ref", "rater_ref", "role", "agency", "grade"),
    *("drafted_by", "drawn_as", "drawn_in", "drawn_with"),
)
_MANY_MARKS, _ENOUGH = 8, 5


def gather(parts: Sequence[ReturnPart]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """All entries with counts of their answers, and all comments by entry."""
    starts = np.cumsum([0, *(len(part.entries) for part in parts)])
    pairs = zip(parts, starts, strict=False)
    comments = [
        part.comments.assign(entry=part.comments["entry"] + start) for part, start in pairs if len(part.comments)
    ]
    none = pd.DataFrame([], columns=list(COMMENT_COLUMNS))
    entries = _read_again(_dated(pd.concat(map(_counted, parts), ignore_index=True)))
    return entries, pd.concat(comments, ignore_index=True) if comments else none


def low_marks(parts: Sequence[ReturnPart]) -> Iterator[Problem]:
    """A word for each question on many marks of which no file of an audit has more than half: maybe another scale's."""
    given: dict[str, tuple[Problem, int, list[int]]] = {}
    for part in parts:
        for number, question in enumerate(part.questions):
            top = max((int(level) for level in question.scale.levels if level.isdigit()), default=0)
            codes = part.codes[:, number]
            marks = (
                [int(part.words[code]) for code in codes[(codes >= 0) & (codes != NA)]] if top >= _MANY_MARKS else []
            )
            if marks:
                place = {name: part.entries[name].iloc[0] for name in ("audit_id", "file", "sheet")}
                told = problem("low-marks", **place, top=top, column=question.header)
                given.setdefault(question.standard_id, (told, top, []))[2].extend(marks)
    for told, top, marks in given.values():
        if len(marks) >= _ENOUGH and 2 * max(marks) <= top:
            yield told


def _counted(part: ReturnPart) -> pd.DataFrame:
    asked = [number for number, question in enumerate(part.questions) if question.standard_id != OVERALL]
    codes = part.codes[:, asked]
    applies = (codes >= 0) & (codes != NA)
    wanted = [[part.words.index(word) for word in part.questions[number].scale.meets] for number in asked]
    met = np.array([np.isin(each, right) for each, right in zip(codes.T, wanted, strict=True)], dtype=bool)
    met = met.reshape(len(asked), len(codes)).T
    critical = np.array([part.questions[number].critical for number in asked], dtype=bool)
    headers = {question.standard_id: question.header for question in part.questions}
    order = sorted(range(len(part.questions)), key=lambda number: part.questions[number].standard_id)
    empty: dict[str, Any] = {"first_rater_ref": "", "first_audited_on": pd.NaT}
    absent = {name: value for name, value in empty.items() if name not in part.entries}
    return part.entries.assign(
        **absent,
        applicable=applies.sum(axis=1),
        not_applicable=(codes == NA).sum(axis=1),
        met=met.sum(axis=1),
        critical_failed=(applies & ~met & critical).sum(axis=1),
        answered=np.asarray((part.codes >= 0).any(axis=1)),
        **_graded(part),
        questions="|".join(sorted(headers)),
        answers=[row.tobytes() for row in part.codes[:, order]],
        headers=pd.Series([{**part.headers, **headers}] * len(part.entries), dtype=object),
    )


def _read_again(entries: pd.DataFrame) -> pd.DataFrame:
    """Give the rows of second readers the reader who came first, as a moderated grade beside the first has it."""
    files = pd.Series(list(zip(entries["audit_id"], entries["child_ref"], strict=True)), index=entries.index)
    own = entries["role"] == "auditor"
    first = dict(zip(files[own][::-1], entries.loc[own, "rater_ref"][::-1], strict=True))
    alone = (entries["role"] == "moderator") & (entries["first_rater_ref"] == "")
    before = files.map(first).astype(object).fillna("")
    return entries.assign(first_rater_ref=entries["first_rater_ref"].mask(alone, before))


def _graded(part: ReturnPart) -> dict[str, npt.NDArray[Any]]:
    """The overall grades, and whether each is one that meets its scale, or the worst of it."""
    words = np.array([*part.words, "", ""], dtype=object)
    number = next((n for n, question in enumerate(part.questions) if question.standard_id == OVERALL), None)
    if number is None:
        none = np.zeros(len(part.entries), dtype=bool)
        return {"grade": np.full(len(part.entries), "", dtype=object), "well_graded": none, "worst_graded": none}
    grades, scale = words[part.codes[:, number]], part.questions[number].scale
    return {"grade": grades, "well_graded": np.isin(grades, [*scale.meets]), "worst_graded": grades == scale.levels[-1]}


def _dated(entries: pd.DataFrame) -> pd.DataFrame:
    """Give audits without a programme the month most of their dates fall in."""
    months = entries["audited_on"].dt.strftime("%Y-%m")
    usual = months.groupby(entries["audit_id"]).transform(_usual)
    return entries.assign(period=entries["period"].where(entries["period"] != "", usual.fillna("")))


def _usual(months: pd.Series[Any]) -> str:
    return str(months.value_counts().index[0]) if months.notna().any() else ""


def no_answers() -> pd.DataFrame:
    """An Answer table without rows, in the shape of a full one."""
    empty = {name: pd.Series([], dtype=str) for name in ANSWER_COLUMNS}
    empty["audited_on"] = pd.Series([], dtype="datetime64[ns]")
    empty["standard_version"] = pd.Series([], dtype="int64")
    return check_table(pd.DataFrame(empty), ANSWER, name="answers")


def answer_table(
    parts: Sequence[ReturnPart], entries: pd.DataFrame, comments: pd.DataFrame, kept: pd.Index[Any], undated: set[int]
) -> pd.DataFrame:
    """The Answers of the entries that were kept, checked at the door."""
    dated = entries["audited_on"].mask(entries.index.isin(list(undated)))
    entries = entries[list(_TEXT)].astype(str).assign(audited_on=dated)
    keep = np.zeros(len(entries), dtype=bool)
    keep[kept.to_numpy(dtype=np.intp)] = True
    entry, question, answer = _long(parts, keep)
    asked = [question for part in parts for question in part.questions]
    table = entries.take(entry).reset_index(drop=True)
    table = table.assign(
        standard_id=_spread([each.standard_id for each in asked], question),
        standard_version=np.array([each.version for each in asked], dtype=np.int64)[question],
        answer=_spread([word for part in parts for word in part.words], answer),
    )
    table = table.assign(comment=_comments(table["standard_id"], entry, comments))
    return check_table(table[list(ANSWER_COLUMNS)], ANSWER, name="answers")


def _spread(words: Sequence[str], codes: npt.NDArray[np.intp]) -> pd.Series[Any]:
    """A text column from few words and many codes, without touching every cell."""
    return pd.Series(list(words), dtype=str).take(codes).reset_index(drop=True)


def _long(parts: Sequence[ReturnPart], keep: npt.NDArray[np.bool_]) -> tuple[npt.NDArray[np.intp], ...]:
    found = [tuple(np.array([], dtype=np.intp) for _ in range(3))]
    start = asked = known = 0
    for part in parts:
        rows, columns = np.nonzero((part.codes >= 0) & keep[start : start + len(part.entries), None])
        found.append((rows + start, columns + asked, part.codes[rows, columns].astype(np.intp) + known))
        start, asked, known = start + len(part.entries), asked + len(part.questions), known + len(part.words)
    return tuple(np.concatenate(each) for each in zip(*found, strict=True))


def _comments(standards: pd.Series[Any], entry: npt.NDArray[np.intp], comments: pd.DataFrame) -> pd.Series[Any]:
    """A comment on a question beside its answer; one on the file once, beside the grade or the first answer."""
    rows = np.flatnonzero(np.isin(entry, comments["entry"].unique()))
    entries, asked = entry[rows].tolist(), standards.take(rows).tolist()
    about = dict(zip(zip(entries, asked, strict=True), rows.tolist(), strict=True))
    home = dict(zip(reversed(entries), reversed(rows.tolist()), strict=True))
    said: dict[int, str] = {}
    for number, question, words in comments[["entry", "question", "text"]].itertuples(index=False):
        spot = about.get((number, question), about.get((number, OVERALL), home.get(number)))
        if spot is not None:
            said[spot] = f"{said[spot]}\n{words}" if spot in said else words
    place = np.zeros(len(standards), dtype=np.intp)
    place[list(said)] = range(1, len(said) + 1)
    return _spread(["", *said.values()], place)
