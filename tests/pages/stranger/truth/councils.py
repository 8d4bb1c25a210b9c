"""What is true of a random council, as the maker of its truth knows it."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from tests.councils.shapes import Audit, Council
from tests.pages.stranger.truth.facts import Facts, World, facts_of
from tests.pages.stranger.truth.returns import Row

KIND = {
    "row_twice": "row",
    "exponent": "file",
    "nobody": "file",
    "unknown_answer": "unreadable",
    "split_grade": "unreadable",
    "blank_answer": "blank",
}


def world_of(council: Council, *, as_of: date) -> World:
    """The council as a stranger could know it."""
    themes = {each["theme"]: dict(each) for each in council.themes}
    programme = {each.id: {**each.entry, "period": str(each.entry["period"])[:7]} for each in council.audits}
    audits = {each.id: _facts(each, programme[each.id], themes[each.theme]) for each in council.audits}
    standards = {each["id"]: each for theme in themes.values() for each in theme["standards"]}
    last = max(row.day for each in council.audits for row in each.rows if row.day <= as_of)
    return World(audits, standards, themes, programme, {}, council.period, as_of, extra_days=((last,),))


def _facts(audit: Audit, entry: dict[str, Any], theme: dict[str, Any]) -> Facts:
    lost = {each.row for each in audit.planted if each.costs == "row"}
    unread = {(each.row, each.what) for each in audit.planted if each.costs == "answer"}
    met = {each.id: each for each in audit.standards}
    rows = []
    for each in audit.rows:
        if each.copy_of is None and each.number not in lost:
            answers = {code: _said(met[code].meets(said), said) for code, said in each.answers.items()}
            answers |= {what: None for row, what in unread if row == each.number}
            rows.append(Row(each.ref, each.team, each.auditor, "", answers))
    facts = facts_of(audit.id, entry, rows, theme)
    facts.set_aside = dict(Counter(KIND[each.kind] for each in audit.planted if each.kind in KIND))
    return facts


def _said(meets: bool, said: str) -> str:
    return said if said == "not applicable" else "met" if meets else "not met"
