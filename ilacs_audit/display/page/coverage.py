"""Which areas of the improvement plan an edition has evidence on, and of which nobody supplied any."""

from collections.abc import Iterator

from ilacs_audit.claims.sentences.registers import NO_DATA
from ilacs_audit.display.fragments import Fragment, fragment, nothing
from ilacs_audit.domain import given
from ilacs_audit.domain.measures import Row
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
    yield from (code.partition(".")[0] for code in edition.codes(page))
    yield from (row.level.partition(" ")[0] for row in page.released if row.group == "plan area")
