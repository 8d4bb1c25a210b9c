"""The registers beside the returns: cases, visits, tracker, closures, meetings and more.

Each function gives the rows of one register under the columns of `SIDE_TABLES`. Names and
references are raw, as in a real register; intake replaces them. The counts are those of the
example's November 2024 report (FIG-1 to FIG-9, FIG-14, FIG-16), planted and not drawn.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from tests.northmere.returns.collated import Request, Return
from tests.northmere.truth.people import DUTY_TEAMS, Cast, Child, new_child

Rows = list[tuple[Any, ...]]

LAST_DAY = date(2024, 11, 20)  # the registers were exported on the day after
TRACKER_OUTCOMES = {"transfer": 64, "step down or close": 11, "re-allocate": 17, "": 50}
LEFT_DUTY = 43
MISCODED_IN_SEPTEMBER = 9
NO_CONSENT = {7: (6, 0), 8: (5, 0), 9: (4, 0), 10: (12, 10), 11: (5, 5)}  # month -> (closures, service manager agreed)
_SYSTEM_REASON = "Services ceased, other reason"


def cases(staff: Cast, rng: random.Random) -> Rows:
    """Every open case, and some that closed in the last months."""
    return [_case(child, rng) for child in staff.children]


def _case(child: Child, rng: random.Random) -> tuple[Any, ...]:
    age = (date(2024, 11, 30) - child.born).days // 365
    band = next(
        name for limit, name in ((4, "0 to 4"), (9, "5 to 9"), (15, "10 to 15"), (99, "16 and over")) if age <= limit
    )
    closed = date(2024, 10, 20) + timedelta(days=rng.randrange(0, 31)) if rng.random() < 0.12 else ""
    return child.ref, child.team, child.worker, child.plan, child.opened_on, closed, band, *_who(child)


def _who(child: Child) -> tuple[str, str]:
    """Ethnic group and disability, by chance of their own, so that nothing else of the example moves."""
    chance = random.Random(f"who {child.ref}")
    groups = ("white", "asian", "black", "mixed", "another", "")
    (group,) = chance.choices(groups, weights=(68, 9, 8, 8, 3, 4))
    return group, chance.choices(("no", "yes", ""), weights=(76, 16, 8))[0]


def visits(staff: Cast, rng: random.Random) -> Rows:
    """Visits from July to November to a fifth of the children with a plan; recording is slow in places."""
    seen = [child for child in staff.children if child.plan in ("child in need", "child protection", "care")]
    return [row for child in rng.sample(seen, 90) for row in _visits(child, rng)]


def _visits(child: Child, rng: random.Random) -> Iterator[tuple[Any, ...]]:
    usual = {"child protection": 13, "child in need": 26, "care": 38}[child.plan]
    day = date(2024, 7, 1) + timedelta(days=rng.randrange(0, usual))
    while day <= LAST_DAY:
        recorded = day + timedelta(days=rng.choice((0, 0, 1, 1, 2, 3, 5, 8, 14)))
        written: Any = recorded if recorded <= LAST_DAY else ""
        seen = rng.random() < 0.94
        alone = rng.choice(("yes", "yes", "yes", "no", "")) if seen else "no"
        yield child.ref, child.team, child.worker, child.plan, day, written, "yes" if seen else "no", alone
        day += timedelta(days=usual + rng.choice((-4, -1, 0, 0, 1, 2, 5, 11)))


def tracker(staff: Cast, rng: random.Random) -> Rows:
    """The 142 cases of five duty and assessment workers, each with one outcome or none."""
    held = [child for child in staff.of(*DUTY_TEAMS) if child.worker in staff.tracked]
    outcomes = rng.sample([name for name, count in TRACKER_OUTCOMES.items() for _ in range(count)], len(held))
    leaving = [place for place, name in enumerate(outcomes) if name in ("transfer", "step down or close")]
    left = set(rng.sample(leaving, LEFT_DUTY))
    return [_tracked(child, outcomes[place], place in left, rng) for place, child in enumerate(held)]


def _tracked(child: Child, outcome: str, left: bool, rng: random.Random) -> tuple[Any, ...]:
    reviewed = date(2024, 11, 4) + timedelta(days=rng.choice((0, 1, 2, 3, 4, 7, 8, 9)))
    gone: Any = min(reviewed + timedelta(days=rng.randrange(1, 6)), date(2024, 11, 15)) if left else ""
    return child.ref, child.team, child.worker, outcome, reviewed, gone


def closures(staff: Cast, rng: random.Random) -> Rows:
    """Closures from July to November. In September every 'no consent' after a s47 is the form's fault."""
    spare = iter(_fresh(staff, 240, rng))
    rows: Rows = []
    for month, (withdrawn, agreed) in NO_CONSENT.items():
        rows += [
            _closure(next(spare), month, "no", "no", "No consent", place < agreed, rng) for place in range(withdrawn)
        ]
        miscoded = MISCODED_IN_SEPTEMBER if month == 9 else rng.randrange(4, 8) if month < 9 else 2
        rows += [_closure(next(spare), month, "yes", "yes", "No consent", False, rng) for _ in range(miscoded)]
        rows += [_other_closure(next(spare), month, rng) for _ in range(24)]
    return sorted(rows, key=lambda row: (row[2], row[0]))


