"""Counting answers the one way: distinct children, not-applicable out, partners apart, and what is missing.

Several analyses count the same answers. They share this count so that 24 of 30 on one page
is 24 of 30 on every page.
"""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ilacs_audit.domain.calendar import add_months
from ilacs_audit.domain.given import a_column, table_of
from ilacs_audit.domain.programme import Audit, Programme
from ilacs_audit.domain.standards import GRADES, NOT_APPLICABLE, OVERALL, SCALES, Standards

FEWEST_IN_A_GROUP = 5
OTHERS = "Others, put together"
_ONE_ANSWER = ["audit_id", "child_ref", "standard_id", "agency"]
Flags = NDArray[np.bool_]
_UNREAD = ("missing-return", "unread-return", "missing-reference", "excluded")
_MEETS_UNASKED = frozenset().union(*(scale.meets for scale in SCALES.values() if scale.id != "scaling"))


def read_by(answers: pd.DataFrame, *, role: str = "auditor") -> pd.DataFrame:
    """One answer for each child, standard and audit by readers of one role, the latest kept."""
    ours = answers[answers["role"] == role]
    if ours.duplicated(_ONE_ANSWER).any():
        ours = ours.sort_values("audited_on", kind="stable", na_position="first")
        ours = ours.drop_duplicates(_ONE_ANSWER, keep="last")
    return ours.sort_index()


def files_read(answers: pd.DataFrame, *, roles: Collection[str] = ("auditor",)) -> int:
    """How many files readers of these roles have read, each once."""
    return int(answers.loc[answers["role"].isin(roles), "child_ref"].nunique())


def files_read_again(answers: pd.DataFrame, *, roles: Collection[str] = ("auditor",)) -> int:
    """How many of the files that readers of these roles have read a moderator read too."""
    read = answers.loc[answers["role"].isin(roles), "child_ref"]
    return files_read(answers[answers["child_ref"].isin(read)], roles=["moderator"])


def with_met(answers: pd.DataFrame, *, standards: Standards | None) -> pd.DataFrame:
    """Add `applies` (the answer counts) and `met` (it meets its standard's own scale)."""
    applies, met = _judged(answers, standards)
    return answers.assign(applies=applies, met=met)


def _judged(answers: pd.DataFrame, standards: Standards | None) -> tuple[Flags, Flags]:
    """Whether each answer counts, and whether it meets its standard: each pair of standard and word judged once."""
    standard, ids = pd.factorize(answers["standard_id"].astype(str))
    answer, words = pd.factorize(answers["answer"].astype(str))
    known = {} if standards is None else {each.id: each for each in standards}
    asked = (known.get(str(each)) for each in ids)
    met = [[str(word) in (_MEETS_UNASKED if each is None else each.scale.meets) for word in words] for each in asked]
    judged = np.array(met, dtype=bool).reshape(len(ids), len(words))
    return np.asarray(words != NOT_APPLICABLE, dtype=bool)[answer], judged[standard, answer]


def tally(answers: pd.DataFrame, *, by: list[str], standards: Standards | None) -> pd.DataFrame:
    """Count answers by the given columns: `met` of `applies` that applied, of `read` that were read."""
    applies, met = _judged(answers, standards)
    codes, levels = zip(*(pd.factorize(answers[name], sort=True) for name in by), strict=True)
    known = np.logical_and.reduce([code >= 0 for code in codes])
    shape = tuple(len(each) for each in levels)
    # An answer without a group would have no cell: it is given the first one here and left out below.
    cells = np.asarray(np.ravel_multi_index(codes, shape, mode="clip"))
    counted = {"met": met & applies & known, "applies": applies & known, "read": known}
    counts = {name: np.bincount(cells[which], minlength=math.prod(shape)) for name, which in counted.items()}
    seen = np.flatnonzero(counts["read"])
    places = np.unravel_index(seen, shape)
    names = {name: level[place] for name, level, place in zip(by, levels, places, strict=True)}
    return pd.DataFrame({**names, **{name: each[seen] for name, each in counts.items()}})


def missing_answers(
    answers: pd.DataFrame,
    *,
    by: str = "standard",
    programme: Programme | None = None,
    problems: pd.DataFrame | None = None,
    role: str = "auditor",
    standards: Standards | None = None,
) -> Mapping[tuple[str, ...], int]:
    """Count the answers that never came, by standard and period, and by level of `by` where that is another column.

    A file that came back without an answer to a standard, or with one that could not be read, is missing for it as
    much as one that never came. "Not applicable" is an answer. Nobody knows to whom a missing file belongs, so it
    is missing in every level. `answers` are those of `read_by`, the overall grade among them. Given `standards`,
    a standard that an audit asks and no file answers is missing in all of them; without `by` alone.
    """
    level = [] if by == "standard" else [by]
    apart = ["agency"] if role == "partner" and by != "agency" else []  # by agency each lacks what it did not send
    told = _told_once(answers, [*level, *apart])
    group = slice(3, 3 + len(level))
    files = Counter(audit_id for audit_id, _ in {each[:2] for each in told})
    here = Counter((audit_id, *of) for audit_id, _, *of in {(*each[:2], *each[group]) for each in told})
    agencies = Counter(audit_id for audit_id, _ in {(each[0], each[-1]) for each in told})
    counts = dict(Counter((each[0], each[2], period, *each[group]) for each, period in told.items()))
    unread = _unread(problems)
    if not level and not apart and programme is not None and problems is not None:
        counts |= dict.fromkeys(_unanswered(counts, programme, standards), 0)
    missing: Counter[tuple[str, ...]] = Counter()
    for (audit_id, *about), answered in counts.items():
        audit = programme[audit_id] if programme is not None and audit_id in programme else None
        came, lost = files[audit_id], unread.get(audit_id, 0)
        asked = audit.asked(came, lost) if audit else came + lost
        everywhere = not level or (by == "agency" and audit is not None and audit.agencies)
        of_these = asked if everywhere else here[audit_id, about[-1]] + asked - came
        missing[tuple(about)] += max(of_these * (agencies[audit_id] if apart else 1) - answered, 0)
    return missing


