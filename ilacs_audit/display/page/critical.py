"""Critical standards before anything else on a page: what failed, whatever the verdict, and what was done about it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pandas as pd

from ilacs_audit.claims.sentences.critical import UNRECORDED, Line, line
from ilacs_audit.claims.words import capital, number_word, plural
from ilacs_audit.disclosure.gate.page import Page
from ilacs_audit.display.figures import people_of
from ilacs_audit.display.fragments import Fragment, fragment, nothing, released_rows
from ilacs_audit.domain.audiences import WHOLE_SERVICE
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.measures import Row
from ilacs_audit.domain.standards import Standards

MOST = 12  # lines that stand open; a council with more has the rest in a fold


class Part(NamedTuple):
    """The rows of one audit; on a front page with its name, and its page."""

    rows: Sequence[Row]
    name: str = ""
    href: str = ""


@accepts(Page, lambda page: {"released": page.released, "standards": page.about.standards})
def critical_panel(released: pd.DataFrame, *, standards: Standards) -> Fragment:
    """A line for each critical standard of the whole service, the largest share of failures first.

    Reads the measures `critical_failure` and `put_right`. Empty where the rows hold no critical standard.
    """
    return panel_of([Part(released_rows(released, standards))], standards=standards)


def panel_of(parts: Sequence[Part], *, standards: Standards) -> Fragment:
    """The panel of one audit, or of every audit of an edition, whose lines then open with the name of theirs."""
    lines = [each for part in parts for each in _told(part, standards)]
    if not lines:
        return nothing("critical_panel")
    lines.sort(key=lambda each: _worst_first(each[0]))
    failed = [each for each in lines if each[0].numerator and not each[0].hidden]
    unrecorded = not any(right for _, right, *_ in failed) and len(failed) > 1
    return fragment(
        "critical_panel",
        template="critical.html.j2",
        released=[row for each in lines for row in each[:2] if row],
        heading=_heading(failed, hidden=any(each[0].hidden for each in lines)),
        lines=[_shown(told, part, unrecorded) for *_, told, part in lines],
        most=MOST,
        note=UNRECORDED if unrecorded else "",
    )


def _shown(told: Line, part: Part, unrecorded: bool) -> dict[str, object]:
    """A line as it is printed; what a page says of one audit is not said again where all audits stand."""
    known = told.right if part.name else told.known
    said = known.removesuffix(UNRECORDED) if unrecorded else known
    return {**told._asdict(), "known": said, "name": part.name, "href": part.href}


def _told(part: Part, standards: Standards) -> Iterator[tuple[Row, Row | None, Line, Part]]:
    """Each critical standard of an audit with its actions and its line."""
    found = [row for row in part.rows if row.group in WHOLE_SERVICE]
    done = {_of(row): row for row in found if row.measure == "put_right"}
    for row in found:
        if row.measure == "critical_failure":
            unit, people, right = standards.theme(row.theme).unit, people_of(row, standards), done.get(_of(row))
            yield (
                row,
                right,
                line(row, standard=standards[row.standard_id], unit=unit, people=people, right=right),
                part,
            )


def _heading(failed: Sequence[tuple[Row, Row | None, Line, Part]], *, hidden: bool) -> str:
    """What needs doing: how many critical standards failed, and whether every action on them is done."""
    if not failed:
        return "Critical standards" if hidden else "No critical failure was found in what was read"
    done = all(row and not row.hidden and row.numerator == row.denominator for _, row, *_ in failed)
    standards = len({each[0].standard_id for each in failed})
    count = f"{number_word(standards) if standards > 1 else 'a'} critical {plural('standard', standards)} failed"
    return f"{capital(count)}; every recorded action is done" if done else f"Needs action now: {count}"


def _worst_first(row: Row) -> tuple[bool, float]:
    """The largest share of failures first, then what is hidden, then where none was found."""
    return (not row.numerator, -(row.numerator or 0) / (row.denominator or 1) - row.hidden)


def _of(row: Row) -> tuple[str, ...]:
    return (row.theme, row.period, row.standard_id, row.level)
