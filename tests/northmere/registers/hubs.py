"""The two systems that know who came to a family hub, and which of their records are one child.

What is asked and who came are those of FIG-16. The hubs write names and days of birth as people say them at a door,
know families of whom social care has never heard, and have no reference in common with it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from tests.northmere.truth.names import CHILD_FIRST, CHILD_LAST

HUB_ATTENDANCE = {"CIC": (3, 34), "CIN": (7, 51), "CP": (7, 38), "MAP": (13, 90), "EH interventions": (9, 52)}
FOUND = {"CIC": 23, "CIN": 37, "CP": 29, "MAP": 65, "EH interventions": 40}  # of whom the hubs have a record that tells
OPEN = ("MAP", "CIN", "CP", "CIN", "MAP", "EH interventions", "CIC")  # who came under a record that may be a sibling's
OTHERS = 420  # children of whom social care has never heard
_FIFTH = date(2019, 12, 1)  # nobody is older than four on the day of the report


class Infant(NamedTuple):
    """A child of the council's list, and whether it came to a hub."""

    ref: str
    given: str
    family: str
    born: date
    cohort: str
    came: str


Rows = list[tuple[object, ...]]
CHILDREN = ("Person ID", "Surname", "Forename", "Date of birth", "Cohort", "Age")
RECORDS = ("Child's name", "DOB", "Attended in last 6 months", "Hub")


def hub_registers(rng: random.Random) -> tuple[Rows, Rows]:
    """The council's list of its youngest children, and the hubs' own register."""
    children = _children(rng)
    found = [each for cohort, size in FOUND.items() for each in [a for a in children if a.cohort == cohort][:size]]
    records = [(*_as_told(each, place), each.came) for place, each in enumerate(found)]
    absent = {cohort: iter([a for a in children if a.cohort == cohort][size:]) for cohort, size in FOUND.items()}
    for cohort in OPEN:  # a brother or sister of the same day came, whom the council's list does not name
        child = next(absent[cohort])
        given = rng.choice([each for each in CHILD_FIRST if each[0] != child.given[0]])
        records.append((f"{given} {child.family}", child.born, "yes"))
    records += [(f"{each.given} {each.family}", each.born, each.came) for each in _others(rng, children)]
    rng.shuffle(records)
    listed = sorted(children, key=lambda each: each.ref)
    rows: Rows = [
        (a.ref, a.family, a.given, a.born, a.cohort, (date(2024, 11, 20) - a.born).days // 366) for a in listed
    ]
    hubs = ("Willow", "Harbour", "Old School")
    return rows, [(name, f"{born:%d/%m/%Y}", came, rng.choice(hubs)) for name, born, came in records]


def _children(rng: random.Random) -> list[Infant]:
    """The children of each cohort, those who came first; no two of one name."""
    names = iter(rng.sample([(a, b) for a in CHILD_FIRST for b in CHILD_LAST], 265))
    numbers = iter(rng.sample(range(3_000_000, 3_900_000), 265))
    return [
        Infant(f"{next(numbers):07d}", *next(names), _day(rng), cohort, "yes" if place < came else "no")
        for cohort, (came, size) in HUB_ATTENDANCE.items()
        for place in range(size)
    ]


def _as_told(child: Infant, place: int) -> tuple[str, date]:
    """A child's name and day of birth as a hub wrote them: mostly as they are."""
    given, family, born = child.given, child.family, child.born
    match place % 12:
        case 1:
            given = given[:-1] + given[-1] * 2
        case 4:
            return f"{family.upper()}, {given}", born
        case 5:
            given, family = family, given
        case 8 if born.day <= 12:
            born = date(born.year, born.day, born.month)
        case 10:
            family = family[:3] + family[4:]
    return f"{given} {family}", born


def _others(rng: random.Random, known: list[Infant]) -> Iterator[Infant]:
    taken = {(each.given, each.family) for each in known}
    while len(taken) < len(known) + OTHERS:
        given, family = rng.choice(CHILD_FIRST), rng.choice(CHILD_LAST)
        if (given, family) not in taken:
            taken.add((given, family))
            yield Infant("", given, family, _day(rng), "", rng.choice(("yes", "yes", "no")))


def _day(rng: random.Random) -> date:
    return _FIFTH + timedelta(days=rng.randrange(1800))
