"""What a pack of the gym showed, in words that need no coefficient: on how many of ten answers another would agree."""

import re
from collections.abc import Iterator, Sequence

import pandas as pd

from ilacs_audit.claims.words import CANNOT_TELL, count_of, counted, listed, percent, points
from ilacs_audit.domain.doors import doors
from ilacs_audit.domain.measures import Row, rows

METHOD = (
    "Every extract is invented, and its anchor is the grade that those who wrote it would give, with their reason. It "
    "can be wrong: where two thirds of five or more readers give another grade, look at the anchor first.",
    "A likely range says what other extracts like these, graded by the same people, would show. It goes from "
    "extract to extract, because answers on one extract hang together.",
    "A question splits people where five or more graded it and a third or more gave the second commonest grade. By "
    "luck alone is how many would, if all questions with the same anchor were equally hard.",
    "Kappa, AC2 and alpha say how far two people agree beyond what luck would bring: 1 is full agreement, 0 is luck "
    "alone. They are worked out on the whole scale: met, partly met, not met; kappa cannot be where somebody gave one "
    "grade throughout. A reader with fewer than eight extracts has counts alone, and there is no order of merit.",
    "Drift is told of those who graded both packs, on the questions that stand in both, from reader to reader. They "
    "had seen these questions before, so nearer to the anchor may be memory.",
)
FIRST = "Nobody here has graded an earlier pack that shares questions with this one, so drift cannot be told yet."


def gym_answer(released: pd.DataFrame) -> str:
    """What a pack showed in two sentences, from the measures of `gym_results`.

    >>> from ilacs_audit.domain.measures import measures
    >>> told = {"group": "all", "level": "all"}
    >>> print(gym_answer(measures([
    ...     {**told, "measure": "gym_pairs", "numerator": 70, "denominator": 100, "value": 0.7},
    ...     {**told, "measure": "gym_same", "numerator": 30, "denominator": 40, "value": 0.75}])))
    Another auditor would have agreed on 7 of 10 answers (70 of 100 pairs of answers were alike). The anchor's grade was
    given in 30 of 40 answers (75%).
    """
    every = [row for row in rows(doors.findings(released)) if not row.hidden]
    found = {row.measure: row for row in every if row.group == "all"}
    pairs, same = found.get("gym_pairs"), found.get("gym_same")
    told = [_tenths(pairs)] if pairs else ["A single reader's answers can be held against the anchor alone."]
    told += [_same(same, found.get("gym_kinder"), found.get("gym_harsher"))] if same else []
    return " ".join([*told, *_packs([row for row in every if row.group == "pack"])])


def _packs(packs: Sequence[Row]) -> Iterator[str]:
    """Which pack the answer is about and how many graded it, and that others were graded too."""
    for row in packs:
        if row.level == row.period:
            yield f"This is pack {row.level}, graded by {counted(row.numerator or 0, 'reader')}."
    if others := [
        f"{row.level} by {counted(row.numerator or 0, 'reader')}" for row in packs if row.level != row.period
    ]:
        yield f"Graded too, and counted in none of this: {listed(others)} (see it with --code)."


def question_shows(row: Row) -> str:
    """What the grades of a question show: readers who differ, or that most gave another grade than the anchor.

    >>> from ilacs_audit.domain.measures import measures
    >>> told = {"measure": "gym_question", "verdict": "anchor in doubt", "denominator": 6}
    >>> question_shows(*rows(measures([{**told, "note": "met 4, partly met 0, not met 2"}])))
    "4 of 6 gave the same grade, and not the anchor's"
    """
    if row.verdict != "anchor in doubt":
        return "Splits people" if row.verdict else "Nothing stands out"
    most = max(map(int, re.findall(r"\d+", row.note)))
    return f"{count_of(most, row.denominator or 0)} gave the same grade, and not the anchor's"


def _tenths(row: Row) -> str:
    assert row.numerator is not None and row.denominator is not None
    if row.value is None:
        return f"{count_of(row.numerator, row.denominator)} pairs of answers were alike."
    tenths = round(10 * row.value)
    about = "" if abs(10 * row.value - tenths) < 1e-9 else "about "
    few = "fewer than 1 of 10 answers" if not tenths else "over 9 of 10 answers"
    said = few if tenths in (0, 10) and about else f"{about}{tenths} of 10 answers"
    alike = f"{count_of(row.numerator, row.denominator)} pairs of answers were alike"
    return f"Another auditor would have agreed on {said} ({alike}{_range(row)})."


def _same(row: Row, kinder: Row | None, harsher: Row | None) -> str:
    share = f" ({percent(row.value)}{_range(row)})" if row.value is not None else ""
    told = f"The anchor's grade was given in {count_of(row.numerator or 0, row.denominator or 0)} answers{share}"
    if kinder is None or harsher is None:
        return f"{told}."
    return f"{told}; {kinder.numerator} were kinder and {harsher.numerator} harsher."


def _range(row: Row) -> str:
    return "" if row.lower is None or row.upper is None else f", likely {percent(row.lower)} to {percent(row.upper)}"


def drift_words(row: Row) -> str:
    """Whether readers moved: which way and by how much, or that nobody can tell.

    >>> from ilacs_audit.domain.measures import measures
    >>> told = {"measure": "gym_drift", "level": "kinder", "value": 0.2, "lower": 0.1, "upper": 0.3}
    >>> drift_words(*rows(measures([told])))
    'kinder than before, by 0.20 grades an answer (likely +0.10 to +0.30)'
    """
    if row.value is None or row.lower is None or row.upper is None:
        return f"{CANNOT_TELL}: {row.note[:1].lower()}{row.note[1:].rstrip('.')}"
    of_share = row.level.startswith("nearer")
    ends = f"{_signed(row.lower, of_share)} to {_signed(row.upper, of_share)}"
    if row.lower <= 0 <= row.upper:
        return f"{CANNOT_TELL} (likely {ends}{'' if of_share else ' grades an answer'})"
    way = (
        {"nearer to the anchor": "further from the anchor", "kinder": "harsher"}[row.level]
        if row.value < 0
        else row.level
    )
    size = points(row.value) if of_share else f"{abs(row.value):.2f} grades an answer"
    return f"{way} than before, by {size} (likely {ends})"


def _signed(value: float, of_share: bool) -> str:
    size = f"{abs(100 * value):.0f}" if of_share else f"{abs(value):.2f}"
    sign = "" if not float(size) else "+" if value > 0 else "−"
    return f"{sign}{size}{' points' if of_share else ''}"


def luck_words(found: Sequence[Row]) -> str:
    """How many questions split people, and how many would by luck alone; "" where too few graded any."""
    row = next((each for each in found if each.measure == "gym_split" and not each.hidden), None)
    if row is None or row.numerator is None or row.denominator is None:
        return ""
    luck = f"; about {round((row.centre or 0) * row.denominator)} would by luck alone" if row.centre is not None else ""
    return f"{count_of(row.numerator, row.denominator)} questions split those who graded them{luck}."
