"""Whether what has one limit of time was done within it: meetings, assessments and conferences.

Each starts a clock that runs to the day of the page: silence is never in time, and what is not due yet is neither in
time nor late.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd

from ilacs_audit.analysis.clocks import NO_LIMIT, limited
from ilacs_audit.analysis.shares import aside, counted, share
from ilacs_audit.domain.about import Dossier
from ilacs_audit.domain.calendar import parse_day
from ilacs_audit.domain.catalogue.limits import Limit, Limits
from ilacs_audit.domain.counting import last_day
from ilacs_audit.domain.doors import doors
from ilacs_audit.domain.doors.accepts import accepts

UNDECIDED, EARLY, NO_HOUR = "no time of the decision", "held before it was decided", "no hour given"
TORN = "two times given"
SINCE = "open when the register ends and due since"
_OF_OTHERS = {UNDECIDED: "no beginning recorded", EARLY: "ended before it began"}  # what is no meeting


def _clocked(register: str, started: str, ended: str, limit: str, measure: str, said: str) -> Any:
    """A count of what was done within a limit: from one column of a register to another."""

    @accepts(Dossier, lambda work: {**limited()(work), "table": work.register(register)})
    def timed(table: pd.DataFrame, *, limits: Limits, holidays: Sequence[date], as_of: date | str, **about: str) -> Any:
        day, table = parse_day(as_of), doors.register(table, register, started, ended)
        rule, end = limits.on(day).get(limit), pd.Timestamp(day) + pd.Timedelta(hours=23.99)
        once, torn = _once(table, started, ended)
        once, silent = once[~(once[started] > end)], pd.Series(dtype=bool)
        if "conference_unnecessary" in once:  # an enquiry of which nobody says that it needs a conference is not late
            silent = once[ended].isna() & ~once["conference_unnecessary"].isin(("yes", "no"))
            once = once[once[ended].notna() | (once["conference_unnecessary"] == "no")]
        pairs = [*zip(once[started], once[ended].mask(once[ended] > end), strict=True)] if rule else []
        judged = [_kept(rule, start, done, end, holidays) for start, done in pairs] if rule else []
        if rule and register != "meetings":  # a list may end before the page: what was due since is not known
            told = pd.Timestamp(last_day(table, day) or day) + pd.Timedelta(hours=23.99)
            then = [_kept(rule, start, done, told, holidays) for start, done in pairs]
            judged = [SINCE if now is False and was is None else now for now, was in zip(judged, then, strict=True)]
        due = pd.Series([each for each in judged if isinstance(each, bool)], dtype=bool)
        found = share(measure, due, level=rule.length if rule else "")
        found += share("conference_not_known", silent) if silent.any() else []
        words = {} if register == "meetings" else _OF_OTHERS
        left = {TORN: torn} if rule else {NO_LIMIT: len(once)}
        left |= {words.get(why, why): judged.count(why) for why in (UNDECIDED, EARLY, NO_HOUR, SINCE)}
        return counted([*found, *aside(left, register)], theme=about.get("theme", ""), period=about.get("period", ""))

    timed.__doc__ = f"{said}\n\nExample: `ia.{register.rstrip('s')}_timeliness(month)`."
    return timed


meeting_timeliness = _clocked(
    *("meetings", "decided_at", "held_at", "strategy-meeting", "meeting_in_time"),
    "Count the strategy meetings held within the local hours of the decision; one not yet due is not counted.",
)
assessment_timeliness = _clocked(
    *("assessments", "started_on", "authorised_on", "assessment", "assessment_in_time"),
    "Count the assessments authorised within the limit from their start; an open one not yet due is not counted.",
)
conference_timeliness = _clocked(
    *("conferences", "strategy_on", "conference_on", "conference", "conference_in_time"),
    "Count the conferences held within the limit from the strategy discussion; one not yet due is not counted.",
)


def _once(table: pd.DataFrame, started: str, ended: str) -> tuple[pd.DataFrame, int]:
    """One row a meeting, of which each agency has a row in whatever order; and how many are told with two times."""
    if "request_id" not in table:
        return table.drop_duplicates(), 0
    by = table.groupby("request_id", sort=False)[[started, ended]]
    torn = by.nunique().gt(1).any(axis=1)
    return by.min()[~torn], int(torn.sum())


def _kept(
    rule: Limit, start: pd.Timestamp, done: pd.Timestamp, end: pd.Timestamp, holidays: Sequence[date]
) -> bool | str | None:
    """Whether a limit was kept; None where it is not due yet, and in words why nobody can tell.

    A date without its hour may be any hour of that day, so a limit of hours is kept or passed only where every hour
    says so.
    """
    if pd.isna(start):
        return UNDECIDED
    loose = {each: rule.unit == "hours" and pd.notna(each) and each == each.normalize() for each in (start, done)}
    latest = {each: each + pd.Timedelta(days=1) if wide else each for each, wide in loose.items()}
    if pd.notna(done) and latest[done] < start:
        return EARLY
    first, last = (rule.until(each.to_pydatetime(), holidays) for each in (start, latest[start]))
    if pd.isna(done):
        return False if last < end else None
    return True if latest[done] <= first else False if done > last else NO_HOUR
