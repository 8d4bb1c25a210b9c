"""What each register holds, as data: its columns, their kinds and the names councils give them.

A register is an export of a case system or a list somebody keeps. All of them share one
reader, so a new column is a line here and never a new function.
"""

from collections.abc import Mapping
from typing import NamedTuple

from ilacs_audit.domain.schemas import SIDE_TABLES
from ilacs_audit.intake.cells.spelling import named_words

IDENTIFIERS = ("child", "person", "request")
WORDS = ("text", "plan", "contact", "age_band", "disability", "ethnicity")


class Field(NamedTuple):
    """One column of a register.

    `kind` is child, person or request (these become pseudonyms), text, plan, age_band, disability, ethnicity or risk (a
    text, told where it is none that is known), contact (a text that may tell of a child whom another authority placed),
    date, moment, yes_no or count. A row without a `required` value is set aside; a `post` without a person is vacant,
    and is kept where it names its role. A `past` date cannot lie after the day the table speaks for. What is no date
    in a `sound` column, the day of an end, sets its row aside; a blank does not, nor a word that says that the end has
    not come. A `spare` column is told by nobody where it is not there.
    """

    kind: str
    required: bool = False
    past: bool = False
    sound: bool = False
    post: bool = False
    spare: bool = False


CHILD = Field("child", required=True)
PERSON = Field("person", required=True)
WORKER = Field("person")
POST = Field("person", required=True, post=True)
REQUEST = Field("request", required=True)
TEXT = Field("text")
PLAN = Field("plan")
RISK = Field("risk")
AGE_BAND = Field("age_band")
DISABILITY = Field("disability")
ETHNICITY = Field("ethnicity")
CONTACT = Field("contact")
KEY = Field("text", required=True)
DATE = Field("date")
PAST = Field("date", past=True)
SOUND = Field("date", past=True, sound=True)
EVENT = Field("date", required=True, past=True)
WHEN = Field("date", required=True)
MOMENT = Field("moment")
HELD = Field("moment", sound=True)
YES_NO = Field("yes_no")
COUNT = Field("count")

_REGISTERS: Mapping[str, tuple[Field, ...]] = {
    "cases": (CHILD, TEXT, WORKER, TEXT, PAST, SOUND, AGE_BAND, ETHNICITY, DISABILITY),
    "visits": (CHILD, TEXT, WORKER, PLAN, EVENT, PAST, YES_NO, YES_NO),
    "assessments": (CHILD, TEXT, WORKER, EVENT, SOUND, YES_NO),
    "conferences": (CHILD, TEXT, WORKER, PAST, SOUND, YES_NO),
    "tracker": (CHILD, TEXT, WORKER, TEXT, SOUND, SOUND),
    "closures": (CHILD, TEXT, EVENT, YES_NO, YES_NO, TEXT, TEXT, YES_NO),
    "training": (KEY, KEY, WHEN, TEXT, PERSON, TEXT, YES_NO, YES_NO),
    "workforce": (POST, TEXT, TEXT, PAST, DATE, PAST, PAST),
    "attendance": (CHILD, KEY, COUNT, YES_NO, YES_NO),
    "escalations": (CHILD, TEXT, EVENT, TEXT, TEXT, SOUND),
    "actions": (KEY, TEXT, TEXT, TEXT, TEXT, WORKER, PAST, DATE, SOUND, PAST, YES_NO, PAST, *(TEXT, TEXT, YES_NO)),
    "meetings": (REQUEST, CHILD, MOMENT, HELD, KEY, YES_NO, YES_NO, YES_NO),
    "screening": (CHILD, RISK, CONTACT, EVENT, TEXT),
    "placements": (CHILD, TEXT, TEXT, TEXT, PAST, SOUND, TEXT, PAST, TEXT, SOUND),
    "beds": (KEY, COUNT, COUNT, YES_NO, TEXT),
    "care_leavers": (CHILD, TEXT, WORKER, TEXT, TEXT, PAST, PAST, TEXT),
    "private_fostering": (CHILD, TEXT, WORKER, EVENT, SOUND, YES_NO, SOUND),
    "missing": (CHILD, TEXT, PAST, SOUND, YES_NO, YES_NO),
    "survey": (KEY, WHEN, COUNT, COUNT, TEXT, COUNT, Field("child", spare=True)),
    "population": (
        KEY,
        CHILD,
        *(Field(kind, spare=True) for kind in ("text", "person", "text", "age_band", "ethnicity")),
    ),
}
REGISTERS: Mapping[str, Mapping[str, Field]] = {
    name: dict(zip(SIDE_TABLES[name], fields, strict=True)) for name, fields in _REGISTERS.items()
}

