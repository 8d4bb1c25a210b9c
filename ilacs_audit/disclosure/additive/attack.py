"""Play the outsider, and see what the released tables say about each hidden cell.

The outsider has every released number, knows our rules and that zeros are shown, and can add
and subtract. Bounds do not depend on the starting point, so the attack starts from the truth
and moves as far as the released numbers allow. Rounding is not counted as protection: the
outsider is given the shown cells exactly.
"""

from collections.abc import Sequence

import pandas as pd

from ilacs_audit.disclosure import rules
from ilacs_audit.disclosure.additive.bounds import bounds
from ilacs_audit.disclosure.additive.complementary import Suppressed
from ilacs_audit.disclosure.additive.structure import tables
from ilacs_audit.disclosure.additive.tables import AdditiveTable, base
from ilacs_audit.domain.audiences import audience as find_audience
from ilacs_audit.domain.doors import doors
from ilacs_audit.domain.measures import HIDDEN, Row, rows

ATTACK_COLUMNS = ("table", "level", "count", "lower", "upper", "recovered", "giveaway")


def attack(released: pd.DataFrame, *, measures: pd.DataFrame) -> pd.DataFrame:
    """Bound every hidden count that could name a child, from what was released.

    Parameters
    ----------
    released
        What the outsider holds.
    measures
        The truth, in the same order of rows: the outsider's best case, never part of what is shown.

    Returns a table with the small hidden counts (1 to threshold - 1), the bounds an outsider
    can reach, `recovered` where they meet, and `giveaway` where they lie wholly among small
    counts or span less than threshold - 1 (rule D4).
    """
    released, measures = doors.findings(released), doors.findings(measures)
    listed = list(rows(measures))
    seen = list(rows(released))[: len(listed)]
    suppressed = _suppressed(listed, seen)
    about = find_audience(seen[0].audience) if seen else find_audience("internal")
    small = about.smallest_count if about.protects == "all" else 0
    found = [each for table in tables(listed, small=small) for each in _bounded(table, listed, suppressed, about.id)]
    return pd.DataFrame(found, columns=list(ATTACK_COLUMNS))


def _suppressed(listed: Sequence[Row], seen: Sequence[Row]) -> Suppressed:
    """The hidden measures; the n of a level stays known as long as any table shows it."""
    hidden = {place for place, row in enumerate(seen) if row.status in HIDDEN}
    known = {_group(row) for place, row in enumerate(listed) if place not in hidden}
    return frozenset(hidden) | {base(place) for place in hidden if _group(listed[place]) not in known}


def _group(row: Row) -> tuple[str, str, str, str, int | None]:
    level = row.level.split(rules.CROSS)[0]
    return (row.theme, row.period, rules.factors(row.group)[0], level, row.denominator)


def _bounded(
    table: AdditiveTable, listed: Sequence[Row], suppressed: Suppressed, audience: str
) -> list[tuple[object, ...]]:
    first = listed[table.members[0]]
    limit = rules.threshold(first, find_audience(audience))
    dropped = suppressed.issuperset(table.members)
    hidden = list(table.hidden(suppressed, dropped=dropped))
    edges = [edge for _, edge in hidden]
    found: list[tuple[object, ...]] = []
    for place, (cell, _) in enumerate(hidden):
        if isinstance(cell.owner, int) and rules.primary(listed[cell.owner], find_audience(audience)):
            low, high = bounds(edges, place)
            if rules.small(cell.size, limit):
                giveaway = high < limit or high - low < limit - 1
                found.append((table.name, listed[cell.owner].level, cell.size, low, high, low == high, giveaway))
    return found
