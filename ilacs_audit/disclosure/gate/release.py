"""The one gate that measures pass before anybody reads them.

Display refuses a table that has not come through here, so thresholds, complementary cells of small
cells, rounding and the ledger cannot be forgotten by one page and kept by another.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

import pandas as pd

from ilacs_audit.disclosure import rules
from ilacs_audit.disclosure.gate import emptied
from ilacs_audit.disclosure.gate.derived import derived
from ilacs_audit.disclosure.gate.suppression import Suppression, suppression
from ilacs_audit.disclosure.gate.verdicts_alone import verdict_alone
from ilacs_audit.disclosure.ledger.ledger import Ledger
from ilacs_audit.disclosure.ledger.services import withheld_at
from ilacs_audit.domain import given
from ilacs_audit.domain.audiences import Audience
from ilacs_audit.domain.audiences import audience as find_audience
from ilacs_audit.domain.doors import doors
from ilacs_audit.domain.errors import DisclosureError
from ilacs_audit.domain.measures import RELEASED_COLUMNS, Row, from_rows, rows

DROPPED = "not shown"


def release(
    table: pd.DataFrame,
    *,
    audience: str,
    ordinary: Collection[str] = (),
    ledger: Ledger | None = None,
    window: str = "",
    withheld: Collection[Sequence[str]] = (),
) -> pd.DataFrame:
    """Make measures fit for an audience: the same rows, hidden cells emptied everywhere.

    Parameters
    ----------
    table
        Measures, with or without the columns of claims and of time. Denominators count
        distinct children (rule D1).
    audience
        "internal", "board" or "public".
    ordinary
        Breakdowns that a person calls no sensitive ones; any that is not known counts as sensitive.
    ledger
        What has been released before; numbers that could be subtracted from it are refused.
    window
        "2024-04/2024-11" where the numbers run over several months; see `Ledger.with_release`.
    withheld
        Places (standard, group, level, period) of which nothing is shown, because it would tell a few beside what
        readers of this have from elsewhere.

    Returns ReleasedMeasures: the columns `audience` and `status` added, a row at the end for each
    breakdown that was dropped. A frame already released for this audience comes back unchanged.
    Raises DisclosureError (exit 13).
    """
    given.of_kind(ledger, Ledger, "ledger")
    table, about = doors.findings(table), find_audience(audience, ordinary=ordinary)
    if _released(table, audience=audience):
        return table.copy()
    listed = list(rows(table))
    chosen = suppression(listed, about)
    gone = {tuple(each) for each in withheld}
    held = frozenset(at for at, row in enumerate(listed) if withheld_at(row, gone))
    chosen = replace(chosen, hidden=chosen.hidden | held, beside=chosen.beside | held)
    seen = [_seen(row, place, chosen, about) for place, row in enumerate(listed)]
    dropped = [_dropped(listed[each.members[0]], about) for each in chosen.dropped]
    names = [name for name in RELEASED_COLUMNS if name in table.columns or name in ("audience", "status")]
    made = from_rows([*derived(listed, seen, about), *dropped], columns=names)
    made = made if dropped else made.set_axis(table.index)
    found = ledger.conflicts(made, window=window) if ledger else pd.DataFrame()
    if len(found):
        first = found.iloc[0]
        raise DisclosureError(
            f"{len(found)} numbers could be worked out from earlier releases. {first['reason']}",
            where=f"{first['measure']} {first['standard_id']} by {first['group']}, {first['with_period']}",
            fix="Release periods that do not overlap, or leave the breakdown out.",
        )
    return made


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


def _seen(row: Row, place: int, chosen: Suppression, about: Audience) -> Row:
    if place not in chosen.hidden:
        return emptied.show(row, about)._replace(audience=about.id)
    status = "suppressed" if place in chosen.small else "secondary"
    # An n may stay beside a hidden k where it is the whole service's, not a group's.
    large = not rules.small(row.denominator, about.smallest_base)
    harmless = rules.whole(row) and large and place not in chosen.beside
    open_base = place in chosen.rest or harmless
    base = rules.nearest(row.denominator, about.rounded_to) if open_base else None
    rounded = row._replace(population=rules.nearest(row.population, about.rounded_to))
    verdict = verdict_alone(row, about)
    return emptied.hide(rounded, status=status, base=base, verdict=verdict)._replace(audience=about.id)


def _dropped(row: Row, about: Audience) -> Row:
    """The row that says of a breakdown that it was dropped (rule D10)."""
    bare = emptied.hide(row, status="suppressed", base=None)
    note = emptied.DROPPED.format(group=row.group)
    return bare._replace(level=DROPPED, note=note, target=None, confidence=None, audience=about.id)