def _closure(
    child: Child, month: int, section_47: str, assessed: str, sub_reason: str, agreed: bool, rng: random.Random
) -> tuple[Any, ...]:
    day = date(2024, month, rng.randrange(1, 21 if month == 11 else 29))
    return child.ref, child.team, day, section_47, assessed, _SYSTEM_REASON, sub_reason, "yes" if agreed else "no"


def _other_closure(child: Child, month: int, rng: random.Random) -> tuple[Any, ...]:
    day = date(2024, month, rng.randrange(1, 21 if month == 11 else 29))
    assessed = rng.choice(("yes", "yes", "no"))
    reason, sub = rng.choice(
        (
            (_SYSTEM_REASON, "Needs met"),
            (_SYSTEM_REASON, "Moved away"),
            ("Assessment, no further action", ""),
            ("Early help", ""),
        )
    )
    return child.ref, child.team, day, "no", assessed, reason, sub, ""


def _fresh(staff: Cast, count: int, rng: random.Random) -> list[Child]:
    """Children who are on no present list."""
    workers = staff.case_holders(*DUTY_TEAMS)
    numbers = rng.sample(range(2_000_000, 2_900_000), count)
    return [new_child(number, rng, team=(held := rng.choice(workers)).team, worker=held.name) for number in numbers]


def escalations(staff: Cast, rng: random.Random) -> Rows:
    """What reviewing officers escalated, mostly drift and delay, and delayed assessments."""
    reasons = ("drift and delay",) * 5 + ("assessment delayed",) * 4 + ("plan not carried out", "visits missed")
    children = rng.sample(staff.of("Safeguarding North", "Safeguarding South", "Children in Care"), 34)
    return sorted(
        (_escalation(child, rng.choice(reasons), rng) for child in children), key=lambda row: (row[2], row[0])
    )


def _escalation(child: Child, reason: str, rng: random.Random) -> tuple[Any, ...]:
    raised = date(2024, 8, 5) + timedelta(days=rng.randrange(0, 105))
    done = raised + timedelta(days=rng.randrange(3, 55))
    stage = rng.choice(("informal", "informal", "stage 1", "stage 1", "stage 2"))
    return child.ref, child.team, raised, reason, stage, done if done <= LAST_DAY else ""


def meetings(asked: Sequence[Request], children: Sequence[Child], returns: dict[str, list[Return]]) -> Rows:
    """The 24 requests for a strategy meeting, one row for each agency that was to send a return."""
    return [
        (
            *(request.number, child.ref, f"{request.decided:%Y-%m-%d %H:%M}", f"{request.held:%Y-%m-%d %H:%M}", agency),
            *(("", "") if agency == "Independent auditor" else ("yes", "yes" if sent[place].file else "no")),
            "yes" if sent[place].file else "no",
        )
        for place, (request, child) in enumerate(zip(asked, children, strict=True))
        for agency, sent in returns.items()
    ]


def screening(staff: Cast, rng: random.Random) -> Rows:
    """Children at risk of exploitation whose screening was reviewed, and contacts about children placed here."""
    older = [child for child in staff.children if child.born < date(2012, 11, 1)]
    themes = ("criminal exploitation", "criminal exploitation", "sexual exploitation", "missing", "online harm")
    advice = ("keep on the list", "keep on the list", "step down", "raise to the group")
    rows: Rows = [
        (child.ref, rng.choice(("high", "medium", "medium", "low")), rng.choice(themes), day, rng.choice(advice))
        for child, day in zip(rng.sample(older, 41), _days(41, rng), strict=True)
    ]
    placed = rng.sample(range(4_000_000, 4_900_000), 9)
    about = ["contact from a placing authority: missing"] * 8 + [
        "contact from a placing authority: strategy discussion"
    ]
    contacts = zip(placed, about, _days(9, rng), strict=True)
    return [
        *rows,
        *((f"{number:07d}", "", theme, day, "telephone the placing worker") for number, theme, day in contacts),
    ]


