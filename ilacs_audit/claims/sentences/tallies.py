"""What the tallies of a page come to, in one sentence each: so many are met, so many moved."""

import re
from collections import Counter
from collections.abc import Sequence

from ilacs_audit.claims.words import CANNOT_TELL, MET, NOT_COMPARABLE, NOT_MET, capital, listed, number_word, plural
from ilacs_audit.domain.measures import Row

_ROSE_FROM = re.compile(r"It was (\d+ of \d+ in \w+ \d{4})\.")
HIDDEN, NONE, FAILED = "not shown", "", "critical and failed"
UNTOLD = frozenset({HIDDEN, NONE, FAILED})
SKEWED = (
    "Not shown are standards that nearly every file met, or hardly any: what is shown is no fair sample of them all."
)
VERDICTS = (
    (NOT_MET, "{} is not met", "{} are not met"),
    (MET, "{} is met", "{} are met"),
    (CANNOT_TELL, "on {} we cannot tell", "on {} we cannot tell"),
    (FAILED, "{} is critical and not called met", "{} are critical and not called met"),
    (NONE, "{} has no verdict", "{} have no verdict"),
    (HIDDEN, "{} is too small to show", "{} are too small to show"),
)
CHANGES = (
    ("worse", "{} is worse", "{} are worse"),
    ("better", "{} is better", "{} are better"),
    ("no worthwhile change", "{} shows no worthwhile change", "{} show no worthwhile change"),
    (CANNOT_TELL, "on {} we cannot tell yet whether it changed", "on {} we cannot tell yet whether they changed"),
    (NOT_COMPARABLE, "{} cannot be compared", "{} cannot be compared"),
    (NONE, "{} has no verdict", "{} have no verdict"),
    (HIDDEN, "{} is too small to show", "{} are too small to show"),
)


def verdict_counts(ours: Sequence[Row]) -> Counter[str]:
    """How many rows have each verdict; one hidden with its row, or withheld for a failure, has a word of its own."""
    return Counter(map(_verdict, ours))


def _verdict(row: Row) -> str:
    if row.hidden and not row.verdict:
        return HIDDEN
    return FAILED if row.measure == "compliance" and row.rule == "X1" else row.verdict


def tallied(ours: Sequence[Row]) -> str:
    """The verdicts of these rows, counted."""
    standing, change = (
        verdict_counts([row for row in ours if row.measure == name]) for name in ("compliance", "change")
    )
    return " ".join(filter(None, (f"{judged(standing)}." if standing else "", moved(change))))


def judged(counts: Counter[str]) -> str:
    """How many standards have which verdict, without a full stop."""
    total = counts.total()
    if set(counts) <= {NONE, HIDDEN}:
        return f"No verdict can be {'shown' if HIDDEN in counts else 'given'} on {_any_of(total)}"
    if len(counts) == 1:
        return _unanimous(next(iter(counts)), total)
    return shared(counts, VERDICTS, total)


def moved(counts: Counter[str], unit: str = "file") -> str:
    """How many standards moved which way since the earlier round; empty where none was compared."""
    total = counts.total()
    if not total:
        return ""
    if set(counts) == {NOT_COMPARABLE}:
        which = "The standard" if total == 1 else f"None of the {number_word(total)} standards"
        return f"{which} {'cannot' if total == 1 else 'can'} be compared with the earlier round."
    if set(counts) == {NOT_COMPARABLE, HIDDEN}:
        return "Nothing that is shown can be compared with the earlier round."
    if set(counts) <= {NOT_COMPARABLE, NONE, HIDDEN}:
        return f"So few {plural(unit)} cannot show whether anything has changed."
    if not set(counts) & {"better", "worse", "no worthwhile change"}:
        left_out = counts[NOT_COMPARABLE]
        apart = f"; {number_word(left_out)} {plural('standard', left_out)} cannot be compared" if left_out else ""
        return f"We cannot tell yet whether anything has changed{apart}."
    said = shared(counts, CHANGES, total)
    return f"Since the earlier round {said[:1].lower()}{said[1:]}."


def kept(sustained: Sequence[Row]) -> str:
    """Which of the standards just told have kept a rise from before, and what it rose from."""
    names = [
        row.standard_id + (f" (from {was[1]})" if (was := _ROSE_FROM.match(row.reason)) else "") for row in sustained
    ]
    has = "has" if len(names) == 1 else "have"
    return f"Of these {listed(names)} {has} kept an earlier rise." if names else ""


def others(counts: Counter[str], words: Sequence[tuple[str, str, str]]) -> str:
    """What came of the standards that were not named, as one sentence; nothing where there are none."""
    first = next((counts[verdict] for verdict, *_ in words if counts[verdict]), 0)
    return f"{_listed(counts, words, ' other ' + plural('standard', first))}." if first else ""


def _listed(counts: Counter[str], words: Sequence[tuple[str, str, str]], named: str) -> str:
    """A clause for each verdict that was given; the first names what is counted."""
    told = [(counts[verdict], one, more) for verdict, one, more in words if counts[verdict]]
    numbers = (f"{number_word(n)}{'' if place else named}" for place, (n, *_) in enumerate(told))
    return capital(
        listed([(one if n == 1 else more).format(said) for said, (n, one, more) in zip(numbers, told, strict=True)])
    )


def shared(counts: Counter[str], words: Sequence[tuple[str, str, str]], total: int) -> str:
    """Three of seven standards are not met, two are met and on two we cannot tell."""
    if len(counts) == 1 and total == 1:
        return capital(next(one for verdict, one, _ in words if counts[verdict]).format("the standard"))
    if len(counts) == 1:
        return capital(
            next(more for verdict, _, more in words if counts[verdict]).format(f"all {number_word(total)} standards")
        )
    return _listed(counts, words, f" of {number_word(total)} {plural('standard', total)}")


def _unanimous(verdict: str, total: int) -> str:
    if verdict == CANNOT_TELL:
        return f"We cannot tell whether {_any_of(total)} is met"
    if verdict in (MET, FAILED) or total == 1:
        return f"{shared(Counter({verdict: total}), VERDICTS, total)}, on the evidence"
    return f"None of the {number_word(total)} standards is met, on the evidence"


def _any_of(total: int) -> str:
    return "the standard" if total == 1 else f"any of the {number_word(total)} standards"
