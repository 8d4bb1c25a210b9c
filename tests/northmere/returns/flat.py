"""Returns without a workbook: CSV from an older PC, CSV from a system, and a parquet file."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

import pandas as pd

from tests.northmere.truth.audits import File
from tests.northmere.truth.people import Child
from tests.northmere.truth.questions import RECORDING, REFERRALS, S47, chosen


def delimited(rows: Iterable[Sequence[Any]], *, separator: str = ",", charset: str = "utf-8") -> bytes:
    """Rows as a CSV with Windows line ends."""
    with io.StringIO(newline="") as text:
        csv.writer(text, delimiter=separator, lineterminator="\r\n").writerows(rows)
        return text.getvalue().encode(charset)


def s47_csv(files: Sequence[File], *, rng: random.Random) -> bytes:
    """Marks from 1 to 10, semicolons between them, in the Windows character set."""
    first = (
        "Ref",
        "Child’s name",
        "Team",
        "Social worker",
        "Auditor",
        "Enquiry started",
        "Conference date",
        "Audit date",
    )
    last = ("Outcome", "Specialist assessment cost (£)", "Remarks")
    rows = [_s47_row(file, rng) for file in files]
    return delimited([(*first, *S47.values(), *last), *rows], separator=";", charset="cp1252")


def _s47_row(file: File, rng: random.Random) -> list[str]:
    child = file.child
    started = file.on - timedelta(days=rng.randrange(15, 60))
    outcome = rng.choice(("Conference", "Child in need", "Child in need", "No further action"))
    met = f"{started + timedelta(days=rng.randrange(14, 24)):%d/%m/%Y}" if outcome == "Conference" else "N/A"
    case = [
        child.ref,
        child.name,
        child.team,
        child.worker,
        file.auditor,
        f"{started:%d/%m/%Y}",
        met,
        f"{file.on:%d/%m/%Y}",
    ]
    marks = [file.answers[standard] for standard in S47]
    text = "\n".join(filter(None, (file.strength and f"+ {file.strength}", file.worry and f"- {file.worry}")))
    return [*case, *marks, outcome, rng.choice(("", "", "nil", "£980", "£1,150.00")), text]


def referrals_csv(readings: Mapping[str, Sequence[File]]) -> bytes:
    """The monthly audit of referrals as the front door's system exports it, one row for each reading.

    Where more than one agency read, a column says whose reading a row is.
    """
    first = ("Referral no.", "Child ID", "Team", "Worker", "Auditor", "Received on", "Date of audit")
    whose = len(readings) > 1
    rows = [
        [*_referral(place, file), *([agency] * whose), *(chosen(file.answers[each]) for each in REFERRALS), file.worry]
        for agency, files in readings.items()
        for place, file in enumerate(files)
    ]
    heads = (*first, *(["Agency"] * whose), *REFERRALS.values(), "Comments")
    return delimited([heads, *rows], charset="utf-8-sig")


def _referral(place: int, file: File) -> list[str]:
    child = file.child
    received = file.on.replace(day=1) - timedelta(days=1 + place)
    case = [f"{file.on:%y%m}-{100 + 7 * place}", child.ref, child.team, child.worker, file.auditor]
    return [*case, f"{received:%d/%m/%Y}", f"{file.on:%d/%m/%Y}"]


def visits_parquet(files: Sequence[File], standards: Mapping[str, str], *, teams: Mapping[int, str]) -> bytes:
    """The visits audit from a compiled store: the standards' ids as columns. `teams` renames some rows' teams."""
    records = [
        {
            "child_ref": file.child.ref,
            "team": teams.get(place, file.child.team),
            "worker": file.child.worker,
            "auditor": file.auditor,
            "audited_on": f"{file.on:%Y-%m-%d}",
            **{header: chosen(file.answers[standard]) for standard, header in standards.items()},
            "comment": file.worry,
        }
        for place, file in enumerate(files)
    ]
    return parquet(pd.DataFrame(records))


def draw_csv(files: Sequence[File], unread: Sequence[Child]) -> bytes:
    """The draw of an audit as `ilacs-audit draw` keeps it: the files in the order they were read, then those left."""
    whose = [*((file.auditor, file.child) for file in files), *((files[0].auditor, child) for child in unread)]
    told = [(auditor, child.ref, child.team, "all", place) for place, (auditor, child) in enumerate(whose, start=1)]
    return delimited([("Auditor", "Child ref", "Team", "Stratum", "Order"), *told])


def recording_long(files: Sequence[File]) -> pd.DataFrame:
    """The recording audit as a long table: one row for each child and standard."""
    return pd.DataFrame(
        {
            "child_ref": file.child.ref,
            "team": file.child.team,
            "worker": file.child.worker,
            "auditor": file.auditor,
            "audited_on": f"{file.on:%Y-%m-%d}",
            "standard": RECORDING[standard],
            "answer": chosen(answer),
        }
        for file in files
        for standard, answer in file.answers.items()
    )


def parquet(table: pd.DataFrame) -> bytes:
    """A table as a parquet file."""
    with io.BytesIO() as file:
        table.to_parquet(file, index=False, compression=None)
        return file.getvalue()
