"""The figures of an edition as one accessible spreadsheet: cover, contents, notes, and a sheet for each report.

With the same numbers hidden as on the pages, because it is made from what they were made from. It follows the United
Kingdom Analysis Function's guidance on spreadsheets by way of gptables (extra `[excel]`): one marked-up table
a sheet, no merged or empty cells, symbols explained. Where the extra is not installed there is no spreadsheet.
"""

import io
import warnings
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import pandas as pd

from ilacs_audit.claims.words import period_words
from ilacs_audit.disclosure.safe_text import safe_text
from ilacs_audit.disclosure.shorthand import CONFIDENTIAL, FEW, NOTHING, SYMBOLS, shorthand_sentence
from ilacs_audit.domain.measures import AS_TOLD, HIDDEN

NAME = "figures.xlsx"
NOTES = (
    ("range", "A range is where the true share is likely to lie: the 95% interval. A count by choice has none."),
    (
        "verdict",
        "A verdict is met, not met or cannot tell; better, worse, no worthwhile change, cannot tell or not comparable.",
    ),
)
_REFERENCES = " ".join(f"$${reference}$$" for reference, _ in NOTES)
_MADE = datetime(2000, 1, 1, tzinfo=UTC)  # one date for all, so that the same figures are the same bytes
_COLUMNS = (
    "Measure",
    "Standard",
    "Group",
    "Period",
    "Count",
    "Of",
    "Share",
    "Range from",
    "Range to",
    "Verdict",
    "Reference",
)


def available() -> bool:
    """Whether the extra `[excel]` is installed."""
    return find_spec("gptables") is not None


def edition_workbook(reports: Sequence[tuple[str, Sequence[Mapping[str, Any]]]], frame: Mapping[str, str]) -> bytes:
    """The bytes of the spreadsheet of an edition, the same for the same figures.

    `reports` are titles with their released records, `frame` the words of the pages: authority, period_words
    and audience_title.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # gptables leaves a file open, and asks pandas for what it will not do in 4
        return _made(import_module("gptables"), reports, frame)


def _made(gptables: Any, reports: Sequence[tuple[str, Sequence[Mapping[str, Any]]]], frame: Mapping[str, str]) -> bytes:
    title = f"{frame['authority']}: audit figures, {frame['period_words']}"
    sheets = {f"Table {place}": _sheet(gptables, place, *each) for place, each in enumerate(reports, start=1)}
    about = f"{frame['audience_title']}. Each sheet holds one table: every figure of one report, as its page shows it."
    cover = gptables.Cover(title=title, intro=["Audit evidence"], about=[about], cover_label="Cover")
    # In memory: what a killed run had written to a temporary folder would stay there.
    plain = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    content = io.BytesIO()
    made = gptables.produce_workbook(
        content,
        sheets,
        cover=cover,
        notes_table=pd.DataFrame(NOTES, columns=["Note reference", "Note text"]),
        workbook_options={**plain, "in_memory": True},
    )
    made.set_properties({"title": title, "created": _MADE})
    made.close()
    return _in_english(content)


def _sheet(gptables: Any, place: int, title: str, records: Sequence[Mapping[str, Any]]) -> Any:
    lines = [_line(each) for each in records] or [(NOTHING,) * len(_COLUMNS)]
    used = [symbol for symbol in SYMBOLS if any(symbol in line for line in lines)]
    return gptables.GPTable(
        table=pd.DataFrame(lines, columns=list(_COLUMNS)),
        table_name=f"table_{place}",
        title=safe_text(title),
        instructions=f"This sheet holds one table. {shorthand_sentence(used)} Notes: {_REFERENCES}",
        index_columns={1: 0},
    )


def _line(record: Mapping[str, Any]) -> tuple[Any, ...]:
    hidden = record.get("status") in HIDDEN
    absent = FEW if record.get("status") == "low_base" else NOTHING  # a share left out for few files says so
    counts = (NOTHING if record.get(name) is None else record[name] for name in ("numerator", "denominator"))
    shares = (record.get(name) for name in ("value", "lower", "upper"))
    told = (*counts, *(absent if each is None else round(each, 4) for each in shares))
    return (
        record["measure"].replace("_", " "),
        safe_text(record.get("standard_id", "")) or NOTHING,
        safe_text(record.get("level", "")) or "all",
        ", ".join(filter(None, (period_words(record.get("period", "")) or "all", _as_told(record)))),
        *((CONFIDENTIAL,) * 5 if hidden else told),
        record.get("verdict", "") or (CONFIDENTIAL if hidden else NOTHING),
        record.get("reference", "") or NOTHING,
    )


def _as_told(record: Mapping[str, Any]) -> str:
    """That a count is left as an earlier edition told it, and on which day."""
    reason = str(record.get("reason") or "")
    return reason if reason.startswith(AS_TOLD) else ""


def _in_english(made: io.BytesIO) -> bytes:
    """The workbook with its language set, which the writer cannot do; every part dated alike."""
    out = io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            content = old.read(name)
            if name == "docProps/core.xml":
                end = b"</cp:coreProperties>"
                content = content.replace(end, b"<dc:language>en-GB</dc:language>" + end)
            new.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
