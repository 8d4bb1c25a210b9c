"""The one gate that measures pass before anybody reads them.

Display refuses a table that has not come through here, so thresholds, partners of small
cells, rounding and the ledger cannot be forgotten by one page and kept by another.
"""

from __future__ import annotations

import pandas as pd

from ilacs_audit.disclosure import mask, rules
from ilacs_audit.domain.audiences import Audience
from ilacs_audit.domain.audiences import audience as find_audience
from ilacs_audit.domain.errors import DisclosureError
from ilacs_audit.domain.measures import RELEASED_COLUMNS, Row, measures, rows


def release(table: pd.DataFrame, *, audience: str, ledger: object = None) -> pd.DataFrame:
    """Make measures fit for an audience: the same rows, hidden cells emptied everywhere.

    Parameters
    ----------
    table
        Measures, with or without the columns of claims and of time. Denominators count
        distinct children (rule D1).
    audience
        "internal", "board" or "public".
    """
    about = find_audience(audience)
    if _released(table, audience=audience):
        return table.copy()
    return _frame([_seen(row, about) for row in rows(table)], like=table)


def _released(table: pd.DataFrame, *, audience: str) -> bool:
    """Whether these measures already passed the gate for this audience; another's edition is refused."""
    passed = set(table["audience"]) if "audience" in table else {""}
    if passed <= {""}:
        return False
    if passed != {audience}:
        raise DisclosureError(
            f"These measures were already released for {', '.join(sorted(passed - {audience}))}.",
            fix="Release each audience's edition from the measures themselves.",
        )
    return True


def _seen(row: Row, about: Audience) -> Row:
    if rules.primary(row, about):
        base = row.denominator if rules.whole(row) and not rules.small(row.denominator, about.smallest_base) else None
        return mask.hide(row, status="suppressed", base=base)._replace(audience=about.id)
    return mask.show(row, about)._replace(audience=about.id)


def _frame(seen: list[Row], *, like: pd.DataFrame) -> pd.DataFrame:
    names = [name for name in RELEASED_COLUMNS if name in like.columns or name in ("audience", "status")]
    made = measures([{name: getattr(row, name) for name in names} for row in seen])
    return made.reindex(columns=names).set_axis(like.index)
