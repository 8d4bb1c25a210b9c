"""Which areas of the improvement plan have evidence, where nobody has looked, and what is looked at next."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

import pandas as pd

from ilacs_audit.claims.sentences.power import card_words
from ilacs_audit.claims.sentences.registers import NO_DATA, name_of, register_sentence
from ilacs_audit.disclosure.gate.page import Page
from ilacs_audit.display.fragments import Fragment, fragment, nothing, records, released_rows
from ilacs_audit.display.tables.cells import Cell, Column, Line, PageTable, text_table
from ilacs_audit.domain import given
from ilacs_audit.domain.audiences import audience as find_audience
from ilacs_audit.domain.calendar import date_words, parse_day
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.measures import CROSS, Row, in_order
from ilacs_audit.domain.programme import Audit, Programme
from ilacs_audit.domain.standards import Standards, Theme
from ilacs_audit.domain.told import EditionTold, PageTold

ALL = "Every area of the improvement plan has figures in this edition."
SOME = "Areas of the improvement plan without figures in this edition ({why}): {areas}."
NOT_HERE, NOT_YET = "no page in this edition", "no page yet"


def plan_coverage(edition: EditionTold) -> Fragment:
    """Say of each area of the plan without a figure that no data was supplied, or that every area has one.

    A page is about the areas of its audit, the one its register report is evidence on, and those whose actions it
    counts. Where pages are still to be made, or are not for these readers, nobody is said to have supplied nothing.
    """
    given.needed(edition, EditionTold, "edition")
    plan = edition.about.handed.plan()
    if not plan.areas or find_audience(edition.about.audience).service:  # the plan is the whole council's
        return nothing("coverage")
    told = {
        area
        for page in edition.pages
        if page.href and any(map(_figure, page.released))
        for area in _areas(edition, page)
    }
    waiting = any(not page.href and (page.audit or page.plan) for page in edition.pages)
    why = NOT_HERE if edition.about.audience == "public" else NOT_YET if waiting else NO_DATA
    without = "; ".join(f"{each.id} {each.title}" for each in plan.areas if each.id not in told)
    said = SOME.format(why=why, areas=without) if without else ALL
    return fragment("coverage", template="list.html.j2", items=[said])


def _figure(row: Row) -> bool:
    """Whether a row counts something of an area: what was read of a register, or not supplied, does not."""
    return row.group not in ("register", "rule") and (row.numerator is not None or row.hidden)


def _areas(edition: EditionTold, page: PageTold) -> Iterator[str]:
    yield from (code.partition(".")[0] for code in edition.codes(page))
    yield from (row.level.partition(" ")[0] for row in page.released if row.group == "plan area")


NEVER, NO_TEAM = "never", "not told"
AREA, PLACE = "practice area", f"practice area{CROSS}team"
# On a tablet each practice area has as much room as any other, and a long word breaks where English breaks it.
_NARROW = (
    "@media screen and (min-width:48.01rem) and (max-width:66rem){.ia-map{table-layout:fixed}"
    ".ia-table.ia-map :is(td,th){font-size:.75rem;padding-right:.3rem;hyphens:auto}"
    ".ia-table.ia-map :is(td,th):first-child{width:14%;min-width:0}"
    ".ia-table.ia-map thead th{font-size:.6875rem;letter-spacing:-.02em;padding-right:.1rem;overflow-wrap:anywhere}}"
)
MAP = "Whole months since a file was last read: 0 is within a month, and never is where nobody has looked."
UNTOLD = "Not told: the returns of the area name no team."


def _mapped(page: Page) -> dict[str, Any]:
    about = page.about
    return {"released": page.released, "programme": about.handed.planned(), "standards": about.standards}


@accepts(Page, _mapped)
def coverage_map(released: pd.DataFrame, *, programme: Programme, standards: Standards, finding: str = "") -> Fragment:
    """Show how long ago each practice area was looked at in each team, with the areas of the plan that it serves."""
    found = [row for row in released_rows(released) if row.group in (AREA, PLACE)]
    since = {row.level: NEVER if row.measure == "not_looked_at" else str(row.numerator) for row in found}
    teams = sorted({row.level.split(CROSS, 1)[1] for row in found if row.group == PLACE})
    titles = [theme.title for theme in standards.themes]
    lines = [
        _line("Areas of the plan", (_serves(theme, programme) for theme in standards.themes)),
        _line("All teams", (since.get(title, NEVER) for title in titles)),
        *(_line(team, (since.get(f"{title}{CROSS}{team}", NO_TEAM) for title in titles)) for team in teams),
    ]
    if not found:
        return nothing("coverage_map")
    heads = (Column("Team"), *map(Column, titles))
    note = UNTOLD if any(cell.text == NO_TEAM for line in lines for cell in line.cells) else ""
    said: dict[str, Any] = {
        "finding": finding,
        "table": PageTable(MAP, heads, tuple(lines), layout="stack ia-map"),
        "note": note,
    }
    return fragment("coverage_map", template="part.html.j2", data={"released": records(found), "css": _NARROW}, **said)


def _line(title: str, cells: Iterable[str]) -> Line:
    return Line(title, tuple(map(Cell, cells)))


def _serves(theme: Theme, programme: Programme) -> str:
    """The areas of the plan that a practice area serves: those that its audits and its own standards name."""
    named = [code for audit in programme if audit.theme == theme.id for code in audit.areas]
    return ", ".join(sorted({code.partition(".")[0] for code in (*named, *theme.areas)}, key=in_order)) or "none"


@accepts(Page, lambda page: {"released": page.released})
def told_list(released: pd.DataFrame, *, measures: Sequence[str], finding: str = "") -> Fragment:
    """Show what has no whole: of everything a sentence, of levels one line of them all; nothing where there is none."""
    ours = [row for row in released_rows(released) if row.measure in measures]
    named = {
        name: "; ".join(row.level for row in ours if row.measure == name and row.group != "all") for name in measures
    }
    items = [f"{name_of(row)}: {named.pop(row.measure)}." if named.get(row.measure) else "" for row in ours]
    items += [register_sentence(row) for row in ours if row.group == "all"]
    about: dict[str, Any] = {"heading": finding, "items": [*filter(None, items)], "data": {"released": records(ours)}}
    return fragment("told_list", template="list.html.j2", **about) if ours else nothing("told_list")


BOOKED = "What so many files of a long list can show; the rise is what two such rounds would show, from one half."
_COLUMNS = ("When", "Audit", "Files", "A share to within", "A rise of", "Target met only from")


def _ahead(page: Page) -> dict[str, Any]:
    return {"programme": page.about.handed.planned(), "standards": page.about.standards, "as_of": page.about.as_of}


@accepts(Page, _ahead)
def booked_table(programme: Programme, *, standards: Standards, as_of: date | str, finding: str = "") -> Fragment:
    """Show the audits that are planned or booked after a day, and what their sizes can and cannot show."""
    given.needed(programme, Programme, "programme")
    looks = programme.booked(parse_day(as_of))
    lines = [
        (date_words(on), audit.title, str(size or "not set"), *_can_show(audit, size, standards))
        for on, audit, size in looks
    ]
    if not lines:
        return fragment(
            "booked_table", template="list.html.j2", heading=finding, items=["No audit is planned or booked."]
        )
    return fragment("booked_table", template="part.html.j2", finding=finding, table=text_table(BOOKED, _COLUMNS, lines))


def _can_show(audit: Audit, size: int | None, standards: Standards) -> tuple[str, str, str]:
    """What so many files can show of the standard that the round is about, by the power card."""
    asked = next((theme.standards for theme in standards.themes if theme.id == audit.theme), ())
    aimed = next((each for each in asked if each.id == audit.focus), asked[0] if asked else None)
    return card_words(size, target=str(aimed.target) if aimed and aimed.target is not None else None)
