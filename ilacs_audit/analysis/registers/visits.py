"""Whether children are visited within the limit of their plan, seen, seen alone, and whether that is written down.

Each child counts once, by the last day of visits in the log, and the clock runs to the day of the page: silence is
never in time. How often a child is visited says nothing of how good a visit was, so the two are never put together.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

import pandas as pd

from ilacs_audit.analysis.clocks import NO_LIMIT, limited, on_the_day, within
from ilacs_audit.analysis.shares import Record, aside, counted, level_by_level, share
from ilacs_audit.domain.about import Dossier
from ilacs_audit.domain.calendar import date_words, parse_day, working_days
from ilacs_audit.domain.catalogue.limits import Limit, Limits
from ilacs_audit.domain.columns import PLAN_NOT_KNOWN as OTHER
from ilacs_audit.domain.columns import plan_of
from ilacs_audit.domain.counting import last_day
from ilacs_audit.domain.doors import doors
from ilacs_audit.domain.doors.accepts import accepts

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


@accepts(Dossier, limited("visits", "cases"))
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
    service and by team; `cp_all_in_time`, whether every visit came in time after the one before, the next one
    included; and, where there are any, `visit_not_known` (the limit passed between the last day of the log and the
    day of the page), `cp_not_in_log` (of the children on a child protection plan in `cases`, those without a visit),
    `cp_log_alone` (on one by the log and on none in `cases`), `visit_not_owed` (closed in `cases` since the last
    visit: in no other count) and `plan_not_known`, which is told as set aside too. A limit not in force or not set
    counts nobody. The level of the whole names the limit.
    Example: `ia.visit_timeliness(month)`.
    """
    day, last = _days(visits, as_of)
    cases = (
        None if cases is None else doors.register(cases, "cases", "child_ref", "plan_type", "opened_on", "closed_on")
    )
    last = _with_plans(_with_teams(last, cases), cases, day)
    shut = last["child_ref"].isin(_closed(cases, last, day))
    owed, told = last[~shut], last_day(visits, day) or day
    known = {plan: limits.on(day)[name] for plan, name in PLANS.items() if name in limits.on(day)}
    judged = owed.join(within(owed["visited_on"], [*owed["plan"].map(known.get)], told, day, holidays), how="inner")
    found = [
        row
        for plan in known
        for row in share("visited_in_time", judged["kept"][judged["plan"] == plan], group="plan type", level=plan)
    ]
    found += _protected(judged[judged["plan"] == PROTECTED], visits, day, known.get(PROTECTED), holidays)
    late = share("visit_not_known", judged["since"], level=date_words(told)) if judged["since"].any() else []
    place = next((at for at, row in enumerate(found) if row["group"] == "all"), len(found))
    # The headline is the first two of the whole: who is in no count, and the worst.
    found[place:place] = [*_unlogged(cases, last, day), *late]
    found += _log_alone(cases, owed[owed["plan"] == PROTECTED], day)
    strange = (last["plan"] == OTHER) & ~shut
    unruled = ~owed["plan"].isin(known) & (owed["plan"] != OTHER)
    found += share("visit_not_owed", shut) if shut.any() else []
    found += share("plan_not_known", strange) if strange.any() else []
    return counted([*found, *aside({OTHER: strange, NO_LIMIT: unruled}, "visits")], theme=theme, period=period)


def _protected(
    ours: pd.DataFrame, visits: pd.DataFrame, day: date, limit: Limit | None, holidays: Sequence[date]
) -> Iterator[Record]:
    """Children on a child protection plan: the last visit, every visit, and the last by team."""
    if limit is None:
        return
    past = visits[(visits["visited_on"] <= pd.Timestamp(day)) & (visits["plan_type"].map(plan_of) == PROTECTED)]
    gaps = _gaps(past, dict(zip(ours["child_ref"], ours["kept"], strict=True)), limit, holidays)
    yield from share("cp_all_in_time", pd.Series(gaps, dtype=bool), level=limit.length)
    yield from share("cp_visited_in_time", ours["kept"], level=limit.length)
    yield from level_by_level("cp_visited_in_time", ours["kept"], ours["team"], group="team")


def _with_teams(last: pd.DataFrame, cases: pd.DataFrame | None) -> pd.DataFrame:
    """The children with the team of the cases register, where no visit names one, as in the tables of a data model."""
    if cases is None or "team" not in cases or (last["team"] != "").any():
        return last
    teams = cases[cases["team"] != ""].drop_duplicates("child_ref", keep="last").set_index("child_ref")["team"]
    return last.assign(team=last["child_ref"].map(teams).fillna(""))


def _with_plans(last: pd.DataFrame, cases: pd.DataFrame | None, day: date) -> pd.DataFrame:
    """The children with the plan that is open in the cases register, where that of the last visit is open no more."""
    if cases is None or cases.empty:
        return last
    ours = _open(cases, day)
    ours = ours.loc[ours["plan"].isin(PLANS)].drop_duplicates(["child_ref", "plan"])
    held = {*zip(ours["child_ref"], ours["plan"], strict=True)}
    single = ours.drop_duplicates("child_ref", keep=False)
    alone: dict[str, str] = dict(zip(single["child_ref"], single["plan"], strict=True))
    pairs = zip(last["child_ref"], last["plan"], strict=True)
    now = [plan if (child, plan) in held else alone.get(child, plan) for child, plan in pairs]
    return last.assign(plan=pd.Series(now, last.index, dtype=object))


