"""What one row may show on its own, before its neighbours are considered.

The constants are in `domain.audiences`; here they are applied to a row of counts. Every
count a row carries is tested: the k, the n and the n - k that a reader gets by subtraction.
"""

from collections.abc import Mapping
from dataclasses import replace
from itertools import takewhile

from ilacs_audit.domain.audiences import AUDIENCES, WHOLE_SERVICE, Audience, surely_sensitive
from ilacs_audit.domain.measures import CROSS, Row, earlier_round

PERCENTAGE_BASE = 10
OF_THINGS = frozenset(
    {"compared_too_few", "compared_apart", "compared_enough", "comparable", "session_days"}
    | {"sources_conflict", "sources_apart", "columns_unread", "audit_done", "audit_late", "audit_abandoned"}
    | {
        "audit_short",
        "round_held",
        "audit_owed",
        "area_unseen",
        "place_never",
        "place_unseen",
        "standard_asked",
        "area_seen",
        "looked_at",
    }
    | {"not_looked_at", "files_booked", "strength_all"}
    | {"mirror_open", "mirror_undiscussed", "mirror_compliance", "mirror_alone", "mirror_unseen", "mirror_unmoderated"}
)
_OF_ACTIONS = ("action_", "finding_", "milestone", "put_right")
REACHED = ("reach", "reach_during", "reach_after")  # before, during and after the days of reading
HELD = ("sessions", "sessions_during", "sessions_after")
OF_STAFF = frozenset({*REACHED, *HELD, "booked"})  # one level under several courses; no child is in them
REMAINDER_OF = {"not_applicable": "compliance"}  # what a measure's n leaves out of all the files is this count
# One list of people told in parts: a hidden part comes back from the rest, their order or the whole beside it, so a
# shared page has every part or none.
LISTS = frozenset(
    {"case outcome", "time waiting", "time open", "escalation reason", "escalation stage", "plan type", "recording lag"}
    | {"risk", "screening theme", "recommendation", "reason of contact", "support"}
    | {"panel decision", "panel", "placement type", "cost band"}
)
# The people named for a course, told in parts, and the staff among them: where one part is hidden, so is every other.
OF_ONE_LEVEL = frozenset(
    {"course_came", "course_ahead", "course_absent", "course_untold", "course_listed", "staff_came", "staff_left_out"}
)
TOLD_IN_PARTS = frozenset(
    {"case_undecided", "case_decided", "case_left", "case_left_of_due", "cp_visited_in_time"}
)  # again by outcome
AS_A_LEVEL = frozenset({"screened_high", "escalation_expired"})  # a level of a sensitive list, told of the whole too
# What gives back a hidden count with an open one: those late of those open are those due less those resolved, and
# who is open says how many were resolved.
GIVES_BACK = {"escalation_expired": frozenset({"escalation_expired", "escalation_open", "escalation_not_known"})}
# A part of a list that a page tells of the whole service too: where the counts are the same, both are shown or neither.
AGAIN = {
    ("case_outcome", "no decision recorded"): "case_undecided",
    ("panel_decided", "no decision recorded"): "panel_undecided",
    ("visited_in_time", "child protection"): "cp_visited_in_time",
    ("screened", "high"): "screened_high",
    ("escalation_age", "more than 20 working days"): "escalation_expired",
}
# What else a page tells of the people of a list, what must stay first: whom its k, its n and the rest of it count.
# "list" is a sum of parts of the list; other words are what is known of such a sum.
_LIST, _LEFT = ("list", "list", "list"), ("left", "list", "still")
BESIDE: Mapping[str, Mapping[str, tuple[str, str, str]]] = {
    "case_outcome": {
        **{"case_undecided": _LIST, "case_decided": _LIST, "case_left": _LEFT, "case_left_of_due": _LEFT},
        "case_waiting": ("", "still", ""),
    },
    "panel_decided": {"panel_undecided": _LIST, "step_down_done": ("done", "list", "not done")},
}
# What a register counts from its beginning, so that a month's figures less those of the month before are the people who
# came between: first the count whose whole is everybody, then the rest, then what is left as told with the whole and
# is judged anew each month. Who is on a list on the day alone (visits, care leavers, placements) is no such count.
RUNNING: Mapping[str, tuple[str, ...]] = {
    "tracker": ("case_undecided", "case_decided", "case_left", "case_left_of_due", "case_outcome"),
    "screening": ("screened_high", "screened", "contact_reason"),
    "placements": ("panel_undecided", "panel_decided", "panel_heard", "step_down_done"),
    "escalations": ("escalation_open", "escalation_in_time", "escalation_reason"),
    "missing": ("interview_offered", "interview_accepted", "interview_unknown"),
    "meetings": ("meeting_in_time",),
    "assessments": ("assessment_in_time",),
    "conferences": ("conference_in_time", "conference_not_known"),
    "closures": ("consent_called", "consent_unclear"),
    "survey": ("survey_answered", "survey_positive"),
    "attendance": ("hub_came",),
    "training": ("support_begun", "support_ahead"),
}
WITH_THE_WHOLE: Mapping[str, tuple[str, ...]] = {
    "tracker": ("case_waiting", "time_to_leave"),
    "escalations": ("escalation_expired", "escalation_age", "escalation_not_known", "time_to_resolve"),
    "missing": ("still_missing",),
}
ROWS_OF_PEOPLE = RUNNING.keys() - {"survey", "training"}
OF_ROWS = frozenset({"rows_read", "set_aside", "unread"})
COUNTED_ON, JUDGED_ANEW = (
    frozenset(name for names in each.values() for name in names) for each in (RUNNING, WITH_THE_WHOLE)
)
OF_REGISTER = COUNTED_ON | JUDGED_ANEW
TOLD_APART = frozenset(  # levels of which none is the rest of another
    {"survey", "survey question", "cohort", "practice theme", "recording theme"}
)
ONE_LIST = frozenset({"cohort"})  # of these, that another name may be given to; a survey of another day is another
MONTH, OF_MONTHS = "month", "closures"
BY_MONTH = frozenset(
    {"consent_agreed", "consent_not_agreed", "consent_unanswered"}
    | {"consent_miscoded", "consent_unplaced", "consent_forced"}
)
SUM_OF = {
    "consent_agreed_in_all": "consent_agreed",
    "consent_agreed_in_part": "consent_agreed",
    "consent_miscoded_in_all": "consent_miscoded",
}
OF_NOBODY = frozenset(  # actions, posts, beds and standards, of which no level holds people
    {
        "plan area",
        "role with a vacant post",
        "bed state",
        "kind of question",
        "what is asked",
        "action",
        "time overdue",
        "time since it was raised",
        "priority",
        "agency asked to act",
    }
    | {"standard closed on paper", "standard raised again"}
    | {"practice area", "practice area x team", "audit without a return", "area nobody looked at"}
)
# Ordinary, unless what a council asked about, or what a theme says, is not.
ASKED = frozenset({"survey", "survey question", "practice theme", "recording theme"})
# What auditors made of invented extracts: about no child, and nobody's business but theirs, so on no shared page.
OF_GRADERS = frozenset({"reader", "question", "council"})
# Of how many children a characteristic is known: where a register writes "yes" alone this is how many are disabled, and
# a window that moves by a month tells of one child by subtraction. So no shared page has it.
OF_WHAT_IS_KNOWN = "children_known"
# What a second reader made of the grades of one audit: of fewer files than make a group, a grade may be known.
OF_GRADES = frozenset({"marked_down", "marked_up"})
OF_ONE_GRADER = frozenset({"reader_kappa", "reader_ac2"})
# One level of these stands for everybody in it.
WHOLE = WHOLE_SERVICE | OF_NOBODY | OF_GRADERS | {"", "audit", "intervention", "register", "coefficient"}


