"""What became of each escalation: resolved, waiting, or waiting past the limit; and what it was about.

A child counts once, by the escalation that is still open, else by the one that took longest, so that no resolved one
stands before one that waits. A reason that few have is put with others: it may be a sentence about one of them.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import pandas as pd

from ilacs_audit.analysis.clocks import NO_LIMIT
from ilacs_audit.analysis.shares import Record, aside, by_words, counted, known_words, level_by_level, share
from ilacs_audit.analysis.waits import time_to_end
from ilacs_audit.domain.about import Dossier
from ilacs_audit.domain.calendar import add_working_days, date_words, parse_day
from ilacs_audit.domain.catalogue.limits import Limit, Limits
from ilacs_audit.domain.counting import last_day
from ilacs_audit.domain.doors import doors
from ilacs_audit.domain.doors.accepts import accepts

LIMIT = "escalation"
_AGES = ("up to 10 working days", "11 to 20 working days", "more than 20 working days")


def _contents(work: Dossier) -> Record:
    about = {"as_of": work.as_of, "period": work.period, "holidays": work.handed.holidays()}
    return {
        **about,
        "exact": work.audience == "internal",
        "escalations": work.register("escalations"),
        "limits": work.handed.limits(),
    }


@accepts(Dossier, _contents)
def escalation_ages(
    escalations: pd.DataFrame,
    *,
    limits: Limits,
    holidays: Sequence[date],
    as_of: date | str,
    period: str = "",
    theme: str = "",
    exact: bool = True,
) -> pd.DataFrame:
    """Count the children with an escalation: resolved in time, still open, open past the limit, and for how long.

    Returns Measures of the whole service: `escalation_expired` of those still open, `escalation_in_time` of those
    resolved or past the limit (both by the limit in force, else not at all) and `escalation_open`; the last two by team
    and the last by stage. `escalation_age` is by working days open, `escalation_reason` by reason (a child with two is
    in both), `time_to_resolve` the median days with those still open counted as waiting (Kaplan-Meier), and
    `seen_before_meeting` has no count: no register holds it. Days run to the last day of which the register tells,
    and the note names it; `escalation_not_known` are those whose limit passed between that day and the day of the page.
    Example: `ia.escalation_ages(month)`.
    """
    day = parse_day(as_of)
    known, until = _known(escalations, pd.Timestamp(day)), pd.Timestamp(last_day(escalations, day) or day)
    cases = _cases(known, until, pd.Timestamp(day), limits.on(day).get(LIMIT), holidays)
    found = [
        *_counts(cases, limits.on(day).get(LIMIT)),
        *_of_groups(cases, judged=limits.on(day).get(LIMIT) is not None),
        *_ages(cases),
        *_reasons(known, exact),
    ]
    found += time_to_end("time_to_resolve", cases["raised_on"], cases["done"], until.date())
    found += [{"measure": "seen_before_meeting", "group": "all", "level": "all"}] if len(cases) else []
    return counted(({"note": date_words(until.date()), **each} for each in found), theme=theme, period=period)


def _known(escalations: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """The rows up to a day; an end after it, or before the beginning, is none."""
    table = doors.register(escalations, "escalations")
    table = table[table["raised_on"] <= day]
    ended = table["resolved_on"]
    return table.assign(done=ended.mask((ended > day) | (ended < table["raised_on"])))


def _cases(
    known: pd.DataFrame, until: pd.Timestamp, day: pd.Timestamp, limit: Limit | None, holidays: Sequence[date]
) -> pd.DataFrame:
    """A row a child: the escalation by which it counts, whether it is open, how old, and late or not known to be."""
    known = known.assign(open=known["done"].isna(), end=known["done"].fillna(until))
    pairs = [*zip(known["raised_on"], known["end"], strict=True)]
    limits = [limit.until(start.to_pydatetime(), holidays) if limit else pd.Timestamp.max for start, _ in pairs]
    known = known.assign(
        age=[_AGES[sum(end.date() > tenth for tenth in _tenths(start, holidays))] for start, end in pairs],
        late=[end > last for (_, end), last in zip(pairs, limits, strict=True)],
        since=[done is pd.NaT and until <= last < day for done, last in zip(known["done"], limits, strict=True)],
        waited=known["end"] - known["raised_on"],
    )
    worst = known.sort_values(["open", "waited"], ascending=False, kind="stable")
    return worst.drop_duplicates("child_ref").sort_index()


def _tenths(start: pd.Timestamp, holidays: Sequence[date]) -> Iterator[date]:
    """The tenth and the twentieth working day after a day; a Saturday after one is past it, as it is past a limit."""
    yield from (add_working_days(start.date(), days, holidays=holidays) for days in (10, 20))


def _counts(cases: pd.DataFrame, limit: Limit | None) -> Iterator[Record]:
    still = cases[cases["open"]]
    if limit:
        whole = {"group": "all", "level": limit.length}
        yield from share("escalation_expired", still["late"], **whole)
        yield from share("escalation_in_time", _due(cases), **whole)
        yield from share("escalation_not_known", still["since"]) if still["since"].any() else ()
    else:
        yield from aside({NO_LIMIT: len(cases)}, "escalations")
    yield from share("escalation_open", cases["open"], group="all", level="all")


def _of_groups(cases: pd.DataFrame, *, judged: bool) -> Iterator[Record]:
    """Team by team, and stage by stage; in time only where a limit is in force."""
    due = _due(cases)
    yield from level_by_level("escalation_open", cases["open"], cases["team"], group="team")
    if judged:
        yield from level_by_level("escalation_in_time", due, cases["team"].reindex(due.index), group="team")
    stages = known_words(cases["stage"], cases["child_ref"], "stage")
    yield from level_by_level("escalation_open", cases["open"], stages, group="escalation stage")


def _ages(cases: pd.DataFrame) -> Iterator[Record]:
    bands = cases.loc[cases["open"], "age"]
    for band in _AGES:
        yield from share("escalation_age", bands == band, group="time open", level=band)


def _reasons(known: pd.DataFrame, exact: bool) -> Iterator[Record]:
    """Children by reason, most first where every count is shown, what few have and what nobody wrote last."""
    for row in by_words("escalation_reason", known, "reason", "reason", exact):
        yield {**row, "group": "escalation reason"}


def _due(cases: pd.DataFrame) -> "pd.Series[Any]":
    """Of those resolved or past the limit, whether they were resolved within it."""
    due = cases[~cases["open"] | cases["late"]]
    return ~due["late"]
