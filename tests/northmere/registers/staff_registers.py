"""The registers of what was done: training, workforce, actions and surveys.

Counts are those of the example's November 2024 report (FIG-9, FIG-11 to FIG-13, FIG-15,
FIG-17, FIG-18, FIG-20, FIG-21).
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from tests.northmere.truth.audits import File
from tests.northmere.truth.people import DUTY_TEAMS, Cast, Worker

Rows = list[tuple[Any, ...]]

ASSESSMENT_TRAINED, PLANS_TRAINED, PLANS_BOOKED = 110, 133, 34
WORKSHOP_PEOPLE = {"Front Door Early Help": 6, "Front Door Safeguarding": 8, "Duty and assessment": 11}
ONE_TO_ONES = 14
CARE_LEAVERS = {"eet-jobs-and-apprenticeships": 10, "eet-work-experience": 6}
# Seven actions are closed on paper: of four a check found so, of three nobody did, and their standard failed again.
FOUND_OUT, NOT_FOUND_OUT = 4, 3
_ASSESSMENT_DAYS = (3, 6, 12, 17, 19, 24, 27)
_PLANS_DAYS = (
    date(2024, 10, 22),
    date(2024, 10, 25),
    date(2024, 10, 30),
    date(2024, 11, 5),
    date(2024, 11, 8),
    date(2024, 11, 14),
)


def training(staff: Cast, rng: random.Random) -> Rows:
    """Every course: who was booked and who came. Booked is not attended."""
    return [
        *_course(
            "assessment-training", [date(2024, 9, day) for day in _ASSESSMENT_DAYS], rng.sample(staff.staff, 120), 110
        ),
        *_plans(staff, rng),
        *_workshops(staff),
        *_one_to_ones(staff, rng),
        *(
            ("tsds-2024", "tsds", date(2024, 10, 31), "Fostering", name, "Foster carer", "yes", "yes")
            for name in staff.carers
        ),
        *_care_leavers(),
    ]


def _course(course: str, days: Sequence[date], people: Sequence[Worker], attended: int) -> Iterator[tuple[Any, ...]]:
    """A course over several days. The last of those booked did not come."""
    for place, person in enumerate(people):
        at = place % len(days)
        yield _place(f"{course}-{at + 1}", course, days[at], person, "yes" if place < attended else "no")


def _place(event: str, course: str, on: date, person: Worker, attended: str) -> tuple[Any, ...]:
    return event, course, on, person.team, person.name, person.role, "yes", attended


def _plans(staff: Cast, rng: random.Random) -> Iterator[tuple[Any, ...]]:
    """133 came; 34 others are booked for 22 November, and nobody has yet written down who came."""
    people = rng.sample(staff.staff, PLANS_TRAINED + PLANS_BOOKED)
    yield from _course("plans-training", _PLANS_DAYS, people[:PLANS_TRAINED], PLANS_TRAINED)
    for person in people[PLANS_TRAINED:]:
        yield _place("plans-training-7", "plans-training", date(2024, 11, 22), person, "")


def _workshops(staff: Cast) -> Iterator[tuple[Any, ...]]:
    """Five consent workshops from 11 to 13 September, 25 people, each of them once."""
    events = ((1, 11), (2, 11), (3, 12), (4, 12), (5, 13))
    groups = {
        "Front Door Early Help": events[:1],
        "Front Door Safeguarding": events[1:3],
        "Duty and assessment": events[3:],
    }
    for group, dates in groups.items():
        for place, person in enumerate(_invited(staff, group)):
            number, day = dates[place % len(dates)]
            yield _place(f"consent-workshops-{number}", "consent-workshops", date(2024, 9, day), person, "yes")


def _invited(staff: Cast, group: str) -> list[Worker]:
    teams = DUTY_TEAMS if group == "Duty and assessment" else (group,)
    fits = ("Early intervention worker", "Team manager") if group == "Front Door Early Help" else ()
    people = [each for each in staff.staff if each.team in teams]
    first = [each for each in people if each.role in fits]
    social = [each for each in people if "ocial worker" in each.role]
    managers = [each for each in people if each.role == "Team manager" and each not in first]
    size = WORKSHOP_PEOPLE[group]
    return [*first, *managers, *social][:size]


def _one_to_ones(staff: Cast, rng: random.Random) -> Iterator[tuple[Any, ...]]:
    teams = ("Front Door Early Help", "Front Door Safeguarding", *DUTY_TEAMS)
    people = rng.sample(
        [each for each in staff.staff if each.team in teams and "ocial worker" in each.role], ONE_TO_ONES
    )
    for place, person in enumerate(people):
        day = date(2024, 9, 16) + timedelta(days=2 * place + place // 3)
        yield _place(f"consent-one-to-ones-{place + 1}", "consent-one-to-ones", day, person, "yes")


def _care_leavers() -> Iterator[tuple[Any, ...]]:
    """Young people for whom support is intended: booked, and nothing has happened yet."""
    for course, count in CARE_LEAVERS.items():
        for number in range(1, count + 1):
            name = f"Care leaver {course.split('-')[1]} {number}"
            yield f"{course}-1", course, date(2025, 1, 13), "Leaving Care", name, "Care leaver", "yes", ""


def workforce(staff: Cast) -> Rows:
    """Everybody in post. Three duty workers gave notice and two withdrew it; one of two new posts is filled."""
    leaving = dict(zip(staff.tracked[:3], (date(2024, 11, 6), date(2024, 11, 11), ""), strict=True))
    rows: Rows = [
        (each.name, each.team, each.role, each.started_on, *_notice(each.name, leaving)) for each in staff.staff
    ]
    post = "Family network meeting worker"
    filled = ("Rosamund Thistlewick", DUTY_TEAMS[0], post, date(2024, 10, 14), "", "", "")
    name, team, role, since, left = HAS_LEFT
    return [
        *rows,
        (name, team, role, since, left, "", ""),
        filled,
        ("Vacant post: advert closes 24 November 2024", DUTY_TEAMS[0], post, "", "", "", ""),
    ]


def _notice(name: str, leaving: dict[str, Any]) -> tuple[Any, Any, Any]:
    """When the worker left, gave notice, and withdrew it."""
    if name not in leaving:
        return "", "", ""
    return "", date(2024, 10, 21), leaving[name]


_ACTIONS_ON = {
    "plans-2024-09": ("A3", ("PLN-2", "PLN-3", "PLN-8", "PLN-10", "PLN-11")),
    "consent-2024-09": ("A2.3", ("CON-1", "CON-3", "CON-4")),
    "recording-2024-09": ("A2.2", ("REC-1", "REC-4", "REC-7", "REC-8")),
    "supervision-2024-09": ("A12", ("SUP-6", "SUP-7", "SUP-9")),
    "daat-2024-10": ("A6", ("ASM-2", "ASM-5", "ASM-8")),
    "s47-2024-09": ("A2.10", ("S47-5", "S47-7")),
    "referrals-2024-10": ("A2.9", ("REF-5",)),
}
# On critical standards: raised, due, and the days on which they were closed and checked again; none where open.
_CRITICAL: tuple[tuple[str, str, str, date, date, tuple[date, ...]], ...] = (
    *3
    * (("visits-2024-11", "A10", "VIS-2", date(2024, 5, 3), date(2024, 5, 31), (date(2024, 5, 24), date(2024, 7, 5))),),
    ("visits-2024-11", "A10", "VIS-2", date(2024, 5, 3), date(2024, 12, 13), ()),
    ("assessments-2024-11", "A6", "ASM-1", date(2024, 11, 15), date(2024, 11, 20), (date(2024, 11, 19),)),
    *2 * (("assessments-2024-11", "A6", "ASM-1", date(2024, 11, 15), date(2024, 11, 27), ()),),
)
# Actions of the plan that come of no audit, as the example's report tells of them: area, due, and closed where it is.
_OF_PLAN: tuple[tuple[str, date, Any], ...] = (
    ("A1", date(2024, 11, 30), date(2024, 11, 8)),  # partnership events launched
    ("A1", date(2024, 12, 20), ""),  # the domestic abuse board set up again
    ("A1", date(2024, 12, 13), ""),  # the event on neglect
    ("A7", date(2024, 9, 30), date(2024, 11, 12)),  # the risk assessment of the area, for the children's home
    ("A7", date(2025, 1, 31), ""),  # planning permission for a home of three beds
    ("A7", date(2024, 11, 29), date(2024, 11, 15)),  # targets agreed with the fostering partnership
    ("A8", date(2024, 10, 31), ""),  # adverts for the family time team: late
    ("A8", date(2025, 2, 28), ""),  # a venue
    ("A9", date(2024, 11, 29), date(2024, 11, 4)),  # the app approved
    ("A9", date(2025, 2, 14), ""),  # the app launched, three months after its design
    ("A9", date(2024, 12, 6), ""),  # an independent reviewing officer for pathway plans
    ("A11", date(2024, 11, 29), date(2024, 11, 1)),  # the training package for carers agreed
)
# Standards of which no audit of November says that they are not met: those of recording, whose files auditors
# chose, and one of the duty teams. What was closed on any other without a check is closed on paper.
NOT_FAILING = ("REC-1", "REC-4", "REC-7", "REC-8", "ASM-5", "ASM-1", "VIS-2")
# Every other finding of an earlier round has an action of the new year but two, which nobody took up.
_LATER: Mapping[str, tuple[str, ...]] = {
    "visits-2024-11": ("VIS-3", "VIS-4", "VIS-5", "VIS-6", "VIS-8"),
    "recording-2024-09": ("REC-2",),
    "consent-2024-09": ("CON-8",),
    "plans-2024-09": ("PLN-1", "PLN-7"),
    "s47-2024-09": ("S47-1", "S47-2", "S47-3", "S47-4", "S47-8"),
    "supervision-2024-09": ("SUP-1", "SUP-2", "SUP-3", "SUP-4", "SUP-10"),
    "referrals-2024-09": ("REF-4", "REF-6", "REF-7"),
    "daat-2024-10": ("ASM-3", "ASM-6"),
}
UNACTED = (("s47-2024-09", "S47-6"), ("supervision-2024-09", "SUP-5"))
# What no audit holds: a round that never was, and a standard that its audit does not ask.
ASTRAY = (("consent-2024-07", "A2.3", "CON-2"), ("plans-2024-09", "A3", "PLN-14"))
# Found again in November after an action was closed, in one area of the plan.
REPEATS = (
    ("plans-2024-11", "A3", "PLN-10", "Children in Care"),
    ("consent-2024-11", "A2.3", "CON-1", "Safeguarding South"),
    ("s47-2024-11", "A2.10", "S47-5", "Safeguarding North"),
    ("supervision-2024-11", "A12", "SUP-9", "Duty & Assessment 2"),
)
HAS_LEFT = ("Hesper Oldroyde", "Safeguarding North", "Team manager", date(2019, 4, 1), date(2024, 10, 31))
_RAISED = {9: date(2024, 9, 27), 10: date(2024, 10, 25)}


def actions(staff: Cast, rng: random.Random) -> Rows:
    """Actions from audits and of the plan, with seven closed on paper, four found again and five threads lost."""
    managers = [each for each in staff.staff if each.role in ("Team manager", "Service manager")]
    subjects = [(audit, area, each) for audit, (area, standards) in _ACTIONS_ON.items() for each in standards]
    states = ["found out"] * 7 + ["sound"] * 11 + ["unchecked"] * 19 + ["open"] * 12 + ["late"] * 9
    rng.shuffle(states)
    about = [subjects[number % len(subjects)] for number in range(len(states))]
    made = [
        _action(number, subject, state, rng.choice(managers), rng)
        for number, (subject, state) in enumerate(zip(about, _planted(states, about), strict=True))
    ]
    audited = [*made, *_on_critical(managers, after=len(made))]
    owner, raised = managers[0].name, date(2024, 9, 2)
    of_plan = [
        (f"ACT-{number:03d}", "", "", area, "", owner, raised, due, closed, "", "")
        for number, (area, due, closed) in enumerate(_OF_PLAN, start=len(audited) + 1)
    ]
    told = [*audited, *of_plan]
    return [(*each, _discussed(each), *_besides(each)) for each in (*told, *_joined_later(managers, after=len(told)))]


def _planted(states: Sequence[str], about: Sequence[tuple[str, str, str]]) -> Iterator[str]:
    """The states with seven closed on paper and no more: any other closed on what fails again was found sound."""
    out, unseen = iter(range(FOUND_OUT)), iter(range(NOT_FOUND_OUT))
    for state, (_, _, standard) in zip(states, about, strict=True):
        if state == "found out":
            yield state if next(out, None) is not None else "sound"
        elif state == "unchecked" and standard not in NOT_FAILING:
            yield state if next(unseen, None) is not None else "sound"
        else:
            yield state


def _joined_later(managers: Sequence[Worker], *, after: int) -> Rows:
    """The rest of the findings, what was found again, and the threads that are lost: all of them open."""
    areas = {audit: area for audit, (area, _) in _ACTIONS_ON.items()} | {"visits-2024-11": "A10"}
    rest = [
        (audit, areas.get(audit, "A2.9"), code, "", date(2025, 1, 31))
        for audit, codes in _LATER.items()
        for code in codes
    ]
    again = [(*each, date(2025, 2, 28)) for each in REPEATS]
    astray = [(audit, area, code, "", date(2025, 1, 31)) for audit, area, code in ASTRAY]
    left = [("s47-2024-09", "A2.10", "S47-1", HAS_LEFT[1], date(2025, 1, 31))]
    rows = [*rest, *again, *astray, *left]
    owners = [*(managers[place % len(managers)].name for place in range(len(rows) - 1)), HAS_LEFT[0]]
    return [
        (f"ACT-{number:03d}", audit, code, area, team or "Quality and Academy", owner, _raised(audit), due, "", "", "")
        for number, ((audit, area, code, team, due), owner) in enumerate(
            zip(rows, owners, strict=True), start=after + 1
        )
    ]


def _raised(audit: str) -> date:
    return date(2024, 11, 20) if audit[-2:] == "11" and not audit.startswith("visits") else date(2024, 10, 25)


def _discussed(action: tuple[Any, ...]) -> Any:
    """Supervision hears of two in five actions that come of an audit, two weeks after they are raised."""
    due = action[6] + timedelta(days=14)
    return due if action[1] and int(action[0][-3:]) % 5 < 2 and due <= date(2024, 11, 20) else ""


def _besides(action: tuple[Any, ...]) -> tuple[str, str, str]:
    """How urgent an action is, the agency that was asked to act, and whether chance drew its check."""
    number, audit, standard, checked = int(action[0][-3:]), action[1], action[2], action[9]
    urgent = standard in {each[2] for each in _CRITICAL} or number % 6 == 0
    asked = "Police" if audit.startswith("s47") and number % 3 else "Health" if action[3] == "A1" else ""
    drawn = bool(checked) and checked >= date(2024, 11, 18) and number % 3 != 1
    return "High" if urgent else "Medium", asked, "yes" if drawn else ""


def _on_critical(managers: list[Worker], *, after: int) -> Rows:
    """Actions on critical standards, checked again where they were closed for long enough: no problem was left."""
    return [
        (
            *(f"ACT-{number:03d}", audit, standard, area, owner.team, owner.name, raised, due),
            *((*closed, "", "")[:2]),
            "no" if len(closed) > 1 else "",
        )
        for number, ((audit, area, standard, raised, due, closed), owner) in enumerate(
            zip(_CRITICAL, managers[4:], strict=False), start=after + 1
        )
    ]


def _action(
    number: int, subject: tuple[str, str, str], state: str, owner: Worker, rng: random.Random
) -> tuple[Any, ...]:
    audit, area, standard = subject
    raised = _RAISED[int(audit[-2:])]
    closed: Any = raised + timedelta(days=rng.randrange(9, 23)) if state in ("found out", "sound", "unchecked") else ""
    due = (
        date(2024, 11, 15)
        if state == "late"
        else date(2024, 12, 20)
        if state == "open"
        else raised + timedelta(days=28)
    )
    checked: Any = date(2024, 11, 18) + timedelta(days=number % 3) if state in ("found out", "sound") else ""
    still = {"found out": "yes", "sound": "no"}.get(state, "")
    owned = "" if state in ("open", "late") and number % 7 == 0 else owner.name
    return f"ACT-{number + 1:03d}", audit, standard, area, owner.team, owned, raised, due, closed, checked, still


FAMILIES_ASKED, FAMILIES_ANSWERED, FILES_SAY = 30, 11, 20
# Of those who answered: how many whose file says yes, and how many whose file says no, said yes; then who answered.
UNDERSTOOD, HELPED = (5, 3), (4, 2)
_ANSWERED_OF = (7, 4)


def survey(files: Sequence[File], rng: random.Random) -> Rows:
    """What families and children were asked, how many answered, and how many said yes.

    Of 30 families whose plan was audited 20 have a file that says yes (PLN-6); the survey names their children.
    """
    met = {
        said: [file.child.ref for file in files if (file.answers["PLN-6"] == "met") is said] for said in (True, False)
    }
    asked = [rng.sample(met[True], FILES_SAY), rng.sample(met[False], FAMILIES_ASKED - FILES_SAY)]
    about = ("plans-families-2024-11", date(2024, 11, 20))
    rows = [
        (*about, 1, int(place < answered), question, int(place < yes), ref)
        for question, said in (("Do you understand the plan?", UNDERSTOOD), ("Did you help to make the plan?", HELPED))
        for refs, answered, yes in zip(asked, _ANSWERED_OF, said, strict=True)
        for place, ref in enumerate(refs)
    ]
    return [
        *sorted(rows, key=lambda row: (row[4] != "Do you understand the plan?", row[-1])),
        ("family-time-2024-10", date(2024, 10, 4), 118, 9, "Are you happy with when you see your family?", 5, ""),
        ("foster-carers-2024-11", date(2024, 11, 8), 46, 27, "Was the training useful?", 24, ""),
    ]
