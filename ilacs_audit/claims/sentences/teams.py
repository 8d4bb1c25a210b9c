"""What a table of teams shows in one line: which team is shown to fall short on most standards."""

from collections import Counter
from collections.abc import Sequence

from ilacs_audit.claims.words import CANNOT_TELL, MET, NOT_MET, capital, count_of, listed, number_word, plural
from ilacs_audit.domain.counting import OTHERS
from ilacs_audit.domain.measures import Row, in_order

_UNNAMED = (OTHERS, "")  # what is left over is no team, and no heading blames it
TOO_FEW = "Too few files were read in each team to compare them"
_NAMED = 3  # more names than these make no heading


def shortfalls(judged: Sequence[Row]) -> dict[str, int]:
    """On how many standards each team is shown to fall short, the most first; others put together come last."""
    short = Counter(row.level for row in judged if row.verdict == NOT_MET)
    levels = {row.level for row in judged}
    return {name: short[name] for name in sorted(levels, key=lambda it: (it == OTHERS, -short[it], in_order(it)))}


def falls_short(judged: Sequence[Row], *, teams: int, asked: int) -> str:
    """Name who of so many `teams` falls short on most of the standards `asked`; nothing where none is judged.

    A team is not named as the only one that can be judged among several, nor what is put together of the others.
    `judged` are the rows that a reader sees with a verdict of their own.
    """
    judged = [row for row in judged if row.level not in _UNNAMED]
    known = Counter(row.level for row in judged if row.verdict in (MET, NOT_MET, CANNOT_TELL))
    most = max((short := shortfalls(judged)).values(), default=0)
    if not most:
        return "No team is shown to fall short on any standard" if known else ""
    if len(known) == 1 < teams:
        return TOO_FEW
    worst = [name for name in short if short[name] == most]
    on = _standards(most, {known[name] for name in worst}, asked)
    if len(worst) == len(known) > 2:
        return f"Every team{'' if len(known) == teams else ' that can be judged'} falls short on {on}"
    if len(worst) > _NAMED:
        return f"{capital(number_word(len(worst)))} teams fall short on {on}"
    return f"{listed(worst)} {'falls' if len(worst) == 1 else 'fall'} short on {on}"


def _standards(most: int, known: set[int], asked: int) -> str:
    """So many of the standards asked, or of those that have a verdict where some have none."""
    if len(known) > 1:
        return f"{number_word(most)} {plural('standard', most)}"
    (count,) = known
    return f"{count_of(most, count)} standards{'' if count == asked else ' that can be judged'}"
