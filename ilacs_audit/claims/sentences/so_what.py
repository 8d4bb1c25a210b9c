"""The so-what paragraph: from a count to what a board is asked to do, in one breath.

It joins the finding, the check on it, the comparison, the reach of what was done and the ask. Each part is
said only if its evidence is there, and hidden numbers stay hidden. What it means for children and what
the board should decide are a person's words; everything else is made from measures (questions, section 5).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ilacs_audit.claims.sentences.sentences import TOO_SMALL, children
from ilacs_audit.claims.words import CANNOT_TELL, LOW_BASE, capital, count_of, percent, period_words, plural
from ilacs_audit.domain.calendar import date_words
from ilacs_audit.domain.measures import Row


@dataclass(frozen=True)
class Ask:
    """A person's part of the paragraph: what it means, what is asked, by when, and what would change our mind."""

    for_children: str = ""
    decision: str = ""
    by: date | None = None
    change_mind: str = ""


@dataclass(frozen=True)
class Chain:
    """What stands beside a finding: moderation, comparison, reach, and the actions linked to it."""

    moderated: Row | None = None
    marked_down: Row | None = None
    change: Row | None = None
    action: str = ""
    reach: Row | None = None
    actions_closed: Row | None = None
    still_a_problem: Row | None = None


def so_what(finding: Row, *, name: str, chain: Chain | None = None, ask: Ask | None = None, unit: str = "file") -> str:
    """One paragraph for the board about one standard.

    >>> from ilacs_audit.domain.measures import measures, rows
    >>> read = {"measure": "compliance", "numerator": 24, "denominator": 30, "population": 110, "period": "2024-11"}
    >>> finding = next(rows(measures([{**read, "lower": 71 / 110, "upper": 99 / 110, "method": "hypergeometric"}])))
    >>> so_what(finding, name="informed consent", ask=Ask(decision="book a re-audit", by=date(2025, 2, 10)))
    'Informed consent was met for 24 of 30 files (80%, 95% interval 71 to 99 of the 110 children) in November 2024.
    We ask the board to book a re-audit, by 10 February 2025.'
    """
    if finding.hidden or finding.numerator is None or not finding.denominator:
        return f"{capital(name)}: {TOO_SMALL[:1].lower()}{TOO_SMALL[1:]}"
    links, wish = chain or Chain(), ask or Ask()
    opening = f"{_met(finding, name, unit)}{_checked(links)}."
    return " ".join(part for part in (opening, _compared(links), _reached(links), _acted(links), *_asked(wish)) if part)


def _met(row: Row, name: str, unit: str) -> str:
    assert row.numerator is not None and row.denominator is not None
    count = f"{count_of(row.numerator, row.denominator)} {plural(unit, row.denominator)}"
    return f"{capital(name)} was met for {count}{_bracket(row)} in {period_words(row.period)}"


def _bracket(row: Row) -> str:
    """The share and its interval; nothing for fewer than ten files or a sample that was picked."""
    assert row.numerator is not None and row.denominator is not None
    if row.denominator < LOW_BASE or row.lower is None or row.upper is None:
        return ""
    if row.method == "hypergeometric" and row.population:
        low, high = children(row)
        limits = f"{low} to {high} of the {row.population:,} children"
    else:
        limits = f"{percent(row.lower)} to {percent(row.upper)}"
    return f" ({percent(row.numerator / row.denominator)}, 95% interval {limits})"


def _checked(chain: Chain) -> str:
    moderated, down = chain.moderated, chain.marked_down
    if moderated is None or moderated.hidden or moderated.numerator is None:
        return ""
    again = f"; {moderated.numerator} {'was' if moderated.numerator == 1 else 'were'} moderated"
    return (
        again if down is None or down.hidden or down.numerator is None else f"{again} and {down.numerator} marked down"
    )


def _compared(chain: Chain) -> str:
    row = chain.change
    if row is None or row.hidden or not row.note or not row.verdict:
        return ""
    called = {CANNOT_TELL: "we cannot tell whether this is a change", "not comparable": "this is not comparable"}
    verdict = {"no worthwhile change": "this is no worthwhile change"}.get(row.verdict, f"this is {row.verdict}")
    return f"Compared with {row.note}, {called.get(row.verdict, verdict)}."


def _reached(chain: Chain) -> str:
    row = chain.reach
    if row is None or row.hidden or row.numerator is None or not row.denominator:
        return ""
    return f"{capital(chain.action or 'training')} reached {count_of(row.numerator, row.denominator)} staff."


def _acted(chain: Chain) -> str:
    closed, still = chain.actions_closed, chain.still_a_problem
    parts = []
    if closed is not None and not closed.hidden and closed.numerator is not None and closed.denominator:
        parts.append(f"{count_of(closed.numerator, closed.denominator)} linked actions are closed")
    if still is not None and not still.hidden and still.numerator is not None and still.denominator:
        parts.append(f"{count_of(still.numerator, still.denominator)} re-checked on file still show the problem")
    return f"{capital('; '.join(parts))}." if parts else ""


def _asked(ask: Ask) -> tuple[str, ...]:
    by = f", by {date_words(ask.by)}" if ask.by else ""
    return (
        f"For children this means {ask.for_children.rstrip('.')}." if ask.for_children else "",
        f"We ask the board to {ask.decision.rstrip('.')}{by}." if ask.decision else "",
        f"We would change our mind if {ask.change_mind.rstrip('.')}." if ask.change_mind else "",
    )
