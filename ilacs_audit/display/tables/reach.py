"""What was done to move the answer, and whom it reached: people, not attendances."""

from collections.abc import Collection, Sequence
from typing import Any

import pandas as pd

from ilacs_audit.claims.words import capital, counted, listed
from ilacs_audit.disclosure.gate.page import Page
from ilacs_audit.disclosure.rules import HELD, OF_STAFF, REACHED
from ilacs_audit.disclosure.shorthand import CONFIDENTIAL
from ilacs_audit.display.figures import rounding_words
from ilacs_audit.display.fragments import Fragment, fragment, nothing, records, released_rows
from ilacs_audit.display.tables.cells import PageTable, text_table
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.measures import Row, in_order

CAPTION = "Training and support {when} this round. A person at two sessions is counted once, at the first."
UNKNOWN = "not recorded"
OF_RULES = frozenset({"guidance", "policy", "procedure", "process", "form", "template", "system"})  # these reach nobody
UNRECORDED = "Nobody recorded whom this reached"
UNNAMED = "Teams of which fewer came than may be shown are left out."
_WHEN = ("before this round", "during it", "after it")
_COLUMNS = ("What was done", "Sessions", "People reached", "Booked, still to come")
BY_TEAM = "People reached, by team"


def _of_page(page: Page) -> dict[str, Any]:
    rules = [each.title for audit in page.about.rounds for each in audit.interventions if each.kind in OF_RULES]
    return {"released": page.of(measure=tuple(sorted(OF_STAFF))), "reaches_nobody": rules}


@accepts(Page, _of_page)
def reach_table(
    released: pd.DataFrame, *, caption: str = "", finding: str | None = None, reaches_nobody: Collection[str] = ()
) -> Fragment:
    """Show each intervention: sessions held, people reached, by team, and those still to come.

    Reads the measures `reach`, `sessions` and `booked`, and those of the days of reading and after. Where nothing of
    it was recorded, what was done is named, but for what `reaches_nobody`, as a new rule does. Where nothing was done,
    nothing is shown.
    """
    found = [row for row in released_rows(released) if row.measure in OF_STAFF]
    done = [row for row in found if row.group == "intervention" and row.measure == "reach"]
    done = [row for row in done if row.numerator is not None or row.hidden or row.note not in reaches_nobody]
    if not done:
        return nothing("reach_table")
    early = {row.measure for row in found} <= {"reach", "sessions", "booked"}
    lines = [_line(row, found, early) for row in done]
    if all(cell == UNKNOWN for _, *cells in lines for cell in cells):
        items = [name for name, *_ in lines]
        return fragment("reach_table", template="list.html.j2", heading=UNRECORDED, items=items)
    unnamed = UNNAMED if any(row.hidden and row.group == "team" for row in found) else ""
    return fragment(
        "reach_table",
        template="part.html.j2",
        data={"released": records(found)},
        finding=_finding(done[0], found) if finding is None else finding,
        table=text_table(caption or CAPTION.format(when="before" if early else "before and since"), _COLUMNS, lines),
        more=_by_team(done, found, early),
        more_said=BY_TEAM,
        note=" ".join(filter(None, (unnamed, rounding_words(found)))),
    )


def _finding(first: Row, found: Sequence[Row]) -> str:
    ours = {row.measure: row.numerator for row in _of(first, found)}
    counts = [(ours[measure], when) for measure, when in zip(REACHED, _WHEN, strict=True) if ours.get(measure)]
    if not counts:
        return "What was done, and whom it reached"
    told = [f"{number} {when}" for number, when in counts]
    told[0] = f"{counted(counts[0][0] or 0, 'person')} {counts[0][1]}"
    return f"{first.note} reached {listed(told).replace(' it', ' this round', 0 if counts[0][1] == _WHEN[0] else 1)}"


def _line(row: Row, found: Sequence[Row], early: bool) -> tuple[str, ...]:
    ours = {each.measure: each for each in _of(row, found)}
    held, reached = (_over_time([_count(ours.get(each)) for each in measures], early) for measures in (HELD, REACHED))
    return (row.note, held, reached, _count(ours.get("booked")))


def _by_team(done: Sequence[Row], found: Sequence[Row], early: bool) -> PageTable | None:
    """Who came of each team, before the round and, where anything was held since, during and after it."""
    order = [row.note for row in done]
    teams = [each for each in found if each.group == "team" and each.note in order]
    came = {(each.level, each.note, each.measure): each for each in teams}
    known = [(one, when) for one, when in zip(REACHED, _WHEN, strict=True) if any(key[2] == one for key in came)]
    named = sorted({key[:2] for key in came}, key=lambda key: (order.index(key[1]), in_order(key[0])))
    several = ("What was done",) if len(done) > 1 else ()
    lines = [
        (team or UNKNOWN, *([note] if several else []), *(_came(came.get((team, note, one))) for one, _ in known))
        for team, note in named
    ]
    titles = ("Team", *several, *(("People reached",) if early else (capital(when) for _, when in known)))
    return text_table(f"{BY_TEAM}.", titles, lines) if lines else None


def _came(row: Row | None) -> str:
    return _count(row) if row else "–"


def _of(row: Row, found: Sequence[Row]) -> list[Row]:
    return [each for each in found if (each.group, each.level) == (row.group, row.level)]


def _over_time(told: Sequence[str], early: bool) -> str:
    """What is known of before, during and after the round; on a page where nothing came later, that alone."""
    known = [" ".join(each) for each in zip(told, _WHEN, strict=True) if each[0] != UNKNOWN]
    return told[0] if early else ", ".join(known) or UNKNOWN


def _count(row: Row | None) -> str:
    if row is None or row.numerator is None:
        return CONFIDENTIAL if row is not None and row.hidden else UNKNOWN
    return str(row.numerator)
