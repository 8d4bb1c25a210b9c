"""Whom each course reached of the staff who are in post on a day, whom it did not, and the files of both.

Attendances are not people: a person at two sessions is one person; expected is not done; and to have come is activity,
and no impact.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any

import pandas as pd

from ilacs_audit.analysis.shares import Record, aside, counted, known_words, level_by_level, share
from ilacs_audit.domain.about import Dossier
from ilacs_audit.domain.calendar import date_words, parse_day
from ilacs_audit.domain.counting import FEWEST_IN_A_GROUP, read_by, small_groups_together, with_met
from ilacs_audit.domain.doors import doors
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.errors import bare
from ilacs_audit.domain.measures import CROSS, in_order
from ilacs_audit.domain.programme import Audit, Intervention, Programme
from ilacs_audit.domain.standards import Standards

YOUNG = "care leaver"  # support for young people is no training of staff, though one register may hold both
NOT_NAMED, FEW = "neither booked nor known to have come", "few named for it"
NO_ROOM, MOST_ACROSS = "no room by team and role", 6
_STATES = ("came", "ahead", "absent", "untold")
_FIRST = ("came", "ahead", "untold", "absent")  # a person is in the first that is true
BEFORE, NOT_BEFORE = "had attended before files were read", "had not attended before files were read"


def _coverage(work: Dossier) -> dict[str, Any]:
    programme, day = work.handed.planned(), parse_day(work.as_of)
    read = work.handed.answers([audit.id for audit, _ in _looked_at(programme, work.training, day)])[0]
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
    `course_untold` are all the people named for a course, each once; `staff_came` and `staff_left_out` (neither came
    nor booked) of the staff in post. Where nobody is known to have come and of somebody nobody recorded it, came and
    absent have no number. `course_listed` is all of those whom the register names where it names nobody but who came:
    no share. `staff_came` is by team too, and where `exact` by role. `session_days` are the days with a session, the
    note the last of them. `file_met`, by standard, is of the files of workers who had, and had not, attended before the
    latest round of `answers` that the course was to move and that began after its end; `file_worker_unknown` of those
    that name no worker whom a register knows. `set_aside` is what stands in none of these.
    """
    day, training = parse_day(as_of), doors.register(training, "training")
    named = _named(training, programme, pd.Timestamp(day))
    people = _people(named)
    staff, about = _in_post(doors.register(workforce, "workforce"), pd.Timestamp(day)), {"note": date_words(day)}
    found, told = list[Record](), _columns({*people["state"]})
    for place, ((_, course), states) in enumerate(people.groupby(["order", "title"])["state"]):
        whole: Record = {"group": "course", "level": str(course), **about}
        found += [*_of_those_named(states.droplevel(["order", "title"]), told, whole)]
        held = named.loc[named["title"] == course, "on"].dt.normalize()
        found.append({**whole, "measure": "session_days", "numerator": held.nunique(), "note": date_words(held.max())})
        crossed = () if place >= MOST_ACROSS else ("team", "role") if exact else ("team",)
        found += [*_of_staff(staff, states.droplevel(["order", "title"]), whole, crossed)]
    known = {*workforce["person_ref"], *training["person_ref"]} - {""}
    files = [*_files(known, training, programme, day, answers, standards)] if answers is not None else []
    return counted([*found, *files, *_nowhere(named, people)], theme=theme, period=period)


def _columns(seen: set[str]) -> tuple[str, ...]:
    """The states of which every course tells: those of anybody, and who did not come where some are not known."""
    return tuple(each for each in _STATES if each in {*_STATES[:2], *seen, *(["absent"] if "untold" in seen else [])})


def _of_those_named(states: "pd.Series[Any]", told: Sequence[str], whole: Record) -> Iterator[Record]:
    """Everybody named for a course, each in one count; a list of those who came is no list of whom it was for."""
    if (states == "came").all():
        yield {"measure": "course_listed", **whole, "numerator": len(states)}
        return
    silent = {"came", "absent"} - {*states} if (states == "untold").any() else set[str]()  # silence is no "none came"
    for state in told:
        yield from _known(f"course_{state}", states == state, state not in silent, **whole)


def _of_staff(
    staff: pd.DataFrame, states: "pd.Series[Any]", whole: Record, crossed: Collection[str]
) -> Iterator[Record]:
    """Whom a course reached of the staff in post: of all, and of each team or role; nothing where it names none."""
    if not staff.index.isin(states.index).any():
        return
    now = staff.index.to_series().map(states)
    yield from _came(now, **whole)
    yield from share("staff_left_out", ~now.isin(("came", "ahead", "untold")), **whole)
    for by in crossed:  # a team has one manager: team and role together would name who came
        groups = small_groups_together(staff.assign(child_ref=staff.index), by=by)[by].replace("", "not recorded")
        for level, ours in sorted(now.groupby(groups), key=lambda each: in_order(str(each[0]))):
            yield from _came(ours, **_across(whole, by, str(level)))
    if crossed:
        yield from _teams_together(now, staff["team"], whole)