# The two registers from which who came to a family hub is linked where nobody keeps `attendance`; a name may stand in
# one column or in two.
NAME = Field("name")
_NAMED = {"name": NAME, "given": TEXT, "family": TEXT, "born": DATE}
HUBS: Mapping[str, Mapping[str, Field]] = {
    "hub_children": {"child_ref": CHILD, **_NAMED, "cohort": KEY, "age": COUNT},
    "hub_records": {**_NAMED, "attended": YES_NO},
}

# Without these a report would count silence as a finding, so a register that does not tell them is refused: the column
# has to be there, and to say something in some row. What need not have happened to anybody yet, and what a second
# column may tell, may be blank everywhere.
TOLD: Mapping[str, tuple[str, ...]] = named_words("""
assessments = authorised_on
conferences = conference_on
tracker = outcome | left_team_on
closures = reason | manager_agreed
training = attended
attendance = attended | matched
escalations = resolved_on
actions = due_on | closed_on
meetings = decided_at | held_at
screening = risk | theme
placements = decision | stepped_down_on
beds = beds | open
care_leavers = in_touch | activity
private_fostering = visited_on | spoken_alone
missing = interview_offered
survey = sent | returned
""")
MAY_BE_BLANK = frozenset(
    {"due_on", "closed_on", "reason", "authorised_on", "conference_on", "left_team_on", "resolved_on", "held_at"}
    | {"decision", "stepped_down_on", "visited_on", "spoken_alone"}
)

# What a column's own words mean, beside yes and no: only where the column leaves no doubt of them.
_YES_NO_TEXT = """
attended yes = attended | present | completed | came | in attendance
attended no = not attended | did not attend | didn't attend | dna | did not come | no show | no-show |
    absent | apologies
seen yes = seen | child seen
seen no = not seen | child not seen | no access | refused
seen_alone yes = seen alone | alone
seen_alone no = not seen alone | not alone | not seen
manager_agreed yes = agreed | manager agreed
manager_agreed no = not agreed | declined
open yes = open
open no = not open | closed
matched yes = matched
matched no = not matched | unmatched | no match
booked yes = booked
booked no = not booked
invited yes = invited
invited no = not invited
returned yes = returned
returned no = not returned
assessment_completed yes = completed
assessment_completed no = not completed
still_a_problem yes = still a problem | still open | not fixed | not yet fixed
still_a_problem no = fixed | resolved
"""
_YES_NO = named_words(_YES_NO_TEXT)


def own_words(column: str) -> dict[str, str]:
    """What a column's own words mean beside yes and no.

    >>> own_words("matched")
    {'matched': 'yes', 'not matched': 'no', 'unmatched': 'no', 'no match': 'no'}
    """
    return {word: answer for answer in ("yes", "no") for word in _YES_NO.get(f"{column} {answer}", ())}


