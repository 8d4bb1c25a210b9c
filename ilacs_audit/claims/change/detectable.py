"""The smallest change that two rounds could have shown, for one standard and for a table of them (methods, 11.3)."""

import re
from collections.abc import Sequence

from ilacs_audit.claims.words import listed, number_word, plural, points
from ilacs_audit.stats.sampling import detectable_change

_SEEN = re.compile(
    r"Two rounds of this size could (?:have shown a (?P<way>rise|fall) of about (?P<size>\d+) points?"
    r"|not have shown any (?P<none>rise|fall))\. ?"
)


def could_have_seen(before: int, after: int, level: float, *, lower_is_better: bool = False) -> str:
    """The smallest change for the better two rounds of these sizes would have shown, in words (methods, 11.3)."""
    smallest = smallest_change_seen(before, after, level)
    way = "fall" if lower_is_better else "rise"
    if smallest is None:
        return f"Two rounds of this size could not have shown any {way}."
    return f"Two rounds of this size could have shown a {way} of about {points(smallest)}."


def smallest_change_seen(before: int, after: int, level: float) -> float | None:
    """The smallest true rise that would be called better in four rounds out of five, or None.

    It rests on the numbers of files and the earlier level only, never on the change that was seen.

    >>> round(smallest_change_seen(30, 30, 0.60), 2)
    0.31
    """
    return detectable_change(before, after, level)


def seen_together(reasons: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Say once for a table what two rounds could have shown, and give each reason without it.

    >>> seen_together([could_have_seen(30, 30, 0.5), f"Three are missing. {could_have_seen(30, 30, 0.6)}"])
    ('Two rounds of this size could have shown a rise of about 31 to 34 points.', ('', 'Three are missing.'))
    """
    found = [match for reason in reasons for match in _SEEN.finditer(reason)]
    if len(found) < 2:
        return "", tuple(reasons)
    told = []
    for way in ("rise", "fall"):
        sizes = [int(match["size"]) for match in found if match["way"] == way]
        span = f"{min(sizes)} to {max(sizes)}" if len({*sizes}) > 1 else f"{max(sizes, default=0)}"
        told += [f"a {way} of about {span} points"] if sizes else []
    none = sum(match["none"] is not None for match in found)
    where = f"on {number_word(none)} {plural('standard', none)} none at all"
    said = (
        f"have shown {listed(told)}{f'; {where}' if none else ''}"
        if told
        else "not have shown any change for the better"
    )
    return f"Two rounds of this size could {said}.", tuple(_SEEN.sub("", reason).rstrip() for reason in reasons)
