"""Files as auditors found them: each audit's rows, drawn so that they add up to the planted truth."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from ilacs_audit.domain.standards import GRADES, NOT_APPLICABLE
from tests.northmere.truth.comments import Remarks
from tests.northmere.truth.people import Child
from tests.northmere.truth.truth import Truth

_CRITICAL = frozenset({"CON-5", "PLN-1", "ASM-1", "VIS-2", "SUP-5", "STR-2", "STR-5", "S47-3", "REC-6", "REF-1"})
_WORDS: Mapping[str, tuple[str, str, str]] = {
    **dict.fromkeys(("CON", "VIS", "SUP", "STR", "REF"), ("yes", "partly", "no")),
    **dict.fromkeys(("PLN", "ASM", "REC"), ("met", "partly met", "not met")),
}
_TOGETHER = ({"CON-3", "CON-4", "CON-5", "CON-8"},)  # these apply to the same files: consent was withdrawn


@dataclass(frozen=True)
class File:
    """One reader's return on one file."""

    child: Child
    auditor: str
    on: date
    answers: Mapping[str, str]
    grade: str = ""
    moderated: str = ""
    moderator: str = ""
    moderated_on: date | None = None
    strength: str = ""
    worry: str = ""
    step: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)

    def but(self, **changes: str) -> File:
        """The same file with some answers changed; a standard's id is written with an underscore."""
        return replace(self, answers={**self.answers, **{name.replace("_", "-"): to for name, to in changes.items()}})


def audited(
    truth: Truth,
    children: Sequence[Child],
    *,
    auditors: Sequence[str],
    days: Sequence[date],
    remarks: Remarks,
    rng: random.Random,
) -> list[File]:
    """The files that an audit counts: answers, grades and moderation come to the truth exactly."""
    answers = planted_answers(truth, rng)
    grades = _grades(truth, answers)
    files = [
        File(
            child,
            auditors[place % len(auditors)],
            days[place * len(days) // truth.counted],
            answers[place],
            grades[place],
            strength=remarks.strength(),
            worry=remarks.worry(),
            step=remarks.step(),
        )
        for place, child in enumerate(rng.sample(list(children), truth.counted))
    ]
    return files


def planted_answers(truth: Truth, rng: random.Random) -> list[dict[str, str]]:
    """Answers for every counted file; better files tend to meet more standards."""
    quality = [rng.gauss(0, 1) for _ in range(truth.counted)]
    files: list[dict[str, str]] = [{} for _ in quality]
    applying = _applying(truth, rng)
    for standard, (met, applies) in truth.results.items():
        among = applying(standard, applies)
        ranked = sorted(among, key=lambda place: quality[place] + rng.gauss(0, 0.8), reverse=True)
        good = set(ranked[:met])
        for place, answers in enumerate(files):
            answers[standard] = _answer(standard, place in good, rng) if place in among else NOT_APPLICABLE
    return files


def _applying(truth: Truth, rng: random.Random) -> Callable[[str, int], set[int]]:
    """Which files a standard applies to: the same ones for standards that go together."""
    places = range(truth.counted)
    together = set(rng.sample(places, min((n for _, n in truth.results.values()), default=0)))

    def among(standard: str, applies: int) -> set[int]:
        if applies == truth.counted:
            return set(places)
        if any(standard in group for group in _TOGETHER):
            return together
        # The rest are chosen so that few answers of one file are "not applicable" at once.
        first = sorted(together) if any(each in truth.results for group in _TOGETHER for each in group) else []
        left = [place for place in places if place not in first]
        return set(rng.sample(places, applies) if not first else [*left, *first][:applies])

    return among


def _answer(standard: str, met: bool, rng: random.Random) -> str:
    kind = standard.partition("-")[0]
    if kind == "S47":
        return str(rng.randint(7, 9) if met else rng.randint(3, 6))
    best, middle, worst = _WORDS[kind]
    return best if met else rng.choice((middle, worst))


def _grades(truth: Truth, answers: Sequence[Mapping[str, str]]) -> list[str]:
    """Overall grades that follow from the answers: best files first, none good with a critical gap."""
    if truth.grades is None:
        return [""] * truth.counted
    order = sorted(range(truth.counted), key=lambda place: rank(answers[place]), reverse=True)
    spare = truth.counted - sum(truth.grades)  # a grade that a fault will spoil starts as this one
    counts = (*truth.grades[:2], truth.grades[2] + spare, truth.grades[3])
    ladder = [grade for grade, count in zip(GRADES, counts, strict=True) for _ in range(count)]
    given = dict(zip(order, ladder, strict=True))
    return [given[place] for place in range(truth.counted)]


def rank(answers: Mapping[str, str]) -> tuple[bool, float]:
    """How good a file is: critical standards first, then the share of standards met."""
    asked = {standard: answer for standard, answer in answers.items() if answer != NOT_APPLICABLE}
    met = [standard for standard, answer in asked.items() if answer in ("met", "yes")]
    return not (_CRITICAL & (set(asked) - set(met))), len(met) / len(asked)


def moderated(
    files: list[File], truth: Truth, *, moderator: str, days: Sequence[date], rng: random.Random
) -> list[File]:
    """A second reading of some files drawn at random; `down` of them are marked down by one grade."""
    drawn = set(rng.sample(range(len(files)), truth.moderated))
    while len(lower := [place for place in sorted(drawn) if files[place].grade != GRADES[-1]]) < truth.down:
        drawn = set(rng.sample(range(len(files)), truth.moderated))
    down = set(rng.sample(lower, truth.down))
    return [
        _second(each, place in down, moderator, days[place % len(days)]) if place in drawn else each
        for place, each in enumerate(files)
    ]


def _second(file: File, down: bool, moderator: str, on: date) -> File:
    grade = GRADES[GRADES.index(file.grade) + down]
    return replace(file, moderated=grade, moderator=moderator, moderated_on=on)


def weekdays(first: date, last: date) -> list[date]:
    """The weekdays from the first to the last day."""
    return list(_weekdays(first, last))


def _weekdays(first: date, last: date) -> Iterator[date]:
    for step in range((last - first).days + 1):
        day = first + timedelta(days=step)
        if day.weekday() < 5:
            yield day
