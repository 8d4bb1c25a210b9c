"""What every row of a table would say in the same words, said once over it; a row keeps what is its own, in full."""

import re
from collections.abc import Sequence

_SENTENCES = re.compile(r"(?<=[.?!]) (?=[A-Z])")


def said_once(reasons: Sequence[str]) -> tuple[str, list[str]]:
    """What all the reasons of a table's rows share, and what is left to each.

    >>> said_once(["Two returns are missing. A rise of 20 points would show.", "Two returns are missing."])
    ('Two returns are missing.', ['A rise of 20 points would show.', ''])
    """
    told = [_SENTENCES.split(reason) for reason in reasons]
    shared = [each for each in told[0] if all(each in other for other in told)] if len(told) > 1 else []
    return " ".join(shared), [" ".join(each for each in reason if each not in shared) for reason in told]
