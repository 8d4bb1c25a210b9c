"""What a council's own counts say of its auditing, in the sentence that a page opens with."""

from collections.abc import Iterable

from ilacs_audit.claims.verdicts.mirror import LINES, NINE, NOT_SEEN, WORTH_A_LOOK
from ilacs_audit.claims.words import CANNOT_TELL, capital, clause, listed, number_word, period_words
from ilacs_audit.domain.measures import Row

_WORST_FIRST = (WORTH_A_LOOK, CANNOT_TELL, NOT_SEEN)


def verdicts(found: Iterable[Row]) -> dict[str, str]:
    """The word of each of the nine, the worse of two counts; none where nothing was supplied to count."""
    said: dict[str, list[str]] = {}
    for row in found:
        if row.measure in LINES:
            said.setdefault(row.rule, []).append(row.verdict)
    return {code: next((each for each in _WORST_FIRST if each in words), "") for code, words in said.items()}


def mirror_answer(found: Iterable[Row]) -> str:
    """Which of the nine are worth a look, and of how many nothing can be said; nothing on another page.

    >>> from ilacs_audit.domain.measures import measures, rows
    >>> late = {"measure": "mirror_open", "rule": "CR1", "period": "2024-11", "verdict": "worth a look"}
    >>> mirror_answer(rows(measures([late]))).partition("here: ")[2]
    'actions not followed through.'
    """
    ours = [row for row in found if row.measure in LINES]
    if not ours:
        return ""
    words = verdicts(ours)
    look = [clause(each.title) for each in NINE if words.get(each.code) == WORTH_A_LOOK]
    when, nine = (
        f"In the twelve months to {period_words(ours[0].period)}",
        "of the nine weaknesses that inspectors criticise",
    )
    said = f"{number_word(len(look)) if look else 'none'} {nine} {'is' if len(look) < 2 else 'are'} worth a look here"
    apart = {word: sum(each == word for each in words.values()) for word in _OPEN}
    more = [f"on {number_word(count)} {_OPEN[word]}" for word, count in apart.items() if count]
    return f"{when} {said}{': ' if look else ''}{listed(look)}.{f' {capital(listed(more))}.' if more else ''}"


_OPEN = {CANNOT_TELL: "we cannot tell", "": "no data were supplied"}