def _came(states: "pd.Series[Any]", **about: Any) -> Iterator[Record]:
    came = states == "came"
    return _known("staff_came", came, bool(came.any()) or not bool((states == "untold").any()), **about)


def _known(measure: str, so: "pd.Series[Any]", known: bool, **about: Any) -> Iterator[Record]:
    """A share, or of how many it is not known."""
    for row in share(measure, so, **about):
        yield row if known else {**row, "numerator": None, "value": None}


def _across(whole: Record, by: str, level: str) -> Record:
    return {**whole, "group": f"course{CROSS}{by}", "level": f"{whole['level']}{CROSS}{level}"}


def _named(training: pd.DataFrame, programme: Programme, day: pd.Timestamp) -> pd.DataFrame:
    """The rows of staff with the course each is of, those of the programme first, and what each row says by the day.

    A course that few people are named for is put with others.
    """
    table = training[training["role"].map(str.casefold) != YOUNG]
    past, came, booked = table["on"].dt.normalize() <= day, table["attended"], table["booked"]
    flags = {
        "came": past & (came == "yes"),
        "ahead": ~past & (booked == "yes"),
        "absent": past & (came == "no") & (booked != "no"),
        "untold": past & ~came.isin(("yes", "no")) & (booked != "no"),
    }
    ours = {name: each.title for audit in programme for each in audit.interventions for name in each.names}
    known = table["course"].map(bare).map(ours).astype(object)
    told = known.fillna(table["course"])
    titles = known_words(told, table["person_ref"], "course")
    since = (day - table["on"].groupby(titles).transform("max")).dt.days
    order = (known.isna() * 10**7 + since).groupby(titles).transform("min")
    return table.assign(**flags, title=titles, said=told.str.casefold(), order=order)


def _people(named: pd.DataFrame) -> pd.DataFrame:
    """A row for each course and person, the course held last first, with what is known of them by the day.

    Whom a course names without a booking, and of whom nobody says that they came, it does not name.
    """
    flags = named.groupby(["order", "title", "person_ref"])[[*_FIRST]].any()
    flags = flags[flags.any(axis=1)]
    people = flags.assign(state=flags.idxmax(axis=1) if len(flags) else "")[["state"]]
    return people[people.groupby("title")["state"].transform("size") >= FEWEST_IN_A_GROUP]


def _nowhere(named: pd.DataFrame, people: pd.DataFrame) -> Iterator[Record]:
    """What stands in no count of people, or in no table by team and role, as the trust box tells it."""
    told = people.index.unique("title")
    flags = named.groupby(["title", "person_ref"])[[*_STATES]].any()
    small = named[named[[*_STATES]].any(axis=1) & ~named["title"].isin(told)]
    why = {
        NOT_NAMED: int((~flags.any(axis=1)).sum()),
        FEW: small["said"].nunique(),
        NO_ROOM: max(len(told) - MOST_ACROSS, 0),
    }
    return aside(why, "training")


def _in_post(workforce: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """A row for each person in post on a day, by their latest post; where no start is written, all who have not left.

    A row without a start among others that have one is a post that nobody holds.
    """
    begun = workforce["started_on"].notna().any()
    there = (workforce["started_on"] <= day) if begun else pd.Series(True, index=workforce.index)
    there &= workforce["person_ref"] != ""
    now = workforce[there & ~(workforce["left_on"] < day)].sort_values("started_on", kind="stable")
    return now.drop_duplicates("person_ref", keep="last").set_index("person_ref")


def _teams_together(states: "pd.Series[Any]", teams: "pd.Series[Any]", whole: Record) -> Iterator[Record]:
    """Teams that differ in their number alone as one, unless that gives back a team too small to show."""
    stems = teams.map(lambda name: re.sub(r"[ -]*\d+$", "", name))
    for stem, ours in teams.groupby(stems):
        sizes = ours.value_counts()
        if stem and len(sizes) > 1 and sizes.min() >= FEWEST_IN_A_GROUP:
            yield from _came(states[ours.index], **_across(whole, "team", f"{stem}, all its teams"))


def _looked_at(programme: Programme, training: pd.DataFrame, day: date) -> Iterator[tuple[Audit, Intervention]]:
    """Each course with the latest round, read by a day and begun after its end, whose answers it was to move.

    A course ends with its last day in the programme or its last session in the register, whichever is later.
    """
    latest: dict[str, tuple[Audit, Intervention]] = {}
    held = training["on"].groupby(training["course"].map(bare)).max()
    for audit in programme:
        ends = {each: max([each.until, *held[held.index.isin(each.names)].dt.date]) for each in audit.interventions}
        ours = [each for each, end in ends.items() if each.standards and end < audit.on]
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
    for audit, course in _looked_at(programme, training, day):
        ours = training[training["course"].map(bare).isin(course.names) & (training["attended"] == "yes")]
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
