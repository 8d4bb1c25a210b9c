"""The board's question and its answer, from every standard of an edition; and how many have changed."""

from collections.abc import Sequence

from ilacs_audit.claims.words import MET, NOT_COMPARABLE, NOT_MET, capital, number_word, plural
from ilacs_audit.domain.measures import Row

QUESTION = "Is practice good enough for children?"
MOVED = ("worse", "better")


def enough(standing: Sequence[Row], *, critical: bool) -> str:
    """Answer the question from released standards; `critical` says that a file failed a critical one.

    One that falls short is enough for "not yet"; "yes" needs every one, and says of what it speaks.

    >>> enough([], critical=False)
    'No audit tells yet.'
    """
    verdicts = {row.verdict for row in standing}
    if NOT_MET in verdicts:
        return "Not yet."
    if critical:
        return "Not for every child."
    if not standing:
        return "No audit tells yet."
    if any(row.hidden and not row.verdict for row in standing):
        return "Too little may be shown to say."
    return "Yes, where we looked." if verdicts == {MET} else "We cannot tell yet."


def changed(changes: Sequence[Row]) -> str:
    """How many of the standards that were compared have clearly changed; empty where none was."""
    compared = [row for row in changes if row.verdict and row.verdict != NOT_COMPARABLE]
    if not compared:
        return ""
    moved = sum(row.verdict in MOVED for row in compared)
    if len(compared) == 1:
        return f"The one standard compared has {'' if moved else 'not '}clearly changed."
    many, has = (capital(number_word(moved)), "has" if moved == 1 else "have") if moved else ("None", "has")
    if any(row.hidden and not row.verdict for row in changes):
        return f"Of the changes that may be shown, {many.lower()} {'is' if moved < 2 else 'are'} clear."
    return f"{many} of the {number_word(len(compared))} {plural('standard')} compared {has} clearly changed."