def _told_once(answers: pd.DataFrame, also: list[str]) -> dict[tuple[str, ...], str]:
    """The period of each answer by its audit, file, standard and more; plain values, which pandas counts no faster."""
    columns = (answers[name].tolist() for name in ("audit_id", "child_ref", "standard_id", *also))
    told: dict[tuple[str, ...], str] = {}
    for each, period in zip(zip(*columns, strict=True), answers["period"].tolist(), strict=True):
        told.setdefault(each, period)
    return told


def _unanswered(
    counted: Iterable[tuple[str, ...]], programme: Programme, standards: Standards | None
) -> list[tuple[str, ...]]:
    """Each audit, standard and period that the audit's edition asks, and that not one of its files answers."""
    seen = {(audit_id, standard_id) for audit_id, standard_id, _ in counted}
    audits = dict.fromkeys((audit_id, period) for audit_id, _, period in counted if audit_id in programme)
    return [
        (audit_id, each.id, period)
        for audit_id, period in audits
        for each in standards or ()
        if each.theme == programme[audit_id].theme and (audit_id, each.id) not in seen
        if each.version_in(programme[audit_id].edition) is not None
    ]


def _unread(problems: pd.DataFrame | None) -> Mapping[str, int]:
    """How many rows of each audit came back with nothing in them that could be counted."""
    if problems is None:
        return {}
    columns = (problems[name].tolist() for name in ("rule", "row", "audit_id", "file", "sheet"))
    rows = {(*place, row) for rule, row, *place in zip(*columns, strict=True) if rule in _UNREAD and pd.notna(row)}
    return Counter(audit_id for audit_id, *_ in rows)


def small_groups_together(answers: pd.DataFrame, *, by: str = "team") -> pd.DataFrame:
    """Put groups with fewer than five files under one name: a breakdown is redesigned before any cell is hidden.

    Every breakdown of one page starts from the same groups, so that none can be taken from another.
    Example: `ia.small_groups_together(work.answers)`.
    """
    answers = table_of(answers, ("child_ref",), "answers", "Give the answers, such as ia.load_returns(...).table.")
    a_column(answers, by)
    files = answers.groupby(by)["child_ref"].nunique().sort_values(kind="stable")
    small = files[files < FEWEST_IN_A_GROUP]
    if small.empty:
        return answers
    wanted = list(small.index) if small.sum() >= FEWEST_IN_A_GROUP else list(files.index[: len(small) + 1])
    return answers.assign(**{by: answers[by].where(~answers[by].isin(wanted), OTHERS)})


def grade_levels(answers: pd.DataFrame, standards: Standards | None) -> tuple[str, ...]:
    """Every overall grade that these answers could have, best first: the scale of each theme that was asked."""
    asked = set(answers["standard_id"].unique().tolist())
    themes = [
        theme for theme in (standards.themes if standards else ()) if any(each.id in asked for each in theme.standards)
    ]
    given = answers.loc[answers["standard_id"] == OVERALL, "answer"].unique().tolist()
    usual = GRADES if not themes or any(theme.grade.levels == GRADES for theme in themes) else ()
    return tuple(dict.fromkeys((*usual, *(level for theme in themes for level in theme.grade.levels), *given)))


def protocol(answers: pd.DataFrame, *, programme: Programme | None) -> Audit | None:
    """The one protocol behind these answers, or None where there is none or more than one."""
    audits = answers["audit_id"].unique()
    if programme is None or len(audits) != 1 or audits[0] not in programme:
        return None
    return programme[audits[0]]


_PLANNED = ("on", "due_on")  # the day of a session or a survey, and the day by which something is to be done


def last_day(table: pd.DataFrame, day: date) -> date | None:
    """The last day of which a register tells, and never one after the day of the report.

    One that holds what was done in the three months after the day was written after it, and tells of the day. What is
    dated later is taken for a slip of the pen, and what is planned tells of no day.
    """
    dates = {name: table[name] for name in table if pd.api.types.is_datetime64_any_dtype(table[name])}
    told = pd.concat([*dates.values()]).dropna().dt.normalize() if dates else pd.Series(dtype="datetime64[ns]")
    done = [each for name, each in dates.items() if name not in _PLANNED]
    after = pd.concat(done).dropna().dt.normalize() if done else told.iloc[:0]
    if after.between(pd.Timestamp(day), pd.Timestamp(add_months(day, 3))).any():
        return day
    told = told[told <= pd.Timestamp(day)]
    return told.max().date() if len(told) else None


AFTER = "date after the report"
_DAYS = {  # from the first day to the last one
    **{"tracker": ("reviewed_on", "left_team_on"), "closures": ("closed_on",), "survey": ("on",)},
    **{"escalations": ("raised_on",), "actions": ("raised_on",), "visits": ("visited_on",)},
    "screening": ("screened_on",),
}


def misdated(table: pd.DataFrame, name: str, day: date) -> "pd.Series[str]":
    """Why a row counts nowhere: it begins after the day of the report, or ends before it begins; else nothing."""
    why = pd.Series("", index=table.index, dtype=object)
    if begins_ends := _DAYS.get(name):
        begins, ends = table[begins_ends[0]], table[begins_ends[-1]]
        why = why.mask(ends < begins, "end before beginning").mask(begins > pd.Timestamp(day), AFTER)
    return why
