"""What a report on a register says of each of its counts: words as data, one line a measure.

The report counts and the words stand here, so that table, headline, sentence and method say one thing of it. None
of them judges: what was done is activity, and activity is no impact.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ilacs_audit.claims.words import capital, count_of, counted, period_words, share_words
from ilacs_audit.domain.catalogue.limits import Limit
from ilacs_audit.domain.measures import Row

DAYS = "kaplan-meier"  # the method whose value is a time and no share
NO_DATA = "no data supplied"
UNSHOWN = "The numbers of this month are too small to show."


class Told(NamedTuple):
    """What a count is called, of what it is, what is so, and how it was counted; `one|several`, {level} the row's."""

    name: str
    of: str
    said: str
    method: str = ""
    limits: tuple[str, ...] = ()


REGISTERED: Mapping[str, Told] = {
    "case_undecided": Told(
        "No decision recorded",
        "child|children reviewed",
        "has|have no decision recorded",
        "Each child of the tracker counts once; of one who came back only the rows count in which it has not left. A "
        "child without an outcome has no decision recorded; the tracker does not say what happens to it.",
    ),
    "case_left_of_due": Told(
        "Left, of those due to leave",
        "child|children due to leave the team",
        "has|have left it",
        "Due to leave are those whose outcome is to transfer, step down, close, cease, end or take no further action. "
        "An outcome in other words than the known ones is a decision, and in no count of those due to leave.",
    ),
    "case_decided": Told("A decision", "child|children reviewed", "has|have a decision"),
    "case_left": Told("Left the team", "child|children reviewed", "has|have left the team"),
    "case_outcome": Told(
        "Children",
        "child|children reviewed",
        "has|have this outcome: {level}",
        "A child with two outcomes is in both, so outcomes are never added.",
    ),
    "case_flow": Told("Children", "child|children reviewed", "went|went this way: {level}"),
    "case_waiting": Told(
        "Children still there", "child|children due to leave and still there", "has|have waited {level}"
    ),
    "cp_visited_in_time": Told(
        "Last visit in time, child protection",
        "child|children on a child protection plan in the visit log",
        "was|were last visited within {level}, as far as the log tells",
        "Children are those with a visit in the log, each by the last one, and the limit runs to the day of the page. "
        "A visit on the last day of the limit is in time. Working days are counted from the day after the visit, so "
        "the limit ends on a working day, and a visit on the Saturday after it is late. A child whom the log does not "
        "name is in no count.",
        ("cp-visit", "cin-visit", "care-visit"),
    ),
    "cp_all_in_time": Told(
        "Every visit in time, child protection",
        "child|children on a child protection plan with two visits or more",
        "had every visit within {level} of the one before, up to the day of this page",
    ),
    "visited_in_time": Told(
        "Last visit in time",
        "child|children in the visit log",
        "was|were visited in time: {level}",
        "The log does not say when a placement began: every child in care is judged by the limit for its first year, "
        "which may not be that child's.",
    ),
    "visit_not_known": Told(
        "Not known since the log ends",
        "child|children judged by a limit",
        "had|had a limit that passed after {level}, where the log ends, so nobody can tell whether a visit was late",
        "Where a limit passed after the log ends, no visit in time is known, and none is counted.",
    ),
    "visit_not_owed": Told(
        "Case closed since the last visit",
        "child|children in the visit log",
        "had a case that has been closed since, and is|are owed no visit",
        "A case is closed where the cases register says so and no visit follows; how long it waited before that is "
        "not counted.",
    ),
    "plan_not_known": Told(
        "Plan not known",
        "child|children in the visit log",
        "has|have a plan that is none of the three known ones, and is|are judged by no limit",
    ),
    "child_seen": Told("Seen", "child|children at the last visit", "was|were seen"),
    "child_seen_alone": Told(
        "Seen alone",
        "child|children seen of whom the log says whether alone",
        "was|were seen alone",
        "A blank is in no count of seen and of seen alone. Of two visits on one day the child was seen if either says "
        "so. How often and how well are not put together.",
    ),
    "recorded_after": Told(
        "Last visit written up",
        "child|children in the visit log",
        "had the last visit written up: {level}",
        "On the day is the day of the visit itself; after it, working days are counted. A visit recorded before it was "
        "made has a row of its own.",
    ),
    "meeting_in_time": Told(
        "Strategy meetings in time",
        "meeting|meetings",
        "was|were held within {level}",
        "A meeting that is decided and not held by the day of the page is late once its limit has passed. One held "
        "before it was decided, without a time of the decision, or whose dates need an hour to be judged is set aside.",
        ("strategy-meeting",),
    ),
    "assessment_in_time": Told(
        "Assessments in time",
        "assessment|assessments",
        "was|were authorised within {level} of the start",
        "An assessment that is still open is late once its limit has passed, and until then in no count. One that was "
        "open where the register ends, and due since, is in no count either.",
        ("assessment",),
    ),
    "conference_in_time": Told(
        "Conferences in time",
        "initial conference|initial conferences",
        "was|were held within {level} of the strategy discussion",
        "Counted are conferences that were held, and those that are needed and whose limit has passed. An enquiry that "
        "needs none, or of which that is not recorded, has no conference to be late.",
        ("conference",),
    ),
    "consent_agreed": Told(
        "Agreed by a service manager",
        "closure|closures on withdrawn consent in {month}",
        "had a service manager's agreement recorded",
        "A closure on withdrawn consent is one called so that came neither after a section 47 enquiry nor after a "
        "completed assessment. Where no agreement is recorded, nobody is known to have agreed.",
    ),
    "consent_agreed_in_all": Told(
        "Agreed, in every month told", "closure|closures on withdrawn consent", "had an agreement recorded {level}"
    ),
    "consent_called": Told(
        'Called "no consent", in every month told', "closure|closures", 'was|were called "no consent" {level}'
    ),
    "consent_unclear": Told(
        "Consent in other words",
        "closure|closures",
        "spoke of consent in words that are not known {level}",
        "Words about consent that are not known say neither yes nor no, and are in no count of withdrawn consent.",
    ),
    "consent_not_agreed": Told(
        "Not agreed", "closure|closures on withdrawn consent in {month}", "was|were recorded as not agreed"
    ),
    "consent_unanswered": Told(
        "Nothing recorded", "closure|closures on withdrawn consent in {month}", "had nothing recorded of an agreement"
    ),
    "consent_unplaced": Told(
        "Not known whether after an enquiry",
        'closure|closures called "no consent" in {month}',
        "did not say whether an enquiry or assessment came before",
    ),
    "consent_miscoded": Told(
        "Miscoded: after an enquiry or assessment",
        'closure|closures called "no consent" in {month}',
        "came after a completed enquiry or assessment",
        'After an enquiry the closure form offers few reasons. "No consent" there is the form\'s word, and no family '
        "is known to have said no; it is counted apart from practice.",
    ),
    "consent_forced": Told(
        'Called "no consent" after an enquiry',
        "closure|closures after a section 47 enquiry in {month}",
        'was|were called "no consent"',
    ),
    "escalation_expired": Told(
        "Open past the limit",
        "child|children with an escalation still open",
        "has|have waited longer than {level} by the last day of the register",
        "Each child counts once, by the escalation still open, else by the one that took longest. A date of resolution "
        "before the day on which it was raised counts as none. What is open waits up to the last day of which the "
        "register tells.",
        ("escalation",),
    ),
    "escalation_in_time": Told(
        "Resolved in time, of those due",
        "child|children with an escalation resolved or past the limit",
        "had it resolved within {level}",
        "An escalation still open and within the limit is neither in time nor late.",
        ("escalation",),
    ),
    "escalation_open": Told("Still open", "child|children with an escalation", "has|have one still open"),
    "escalation_age": Told("Children", "child|children with an escalation still open", "has|have waited {level}"),
    "escalation_reason": Told(
        "Children",
        "child|children with an escalation",
        "had this reason: {level}",
        "A child with two reasons is in both, so reasons are never added. Reasons that fewer than five children have "
        "are put together.",
    ),
    "seen_before_meeting": Told("Seen before the meeting", "", ""),
    "time_to_resolve": Told(
        "Days until half were resolved",
        "escalation|escalations, one a child,",
        "been resolved",
        "The median is Kaplan and Meier's: an escalation still open counts as waiting up to the last day of which the "
        "register tells. It says how long an answer took, and not that it was a good one.",
    ),
    "time_to_leave": Told(
        "Days until half had left",
        "child|children due to leave the team",
        "left",
        "The median is Kaplan and Meier's: a child who has not left counts as waiting up to the last day of which the "
        "tracker tells. It says how long leaving took, and not that leaving was right.",
    ),
}