def factors(group: str) -> tuple[str, ...]:
    """The single groups that a breakdown crosses.

    >>> factors("team x grade")
    ('team', 'grade')
    """
    return tuple(group.split(CROSS))


def group_of(measure: str, group: str, level: str) -> str:
    """The group by which a shown count is judged: that of the whole service, where it tells one again that is open.

    >>> group_of("visited_in_time", "plan type", "child protection"), group_of("screened", "risk", "high")
    ('all', 'risk')
    """
    told = AGAIN.get((measure, level), "")
    return "all" if told and told not in AS_A_LEVEL else group


def whole(row: Row) -> bool:
    """Whether the row speaks for the whole service, so that its reader does not know whom it counts."""
    return row.group in WHOLE


def of_people(row: Row) -> bool:
    """Whether a row counts people or their files; standards that can be compared and days of sessions are nobody."""
    return row.measure not in OF_THINGS


def of_actions(measure: str) -> bool:
    """Whether a measure counts actions and findings, in which no child is counted."""
    return measure.startswith(_OF_ACTIONS)


def protected(row: Row, rules: Audience) -> bool:
    """Whether small counts of this row are hidden from this audience."""
    asked = row.group in ASKED and surely_sensitive(row.level)
    sensitive = any(map(rules.sensitive, factors(row.group))) or row.measure in AS_A_LEVEL or asked
    return rules.protects == "all" or (rules.protects == "sensitive" and sensitive)