PANEL = {"step down": 14, "agreed": 9, "": 8}  # decisions; of the step-downs five were made
STEPPED_DOWN = 5
KINDS = {"foster care, our own carers": 34, "foster care, an agency": 22, "children's home": 15, "with relatives": 9}
_COSTS = {"foster care, an agency": "£1,000 to £2,999 a week", "children's home": "£3,000 a week and over"}


def placements(staff: Cast, rng: random.Random) -> Rows:
    """Where every child in care lives, and what the panels decided: most step-downs are decided and not made."""
    children = staff.of("Children in Care")
    kinds = rng.sample([kind for kind, count in KINDS.items() for _ in range(count)], len(children))
    dear = [place for place, kind in enumerate(kinds) if kind in _COSTS]
    heard = rng.sample(dear, sum(PANEL.values()))
    decided = dict(zip(heard, (each for each, count in PANEL.items() for _ in range(count)), strict=True))
    made = {*heard[:STEPPED_DOWN]}
    return [
        _placement(child, kinds[place], decided.get(place), place in made, rng) for place, child in enumerate(children)
    ]


def _placement(child: Child, kind: str, decision: str | None, made: bool, rng: random.Random) -> tuple[Any, ...]:
    begun = max(child.opened_on, date(2024, 6, 3) - timedelta(days=rng.randrange(0, 900)))
    lives = child.ref, child.team, kind, _COSTS.get(kind, "under £1,000 a week"), begun, ""
    if decision is None:
        return *lives, "", "", "", ""
    heard = date(2024, 9, 2) + timedelta(days=7 * rng.randrange(0, 8))
    panel = "High cost placement panel" if kind == "children's home" else "Resource panel"
    return *lives, panel, heard, decision, min(heard + timedelta(days=rng.randrange(7, 30)), LAST_DAY) if made else ""


CARE_LEAVERS = 46
_ACTIVITIES = (
    ("F1", "F2", "F4", "F5", "F5", "P5", "P2") * 4 + ("G4", "G5", "G5", "G5", "G6", "G5", "G5") * 2 + ("",) * 4
)


def care_leavers(rng: random.Random) -> Rows:
    """Everybody entitled to leaving care services; of thirteen no plan was reviewed in time, of seven no contact.

    One plan was reviewed on the last day that is in time and one a day before it; one contact is older than eight weeks
    and within two months, and one a day older than that.
    """
    late = [date(2024, 5, 20), *(date(2024, 5, 1) - timedelta(days=9 * step) for step in range(11)), ""]
    plans = [*late, date(2024, 5, 21), *(date(2024, 6, 3) + timedelta(days=rng.randrange(165)) for _ in range(32))]
    old = [date(2024, 9, 20), *(date(2024, 9, 2) - timedelta(days=11 * step) for step in range(6))]
    contacts = [*old, date(2024, 9, 21), *(date(2024, 10, 7) + timedelta(days=rng.randrange(45)) for _ in range(38))]
    touch = ["yes"] * 24 + ["nreq", "rhom"] + ["yes"] * 17 + ["no"] * 3
    numbers = rng.sample(range(5_000_000, 5_900_000), CARE_LEAVERS)
    told = zip(numbers, touch, contacts[::-1], plans, rng.sample(_ACTIVITIES, CARE_LEAVERS), strict=True)
    return [(f"{number:07d}", "Leaving Care", "", "former relevant", *more) for number, *more in told]


def beds() -> Rows:
    """The council's own homes: one of three beds waits for planning permission, and two beds are blocked."""
    return [
        ("Juno", 3, 0, "no", "planning permission"),
        ("Sedge Lodge", 5, 1, "yes", ""),
        ("Harebell House", 4, 1, "yes", ""),
    ]


def _days(count: int, rng: random.Random) -> list[date]:
    return sorted(date(2024, 10, 7) + timedelta(days=rng.randrange(0, 45)) for _ in range(count))
