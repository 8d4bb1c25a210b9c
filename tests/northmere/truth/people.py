"""The invented people of Northmere: staff, carers, partners and children.

Full names are unique, and so are initial and surname, so that "A. Example" stands for one person.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tests.northmere.truth.names import CHILD_FIRST, CHILD_LAST, STAFF_FIRST, STAFF_LAST

CASE_TEAMS = (
    "Front Door Safeguarding",
    "Front Door Early Help",
    "Duty & Assessment 1",
    "Duty & Assessment 2",
    "Safeguarding North",
    "Safeguarding South",
    "Children in Care",
    "Children with Disabilities",
    "Leaving Care",
)
DUTY_TEAMS = CASE_TEAMS[2:4]
FRONT_DOOR = CASE_TEAMS[:2]
SAFEGUARDING = CASE_TEAMS[2:6]
_CHILDREN = dict(zip(CASE_TEAMS, (40, 40, 130, 130, 90, 90, 80, 40, 40), strict=True))
_PLANS = {
    "Front Door Safeguarding": ("none",),
    "Front Door Early Help": ("early help",),
    "Duty & Assessment 1": ("assessment", "child in need"),
    "Duty & Assessment 2": ("assessment", "child in need"),
    "Safeguarding North": ("child in need", "child protection", "child protection"),
    "Safeguarding South": ("child in need", "child protection", "child protection"),
    "Children in Care": ("care",),
    "Children with Disabilities": ("child in need",),
    "Leaving Care": ("pathway",),
}
TRACKER_CASELOADS = (31, 29, 28, 28, 26)


@dataclass(frozen=True)
class Worker:
    """Somebody who works for Northmere."""

    name: str
    team: str
    role: str
    started_on: date


@dataclass(frozen=True)
class Child:
    """A child on a team's list, with the worker who holds the case."""

    ref: str
    name: str
    born: date
    team: str
    worker: str
    plan: str
    opened_on: date


@dataclass(frozen=True)
class Cast:
    """Everybody: staff of the case teams, auditors, carers, partners' staff, and the children."""

    staff: tuple[Worker, ...]
    auditors: tuple[str, ...]
    independent: str
    carers: tuple[str, ...]
    partners: tuple[str, ...]
    children: tuple[Child, ...]

    def case_holders(self, *teams: str) -> list[Worker]:
        """The workers of these teams who hold cases."""
        return [each for each in self.staff if each.team in (teams or CASE_TEAMS) and each.role in _CASE_ROLES]

    def of(self, *teams: str) -> list[Child]:
        """The children of these teams."""
        return [each for each in self.children if each.team in teams]

    @property
    def tracked(self) -> list[str]:
        """The five duty and assessment workers whose caseloads were reviewed."""
        return [each.name for each in self.case_holders(*DUTY_TEAMS)][3:8]


_CASE_ROLES = ("Social worker", "Senior social worker", "Newly qualified social worker")
_TEAM_ROLES = (
    *("Social worker", "Social worker", "Social worker", "Social worker", "Senior social worker"),
    *("Senior social worker", "Newly qualified social worker", "Team manager", "Practice lead"),
    *("Family support worker",) * 6,
    *("Early intervention worker",) * 3,
    "Business support officer",
)


def cast(rng: random.Random) -> Cast:
    """Everybody in Northmere, the same for the same random stream."""
    names = _names(STAFF_FIRST, STAFF_LAST)
    staff = tuple(_team_staff(names, rng))
    others = [next(names) for _ in range(8 + 1 + 46 + 12)]
    office = tuple(_office_staff(names, rng))
    partial = Cast((*staff, *office), tuple(others[:8]), others[8], tuple(others[9:55]), tuple(others[55:]), ())
    return Cast(
        partial.staff,
        partial.auditors,
        partial.independent,
        partial.carers,
        partial.partners,
        tuple(_children(partial, rng)),
    )


def _names(first: Sequence[str], last: Sequence[str]) -> Iterator[str]:
    """Full names in a fixed order in which no initial and surname stand twice."""
    taken: set[tuple[str, str]] = set()
    for step in range(len(first)):
        for place, surname in enumerate(last):
            name = first[(place * 7 + step * 3) % len(first)]
            if (name[0], surname) not in taken:
                taken.add((name[0], surname))
                yield f"{name} {surname}"


def _team_staff(names: Iterator[str], rng: random.Random) -> Iterator[Worker]:
    for team in CASE_TEAMS:
        for role in _TEAM_ROLES:
            yield Worker(next(names), team, role, _started(rng))


def _office_staff(names: Iterator[str], rng: random.Random) -> Iterator[Worker]:
    roles = ("Independent reviewing officer", "Child protection chair", "Service manager", "Academy tutor")
    for place in range(18):
        yield Worker(next(names), "Quality and Academy", roles[place % 4], _started(rng))


def _started(rng: random.Random) -> date:
    return date(2024, 8, 30) - timedelta(days=rng.randrange(30, 3200))


def _children(staff: Cast, rng: random.Random) -> Iterator[Child]:
    references = iter(rng.sample(range(101_000, 998_000), 1200))
    for team, size in _CHILDREN.items():
        for worker in _holders(staff, team, size):
            yield new_child(next(references), rng, team=team, worker=worker)


def _holders(staff: Cast, team: str, size: int) -> list[str]:
    """Who holds each of a team's cases; the tracked caseloads come first and are exact."""
    workers = [each.name for each in staff.case_holders(team)]
    exact = dict(zip(staff.tracked, TRACKER_CASELOADS, strict=True))
    held = [name for name in workers for _ in range(exact.get(name, 0))]
    rest = [name for name in workers if name not in exact]
    return [*held, *(rest[place % len(rest)] for place in range(size - len(held)))]


def new_child(number: int, rng: random.Random, *, team: str, worker: str, youngest: int = 0, oldest: int = 17) -> Child:
    """One invented child."""
    days = rng.randrange(youngest * 365 + 40, oldest * 365)
    name = f"{rng.choice(CHILD_FIRST)} {rng.choice(CHILD_LAST)}"
    opened = date(2024, 10, 25) - timedelta(days=rng.randrange(10, 600))
    return Child(
        f"{number:07d}", name, date(2024, 11, 1) - timedelta(days=days), team, worker, _plan(team, rng), opened
    )


def _plan(team: str, rng: random.Random) -> str:
    return rng.choice(_PLANS.get(team, ("none",)))
