"""Whom each course reached of the staff who are in post on a day, whom it did not, and the files of both.

Attendances are not people: a person at two sessions is one person; expected is not done; and to have come is activity,
and no impact.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

import pandas as pd

from ilacs_audit.analysis.shares import Record, aside, counted, known_words, level_by_level, share
from ilacs_audit.domain.about import Dossier
from ilacs_audit.domain.calendar import date_words, parse_day
from ilacs_audit.domain.counting import FEWEST_IN_A_GROUP, read_by, small_groups_together, with_met
from ilacs_audit.domain.doors import doors
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.measures import CROSS
from ilacs_audit.domain.programme import Audit, Intervention, Programme
from ilacs_audit.domain.standards import Standards

YOUNG = "care leaver"  # support for young people is no training of staff, though one register may hold both
OTHER = "another course"
_STATES = ("came", "ahead", "absent", "untold")  # a person is in the first that is true
BEFORE, NOT_BEFORE = "had attended before files were read", "had not attended before files were read"


def _coverage(work: Dossier) -> dict[str, Any]:
    programme, day = work.handed.planned(), parse_day(work.as_of)
    read = work.handed.answers([audit.id for audit, _ in _looked_at(programme, day)])[0]
    about = {"as_of": work.as_of, "period": work.period, "programme": programme, "standards": work.standards}
    about["exact"] = work.audience == "internal"
    return {**about, "training": work.training, "workforce": work.register("workforce"), "answers": read}


@accepts(Dossier, _coverage)
def training_coverage(
    training: pd.DataFrame,
    workforce: pd.DataFrame,
    *,
    programme: Programme,
    as_of: date | str,
    answers: pd.DataFrame | None = None,
    standards: Standards | None = None,
    period: str = "",
    theme: str = "",
    exact: bool = True,
) -> pd.DataFrame:
    """Count whom each course reached by a day, of those named for it and of the staff who are in post on that day.

    Returns Measures, group "course": `course_came`, `course_ahead` (booked for a later session), `course_absent` and
    `course_untold` are all the people named for a course, each once (where nobody is told to have come or not, the last
    alone); `staff_came` and `staff_left_out` (neither came
    nor booked) of the staff in post. `course_listed` is all of those whom the register names where it names nobody but
    who came: no share. `staff_came` is by team too, and where `exact` by role.
    `file_met`, by standard, is of the files of workers who had, and had not, attended before the latest round of
    `answers` that the course was to move and that began after its end; `file_worker_unknown` of those that
    name no worker whom a register knows.
    """
    day = parse_day(as_of)
    named = {each.id: each.title for audit in programme for each in audit.interventions}
    people = _people(doors.register(training, "training"), named, pd.Timestamp(day))
    staff, about = _in_post(doors.register(workforce, "workforce"), pd.Timestamp(day)), {"note": date_words(day)}
    found: list[Record] = []
    states_told = {*people["state"]}  # a column of the table for each that anybody is in
    for key, ours in people.groupby(["order", "title"]):
        course = str(key[-1])
        states = ours.set_index("person_ref")["state"]
        if len(states) < FEWEST_IN_A_GROUP and course == OTHER:  # what few share would give back whom it hides
            found += aside({"course that few are named for": len(states)}, "training")
            continue
        whole: dict[str, str] = {"group": "course", "level": course, **about}
        if (states == "untold").all():  # that nobody wrote down who came is no finding of nobody
            found += share("course_untold", states == "untold", **whole)
            continue
        told = [*_STATES[:2], *(each for each in _STATES[2:] if each in states_told)]
        if (states == "came").all() and len(states) >= FEWEST_IN_A_GROUP:  # a list of who came is no list of whom for
            found.append({"measure": "course_listed", **whole, "numerator": len(states)})
        else:
            found += [row for state in told for row in share(f"course_{state}", states == state, **whole)]
        if not staff.index.isin(states.index).any():
            continue
        now = staff.index.to_series().map(states)
        found += share("staff_came", now == "came", **whole) + share(
            "staff_left_out", ~now.isin(("came", "ahead", "untold")), **whole
        )
        crossed = ("team", "role") if exact else ("team",)  # a team has one manager: both together would name who came
        for by in crossed:
            groups = small_groups_together(staff.assign(child_ref=staff.index), by=by)[by]
            levels = course + CROSS + groups.replace("", "not recorded")
            found += level_by_level("staff_came", now == "came", levels, group=f"course{CROSS}{by}", **about)
        found += _teams_together(course, now == "came", staff["team"], about)
    known = {*workforce["person_ref"], *training["person_ref"]} - {""}
    files = [*_files(known, training, programme, day, answers, standards)] if answers is not None else []
    return counted([*found, *files], theme=theme, period=period)


def _people(training: pd.DataFrame, named: Mapping[str, str], day: pd.Timestamp) -> pd.DataFrame:
    """A row for each course and person, the course held last first, with what is known of them by the day."""
    table = training[training["role"].map(str.casefold) != YOUNG]
    if table.empty:
        return pd.DataFrame(columns=["order", "title", "person_ref", "state"])
    past, came = table["on"] <= day, table["attended"]
    flags = {
        "came": past & (came == "yes"),
        "ahead": ~past & (table["booked"] == "yes"),
        "absent": past & (came == "no") & (table["booked"] != "no"),
        "untold": past & ~came.isin(("yes", "no")),
    }
    ids = {each.casefold(): title for each, title in named.items()}
    course = table["course"].str.strip().str.casefold()
    known = course.isin(ids)
    titles = known_words(table["course"], table["person_ref"], "course").mask(known, course.map(ids))
    last = table["on"].groupby(titles).transform("max").map(pd.Timestamp.toordinal)
    rows = table.assign(**flags, title=titles, order=(~known) * 10**7 - last)
    rows["order"] = rows.groupby("title")["order"].transform("min")
    people = rows.groupby(["order", "title", "person_ref"], sort=False)[[*_STATES]].any()
    state = people.idxmax(axis=1).where(people.any(axis=1))
    return state.rename("state").dropna().reset_index()


def _in_post(workforce: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """A row for each person in post on a day, by their latest post; where no start is written, all who have not left.

    A row without a start among others that have one is a post that nobody holds.
    """
    begun = workforce["started_on"].notna().any()
    there = (workforce["started_on"] <= day) if begun else pd.Series(True, index=workforce.index)
    there &= workforce["person_ref"] != ""
    now = workforce[there & ~(workforce["left_on"] < day)].sort_values("started_on", kind="stable")
    return now.drop_duplicates("person_ref", keep="last").set_index("person_ref")


def _teams_together(
    course: str, came: "pd.Series[Any]", teams: "pd.Series[Any]", about: Mapping[str, Any]
) -> Iterator[Record]:
    """Teams that differ in their number alone as one, unless that gives back a team too small to show."""
    stems = teams.map(lambda name: re.sub(r"[ -]*\d+$", "", name))
    for stem, ours in teams.groupby(stems):
        sizes = ours.value_counts()
        if stem and len(sizes) > 1 and sizes.min() >= FEWEST_IN_A_GROUP:
            level = f"{course}{CROSS}{stem}, all its teams"
            yield from share("staff_came", came[ours.index], group="course x team", level=level, **about)


def _looked_at(programme: Programme, day: date) -> Iterator[tuple[Audit, Intervention]]:
    """Each course with the latest round, read by a day and begun after its end, whose answers it was to move."""
    latest: dict[str, tuple[Audit, Intervention]] = {}
    for audit in programme:
        ours = [each for each in audit.interventions if each.standards and each.until < audit.on]
        latest |= {each.id: (audit, each) for each in ours if audit.until <= day}
    yield from latest.values()


def _files(
    known: Collection[str],
    training: pd.DataFrame,
    programme: Programme,
    day: date,
    answers: pd.DataFrame,
    standards: Standards | None,
) -> Iterator[Record]:
    """The files of a round by whether their worker had attended before it: a description, and never a cause."""
    for audit, course in _looked_at(programme, day):
        ours = training[(training["course"] == course.id) & (training["attended"] == "yes")]
        first = set(ours.loc[ours["on"] < pd.Timestamp(audit.on), "person_ref"])
        read = with_met(read_by(answers[answers["audit_id"] == audit.id]), standards=standards)
        told, nobody = (
            read[read["worker_ref"].isin(known)],
            ~read.drop_duplicates("child_ref")["worker_ref"].isin(known),
        )
        if not first or not len(told):
            continue
        if nobody.any():
            yield from share("file_worker_unknown", nobody, group="course", level=course.title)
        before = told["worker_ref"].isin(first).map({True: BEFORE, False: NOT_BEFORE})
        for code in course.standards:
            asked = told[(told["standard_id"] == code) & told["applies"]]
            plain = standards[code].plain if standards and code in standards else code
            sizes = before[asked.index].value_counts()
            levels = (
                before[asked.index] + f" x {plain} ({course.title}; {audit.title}, read from {date_words(audit.on)})"
            )
            about = {"group": "worker's course x standard", "standard_id": code}
            if len(sizes) > 1 and sizes.min() >= FEWEST_IN_A_GROUP:
                yield from level_by_level("file_met", asked["met"], levels, **about)