def counts(row: Row) -> tuple[int, ...]:
    """The counts of children that a row gives away: k, n and n - k (rule D2)."""
    k, n = row.numerator, row.denominator
    known = [count for count in (k, n) if count is not None]
    return (*known, n - k) if k is not None and n is not None else tuple(known)


def small(count: int | None, limit: int) -> bool:
    """Whether a count is there and under the limit; nobody is no child, so 0 is not small (rule D3)."""
    return count is not None and 0 < count < limit


def base_too_small(row: Row, rules: Audience) -> bool:
    """Whether a breakdown rests on fewer children than this audience may see as a group."""
    alone = row.group not in OF_NOBODY and not of_actions(row.measure)
    group = alone if rules.service else not whole(row)  # a service is a group of its council
    return group and small(row.denominator, rules.smallest_base)


def primary(row: Row, rules: Audience) -> bool:
    """Whether the row is hidden for its own sake (rules D1, D2 and the audience's smallest base)."""
    if row.group in OF_GRADERS or row.measure in (*OF_ONE_GRADER, OF_WHAT_IS_KNOWN):
        return rules.protects != "none"
    if not of_people(row):
        return False
    if row.measure in OF_GRADES and rules.protects != "none" and small(row.denominator, rules.smallest_base):
        return True
    if base_too_small(row, rules) or (rules.service and _small_before(row, rules)):
        return True
    if row.measure in TOLD_IN_PARTS and rules.protects != "none" and small(row.denominator, PERCENTAGE_BASE):
        return True
    return protected(row, rules) and any(small(count, rules.smallest_count) for count in counts(row))


def _small_before(row: Row, rules: Audience) -> bool:
    """Whether a change tells an earlier round of too few files."""
    told = earlier_round(row.note) if row.measure == "change" else None
    return told is not None and small(told[1], rules.smallest_base)


def threshold(row: Row, rules: Audience) -> int:
    """The smallest count that this audience may learn of this row (the threshold of rule D4)."""
    return rules.smallest_count if protected(row, rules) else rules.smallest_base


def all_or_none(row: Row) -> bool:
    """Whether the row tells something about every child in its group (rule D3)."""
    return bool(row.denominator) and row.numerator in (0, row.denominator)


def nearest(count: int | None, base: int) -> int | None:
    """A count rounded to the nearest multiple of an odd base; 0 stays a true zero (rule H3).

    >>> [nearest(count, 5) for count in (0, 6, 7, 8, 12, 13)]
    [0, 5, 5, 10, 10, 15]
    """
    return None if count is None else (count + base // 2) // base * base


def laxer(rules: Audience) -> tuple[Audience, ...]:
    """The audiences that may see more than this one, most open first.

    What they may not see is hidden here too, so that a stricter edition never shows more.
    """
    own = "public" if rules.service else rules.id  # a service's edition is as detailed as the board's
    return tuple(
        replace(each, ordinary=rules.ordinary) for each in takewhile(lambda each: each.id != own, AUDIENCES.values())
    )
