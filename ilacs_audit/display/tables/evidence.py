"""Figures side by side, to be read, checked and copied: every measure, and what was wrong in the returns."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

import pandas as pd

from ilacs_audit.claims.sentences.registers import is_register, name_of
from ilacs_audit.claims.words import period_words, signed_points
from ilacs_audit.disclosure.gate.page import Page
from ilacs_audit.display.figures import k_of_n, likely_range, people_of, range_of_read, rounding_words
from ilacs_audit.display.fragments import Fragment, fragment, records, released_rows
from ilacs_audit.display.tables.cells import PageTable, text_table
from ilacs_audit.domain.about import Dossier
from ilacs_audit.domain.audiences import WHOLE_SERVICE
from ilacs_audit.domain.doors import doors
from ilacs_audit.domain.doors.accepts import accepts
from ilacs_audit.domain.measures import Row
from ilacs_audit.domain.standards import Standards

_NAMED = {"audit_owed": "named", "area_unseen": "named", "not_looked_at": "never"}  # of these the name is all


@accepts(Page, lambda page: {"released": page.released})
def evidence_table(released: pd.DataFrame, *, caption: str, finding: str = "", explain: str = "") -> Fragment:
    """Show any measures side by side: what was counted, where, k of n, the range, the period.

    Example: `ia.evidence_table(page, caption="Every figure on this page")`.
    """
    found = released_rows(released)
    table = figures_table(found, caption=caption)
    return fragment(
        "evidence_table",
        template="part.html.j2",
        data={"released": records(found)},
        finding=finding,
        explain=explain,
        table=table,
        note=rounding_words(found),
    )


@accepts(Dossier, lambda work: {"problems": work.problems})
def problems_table(problems: pd.DataFrame, *, caption: str = "What was found in the returns") -> Fragment:
    """Show how many rows broke each rule; never a value, a file or a row number."""
    problems = doors.problems(problems, "rule", "severity")
    broken = zip(problems["rule"].astype(str), problems["severity"].astype(str), strict=True)
    tally = sorted(Counter(broken).items())
    lines = [(rule, severity, str(count)) for (rule, severity), count in tally]
    lines = lines or [("No rule was broken", "none", "0")]
    table = text_table(caption, ("Rule", "Severity", "Rows"), lines)
    return fragment(
        "problems_table",
        template="part.html.j2",
        data={"rules": len(tally), "rows": len(problems)},
        finding="",
        table=table,
        note="The rows themselves are in the private fix list.",
    )


def figures_table(
    found: Sequence[Row],
    *,
    caption: str = "Every figure on this page",
    standards: Standards | None = None,
    months: Mapping[str, str] = MappingProxyType({}),
    anchored: bool = False,
) -> PageTable:
    """The figures behind a page or a chart, one row each, in words that can be copied; `months` of older evidence.

    Where they are those of a page each has its reference code, and by `anchored` a link finds the latest of a code.
    """
    coded = any(row.reference for row in found)
    columns = ("Measure", "About", "Period", "Count", "Likely range", *(("Reference",) if coded else ()))
    when = {each.period: months.get(each.period) or period_words(each.period) or "all" for each in found}
    lines = [
        (
            *(_named(row), _breakdown(row), _when(row, when), _count(row), _range_or_none(row, standards)),
            *((row.reference or "none",) if coded else ()),
        )
        for row in found
    ]
    table = text_table(caption, columns, lines)
    if not anchored:
        return table
    latest = {row.reference: place for place, row in sorted(enumerate(found), key=lambda each: each[1].period)}
    anchors = {place: reference for reference, place in latest.items()}
    named = (replace(line, anchor=anchors.get(place, "")) for place, line in enumerate(table.lines))
    return replace(table, lines=tuple(named))


def _count(row: Row) -> str:
    return _NAMED.get(row.measure) or k_of_n(row)


def _when(row: Row, when: Mapping[str, str]) -> str:
    return ", ".join(filter(None, (when[row.period], row.as_told)))


def _named(row: Row) -> str:
    name = name_of(row) if is_register(row) else row.measure.replace("_", " ")
    return " ".join(filter(None, (name, row.standard_id)))


def _breakdown(row: Row) -> str:
    return "whole service" if row.group in WHOLE_SERVICE | {""} else row.level or f"{row.group} not recorded"


def _range_or_none(row: Row, standards: Standards | None) -> str:
    """The range that counts, and beside it the one of the files read without what is missing."""
    if row.lower is None and not row.hidden:
        return "no range"
    if row.measure == "change" and row.lower is not None and row.upper is not None:
        told, alone = _points(row.lower, row.upper), _points(row.lower_read, row.upper_read)
    else:
        people = people_of(row, standards)
        told, alone = likely_range(row, people=people), range_of_read(row, people=people).partition(" of ")[0]
    return f"{told} ({alone} by what was read)" if alone else told


def _points(lower: float | None, upper: float | None) -> str:
    return "" if lower is None or upper is None else f"{signed_points(lower)} to {signed_points(upper)} points"
