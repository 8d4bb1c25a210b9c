"""What a table of teams shows in one line: which team is shown to fall short on most standards."""

from collections import Counter
from collections.abc import Sequence

from ilacs_audit.claims.words import CANNOT_TELL, MET, NOT_MET, capital, count_of, listed, number_word, plural
from ilacs_audit.domain.counting import OTHERS
from ilacs_audit.domain.measures import Row, in_order

_PUT_TOGETHER = {OTHERS: "others, put together,", "": "files without a team"}
_NAMED = 3  # more names than these make no heading


def shortfalls(found: Sequence[Row]) -> dict[str, int]:
    """On how many standards each team is shown to fall short, the most first; others put together come last."""
    short = Counter(row.level for row in found if row.verdict == NOT_MET and not row.hidden)
    levels = {row.level for row in found}
    return {name: short[name] for name in sorted(levels, key=lambda it: (it == OTHERS, -short[it], in_order(it)))}


def falls_short(found: Sequence[Row], *, group: str = "team") -> str:
    """Name the teams that fall short on most standards, or say that none is shown to; nothing where none is judged.

    >>> from ilacs_audit.domain.measures import measures, rows
    >>> about = {"measure": "compliance", "level": "North", "verdict": "not met"}
    >>> falls_short([*rows(measures([{**about, "standard_id": code} for code in ("C1", "C2", "C3")]))])
    'North falls short on 3 of 3 standards'
    """
    judged = Counter(row.level for row in found if row.verdict in (MET, NOT_MET, CANNOT_TELL) and not row.hidden)
    most = max((short := shortfalls(found)).values(), default=0)
    if not most:
        return f"No {group} is shown to fall short on any standard" if judged else ""
    worst = [name for name in short if short[name] == most]
    on = _standards(most, {judged[name] for name in worst}, len({row.standard_id for row in found}))
    if len(worst) == len(judged) > 2:
        return f"Every {group} falls short on {on}"
    if len(worst) > _NAMED:
        return f"{capital(number_word(len(worst)))} {plural(group)} fall short on {on}"
    who = listed([_PUT_TOGETHER.get(name, name) for name in worst])
    one = len(worst) == 1 and worst[0] not in _PUT_TOGETHER
    return f"{capital(who) if worst[0] in _PUT_TOGETHER else who} {'falls' if one else 'fall'} short on {on}"


def _standards(most: int, judged: set[int], asked: int) -> str:
    """So many of the standards asked, or of those that have a verdict where some have none."""
    if len(judged) > 1:
        return f"{number_word(most)} {plural('standard', most)}"
    (known,) = judged
    return f"{count_of(most, known)} standards{'' if known == asked else ' that can be judged'}"
