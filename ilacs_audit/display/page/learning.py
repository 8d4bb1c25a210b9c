"""What to learn without naming anybody: themes in released wording, strengths, and families beside their files."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from ilacs_audit.claims.sentences.readers.learning import NO_THEME, THEMES, UNPAIRED, asked_of, family_ends
from ilacs_audit.disclosure.gate.emptied import LOW_BASE
from ilacs_audit.disclosure.gate.page import Page
from ilacs_audit.disclosure.shorthand import CONFIDENTIAL
from ilacs_audit.display.figures import k_of_n, likely_range, people_of, share
from ilacs_audit.display.fragments import Fragment, Fragments, fragment, nothing, records, released_rows
from ilacs_audit.display.tables.cells import Cell, Column, Line, PageTable
from ilacs_audit.display.tables.marks import read_whole
from ilacs_audit.display.tables.registers import register_table
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.measures import Row
from ilacs_audit.domain.programme import Programme
from ilacs_audit.domain.standards import Standards

HEADINGS = {  # practice apart from recording, and what is weak before what is good
    ("practice theme", "theme_weak"): "Practice: what auditors write again and again",
    ("recording theme", "theme_weak"): "Recording and systems: what auditors write again and again",
    ("practice theme", "theme_strong"): "Practice: what auditors praise again and again",
    ("recording theme", "theme_strong"): "Recording and systems: what auditors praise again and again",
}
THEMED = (
    "Files with comments in which a theme stands, in the words of a person who released it; a file may hold several."
)
GOOD = (
    "Standards whose whole likely range reaches the target, or whose count does where a whole list was read: the test"
    " of what is not met, turned round."
)
ALL_READ = "the whole list was read, so this is exact; it speaks of no other files"
NONE_GOOD = "No standard of this month reaches its target with its whole likely range."
ALL_TEAMS, NOBODY = "no team stands apart", "nobody is named yet"
HEARD = "Who answered comes first. A file says yes where an auditor called the standard met."
ONE_BY_ONE = ("file yes, family no: {}", "file no, family yes: {}")


@accepts(Page, lambda page: {"released": page.released})
def themes_table(released: pd.DataFrame) -> Fragments:
    """Show the released themes that stand in three files or more, practice apart from recording; else that none is."""
    found = released_rows(released)
    told = {(row.group, row.measure) for row in found}
    ours = [(*place, heading) for place, heading in HEADINGS.items() if place in told]
    made = [
        register_table(released, by=group, measures=(measure,), finding=heading, caption="" if at else THEMED)
        for at, (group, measure, heading) in enumerate(ours)
    ]
    none = fragment("themes_table", template="list.html.j2", heading="Themes of what auditors write", items=[NO_THEME])
    return Fragments(tuple(made) if any(row.measure in THEMES for row in found) else (none,))


def _of_page(page: Page) -> dict[str, Any]:
    return {"released": page.released, "programme": page.about.handed.planned(), "standards": page.about.standards}


@accepts(Page, _of_page)
def strengths_table(
    released: pd.DataFrame, *, programme: Programme, standards: Standards, finding: str = ""
) -> Fragment:
    """Show the standards that are met, in which audit, which team stands above the others, and who can share it."""
    found = released_rows(released)
    good = [row for row in found if row.measure == "strength_met"]
    if not any(row.measure == "strength_all" for row in found):
        return nothing("strengths_table")
    if not good:
        return fragment("strengths_table", template="list.html.j2", heading=finding, items=[NONE_GOOD])
    lines = tuple(
        Line(
            standards[row.standard_id].plain,
            (
                Cell(
                    k_of_n(row), (ALL_READ if read_whole(row) else likely_range(row, people=people_of(row, standards)),)
                ),
                Cell(row.reason or ALL_TEAMS),
                Cell(row.note.replace(LOW_BASE, "").strip() or NOBODY),
            ),
            code=row.standard_id,
            remark=programme[row.level].title,
        )
        for row in good
    )
    columns = (Column("Standard"), Column("Met", "num"), Column("Where above the others"), Column("Who can share it"))
    table = PageTable(GOOD, columns, lines)
    return fragment(
        "strengths_table", template="part.html.j2", finding=finding, table=table, data={"released": records(good)}
    )


@accepts(Page, lambda page: {"released": page.released, "standards": page.about.standards})
def families_table(released: pd.DataFrame, *, standards: Standards, finding: str = "") -> Fragment:
    """Show who answered of those who were asked, what they said, and what the files of the same families say."""
    found = [row for row in released_rows(released) if row.measure.startswith(("family_", "file_"))]
    asked = [row for row in found if row.measure == "family_answered"]
    if not asked:
        return nothing("families_table")
    lines = tuple(_line(row, {each.measure: each for each in found if _same(each, row)}, standards) for row in asked)
    columns = (
        Column("What families were asked"),
        Column("Answered, of those asked", "num"),
        Column("Said yes, of those who answered", "words"),
        Column("The files say yes", "words"),
        Column("Family and file, one by one", "words"),
    )
    table, data = PageTable(HEARD, columns, lines), {"released": records(found)}
    return fragment("families_table", template="part.html.j2", finding=finding, table=table, data=data)


def _same(one: Row, other: Row) -> bool:
    return (one.standard_id, one.level) == (other.standard_id, other.level)


def _line(asked: Row, ours: dict[str, Row], standards: Standards) -> Line:
    yes, file = ours.get("family_yes"), ours.get("file_yes")
    answered = Cell(k_of_n(asked) if asked.denominator or asked.hidden else f"{asked.numerator}, of an unknown number")
    cells = (
        Cell(answered.text, (share(asked),) if asked.denominator and not asked.hidden else ()),
        _counted(yes, family_ends(yes, asked) if yes else ""),
        _counted(file, "" if file is None or file.hidden else UNPAIRED if file.note else "of the same families"),
        _pairs([ours.get(name) for name in ("family_same", "file_alone", "family_alone")]),
    )
    remark = f"beside: {standards[asked.standard_id].plain}"
    return Line(asked_of(asked), cells, code=asked.standard_id, remark=remark)


def _counted(row: Row | None, small: str) -> Cell:
    return Cell("not known") if row is None else Cell(k_of_n(row), (small,) if small and not row.hidden else ())


def _pairs(told: Sequence[Row | None]) -> Cell:
    """How often a family and its file say the same, and which way they part; nothing of one that is hidden."""
    known = [row for row in told if row is not None]
    if len(known) < len(told):
        return Cell("cannot be paired")
    if any(row.hidden for row in known):
        return Cell(CONFIDENTIAL)
    same, alone, others = known
    parted = (words.format(row.numerator) for words, row in zip(ONE_BY_ONE, (alone, others), strict=True))
    return Cell(f"The same in {k_of_n(same)}", (*parted, same.verdict))
