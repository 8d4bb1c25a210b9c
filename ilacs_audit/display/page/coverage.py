"""Which areas of the improvement plan have evidence, where nobody has looked, and what is looked at next."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import pandas as pd

from ilacs_audit.claims.sentences.power import card_words
from ilacs_audit.claims.sentences.registers import NO_DATA
from ilacs_audit.claims.words import capital
from ilacs_audit.disclosure.gate.page import Page
from ilacs_audit.display.fragments import Fragment, fragment, nothing, records, released_rows
from ilacs_audit.display.tables.cells import Cell, Column, Line, PageTable, text_table
from ilacs_audit.domain import given
from ilacs_audit.domain.calendar import date_words, parse_day
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.measures import CROSS, Row
from ilacs_audit.domain.plan import Plan
from ilacs_audit.domain.programme import Audit, Programme
from ilacs_audit.domain.standards import Standards
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
    if not plan.areas:
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
    codes = edition.about.handed.protocol(page.audit).areas if page.audit else (page.plan,)
    yield from (code.partition(".")[0] for code in codes)
    yield from (row.level.partition(" ")[0] for row in page.released if row.group == "plan area")


NEVER, NO_TEAM = "never", "no team told"
AREA, PLACE = "practice area", f"practice area{CROSS}team"
MAP = "Whole months since a file was last read, by area of the plan, practice area and team. 0 is within a month."


def _mapped(page: Page) -> dict[str, Any]:
    about = page.about
    whole = {"programme": about.handed.planned(), "plan": about.handed.plan(), "standards": about.standards}
    return {"released": page.released, **whole}


@accepts(Page, _mapped)
def coverage_map(
    released: pd.DataFrame, *, programme: Programme, plan: Plan, standards: Standards, finding: str = ""
) -> Fragment:
    """Show how long ago each practice area was looked at in each team, under the areas of the plan that it serves.

    A practice area serves the areas that its audits and its standards name; an area that none serves has a line too.
    """
    found = [row for row in released_rows(released) if row.group in (AREA, PLACE)]
    since = {(row.group, row.level): NEVER if row.measure == "not_looked_at" else str(row.numerator) for row in found}
    teams = sorted({row.level.split(CROSS, 1)[1] for row in found if row.group == PLACE})
    serves = {theme.title: _serves(theme.id, theme.areas, programme) for theme in standards.themes}
    lines = []
    for area in plan.areas:
        ours = [title for title in serves if area.id in serves[title]]
        cells = [(title, since.get((AREA, title), NEVER), *_teams(title, teams, since)) for title in ours]
        for title, *told in cells or [("no audit looks at it", NEVER, *([NEVER] * len(teams)))]:
            lines.append(Line(f"{area.id} {area.title}", tuple(Cell(each) for each in (title, *told))))
    if not lines:
        return nothing("coverage_map")
    heads = (Column("Area of the plan"), Column(capital(AREA)), *(Column(each, "num") for each in ("All", *teams)))
    table = PageTable(MAP, heads, tuple(lines), layout="wide")
    data = {"released": records(found)}
    return fragment("coverage_map", template="part.html.j2", data=data, finding=finding, table=table)


def _serves(theme: str, areas: Sequence[str], programme: Programme) -> set[str]:
    named = [code for audit in programme if audit.theme == theme for code in audit.areas]
    return {code.partition(".")[0] for code in (*named, *areas)}


def _teams(title: str, teams: Sequence[str], since: dict[tuple[str, str], str]) -> list[str]:
    return [since.get((PLACE, f"{title}{CROSS}{team}"), NO_TEAM) for team in teams]


BOOKED = (
    "What is looked at next, and what that many files can show. Two rounds of that size show the rise, from one half."
)
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