def _unlogged(cases: pd.DataFrame | None, last: pd.DataFrame, day: date) -> Iterator[Record]:
    """The children on a child protection plan of the cases register of whom the log holds no visit at all."""
    if cases is None or cases.empty:
        return
    nowhere = ~_on_a_plan(cases, day).isin(last["child_ref"])
    yield from share("cp_not_in_log", nowhere) if nowhere.any() else ()


def _log_alone(cases: pd.DataFrame | None, ours: pd.DataFrame, day: date) -> Iterator[Record]:
    """Of the children on a child protection plan by the log, those who are on none by the cases register."""
    if cases is None or cases.empty:
        return
    alone = ~ours["child_ref"].isin(_on_a_plan(cases, day))
    yield from share("cp_log_alone", alone) if alone.any() else ()


def _on_a_plan(cases: pd.DataFrame, day: date) -> "pd.Series[str]":
    """The children who are on a child protection plan by the cases register on the day."""
    ours = _open(cases, day)
    return ours.loc[ours["plan"] == PROTECTED, "child_ref"].drop_duplicates()


def _open(cases: pd.DataFrame, day: date) -> pd.DataFrame:
    """The cases that are open on the day, with the `plan` that each is on."""
    now = ~(cases["opened_on"] > pd.Timestamp(day)) & ~(cases["closed_on"] <= pd.Timestamp(day))
    return cases[now].assign(plan=cases["plan_type"].map(plan_of).astype(object))


@accepts(Dossier, on_the_day("visits"))
def seen_alone(
    visits: pd.DataFrame, *, as_of: date | str, period: str = "", theme: str = "", holidays: Sequence[date] = ()
) -> pd.DataFrame:
    """Count the children who were seen at their last visit, and of those the log says it of, who was seen alone.

    Returns Measures `child_seen` and `child_seen_alone` of the whole service and by plan type, and `alone_not_known`,
    those seen of whom the log leaves blank whether alone, where there are any.
    Example: `ia.seen_alone(month)`.
    """
    _, last = _days(visits, as_of)
    found: list[Record] = []
    for measure, column, ours in (("child_seen", "seen", last), ("child_seen_alone", "seen_alone", _seen(last))):
        told = ours[ours[column].isin(("yes", "no"))]
        found += share(measure, told[column] == "yes")
        for plan in (*PLANS, OTHER):
            found += share(measure, told[column][told["plan"] == plan] == "yes", group="plan type", level=plan)
    silent = ~_seen(last)["seen_alone"].isin(("yes", "no"))
    found += share("alone_not_known", silent) if silent.any() else []
    return counted(found, theme=theme, period=period)


def _seen(last: pd.DataFrame) -> pd.DataFrame:
    """Who was seen; where a list does not say so, of whom it says whether alone."""
    return last[(last["seen"] == "yes") | ((last["seen"] == "") & (last["seen_alone"] != ""))]


@accepts(Dossier, on_the_day("visits"))
def recording_lag(
    visits: pd.DataFrame, *, holidays: Sequence[date], as_of: date | str, period: str = "", theme: str = ""
) -> pd.DataFrame:
    """Count the children by how long after their last visit it was written up; a visit not yet written up is a row.

    Returns Measures `recorded_after`, group "recording lag": "not visited" and "not recorded" part here.
    Example: `ia.recording_lag(month)`.
    """
    day, last = _days(visits, as_of)
    if visits["recorded_on"].isna().all():  # a list that does not say when visits were written up
        return counted([], theme=theme, period=period)
    written = last["recorded_on"].mask(last["recorded_on"] > pd.Timestamp(day))
    pairs = zip(last["visited_on"], written, strict=True)
    bands = pd.Series([_lag(start, end, holidays) for start, end in pairs], dtype=object)
    levels = [*(band for _, band in _LAGS), UNWRITTEN, *([BEFORE] if (bands == BEFORE).any() else [])]
    found = [
        row for each in levels for row in share("recorded_after", bands == each, group="recording lag", level=each)
    ]
    return counted([*found, *aside({BEFORE: bands == BEFORE}, "visits")], theme=theme, period=period)


def _lag(visited: pd.Timestamp, recorded: pd.Timestamp, holidays: Sequence[date]) -> str:
    """How long after a visit it was written up: the same day of the calendar, else in working days."""
    if pd.isna(recorded):
        return UNWRITTEN
    if recorded.date() <= visited.date():
        return _LAGS[0][1] if recorded.date() == visited.date() else BEFORE
    lag = max(working_days(visited.date(), recorded.date(), holidays=holidays), 1)
    return [band for least, band in _LAGS if lag >= least][-1]


def _closed(cases: pd.DataFrame | None, last: pd.DataFrame, day: date) -> list[str]:
    """The children of whom every case is closed by this day, and who were not visited since."""
    if cases is None or cases.empty:
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
    return day, past.assign(**answers, recorded_on=written).drop_duplicates("child_ref").sort_index().reset_index(
        drop=True
    )


def _gaps(visits: pd.DataFrame, last: Mapping[str, bool], limit: Limit, holidays: Sequence[date]) -> list[bool]:
    """Of each child with visits on two days, whether each came within the limit of the one before, to this day."""
    dates = visits[visits["child_ref"].isin(last)].groupby("child_ref")["visited_on"].agg(lambda days: sorted({*days}))
    pairs = {child: [*pairwise(each)] for child, each in dates.items()}
    kept = {
        child: all(end <= limit.until(start.to_pydatetime(), holidays) for start, end in each)
        for child, each in pairs.items()
        if each
    }
    return [last[str(child)] and so for child, so in kept.items()]
