"""Critical standards before anything else on a page: what failed, whatever the verdict, and what was done about it."""

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


@accepts(Page, lambda page: {"released": page.released, "standards": page.about.standards})
def critical_panel(released: pd.DataFrame, *, standards: Standards) -> Fragment:
    """A line for each critical standard of the whole service, the largest share of failures first.

    Reads the measures `critical_failure` and `put_right`. Where they are of several themes each line opens with its
    theme. Empty where the rows hold no critical standard.
    """
    found = [row for row in released_rows(released, standards) if row.group in WHOLE_SERVICE]
    failures = sorted((row for row in found if row.measure == "critical_failure"), key=_worst_first)
    if not failures:
        return nothing("critical_panel")
    right = {_of(row): row for row in found if row.measure == "put_right"}
    several, unrecorded = len({row.theme for row in failures}) > 1, not right and len(_failed(failures)) > 1
    lines = [(row, _line(row, right.get(_of(row)), standards)) for row in failures]
    return fragment(
        "critical_panel",
        template="critical.html.j2",
        released=[*failures, *right.values()],
        heading=_heading(_failed(failures), right, hidden=any(row.hidden for row in failures)),
        lines=[
            {
                **told._asdict(),
                "known": told.known.removesuffix(UNRECORDED) if unrecorded else told.known,
                "theme": standards.theme(row.theme).title if several else "",
            }
            for row, told in lines
        ],
        note=UNRECORDED if unrecorded else "",
    )


def _line(row: Row, right: Row | None, standards: Standards) -> Line:
    unit = standards.theme(row.theme).unit
    return line(row, standard=standards[row.standard_id], unit=unit, people=people_of(row, standards), right=right)


def _failed(failures: list[Row]) -> list[Row]:
    return [row for row in failures if row.numerator and not row.hidden]


def _heading(failed: list[Row], right: dict[tuple[str, ...], Row], *, hidden: bool) -> str:
    """What needs doing: how many critical standards failed, and whether every action on them is done."""
    if not failed:
        return "Critical standards" if hidden else "No critical failure was found in what was read"
    told = [right.get(_of(row)) for row in failed]
    done = all(row and not row.hidden and row.numerator == row.denominator for row in told)
    many = number_word(len(failed)) if len(failed) > 1 else "a"
    count = f"{many} critical {plural('standard', len(failed))} failed"
    return f"{capital(count)}; every recorded action is done" if done else f"Needs action now: {count}"


def _worst_first(row: Row) -> tuple[bool, float]:
    """The largest share of failures first, then what is hidden, then where none was found."""
    return (not row.numerator, -(row.numerator or 0) / (row.denominator or 1) - row.hidden)


def _of(row: Row) -> tuple[str, ...]:
    return (row.theme, row.period, row.standard_id, row.level)
