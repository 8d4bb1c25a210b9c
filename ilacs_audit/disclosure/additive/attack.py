"""Play the outsider, and see what the released tables say about each hidden cell.

The outsider has every released number, knows our rules and that zeros are shown, and can add
and subtract. Bounds do not depend on the starting point, so the attack starts from the truth
and moves as far as the released numbers allow. Rounding is not counted as protection: the
outsider is given the shown cells exactly.
"""

import pandas as pd

from ilacs_audit.disclosure import rules
from ilacs_audit.disclosure.additive.bounds import bounds
from ilacs_audit.disclosure.additive.structure import tables
from ilacs_audit.disclosure.additive.tables import base
from ilacs_audit.domain.audiences import audience as find_audience
from ilacs_audit.domain.doors import doors
from ilacs_audit.domain.measures import CROSS, HIDDEN, Row, rows

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
    Example: `ia.attack(page.released, measures=ia.gather(*ia.dip_sample(work)))`.
    """
    released, measures = doors.findings(released), doors.findings(measures)
    listed = list(rows(measures))
    seen = list(rows(released))[: len(listed)]
    hidden = {place for place, row in enumerate(seen) if row.status in HIDDEN}
    # The n of a level stays known as long as any table shows it.
    known = {_group(row) for place, row in enumerate(listed) if place not in hidden}
    suppressed = frozenset(hidden) | {base(place) for place in hidden if _group(listed[place]) not in known}
    about = find_audience(seen[0].audience if seen else "internal")
    found: list[tuple[object, ...]] = []
    for table in tables(listed, small=about.smallest_count if about.protects == "all" else 0):
        limit = rules.threshold(listed[table.members[0]], about)
        unseen = list(table.hidden(suppressed, dropped=suppressed.issuperset(table.members)))
        for place, (cell, _) in enumerate(unseen):
            owner = listed[cell.owner] if isinstance(cell.owner, int) else None
            if owner is not None and rules.primary(owner, about) and rules.small(cell.size, limit):
                low, high = bounds([edge for _, edge in unseen], place)
                giveaway = high < limit or high - low < limit - 1
                found.append((table.name, owner.level, cell.size, low, high, low == high, giveaway))
    return pd.DataFrame(found, columns=list(ATTACK_COLUMNS))


def _group(row: Row) -> tuple[str, str, str, str, int | None]:
    level = row.level.split(CROSS)[0]
    return (row.theme, row.period, rules.factors(row.group)[0], level, row.denominator)
