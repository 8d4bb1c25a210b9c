"""Whether what has a limit of time was done within it, and whether what was done was written down.

Each child counts once, by the last day of visits in the log, and the clock runs to the day of the page: silence is
never in time. How often a child is visited says nothing of how good a visit was,
so the two are never put together; and what is not due yet is neither in time nor late.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

import pandas as pd

from ilacs_audit.domain.about import Dossier
from ilacs_audit.domain.calendar import date_words, parse_day, working_days
from ilacs_audit.domain.catalogue.limits import Limit, Limits
from ilacs_audit.domain.columns import PLAN_NOT_KNOWN as OTHER
from ilacs_audit.domain.columns import plan_of
from ilacs_audit.domain.counting import last_day
from ilacs_audit.domain.doors import doors
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.measures import in_order, measures

PROTECTED = "child protection"
PLANS = {PROTECTED: "cp-visit", "child in need": "cin-visit", "care": "care-visit"}
BEFORE = "recorded before the visit"
_LAGS = (
    (0, "on the day"),
    (1, "later, within 2 working days"),
    (3, "after 3 to 5 working days"),
    (6, "after 6 working days or more"),
)
UNWRITTEN = "not recorded yet"
UNDECIDED, EARLY, NO_HOUR = "no time of the decision", "held before it was decided", "no hour given"
SINCE = "open when the register ends and due since"
_OF_OTHERS = {UNDECIDED: "no beginning recorded", EARLY: "ended before it began"}  # what is no meeting

Record = dict[str, Any]


def _contents(work: Dossier, *registers: str) -> dict[str, Any]:
    about = {"as_of": work.as_of, "period": work.period, "holidays": work.handed.holidays()}
    return {**{name: work.register(name) for name in registers}, **about}


def _limited(*registers: str) -> Any:
    return lambda work: {**_contents(work, *registers), "limits": work.handed.limits()}


@accepts(Dossier, _limited("visits", "cases"))
def visit_timeliness(
    visits: pd.DataFrame,
    *,
    limits: Limits,
    holidays: Sequence[date],
    as_of: date | str,
    cases: pd.DataFrame | None = None,
    period: str = "",
    theme: str = "",
) -> pd.DataFrame:
    """Count the children whose last visit lies within the limit of their plan on the day of the page.

    Returns Measures: `visited_in_time` by plan type (group "plan type") and, on child protection plans, of the whole
    service and by team; `cp_all_in_time`, whether every visit came in time after the one before, the next one included;
    and, where there are any, `visit_not_known` (the limit passed between the last day of the log and the day of the
    page), `visit_not_owed` (closed in `cases` since the last visit: in no other count) and `plan_not_known`, which is
    told as set aside too. A limit not in force or not set counts nobody. The level of the whole names the limit.
    """
    day, last = _days(visits, as_of)
    shut = last["child_ref"].isin(_closed(cases, last, day))
    owed, told = last[~shut], pd.Timestamp(last_day(visits, day) or day)
    known = {plan: limits.on(day)[name] for plan, name in PLANS.items() if name in limits.on(day)}
    ends = pd.Series(
        [
            known[plan].until(start.to_pydatetime(), holidays) if plan in known else pd.NaT
            for plan, start in zip(owed["plan"], owed["visited_on"], strict=True)
        ],
        index=owed.index,
        dtype="datetime64[us]",
    )
    judged = owed.assign(kept=ends >= pd.Timestamp(day), since=ends.between(told, pd.Timestamp(day)))[ends.notna()]
    judged["since"] &= ~judged["kept"]
    found = [
        {
            "measure": "visited_in_time",
            "group": "plan type",
            "level": plan,
            **_of([*judged["kept"][judged["plan"] == plan]]),
        }
        for plan in known
    ]
    found += [*_protected(judged[judged["plan"] == PROTECTED], visits, day, known.get(PROTECTED), holidays)]
    beside = [
        {"measure": "visit_not_known", "group": "all", "level": date_words(told.date()), **_of([*judged["since"]])},
        {"measure": "visit_not_owed", "group": "all", "level": "all", **_of([*shut])},
        {"measure": "plan_not_known", "group": "all", "level": "all", **_of([*((last["plan"] == OTHER) & ~shut)])},
    ]
    late, *rest = ([row] if row["numerator"] else [] for row in beside)
    place = next((at + 1 for at, row in enumerate(found) if row["group"] == "all"), len(found))
    found = [*found[:place], *late, *found[place:], *rest[0], *rest[1]]  # the headline is the first two of the whole
    return _made([*found, *_aside(OTHER, "visits", int((owed["plan"] == OTHER).sum()))], theme, period)


def _protected(
    ours: pd.DataFrame, visits: pd.DataFrame, day: date, limit: Limit | None, holidays: Sequence[date]
) -> Iterator[Record]:
    """Children on a child protection plan: the last visit, every visit, and the last by team."""
    if limit is None:
        return
    past, whole = visits[visits["visited_on"] <= pd.Timestamp(day)], {"group": "all", "level": limit.length}
    gaps = _gaps(past, dict(zip(ours["child_ref"], ours["kept"], strict=True)), limit, holidays)
    yield {"measure": "cp_visited_in_time", **whole, **_of([*ours["kept"]])}
    yield {"measure": "cp_all_in_time", **whole, **_of(gaps)}
    for team, rows in sorted(ours.groupby("team"), key=lambda each: in_order(str(each[0]))):
        yield {"measure": "cp_visited_in_time", "group": "team", "level": str(team), **_of([*rows["kept"]])}


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
    if visits["recorded_on"].isna().all():  # a list that does not say when visits were written up
        return _made([], theme, period)
    written = last["recorded_on"].mask(last["recorded_on"] > pd.Timestamp(day))
    bands = [_lag(start, end, holidays) for start, end in zip(last["visited_on"], written, strict=True)]
    levels = [*(band for _, band in _LAGS), UNWRITTEN, *([BEFORE] if BEFORE in bands else [])]
    about = {"measure": "recorded_after", "group": "recording lag"}
    found = [{**about, "level": level, **_of([band == level for band in bands])} for level in levels if bands]
    return _made([*found, *_aside(BEFORE, "visits", bands.count(BEFORE))], theme, period)


def _lag(visited: pd.Timestamp, recorded: pd.Timestamp, holidays: Sequence[date]) -> str:
    """How long after a visit it was written up: the same day of the calendar, else in working days."""
    if pd.isna(recorded):
        return UNWRITTEN
    if recorded.date() <= visited.date():
        return _LAGS[0][1] if recorded.date() == visited.date() else BEFORE
    lag = max(working_days(visited.date(), recorded.date(), holidays=holidays), 1)
    return [band for least, band in _LAGS if lag >= least][-1]


def _clocked(register: str, started: str, ended: str, limit: str, measure: str, said: str) -> Any:
    """A count of what was done within a limit: from one column of a register to another."""

    @accepts(Dossier, lambda work: {**_limited()(work), "table": work.register(register)})
    def counted(
        table: pd.DataFrame, *, limits: Limits, holidays: Sequence[date], as_of: date | str, **about: str
    ) -> Any:
        day, table = parse_day(as_of), doors.register(table, register, started, ended)
        rule, end = limits.on(day).get(limit), pd.Timestamp(day) + pd.Timedelta(hours=23.99)
        ours = table.groupby("request_id", sort=False)[[started, ended]].min() if "request_id" in table else None
        once = table.drop_duplicates() if ours is None else ours  # a row an agency: one meeting, in whatever order
        if "conference_unnecessary" in once:  # an enquiry of which nobody says that it needs a conference is not late
            once = once[once[ended].notna() | (once["conference_unnecessary"] == "no")]
        once = once[~(once[started] > end)]
        pairs = [*zip(once[started], once[ended].mask(once[ended] > end), strict=True)] if rule else []
        judged = [_kept(rule, start, done, end, holidays) for start, done in pairs] if rule else []
        if rule and register != "meetings":  # a list may end before the page: what was due since is not known
            told = pd.Timestamp(last_day(table, day) or day) + pd.Timedelta(hours=23.99)
            then = [_kept(rule, start, done, told, holidays) for start, done in pairs]
            judged = [SINCE if now is False and was is None else now for now, was in zip(judged, then, strict=True)]
        due = [each for each in judged if isinstance(each, bool)]
        found = {"measure": measure, "group": "all", "level": rule.length if rule else "", **_of(due)}
        said = {} if register == "meetings" else _OF_OTHERS
        reasons = (UNDECIDED, EARLY, NO_HOUR, SINCE)
        aside = (row for why in reasons for row in _aside(said.get(why, why), register, judged.count(why)))
        return _made([found, *aside], about.get("theme", ""), about.get("period", ""))

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


def _closed(cases: pd.DataFrame | None, last: pd.DataFrame, day: date) -> list[str]:
    """The children of whom every case is closed by this day, and who were not visited since."""
    if cases is None or doors.register(cases, "cases", "child_ref", "closed_on").empty:
        return []
    ends = cases.groupby("child_ref")["closed_on"]
    shut = ends.max().where(ends.agg(lambda each: bool(each.notna().all())).astype(bool))
    ended = pd.to_datetime(last["child_ref"].map(shut))
    return [*last.loc[(ended <= pd.Timestamp(day)) & (ended >= last["visited_on"]), "child_ref"]]


def _days(visits: pd.DataFrame, as_of: date | str) -> tuple[date, pd.DataFrame]:
    """The day of the report, and the last day of visits of each child up to it, whatever the order of its rows.

    Of two rows on one day the child was seen if either says yes, and it is written up when the first of them is.
    """
    day, visits = parse_day(as_of), doors.register(visits, "visits")
    plan = visits["plan_type"].map(plan_of)
    past = visits.assign(plan=plan.astype(object))[visits["visited_on"] <= pd.Timestamp(day)]
    past = past[past["visited_on"] == past.groupby("child_ref")["visited_on"].transform("max")]
    rank = past["plan"].map([*PLANS, OTHER].index)
    past = past.assign(rank=rank).sort_values(["rank", "team", "worker_ref", "recorded_on"], kind="stable")
    same = past.groupby("child_ref")
    answers = {name: same[name].transform("max") for name in ("seen", "seen_alone")}  # "" < "no" < "yes"
    written = same["recorded_on"].transform("min")
    return day, past.assign(**answers, recorded_on=written).drop_duplicates("child_ref").sort_index()


def _in_time(limit: Limit, start: pd.Timestamp, end: pd.Timestamp, holidays: Sequence[date]) -> bool:
    return bool(end <= limit.until(start.to_pydatetime(), holidays))


def _gaps(visits: pd.DataFrame, last: Mapping[str, bool], limit: Limit, holidays: Sequence[date]) -> list[bool]:
    """Of each child with visits on two days, whether each came within the limit of the one before, to this day."""
    dates = visits[visits["child_ref"].isin(last)].groupby("child_ref")["visited_on"].agg(lambda days: sorted({*days}))
    pairs = {child: [*pairwise(each)] for child, each in dates.items()}
    kept = {child: all(_in_time(limit, *gap, holidays) for gap in each) for child, each in pairs.items() if each}
    return [last[str(child)] and so for child, so in kept.items()]


def _whole_and_plans(last: pd.DataFrame) -> Iterator[tuple[Record, pd.DataFrame]]:
    yield {"group": "all", "level": "all"}, last
    for plan in PLANS:
        yield {"group": "plan type", "level": plan}, last[last["plan"] == plan]
    if (last["plan"] == OTHER).any():
        yield {"group": "plan type", "level": OTHER}, last[last["plan"] == OTHER]


def _aside(why: str, register: str, count: int) -> list[Record]:
    """What no figure uses, told in the trust box."""
    told = {"measure": "set_aside", "group": "rule", "level": f"{why} in {register}", "numerator": int(count)}
    return [told] if count else []


def _of(so: Sequence[bool]) -> Record:
    return {"numerator": sum(map(bool, so)), "denominator": len(so), "value": sum(so) / len(so) if len(so) else None}


def _made(found: Any, theme: str, period: str) -> pd.DataFrame:
    about = {"theme": theme, "period": period, "method": "count"}
    return measures({**about, **each} for each in found if each.get("denominator", 1))
