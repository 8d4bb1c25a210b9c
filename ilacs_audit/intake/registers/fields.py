"""What each register holds, as data: its columns, their kinds and the names councils give them.

A register is an export of a case system or a list somebody keeps. All of them share one
reader, so a new column is a line here and never a new function.
"""

from collections.abc import Mapping
from typing import NamedTuple

from ilacs_audit.domain.schemas import SIDE_TABLES
from ilacs_audit.intake.cells.spelling import named_words

IDENTIFIERS = ("child", "person", "request")


class Field(NamedTuple):
    """One column of a register.

    `kind` is child, person or request (these become pseudonyms), text, plan (a text, told where it
    is none that is known), date, moment, yes_no or count. A row without a `required` value is set
    aside. A `past` date cannot lie after the day the table speaks for. What is no date in a `sound`
    column sets its row aside; a blank does not.
    """

    kind: str
    required: bool = False
    past: bool = False
    sound: bool = False


CHILD = Field("child", required=True)
PERSON = Field("person", required=True)
WORKER = Field("person")
REQUEST = Field("request", required=True)
TEXT = Field("text")
PLAN = Field("plan")
KEY = Field("text", required=True)
DATE = Field("date")
PAST = Field("date", past=True)
SOUND = Field("date", past=True, sound=True)
EVENT = Field("date", required=True, past=True)
WHEN = Field("date", required=True)
MOMENT = Field("moment")
YES_NO = Field("yes_no")
COUNT = Field("count")

_REGISTERS: Mapping[str, tuple[Field, ...]] = {
    "cases": (CHILD, TEXT, WORKER, TEXT, PAST, PAST, TEXT),
    "visits": (CHILD, TEXT, WORKER, PLAN, EVENT, PAST, YES_NO, YES_NO),
    "assessments": (CHILD, TEXT, WORKER, EVENT, PAST, YES_NO),
    "conferences": (CHILD, TEXT, WORKER, PAST, PAST, YES_NO),
    "tracker": (CHILD, TEXT, WORKER, TEXT, SOUND, SOUND),
    "closures": (CHILD, TEXT, EVENT, YES_NO, YES_NO, TEXT, TEXT, YES_NO),
    "training": (KEY, KEY, WHEN, TEXT, PERSON, TEXT, YES_NO, YES_NO),
    "workforce": (PERSON, TEXT, TEXT, PAST, DATE, PAST, PAST),
    "attendance": (CHILD, KEY, COUNT, YES_NO, YES_NO),
    "escalations": (CHILD, TEXT, EVENT, TEXT, TEXT, PAST),
    "actions": (KEY, TEXT, TEXT, TEXT, TEXT, WORKER, PAST, DATE, PAST, PAST, YES_NO),
    "meetings": (REQUEST, CHILD, MOMENT, MOMENT, KEY, YES_NO, YES_NO, YES_NO),
    "screening": (CHILD, TEXT, TEXT, EVENT, TEXT),
    "survey": (KEY, WHEN, COUNT, COUNT, TEXT, COUNT),
}
REGISTERS: Mapping[str, Mapping[str, Field]] = {
    name: dict(zip(SIDE_TABLES[name], fields, strict=True)) for name, fields in _REGISTERS.items()
}

_TEXT = """
child_ref = child | child id | child unique id | child reference | person id | case reference | case id |
    cppl person id | cinp person id | clae person id | cppv person id | cinv person id | clav person id |
    cina person id | icpc person id | s47e person id
worker_ref = worker | worker id | allocated worker | social worker | practitioner | cinp cin plan worker id |
    cina assessment worker id | icpc icpc worker id
person_ref = person | staff id | employee id | employee number | payroll number | delegate | attendee | prof staff id
owner_ref = owner | action owner | responsible person
team = allocated team | team name | cinp cin plan team | cina assessment team | icpc icpc team |
    prof professional department
plan_type = plan | type of plan
status = case status
opened_on = start date | case opened | cppl cp plan start date | cinp cin plan start date | clae cla episode start date
closed_on = end date | closure date | case closed | cppl cp plan end date | cinp cin plan end date |
    clae cla episode ceased date
ended = child protection plan end date | cin closure date | date ceased to be looked after | ceased looked after date
visited_on = visit date | date of visit | cppv cp visit date | cinv cin visit date | clav cla visit date |
    date of the last statutory visit | date of last statutory visit | date child was last seen | date last seen |
    date of last social work visit | last social work visit date | date child last seen
recorded_on = recording date | date recorded | written up
authorised_on = authorisation date | continuous assessment date of authorisation | assessment authorisation date |
    cina assessment auth date | continuous assessment auth date
strategy_on = strategy discussion date | strat discussion date | s47e s47 start date |
    strategy discussion initiating section 47 enquiry start date
conference_on = icpc date | icpc icpc date | initial cp conf date | date of initial child protection conference
conference_unnecessary = conference not required | icpc not required | initial cp conf unnecessary |
    was an initial child protection conference deemed unnecessary
enquiry = icpc s47 enquiry id | s47e s47 enquiry id
seen = child seen | cppv cp visit seen | cinv cin visit seen | clav cla visit seen | cina assessment child seen |
    child seen during continuous assessment | child seen during assessment | continuous assessment child seen
seen_alone = child seen alone | was the child seen alone | cppv cp visit seen alone | cinv cin visit seen alone |
    clav cla visit seen alone
reviewed_on = review date
left_team_on = date left team
section_47 = s47 | section 47 enquiry
reason = closure reason | reason for closure
manager_agreed = manager agreement | service manager agreed
event_id = event | session | session id
course = course id | course name
on = date | event date | session date | survey date
role = job title | post | prof professional job title
started_on = start date | assessment start date | continuous assessment start date | continuous assessment start |
    cina assessment start date
left_on = leaving date | end date
notice_given_on = notice date
raised_on = date raised
resolved_on = date resolved
due_on = due date | target date | deadline
checked_on = date checked | check date
decided_at = decision time | decision | decided
held_at = meeting time | held
request_id = request | meeting id
screened_on = screening date
returned = responses | replies
area = plan area | action area
"""
_ALIASES: Mapping[str, tuple[str, ...]] = named_words(_TEXT)

# The second of each is never the earlier.
ORDERED = (
    ("visited_on", "recorded_on"),
    ("decided_at", "held_at"),
    ("started_on", "authorised_on"),
    ("strategy_on", "conference_on"),
)


def names_of(column: str) -> tuple[str, ...]:
    """Every heading under which a column is known, the plain name first.

    >>> names_of("due_on")[:3]
    ('due_on', 'due', 'date due')
    """
    stem = column.removesuffix("_on").replace("_", " ")
    dated = (stem, f"date {stem}", f"{stem} date") if column.endswith("_on") else ()
    bare = (stem.removesuffix(" ref"), f"{stem} id") if column.endswith("_ref") else ()
    return tuple(dict.fromkeys((column, *dated, *bare, *_ALIASES.get(column, ()))))
