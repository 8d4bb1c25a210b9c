"""The supervision audit: one sheet for how often, and a sheet for each team for how well."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from ilacs_audit.domain.calendar import date_words
from tests.northmere.returns.sheets import day_by_hand
from tests.northmere.returns.workbook import saved, workbook
from tests.northmere.truth.audits import File
from tests.northmere.truth.people import Worker
from tests.northmere.truth.questions import SUPERVISION, SUPERVISION_FREQUENCY, by_hand

SHORT = {
    "Front Door Safeguarding": "FD Safeguarding",
    "Front Door Early Help": "FD Early Help",
    "Duty & Assessment 1": "D&A 1",
    "Duty & Assessment 2": "D&A 2",
    "Safeguarding North": "SG North",
    "Safeguarding South": "SG South",
    "Children in Care": "CIC",
    "Children with Disabilities": "CWD",
    "Leaving Care": "Leaving Care",
}
_MONTHS = {9: ("July", "Aug", "Sept"), 11: ("Sept", "Oct", "Nov")}
_ROLES = {"Social worker": "SW", "Senior social worker": "Senior SW", "Newly qualified social worker": "NQSW"}


def supervision_book(
    files: Sequence[File],
    *,
    week: date,
    managers: Mapping[str, str],
    roles: Mapping[str, Worker],
    wrong_week: Mapping[str, date],
    rng: random.Random,
) -> bytes:
    """The whole workbook. The child of a file here stands for its worker; `wrong_week` mistypes a team's title."""
    book, first = workbook("Read me")
    first.append([f"Supervision audit – week commencing {date_words(week)}"])
    first.append(["Use y / n / na. The first sheet is about how often, the team sheets about how well."])
    _frequency(book.create_sheet("Frequency"), files, week, managers, roles, rng)
    for place, team in enumerate(dict.fromkeys(file.child.team for file in files)):
        ours = [file for file in files if file.child.team == team]
        _quality(book.create_sheet(SHORT[team]), team, ours, wrong_week.get(team, week), managers[team], place % 2, rng)
    return saved(book)


def _frequency(
    sheet: Any,
    files: Sequence[File],
    week: date,
    managers: Mapping[str, str],
    roles: Mapping[str, Worker],
    rng: random.Random,
) -> None:
    sheet.append(["HOW OFTEN – last three months"])
    sheet.append([f"Week commencing {date_words(week)}. Every 4 weeks; newly qualified workers every 2"])
    sheet.append([])
    months = _MONTHS[week.month]
    sheet.append(
        [
            "Team",
            "Worker",
            "Role",
            "Supervisor",
            "Weeks",
            *months,
            "Due",
            "Held",
            SUPERVISION_FREQUENCY,
            "Reason if not",
        ]
    )
    for file in files:
        sheet.append(_held(file, managers[file.child.team], roles[file.child.worker], rng))


def _held(file: File, manager: str, worker: Worker, rng: random.Random) -> list[Any]:
    role = _ROLES[worker.role]
    weeks, due = (2, 6) if role == "NQSW" else (4, 3)
    met = file.answers["SUP-1"] == "yes"
    held = due if met else rng.randrange(0, due)
    days = [
        f"{rng.randrange(2, 28)}/{month}" if place * due / 3 < held else "-" for place, month in enumerate((9, 10, 11))
    ]
    reason = None if met else rng.choice(("leave", "sickness", "cancelled for duty", None))
    answer = by_hand(file.answers["SUP-1"], rng)
    team = rng.choice((file.child.team, SHORT[file.child.team]))
    return [team, worker.name, role, manager, weeks, *days, due, held, answer, reason]


def _quality(
    sheet: Any, team: str, files: Sequence[File], week: date, manager: str, blank: int, rng: random.Random
) -> None:
    sheet.append([f"HOW WELL – {team}"])
    sheet.append([f"Week commencing {week:%d/%m/%Y}" if week.weekday() else f"Week commencing {date_words(week)}"])
    sheet.append([f"Audited by: {files[0].auditor}"])
    for _ in range(blank):
        sheet.append([])
    sheet.append(["Worker", "Supervisor", "Date of supervision", *SUPERVISION.values(), "Comments"])
    initial = f"{manager[0]}. {manager.split(' ', 1)[1]}"
    for file in files:
        held = datetime.combine(week - timedelta(days=rng.randrange(3, 27)), time()).date()
        answers = [by_hand(file.answers[standard], rng) for standard in SUPERVISION]
        sheet.append(
            [file.child.worker, rng.choice((manager, initial)), day_by_hand(held, rng), *answers, file.worry or None]
        )
    sheet.append([])
    sheet.append(["Key: y, n or na (does not apply)"])
