"""What a table of teams shows in one line: which team is shown to fall short on most standards."""

from collections import Counter
from collections.abc import Sequence

from ilacs_audit.claims.words import CANNOT_TELL, MET, NOT_MET, capital, count_of, listed, number_word, plural
from ilacs_audit.domain.counting import OTHERS
from ilacs_audit.domain.measures import Row, in_order

_UNNAMED = (OTHERS, "")  # what is left over is no team, and no heading blames it
ONLY = "Only {team} can be judged on its own"
_NAMED = 3  # more names than these make no heading


def shortfalls(judged: Sequence[Row]) -> dict[str, int]:
    """On how many standards each team is shown to fall short, the most first; others put together come last."""
    short = Counter(row.level for row in judged if row.verdict == NOT_MET)
    levels = {row.level for row in judged}
    return {name: short[name] for name in sorted(levels, key=lambda it: (it == OTHERS, -short[it], in_order(it)))}


def falls_short(judged: Sequence[Row], *, teams: int, asked: int) -> str:
    """Name who of so many `teams` falls short on most of the standards `asked`; nothing where none is judged.

    A team is not blamed as the only one that can be judged among several, nor what is put together of the others: it
    is said apart. `judged` are the rows that a reader sees with a verdict of their own.
    """
    together = sum(row.level == OTHERS and row.verdict == NOT_MET for row in judged)
    judged = [row for row in judged if row.level not in _UNNAMED]
    known = Counter(row.level for row in judged if row.verdict in (MET, NOT_MET, CANNOT_TELL))
    most = max((short := shortfalls(judged)).values(), default=0)
    if not most:
        return _none_short([*known], together)
    if len(known) == 1 < teams:
        return ONLY.format(team=next(iter(known)))
    worst = [name for name in short if short[name] == most]
    on = _standards(most, {known[name] for name in worst}, asked)
    if len(worst) == len(known) > 2:
        return f"Every team{'' if len(known) == teams else ' that can be judged'} falls short on {on}"
    if len(worst) > _NAMED:
        return f"{capital(number_word(len(worst)))} teams fall short on {on}"
    return f"{listed(worst)} {'falls' if len(worst) == 1 else 'fall'} short on {on}"


def _none_short(known: Sequence[str], together: int) -> str:
    """That no team that can be judged is shown to fall short, and on how many standards the others together are."""
    if not known or not together:
        return "No team is shown to fall short on any standard" if known else ""
    which = f"{known[0]} is not" if len(known) == 1 else "No team that can be judged is"
    others = f"the other teams, put together, are, on {number_word(together)}"
    return f"{which} shown to fall short on any standard; {others}"


def _standards(most: int, known: set[int], asked: int) -> str:
    """So many of the standards asked, or of those that have a verdict where some have none."""
    if len(known) > 1:
        return f"{number_word(most)} {plural('standard', most)}"
    (count,) = known
    return f"{count_of(most, count)} standards{'' if count == asked else ' that can be judged'}"