_TEXT = """
child_ref = child | child id | child unique id | child reference | person id | case reference | case id |
    cppl person id | cinp person id | clae person id | cppv person id | cinv person id | clav person id |
    cina person id | icpc person id | s47e person id | clea person id | miss la person id | young person
worker_ref = worker | worker id | allocated worker | social worker | practitioner | cinp cin plan worker id |
    cina assessment worker id | icpc icpc worker id
person_ref = person | staff id | employee id | employee number | payroll number | delegate | attendee | prof staff id
owner_ref = owner | action owner | responsible person
name = child name | child's name | full name | name of child
given = given name | first name | forename | forenames | first names
family = family name | surname | last name
born = date of birth | dob | birth date
team = allocated team | team name | clea care leaver allocated team |
    cinp cin plan team | cina assessment team | icpc icpc team |
    prof professional department
plan_type = plan | type of plan
ethnicity = ethnic group | ethnic origin | ethnic background | child ethnicity | pers ethnicity
disability = disabled | child disabled | disability status | pers disability | has a disability
status = case status
opened_on = start date | case opened | child protection plan start date | cin start date |
    date started to be looked after | looked after start date | loooked after start date |
    cppl cp plan start date | cinp cin plan start date | clae cla episode start date
closed_on = completion date | date completed |
    end date | closure date | case closed | cppl cp plan end date | cinp cin plan end date |
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
conference_unnecessary = conference not required | icpc not required | s47e icpc not required |
    initial cp conf unnecessary |
    was an initial child protection conference deemed unnecessary
enquiry = icpc s47 enquiry id | s47e s47 enquiry id
seen = child seen | cppv cp visit seen | cinv cin visit seen | clav cla visit seen | cina assessment child seen |
    child seen during continuous assessment | child seen during assessment | continuous assessment child seen
seen_alone = child seen alone | was the child seen alone | cppv cp visit seen alone | cinv cin visit seen alone |
    clav cla visit seen alone
reviewed_on = review date
left_team_on = date left team | date left
section_47 = s47 | section 47 enquiry
reason = closure reason | reason for closure
manager_agreed = manager agreement | service manager agreed | service manager agreement | sm agreement
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
priority = priority level | urgency
check_drawn = check drawn by chance | drawn for check | random check
discussed_on = date discussed | discussed in supervision | date discussed in supervision | supervision date
decided_at = decision time | decision | decided
held_at = meeting time | meeting date | date of meeting | held
request_id = request | meeting id
screened_on = screening date | date of screening
risk = risk level | level of risk | risk rating
attended = attendance | attended in last 6 months | attended in the last 6 months
positive = number positive
theme = exploitation type | type of exploitation | type of risk | concern
sent = number sent | forms sent
matched = record matched | match
outcome = decision | review outcome
returned = responses | replies
area = plan area | action area
adviser_ref = allocated personal advisor | allocated personal adviser | personal adviser |
    clea care leaver personal advisor
eligibility = eligibility category | eligibity category | clea care leaver eligibility
in_touch = la in touch | clea care leaver in touch
contacted_on = latest date of contact | latest contact | clea care leaver latest contact
plan_reviewed_on = latest pathway plan review date | latest pathway plan | clea pathway plan review date
activity = activity status | clea care leaver activity
notified_on = notification date | date of notification | aware on
spoken_alone = spoken to alone | child spoken to alone
began_on = missing from | episode start | miss mis epi start | miss missing episode start date
interview_offered = return interview offered | rhi offered | miss mis epi rhi offered | miss missing rhi offered |
    was the child offered a return interview after their last missing episode |
    was the child offered a return interview after their last missing episode (y/n)
interview_accepted = return interview accepted | rhi accepted | miss mis epi rhi accepted | miss missing rhi accepted |
    did the child accept a return interview after their last missing episode |
    did the child accept a return interview after their last missing episode (y/n)
episodes = number of episodes the child has been 'missing' from their placement in the last 12 months |
    number of episodes the child has been missing from their placement in the last 12 months
placement = placement type | type of placement
cost_band = cost | weekly cost | cost a week
ended_on = end date | placement end date | found on | episode end | miss mis epi end | miss missing episode end date
panel = panel name
decided_on = panel date | date of panel
decision = panel decision
home = name of home | children's home
beds = number of beds | capacity
open = home open | is it open
blocked = beds blocked | soft blocked beds
waiting_for = waiting on | reason not open
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