def is_register(row: Row) -> bool:
    """Whether a row is of a report on a register."""
    return row.measure in REGISTERED


def name_of(row: Row) -> str:
    """What a count is called in a table."""
    return REGISTERED[row.measure].name


def of_whom(row: Row) -> str:
    """Of whom a count is, in the plural."""
    return _form(REGISTERED[row.measure].of, 2).replace(" in {month}", "")


def register_sentence(row: Row) -> str:
    """One count of a register that may be shown, as a sentence.

    >>> from ilacs_audit.domain.measures import measures, rows
    >>> counted = measures([{"measure": "case_left", "numerator": 43, "denominator": 142}])
    >>> register_sentence(*rows(counted))
    '43 of 142 children reviewed have left the team (30%).'
    """
    told = REGISTERED[row.measure]
    if row.numerator is None:
        return _in_days(row, told) if row.method == DAYS else f"{told.name}: {NO_DATA}."
    if not row.denominator:
        return ""
    about = "about " if row.status == "rounded" else ""
    count = (
        f"{about}{count_of(row.numerator, row.denominator)}" if row.numerator else f"none of {about}{row.denominator:,}"
    )
    did = _form(told.said, row.numerator).format(level=row.level)
    of = _form(told.of, row.denominator).format(month=period_words(row.period))
    share = "" if about else share_words(row.numerator, row.denominator)
    return f"{capital(count)} {of} {did}{share}."


