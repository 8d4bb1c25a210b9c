"""Whether what has a limit of time was done within it, and whether what was done was written down.

Each child counts once, by the last visit in the log. How often a child is visited says nothing of how good a visit was,
so the two are never put together; and what is not due yet is neither in time nor late.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

import pandas as pd

from ilacs_audit.domain.about import Dossier
from ilacs_audit.domain.calendar import parse_day, working_days
from ilacs_audit.domain.catalogue.limits import Limit, Limits
from ilacs_audit.domain.counting import last_day
from ilacs_audit.domain.doors import doors
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.measures import in_order, measures

PLANS = {"child protection": "cp-visit", "child in need": "cin-visit", "care": "care-visit"}
_LAGS = (
    (0, "on the day"),
    (1, "after 1 or 2 working days"),
    (3, "after 3 to 5 working days"),
    (6, "after 6 working days or more"),
)
UNWRITTEN = "not recorded yet"

Record = dict[str, Any]


def _contents(work: Dossier, *registers: str) -> dict[str, Any]:
    about = {"as_of": work.as_of, "period": work.period, "holidays": work.handed.holidays()}
    return {**{name: work.register(name) for name in registers}, **about}


def _limited(*registers: str) -> Any:
    return lambda work: {**_contents(work, *registers), "limits": work.handed.limits()}


@accepts(Dossier, _limited("visits"))
def visit_timeliness(
    visits: pd.DataFrame,
    *,
    limits: Limits,
    holidays: Sequence[date],
    as_of: date | str,
    period: str = "",
    theme: str = "",
) -> pd.DataFrame:
    """Count the children whose last visit lies within the limit of their plan on the last day of the log.

    Returns Measures: `visited_in_time` by plan type (group "plan type") and, on child protection plans, of the whole
    service and by team; and `cp_all_in_time`, whether every visit of the log came in time after the one before. A
    child whose limit is not in force or not set is not counted. The level of the whole service names the limit.
    """
    day, last = _days(visits, as_of)
    known, found = limits.on(day), []
    for plan, name in PLANS.items():
        if name not in known:
            continue
        ours = last[last["plan_type"] == plan]
        end = pd.Timestamp(last_day(visits, day) or day)
        seen = [_in_time(known[name], visited, end, holidays) for visited in ours["visited_on"]]
        found.append({"measure": "visited_in_time", "group": "plan type", "level": plan, **_of(seen)})
        if name == "cp-visit":
            gaps = _gaps(visits[visits["visited_on"] <= pd.Timestamp(day)], ours["child_ref"], known[name], holidays)
            whole = {"group": "all", "level": known[name].length}
            found += [{"measure": "cp_visited_in_time", **whole, **_of(seen)}]
            found += [{"measure": "cp_all_in_time", **whole, **_of(gaps)}]
            teams = (
                (str(team), [*rows]) for team, rows in pd.Series(seen, dtype=bool).groupby(ours["team"].to_numpy())
            )
            for team, rows in sorted(teams, key=lambda each: in_order(each[0])):
                found.append({"measure": "cp_visited_in_time", "group": "team", "level": team, **_of(rows)})
    return _made(found, theme, period)


@accepts(Dossier, lambda work: _contents(work, "visits"))
def seen_alone(
    visits: pd.DataFrame, *, as_of: date | str, period: str = "", theme: str = "", holidays: Sequence[date] = ()
) -> pd.DataFrame:
    """Count the children who were seen at their last visit, and of those the log says it of, who was seen alone.

    Returns Measures `child_seen` and `child_seen_alone` of the whole service and by plan type. What the log leaves
    blank is in no count.
    """
    _, last = _days(visits, as_of)
    return _made(
        (
            {"measure": measure, **about, **_of([*(ours[ours[column].isin(("yes", "no"))][column] == "yes")])}
            for measure, column in (("child_seen", "seen"), ("child_seen_alone", "seen_alone"))
            for about, ours in _whole_and_plans(last[last["seen"] == "yes"] if column == "seen_alone" else last)
        ),
        theme,
        period,
    )


@accepts(Dossier, lambda work: _contents(work, "visits"))
def recording_lag(
    visits: pd.DataFrame, *, holidays: Sequence[date], as_of: date | str, period: str = "", theme: str = ""
) -> pd.DataFrame:
    """Count the children by how long after their last visit it was written up; a visit not yet written up is a row.

    Returns Measures `recorded_after`, group "recording lag": "not visited" and "not recorded" part here.
    """
    day, last = _days(visits, as_of)
    written = last["recorded_on"].mask(last["recorded_on"] > pd.Timestamp(day))
    pairs = zip(last["visited_on"], written, strict=True)
    lags = [None if pd.isna(end) else working_days(start.date(), end.date(), holidays=holidays) for start, end in pairs]
    bands = [UNWRITTEN if lag is None else [band for least, band in _LAGS if max(lag, 0) >= least][-1] for lag in lags]
    levels = [*(band for _, band in _LAGS), UNWRITTEN]
    about = {"measure": "recorded_after", "group": "recording lag"}
    return _made(
        ({**about, "level": level, **_of([band == level for band in bands])} for level in levels if bands),
        theme,
        period,
    )


def _clocked(register: str, started: str, ended: str, limit: str, measure: str, said: str) -> Any:
    """A count of what was done within a limit: from one column of a register to another."""

    @accepts(Dossier, lambda work: {**_limited()(work), "table": work.register(register)})
    def counted(
        table: pd.DataFrame, *, limits: Limits, holidays: Sequence[date], as_of: date | str, **about: str
    ) -> Any:
        day, table = parse_day(as_of), doors.register(table, register, started, ended)
        rule, end = limits.on(day).get(limit), pd.Timestamp(last_day(table, day) or day) + pd.Timedelta(hours=23.99)
        once = table.drop_duplicates() if "request_id" not in table else table.drop_duplicates("request_id")
        pairs = [*zip(once[started], once[ended].mask(once[ended] > end), strict=True)] if rule else []
        ends = [(rule.until(start, holidays), done) for start, done in pairs if pd.notna(start)] if rule else []
        due = [bool(done <= until) for until, done in ends if pd.notna(done) or until < end]
        told = {"measure": measure, "group": "all", "level": rule.length if rule else "", **_of(due)}
        return _made([told] if due else [], about.get("theme", ""), about.get("period", ""))

    counted.__doc__ = said
    return counted


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


def _days(visits: pd.DataFrame, as_of: date | str) -> tuple[date, pd.DataFrame]:
    """The day of the report, and the last visit of each child up to it."""
    day, visits = parse_day(as_of), doors.register(visits, "visits")
    past = visits[visits["visited_on"] <= pd.Timestamp(day)].sort_values("visited_on", kind="stable")
    return day, past.drop_duplicates("child_ref", keep="last")


def _in_time(limit: Limit, start: pd.Timestamp, end: pd.Timestamp, holidays: Sequence[date]) -> bool:
    return bool(end <= limit.until(start.to_pydatetime(), holidays))


def _gaps(visits: pd.DataFrame, children: "pd.Series[Any]", limit: Limit, holidays: Sequence[date]) -> list[bool]:
    """Of each child with more than one visit, whether each came within the limit of the one before."""
    dates = visits[visits["child_ref"].isin(children)].groupby("child_ref")["visited_on"].agg(sorted)
    pairs = ([*pairwise(each)] for each in dates)
    return [all(_in_time(limit, was, then, holidays) for was, then in each) for each in pairs if each]


def _whole_and_plans(last: pd.DataFrame) -> Iterator[tuple[Record, pd.DataFrame]]:
    yield {"group": "all", "level": "all"}, last
    for plan in PLANS:
        yield {"group": "plan type", "level": plan}, last[last["plan_type"] == plan]


def _of(so: Sequence[bool]) -> Record:
    return {"numerator": sum(map(bool, so)), "denominator": len(so), "value": sum(so) / len(so) if len(so) else None}


def _made(found: Any, theme: str, period: str) -> pd.DataFrame:
    about = {"theme": theme, "period": period, "method": "count"}
    return measures({**about, **each} for each in found if each["denominator"])
