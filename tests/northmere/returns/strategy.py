"""The multi-agency audit of strategy meetings: five agencies, twenty-four requests, three with gaps."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from tests.northmere.returns.collated import Request, Return, collated_book, requests
from tests.northmere.truth.audits import File, audited
from tests.northmere.truth.comments import Remarks
from tests.northmere.truth.people import SAFEGUARDING, Cast
from tests.northmere.truth.truth import AGENCY_RETURNS, INDEPENDENT, NEVER_REACHED, TRUTH


@dataclass(frozen=True)
class Strategy:
    """The multi-agency audit: its files, requests, returns and workbook."""

    files: list[File]
    asked: list[Request]
    returns: dict[str, list[Return]]
    book: bytes


def strategy(staff: Cast, rng: random.Random) -> Strategy:
    """Twenty-four requests read by five agencies, of which three did not send every return."""
    truth = TRUTH["strategy-2024-11"]
    remarks = Remarks("strategy", rng)
    people = rng.sample(staff.auditors, 2)
    children = staff.of(*SAFEGUARDING)
    files = audited(truth, children, auditors=people, days=[date(2024, 11, 8)], remarks=remarks, rng=rng)
    asked = requests(files, rng)
    sent = {agency: _sent(agency, files, staff, rng) for agency in AGENCY_RETURNS}
    return Strategy(files, asked, sent, collated_book(files, asked, sent, rng=rng))


def _sent(agency: str, files: Sequence[File], staff: Cast, rng: random.Random) -> list[Return]:
    came = set(rng.sample(range(len(files)), AGENCY_RETURNS[agency]))
    by = {"Police": staff.partners[0], "Health": staff.partners[1], "Education": staff.partners[2]}
    own = agency == "Children's social care"
    answered = (
        list(files) if own else _second_reading(files, rng) if agency == "Independent auditor" else _partner(files, rng)
    )
    answered = _never_reached(agency, answered, came)
    return [
        Return(
            agency,
            file.auditor if own else by.get(agency, staff.independent),
            answered[place] if place in came else None,
        )
        for place, file in enumerate(files)
    ]


def _never_reached(agency: str, answered: list[File], came: set[int]) -> list[File]:
    """What the police say of the record: the decisions of most meetings never reached them. A conflict, on purpose."""
    if agency not in NEVER_REACHED:
        return answered
    standard, met = NEVER_REACHED[agency]
    said = [place for place in sorted(came) if answered[place].answers[standard] == "yes"][:met]
    return [
        replace(file, answers={**file.answers, standard: "yes" if place in said else "no"})
        for place, file in enumerate(answered)
    ]


def _second_reading(files: Sequence[File], rng: random.Random) -> list[File]:
    """The independent auditor: the same request is found not appropriate, other answers are a little lower."""
    answers = [dict(file.answers) for file in files]
    for standard, (met, _) in INDEPENDENT.items():
        good = [place for place, file in enumerate(files) if file.answers[standard] == "yes"]
        for place in rng.sample(good, len(good) - met):
            answers[place][standard] = "no"
    return [replace(file, answers=answers[place], worry="") for place, file in enumerate(files)]


def _partner(files: Sequence[File], rng: random.Random) -> list[File]:
    """A partner never challenged the threshold, and mostly agreed with the service otherwise."""
    return [replace(file, answers=_agreeing(file, rng), worry="") for file in files]


def _agreeing(file: File, rng: random.Random) -> dict[str, str]:
    changed = {
        each: rng.choice(("yes", "no")) if rng.random() < 0.15 else answer for each, answer in file.answers.items()
    }
    return {**changed, "STR-1": "yes"}
