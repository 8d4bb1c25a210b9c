"""Invented families in two systems that do not write alike, with the truth beside them: who came to a family hub.

Given names are common and rare, brothers, sisters and twins live together, and a hub writes down what it hears.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import NamedTuple

import pandas as pd

_GIVEN = """
Olivia Amelia Isla Ava Ivy Freya Lily Florence Mia Willow Rosie Sophia Isabella Grace Daisy Sienna Poppy Elsie
Emily Ella Evelyn Phoebe Evie Charlotte Harper Millie Matilda Maya Sophie Alice Emilia Isabelle Ruby Luna
Maisie Aria Penelope Mila Noah Muhammad George Oliver Leo Arthur Oscar Theodore Theo Freddie Archie Luca Jack
Henry Charlie Jacob Thomas Albie Teddy James William Harry Finley Alfie Roman Lucas Edward Isaac Mohammed Max
Tommy Reuben Arlo Elijah Rory Louie Jude Harrison Zoë Seán Chloé Łucja Zofia Szymon Aoife Niamh Siân Oluwaseun
Temitope Aaliyah Ibrahim Yusuf Fatima Zainab Xin Wei
"""
_FAMILY = """
Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker White Roberts
Green Hall Wood Jackson Clarke Khan Ahmed Patel Hussain Ali Begum O'Brien O'Neill Kelly Murphy Byrne Nowak
Kowalski Wiśniewska Zieliński Harrison Holt Lyons Leigh-Marsh Barlow Fairhurst Rimmer Houghton Pickavance
Ashcroft Molyneux Critchley Naylor Appleton Heaton Gerrard Swift Twist Unsworth Yates Forshaw Grimshaw Hesketh
Ormerod Prescott Rigby Sephton Tickle Whittle Bibby Adeyemi Okafor Mensah Chukwu Popescu Ionescu Dimitrov
Petrova Silva Costa Nguyen Tran Chen Wang Rahman Chowdhury
"""
GIVEN, FAMILY = _GIVEN.split(), _FAMILY.split()
COHORTS = ("CIC", "CIN", "CP", "MAP", "EH")
LETTERS = "aeinorst"


class Planted(NamedTuple):
    """The two registers as intake reads them, and how many children of each cohort came, of how many."""

    children: pd.DataFrame
    records: pd.DataFrame
    truth: dict[str, tuple[int, int]]


Told = tuple[str, str, date | None]


def planted(
    seed: int, *, size: int = 240, others: int = 500, wrong: float = 0.2, days: bool = True, again: float = 0.03
) -> Planted:
    """A council's list of children and the hubs' register; `wrong` is the share of records that do not stand alike,
    `again` of children with two records."""
    rng = random.Random(f"hubs/{seed}")
    homes = [_home(rng) for _ in range(size + others)]
    listed = rng.sample([kid for home in homes[:size] for kid in home], size)
    apart = set(listed)
    elsewhere = [kid for home in homes for kid in home if kid not in apart]
    cohort = {kid: rng.choice(COHORTS) for kid in listed}
    often = {name: rng.uniform(0.05, 0.5) for name in COHORTS}
    rows, came = [], dict[Told, bool]()
    for kid in (*listed, *rng.sample(elsewhere, min(others, len(elsewhere)))):
        if kid in apart and rng.random() > 0.75:
            continue
        came[kid] = rng.random() < (often[cohort[kid]] if kid in apart else 0.5)
        rows.append((*_as_heard(kid, rng, wrong), came[kid]))
        if rng.random() < again:  # moved, and was written down again
            later = rng.random() < 0.5
            came[kid] |= later
            rows.append((*_as_heard(kid, rng, 2 * wrong), later))
    rng.shuffle(rows)
    records = [
        (f"{given} {family}", born if days else None, "yes" if seen else "no") for given, family, born, seen in rows
    ]
    kids = [(f"C{n}", f"{kid[0]} {kid[1]}", kid[2], cohort[kid], 2) for n, kid in enumerate(listed)]
    truth = {
        name: (
            sum(came.get(kid, False) for kid in listed if cohort[kid] == name),
            sum(each == name for each in cohort.values()),
        )
        for name in COHORTS
    }
    return Planted(_table(kids, "child_ref name born cohort age"), _table(records, "name born attended"), truth)


def _table(rows: list[tuple[object, ...]], columns: str) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=columns.split())
    return table.assign(born=pd.to_datetime(table["born"])).astype({"age": "Int64"} if "age" in table else {})


def _home(rng: random.Random) -> list[Told]:
    """The young children of one household: a few are twins."""
    family, kids = FAMILY[min(int(rng.expovariate(1 / 25)), len(FAMILY) - 1)], []
    for _ in range(rng.choice((1, 1, 1, 2, 2, 3))):
        born = date(2019, 12, 1) + timedelta(days=rng.randrange(1800))
        for given in rng.sample(GIVEN, 2 if rng.random() < 0.03 else 1):
            kids.append((given, family, born))
    return kids


def _as_heard(kid: Told, rng: random.Random, wrong: float) -> Told:
    """A child as somebody at a door wrote it down: mostly right, sometimes wrong, seldom wrong twice."""
    told = kid
    while rng.random() < wrong:
        told = rng.choice((_typo_given, _typo_family, _swapped, _turned, _wrong_day, _no_day, _other_family, _bare))(
            told, rng
        )
    return told


def _typo(name: str, rng: random.Random) -> str:
    at, letter = rng.randrange(1, max(len(name), 2)), rng.choice(LETTERS)
    return rng.choice((name[:at] + letter + name[at:], name[:at] + name[at + 1 :], name[:at] + letter + name[at + 1 :]))


def _typo_given(kid: Told, rng: random.Random) -> Told:
    return _typo(kid[0], rng), *kid[1:]


def _typo_family(kid: Told, rng: random.Random) -> Told:
    return kid[0], _typo(kid[1], rng), kid[2]


def _swapped(kid: Told, rng: random.Random) -> Told:
    return kid[1], kid[0], kid[2]


def _turned(kid: Told, rng: random.Random) -> Told:
    born = kid[2]
    return *kid[:2], date(born.year, born.day, born.month) if born and born.day <= 12 else born


def _wrong_day(kid: Told, rng: random.Random) -> Told:
    born = kid[2]
    return *kid[:2], born and born.replace(day=rng.randrange(1, 29))


def _no_day(kid: Told, rng: random.Random) -> Told:
    return *kid[:2], None


def _other_family(kid: Told, rng: random.Random) -> Told:
    """Another family name: a parent's, or both."""
    other = rng.choice(FAMILY)
    return kid[0], rng.choice((other, f"{kid[1]}-{other}", f"{other} {kid[1]}")), kid[2]


def _bare(kid: Told, rng: random.Random) -> Told:
    plain = str.maketrans("ëáéłśńâŁ", "eaelsnaL")
    return kid[0].translate(plain).upper(), kid[1].translate(plain).replace("'", "").upper(), kid[2]
