"""The columns of the tables that pass between rooms, and the roles of those who read a file.

They stand apart from the schemas, because the checker behind those takes longer to load than a small
command takes to run.
"""

from collections.abc import Mapping

from ilacs_audit.domain.errors import bare

AI = "ai"
MOVED_TARGET = "!"  # in drawn_as: the target of this standard was changed after reading had begun
DOUBTED = "?"  # in the columns on the draw: the draw of this audit cannot be relied on
PEOPLE = ("auditor", "moderator", "partner", "family")  # whose answers may be counted
FIRST = ("auditor", "partner")  # whose reading makes a file one that was read; a second reader reads it again
ROLES = (*PEOPLE, AI)
DRAFTED = ("person", "ai checked", "ai unchecked")  # who drafted the words of a return; empty is not known
SEVERITIES = ("error", "warning")

ANSWER_COLUMNS = (
    "audit_id",
    "period",
    "audited_on",
    "child_ref",
    "team",
    "worker_ref",
    "rater_ref",
    "role",
    "agency",
    "standard_id",
    "standard_version",
    "answer",
    "grade",
    "comment",
    "drafted_by",
    "drawn_as",  # the place of the file in the order of its draw; empty where none is kept
    "drawn_in",  # the part of the list that it was drawn from
    "drawn_with",  # the worker or family that it was drawn with, as a number
)
PROBLEM_COLUMNS = (
    *("severity", "rule", "audit_id", "file", "sheet", "row", "column", "value", "message", "fix"),
    "team",  # of the row, where it has one
)

SIDE_TABLES: Mapping[str, tuple[str, ...]] = {
    "cases": (
        *("child_ref", "team", "worker_ref", "plan_type", "opened_on", "closed_on", "age_band"),
        *("ethnicity", "disability"),
    ),
    "visits": ("child_ref", "team", "worker_ref", "plan_type", "visited_on", "recorded_on", "seen", "seen_alone"),
    "assessments": ("child_ref", "team", "worker_ref", "started_on", "authorised_on", "seen"),
    "conferences": ("child_ref", "team", "worker_ref", "strategy_on", "conference_on", "conference_unnecessary"),
    "tracker": ("child_ref", "team", "worker_ref", "outcome", "reviewed_on", "left_team_on"),
    "closures": (
        "child_ref",
        "team",
        "closed_on",
        "section_47",
        "assessment_completed",
        "reason",
        "sub_reason",
        "manager_agreed",
    ),
    "training": ("event_id", "course", "on", "team", "person_ref", "role", "booked", "attended"),
    "workforce": ("person_ref", "team", "role", "started_on", "left_on", "notice_given_on", "notice_withdrawn_on"),
    "attendance": ("child_ref", "cohort", "age", "attended", "matched"),
    "escalations": ("child_ref", "team", "raised_on", "reason", "stage", "resolved_on"),
    "actions": (
        "action_id",
        "audit_id",
        "standard_id",
        "area",
        "team",
        "owner_ref",
        "raised_on",
        "due_on",
        "closed_on",
        "checked_on",
        "still_a_problem",
        "discussed_on",
        "priority",
        "agency",
        "check_drawn",
    ),
    "meetings": ("request_id", "child_ref", "decided_at", "held_at", "agency", "invited", "attended", "returned"),
    "screening": ("child_ref", "risk", "theme", "screened_on", "recommendation"),
    "placements": (
        *("child_ref", "team", "placement", "cost_band", "started_on", "ended_on"),
        *("panel", "decided_on", "decision", "stepped_down_on"),
    ),
    "beds": ("home", "beds", "blocked", "open", "waiting_for"),
    "care_leavers": (
        *("child_ref", "team", "adviser_ref", "eligibility"),
        *("in_touch", "contacted_on", "plan_reviewed_on", "activity"),
    ),
    "private_fostering": (
        *("child_ref", "team", "worker_ref", "notified_on"),
        *("visited_on", "spoken_alone", "ended_on"),
    ),
    "missing": ("child_ref", "team", "began_on", "ended_on", "interview_offered", "interview_accepted"),
    "survey": ("survey_id", "on", "sent", "returned", "question", "positive", "child_ref"),
    "population": ("audit_id", "child_ref", "team", "worker_ref", "plan_type", "age_band", "ethnicity"),
}

# How a child of `attendance` was found in the hubs' register, the surest first; that nobody like them is in it; and
# that only the same name and date of birth were looked for.
LINKED = ("yes", "reviewed", "likely")
NO_PARTNER, UNTRIED = "none", "untried"

# The rules of cells of a register that are kept, and counted as not known.
NOT_KNOWN = (
    *("not yes or no", "risk not known", "not a date", "not a number"),
    *("age band not known", "disability not known", "ethnic group not known"),
)
PLAN_NOT_KNOWN = "plan not known"
_PLANS = {
    "child protection": "cp cpp cpplan childprotectionplan subjecttoachildprotectionplan",
    "child in need": "cin cinp cinplan childinneedplan childreninneed section17 s17",
    "care": "cla lac clac childlookedafter childrenlookedafter lookedafter lookedafterchild lookedafterchildren "
    "incare childincare childrenincare cic careplan",
}
_PLAN = {name: plan for plan, names in _PLANS.items() for name in (bare(plan), *names.split())}


def plan_of(said: object) -> str:
    """The plan that a word stands for, however it is spelt, or that it is not known.

    >>> plan_of("CPP"), plan_of("Child in Need"), plan_of("step up")
    ('child protection', 'child in need', 'plan not known')
    """
    return _PLAN.get(bare(said), PLAN_NOT_KNOWN)
