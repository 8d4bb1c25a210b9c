"""Put the parts together: entries with their counts for the checks, then the table of Answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ilacs_audit.domain.schemas import ANSWER, ANSWER_COLUMNS, check_table
from ilacs_audit.domain.standards import NOT_APPLICABLE, OVERALL
from ilacs_audit.intake.entries import WORDS, Part

_NA = WORDS.index(NOT_APPLICABLE)
_TEXT = ("audit_id", "period", "child_ref", "team", "worker_ref", "rater_ref", "role", "agency", "grade")
_NO_COMMENTS = ("entry", "question", "text", "raw")


def gather(parts: Sequence[Part]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """All entries with counts of their answers, and all comments by entry."""
    frames = [_counted(part) for part in parts]
    starts = np.cumsum([0, *(len(part.entries) for part in parts)])
    comments = [
        part.comments.assign(entry=part.comments["entry"] + start) for part, start in zip(parts, starts, strict=False)
    ]
    entries = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()
    filled = [each for each in comments if len(each)]
    return _dated(entries), pd.concat(filled, ignore_index=True) if filled else pd.DataFrame([], columns=_NO_COMMENTS)


def _counted(part: Part) -> pd.DataFrame:
    asked = [number for number, question in enumerate(part.questions) if question.standard_id != OVERALL]
    codes = part.codes[:, asked]
    applies, met = (codes >= 0) & (codes != _NA), _met(part, asked)
    critical = np.array([part.questions[number].critical for number in asked], dtype=bool)
    headers = {question.standard_id: question.header for question in part.questions}
    empty: dict[str, Any] = {"first_rater_ref": "", "first_audited_on": pd.NaT}
    absent = {name: value for name, value in empty.items() if name not in part.entries}
    return part.entries.assign(
        **absent,
        applicable=applies.sum(axis=1),
        not_applicable=(codes == _NA).sum(axis=1),
        met=met.sum(axis=1),
        critical_failed=(applies & ~met & critical).sum(axis=1),
        answered=np.asarray((part.codes >= 0).any(axis=1)),
        grade=_grades(part),
        questions="|".join(headers),
        answers=[row.tobytes() for row in part.codes],
        headers=pd.Series([{**part.headers, **headers}] * len(part.entries), dtype=object),
    )


def _met(part: Part, asked: Sequence[int]) -> npt.NDArray[np.bool_]:
    """Whether each answer meets its own standard."""
    met = np.zeros((len(part.entries), len(asked)), dtype=bool)
    for place, number in enumerate(asked):
        wanted = [WORDS.index(word) for word in part.questions[number].meets]
        met[:, place] = np.isin(part.codes[:, number], wanted)
    return met


def _grades(part: Part) -> npt.NDArray[np.object_]:
    words = np.array([*WORDS, "", ""], dtype=object)
    places = [number for number, question in enumerate(part.questions) if question.standard_id == OVERALL]
    return words[part.codes[:, places[0]]] if places else np.full(len(part.entries), "", dtype=object)


def _dated(entries: pd.DataFrame) -> pd.DataFrame:
    """Give audits without a programme the month most of their dates fall in."""
    months = entries["audited_on"].dt.strftime("%Y-%m")
    usual = months.groupby(entries["audit_id"]).transform(_most_common)
    return entries.assign(period=entries["period"].where(entries["period"] != "", usual.fillna("")))


def _most_common(months: pd.Series[Any]) -> str:
    counted = months.value_counts()
    return str(counted.index[0]) if len(counted) else ""


def answer_table(
    parts: Sequence[Part], entries: pd.DataFrame, comments: pd.DataFrame, kept: pd.Index[Any], undated: set[int]
) -> pd.DataFrame:
    """The Answers of the entries that were kept, checked at the door."""
    entries = entries.assign(audited_on=entries["audited_on"].mask(entries.index.isin(list(undated))))
    keep = np.zeros(len(entries), dtype=bool)
    keep[kept.to_numpy(dtype=np.intp)] = True
    entry, standard, version, answer = _long(parts, keep)
    table = entries[[*_TEXT, "audited_on"]].take(entry).reset_index(drop=True)
    table = table.assign(standard_id=standard, standard_version=version, answer=answer, comment="")
    table = _with_comments(table, entry, comments)
    table = table.astype({name: str for name in ANSWER_COLUMNS if name not in ("audited_on", "standard_version")})
    return check_table(table[list(ANSWER_COLUMNS)], ANSWER, name="answers")


def _long(parts: Sequence[Part], keep: npt.NDArray[np.bool_]) -> tuple[Any, Any, Any, Any]:
    """Entry, standard, version and answer of every answer, in the order of the rows."""
    found: list[tuple[Any, ...]] = [
        (
            np.array([], dtype=np.intp),
            np.array([], dtype=object),
            np.array([], dtype=np.int64),
            np.array([], dtype=object),
        )
    ]
    start = 0
    for part in parts:
        rows, columns = np.nonzero((part.codes >= 0) & keep[start : start + len(part.entries), None])
        ids = np.array([question.standard_id for question in part.questions], dtype=object)
        versions = np.array([question.version for question in part.questions], dtype=np.int64)
        words = np.array(WORDS, dtype=object)[part.codes[rows, columns]]
        found.append((rows + start, ids[columns], versions[columns], words))
        start += len(part.entries)
    return tuple(np.concatenate(each) for each in zip(*found, strict=True))  # type: ignore[return-value]


def _with_comments(table: pd.DataFrame, entry: npt.NDArray[np.intp], comments: pd.DataFrame) -> pd.DataFrame:
    """A comment on a question beside its answer; one on the file once, beside the grade or the first answer."""
    if comments.empty:
        return table
    joined = comments.groupby(["entry", "question"], sort=False)["text"].agg("\n".join)
    home = _home(table, entry)
    text = np.array(table["comment"], dtype=object)
    place = {(e, s): n for n, (e, s) in enumerate(zip(entry.tolist(), table["standard_id"].tolist(), strict=True))}
    for (number, question), words in zip(joined.index.tolist(), joined.tolist(), strict=True):
        spot = place.get((number, question)) if question else home.get(number)
        spot = home.get(number) if spot is None else spot
        if spot is not None:
            text[spot] = f"{text[spot]}\n{words}" if text[spot] else words
    return table.assign(comment=text)


def _keyed(joined: pd.Series[Any]) -> list[tuple[tuple[int, str], str]]:
    """The joined comments by entry and question."""
    return list(zip(joined.index.tolist(), joined.tolist(), strict=True))


def _home(table: pd.DataFrame, entry: npt.NDArray[np.intp]) -> dict[int, int]:
    """For each entry, the row of its grade, or of its first answer."""
    rows = pd.DataFrame(
        {"entry": entry, "row": np.arange(len(entry)), "other": (table["standard_id"] != OVERALL).to_numpy()}
    )
    first = rows.sort_values(["entry", "other", "row"]).drop_duplicates("entry")
    return dict(zip(first["entry"].tolist(), first["row"].tolist(), strict=True))
