"""The smallest change that two rounds could have shown, for one standard and for a table of them (methods, 11.3)."""

import re
from collections.abc import Sequence

from ilacs_audit.claims.words import number_word, plural, points
from ilacs_audit.stats.sampling import detectable_change

_SEEN = re.compile(
    r"Two rounds of this size could (?:not )?have shown (?:a|any) (rise|fall)(?: of about (\d+) points?)?\. ?"
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
    found = [seen for reason in reasons for seen in _SEEN.findall(reason)]
    if len(found) < 2:
        return "", tuple(reasons)
    (way, *other), sizes = sorted({way for way, _ in found}), sorted({int(size) for _, size in found if size})
    way = "change for the better" if other else way
    none = sum(not size for _, size in found)
    span = f"{sizes[0]} to {sizes[-1]}" if sizes[1:] else f"{max(sizes, default=0)}"
    unseen = f"; on {number_word(none)} {plural('standard', none)} none at all" if none else ""
    told = f"have shown a {way} of about {span} points{unseen}" if sizes else f"not have shown any {way}"
    return f"Two rounds of this size could {told}.", tuple(_SEEN.sub("", reason).rstrip() for reason in reasons)
