"""What goes wrong in a return: each fault changes what is written, never what is true, and says what it may cost."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

from tests.councils import words
from tests.councils.layouts import ROW_A_FILE, WITHOUT_COMMENT
from tests.councils.shapes import Audit, Cell, Planted, Row

Fault = Callable[[Audit, Random], Planted | None]


def _free(audit: Audit, chance: Random) -> Row | None:
    """A row in which nothing has been planted."""
    taken = {each.row for each in audit.planted} | {each.copy_of for each in audit.rows}
    rows = [each for each in audit.rows if each.number not in taken and not each.written and each.copy_of is None]
    return chance.choice(rows) if rows else None


def _answer(audit: Audit, chance: Random, kind: str, value: object) -> Planted | None:
    row = _free(audit, chance)
    if row is None or audit.layout == "tick_columns":
        return None
    standard = chance.choice(audit.standards).id
    row.written[standard] = value
    return Planted(kind, row.number, standard, costs="answer")


def unknown_answer(audit: Audit, chance: Random) -> Planted | None:
    return _answer(audit, chance, "unknown_answer", chance.choice(words.UNKNOWN_ANSWERS))


def blank_answer(audit: Audit, chance: Random) -> Planted | None:
    return _answer(audit, chance, "blank_answer", None)


def split_grade(audit: Audit, chance: Random) -> Planted | None:
    levels = audit.standards[0].levels
    if any(each.levels != levels for each in audit.standards) or levels[0].isdigit():
        return None
    return _answer(audit, chance, "split_grade", f"{levels[0].title()}/{levels[1].title()}")


def row_twice(audit: Audit, chance: Random) -> Planted | None:
    row = _free(audit, chance)
    if row is None or audit.layout not in ROW_A_FILE:
        return None
    twin = replace(row, number=len(audit.rows), copy_of=row.number, written={})
    audit.rows.append(twin)
    return Planted("row_twice", twin.number, "child_ref", costs="nothing")


def impossible_date(audit: Audit, chance: Random) -> Planted | None:
    row = _free(audit, chance)
    if row is None or "audited_on" not in audit.fields:
        return None
    row.written["audited_on"] = chance.choice(("31/02/2025", "00/03/2025", "2025-13-40"))
    return Planted("impossible_date", row.number, "audited_on", costs="date")


def exponent(audit: Audit, chance: Random) -> Planted | None:
    row = _free(audit, chance)
    if row is None or not row.ref.isdigit():
        return None
    row.written["child_ref"] = f"{float(row.ref):.2E}"
    return Planted("exponent", row.number, "child_ref", costs="row")


def name_in_comment(audit: Audit, chance: Random) -> Planted | None:
    row = _free(audit, chance)
    if row is None or audit.layout in WITHOUT_COMMENT or "child_name" not in audit.fields:
        return None
    row.written["comment"] = f"{row.child} was seen at school; {row.worker} to follow up."
    return Planted("name_in_comment", row.number, "comment", costs="words")


def nobody(audit: Audit, chance: Random) -> Planted | None:
    """A row that the case system filled and nobody audited: no auditor, no day, every answer the same No."""
    row = _free(audit, chance)
    both = {"auditor", "audited_on"} <= set(audit.fields)
    if row is None or not both or audit.layout not in ROW_A_FILE or audit.standards[0].scale == "scaling":
        return None
    worst = audit.standards[0].levels[-1]
    row.written |= {"auditor": None, "audited_on": None, "comment": None}
    row.written |= {each.id: audit.words.get(worst, worst) for each in audit.standards}
    return Planted("nobody", row.number, "auditor", costs="row")


def footer(audit: Audit, chance: Random) -> Planted | None:
    """A line under the table that is no file; it is added to the finished sheet."""
    return Planted("footer", what="footer", costs="nothing") if audit.layout in ROW_A_FILE else None


def add_footer(audit: Audit, chance: Random) -> None:
    """Write the planted footer under the last sheet."""
    words_below = chance.choice(words.FOOTERS)
    cells = [Cell(len(audit.rows) if each == "count" else each) for each in words_below]
    audit.sheets[-1].lines.append(cells)


def us_dates(audit: Audit, chance: Random) -> Planted | None:
    """The whole column with the month first, as text."""
    if "audited_on" not in audit.fields or any("audited_on" in each.written for each in audit.rows):
        return None
    if not any(each.day.day > 12 for each in audit.rows):
        return None
    for row in audit.rows:
        row.written["audited_on"] = f"{row.day:%m/%d/%Y}"
    return Planted("us_dates", what="audited_on", costs="nothing")


FAULTS: dict[str, Fault] = {
    each.__name__: each
    for each in (
        unknown_answer, blank_answer, split_grade, row_twice, impossible_date, exponent, name_in_comment, nobody,
        footer, us_dates,
    )
}  # fmt: skip  # a table, a line a row
