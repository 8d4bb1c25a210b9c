"""Children away from home: those privately fostered, and those who went missing and came back.

No case review finds them where nobody keeps a list. A visit that nobody wrote down was not made, and a child who is
still missing could not be asked.
"""

from collections.abc import Iterator, Sequence
from datetime import date

import pandas as pd

from ilacs_audit.analysis.clocks import NO_LIMIT, limited, on_the_day, within
from ilacs_audit.analysis.shares import Record, aside, counted, share
from ilacs_audit.domain.about import Dossier
from ilacs_audit.domain.calendar import add_months, date_words, parse_day
from ilacs_audit.domain.catalogue.limits import Limit, Limits
from ilacs_audit.domain.counting import last_day
from ilacs_audit.domain.doors import doors
from ilacs_audit.domain.doors.accepts import accepts

FIRST, FIRST_YEAR, LATER = "fostering-first", "fostering-visit", "fostering-visit-later"


@accepts(Dossier, limited("private_fostering"))
def private_fostering(
    private_fostering: pd.DataFrame,
    *,
    limits: Limits,
    holidays: Sequence[date],
    as_of: date | str,
    period: str = "",
    theme: str = "",
) -> pd.DataFrame:
    """Count the privately fostered children whose last visit lies within its limit, and who were spoken to alone.

    Takes a row a visit, or a row a child without one. Returns Measures of the arrangements that go on:
    `fostered_visited_in_time` (a child without a visit waits from the day on which the council was told),
    `fostered_alone` of those of whom the last visit says it, `fostered_visited`, `fostered_first_in_time` of those
    with a visit in time or whose limit for the first passed by the last day of the register (without a count where the
    register may hold the latest visit alone), and, where there are any,
    `fostered_since`, those whose limit passed after the last day of the register, and `fostered_not_due`, those without
    a visit whose limit has not passed, who are in no count of time.
    """
    day, table = parse_day(as_of), doors.register(private_fostering, "private_fostering")
    known = table[table["notified_on"] <= pd.Timestamp(day)]
    known = known.assign(visited_on=known["visited_on"].mask(known["visited_on"] > pd.Timestamp(day)))
    ended = (known["ended_on"] <= pd.Timestamp(day)).groupby(known["child_ref"]).transform("any")
    last = known[~ended].sort_values("visited_on", kind="stable", na_position="first")
    last = last.drop_duplicates("child_ref", keep="last").reset_index(drop=True)
    rules, told = (limits.on(day).get(FIRST_YEAR), limits.on(day).get(LATER)), last_day(table, day) or day
    since = last["visited_on"].fillna(last["notified_on"])
    judging = [_rule(*rules, told_on, start) for told_on, start in zip(last["notified_on"], since, strict=True)]
    found: list[Record] = []
    if all(rules):
        judged = within(since, judging, told, day, holidays)
        waits = last["visited_on"].isna().reindex(judged.index) & judged["kept"]
        judged = judged[~waits]  # nobody has visited them, and nobody is late
        level = f"{rules[0].length}, {rules[1].length} after the first year" if rules[0] and rules[1] else ""
        found += share("fostered_visited_in_time", judged["kept"], level=level)
    else:
        found += aside({NO_LIMIT: len(last)}, "private_fostering")
    answered = last[last["visited_on"].notna() & last["spoken_alone"].isin(("yes", "no"))]
    found += share("fostered_alone", answered["spoken_alone"] == "yes")
    found += share("fostered_visited", last["visited_on"].notna())
    found += [*_first(known[~ended], limits.on(day).get(FIRST), told, holidays)]
    if all(rules) and judged["since"].any():
        found += share("fostered_since", judged["since"], level=date_words(told))
    if all(rules) and waits.any():
        found += share("fostered_not_due", waits.reindex(last.index, fill_value=False))
    return counted(found, theme=theme, period=period)


def _first(visits: pd.DataFrame, limit: Limit | None, told: date, holidays: Sequence[date]) -> Iterator[Record]:
    """Whose first visit was in time; without a count where nobody has two, as it may be the latest."""
    of = visits.groupby("child_ref").agg(
        on=("visited_on", "min"), n=("visited_on", "count"), since=("notified_on", "min")
    )
    if limit is None or not of["n"].gt(1).any():
        yield from [{"measure": "fostered_first_in_time", "group": "all", "level": "all"}] if len(of) else []
        return
    ends = pd.to_datetime(
        pd.Series([limit.until(each.to_pydatetime(), holidays) for each in of["since"]], index=of.index)
    )
    kept = of["on"].le(ends)
    yield from share("fostered_first_in_time", kept[kept | (ends < pd.Timestamp(told))], level=limit.length)


def _rule(first: Limit | None, later: Limit | None, notified: pd.Timestamp, start: pd.Timestamp) -> Limit | None:
    """The limit that runs from a visit: that of the first year where the visit was made in it."""
    return first if start.date() < add_months(notified.date(), 12) else later


@accepts(Dossier, on_the_day("missing"))
def missing_interviews(
    missing: pd.DataFrame, *, as_of: date | str, period: str = "", theme: str = "", holidays: Sequence[date] = ()
) -> pd.DataFrame:
    """Count the children who went missing and came back, each by the last episode, and who was offered an interview.

    Returns Measures: `interview_offered` of those who came back, `interview_accepted` of those who were offered one,
    `interview_unknown`, of whom the offer is not known, and `still_missing`, where there are any. A list that gives no
    days is of children who came back. `interview_in_time` has no count: no register holds when one was held.
    """
    day, table = pd.Timestamp(parse_day(as_of)), doors.register(missing, "missing")
    known = table[~(table["began_on"] > day)].sort_values("began_on", kind="stable", na_position="first")
    last = known.drop_duplicates("child_ref", keep="last")
    gone = last["began_on"].notna() & ~(last["ended_on"] <= day)
    back = last[~gone]
    offered, unknown = back["interview_offered"] == "yes", ~back["interview_offered"].isin(("yes", "no"))
    found = share("interview_offered", offered) or [{"measure": "interview_offered", "group": "all", "level": "all"}]
    found += share("interview_accepted", back.loc[offered, "interview_accepted"] == "yes")
    found += share("interview_unknown", unknown) if unknown.any() else []
    found += share("still_missing", gone) if gone.any() else []
    found += [{"measure": "interview_in_time", "group": "all", "level": "all"}]
    return counted(found, theme=theme, period=period)
