"""What the tallies of a page come to, in one sentence each: so many are met, so many moved."""

from collections import Counter
from collections.abc import Sequence

from ilacs_audit.claims.words import CANNOT_TELL, MET, NOT_COMPARABLE, NOT_MET, capital, listed, number_word, plural

NOTHING_CHANGED = "Nothing we can tell apart from chance has changed"
HIDDEN, NONE = "not shown", ""
SKEWED = (
    "Not shown are standards that nearly every file met, or hardly any: what is shown is no fair sample of them all."
)
_VERDICTS = (
    (NOT_MET, "is not met", "are not met"),
    (MET, "is met", "are met"),
    (CANNOT_TELL, "cannot be told", "cannot be told"),
    (NONE, "has no verdict", "have no verdict"),
    (HIDDEN, "is too small to show", "are too small to show"),
)
_CHANGES = (
    ("worse", "is worse", "are worse"),
    ("better", "is better", "are better"),
    ("no worthwhile change", "shows no worthwhile change", "show no worthwhile change"),
    (CANNOT_TELL, "cannot be told from chance", "cannot be told from chance"),
    (NOT_COMPARABLE, "cannot be compared", "cannot be compared"),
    (NONE, "has no verdict", "have no verdict"),
    (HIDDEN, "is too small to show", "are too small to show"),
)


def judged(counts: Counter[str], subject: str) -> str:
    """How many standards have which verdict, without a full stop."""
    total = counts.total()
    if set(counts) <= {NONE, HIDDEN}:
        return f"No verdict can be {'shown' if HIDDEN in counts else 'given'} on {_any_of(total, subject)}"
    if len(counts) == 1:
        return _unanimous(next(iter(counts)), total, subject)
    return _shared(counts, _VERDICTS, total, subject)


def moved(counts: Counter[str], unit: str, subject: str) -> str:
    """How many standards moved which way since the earlier round; empty where none was compared."""
    total = counts.total()
    if not total:
        return ""
    if set(counts) == {NOT_COMPARABLE}:
        which = f"The {subject}" if total == 1 else f"None of the {number_word(total)} {plural(subject)}"
        return f"{which} {'cannot' if total == 1 else 'can'} be compared with the earlier round."
    if set(counts) <= {NOT_COMPARABLE, NONE, HIDDEN}:
        return f"Whether anything has changed cannot be told from so few {plural(unit)}."
    if not set(counts) & {"better", "worse", "no worthwhile change"}:
        return f"{NOTHING_CHANGED}{_among(counts, total, subject)}."
    if len(counts) == 1:
        return _all_moved(next(iter(counts)), total, subject) + " since the earlier round."
    return _shared(counts, _CHANGES, total, subject) + " since the earlier round."


def _shared(counts: Counter[str], words: Sequence[tuple[str, str, str]], total: int, subject: str) -> str:
    """Three of seven standards are not met, two are met and two cannot be told."""
    clauses = [(counts[verdict], one if counts[verdict] == 1 else more) for verdict, one, more in words]
    told = [f"{number_word(count)} {does}" for count, does in clauses if count]
    first, rest = told[0].split(" ", 1)
    return capital(listed([f"{first} of {number_word(total)} {plural(subject, total)} {rest}", *told[1:]]))


def _unanimous(verdict: str, total: int, subject: str) -> str:
    one, all_of = f"The {subject}", f"{number_word(total)} {plural(subject)}"
    if verdict == CANNOT_TELL:
        return f"Whether {_any_of(total, subject)} is met cannot be told"
    if verdict == MET:
        return f"{one} is met, on the evidence" if total == 1 else f"All {all_of} are met, on the evidence"
    return f"{one} is not met, on the evidence" if total == 1 else f"None of the {all_of} is met, on the evidence"


def _any_of(total: int, subject: str) -> str:
    return f"the {subject}" if total == 1 else f"any of the {number_word(total)} {plural(subject)}"


def _all_moved(verdict: str, total: int, subject: str) -> str:
    which = f"The {subject}" if total == 1 else f"All {number_word(total)} {plural(subject)}"
    does = {change: one if total == 1 else more for change, one, more in _CHANGES}[verdict]
    return f"{which} {does}"


def _among(counts: Counter[str], total: int, subject: str) -> str:
    if total == 1:
        return ""
    left_out = counts[NOT_COMPARABLE]
    compared = total - left_out
    apart = f"; {number_word(left_out)} more cannot be compared" if left_out else ""
    return f" among the {number_word(compared)} {plural(subject, compared)} compared{apart}"