def register_headline(found: Sequence[Row]) -> str:
    """The first two counts of the whole service, in the order in which the report gives them, as far as they are shown.

    Where one is hidden no other takes its place: it would be of another month, or of something a reader did not ask.
    """
    first = [row for row in found if is_register(row) and row.group == "all" and row.method != DAYS][:2]
    return " ".join(register_sentence(row) for row in first if not row.hidden) or (UNSHOWN if first else "")


def register_methods(found: Sequence[Row], limits: Mapping[str, Limit]) -> tuple[str, ...]:
    """How the counts of a page on registers were made, each said once, and the `limits` in force that judge them."""
    told = [REGISTERED[row.measure] for row in found if is_register(row)]
    ruled = (limits[name].words for each in told for name in each.limits if name in limits)
    return tuple(filter(None, dict.fromkeys((*(each.method for each in told), *ruled))))


def _in_days(row: Row, told: Told) -> str:
    if row.value is None:
        return f"Half of the {_form(told.of, 2)} had not {told.said} by the last day of which the register tells."
    ends = "" if row.lower is None else f", likely {row.lower:g}" + (f" to {row.upper:g}" if row.upper else " or more")
    return f"Half of the {_form(told.of, 2)} had {told.said} within {counted(round(row.value), 'day')}{ends}."


def _form(words: str, count: int) -> str:
    """The words for one or for several."""
    return " ".join(each.split("|")[0 if count == 1 else -1] for each in words.split(" "))
