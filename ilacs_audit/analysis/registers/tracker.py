"""What became of each case that a review read: decided, moved on, or waiting.

A child counts once, however many rows the tracker has of it. Outcomes may overlap, so they are never added, and the
children of whom no outcome is recorded are a row of their own: a remainder that nobody prints is a child nobody sees.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd

from ilacs_audit.analysis.codes import OTHERWISE, OUTCOMES, TAKES_OUT, code_of
from ilacs_audit.analysis.waits import time_to_end
from ilacs_audit.domain.about import Dossier
from ilacs_audit.domain.calendar import date_words, parse_day
from ilacs_audit.domain.counting import last_day, misdated
from ilacs_audit.domain.doors import doors
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.measures import in_order, measures

UNDECIDED = "no decision recorded"
LEFT, STILL = "left the team", "still with the team"
_UNDATED = "no date of review"
_WAITS = ((0, "up to 7 days"), (8, "8 to 14 days"), (15, "15 days or more"))

Record = dict[str, Any]


def _contents(work: Dossier) -> dict[str, Any]:
    told = {"tracker": work.register("tracker"), "as_of": work.as_of, "period": work.period}
    return {**told, "workers": work.audience == "internal"}


@accepts(Dossier, _contents)
def case_progression(
    tracker: pd.DataFrame, *, as_of: date | str, period: str = "", theme: str = "", workers: bool = False
) -> pd.DataFrame:
    """Count the children of a case review by what was decided, and how many have left the team since.

    Takes the tracker as of a day. Returns Measures: `case_undecided`, `case_decided`, `case_left` of all children, and
    `case_left_of_due` of those whose outcome takes them out of the team; the first and the last by team too and, where
    `workers` is set, by worker. `case_outcome` is by outcome with the remainder, `case_flow` by outcome and where the
    child is now (where `workers` is set, as who has left would give hidden ones back, and not where outcomes overlap),
    and `time_to_leave` the median days from review to leaving, with those still there counted as waiting
    (Kaplan-Meier).
    Example: `ia.case_progression(month)`.
    """
    day = parse_day(as_of)
    rows, cases = _cases(tracker, pd.Timestamp(day))
    told = date_words(last_day(tracker, day) or day)
    about = {"theme": theme, "period": period, "method": "count", "note": told}
    found = [*_shares(cases, "all"), *_outcomes(rows, cases, workers), *_shares(cases, "team")]
    found += [
        *(_shares(cases, "worker") if workers else ()),
        *(_flow(cases) if workers else ()),
        *_time(cases, last_day(tracker, day) or day),
    ]
    return measures({**about, **each} for each in found)


@accepts(Dossier, lambda work: {"tracker": work.register("tracker"), "as_of": work.as_of, "period": work.period})
def open_case_ages(tracker: pd.DataFrame, *, as_of: date | str, period: str = "", theme: str = "") -> pd.DataFrame:
    """Count the children who are due to leave the team and have not, by the days since their review.

    Returns Measures `case_waiting`, group "time waiting". The days run to the last day of which the tracker tells.
    Example: `ia.open_case_ages(month)`.
    """
    day = parse_day(as_of)
    _, cases = _cases(tracker, pd.Timestamp(day))
    waiting = cases[cases["due"] & cases["left"].isna()]
    until = last_day(tracker, day) or day
    days = (pd.Timestamp(until) - waiting["reviewed"]).dt.days
    bands = days.map(lambda waited: next((band for least, band in reversed(_WAITS) if waited >= least), _UNDATED))
    about = {"theme": theme, "period": period, "method": "count", "measure": "case_waiting", "group": "time waiting"}
    about["note"] = date_words(until)
    levels = [*(band for _, band in _WAITS), *([_UNDATED] if (bands == _UNDATED).any() else [])]
    return measures(
        {**about, "level": band, **_of(int((bands == band).sum()), len(bands))} for band in levels if len(bands)
    )


def _cases(tracker: pd.DataFrame, day: pd.Timestamp) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows that count, and a row a child: team, worker, outcome, whether it is due to leave, and when it left.

    Of a child who came back, or is with two teams, only the rows count in which it has not left.
    """
    tracker = doors.register(tracker, "tracker")
    known = tracker[misdated(tracker, "tracker", day) == ""]
    codes = {said: code_of(said, OUTCOMES) for said in known["outcome"].unique()}
    outcome = known["outcome"].map(codes)
    known = known.assign(
        left=known["left_team_on"].mask(known["left_team_on"] > day), outcome=outcome, due=outcome.isin(TAKES_OUT)
    )
    still = known["left"].isna()
    known = known[still | ~still.groupby(known["child_ref"]).transform("any")]
    told, children = known[known["outcome"] != ""], known.groupby("child_ref", sort=False)
    several = told.groupby("child_ref")["outcome"].nunique()
    cases = children.agg(due=("due", "any"), reviewed=("reviewed_on", "min"), left=("left", "max"))
    newest = known.sort_values("reviewed_on", kind="stable", na_position="first").drop_duplicates(
        "child_ref", keep="last"
    )
    places = newest.set_index("child_ref").reindex(cases.index)
    first = told.drop_duplicates("child_ref").set_index("child_ref")["outcome"].reindex(cases.index).fillna(UNDECIDED)
    cases = cases.assign(outcome=first, several=several.reindex(cases.index).fillna(0) > 1)
    return known, cases.assign(team=places["team"], worker=places["worker_ref"])


