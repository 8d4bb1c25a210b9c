"""What the lines above a table say: who audited, which week, which team."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ilacs_audit.intake.cells.days import day_in
from ilacs_audit.intake.cells.spelling import fold
from ilacs_audit.intake.identity.people import person

_AUDITOR = re.compile(r"^(?:audited by|auditor|completed by|audit completed by)\s*[:–-]\s*(.+)$", re.IGNORECASE)
_WEEK = re.compile(r"\b(?:week commencing|week beginning|w/c|wc)\b", re.IGNORECASE)
_DATE = re.compile(r"^(?:date of audit|audit date|date audited|audited on)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Titles:
    """What the title lines of a sheet say, as far as they say it."""

    lines: tuple[str, ...]
    auditor: str = ""
    week: date | None = None
    day: date | None = None

    def team(self, known: Mapping[str, str]) -> str:
        """The one known team that a title line names, or ""."""
        lines = [f" {fold(line)} " for line in self.lines]
        named = {team for text, team in known.items() if any(f" {text} " in line for line in lines)}
        return named.pop() if len(named) == 1 else ""


def read_titles(lines: Sequence[str]) -> Titles:
    """Read the lines above a table.

    >>> read_titles(["Audited by: Beverley Clarke", "Week commencing 2nd December 2024"]).week
    datetime.date(2024, 12, 2)
    """
    weeks = [day_in(line) for line in lines if _WEEK.search(line)]
    days = [day_in(line) for line in lines if _DATE.match(line)]
    week = next((day for day in weeks if day), None)
    return Titles(tuple(lines), auditor_in(lines), week, next((day for day in days if day), week))


def auditor_in(lines: Sequence[str]) -> str:
    """The person named after "Audited by:", in the form people are compared in, or ""."""
    found = [person(match[1]) for line in lines if (match := _AUDITOR.match(line))]
    return found[0] if len(found) == 1 and len(found[0].split()) <= 4 else ""
