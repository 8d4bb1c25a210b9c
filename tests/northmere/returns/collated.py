"""The multi-agency audit: every agency's returns pasted into one long sheet, and the log of what came back."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from tests.northmere.returns.sheets import day_by_hand
from tests.northmere.returns.workbook import saved, workbook
from tests.northmere.truth.audits import File
from tests.northmere.truth.questions import STRATEGY, by_hand

_SPELT = {
    "Children's social care": ("CSC", "Children’s social care", "CSC "),
    "Police": ("Police", "Northmere Police"),
    "Health": ("Health", "Health ", "NHS"),
    "Education": ("Education", "Schools"),
    "Independent auditor": ("Independent auditor", "Indep. auditor"),
}
_HEADERS = ("Request no.", "Child ID", "Child", "Agency", "Return completed by", "Return received?", "Date of return")
_TIMES = ("Decision date", "Decision time", "Meeting date", "Meeting time")


@dataclass(frozen=True)
class Request:
    """One request for a strategy meeting, with when it was decided and held."""

    number: str
    decided: datetime
    held: datetime


@dataclass(frozen=True)
class Return:
    """What one agency sent about one request; `file` is None where nothing came."""

    agency: str
    by: str
    file: File | None


def requests(files: Sequence[File], rng: random.Random) -> list[Request]:
    """When each meeting was decided and held, so that the 24 hours agree with the service's answer."""
    return [_request(place, file, rng) for place, file in enumerate(files)]


def _request(place: int, file: File, rng: random.Random) -> Request:
    day = date(2024, 10, 1) + timedelta(days=place + place // 5)
    decided = datetime.combine(day, time(rng.randrange(9, 17), rng.choice((0, 10, 25, 40))))
    hours = rng.randrange(2, 23) if file.answers["STR-2"] == "yes" else rng.randrange(27, 70)
    return Request(
        f"RQ/24/{311 + 4 * place}", decided, decided + timedelta(hours=hours, minutes=5 * rng.randrange(0, 9))
    )


def collated_book(
    files: Sequence[File], asked: Sequence[Request], returns: Mapping[str, Sequence[Return]], *, rng: random.Random
) -> bytes:
    """The workbook of all returns and the log. `returns` holds each agency's return on each request."""
    book, sheet = workbook("All returns")
    sheet.append(["Multi-agency audit of strategy meetings, requests of October 2024"])
    sheet.append([*_HEADERS, *_TIMES, *STRATEGY.values(), "Invited", "Attended", "Remarks"])
    for sent in returns.values():
        for file, request, each in zip(files, asked, sent, strict=True):
            sheet.append(_row(file, request, each, rng))
    _log(book.create_sheet("Returns log"), asked, returns)
    return saved(book)


def _row(file: File, request: Request, sent: Return, rng: random.Random) -> list[Any]:
    child = file.child
    called = child.name if rng.random() < 0.2 else "".join(part[0] for part in child.name.split())
    came = sent.file is not None
    when = day_by_hand(date(2024, 11, 4) + timedelta(days=rng.randrange(0, 10)), rng) if came else None
    first = [
        request.number,
        child.ref,
        called,
        rng.choice(_SPELT[sent.agency]),
        sent.by if came else None,
        "Yes" if came else "No",
        when,
    ]
    answers = [by_hand(sent.file.answers[each], rng) for each in STRATEGY] if sent.file else [None] * len(STRATEGY)
    there = _there(sent, rng)
    return [*first, *_times(request, rng), *answers, *there, (sent.file.worry if sent.file else "") or None]


def _there(sent: Return, rng: random.Random) -> list[str]:
    if sent.agency == "Independent auditor":
        return ["n/a", "n/a"]
    return ["Yes", "Yes" if sent.file or rng.random() < 0.3 else "No"]


def _times(request: Request, rng: random.Random) -> list[Any]:
    style = rng.choice(("%H:%M", "%H%Mhrs", "%H.%M"))
    return [
        day_by_hand(request.decided.date(), rng),
        f"{request.decided:{style}}",
        day_by_hand(request.held.date(), rng),
        f"{request.held:{style}}",
    ]


def _log(sheet: Any, asked: Sequence[Request], returns: Mapping[str, Sequence[Return]]) -> None:
    sheet.append(["Request", *returns])
    for place, request in enumerate(asked):
        sheet.append([request.number, *("✓" if sent[place].file else "x" for sent in returns.values())])
    sheet.append([])
    sheet.append(["Returned", *(sum(each.file is not None for each in sent) for sent in returns.values())])