def _shares(cases: pd.DataFrame, group: str) -> Iterator[Record]:
    """What was decided and who has left, of everybody or level by level."""
    parts = (
        [("all", cases)] if group == "all" else sorted(cases.groupby(group), key=lambda each: in_order(str(each[0])))
    )
    for level, ours in parts:
        due, left = ours[ours["due"]], ours["left"].notna()
        undecided, strange = (int((ours["outcome"] == each).sum()) for each in (UNDECIDED, OTHERWISE))
        counts = {
            "case_undecided": (undecided, len(ours)),
            "case_left_of_due": (int(due["left"].notna().sum()), len(due)),
            "case_decided": (len(ours) - undecided - strange, len(ours)),
            "case_left": (int(left.sum()), len(ours)),
        }
        about = {"group": group, "level": str(level)}
        told = [name for name in counts if group == "all" or name in ("case_undecided", "case_left_of_due")]
        yield from ({**about, "measure": name, **_of(*counts[name])} for name in told if counts[name][1])


def _outcomes(rows: pd.DataFrame, cases: pd.DataFrame, exact: bool) -> Iterator[Record]:
    """Children by outcome, most first where every count is shown; the remainder last; with two, a child is in both."""
    told = rows[rows["outcome"] != ""].groupby("outcome")["child_ref"].nunique()
    told = told.sort_values(ascending=False) if exact else told
    left = int((cases["outcome"] == UNDECIDED).sum())
    for level, count in [*told.items(), *([(UNDECIDED, left)] if len(cases) else [])]:
        yield {"measure": "case_outcome", "group": "case outcome", "level": str(level), **_of(int(count), len(cases))}


def _flow(cases: pd.DataFrame) -> Iterator[Record]:
    if cases["several"].any():
        return
    now = cases["left"].notna().map({True: LEFT, False: STILL})
    for outcome in cases["outcome"].value_counts().index:
        for place in (LEFT, STILL):
            count = int(((cases["outcome"] == outcome) & (now == place)).sum())
            about = {"measure": "case_flow", "group": "case outcome x where now", "level": f"{outcome} x {place}"}
            yield {**about, **_of(count, len(cases))}


def _time(cases: pd.DataFrame, until: date) -> Iterator[Record]:
    """The median days from review to leaving, of those due to leave; none from few, or where half have not left."""
    due = cases[cases["due"] & cases["reviewed"].notna()]
    yield from time_to_end("time_to_leave", due["reviewed"], due["left"], until)


def _of(k: int, n: int) -> Record:
    return {"numerator": k, "denominator": n, "value": k / n if n else None}
