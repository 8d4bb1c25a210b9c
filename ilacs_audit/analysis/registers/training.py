"""Who was reached by the training and support that should move an answer.

Attendances are not people: a person at two sessions is one person, reached at the first. Who came while the files
were read, or later, was not reached before; and expected is not done.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd

from ilacs_audit.domain.about import Dossier
from ilacs_audit.domain.calendar import parse_day
from ilacs_audit.domain.doors import doors
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.errors import bare
from ilacs_audit.domain.measures import in_order, measures
from ilacs_audit.domain.programme import Audit, Intervention, Programme

_READ = ("event_id", "course", "on", "team", "person_ref", "booked", "attended")


def _contents(work: Dossier) -> dict[str, Any]:
    return {"training": work.training, "programme": work.programme, "audits": [work.id], "as_of": work.as_of}


@accepts(Dossier, _contents)
def training_reach(
    training: pd.DataFrame, *, programme: Programme, audits: list[str], as_of: date | str
) -> pd.DataFrame:
    """Count the distinct people that each intervention of these audits reached before the first day of reading.

    `training` is the training register; an intervention's rows are those whose course is its id or its title.
    Returns Measures: `reach` for each intervention (group "intervention", level its id) and by team (group "team"),
    `sessions` held, and `booked` for those still to come at `as_of`; where there were any, whom it first reached
    on the days of reading and after them, and the sessions then, as `reach_during`, `sessions_after` and so on.
    Example: `ia.training_reach(work)`.
    """
    training, day = doors.register(training, "training", *_READ), pd.Timestamp(parse_day(as_of))
    pairs = [(audit, each) for audit in doors.audits_of(audits, programme) for each in audit.interventions]
    return measures(row for audit, each in pairs for row in _reach(training, each, audit, day))


def _reach(
    training: pd.DataFrame, intervention: Intervention, audit: Audit, as_of: pd.Timestamp
) -> Iterator[dict[str, Any]]:
    ours = training[training["course"].map(bare).isin(intervention.names)]
    known = len(ours) > 0  # what no register holds was not attended by nobody: nobody wrote down who was there
    done = ours[(ours["on"] <= as_of) & (ours["attended"] == "yes")]
    ahead = ours[(ours["on"] > as_of) & (ours["booked"] == "yes")]
    about = {"theme": audit.theme, "period": str(audit.period), "method": "count", "note": intervention.title}
    whole = {**about, "group": "intervention", "level": intervention.id}
    first = done.sort_values("on", kind="stable").drop_duplicates("person_ref")
    for when, start, end in _times(audit):
        reached, held = (each[(each["on"] >= start) & (each["on"] < end)] for each in (first, done))
        if not when or len(held):
            sessions = held["event_id"].nunique()
            yield {**whole, "measure": f"reach{when}", "numerator": len(reached) if known else None}
            yield {**whole, "measure": f"sessions{when}", "numerator": sessions if known else None}
        for team, people in sorted(reached.groupby("team"), key=lambda each: in_order(str(each[0]))):
            yield {**about, "group": "team", "level": str(team), "measure": f"reach{when}", "numerator": len(people)}
    yield {**whole, "measure": "booked", "numerator": ahead["person_ref"].nunique() if known else None}


def _times(audit: Audit) -> tuple[tuple[str, pd.Timestamp, pd.Timestamp], ...]:
    """Before the days of reading, during and after them, each from its first day up to the first day of the next."""
    on, after = pd.Timestamp(audit.on), pd.Timestamp(audit.until) + pd.Timedelta(days=1)
    return (("", pd.Timestamp.min, on), ("_during", on, after), ("_after", after, pd.Timestamp.max))
