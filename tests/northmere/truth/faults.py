"""The faults that Northmere's evidence holds on purpose, so that every check has something to find.

`FAULTS` is the table to test against: what, in which file, where, and the rule that must find it.
The functions below plant the faults that live inside files' rows; the others are planted by the
module that writes the return. None of them moves a count of `truth`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from ilacs_audit.domain.standards import GRADES, NOT_APPLICABLE
from tests.northmere.truth.audits import File, rank

BAD_TEAM = "Duty & Asessment 3"
BAD_HEADER = "Was the buddy system used?"
BAD_GRADE = "RI+"
YEAR_2042 = date(2042, 11, 18)
BEFORE_THE_PERIOD = date(2024, 8, 30)
TUESDAY = date(2024, 11, 19)
NHS_NUMBER = "999 123 4500"
PHONE = "01632 960714"
POSTCODE = "NM7 4XQ"
EMAIL = "family.contact@homes.example"
CLONED = "Consent was discussed at the door and again on the telephone, and the note of both is clear."


class Fault(NamedTuple):
    """One planted fault. `times` is how many rows or cells show it."""

    id: str
    file: str
    where: str
    rule: str
    times: int = 1


_CONSENT = "returns/2024-11/Consent dip sample - Nov 2024 re-audit(1-18).xlsx"
_PLANS = "returns/2024-11/Plans and planning audit Nov 24 v2.xlsx"
_ASSESSMENTS = "returns/2024-11/NFA assessments audit Nov 24.xlsx"
_RECORDING = "returns/2024-11/Recording audit Nov 24.xlsx"
_REFERRALS = "returns/2024-11/referral audit 2024-11.csv"

FAULTS: tuple[Fault, ...] = (
    Fault("F01", _CONSENT, "row 19: the auditor is the allocated worker", "own-case"),
    Fault("F02", _CONSENT, "an entry completed on 18 November 2042", "impossible-date"),
    Fault("F03", _CONSENT, "graded good although CON-5, which is critical, is not met", "critical-under-good"),
    Fault("F04", _CONSENT, "rows 6 and 11: one auditor, one comment", "cloned-comment"),
    Fault("F05", _ASSESSMENTS, "a row whose moderator is its auditor", "same-moderator"),
    Fault("F06", _ASSESSMENTS, "graded good although only ASM-1 is met", "grade-contradicts"),
    Fault("F07", _ASSESSMENTS, f"a column '{BAD_HEADER}'", "unknown-column"),
    Fault("F08", _ASSESSMENTS, f"the overall grade '{BAD_GRADE}'", "unknown-answer"),
    Fault("F09", _RECORDING, "a row with six of eight answers N/A", "na-overuse"),
    Fault("F10", _RECORDING, "a blank under REC-3", "missing-answer"),
    Fault("F11", _RECORDING, "a row audited on 30 August 2024", "out-of-period"),
    Fault("F12", _REFERRALS, "the last row repeats the fifth", "duplicate"),
    Fault("F13", "returns/2024-11/visits-audit-2024-11.parquet", f"the team '{BAD_TEAM}'", "unknown-team"),
    Fault("F14", "returns/2024-11/Supervision audit wc 18.11.24.xlsx", "sheet SG South, 19/11/2024", "not-monday"),
    Fault("F15", "returns/2024-11/MA strategy audit Oct 24 - all returns.xlsx", "21 rows", "missing-return", 21),
    Fault("F16", _PLANS, "the hidden sheet 'lists' with a child's name", "hidden-content"),
    Fault("F17", _PLANS, "a note beside a cell with a child's name", "hidden-content"),
    Fault("F18", _PLANS, "a comment with the child's name", "free-text-identifier"),
    Fault("F19", _RECORDING, "a comment with a postcode", "free-text-identifier"),
    Fault("F20", "returns/2024-11/s47 audit Nov 24.csv", "a comment with an NHS number", "free-text-identifier"),
    Fault(
        "F21",
        "returns/2024-11/DAAT dip sample - Nov 2024(1-40).xlsx",
        "a comment with a telephone number",
        "free-text-identifier",
    ),
    Fault("F22", _REFERRALS, "a comment with an e-mail address", "free-text-identifier"),
    Fault("F23", "registers/actions.csv", "closed, and failing in practice", "closed-on-paper", 7),
)


def good_without_critical(files: Sequence[File]) -> list[File]:
    """The best file with a critical gap swaps grades with the weakest good file (F03)."""
    gaps = [place for place, file in enumerate(files) if not rank(file.answers)[0]]
    good = [place for place, file in enumerate(files) if file.grade == "good" and not file.moderated]
    best = max((place for place in gaps if not files[place].moderated), key=lambda place: rank(files[place].answers))
    return _swapped(files, best, min(good, key=lambda place: rank(files[place].answers)))


def good_against_answers(files: Sequence[File]) -> list[File]:
    """A weak file is made weaker by trading answers with others, and is graded good (F06)."""
    weak = [
        p for p, f in enumerate(files) if f.grade == "requires improvement" and rank(f.answers)[0] and not f.moderated
    ]
    low = min(weak, key=lambda place: rank(files[place].answers))
    files = _weakened(list(files), low)
    good = [place for place, file in enumerate(files) if file.grade == "good" and not file.moderated]
    return _swapped(files, low, min(good, key=lambda place: rank(files[place].answers)))


def _weakened(files: list[File], low: int) -> list[File]:
    """Trade each met answer, other than of the first standard, for one that is not met in another weak file."""
    for standard in list(files[low].answers)[1:]:
        if files[low].answers[standard] == "met":
            other = next(p for p, f in enumerate(files) if f.grade != "good" and p != low and _unmet(f, standard))
            files = _traded(files, standard, low, other)
    return files


def _unmet(file: File, standard: str) -> bool:
    return file.answers[standard] in ("partly met", "not met")


def _traded(files: list[File], standard: str, one: int, other: int) -> list[File]:
    """Two files exchange one answer, so that the count stays."""
    mine, theirs = files[one].answers[standard], files[other].answers[standard]
    files[one] = files[one].but(**{standard.replace("-", "_"): theirs})
    files[other] = files[other].but(**{standard.replace("-", "_"): mine})
    return files


def _swapped(files: Sequence[File], one: int, other: int) -> list[File]:
    grades = {one: files[other].grade, other: files[one].grade}
    return [replace(file, grade=grades.get(place, file.grade)) for place, file in enumerate(files)]


def mostly_not_applicable(files: Sequence[File]) -> list[File]:
    """The answers 'not applicable' of six standards are brought together in one file (F09)."""
    changed = list(files)
    target = next(p for p, file in enumerate(files) if file.answers["REC-7"] == NOT_APPLICABLE and not file.moderated)
    for standard in ("REC-1", "REC-2", "REC-4", "REC-5", "REC-8"):
        now = next(p for p, file in enumerate(changed) if file.answers[standard] == NOT_APPLICABLE)
        changed = _traded(changed, standard, target, now) if now != target else changed
    return changed


def blank_answer(files: Sequence[File]) -> list[File]:
    """The one 'not applicable' under REC-3 was really left blank (F10)."""
    return [file.but(REC_3="") if file.answers["REC-3"] == NOT_APPLICABLE else file for file in files]


def spoilt_grade(files: Sequence[File]) -> list[File]:
    """One 'requires improvement' is written as a grade that is on no scale (F08)."""
    place = next(p for p, file in enumerate(files) if file.grade == GRADES[2] and not file.moderated)
    return changed_at(files, place, lambda file: replace(file, grade=BAD_GRADE))


def own_moderator(files: Sequence[File]) -> list[File]:
    """One auditor moderated the own audit (F05)."""
    place = next(p for p, file in enumerate(files) if file.moderated and file.moderated == file.grade)
    return changed_at(files, place, lambda file: replace(file, moderator=file.auditor))


def cloned_comments(files: Sequence[File], places: tuple[int, int] = (4, 9)) -> list[File]:
    """One auditor leaves the same comment on two files (F04)."""
    return [replace(file, worry=CLONED) if place in places else file for place, file in enumerate(files)]


def misdated(files: Sequence[File]) -> list[File]:
    """One file was audited before the period, or the date was mistyped (F11)."""
    return changed_at(files, 5, lambda file: replace(file, on=BEFORE_THE_PERIOD))


def identifying(files: Sequence[File], text: str, *, place: int = 3) -> list[File]:
    """One comment holds what identifies somebody (F18 to F22)."""
    return changed_at(files, place, lambda file: replace(file, worry=text))


def changed_at(files: Sequence[File], place: int, change: Callable[[File], File]) -> list[File]:
    """The files with one of them changed."""
    return [change(file) if at == place else file for at, file in enumerate(files)]
